import Records

extension MetricTable {
  /// Rows of a part.
  private static let rowsAtOnce = 1 << 13

  /// The table as CSV: a header row, LF, quotes (RFC 4180) only where a cell needs them.
  public func csv(moneyPlaces: Int = 2) -> String {
    (0..<csvParts).map { String(decoding: csvPart($0, moneyPlaces: moneyPlaces), as: UTF8.self) }
      .joined()
  }

  /// How many parts the table as CSV has.
  public var csvParts: Int {
    1 + (rowCount + MetricTable.rowsAtOnce - 1) / MetricTable.rowsAtOnce
  }

  /// A part of the table as CSV, so that the text of a large table need never be there as a whole.
  ///
  /// - Parameters:
  ///   - index: the number of the part.
  ///   - moneyPlaces: the decimal places of the corporate currency.
  /// - Returns: Bytes that stand behind those of the parts before.
  public func csvPart(_ index: Int, moneyPlaces: Int = 2) -> ArraySlice<UInt8> {
    guard index > 0 else { return csvHeader.written }
    let start = (index - 1) * MetricTable.rowsAtOnce
    return csv(start..<min(start + MetricTable.rowsAtOnce, rowCount), moneyPlaces).written
  }

  private var csvHeader: CellBytes {
    var header = CellBytes(cells: 0, room: 256)
    for (index, column) in columns.enumerated() {
      if index > 0 { header.append(UInt8(ascii: ",")) }
      header.append(quoting: Array(column.name.utf8), 0..<column.name.utf8.count)
    }
    header.append(UInt8(ascii: "\n"))
    return header
  }

  /// Some rows: the cells of each column first, then row by row.
  private func csv(_ rows: Range<Int>, _ moneyPlaces: Int) -> CellBytes {
    var cells = CellBytes(
      cells: rows.count * columns.count, room: rows.count * columns.count * 16)
    for column in columns { column.write(rows, moneyPlaces: moneyPlaces, to: &cells) }
    var text = CellBytes(cells: 0, room: cells.count + rows.count * columns.count)
    for row in 0..<rows.count {
      for cell in stride(from: row, to: rows.count * columns.count, by: rows.count) {
        text.append(cell, of: cells)
        text.append(UInt8(ascii: ","))
      }
      text.replaceLast(UInt8(ascii: "\n"))
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
    case _ where rowUnits != nil: writeOneByOne(rows, moneyPlaces, to: &cells)
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
    case .millionths(let numbers) where places == 6:
      if let values = numbers.narrow { return cells.write(values, rows, divisor: 1, places: 6) }
      writeOneByOne(rows, moneyPlaces, to: &cells)
    case .ratios(let ratios): cells.write(ratios[rows], places: places)
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
    case .ids(let keys, let numbers): cells.write(keys, numbers[rows])
    case .names(let names, let keys, let numbers): cells.write(names, keys, numbers[rows])
    }
  }
}
