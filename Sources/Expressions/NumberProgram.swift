import Records

/// A computation of exact numbers over the rows of a fact.
///
/// A value is an integer over `denominator`, which is the same for all rows. Sums, products and
/// division by a constant are exact; any other division is rounded once a row, half away from
/// zero, to 1/10,000. A value that 128 bits cannot hold is null, as is a division by zero.
struct NumberProgram: Sendable {
  indirect enum Operation: Sendable {
    case constant(Int128)
    case column(Cells<Int64>)
    case days(from: DayProgram, to: DayProgram)
    /// Days from one to the other, at least 0.
    case elapsed(from: Cells<Int32>, to: Cells<Int32>)
    /// Each part times its factor, which brings both to one denominator.
    case sum(NumberProgram, Int128, NumberProgram, Int128)
    case product(NumberProgram, NumberProgram)
    case quotient(NumberProgram, NumberProgram)
  }

  let operation: Operation
  let denominator: Int128

  /// The value where it is the same for every row.
  var constant: Ratio? {
    if case .constant(let value) = operation { return Ratio(value, over: denominator) }
    return nil
  }

  /// Computes the values of a batch; `nulls` holds 1 and `values` 0 where there is none.
  func evaluate(rows: Range<Int>, into values: inout [Int128], nulls: inout [UInt8]) {
    if values.count != rows.count { values = [Int128](repeating: 0, count: rows.count) }
    if nulls.count != rows.count { nulls = [UInt8](repeating: 0, count: rows.count) }
    switch operation {
    case .constant(let value):
      for index in values.indices { (values[index], nulls[index]) = (value, 0) }
    case .column(let cells):
      cells.forEach(in: rows) { index, cell in
        if let cell, cell != Exact.null {
          (values[index], nulls[index]) = (Int128(cell), 0)
        } else {
          (values[index], nulls[index]) = (0, 1)
        }
      }
    case .days(let from, let to):
      let (starts, ends) = (from.evaluate(rows: rows), to.evaluate(rows: rows))
      for index in values.indices {
        let isNull = starts[index] == Day.null || ends[index] == Day.null
        values[index] = isNull ? 0 : Int128(ends[index]) - Int128(starts[index])
        nulls[index] = isNull ? 1 : 0
      }
    case .elapsed:
      // Days fit 64 bits.
      var narrow: [Int64] = []
      _ = evaluate(BatchRows(rows: rows, offsets: nil), into: &narrow)
      for index in values.indices {
        let isNull = narrow[index] == Exact.null
        (values[index], nulls[index]) = isNull ? (0, 1) : (Int128(narrow[index]), 0)
      }
    case .sum(let left, let leftFactor, let right, let rightFactor):
      combine(left, right, rows, &values, &nulls) { left, right in
        let (first, isTooBig) = left.multipliedReportingOverflow(by: leftFactor)
        let (second, isTooBigToo) = right.multipliedReportingOverflow(by: rightFactor)
        let (sum, overflows) = first.addingReportingOverflow(second)
        return isTooBig || isTooBigToo || overflows ? nil : sum
      }
    case .product(let left, let right):
      combine(left, right, rows, &values, &nulls) { left, right in
        let (product, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? nil : product
      }
    case .quotient(let left, let right):
      let up = right.denominator.multipliedReportingOverflow(by: Int128(Exact.scale))
      let down = left.denominator
      combine(left, right, rows, &values, &nulls) { left, right in
        let (numerator, isTooBig) = left.multipliedReportingOverflow(by: up.partialValue)
        let (divisor, isTooBigToo) = right.multipliedReportingOverflow(by: down)
        guard divisor != 0, !isTooBig, !isTooBigToo, !up.overflow else { return nil }
        return Exact.divide(numerator, by: divisor)
      }
    }
  }

  @inline(__always)
  private func combine(
    _ left: NumberProgram, _ right: NumberProgram, _ rows: Range<Int>, _ values: inout [Int128],
    _ nulls: inout [UInt8], _ operation: (Int128, Int128) -> Int128?
  ) {
    left.evaluate(rows: rows, into: &values, nulls: &nulls)
    var others: [Int128] = []
    var otherNulls: [UInt8] = []
    right.evaluate(rows: rows, into: &others, nulls: &otherNulls)
    for index in values.indices {
      if nulls[index] | otherNulls[index] == 0,
        let result = operation(values[index], others[index])
      {
        values[index] = result
      } else {
        (values[index], nulls[index]) = (0, 1)
      }
    }
  }
}

/// A computation of days over the rows of a fact.
indirect enum DayProgram: Sendable {
  case constant(Day)
  case column(Cells<Int32>)
  case shifted(DayProgram, by: Int32)

  /// The day numbers of a batch, `Day.null` where there is none.
  func evaluate(rows: Range<Int>) -> [Int32] {
    switch self {
    case .constant(let day): return [Int32](repeating: day.number, count: rows.count)
    case .column(let cells):
      var days = [Int32](repeating: Day.null, count: rows.count)
      cells.forEach(in: rows) { index, cell in days[index] = cell ?? Day.null }
      return days
    case .shifted(let program, let shift):
      var days = program.evaluate(rows: rows)
      for index in days.indices where days[index] != Day.null {
        let (day, overflows) = days[index].addingReportingOverflow(shift)
        days[index] = overflows ? Day.null : day
      }
      return days
    }
  }
}
