import CScan

/// What the texts of a column were read as, by one worker: where they repeat, each is read once.
final class CellMemory {
  private var slots: [cscan_remembered]
  private var bits: UInt32 = 6
  private var count = 0
  /// Whether the column's texts repeat too seldom.
  private(set) var isGivenUp = false

  /// So many that the slots stay in a cache.
  private static let most = 1 << 14

  init() { slots = CellMemory.free(bits) }

  /// Remembers what a text was read as; one that is too long or one too many is not.
  func remember(_ text: borrowing Span<UInt8>, as value: Int32) {
    guard (1...Int(CSCAN_LONGEST)).contains(text.count), count < CellMemory.most else { return }
    if count * 2 >= slots.count { grow() }
    // The C boundary: the kernel's table.
    let isNew = slots.withUnsafeMutableBufferPointer { slots in
      text.withUnsafeBufferPointer { text in
        cscan_remember(slots.baseAddress, bits, text.baseAddress, UInt32(text.count), value)
      }
    }
    if isNew != 0 { count += 1 }
  }

  /// What the cells of a column were read as, `null` where they are empty; rows whose text is not
  /// remembered are others.
  func recall(_ column: PlainColumn, null: Int32, _ others: inout [UInt32]) -> [Int32] {
    let values = slots.withUnsafeBufferPointer { slots in
      column.recall(slots.baseAddress, bits, null: null, &others)
    }
    if count == CellMemory.most, others.count > values.count / 2 {
      isGivenUp = true
      slots = []
    }
    return values
  }

  private func grow() {
    let old = slots
    bits += 1
    slots = CellMemory.free(bits)
    slots.withUnsafeMutableBufferPointer { slots in
      old.withUnsafeBufferPointer { old in
        cscan_remember_all(slots.baseAddress, bits, old.baseAddress, old.count)
      }
    }
  }

  private static func free(_ bits: UInt32) -> [cscan_remembered] {
    [cscan_remembered](
      repeating: cscan_remembered(first: 0, middle: 0, last: 0, length: UInt32.max, value: 0),
      count: 1 << Int(bits))
  }
}
