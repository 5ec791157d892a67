import Records

/// Rows by Salesforce Id.
struct SalesforceKeyIndex: Sendable {
  private enum Layout {
    case few(FewKeys)
    case sorted(SortedKeys)
    case hashed(HashedKeys)
  }

  private let layout: Layout
  /// What stands for the row of a record that the export holds and calls deleted.
  static let deleted: Int32 = -3

  /// Keys of deleted records, and the rows of the records they were merged into, else `deleted`.
  private var aliases: [UInt128: Int32] = [:]
  /// Rows whose key an earlier row has.
  let duplicates: [Int32]
  /// Where keys are kept that the table has not; nil where such a key is not worth it.
  var strangers: Strangers?

  init(_ keys: SalesforceKeys, threads: Int = 1) {
    if let few = FewKeys(keys) {
      layout = .few(few)
      duplicates = []
    } else if let sorted = SortedKeys(keys, threads: threads) {
      layout = .sorted(sorted)
      duplicates = []
    } else {
      var hashed = HashedKeys(keys)
      duplicates = hashed.insertAll()
      layout = .hashed(hashed)
    }
  }

  /// Whether the table is so small that what names its records repeats.
  var isSmall: Bool { if case .few = layout { true } else { false } }

  /// The keys by row where it pays to look near the row found last; nil where it does not, where there
  /// are none or a key has several rows.
  var followed: (start: UInt64, ends: [UInt64])? {
    switch layout {
    case .few: nil
    case .sorted(let table): table.keys.alike
    case .hashed(let table):
      duplicates.isEmpty && !table.keys.isEmpty ? table.keys.alike : nil
    }
  }

  /// The row of a key, as `rows` gives it.
  func row(of key: UInt128) -> Int32 {
    let found: Int32? =
      switch layout {
      case .few(let table): table.row(of: key)
      case .sorted(let table): table.row(of: key).map { Int32($0) }
      case .hashed(let table): table.row(of: key).map { Int32($0) }
      }
    return found ?? missing(key)
  }

  /// The rows of keys: `Reference.null` for the null key, `deleted` for that of a deleted record and
  /// `Reference.dangling` where there is none.
  func rows(of keys: some Collection<UInt128>) -> [Int32] {
    switch layout {
    case .few(let table): rows(of: keys) { table.row(of: $0) }
    case .sorted(let table): rows(of: keys, all: table.keys) { table.row(of: $0) }
    case .hashed(let table):
      // The row behind the one found last may be a later one of a repeated key.
      rows(of: keys, all: duplicates.isEmpty ? table.keys : SalesforceKeys()) { table.row(of: $0) }
    }
  }

  /// Few records are named by many others in any order.
  @inline(__always)
  private func rows(
    of keys: some Collection<UInt128>, _ search: (UInt128) -> Int32?
  ) -> [Int32] {
    [Int32](capacity: keys.count) { rows in
      for key in keys { rows.append(search(key) ?? missing(key)) }
    }
  }

  /// What stands for the row of a key that the table has not.
  private func missing(_ key: UInt128) -> Int32 {
    key == SalesforceID.zero
      ? Reference.null : aliases[key] ?? strangers?.number(of: key) ?? Reference.dangling
  }

  /// Files of one export often follow the same order: the row found last and the one behind it are
  /// tried first.
  @inline(__always)
  private func rows(
    of keys: some Collection<UInt128>, all: SalesforceKeys, _ search: (UInt128) -> Int?
  ) -> [Int32] {
    [Int32](capacity: keys.count) { rows in
      var last = 0
      for key in keys {
        if key == SalesforceID.zero {
          rows.append(Reference.null)
        } else if last < all.count, all[last] == key {
          rows.append(Int32(last))
        } else if last + 1 < all.count, all[last + 1] == key {
          last += 1
          rows.append(Int32(last))
        } else if let found = search(key) {
          last = found
          rows.append(Int32(found))
        } else {
          rows.append(missing(key))
        }
      }
    }
  }

  /// Lets keys of merged records find the record that they were merged into, over several merges.
  ///
  /// A chain ends at the first record that the table holds; one that ends elsewhere, or goes round in
  /// a circle, names deleted records.
  mutating func add(merges: [UInt128: UInt128]) {
    for (merged, master) in merges where aliases[merged] == nil {
      var chain = [merged]
      aliases[merged] = SalesforceKeyIndex.deleted
      var target = master
      var found = row(of: target)
      // Each link is an alias from here on, so that every chain is followed once and a circle ends.
      while found == Reference.dangling, let next = merges[target] {
        chain.append(target)
        aliases[target] = SalesforceKeyIndex.deleted
        target = next
        found = row(of: target)
      }
      guard found >= 0 else { continue }
      for key in chain { aliases[key] = found }
    }
  }
}

/// Keys of a small table, in any order: open addressing over half of each key.
struct FewKeys: Sendable {
  private let high: UInt64
  private var slots: [(low: UInt64, row: Int32)]
  private let shift: Int

  /// The table stays in a cache.
  private static let most = 1 << 14

  /// Nil where they are many, or differ in their first seven characters, or two are the same.
  init?(_ keys: SalesforceKeys) {
    guard let (start, ends) = keys.alike, (1...FewKeys.most).contains(ends.count) else {
      return nil
    }
    high = start
    var bits = 4
    while 1 << bits < keys.count * 2 { bits += 1 }
    shift = 64 - bits
    slots = [(low: UInt64, row: Int32)](repeating: (0, -1), count: 1 << bits)
    for (row, low) in ends.enumerated() {
      guard self.row(of: keys[row]) == nil else { return nil }
      var slot = slot(of: low)
      while slots[slot].row >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = (low, Int32(row))
    }
  }

