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
  func bytes(_ code: Int) -> ArraySlice<UInt8> { arena[range(code)] }

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
  @inline(__always)
  private func slot(of cell: borrowing Span<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, ByteInterner.areEqual(arena.span.extracting(range(code)), cell) {
        break
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  // MARK: Bytes, eight at a time

  @inline(__always)
  private static func areEqual(
    _ left: borrowing Span<UInt8>, _ right: borrowing Span<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    var position = 0
    while position < left.count {
      guard word(left, position) == word(right, position) else { return false }
      position += 8
    }
    return true
  }

  /// Multiplied and folded word by word, as FNV-1a is byte by byte.
  @inline(__always)
  private static func hash(_ cell: borrowing Span<UInt8>) -> UInt32 {
    var hash = UInt64(cell.count) &+ 0xcbf2_9ce4_8422_2325
    var position = 0
    while position < cell.count {
      hash = (hash ^ word(cell, position)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      position += 8
    }
    return UInt32(truncatingIfNeeded: hash)
  }

  /// The eight bytes from a position on; where there are fewer, those up to the end.
  @inline(__always)
  private static func word(_ cell: borrowing Span<UInt8>, _ position: Int) -> UInt64 {
    if position + 8 <= cell.count {
      // Checked against the bounds; the alignment is not, which these processors do not need.
      return cell.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
    }
    var word: UInt64 = 0
    for position in position..<cell.count { word = word << 8 | UInt64(cell[position]) }
    return word
  }
}
