import Records

/// Writes a document as plain text: a report of its own, to be read in a mail or a terminal.
///
/// Columns are aligned by what characters take on a terminal. A chart is its message and its data,
/// a tree is indented. No line is wider than the page, but where a single word is.
public struct TextWriter: Sendable {
  /// Cells of a line that no mail program breaks once more.
  public static let usualWidth = 78

  let width: Int
  let mostRows: Int

  /// A writer of text.
  ///
  /// - Parameters:
  ///   - width: cells of a line.
  ///   - mostRows: the most rows of a table; the text says how many of how many it shows.
  public init(width: Int = TextWriter.usualWidth, mostRows: Int = .max) {
    self.width = width
    self.mostRows = mostRows
  }

  /// The text of a document.
  ///
  /// - Parameters:
  ///   - document: the report.
  ///   - whereRest: where the complete lists and the columns left out are, such as "in the
  ///     attachment"; nil: that is not said.
  /// - Returns: lines that end with a line feed.
  public func text(of document: ReportDocument, whereRest: String? = nil) -> String {
    let page = TextPage(document: document, writer: self, whereRest: whereRest)
    var parts = [page.heading, page.comment].filter { !$0.isEmpty }
    parts += document.sections.map(page.section)
    parts += [page.left, page.definitions, page.footer].filter { !$0.isEmpty }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// The parts of a document as lines of text.
struct TextPage {
  let document: ReportDocument
  let writer: TextWriter
  let whereRest: String?

  private var width: Int { writer.width }

  /// Report, edition, as-of date, and the sentence on top.
  var heading: [String] {
    var lines = wrapped("\(document.title) · \(PlainText.name(document.organisation))")
    lines += wrapped(PlainText.name(document.edition.name.text))
    let path = document.edition.path.map { PlainText.name($0.text) }
    if !path.isEmpty {
      lines += wrapped(document.words[.within] + " " + path.joined(separator: " › "))
    }
    let basis = document.footer.basis.map { "\($0.label): \(PlainText.value($0.value))" }
    lines += wrapped(
      ([document.words[.asOf] + " " + document.asOf.text] + basis).joined(separator: " · "))
    return lines + [""] + wrapped(PlainText.prose(document.headline))
  }

  /// What a person wrote, marked as such.
  var comment: [String] {
    document.comment.enumerated().flatMap { index, paragraph in
      (index == 0 ? [] : [""])
        + WrappedText.lines(PlainText.prose(paragraph), to: width - 2).map { "> " + $0 }
    }
  }

  func section(_ section: ReportDocument.Section) -> [String] {
    var parts: [[String]] = []
    if let absence = section.absence { parts.append(wrapped(PlainText.prose(absence))) }
    parts += section.blocks.map { block($0, in: section) }.filter { !$0.isEmpty }
    return title(section.title) + Array(parts.joined(separator: [""]))
  }

  private func block(
    _ block: ReportDocument.Block, in section: ReportDocument.Section
  ) -> [String] {
    switch block {
    case .paragraph(let prose): return wrapped(PlainText.prose(prose))
    case .callout(let callout):
      return wrapped("\(callout.kind.word(document.words)) \(PlainText.prose(callout.text))")
    case .figures(let figures): return self.figures(figures)
    case .chart(let chart):
      return wrapped(PlainText.prose(chart.takeaway)) + wrapped(chart.title) + [""]
        + table(chart.data)
    case .table(let content):
      return (content.title == section.title ? [] : wrapped(content.title)) + table(content)
    case .tree(let tree):
      return wrapped(PlainText.prose(tree.takeaway)) + wrapped(tree.title) + [""]
        + table(tree.nodes, isTree: true)
    }
  }

  private func table(_ table: ReportDocument.Table, isTree: Bool = false) -> [String] {
    TextTable(
      table, isTree: isTree, width: width, mostRows: writer.mostRows, whereRest: whereRest,
      format: ValueFormatter(
        locale: document.locale, currency: document.currency, words: document.words)
    ).lines
  }

  /// Labels, values at their right end, and beside them how they moved and what they rest on.
  private func figures(_ figures: [ReportDocument.KeyFigure]) -> [String] {
    let labels = figures.map { WrappedText.lines($0.label, to: 28) }
    let values = figures.map { PlainText.value($0.value) }
    let labelWidth = labels.joined().map { DisplayWidth.of($0) }.max() ?? 0
    let valueWidth = values.map { DisplayWidth.of($0) }.max() ?? 0
    let room = max(20, width - labelWidth - valueWidth - 4)
    return figures.indices.flatMap { index -> [String] in
      let figure = figures[index]
      let change = figure.change.map { change in
        ["\(change.direction.arrow) \(change.value.text)", change.against]
          .filter { !$0.isEmpty }.joined(separator: " ")
      }
      let said = [change, figure.note.map(PlainText.prose)].compactMap { $0 }
      let beside = said.flatMap { WrappedText.lines($0, to: room) }
      return (0..<max(labels[index].count, beside.count, 1)).map { line in
        let label = labels[index].indices.contains(line) ? labels[index][line] : ""
        let value = line == 0 ? values[index] : ""
        return TextPage.line([
          label + TextPage.space(labelWidth - DisplayWidth.of(label)),
          TextPage.space(valueWidth - DisplayWidth.of(value)) + value,
          beside.indices.contains(line) ? beside[line] : "",
        ])
      }
    }
  }

  /// The sections that are not there, and why.
  var left: [String] {
    var parts: [[String]] = []
    if let quiet = document.quietSentence { parts.append(wrapped(quiet)) }
    if !document.absent.isEmpty {
      parts.append(
        title(document.words[.notInReport])
          + document.absences.flatMap { absence in
            item(
              "- \(absence.titles): \(absence.because) "
                + "\(document.words[.toHaveIt]) \(absence.remedy)")
          })
    }
    return Array(parts.joined(separator: [""]))
  }

  var definitions: [String] {
    guard !document.definitions.isEmpty else { return [] }
    return title(document.words[.definitions])
      + document.definitions.flatMap { item("\($0.term): \($0.text)") }
  }

  /// Where the figures come from and how good the data is.
  var footer: [String] {
    let footer = document.footer
    var lines =
      title(document.words[.aboutReport])
      + footer.facts.flatMap { item("\($0.label): \(PlainText.value($0.value))") }
    if !footer.quality.isEmpty {
      lines += ["", document.words[.dataQuality] + ":"]
      lines += footer.quality.flatMap {
        item("- \(document.words.severity($0.severity)): \($0.count.text) × \($0.text)")
      }
    }
    return lines + footer.notes.flatMap { [""] + wrapped(PlainText.prose($0)) }
  }

  private func title(_ text: String) -> [String] {
    let lines = wrapped(text)
    let widest = lines.map { DisplayWidth.of($0) }.max() ?? 0
    return lines + [String(repeating: "=", count: min(widest, width))]
  }

  private func wrapped(_ text: String) -> [String] { WrappedText.lines(text, to: width) }

  /// A line of a list, its further lines indented.
  private func item(_ text: String) -> [String] {
    WrappedText.lines(text, to: width - 2).enumerated().map { ($0 == 0 ? "" : "  ") + $1 }
  }

  private static func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func line(_ parts: [String]) -> String {
    var line = parts.joined(separator: "  ")
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
