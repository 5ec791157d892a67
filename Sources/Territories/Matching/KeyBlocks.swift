import Records

/// Items by a number that is equal where something of them is, to compare only those.
///
/// Grain: one entry per item and key. Zero is no key.
struct KeyBlocks: Sendable {
  private let keys: [UInt64]
  /// The items, in the order of `keys`, of one key ascending.
  let items: [Int32]
  /// Where the keys start whose upper bits are a number.
  private let starts: [Int32]
  private let shift: UInt64

  /// - Parameter pairs: keys and items in any order; repeats count once.
  init(_ pairs: [(key: UInt64, item: Int32)]) {
    var sorted = pairs.filter { $0.key != 0 }.map { (KeyBlocks.mixed($0.key), $0.item) }
    sorted.sort { $0 < $1 }
    var keys: [UInt64] = []
    var items: [Int32] = []
    keys.reserveCapacity(sorted.count)
    items.reserveCapacity(sorted.count)
    for (key, item) in sorted where key != keys.last || item != items.last {
      keys.append(key)
      items.append(item)
    }
    let bits = max(1, min(24, 64 - keys.count.leadingZeroBitCount))
    var starts = [Int32](repeating: 0, count: 1 << bits + 1)
    for key in keys { starts[Int(key >> UInt64(64 - bits)) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    self.keys = keys
    self.items = items
    self.starts = starts
    shift = UInt64(64 - bits)
  }

  /// The first position in `items` of a key, however many there are; nil for none.
  func first(of key: UInt64) -> Int? {
    guard key != 0 else { return nil }
    let mixed = KeyBlocks.mixed(key)
    let bucket = Int(mixed >> shift)
    var (low, high) = (Int(starts[bucket]), Int(starts[bucket + 1]))
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < mixed { low = middle + 1 } else { high = middle }
    }
    return low < end && keys[low] == mixed ? low : nil
  }

  /// The positions in `items` of a key, in a time that grows with their number.
  func range(of key: UInt64) -> Range<Int> {
    guard let first = first(of: key) else { return 0..<0 }
    var last = first + 1
    while last < keys.count, keys[last] == keys[first] { last += 1 }
    return first..<last
  }

  /// Each block, in the order of `items`.
  func forEachBlock(_ body: (ArraySlice<Int32>) -> Void) {
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      body(items[start..<end])
      start = end
    }
  }

  /// Spreads keys over all bits; different keys stay different (the multiplier is odd).
  private static func mixed(_ key: UInt64) -> UInt64 {
    let first = (key ^ key >> 32) &* 0x9e37_79b9_7f4a_7c15
    return (first ^ first >> 29) &* 0xbf58_476d_1ce4_e5b9
  }
}
