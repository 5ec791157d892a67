import Records

/// Finds the row of a record by its key.
enum KeyIndex: Sendable {
  case salesforce(SalesforceKeyIndex)
  case text(TextKeyIndex)
}

/// Rows by Salesforce Id: open addressing on a mixed 64-bit hash, compared on the whole key.
struct SalesforceKeyIndex: Sendable {
  private var slots: [Int32]
  private var keys: [UInt128]
  /// Keys of merged records, and the rows of the records they were merged into.
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
      var slot = SalesforceKeyIndex.hash(key) & (capacity - 1)
      while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & (capacity - 1) }
      if slots[slot] >= 0 { duplicates.append(Int32(row)) } else { slots[slot] = Int32(row) }
    }
  }

  /// The row of a key, `Reference.dangling` where there is none.
  func row(_ key: UInt128) -> Int32 {
    let mask = slots.count - 1
    var slot = SalesforceKeyIndex.hash(key) & mask
    while slots[slot] >= 0 {
      if keys[Int(slots[slot])] == key { return slots[slot] }
      slot = (slot + 1) & mask
    }
    return aliases.isEmpty ? Reference.dangling : aliases[key] ?? Reference.dangling
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
      if found >= 0 { aliases[merged] = found }
    }
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
