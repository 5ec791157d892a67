/// Tells which of many texts stand at the beginning of another, by one search.
///
/// The longest that does tells all others: they are its own beginnings.
struct LiteralIndex: Sendable {
  /// Ascending by bytes, each once.
  private let literals: [[UInt8]]
  /// For each the longest other that it begins with, -1 where there is none.
  private let shorter: [Int32]

  init(_ texts: some Sequence<[UInt8]>) {
    let sorted = Set(texts).sorted { $0.lexicographicallyPrecedes($1) }
    var shorter = [Int32](repeating: -1, count: sorted.count)
    for index in sorted.indices.dropFirst() {
      var candidate = Int32(index) - 1
      while candidate >= 0, !sorted[index].starts(with: sorted[Int(candidate)]) {
        candidate = shorter[Int(candidate)]
      }
      shorter[index] = candidate
    }
    literals = sorted
    self.shorter = shorter
  }

  /// Classes of texts: two for each literal, and one for texts that begin with none.
  var classCount: Int { literals.count * 2 + 1 }

  /// A class of the text: 0 where it begins with no literal, else odd where it is the literal and
  /// even where it goes on behind the longest.
  func classOf(_ text: Span<UInt8>) -> Int32 {
    var low = 0
    var high = literals.count
    while low < high {
      let middle = (low + high) / 2
      if order(literals[middle], text) <= 0 { low = middle + 1 } else { high = middle }
    }
    var found = Int32(low) - 1
    while found >= 0, !begins(literals[Int(found)], text) { found = shorter[Int(found)] }
    guard found >= 0 else { return 0 }
    return found * 2 + (literals[Int(found)].count == text.count ? 1 : 2)
  }

  /// The class of a text, and another where it is empty.
  func classOf(_ text: [UInt8], empty: Int32) -> Int32 {
    text.isEmpty ? empty : classOf(text.span)
  }

  /// Whether an item with literals of this index holds of a class of texts.
  func holds(_ test: ItemTest, of number: Int) -> Bool {
    guard number > 0 else { return test.operation == .notEqual }
    let literal = literals[(number - 1) / 2]
    let isWhole = number % 2 == 1
    switch test.operation {
    case .equals: return isWhole && test.values.contains(literal)
    case .notEqual: return !(isWhole && test.values.contains(literal))
    default: return test.values.contains { literal.starts(with: $0) }
    }
  }

  private func order(_ literal: [UInt8], _ text: Span<UInt8>) -> Int {
    for position in 0..<min(literal.count, text.count) where literal[position] != text[position] {
      return Int(literal[position]) - Int(text[position])
    }
    return literal.count - text.count
  }

  private func begins(_ literal: [UInt8], _ text: Span<UInt8>) -> Bool {
    guard literal.count <= text.count else { return false }
    for position in literal.indices where literal[position] != text[position] { return false }
    return true
  }
}
