import Records

// The same computation in 64 bits, which is what nearly every batch needs.
extension NumberProgram {
  /// Computes the values of a batch, `Exact.null` where there is none.
  ///
  /// - Parameters:
  ///   - batch: the rows; of others than those asked for the values mean nothing.
  ///   - values: a value a row of the whole batch.
  /// - Returns: false where one does not fit 64 bits; then `values` means nothing.
  func evaluate(_ batch: BatchRows, into values: inout [Int64]) -> Bool {
    let count = batch.rows.count
    if values.count != count { values = [Int64](repeating: 0, count: count) }
    switch operation {
    case .constant(let value):
      guard let value = Int64(exactly: value), value != Exact.null else { return false }
      batch.forEach { values[$0] = value }
      return true
    case .column(let cells):
      cells.forEach(in: batch) { index, cell in values[index] = cell ?? Exact.null }
      return true
    case .days(let from, let to):
      let (starts, ends) = (from.evaluate(rows: batch.rows), to.evaluate(rows: batch.rows))
      batch.forEach { index in
        let isNull = starts[index] == Day.null || ends[index] == Day.null
        values[index] = isNull ? Exact.null : Int64(ends[index]) - Int64(starts[index])
      }
      return true
    case .elapsed(let from, let to):
      from.forEach(in: batch) { index, day in values[index] = Int64(day ?? Day.null) }
      to.forEach(in: batch) { index, day in
        let end = day ?? Day.null
        let isNull = end == Day.null || values[index] == Int64(Day.null)
        values[index] = isNull ? Exact.null : max(0, Int64(end) - values[index])
      }
      return true
    case .sum(let left, let leftFactor, let right, let rightFactor):
      guard let leftFactor = Int64(exactly: leftFactor),
        let rightFactor = Int64(exactly: rightFactor)
      else { return false }
      return combine(left, right, batch, &values) { left, right in
        let (first, isTooBig) = left.multipliedReportingOverflow(by: leftFactor)
        let (second, isTooBigToo) = right.multipliedReportingOverflow(by: rightFactor)
        let (sum, overflows) = first.addingReportingOverflow(second)
        return (sum, isTooBig || isTooBigToo || overflows)
      }
    case .product(let left, let right):
      return combine(left, right, batch, &values) { left, right in
        left.multipliedReportingOverflow(by: right)
      }
    case .quotient: return false
    }
  }

  @inline(__always)
  private func combine(
    _ left: NumberProgram, _ right: NumberProgram, _ batch: BatchRows, _ values: inout [Int64],
    _ operation: (Int64, Int64) -> (Int64, Bool)
  ) -> Bool {
    var others: [Int64] = []
    guard left.evaluate(batch, into: &values), right.evaluate(batch, into: &others)
    else { return false }
    return batch.allSatisfy { index in
      guard values[index] != Exact.null, others[index] != Exact.null else {
        values[index] = Exact.null
        return true
      }
      let (result, overflows) = operation(values[index], others[index])
      if overflows || result == Exact.null { return false }
      values[index] = result
      return true
    }
  }
}
