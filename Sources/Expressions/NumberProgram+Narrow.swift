import Records

// The same computation in 64 bits, which is what nearly every batch needs.
extension NumberProgram {
  /// Computes the values of a batch, `Exact.null` where there is none.
  ///
  /// - Returns: false where one does not fit 64 bits; then `values` means nothing.
  func evaluate(rows: Range<Int>, into values: inout [Int64]) -> Bool {
    if values.count != rows.count { values = [Int64](repeating: 0, count: rows.count) }
    switch operation {
    case .constant(let value):
      guard let value = Int64(exactly: value), value != Exact.null else { return false }
      for index in values.indices { values[index] = value }
      return true
    case .column(let cells):
      cells.forEach(in: rows) { index, cell in values[index] = cell ?? Exact.null }
      return true
    case .days(let from, let to):
      let (starts, ends) = (from.evaluate(rows: rows), to.evaluate(rows: rows))
      for index in values.indices {
        let isNull = starts[index] == Day.null || ends[index] == Day.null
        values[index] = isNull ? Exact.null : Int64(ends[index]) - Int64(starts[index])
      }
      return true
    case .elapsed(let from, let to):
      from.forEach(in: rows) { index, day in values[index] = Int64(day ?? Day.null) }
      to.forEach(in: rows) { index, day in
        let end = day ?? Day.null
        let isNull = end == Day.null || values[index] == Int64(Day.null)
        values[index] = isNull ? Exact.null : max(0, Int64(end) - values[index])
      }
      return true
    case .sum(let left, let leftFactor, let right, let rightFactor):
      guard let leftFactor = Int64(exactly: leftFactor),
        let rightFactor = Int64(exactly: rightFactor)
      else { return false }
      return combine(left, right, rows, &values) { left, right in
        let (first, isTooBig) = left.multipliedReportingOverflow(by: leftFactor)
        let (second, isTooBigToo) = right.multipliedReportingOverflow(by: rightFactor)
        let (sum, overflows) = first.addingReportingOverflow(second)
        return (sum, isTooBig || isTooBigToo || overflows)
      }
    case .product(let left, let right):
      return combine(left, right, rows, &values) { left, right in
        left.multipliedReportingOverflow(by: right)
      }
    case .quotient: return false
    }
  }

  @inline(__always)
  private func combine(
    _ left: NumberProgram, _ right: NumberProgram, _ rows: Range<Int>, _ values: inout [Int64],
    _ operation: (Int64, Int64) -> (Int64, Bool)
  ) -> Bool {
    var others: [Int64] = []
    guard left.evaluate(rows: rows, into: &values), right.evaluate(rows: rows, into: &others)
    else { return false }
    for index in values.indices {
      guard values[index] != Exact.null, others[index] != Exact.null else {
        values[index] = Exact.null
        continue
      }
      let (result, overflows) = operation(values[index], others[index])
      if overflows || result == Exact.null { return false }
      values[index] = result
    }
    return true
  }
}
