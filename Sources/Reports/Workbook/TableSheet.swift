/// Writes one table of a document to a sheet, or to several where one cannot hold it.
struct TableSheet {
  let placed: ReportDocument.PlacedTable
  let table: CompleteTable
  /// The row of each definition on the sheet of definitions.
  let definitions: [String: Int]
  let isLetter: Bool
  let words: WorkbookWords

  /// Rows that are measured for the width of columns.
  private static let measured = 2_000
  /// The widest a column gets, in characters.
  private static let widest = 60
  /// Remarks go over columns that are together as wide as this.
  private static let remarkWidth = 100

  init(
    _ placed: ReportDocument.PlacedTable, definitions: [String: Int], isLetter: Bool,
    words: WorkbookWords
  ) {
    self.words = words
    self.placed = placed
    self.definitions = definitions
    self.isLetter = isLetter
    table = CompleteTable(placed.table)
  }

  /// The sentences above the table.
  private var remarks: [String] {
    var remarks: [String] = []
    if placed.title != placed.table.title { remarks.append(placed.title) }
    if let takeaway = placed.takeaway, !takeaway.isEmpty { remarks.append(takeaway.unmarked) }
    if let extent = placed.table.extent {
      remarks.append(
        table.isComplete && !placed.table.rest.isEmpty
          ? words.complete(extent.all.text, shown: extent.text) : extent.text)
    }
    if let note = placed.table.note { remarks.append(note.unmarked) }
    if table.rowCount == 0 {
      remarks.append(words.noRows(placed.table.whyEmpty.unmarked))
    }
    return remarks
  }

  /// How many rows a sheet takes, beside what stands above and below them.
  static func rowsPerSheet(_ limits: SheetLimits) -> Int { max(limits.rows - 64, 1) }

  /// How many sheets the table takes.
  func sheetCount(_ limits: SheetLimits) -> Int {
    let most = TableSheet.rowsPerSheet(limits)
    return max(1, (table.rowCount + most - 1) / most)
  }

  /// Fills the sheets, as many as `sheetCount` says.
  func write(to sheets: [Sheet], limits: SheetLimits) {
    let most = TableSheet.rowsPerSheet(limits)
    let widths = widths
    var rows = table.rows.makeIterator()
    for (number, sheet) in sheets.enumerated() {
      let count = min(most, table.rowCount - number * most)
      var remarks = remarks
      if sheets.count > 1 {
        remarks.append(words.part(number + 1, of: sheets.count))
      }
      let head = 3 + remarks.count
      heading(on: sheet, remarks, widths)
      heads(on: sheet, head, widths)
      var row = head
      for _ in 0..<count {
        guard let next = rows.next() else { break }
        row += 1
        cells(next, on: sheet, row)
      }
      if count > 0 { sheet.filter(head...row, columns: table.columns.count) }
      if number == sheets.count - 1, let total = placed.table.total {
        // A row between, else a spreadsheet takes the total for a part of the list.
        self.total(total, on: sheet, row + 2)
      }
      if let sentence = words.limits(sheet, limits) {
        remark(sentence, on: sheet, head - 1, widths)
      }
      let header = table.columns.firstIndex(where: \.isRowHeader) ?? 0
      sheet.freeze(head + 1, header < 2 ? header + 1 : 0)
      sheet.print(isLandscape: table.columns.count > 4, headRow: head, isLetter: isLetter)
    }
  }

  private func heading(on sheet: Sheet, _ remarks: [String], _ widths: [Int]) {
    sheet.text(placed.table.title, 0, 0, CellStyle(role: .title))
    sheet.text(
      words.back, 1, 0, link: .cell(sheet: words.cover, row: 0))
    for (index, text) in remarks.enumerated() { remark(text, on: sheet, 2 + index, widths) }
  }

  private func remark(_ text: String, on sheet: Sheet, _ row: Int, _ widths: [Int]) {
    var last = -1
    var width = 0
    while width < TableSheet.remarkWidth {
      last += 1
      width += last < widths.count ? widths[last] : 8
    }
    sheet.paragraph(
      text, row, 0...last, lines: TextLines.count(text, width: width), CellStyle(role: .remark))
  }

  private func heads(on sheet: Sheet, _ row: Int, _ widths: [Int]) {
    for (index, column) in table.columns.enumerated() {
      sheet.width(widths[index], index)
      var style = CellStyle(role: .head)
      style.alignment = isNumeric(index) ? .right : .left
      sheet.text(
        column.title, row, index, style,
        link: column.definition.flatMap { definitions[$0] }.map {
          .cell(sheet: words.definitionsSheet, row: $0)
        })
    }
  }

  private func cells(_ row: ReportDocument.Row, on sheet: Sheet, _ line: Int) {
    for (index, column) in table.columns.enumerated() {
      guard let cell = table.cell(column, of: row) else { continue }
      var style = CellStyle()
      style.level = cell.level
      sheet.value(cell.value, line, index, style, link: cell.link.map { .record($0) })
    }
  }

  private func total(_ total: ReportDocument.Row, on sheet: Sheet, _ line: Int) {
    for (index, column) in table.columns.enumerated() {
      let nothing = Shown("", data: "", unit: .text, strength: .undefined)
      sheet.value(
        table.totalCell(column, total)?.value ?? nothing, line, index, CellStyle(role: .total))
    }
  }

  private func isNumeric(_ index: Int) -> Bool {
    let column = table.columns[index]
    return table.rows.lazy.compactMap { table.cell(column, of: $0) }.first?.value.unit.isNumeric
      ?? false
  }

  /// The width of each column: that of its widest cell and of the longest word of its title.
  private var widths: [Int] {
    table.columns.map { column in
      let title = DisplayWidth.of(column.title)
      let word = column.title.split(separator: " ").map { DisplayWidth.of(String($0)) }.max() ?? 0
      // Three for the button of the filter.
      var width = max(word + 3, min(title + 3, 16), 8)
      for row in table.rows.lazy.prefix(TableSheet.measured) {
        guard let cell = table.cell(column, of: row), cell.value.strength != .undefined else {
          continue
        }
        let text = cell.value.unit == .date ? 10 : DisplayWidth.of(cell.value.text)
        width = max(width, text + 2 * cell.level + 2)
        if width >= TableSheet.widest { break }
      }
      return min(width, TableSheet.widest)
    }
  }
}

/// How many lines a text takes.
enum TextLines {
  /// The lines of a text in so many characters; words are not parted, so lines are not full.
  static func count(_ text: String, width: Int) -> Int {
    max(1, (DisplayWidth.of(text) * 21 / 20 + width - 1) / max(width, 1))
  }
}
