/// JSON being written, two spaces a level, keys in the order in which they are given.
struct JSONText {
  private(set) var text = ""
  private var depth = 0
  private var isFirst = true

  mutating func object(_ body: (inout JSONText) -> Void) { group("{", "}", body) }

  mutating func array(_ body: (inout JSONText) -> Void) { group("[", "]", body) }

  /// A member of an object.
  mutating func key(_ name: String, _ value: (inout JSONText) -> Void) {
    next()
    string(name)
    text += ": "
    value(&self)
  }

  /// An element of an array.
  mutating func item(_ value: (inout JSONText) -> Void) {
    next()
    value(&self)
  }

  mutating func number(_ value: Int) { text += String(value) }

  mutating func string(_ value: String) {
    text += "\""
    for letter in value {
      if letter == "\"" || letter == "\\" { text += "\\" }
      text.append(letter)
    }
    text += "\""
  }

  /// An amount of 1/10,000 units, as a string with four decimals.
  mutating func money(_ value: Int128) {
    let fraction = String(value % 10_000)
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    text += "\"\(value / 10_000).\(zeros)\(fraction)\""
  }

  private mutating func group(
    _ open: String, _ close: String, _ body: (inout JSONText) -> Void
  ) {
    text += open
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
    isFirst = false
  }

  private mutating func next() {
    text += (isFirst ? "" : ",") + "\n" + String(repeating: "  ", count: depth)
    isFirst = false
  }
}
