import CScan

/// The same index as the scan kernel's, byte by byte and for text that bends RFC 4180.
///
/// A quote opens a field only as its first character; inside an unquoted field it is a character
/// like any other. After a closing quote, what follows up to the separator belongs to the field.
struct CarefulIndex {
  /// Where a quoted field opened that the text never closed, nil where all are closed.
  private(set) var unclosedQuote: Int?
  /// Where the last record ended, or 0.
  private(set) var end = 0
  private(set) var separators: [UInt32] = []
  private(set) var records: [UInt32] = []

  init(_ text: [UInt8], dialect: Dialect) {
    enum State { case fieldStart, unquoted, quoted, quoteInQuoted }
    var state = State.fieldStart
    var opened = 0
    for (position, byte) in text.enumerated() {
      switch state {
      case .quoted:
        if byte == Dialect.quote { state = .quoteInQuoted }
        continue
      case .quoteInQuoted where byte == Dialect.quote:
        state = .quoted
        continue
      case .fieldStart where byte == Dialect.quote:
        state = .quoted
        opened = position
        continue
      default:
        break
      }
      if byte == dialect.delimiter || byte == dialect.newline {
        separators.append(UInt32(position))
        state = .fieldStart
        if byte == dialect.newline {
          records.append(UInt32(separators.count))
          end = position + 1
        }
      } else {
        state = .unquoted
      }
    }
    unclosedQuote = state == .quoted ? opened : nil
  }
}
