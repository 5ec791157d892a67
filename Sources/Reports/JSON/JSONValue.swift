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

  /// The value in UTF-8: what fits on a line of 100 characters stands on one, else a member or
  /// element a line.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static let lineLength = 100

  private func write(to bytes: inout [UInt8], depth: Int) {
    // What does not fit is taken back, after a line's length at most.
    let start = bytes.count
    if line(to: &bytes, end: start + JSONValue.lineLength - 2 * depth) { return }
    bytes.removeLast(bytes.count - start)
    switch self {
    case .list(let elements):
      JSONValue.write(elements.count, "[", "]", to: &bytes, depth) { index, bytes in
        elements[index].write(to: &bytes, depth: depth + 1)
      }
    case .object(let members):
      JSONValue.write(members.count, "{", "}", to: &bytes, depth) { index, bytes in
        JSONText.write(members[index].0, to: &bytes)
        bytes += ": ".utf8
        members[index].1.write(to: &bytes, depth: depth + 1)
      }
    default: _ = line(to: &bytes, end: .max)
    }
  }

  private static func write(
    _ count: Int, _ open: String, _ close: String, to bytes: inout [UInt8], _ depth: Int,
    part: (Int, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    for index in 0..<count {
      bytes += (index == 0 ? "\n" : ",\n").utf8
      bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth + 2)
      part(index, &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    bytes += close.utf8
  }

  /// Writes the value on one line; false, and only a part of it, where it goes beyond the end.
  private func line(to bytes: inout [UInt8], end: Int) -> Bool {
    switch self {
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .integer(let number): bytes += String(number).utf8
    case .string(let string): JSONText.write(string, to: &bytes)
    case .list(let elements):
      bytes += "[".utf8
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes += ", ".utf8 }
        guard element.line(to: &bytes, end: end) else { return false }
      }
      bytes += "]".utf8
    case .object(let members):
      bytes += "{".utf8
      for (index, member) in members.enumerated() {
        if index > 0 { bytes += ", ".utf8 }
        JSONText.write(member.0, to: &bytes)
        bytes += ": ".utf8
        guard member.1.line(to: &bytes, end: end) else { return false }
      }
      bytes += "}".utf8
    }
    return bytes.count <= end
  }
}
