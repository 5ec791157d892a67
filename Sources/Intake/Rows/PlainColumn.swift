import CScan
import Records

/// One column of a chunk's records, whose cells in the usual layouts a kernel reads.
///
/// What stands in another layout is left to the parsers of all layouts: its rows are given back.
struct PlainColumn {
  let index: RecordIndex
  let cell: Int
  /// Numbers of the records that have the cell.
  var wanted: [UInt32]
  let text: [UInt8]
  let dialect: Dialect
  /// Whether an empty cell is no value.
  var needsValue = false

  /// Where the cells stand, within their quotes.
  func locate(into cells: inout [cscan_cell]) {
    if cells.count != wanted.count {
      cells = [cscan_cell](repeating: cscan_cell(), count: wanted.count)
    }
    cells.withUnsafeMutableBufferPointer { cells in
      withView { view in cscan_cells(&view, cells.baseAddress) }
    }
  }

  func keys(_ others: inout [UInt32]) -> [UInt128] {
    withUnsafePointer(to: SalesforceID.zero) { null in
      values(&others) { cscan_keys(&$0, null, $1, $2) }
    }
  }

  func decimals(_ others: inout [UInt32]) -> [Int64] {
    values(&others) { cscan_decimals(&$0, Exact.null, $1, $2) }
  }

  func days(_ others: inout [UInt32]) -> [Int32] {
    values(&others) { cscan_days(&$0, Day.null, $1, $2) }
  }

  /// Seconds since 1970.
  func instants(_ others: inout [UInt32]) -> [Int64] {
    values(&others) { cscan_instants(&$0, Instants.null, $1, $2) }
  }

  /// 1 for yes, 0 for no, 2 for neither.
  func flags(_ others: inout [UInt32]) -> [UInt8] {
    values(&others) { cscan_flags(&$0, 2, $1, $2) }
  }

  /// The rows that keys name of a table with some keys, of which most are near the one before.
  func rows(
    in target: SalesforceKeyIndex, _ keys: (start: UInt64, ends: [UInt64]),
    _ others: inout [UInt32]
  ) -> [Int32] {
    rows(in: target, keys, &others) { cscan_follow($0, $1, $2, Reference.null, $3, $4) }
  }

  private func rows(
    in target: SalesforceKeyIndex, _ keys: (start: UInt64, ends: [UInt64]),
    _ others: inout [UInt32],
    _ follow: (
      UnsafePointer<cscan_column>, UnsafePointer<cscan_table>,
      UnsafeMutablePointer<cscan_follower>, UnsafeMutablePointer<Int32>?,
      UnsafeMutablePointer<UInt32>?
    ) -> Void
  ) -> [Int32] {
    var follower = cscan_follower()
    return keys.ends.withUnsafeBufferPointer { ends in
      var table = cscan_table(start: keys.start, ends: ends.baseAddress, count: ends.count)
      return values(&others) { column, rows, others in
        while true {
          follow(&column, &table, &follower, rows, others)
          guard follower.next < column.count else { return follower.refused }
          let row = target.row(of: UInt128(follower.key.0) << 64 | UInt128(follower.key.1))
          rows?[follower.next] = row
          follower.next += 1
          if row >= 0 { follower.found = Int(row) }
        }
      }
    }
  }

  /// What texts were read as that stand in slots of a kernel's table.
  func recall(
    _ slots: UnsafePointer<cscan_remembered>?, _ bits: UInt32, null: Int32,
    _ others: inout [UInt32]
  ) -> [Int32] {
    values(&others) { cscan_recall(&$0, slots, bits, null, $1, $2) }
  }

  /// The keys and numbers as a machine without vectors reads them, so that both can be held to the
  /// same.
  func portableKeys(_ others: inout [UInt32]) -> [UInt128] {
    withUnsafePointer(to: SalesforceID.zero) { null in
      values(&others) { cscan_keys_portable(&$0, null, $1, $2) }
    }
  }

  func portableDecimals(_ others: inout [UInt32]) -> [Int64] {
    values(&others) { cscan_decimals_portable(&$0, Exact.null, $1, $2) }
  }

  func portableRows(
    in target: SalesforceKeyIndex, _ keys: (start: UInt64, ends: [UInt64]),
    _ others: inout [UInt32]
  ) -> [Int32] {
    rows(in: target, keys, &others) { cscan_follow_portable($0, $1, $2, Reference.null, $3, $4) }
  }

  /// The newest second since 1970; nil where no cell is a datetime in the usual layout.
  func newest(_ others: inout [UInt32]) -> Int64? {
    var newest = Int64.min
    refusing(&others) { cscan_newest(&$0, &newest, $1) }
    return newest == Int64.min ? nil : newest
  }

  // MARK: The C boundary: kernels take pointers

  private func values<Value>(
    _ others: inout [UInt32],
    _ kernel: (inout cscan_column, UnsafeMutablePointer<Value>?, UnsafeMutablePointer<UInt32>?) ->
      Int
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: wanted.count) { values, count in
      refusing(&others) { kernel(&$0, values.baseAddress, $1) }
      count = wanted.count
    }
  }

  /// Calls a kernel that writes the rows it does not read, and says how many they are.
  private func refusing(
    _ others: inout [UInt32], _ kernel: (inout cscan_column, UnsafeMutablePointer<UInt32>?) -> Int
  ) {
    others.removeAll(keepingCapacity: true)
    others.append(addingCapacity: wanted.count) { spare in
      spare.withUnsafeMutableBufferPointer { rows, filled in
        filled = withView { kernel(&$0, rows.baseAddress) }
      }
    }
  }

  private func withView<Result>(_ body: (inout cscan_column) -> Result) -> Result {
    text.withUnsafeBufferPointer { text in
      wanted.withUnsafeBufferPointer { wanted in
        index.withView { index in
          var view = cscan_column(
            text: text.baseAddress, dialect: dialect.scan, index: index,
            wanted: wanted.baseAddress, count: wanted.count, cell: UInt32(cell),
            needs_value: needsValue ? 1 : 0)
          return body(&view)
        }
      }
    }
  }
}
