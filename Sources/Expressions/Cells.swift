/// The cells of a column as the rows of a fact reach them.
struct Cells<Element: Sendable>: Sendable {
  let values: [Element]
  /// For each row of the fact the row of `values`, negative for null; nil where they are the same.
  let via: [Int32]?

  /// Calls a body with the position in the batch and the cell, or nil where a row reaches none.
  @inline(__always)
  func forEach(in rows: Range<Int>, _ body: (Int, Element?) -> Void) {
    if let via {
      for row in rows {
        let target = via[row]
        body(row - rows.lowerBound, target < 0 ? nil : values[Int(target)])
      }
    } else {
      for row in rows { body(row - rows.lowerBound, values[row]) }
    }
  }
}
