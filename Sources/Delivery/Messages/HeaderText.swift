/// Text that may stand in a header of a message.
///
/// A line break in a header would begin another one; other control characters and marks that turn the
/// direction of text deceive readers. Names of the export are data, so each of them becomes a space.
enum HeaderText {
  /// The text on one line, spaces together, cut to a length that every program shows.
  ///
  /// - Parameters:
  ///   - text: as people wrote it.
  ///   - most: the most characters.
  /// - Returns: text without a line break or control character.
  static func line(_ text: String, most: Int = 200) -> String {
    var cleaned = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x21, 0x7F...0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFF:
        if !cleaned.isEmpty, !cleaned.hasSuffix(" ") { cleaned += " " }
      default: cleaned.unicodeScalars.append(scalar)
      }
    }
    if cleaned.hasSuffix(" ") { cleaned.removeLast() }
    // What looks like an encoded word would be decoded by the reader's program.
    cleaned = cleaned.replacing("=?", with: "= ?")
    return cleaned.count <= most ? cleaned : String(cleaned.prefix(most - 1)) + "…"
  }

  /// Letters, digits, hyphens and points, as identifiers in headers may hold.
  static func word(_ text: String) -> String {
    let word = String(
      text.utf8.map { byte -> Character in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: Character(Unicode.Scalar(byte))
        default: "-"
        }
      })
    return word.isEmpty ? "-" : word
  }
}
