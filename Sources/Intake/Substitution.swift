/// Cells read as other text, as the mapping says.
struct Substitution: Sendable {
  var texts: [[UInt8]: [UInt8]]
  /// Whether a cell that has no substitute becomes null, as in a lookup, or stays.
  var dropsUnknown: Bool

  /// Whether it puts spellings right, rather than looking something up.
  var isCorrection: Bool { !dropsUnknown }

  /// The substitute of a cell, nil where it stays as it is.
  func callAsFunction(_ cell: [UInt8]) -> [UInt8]? {
    texts[cell] ?? (dropsUnknown ? [] : nil)
  }
}
