/// Text that every output format can hold.
///
/// XML 1.0 has no way to write most control characters, HTML forbids them, and a terminal obeys
/// them; so they are replaced once, before any writer sees the text.
enum CleanText {
  /// The text with line breaks and tabs as spaces and every other control character, noncharacter
  /// included, as U+FFFD.
  static func of(_ text: String) -> String {
    guard mayNeedWork(text) else { return text }
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: cleaned.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: cleaned.append("\u{FFFD}")
      case let value where value & 0xFFFE == 0xFFFE: cleaned.append("\u{FFFD}")
      default: cleaned.append(scalar)
      }
    }
    return String(cleaned)
  }

  /// A name for the middle of a plain sentence: isolated, so that no direction mark in it reaches
  /// the words around it.
  static func isolated(_ text: String) -> String {
    "\u{2068}" + unmarked(text) + "\u{2069}"
  }

  /// A name for a chart, which has its own layout of directions: without marks that override it.
  static func unmarked(_ text: String) -> String {
    guard mayNeedWork(text) else { return text }
    return String(
      String.UnicodeScalarView(of(text).unicodeScalars.filter { !isDirectionMark($0.value) }))
  }

  /// Whether a text may hold a scalar that is replaced or left out, by its bytes: almost none does,
  /// and to take texts apart into scalars is dear.
  private static func mayNeedWork(_ text: String) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || byte == 0xEF || byte >= 0xF0 { return true }
      // U+0080 to U+009F; U+2028 to U+202E and U+2066 to U+2069 stand among U+2000 to U+207F.
      if last == 0xC2, byte < 0xA0 { return true }
      if last == 0x80, (0xA8...0xAE).contains(byte) { return true }
      if last == 0x81, (0xA6...0xA9).contains(byte) { return true }
      last = byte
    }
    return false
  }

  private static func isDirectionMark(_ value: UInt32) -> Bool {
    (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
  }
}
