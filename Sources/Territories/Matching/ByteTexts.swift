/// A set of texts that is asked about part of an array without making a copy of it.
struct ByteTexts: Sendable {
  private let byKey: [UInt64: [UInt8]]
  private let longest: Int

  init(_ texts: [[UInt8]]) {
    byKey = Dictionary(texts.map { (FNV.hash($0), $0) }, uniquingKeysWith: { first, _ in first })
    longest = texts.map(\.count).max() ?? 0
  }

  /// The texts that stand in one, parted by spaces.
  init(words: String) { self.init(words.split(separator: " ").map { Array($0.utf8) }) }

  func contains(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= longest else { return false }
    return byKey[FNV.hash(text)]?.elementsEqual(text) ?? false
  }
}

/// The hash FNV-1a of 64 bits (Fowler, Noll, Vo): the same on every machine and in every run.
struct FNV {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = FNV()
    for byte in bytes { hash.add(byte) }
    return hash.value
  }
}
