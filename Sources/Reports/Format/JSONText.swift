/// Pieces of JSON (RFC 8259).
enum JSONText {
  /// A string: quotes, backslashes and control characters are escaped.
  static func string(_ text: String) -> String {
    var bytes: [UInt8] = []
    write(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a string in UTF-8, escaped.
  static func write(_ text: String, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    bytes.append(quote)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != quote && $0 != backslash }) {
      bytes += text.utf8
    } else {
      for byte in text.utf8 {
        switch byte {
        case quote, backslash: bytes += [backslash, byte]
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0..<0x20, 0x7F:
          let digits = String(byte, radix: 16)
          bytes += ("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(quote)
  }

  /// An object on one line; its members are JSON already and stay in their order.
  static func object(_ members: [(name: String, json: String)]) -> String {
    "{" + members.map { "\(string($0.name)): \($0.json)" }.joined(separator: ", ") + "}"
  }

  /// A member that is a list with an element a line.
  static func list(_ name: String, _ elements: [String]) -> String {
    guard !elements.isEmpty else { return "  \(string(name)): []" }
    return "  \(string(name)): [\n" + elements.map { "    " + $0 }.joined(separator: ",\n")
      + "\n  ]"
  }
}
