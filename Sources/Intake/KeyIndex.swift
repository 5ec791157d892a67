import Records

/// Finds the row of a record by its key.
enum KeyIndex: Sendable {
  case salesforce(SalesforceKeyIndex)
  case text(TextKeyIndex)
}

/// Rows by Salesforce Id: open addressing, compared on the whole key.
struct SalesforceKeyIndex: Sendable {
  private var slots: [Int32]
  private var keys: [UInt128]
  /// Keys of deleted records, and the rows of the records they were merged into, else `deleted`.
  private var aliases: [UInt128: Int32] = [:]
  /// Rows whose key an earlier row has.
  private(set) var duplicates: [Int32] = []

  init(_ keys: [UInt128]) {
    self.keys = keys
    var capacity = 16
    while capacity < keys.count * 2 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    for row in 0..<keys.count {
      let key = keys[row]
      let slot = slot(of: key)
      if slots[slot] >= 0 { duplicates.append(Int32(row)) } else { slots[slot] = Int32(row) }
    }
  }

  /// What stands for the row of a record that the export holds and calls deleted.
  static let deleted: Int32 = -3

  /// The row of a key, `Reference.dangling` where there is none, `deleted` of a deleted record.
  func row(_ key: UInt128) -> Int32 {
    let row = slots[slot(of: key)]
    if row >= 0 { return row }
    return aliases.isEmpty ? Reference.dangling : aliases[key] ?? Reference.dangling
  }

  /// The rows of keys, `Reference.null` for the null key.
  func rows(of keys: some Collection<UInt128>) -> [Int32] {
    [Int32](capacity: keys.count) { rows in
      for key in keys { rows.append(key == SalesforceID.zero ? Reference.null : row(key)) }
    }
  }

  /// Lets keys of merged records find the record that they were merged into, over several merges.
  mutating func add(merges: [UInt128: UInt128]) {
    for (merged, master) in merges {
      var target = master
      var steps = 0
      while let next = merges[target], steps < merges.count {
        target = next
        steps += 1
      }
      let found = row(target)
      aliases[merged] = found >= 0 ? found : SalesforceKeyIndex.deleted
    }
  }

  /// The slot that holds a key, or the free one where it would go.
  ///
  /// An org numbers its records, so the number in a key is its place: keys that are neighbours in a
  /// file are so in memory. Where another key is there, the search goes on at a mixed place, so that
  /// two series of numbers that overlap do not queue up behind each other.
  private func slot(of key: UInt128) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: SalesforceKeyIndex.number(key)) & mask
    guard slots[slot] >= 0, keys[Int(slots[slot])] != key else { return slot }
    slot = SalesforceKeyIndex.hash(key) & mask
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
    return slot
  }

  /// The last eight characters of a key as a number to the base 62, mixed with those before them.
  private static func number(_ key: UInt128) -> UInt64 {
    let word = UInt64(truncatingIfNeeded: key)
    let ones: UInt64 = 0x0101_0101_0101_0101
    // 0 to 9, A to Z and a to z become 0 to 61 in their bytes; then pairs, fours and all are joined.
    let isLetter = word >> 6 & ones
    let isLower = word >> 5 & isLetter
    let digits = word &- ones &* 0x30 &- isLetter &* 7 &- isLower &* 6
    let pairs = (digits >> 8 & 0x00FF_00FF_00FF_00FF) &* 62 &+ (digits & 0x00FF_00FF_00FF_00FF)
    let fours = (pairs >> 16 & 0x0000_FFFF_0000_FFFF) &* 3_844 &+ (pairs & 0x0000_FFFF_0000_FFFF)
    let number = (fours >> 32) &* 14_776_336 &+ (fours & 0xFFFF_FFFF)
    return number &+ UInt64(truncatingIfNeeded: key >> 64) &* 0x9E37_79B9_7F4A_7C15
  }

  private static func hash(_ key: UInt128) -> Int {
    let low = UInt64(truncatingIfNeeded: key)
    let high = UInt64(truncatingIfNeeded: key >> 64)
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF_FFFF_FFFF)
  }
}

/// Rows by a key of any text.
struct TextKeyIndex: Sendable {
  private var interner = ByteInterner()
  private var rows: [Int32] = []
  /// Rows whose key an earlier row has.
  private(set) var duplicates: [Int32] = []

  init(_ texts: Texts) {
    for row in 0..<texts.count {
      let code = Int(interner.code(of: texts.bytes.span.extracting(texts.range(row))))
      if code == rows.count { rows.append(Int32(row)) } else { duplicates.append(Int32(row)) }
    }
  }

  /// The row of a key, `Reference.dangling` where there is none.
  func row(_ key: borrowing Span<UInt8>) -> Int32 {
    interner.known(key).map { rows[Int($0)] } ?? Reference.dangling
  }
}

extension [Int32] {
  /// Rows of a reference column as the rest of the program knows them: deleted records dangle.
  var withoutDeleted: [Int32] {
    contains(SalesforceKeyIndex.deleted)
      ? map { $0 == SalesforceKeyIndex.deleted ? Reference.dangling : $0 } : self
  }
}
