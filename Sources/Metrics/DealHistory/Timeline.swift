import Records

/// The rows of a history by the record that they are about, those of one record in their order.
///
/// Rows order by instant, those of one instant by Id. A row without either record or instant is in no
/// timeline.
struct Timeline: Sendable {
  /// Rows of the history, those of one record one after another.
  let rows: [Int32]
  /// Where the rows of each record start in `rows`; one more at the end.
  private let starts: [Int32]

  /// Sorts a history by counting, then each record's few rows, most of which are in order already.
  ///
  /// - Parameters:
  ///   - history: the table with its CreatedDate.
  ///   - records: for each of its rows the row of the record that it is about, below zero for none.
  ///   - count: how many records there are.
  ///   - isTaken: whether a row is part of the timeline at all.
  init(
    _ history: Table, of records: [Int32], count: Int, where isTaken: (Int) -> Bool = { _ in true }
  ) {
    let instants = history.instants("CreatedDate").seconds
    var starts = [Int32](repeating: 0, count: count + 1)
    var taken = [Int32](repeating: -1, count: history.count)
    for row in 0..<history.count
    where records[row] >= 0 && instants[row] != Instants.null && isTaken(row) {
      taken[row] = records[row]
      starts[Int(records[row]) + 1] += 1
    }
    for record in 0..<count { starts[record + 1] += starts[record] }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    for row in 0..<history.count where taken[row] >= 0 {
      let record = Int(taken[row])
      rows[Int(next[record])] = Int32(row)
      next[record] += 1
    }
    let keys = history.keys
    func precedes(_ left: Int32, _ right: Int32) -> Bool {
      let (left, right) = (Int(left), Int(right))
      if instants[left] != instants[right] { return instants[left] < instants[right] }
      return keys?.precedes(left, right) ?? (left < right)
    }
    for record in 0..<count {
      let range = Int(starts[record])..<Int(starts[record + 1])
      guard range.count > 1 else { continue }
      for place in range.dropFirst() where precedes(rows[place], rows[place - 1]) {
        rows[range].sort(by: precedes)
        break
      }
    }
    self.rows = rows
    self.starts = starts
  }

  /// Where the rows of a record stand in `rows`.
  @inline(__always)
  func range(of record: Int) -> Range<Int> { Int(starts[record])..<Int(starts[record + 1]) }

  /// The rows of a record, the first of them first.
  func rows(of record: Int) -> ArraySlice<Int32> { rows[range(of: record)] }
}
