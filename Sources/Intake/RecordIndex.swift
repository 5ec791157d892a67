import CScan

/// Where the cells of a chunk's records stand.
struct RecordIndex {
  private var separators: [UInt32] = []
  private var records: [UInt32] = []
  private(set) var recordCount = 0
  /// Whether the fast kernel met a quote where RFC 4180 has none.
  private(set) var isIrregular = false

  /// Indexes a chunk, reusing the buffers.
  mutating func update(_ text: [UInt8], dialect: Dialect, isCareful: Bool) {
    guard !isCareful else {
      let index = CarefulIndex(text, dialect: dialect)
      separators = index.separators
      records = index.records
      recordCount = records.count
      isIrregular = false
      return
    }
    let capacity = text.count + 64
    if separators.count < capacity {
      separators = [UInt32](repeating: 0, count: capacity)
      records = [UInt32](repeating: 0, count: capacity)
    }
    // The kernel takes pointers: the C boundary.
    let result = text.withUnsafeBufferPointer { text in
      separators.withUnsafeMutableBufferPointer { separators in
        records.withUnsafeMutableBufferPointer { records in
          cscan_index(
            text.baseAddress, text.count, dialect.scan, separators.baseAddress,
            records.baseAddress)
        }
      }
    }
    recordCount = result.records
    isIrregular = result.irregular != 0 || result.inside != 0
  }

  /// Number of cells of a record.
  @inline(__always)
  func cellCount(_ record: Int) -> Int {
    Int(records[record]) - firstSeparator(record)
  }

  /// Bytes of a cell with its quotes; a carriage return before the newline still belongs to it.
  @inline(__always)
  func cell(_ cell: Int, of record: Int) -> Range<Int> {
    let separator = firstSeparator(record) + cell
    let start = separator == 0 ? 0 : Int(separators[separator - 1]) + 1
    return start..<Int(separators[separator])
  }

  /// Bytes of a record without its newline.
  func bytes(_ record: Int) -> Range<Int> {
    let first = firstSeparator(record)
    let start = first == 0 ? 0 : Int(separators[first - 1]) + 1
    return start..<Int(separators[Int(records[record]) - 1])
  }

  @inline(__always)
  private func firstSeparator(_ record: Int) -> Int {
    record == 0 ? 0 : Int(records[record - 1])
  }
}
