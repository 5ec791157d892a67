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

  /// Locates one cell of each of some records that have it.
  func locate(
    _ cell: Int, of wanted: [UInt32], in text: [UInt8], dialect: Dialect,
    into cells: inout [cscan_cell]
  ) {
    if cells.count != wanted.count {
      cells = [cscan_cell](repeating: cscan_cell(), count: wanted.count)
    }
    // The kernel takes pointers: the C boundary.
    text.withUnsafeBufferPointer { text in
      separators.withUnsafeBufferPointer { separators in
        records.withUnsafeBufferPointer { records in
          wanted.withUnsafeBufferPointer { wanted in
            cells.withUnsafeMutableBufferPointer { cells in
              cscan_cells(
                text.baseAddress, dialect.scan,
                cscan_index_view(
                  separators: separators.baseAddress, records: records.baseAddress),
                wanted.baseAddress, wanted.count, UInt32(cell), cells.baseAddress)
            }
          }
        }
      }
    }
  }

  /// Sorts records by whether they have a number of cells: those that do replace what `accepted`
  /// held, the others are returned.
  func accept(cells count: Int, into accepted: inout [UInt32]) -> [Int] {
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
