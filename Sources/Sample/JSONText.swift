import Records

/// JSON being written, two spaces a level, keys in the order in which they are given.
struct JSONText {
  private(set) var text = ""
  private var depth = 0
  private var isFirst = true
  private var isLine = false

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

  /// An element that stands on a line of its own, however deep it is: for long lists.
  mutating func line(_ value: (inout JSONText) -> Void) {
    next()
    isLine = true
    value(&self)
    isLine = false
  }

  /// Texts in a list.
  mutating func strings(_ values: [String]) {
    array { out in for value in values { out.item { $0.string(value) } } }
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

  /// A text, or null where there is none.
  mutating func string(orNull value: String?) {
    if let value { string(value) } else { text += "null" }
  }

  /// An amount of 1/10,000 units, as a string with four decimals.
  mutating func money(_ value: Int128) {
    string(Exact.text(value, places: 4))
  }

  private mutating func group(
    _ open: String, _ close: String, _ body: (inout JSONText) -> Void
  ) {
    text += open
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst && !isLine { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
    isFirst = false
  }

  private mutating func next() {
    if isLine {
      text += isFirst ? "" : ", "
    } else {
      text += (isFirst ? "" : ",") + "\n" + String(repeating: "  ", count: depth)
    }
    isFirst = false
  }
}
