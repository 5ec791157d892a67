/// Pieces of JSON (RFC 8259).
enum JSONText {
  /// A string: quotes, backslashes and control characters are escaped.
  static func string(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          json += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          json.unicodeScalars.append(scalar)
        }
      }
    }
    return json + "\""
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
