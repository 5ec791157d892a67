/// CSV for people (RFC 4180): a spreadsheet opens it without running what it holds.
///
/// Text that would be read as a formula gets an apostrophe in front. Numbers, dates and Ids are made
/// by the program and stay as they are.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// The characters that begin a formula somewhere; the wide ones do in Japanese spreadsheets.
  static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  /// A text of a record or of ours.
  mutating func text(_ text: String) {
    if let first = text.unicodeScalars.first, CSVText.formulaSigns.contains(first) {
      cell("'" + text)
    } else {
      cell(text)
    }
  }

  /// A value as data holds it, empty where it is not known.
  mutating func value(_ value: Shown?) {
    guard let value else { return cell("") }
    if value.unit.isNumeric || value.unit == .date { cell(value.data) } else { text(value.data) }
  }

  /// Ends the line.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private mutating func cell(_ text: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    let isPlain = text.utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
    }
    guard !isPlain else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
