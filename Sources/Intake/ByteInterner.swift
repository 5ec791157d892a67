/// Gives each distinct run of bytes a code, in order of first appearance.
///
/// Open addressing over one byte arena: no allocation for a run already known.
struct ByteInterner {
  private var arena: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  private var slots: [Int32] = [Int32](repeating: -1, count: 64)

  var count: Int { ends.count }

  /// The bytes of a code.
  func bytes(_ code: Int) -> ArraySlice<UInt8> {
    arena[(code == 0 ? 0 : ends[code - 1])..<ends[code]]
  }

  /// The code of a run of bytes, new where it was not seen.
  mutating func code(of cell: borrowing Span<UInt8>) -> Int32 {
    let hash = ByteInterner.hash(cell)
    let slot = slot(of: cell, hash)
    if slots[slot] >= 0 { return slots[slot] }
    let code = Int32(ends.count)
    for position in 0..<cell.count { arena.append(cell[position]) }
    ends.append(arena.count)
    hashes.append(hash)
    slots[slot] = code
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  /// The code of a run of bytes, nil where it was not seen.
  func known(_ cell: borrowing Span<UInt8>) -> Int32? {
    let code = slots[slot(of: cell, ByteInterner.hash(cell))]
    return code < 0 ? nil : code
  }

  /// The slot that holds a run of bytes, or the free one where it would go.
  private func slot(of cell: borrowing Span<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, holds(code, cell) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func holds(_ code: Int, _ cell: borrowing Span<UInt8>) -> Bool {
    let start = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - start == cell.count else { return false }
    for position in 0..<cell.count where arena[start + position] != cell[position] { return false }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  /// FNV-1a, folded to 32 bits.
  private static func hash(_ cell: borrowing Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for position in 0..<cell.count {
      hash = (hash ^ UInt64(cell[position])) &* 0x100_0000_01b3
    }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
