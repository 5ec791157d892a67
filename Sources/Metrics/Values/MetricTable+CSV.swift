import Records

extension MetricTable {
  /// Rows that a thread writes at a time.
  private static let rowsAtOnce = 1 << 14

  /// The table as CSV: a header row, LF, quotes (RFC 4180) only where a cell needs them.
  public func csv(moneyPlaces: Int = 2) -> String {
    var text = ""
    for part in csvParts(moneyPlaces: moneyPlaces) { text += String(decoding: part, as: UTF8.self) }
    return text
  }

  /// The bytes of the table as CSV, in parts that follow each other.
  ///
  /// - Parameters:
  ///   - moneyPlaces: the decimal places of the corporate currency.
  ///   - threads: how many threads write parts; the bytes do not depend on it.
  /// - Returns: the header row, then some rows a part.
  public func csvParts(moneyPlaces: Int = 2, threads: Int = 2) -> [[UInt8]] {
    var header = CellBytes()
    for (index, column) in columns.enumerated() {
      if index > 0 { header.append(UInt8(ascii: ",")) }
      header.append(quoting: Array(column.name.utf8), 0..<column.name.utf8.count)
    }
    header.append(UInt8(ascii: "\n"))
    let rowCount = rowCount
    let starts = Array(stride(from: 0, to: rowCount, by: MetricTable.rowsAtOnce))
    let parts = Parallel.each(starts, threads: threads) { start in
      let rows = start..<min(start + MetricTable.rowsAtOnce, rowCount)
      return csv(rows, moneyPlaces)
    }
    return [header.bytes] + parts
  }

  /// Some rows: the cells of each column first, then row by row.
  private func csv(_ rows: Range<Int>, _ moneyPlaces: Int) -> [UInt8] {
    let cells = columns.map { column in
      var cells = CellBytes()
      cells.ends.reserveCapacity(rows.count)
      column.write(rows, moneyPlaces: moneyPlaces, to: &cells)
      return cells
    }
    var text: [UInt8] = []
    text.reserveCapacity(cells.reduce(0) { $0 + $1.bytes.count + rows.count })
    for row in 0..<rows.count {
      for (index, column) in cells.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text += column.bytes[(row == 0 ? 0 : column.ends[row - 1])..<column.ends[row]]
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}

extension MetricColumn {
  /// Writes some rows as data formats print them, a cell after another.
  fileprivate func write(_ rows: Range<Int>, moneyPlaces: Int, to cells: inout CellBytes) {
    let places = places(unit, moneyPlaces)
    switch self.cells {
    case .text(let texts): texts.write(rows, to: &cells)
    case .integers(let numbers) where places == 0:
      if let values = numbers.narrow { return cells.write(values, rows, divisor: 1, places: 0) }
      writeOneByOne(rows, moneyPlaces, to: &cells)
    case .money(let numbers) where places <= 4:
      var divisor: Int64 = Exact.scale
      for _ in 0..<places { divisor /= 10 }
      if let values = numbers.narrow {
        return cells.write(values, rows, divisor: UInt64(divisor), places: places)
      }
      writeOneByOne(rows, moneyPlaces, to: &cells)
    default: writeOneByOne(rows, moneyPlaces, to: &cells)
    }
  }

  private func writeOneByOne(_ rows: Range<Int>, _ moneyPlaces: Int, to cells: inout CellBytes) {
    for row in rows {
      let text = Array(dataText(row, moneyPlaces: moneyPlaces).utf8)
      cells.append(quoting: text, 0..<text.count)
      cells.end()
    }
  }
}

extension TextCells {
  fileprivate func write(_ rows: Range<Int>, to cells: inout CellBytes) {
    switch storage {
    case .texts(let texts):
      for row in rows {
        if let text = texts[row] {
          let bytes = Array(text.utf8)
          cells.append(quoting: bytes, 0..<bytes.count)
        }
        cells.end()
      }
    case .ids(let keys, let numbers):
      for row in rows {
        if numbers[row] >= 0 { cells.append(keys, Int(numbers[row])) }
        cells.end()
      }
    case .names(let names, let keys, let numbers):
      for row in rows {
        let number = Int(numbers[row])
        if number >= 0 {
          let range = names.range(number)
          if range.isEmpty {
            cells.append(keys, number)
          } else {
            cells.append(quoting: names.bytes, range)
          }
        }
        cells.end()
      }
    }
  }
}

/// Cells written one after another.
private struct CellBytes {
  private(set) var bytes: [UInt8] = []
  /// Where each cell ends.
  var ends: [Int] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func end() { ends.append(bytes.count) }

  /// Appends a part of a text, in quotes where it holds what separates cells.
  mutating func append(quoting text: [UInt8], _ range: Range<Int>) {
    var needsQuotes = false
    for position in range {
      let byte = text[position]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
      {
        needsQuotes = true
      }
    }
    guard needsQuotes else {
      bytes += text[range]
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for position in range {
      if text[position] == UInt8(ascii: "\"") { bytes.append(UInt8(ascii: "\"")) }
      bytes.append(text[position])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends the Id of a row.
  mutating func append(_ keys: Keys?, _ row: Int) {
    switch keys {
    case .salesforce(let keys): SalesforceID.append(keys[row], to: &bytes)
    case .text(let texts): append(quoting: texts.bytes, texts.range(row))
    case nil: break
    }
  }

  /// Writes numbers divided by what one of their last place is worth, rounded half away from zero.
  mutating func write(_ values: [Int64], _ rows: Range<Int>, divisor: UInt64, places: Int) {
    var power: UInt64 = 1
    for _ in 0..<places { power *= 10 }
    for row in rows {
      let value = values[row]
      if value != NumberCells.null {
        var (shown, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor)
        if rest >= divisor - rest, rest > 0 { shown += 1 }
        if value < 0, shown != 0 { bytes.append(UInt8(ascii: "-")) }
        if places == 0 {
          append(digits: shown, atLeast: 1)
        } else {
          append(digits: shown / power, atLeast: 1)
          bytes.append(UInt8(ascii: "."))
          append(digits: shown % power, atLeast: places)
        }
      }
      end()
    }
  }

  private mutating func append(digits value: UInt64, atLeast least: Int) {
    var count = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    count = max(count, least)
    let start = bytes.count
    for _ in 0..<count { bytes.append(UInt8(ascii: "0")) }
    rest = value
    var position = start + count
    while rest > 0 {
      position -= 1
      bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
