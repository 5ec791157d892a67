import CScan

/// Where the cells of a chunk's records stand.
struct RecordIndex {
  private var separators: [UInt32] = []
  private var records: [UInt32] = []
  private(set) var recordCount = 0
  /// Whether the fast kernel met a quote where RFC 4180 has none.
  private(set) var isIrregular = false
  /// The number of cells of every record; 0 where they differ.
  private var stride = 0

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

  /// The index as the kernels that read cells take it.
  func withView<Result>(_ body: (cscan_index_view) -> Result) -> Result {
    // The kernels take pointers: the C boundary.
    separators.withUnsafeBufferPointer { separators in
      records.withUnsafeBufferPointer { records in
        body(
          cscan_index_view(
            separators: separators.baseAddress, records: records.baseAddress,
            stride: UInt32(stride)))
      }
    }
  }

  /// Sorts records by whether they have a number of cells: those that do replace what `accepted`
  /// held, the others are returned.
  mutating func accept(cells count: Int, into accepted: inout [UInt32]) -> [Int] {
    accepted.removeAll(keepingCapacity: true)
    accepted.reserveCapacity(recordCount)
    var others: [Int] = []
    var first: UInt32 = 0
    for record in 0..<recordCount {
      if records[record] - first == UInt32(count) {
        accepted.append(UInt32(record))
      } else {
        others.append(record)
      }
      first = records[record]
    }
    stride = others.isEmpty ? count : 0
    return others
  }

  /// Number of cells of a record.
  func cellCount(_ record: Int) -> Int { Int(records[record]) - firstSeparator(record) }

  /// Bytes of a record without its newline.
  func bytes(_ record: Int) -> Range<Int> {
    let first = firstSeparator(record)
    let start = first == 0 ? 0 : Int(separators[first - 1]) + 1
    return start..<Int(separators[Int(records[record]) - 1])
  }

  private func firstSeparator(_ record: Int) -> Int {
    record == 0 ? 0 : Int(records[record - 1])
  }
}
