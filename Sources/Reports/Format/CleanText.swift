/// Text that every output format can hold.
///
/// XML 1.0 has no way to write most control characters, HTML forbids them, and a terminal obeys
/// them; so they are replaced once, before any writer sees the text.
enum CleanText {
  /// The text with line breaks and tabs as spaces and every other control character, noncharacter
  /// included, as U+FFFD.
  static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
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
    let scalars = of(text).unicodeScalars.filter { !isDirectionMark($0.value) }
    return "\u{2068}" + String(String.UnicodeScalarView(scalars)) + "\u{2069}"
  }

  /// A name for a chart, which has its own layout of directions: without marks that override it.
  static func unmarked(_ text: String) -> String {
    String(String.UnicodeScalarView(of(text).unicodeScalars.filter { !isDirectionMark($0.value) }))
  }

  private static func isDirectionMark(_ value: UInt32) -> Bool {
    (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
  }
}
