import Records

/// A test of one text against literals, without regard to case.
///
/// Texts compare by the bytes of their lowercase form: each Unicode scalar is replaced by its
/// lowercase mapping, and nothing else is changed. So `É` equals `é`, but not `E`; a letter with a
/// combining accent does not equal the single letter of the same look.
struct TextTest: Sendable {
  enum Kind: Sendable {
    case compares(Node.Comparison)
    case isIn
    case looksInto(Node.Match)
  }

  let kind: Kind
  /// The literals in lowercase bytes.
  let needles: [[UInt8]]

  init(_ kind: Kind, _ literals: [String]) {
    self.kind = kind
    needles = literals.map { TextTest.lowercased($0.utf8) }
  }

  /// Whether a text in lowercase bytes passes.
  func passes(_ text: Span<UInt8>) -> Bool {
    switch kind {
    case .compares(let comparison):
      return needles.contains { needle in
        switch comparison {
        case .equal: TextTest.areEqual(text, needle.span)
        case .notEqual: !TextTest.areEqual(text, needle.span)
        case .less: TextTest.precedes(text, needle.span)
        case .lessOrEqual: !TextTest.precedes(needle.span, text)
        case .greater: TextTest.precedes(needle.span, text)
        case .greaterOrEqual: !TextTest.precedes(text, needle.span)
        }
      }
    case .isIn: return needles.contains { TextTest.areEqual(text, $0.span) }
    case .looksInto(.contains):
      return needles.contains { TextTest.contains(text, $0.span) }
    case .looksInto(.startsWith):
      return needles.contains { TextTest.areEqual(text.extracting(first: $0.count), $0.span) }
    case .looksInto(.endsWith):
      return needles.contains { TextTest.areEqual(text.extracting(last: $0.count), $0.span) }
    case .looksInto(.includes): return includesAny(text)
    case .looksInto(.excludes): return !includesAny(text)
    }
  }

  /// Whether a text passes, whatever its case.
  func passes(_ text: String) -> Bool {
    passes(TextTest.lowercased(text.utf8).span)
  }

  /// Whether one of the values between semicolons is a literal.
  private func includesAny(_ text: Span<UInt8>) -> Bool {
    var start = 0
    for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: ";") {
      let value = text.extracting(start..<end)
      if needles.contains(where: { TextTest.areEqual(value, $0.span) }) { return true }
      start = end + 1
    }
    return false
  }

  private static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  private static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  private static func contains(_ text: Span<UInt8>, _ needle: Span<UInt8>) -> Bool {
    guard !needle.isEmpty else { return true }
    guard text.count >= needle.count else { return false }
    for start in 0...(text.count - needle.count) where text[start] == needle[0] {
      var length = 1
      while length < needle.count, text[start + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }

  /// The lowercase form of UTF-8.
  static func lowercased(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let text = Array(bytes)
    var folded: [UInt8] = []
    let count = lowercase(text, 0..<text.count, into: &folded)
    return Array(folded.prefix(count))
  }

  /// Writes the lowercase form of a range of UTF-8 to the start of a buffer, which grows as needed
  /// and is used for row after row.
  ///
  /// - Returns: how many bytes were written.
  static func lowercase(_ text: [UInt8], _ range: Range<Int>, into folded: inout [UInt8]) -> Int {
    if folded.count < range.count {
      folded = [UInt8](repeating: 0, count: range.count * 2)
    }
    for (index, position) in range.enumerated() {
      let byte = text[position]
      if byte >= 0x80 { return lowercaseBeyondASCII(text[range], into: &folded) }
      folded[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
    return range.count
  }

  private static func lowercaseBeyondASCII(
    _ text: ArraySlice<UInt8>, into folded: inout [UInt8]
  ) -> Int {
    var count = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      for byte in scalar.properties.lowercaseMapping.utf8 {
        if count < folded.count { folded[count] = byte } else { folded.append(byte) }
        count += 1
      }
    }
    return count
  }
}
