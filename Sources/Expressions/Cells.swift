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

  /// Calls a body with each position of the batch that is asked for, and its cell as above.
  @inline(__always)
  func forEach(in batch: BatchRows, _ body: (Int, Element?) -> Void) {
    guard let offsets = batch.offsets else { return forEach(in: batch.rows, body) }
    let start = batch.rows.lowerBound
    if let via {
      for offset in offsets.lazy.map({ Int($0) }) {
        let target = via[start + offset]
        body(offset, target < 0 ? nil : values[Int(target)])
      }
    } else {
      for offset in offsets.lazy.map({ Int($0) }) { body(offset, values[start + offset]) }
    }
  }
}

/// The rows of a batch, or those of them that are asked for.
struct BatchRows {
  let rows: Range<Int>
  /// Distances from the first row, ascending; nil: all.
  let offsets: ArraySlice<Int32>?

  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    if let offsets {
      for offset in offsets { body(Int(offset)) }
    } else {
      for offset in 0..<rows.count { body(offset) }
    }
  }

  /// Whether a body says so of every position.
  @inline(__always)
  func allSatisfy(_ body: (Int) -> Bool) -> Bool {
    if let offsets {
      for offset in offsets where !body(Int(offset)) { return false }
    } else {
      for offset in 0..<rows.count where !body(offset) { return false }
    }
    return true
  }
}
