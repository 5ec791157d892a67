import Records

/// Writes a document as an Excel workbook (Office Open XML): a cover, a sheet for each table, chart
/// and tree, and the definitions.
///
/// Numbers and days are typed and look as on the page; names and Ids are text, whatever they begin
/// with. Lists are complete. The same document gives the same bytes.
public struct WorkbookWriter: Sendable {
  private let colours: ReportTheme.Colouring
  private let limits: SheetLimits

  /// A writer in the colours of the templates' theme.
  public init(templates: Templates) {
    self.init(templates: templates, limits: SheetLimits())
  }

  init(templates: Templates, limits: SheetLimits) {
    colours = templates.theme.light
    self.limits = limits
  }

  /// The bytes of a document.
  ///
  /// - Throws: `WorkbookFailure` where there is no room to write.
  public func bytes(of document: ReportDocument) throws(WorkbookFailure) -> [UInt8] {
    let book = try Spreadsheet(
      title: "\(document.title): \(document.edition.name.text)", company: document.organisation,
      day: Day(iso: document.asOf.data), locale: document.locale, colours: colours,
      limits: limits)
    var names = SheetNames(limits: limits)
    let isLetter = document.locale == .enUS
    let words = WorkbookWords(document.words, names: &names)
    let definitions = DefinitionSheet(document.definitions, words: words)
    let cover = try book.sheet(named: words.cover)
    var written: [CoverSheet.Content] = []
    for placed in document.tables {
      let table = TableSheet(
        placed, definitions: definitions.rows, isLetter: isLetter, words: words)
      var sheets: [Sheet] = []
      for _ in 0..<table.sheetCount(limits) {
        sheets.append(try book.sheet(named: names.name(for: placed.table.title)))
      }
      table.write(to: sheets, limits: limits)
      written.append(
        CoverSheet.Content(
          placed: placed, complete: table.table, sheets: sheets.map(\.name)))
    }
    CoverSheet(
      document: document, contents: written, definitions: definitions.rows, isLetter: isLetter,
      words: words
    ).write(to: cover, limits: limits)
    definitions.write(to: try book.sheet(named: words.definitionsSheet), isLetter: isLetter)
    return try book.finished()
  }
}

/// Writes what the figures mean.
struct DefinitionSheet {
  private let definitions: [ReportDocument.Definition]
  private let words: WorkbookWords
  /// The row of each definition, from 0.
  let rows: [String: Int]

  init(_ definitions: [ReportDocument.Definition], words: WorkbookWords) {
    self.definitions = definitions
    self.words = words
    rows = Dictionary(
      definitions.enumerated().map { ($1.id, $0 + 4) }, uniquingKeysWith: { first, _ in first })
  }

  func write(to sheet: Sheet, isLetter: Bool) {
    sheet.text(words.definitions, 0, 0, CellStyle(role: .title))
    sheet.text(words.back, 1, 0, link: .cell(sheet: words.cover, row: 0))
    for (index, title) in words.definitionHeads.enumerated() {
      sheet.width([34, 100, 28][index], index)
      sheet.text(title, 3, index, CellStyle(role: .head))
    }
    for (index, definition) in definitions.enumerated() {
      var style = CellStyle()
      style.isWrapped = true
      sheet.text(definition.term, 4 + index, 0, style)
      sheet.text(definition.text, 4 + index, 1, style)
      sheet.text(definition.id, 4 + index, 2, style)
    }
    if !definitions.isEmpty { sheet.filter(3...(3 + definitions.count), columns: 3) }
    sheet.freeze(4, 1)
    sheet.print(isLandscape: true, headRow: 3, isLetter: isLetter)
  }
}
