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
  func passes(_ text: [UInt8]) -> Bool {
    switch kind {
    case .compares(let comparison):
      guard let needle = needles.first else { return false }
      return switch comparison {
      case .equal: text == needle
      case .notEqual: text != needle
      case .less: text.lexicographicallyPrecedes(needle)
      case .lessOrEqual: !needle.lexicographicallyPrecedes(text)
      case .greater: needle.lexicographicallyPrecedes(text)
      case .greaterOrEqual: !text.lexicographicallyPrecedes(needle)
      }
    case .isIn: return needles.contains(text)
    case .looksInto(.contains):
      return needles.contains { TextTest.contains(text, $0) }
    case .looksInto(.startsWith): return needles.contains { text.starts(with: $0) }
    case .looksInto(.endsWith):
      return needles.contains { text.count >= $0.count && text.suffix($0.count).elementsEqual($0) }
    case .looksInto(.includes): return includesAny(text)
    case .looksInto(.excludes): return !includesAny(text)
    }
  }

  /// Whether one of the values between semicolons is a literal.
  private func includesAny(_ text: [UInt8]) -> Bool {
    var start = 0
    for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: ";") {
      let value = text[start..<end]
      if needles.contains(where: { value.elementsEqual($0) }) { return true }
      start = end + 1
    }
    return false
  }

  private static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    guard text.count >= needle.count else { return false }
    for start in 0...(text.count - needle.count) where text[start] == first {
      var length = 1
      while length < needle.count, text[start + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }

  /// The lowercase form of UTF-8.
  static func lowercased(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    lowercase(bytes, into: &folded)
    return folded
  }

  /// Overwrites a buffer with the lowercase form of UTF-8; keeps the buffer's memory.
  static func lowercase(_ bytes: some Collection<UInt8>, into folded: inout [UInt8]) {
    folded.removeAll(keepingCapacity: true)
    for byte in bytes {
      guard byte < 0x80 else {
        folded.removeAll(keepingCapacity: true)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
          folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
        return
      }
      folded.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
  }
}
