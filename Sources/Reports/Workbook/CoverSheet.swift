/// Writes the first sheet of a workbook: what it is, what it says, where everything stands, and how
/// far it can be relied on.
struct CoverSheet {
  /// A table that has been written, and where.
  struct Content {
    let placed: ReportDocument.PlacedTable
    let complete: CompleteTable
    /// The names of its sheets; it has several where one cannot hold it.
    let sheets: [String]
  }

  let document: ReportDocument
  let contents: [Content]
  let definitions: [String: Int]
  let isLetter: Bool
  let words: WorkbookWords

  /// Labels, values, changes, sentences.
  private static let widths = [38, 18, 18, 74]

  func write(to sheet: Sheet, limits: SheetLimits) {
    for (column, width) in CoverSheet.widths.enumerated() { sheet.width(width, column) }
    sheet.hideGrid()
    sheet.print(isLandscape: true, headRow: nil, isLetter: isLetter)
    var page = Page(sheet: sheet)
    title(on: &page)
    figures(on: &page)
    contents(on: &page)
    left(on: &page)
    page.heading(words.reading)
    for line in words.readingLines { page.paragraph(line) }
    about(on: &page)
    if let sentence = words.limits(sheet, limits) { page.paragraph(sentence) }
  }

  /// The sheet with the line that is written next.
  private struct Page {
    let sheet: Sheet
    var row = 0

    mutating func paragraph(_ text: String, _ style: CellStyle = CellStyle()) {
      let width = CoverSheet.widths.reduce(0, +)
      sheet.paragraph(
        text, row, 0...(CoverSheet.widths.count - 1),
        lines: TextLines.count(text, width: style.role == .heading ? width * 4 / 5 : width), style)
      row += 1
    }

    mutating func heading(_ text: String) {
      row += 1
      sheet.text(text, row, 0, CellStyle(role: .heading))
      row += 1
    }

    mutating func heads(_ titles: [String]) {
      row += 1
      for (column, title) in titles.enumerated() {
        var style = CellStyle(role: .head)
        style.alignment = column == 1 || column == 2 ? .right : .left
        style.level = column == 3 ? 1 : 0
        sheet.text(title, row, column, style)
      }
      row += 1
    }

    /// A line of a label and a sentence.
    mutating func line(_ label: String, _ sentence: String, link: Sheet.Target? = nil) {
      var style = CellStyle()
      style.isWrapped = true
      sheet.text(label, row, 0, style, link: link)
      // Away from the numbers that stand at the right of the column before.
      style.level = 1
      sheet.text(sentence, row, 3, style)
      let lines = max(
        TextLines.count(label, width: CoverSheet.widths[0]),
        TextLines.count(sentence, width: CoverSheet.widths[3] - 2))
      if lines > 1 { sheet.height(Double(lines) * 15, row) }
      row += 1
    }
  }

  private func title(on page: inout Page) {
    let edition = document.edition
    page.sheet.text(document.title, 0, 0, CellStyle(role: .title))
    page.sheet.text(
      edition.name.text, 1, 0, CellStyle(role: .heading),
      link: edition.name.link.map { .record($0) })
    let within = edition.path.map(\.text) + [edition.kind == .company ? "" : document.organisation]
    page.sheet.text(within.filter { !$0.isEmpty }.joined(separator: ", "), 2, 0)
    page.sheet.text(words.asOf, 3, 0)
    page.sheet.value(document.asOf, 3, 1)
    page.row = 5
    page.paragraph(document.headline.unmarked, CellStyle(role: .heading))
    if !document.comment.isEmpty {
      page.heading(words.comment)
      for paragraph in document.comment { page.paragraph(paragraph.unmarked) }
    }
  }

  /// The key figures of every section.
  private func figures(on page: inout Page) {
    for section in document.sections {
      for case .figures(let figures) in section.blocks {
        page.heads([section.title] + words.figureHeads)
        for figure in figures { self.figure(figure, on: &page) }
      }
    }
  }

  private func figure(_ figure: ReportDocument.KeyFigure, on page: inout Page) {
    var sentences: [String] = []
    var style = CellStyle()
    style.isWrapped = true
    if let change = figure.change {
      style.tone = CellStyle.Tone(rawValue: change.tone) ?? .neutral
      page.sheet.value(change.value, page.row, 2, style, isChange: true)
      sentences.append("\(change.value.text) \(change.against)")
    }
    if let note = figure.note { sentences.append(note.unmarked) }
    style.tone = .neutral
    page.sheet.value(figure.value, page.row, 1, style)
    page.line(
      figure.label, sentences.joined(separator: "; "),
      link: figure.definition.flatMap { definitions[$0] }.map {
        .cell(sheet: words.definitionsSheet, row: $0)
      })
  }

  /// Every section in its order: its texts, and its tables with their sheets.
  private func contents(on page: inout Page) {
    page.heads(words.contentHeads)
    var next = contents.makeIterator()
    for section in document.sections {
      var label = section.title
      if let absence = section.absence { page.line(label, absence.unmarked) }
      for block in section.blocks {
        switch block {
        case .paragraph(let text): page.line(label, text.unmarked)
        case .callout(let callout):
          page.line(label, callout.kind.word(document.words) + " " + callout.text.unmarked)
        case .figures: continue
        case .chart, .table, .tree:
          if let content = next.next() { self.content(content, on: &page) }
        }
        label = ""
      }
    }
    page.line(
      words.definitions, "",
      link: .cell(sheet: words.definitionsSheet, row: 0))
  }

  private func content(_ content: Content, on page: inout Page) {
    let table = content.placed.table
    let rows = content.complete.rowCount
    let sentences = [
      content.placed.takeaway?.unmarked, rows == 0 ? table.whyEmpty.unmarked : nil,
      content.complete.isComplete ? nil : table.extent.map { $0.text + "." },
      table.note?.unmarked,
    ].compactMap { $0 }.joined(separator: " ")
    for (number, name) in content.sheets.enumerated() {
      if number == 0 {
        let count = String(rows)
        var style = CellStyle()
        style.isWrapped = true
        page.sheet.value(Shown(count, data: count, unit: .count), page.row, 1, style)
      }
      page.line(
        number == 0 ? table.title : name, number == 0 ? sentences : "",
        link: .cell(sheet: name, row: 0))
    }
  }

  /// What is not in the report, and why.
  private func left(on page: inout Page) {
    if !document.absent.isEmpty {
      page.heading(words.absent)
      for absent in document.absent {
        page.line(
          absent.title,
          FindingsPage.sentence(absent.because) + " " + words.remedy + " "
            + FindingsPage.sentence(absent.remedy))
      }
    }
    if !document.quiet.isEmpty {
      page.heading(words.quiet)
      for quiet in document.quiet { page.line(quiet.title, quiet.why.unmarked) }
    }
  }

  private func about(on page: inout Page) {
    page.heading(words.about)
    for fact in document.footer.facts {
      page.sheet.text(fact.label, page.row, 0)
      var style = CellStyle()
      // Days and numbers stand among names.
      style.alignment = .left
      page.sheet.value(fact.value, page.row, 1, style)
      page.row += 1
    }
    for note in document.footer.notes { page.paragraph(note.unmarked) }
    guard !document.footer.quality.isEmpty else { return }
    page.heads(words.qualityHeads)
    for quality in document.footer.quality {
      var style = CellStyle()
      style.isWrapped = true
      page.sheet.value(quality.count, page.row, 1, style)
      page.line(words.severity(quality.severity), quality.text)
    }
  }
}
