import Graphics

/// Makes the parts of a document: each a flow of pieces as wide as the room it is given.
struct PaperParts {
  let text: PaperText
  let words: PaperWords
  let format: PaperFormat
  /// The number of the table of figures of each chart and tree, by its id.
  let appendix: [String: Int]

  static let body = 9.0
  static let small = 7.75

  /// The width between the borders of an upright page.
  var width: Double { format.room(isLandscape: false).width }

  /// Who reports what on whom, and the sentence that says it all.
  func front(_ document: ReportDocument) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    let quiet = text.look(PaperParts.small + 0.5, text.muted)
    func add(_ tag: PaperTag, _ runs: [PaperRun], before: Double) throws(GraphicsError) {
      let lines = try text.paragraph(runs, width: width, tag: tag)
      flow.append(lines, before: before)
    }
    try add(
      .paragraph, [text.words("\(document.organisation) · \(document.title)", quiet)], before: 0)
    var title = text.name(document.edition.name, text.look(20, bold: true))
    title.underline = nil
    try add(.heading(1), [title], before: 3)
    if !document.edition.path.isEmpty {
      var runs = [text.words(words.within + " ", quiet)]
      for (index, name) in document.edition.path.enumerated() {
        if index > 0 { runs.append(text.words(" › ", quiet)) }
        runs.append(text.name(name, quiet))
      }
      try add(.paragraph, runs, before: 2)
    }
    var basis = [text.words(words.asOf + " ", quiet), text.value(document.asOf, quiet)]
    for fact in document.footer.basis {
      basis += [text.words(" · \(fact.label): ", quiet), text.value(fact.value, quiet)]
    }
    try add(.paragraph, basis, before: 2)
    if !document.headline.isEmpty {
      try add(.paragraph, text.prose(document.headline, text.look(12)), before: 12)
    }
    if !document.comment.isEmpty { flow.append(try comment(document.comment), before: 12) }
    return flow
  }

  /// What a person wrote.
  private func comment(_ comment: [ReportDocument.Prose]) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    let label = text.words(words.comment, text.look(PaperParts.small, bold: true, text.muted))
    for runs in [[label]] + comment.map({ text.prose($0, text.look(PaperParts.body)) }) {
      let lines = try text.paragraph(
        runs, width: width, inset: 12, ground: (text.colours.chart.surface, text.muted),
        padding: 4)
      flow.append(lines, before: 0)
    }
    flow.pieces[0].keepsWithNext = true
    flow.tag(.quote)
    return flow
  }

  /// Key figures as tiles of one height a row.
  func figures(
    _ figures: [ReportDocument.KeyFigure], width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    let most = max(1, Int(width / 118))
    // Rows as even as can be: six figures stand better in two rows of three than in four and two.
    let rows = (figures.count + most - 1) / most
    let columns = min(most, (figures.count + rows - 1) / max(rows, 1))
    guard columns > 0 else { return flow }
    let tile = width / Double(columns)
    for first in stride(from: 0, to: figures.count, by: columns) {
      var marks: [PaperMark] = []
      var height = 0.0
      let row = figures[first..<min(first + columns, figures.count)]
      for (place, figure) in row.enumerated() {
        let content = try self.tile(figure, at: Double(place) * tile + 8, width: tile - 16)
        marks += content.marks
        height = max(height, content.height)
      }
      var frames: [PaperMark] = []
      for place in row.indices {
        let frame = Rect(x: Double(place - first) * tile, y: 0, width: tile, height: height)
        frames.append(.rect(RectMark(frame, stroke: Stroke(text.rule, width: 0.6))))
      }
      flow.append(PaperPiece(height: height, marks: frames + marks))
    }
    flow.tag(.list)
    return flow
  }

  private func tile(
    _ figure: ReportDocument.KeyFigure, at x: Double, width: Double
  ) throws(GraphicsError) -> (marks: [PaperMark], height: Double) {
    let quiet = text.look(7.5, text.muted)
    var paragraphs = [
      [text.term(figure.label, figure.definition, quiet)],
      [text.value(figure.value, text.look(15, bold: true))],
    ]
    if let change = figure.change {
      let colours = ["good": text.colours.goodText, "bad": text.colours.badText]
      let look = text.look(7.75, bold: true, colours[change.tone] ?? text.muted)
      paragraphs.append([
        text.words(change.direction.arrow + " ", look), text.value(change.value, look),
        text.words(" " + change.against, quiet),
      ])
    }
    if let note = figure.note, !note.isEmpty { paragraphs.append(text.prose(note, quiet)) }
    var marks: [PaperMark] = [.begin(.item)]
    var y = 6.0
    for runs in paragraphs {
      let block = try text.block(.paragraph, runs, at: Point(x, y), width: width)
      marks += block.marks
      y += block.height + 1
    }
    return (marks + [.end], y + 6)
  }
}
