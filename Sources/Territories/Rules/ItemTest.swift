import Records

/// What an item of a rule asks of a cell, without the field that it asks about.
///
/// EXPORTS, "Assignment rules": the values of a list are alternatives; text compares without regard
/// to case; an empty cell equals an empty value only, differs from every other, and is neither less
/// nor greater than anything.
struct ItemTest: Hashable, Sendable {
  let operation: RuleOperation
  /// The values of the list but the empty one, as UTF-8 in lower case.
  private(set) var values: [[UInt8]]
  /// Whether the list has an empty value, as in `,Retail`.
  let takesEmpty: Bool

  /// - Parameters:
  ///   - operation: how to compare.
  ///   - text: the value as the rule writes it; nil where it has none.
  init(_ operation: RuleOperation, _ text: String?) {
    self.operation = operation
    let hasSeveral = operation == .includes || operation == .excludes
    let parts = ItemTest.parts(text ?? "", semicolons: hasSeveral)
    values = parts.filter { !$0.isEmpty }.map { Array($0.lowercased().utf8) }
    takesEmpty = parts.contains { $0.isEmpty }
  }

  /// The same with Ids of 18 characters in the form of 15.
  var withShortIds: ItemTest {
    var test = self
    test.values = values.map { Array($0.prefix(15)) }
    return test
  }

  /// The values of a list, without white space around each; what stands in quotation marks is one,
  /// whatever commas it has.
  static func parts(_ text: String, semicolons: Bool) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, character == "," || (semicolons && character == ";") {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return parts.map { ItemTest.trimmed($0) }
  }

  /// Without white space at both ends.
  static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Whether it holds of an empty cell.
  var holdsOfEmpty: Bool {
    switch operation {
    case .equals, .contains, .startsWith, .includes: takesEmpty
    case .notEqual, .notContain, .excludes: !takesEmpty
    case .lessThan, .greaterThan, .lessOrEqual, .greaterOrEqual, .within: false
    }
  }

  /// Whether it holds of a text in lower case that is not empty.
  func holds(of text: Span<UInt8>) -> Bool {
    var isMet = false
    for value in values {
      isMet = holds(of: text, value)
      if isMet { break }
    }
    switch operation {
    case .notEqual, .notContain, .excludes: return !isMet
    default: return isMet
    }
  }

  /// Whether a text compares with one value as asked, or as asked not to.
  private func holds(of text: Span<UInt8>, _ value: [UInt8]) -> Bool {
    switch operation {
    case .equals, .notEqual: text.count == value.count && value.begins(text)
    case .contains, .notContain: value.occurs(in: text)
    case .startsWith: value.begins(text)
    case .includes, .excludes: value.isMember(of: text)
    case .lessThan: value.order(of: text) < 0
    case .greaterThan: value.order(of: text) > 0
    case .lessOrEqual: value.order(of: text) <= 0
    case .greaterOrEqual: value.order(of: text) >= 0
    case .within: false
    }
  }

  /// Whether it holds of a number, the values being numbers.
  func holds(of number: Int64, _ numbers: [Int64]) -> Bool {
    switch operation {
    case .equals: numbers.contains(number)
    case .notEqual: !numbers.contains(number)
    case .lessThan: numbers.contains { number < $0 }
    case .greaterThan: numbers.contains { number > $0 }
    case .lessOrEqual: numbers.contains { number <= $0 }
    case .greaterOrEqual: numbers.contains { number >= $0 }
    default: false
    }
  }

  /// Whether it compares numbers and days as such, and not as texts.
  var isOrdinal: Bool {
    switch operation {
    case .equals, .notEqual, .lessThan, .greaterThan, .lessOrEqual, .greaterOrEqual: true
    default: false
    }
  }

  /// Whether the beginning of a text, and where it ends, decide.
  var isLiteral: Bool {
    switch operation {
    case .equals, .notEqual, .startsWith: true
    default: false
    }
  }
}

extension [UInt8] {
  fileprivate func begins(_ text: Span<UInt8>) -> Bool { stands(in: text, at: 0) }

  private func stands(in text: Span<UInt8>, at start: Int) -> Bool {
    guard start + count <= text.count else { return false }
    for position in indices where self[position] != text[start + position] { return false }
    return true
  }

  fileprivate func occurs(in text: Span<UInt8>) -> Bool {
    guard let first, count <= text.count else { return isEmpty }
    for start in 0...(text.count - count) where text[start] == first {
      if stands(in: text, at: start) { return true }
    }
    return false
  }

  /// Whether the text is a list with semicolons that has this as one of its values.
  fileprivate func isMember(of text: Span<UInt8>) -> Bool {
    var start = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ";") { end += 1 }
      if end - start == count, stands(in: text, at: start) { return true }
      start = end + 1
    }
    return false
  }

  /// Below zero where the text sorts before this, by bytes.
  fileprivate func order(of text: Span<UInt8>) -> Int {
    for position in 0..<Swift.min(count, text.count) where self[position] != text[position] {
      return Int(text[position]) - Int(self[position])
    }
    return text.count - count
  }
}
