/// A JSON value (RFC 8259) whose objects keep the order of their members.
indirect enum JSONValue {
  case null
  case flag(Bool)
  case integer(Int)
  case string(String)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// A string, or null where there is none.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// The value as text: what fits on a line of 100 characters stands on one, else a member or
  /// element a line.
  var text: String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  private static let lineLength = 100

  private func write(to text: inout String, depth: Int) {
    switch self {
    case .list(let elements):
      lines(elements.map { ("", $0) }, "[", "]", to: &text, depth: depth)
    case .object(let members):
      lines(
        members.map { (JSONText.string($0.0) + ": ", $0.1) }, "{", "}", to: &text, depth: depth)
    default: text += line
    }
  }

  private func lines(
    _ parts: [(name: String, value: JSONValue)], _ open: String, _ close: String,
    to text: inout String, depth: Int
  ) {
    if let line = line(within: JSONValue.lineLength - 2 * depth) {
      text += line
      return
    }
    text += open
    for (index, part) in parts.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: depth + 1) + part.name
      part.value.write(to: &text, depth: depth + 1)
    }
    text += "\n" + String(repeating: "  ", count: depth) + close
  }

  /// The value on one line, nil where that is longer than so many bytes.
  private func line(within length: Int) -> String? {
    var room = length
    return fits(&room) ? line : nil
  }

  /// Whether the value takes no more than the room, as its strings are long; takes it up.
  private func fits(_ room: inout Int) -> Bool {
    switch self {
    case .null, .flag, .integer: room -= 5
    case .string(let string): room -= string.utf8.count + 2
    case .list(let elements):
      room -= 2
      for element in elements {
        room -= 2
        guard element.fits(&room) else { return false }
      }
    case .object(let members):
      room -= 2
      for member in members {
        room -= member.0.utf8.count + 6
        guard member.1.fits(&room) else { return false }
      }
    }
    return room >= 0
  }

  private var line: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .string(let string): JSONText.string(string)
    case .list(let elements): "[" + elements.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSONText.string($0.0) + ": " + $0.1.line }.joined(separator: ", ") + "}"
    }
  }
}
