import Expressions
import Records

/// Values of a batch: one a row, in 64 bits where all of them fit.
struct ValueList {
  /// From `start` on, `Exact.null` where there is none.
  private(set) var narrow: [Int64] = []
  private(set) var start = 0
  /// Whether the batch needs 128 bits; then `narrow` means nothing.
  private(set) var isWide = false
  /// 0 where there is none.
  private(set) var wide: [Int128] = []
  private var nulls: [UInt8] = []

  /// Finds the values of a batch; where rows are selected, those of others mean nothing.
  mutating func fill(_ formula: Formula, _ rows: Range<Int>, of selected: RowList? = nil) {
    if let column = formula.column {
      // Nothing is copied: the batch is a part of the column.
      narrow = column
      start = rows.lowerBound
      return
    }
    isWide = !formula.evaluate(
      rows: rows, at: selected.map { $0.offsets[..<$0.count] }, into: &narrow)
    if isWide { formula.evaluate(rows: rows, into: &wide, nulls: &nulls) }
  }

  /// The value at an offset of the batch, nil where there is none.
  @inline(__always)
  subscript(offset: Int) -> Int128? {
    if isWide { return nulls[offset] == 1 ? nil : wide[offset] }
    let value = narrow[start + offset]
    return value == Exact.null ? nil : Int128(value)
  }
}

/// Members of the rows of a batch, one code a row, each of which may stand for several.
struct MemberList {
  private var codes = [Int32](repeating: 0, count: Batch.length)
  private var selected = [Int32](repeating: 0, count: Batch.length)
  private var expansion: Expansion?

  /// Finds the members of selected rows of the batch that begins at a row.
  mutating func fill(_ source: RowCodes, _ rows: RowList, from start: Int) {
    expansion = source.expansion
    source.fill(rows, from: start, into: &selected)
    for index in 0..<rows.count { codes[Int(rows.offsets[index])] = selected[index] }
  }

  /// Calls a body with the group and each member of all rows of a list.
  @inline(__always)
  func forEach(_ list: GroupList, _ body: (_ group: Int, _ member: Int) -> Void) {
    if let expansion {
      for index in 0..<list.count {
        let group = Int(list.groups[index])
        expansion.forEach(codes[Int(list.offsets[index])]) { body(group, $0) }
      }
    } else {
      for index in 0..<list.count {
        body(Int(list.groups[index]), Int(codes[Int(list.offsets[index])]))
      }
    }
  }
}