  @inline(__always)
  func row(of key: UInt128) -> Int32? {
    let low = SalesforceKeys.end(key)
    var slot = slot(of: low)
    while slots[slot].low != low {
      guard slots[slot].row >= 0 else { return nil }
      slot = (slot + 1) & (slots.count - 1)
    }
    return SalesforceKeys.start(key) == high && slots[slot].row >= 0
      ? slots[slot].row : nil
  }

  /// Fibonacci hashing: the golden ratio spreads neighbours.
  @inline(__always)
  private func slot(of low: UInt64) -> Int {
    Int((low &* 0x9E37_79B9_7F4A_7C15) >> UInt64(shift))
  }
}

/// Keys in ascending order, found through a directory of what their numbers begin with.
///
/// An org numbers its records to the base 62, so exports in the order of Ids ascend. Neighbours in a
/// file are neighbours here, which a hash would scatter over the memory.
struct SortedKeys: Sendable {
  let keys: SalesforceKeys
  private let start: UInt64
  private let ends: [UInt64]
  /// For each piece of the range of numbers the first row in it; one more at the end.
  private let starts: [Int32]
  private let first: UInt64
  private let shift: Int

  /// Steps of a search in one piece would be too many where it holds more.
  private static let largestPiece: Int32 = 1_024

  /// Nil where the keys do not ascend, or their numbers lie too unevenly.
  init?(_ keys: SalesforceKeys, threads: Int = 1) {
    guard let (start, ends) = keys.alike, let first = ends.first, let last = ends.last else {
      return nil
    }
    self.keys = keys
    self.start = start
    self.ends = ends
    let least = SortedKeys.number(first)
    let range = SortedKeys.number(last) &- least
    var shift = 0
    // About eight keys in each piece: rows that name many others mostly do so in their order.
    while range >> shift > UInt64(max(ends.count / 8, 1 << 16)) { shift += 1 }
    // The pieces that begin in each of several ranges of rows; nil where keys do not ascend there.
    let parts = Parallel.chunked(ends.count, threads: threads) { [shift] rows -> [Int32]? in
      var starts: [Int32] = []
      var before = rows.lowerBound == 0 ? 0 : ends[rows.lowerBound - 1]
      var nextPiece =
        rows.lowerBound == 0 ? 0 : Int((SortedKeys.number(before) &- least) >> shift) + 1
      for row in rows {
        let key = ends[row]
        guard key > before else { return nil }
        before = key
        let piece = (SortedKeys.number(key) &- least) >> shift
        // Numbers of what ascends ascend; of what is no Id they may not.
        guard piece <= range >> shift else { return nil }
        while nextPiece <= piece {
          starts.append(Int32(row))
          nextPiece += 1
        }
      }
      return starts
    }
    guard !parts.contains(nil) else { return nil }
    starts = parts.flatMap { $0 ?? [] } + [Int32(ends.count)]
    let largest = zip(starts, starts.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    guard largest <= SortedKeys.largestPiece else { return nil }
    self.first = least
    self.shift = shift
  }

  @inline(__always)
  func row(of key: UInt128) -> Int? {
    let end = SalesforceKeys.end(key)
    let piece = (SortedKeys.number(end) &- first) >> shift
    guard SalesforceKeys.start(key) == start, piece < UInt64(starts.count - 1) else { return nil }
    var low = Int(starts[Int(piece)])
    var high = Int(starts[Int(piece) + 1])
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < end { low = middle + 1 } else { high = middle }
    }
    return low < ends.count && ends[low] == end ? low : nil
  }

  /// The last eight characters of a key as a number to the base 62.
  @inline(__always)
  private static func number(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // 0 to 9, A to Z and a to z become 0 to 61 in their bytes; then pairs, fours and all are joined.
    let isLetter = word >> 6 & ones
    let isLower = word >> 5 & isLetter
    let digits = word &- ones &* 0x30 &- isLetter &* 7 &- isLower &* 6
    let pairs = (digits >> 8 & 0x00FF_00FF_00FF_00FF) &* 62 &+ (digits & 0x00FF_00FF_00FF_00FF)
    let fours = (pairs >> 16 & 0x0000_FFFF_0000_FFFF) &* 3_844 &+ (pairs & 0x0000_FFFF_0000_FFFF)
    return (fours >> 32) &* 14_776_336 &+ (fours & 0xFFFF_FFFF)
  }
}

/// Keys in any order: open addressing, compared on the whole key.
struct HashedKeys: Sendable {
  let keys: SalesforceKeys
  private var slots: [Int32]

  init(_ keys: SalesforceKeys) {
    self.keys = keys
    var capacity = 16
    while capacity < keys.count * 2 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
  }

  /// Inserts all keys; returns the rows whose key an earlier row has.
  mutating func insertAll() -> [Int32] {
    var duplicates: [Int32] = []
    for row in keys.indices {
      let slot = slot(of: keys[row])
      if slots[slot] >= 0 { duplicates.append(Int32(row)) } else { slots[slot] = Int32(row) }
    }
    return duplicates
  }

  func row(of key: UInt128) -> Int? {
    let row = Int(slots[slot(of: key)])
    return row < 0 ? nil : row
  }

  /// The slot that holds a key, or the free one where it would go.
  private func slot(of key: UInt128) -> Int {
    let (low, high) = (SalesforceKeys.end(key), SalesforceKeys.start(key))
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    var slot = Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & (slots.count - 1)
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
