import Records

/// Cells read as other text, as the mapping says.
struct Substitution: Sendable {
  var texts: [[UInt8]: [UInt8]]
  /// Whether a cell that has no substitute becomes null, as in a lookup, or stays.
  var dropsUnknown = false
  /// Whether it puts spellings right, rather than saying what a value means or looking it up.
  var isCorrection = false
  /// Whether the letters A to Z are compared without regard to case, as words for yes and no are.
  var ignoresCase = false

  /// The substitute of a cell, nil where it stays as it is.
  func callAsFunction(_ cell: [UInt8]) -> [UInt8]? {
    texts[ignoresCase ? Substitution.folded(cell) : cell] ?? (dropsUnknown ? [] : nil)
  }

  /// A text with its letters A to Z small.
  static func folded(_ text: [UInt8]) -> [UInt8] {
    text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}
