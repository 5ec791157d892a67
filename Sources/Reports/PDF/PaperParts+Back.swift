import Graphics

extension PaperParts {
  /// What stands behind the sections: what is left out, the figures of the charts, what figures
  /// mean, and what they rest on.
  func back(_ document: ReportDocument) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    if !document.quiet.isEmpty { flow.append(try quiet(document.quiet), before: 22) }
    if !document.absent.isEmpty {
      flow.append(try absent(document.absences), before: 22)
    }
    let tables = document.appendix
    if !tables.isEmpty { flow.append(try appendix(tables), before: 22) }
    if !document.definitions.isEmpty {
      flow.append(try definitions(document.definitions), before: 22)
    }
    flow.append(try footer(document.footer), before: 22)
    return flow
  }

  private func heading(
    _ title: String, place: String
  ) throws(GraphicsError) -> PaperPiece {
    try text.heading(title, level: 2, place: place, width: width, outline: 1)
  }

  private func quiet(_ sections: [ReportDocument.QuietSection]) throws(GraphicsError) -> PaperFlow {
    var runs = [text.words(words.quiet + ". ", text.look(Self.body, bold: true))]
    for (index, section) in sections.enumerated() {
      let space = index == 0 ? "" : " "
      runs.append(text.words("\(space)\(section.title): ", text.look(Self.body)))
      runs += text.prose(section.why, text.look(Self.body, text.muted))
    }
    return try text.paragraph(runs, width: width)
  }

  private func absent(
    _ groups: [ReportDocument.Absence]
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(try heading(words.absent, place: "not-in-this-report"))
    for group in groups {
      let runs = [
        text.words(group.titles + ": ", text.look(Self.body, bold: true)),
        text.words(group.because + " ", text.look(Self.body)),
        text.words("\(words.remedy) \(group.remedy)", text.look(Self.body, text.muted)),
      ]
      flow.append(try text.paragraph(runs, width: width), before: 4)
    }
    flow.tag(.section)
    return flow
  }

  /// The figures of the charts, which on a page of the web stand behind them; small tables two by
  /// two.
  private func appendix(_ tables: [ReportDocument.Table]) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(try heading(words.appendix, place: "figures-of-the-charts"))
    let gap = 22.0
    let column = (width - gap) / 2
    var index = 0
    while index < tables.count {
      let before: Double = index == 0 ? 4 : 14
      if index + 1 < tables.count, tables[index...(index + 1)].allSatisfy(isSmall) {
        var pair = try appendix(tables[index], number: index + 1, width: column).joined(at: 0)
        let second = try appendix(tables[index + 1], number: index + 2, width: column)
          .joined(at: column + gap)
        pair.marks += second.marks
        pair.headings += second.headings
        pair.height = max(pair.height, second.height)
        flow.append(PaperFlow(pieces: [pair]), before: before)
        index += 2
      } else {
        flow.append(
          try appendix(tables[index], number: index + 1, width: width), before: before)
        index += 1
      }
    }
    flow.tag(.section)
    return flow
  }

  /// Whether a table can stand in half a page's width.
  private func isSmall(_ table: ReportDocument.Table) -> Bool {
    table.columns.count <= 3 && table.rows.count <= 16
      && table.rows.allSatisfy { row in row.cells.allSatisfy { $0.value.text.utf8.count <= 40 } }
  }

  private func appendix(
    _ table: ReportDocument.Table, number: Int, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(
      try text.heading(
        "\(words.table(number)): \(table.title)", level: 3, place: "table-A\(number)",
        width: width, outline: 2))
    flow.append(try self.table(table, width: width))
    return flow
  }

  private func definitions(
    _ definitions: [ReportDocument.Definition]
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(try heading(words.definitions, place: "definitions"))
    let term = width * 0.28
    let first = flow.pieces.count
    for definition in definitions {
      let left = try text.block(
        .paragraph, [text.words(definition.term, text.look(Self.small + 0.25, bold: true))],
        at: Point(0, 3), width: term)
      let meaning = text.words(definition.text, text.look(Self.small + 0.25))
      let right = try text.block(
        .paragraph, [meaning], at: Point(term + 14, 3), width: width - term - 14)
      let line = RectMark(Rect(x: 0, y: 0, width: width, height: 0.4), fill: text.rule)
      let place = PaperText.place(of: definition.id)
      flow.append(
        PaperPiece(
          height: max(left.height, right.height) + 6,
          marks: [.rect(line), .begin(.item), .begin(.place(place, Point(0, 0))), .end]
            + left.marks + right.marks + [.end]))
    }
    flow.tag(.list, from: first)
    flow.tag(.section)
    return flow
  }

  private func footer(_ footer: ReportDocument.Footer) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(try heading(words.about, place: "about"))
    let quiet = text.look(Self.small, text.muted)
    let look = text.look(Self.small)
    let columns = 3
    let column = (width - Double(columns - 1) * 16) / Double(columns)
    let first = flow.pieces.count
    for start in stride(from: 0, to: footer.facts.count, by: columns) {
      var (marks, height): ([PaperMark], Double) = ([], 0)
      let row = footer.facts[start..<min(start + columns, footer.facts.count)]
      for (place, fact) in row.enumerated() {
        let x = Double(place) * (column + 16)
        let label = try text.block(
          .paragraph, [text.words(fact.label, quiet)], at: Point(x, 3), width: column)
        let value = try text.block(
          .paragraph, [text.value(fact.value, look)], at: Point(x, 3 + label.height),
          width: column)
        marks += [.begin(.item)] + label.marks + value.marks + [.end]
        height = max(height, label.height + value.height + 6)
      }
      flow.append(PaperPiece(height: height, marks: marks))
    }
    if !footer.facts.isEmpty { flow.tag(.list, from: first) }
    if !footer.quality.isEmpty {
      flow.append(
        PaperFlow(pieces: [
          try text.heading(words.quality, level: 3, place: nil, width: width, outline: nil)
        ]), before: 10)
      for count in footer.quality {
        let colour = count.severity == "notice" ? text.muted : text.colours.badText
        flow.append(
          try text.paragraph(
            [
              text.words(words.severity(count.severity) + " ", text.look(Self.small, bold: true, colour)),
              text.value(count.count, look), text.words(" × " + count.text, look),
            ], width: width), before: 2)
      }
    }
    for note in footer.notes {
      flow.append(try text.paragraph(text.prose(note, quiet), width: width), before: 6)
    }
    flow.tag(.section)
    return flow
  }
}
