import Graphics

extension PaperParts {
  /// All sections, narrow ones that follow each other two by two side by side.
  func sections(_ sections: [ReportDocument.Section]) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    var index = 0
    while index < sections.count {
      let isPair =
        sections[index].isNarrow && index + 1 < sections.count && sections[index + 1].isNarrow
      if isPair, let pair = try pair(sections[index], sections[index + 1]) {
        flow.append(pair, before: 22)
        index += 2
      } else {
        flow.append(try section(sections[index], width: width), before: 22)
        index += 1
      }
    }
    return flow
  }

  /// Two sections side by side, nil where they do not fit on one page so.
  private func pair(
    _ left: ReportDocument.Section, _ right: ReportDocument.Section
  ) throws(GraphicsError) -> PaperFlow? {
    let gap = 22.0
    let column = (width - gap) / 2
    let flows = [try section(left, width: column), try section(right, width: column)]
    let fits = flows.allSatisfy { flow in
      flow.height <= format.room(isLandscape: false).height
        && !flow.pieces.contains { $0.isLandscape }
    }
    guard fits else { return nil }
    var piece = flows[0].joined(at: 0)
    let second = flows[1].joined(at: column + gap)
    piece.marks += second.marks
    piece.headings += second.headings
    piece.height = max(piece.height, second.height)
    return PaperFlow(pieces: [piece])
  }

  func section(
    _ section: ReportDocument.Section, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    flow.append(
      try text.heading(section.title, level: 2, place: section.id, width: width, outline: 1))
    if let absence = section.absence, !absence.isEmpty {
      flow.append(try self.absence(nil, absence, width: width), before: 2)
    }
    var isFirst = true
    for block in section.blocks {
      let part = try self.block(block, of: section, width: width)
      flow.append(part, before: isFirst ? 2 : gap(above: block))
      isFirst = false
    }
    flow.tag(.section)
    return flow
  }

  private func gap(above block: ReportDocument.Block) -> Double {
    switch block {
    case .paragraph: 6
    case .callout: 9
    default: 12
    }
  }

  private func block(
    _ block: ReportDocument.Block, of section: ReportDocument.Section, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    switch block {
    case .paragraph(let prose):
      return try text.paragraph(text.prose(prose, text.look(Self.body)), width: width)
    case .callout(let callout): return try self.callout(callout, width: width)
    case .figures(let figures): return try self.figures(figures, width: width)
    case .chart(let chart):
      return try figure(
        chart.id, chart.takeaway, chart.title, chart.picture, under: section.title, width: width)
    case .tree(let tree):
      guard let picture = tree.picture else {
        var flow = try captions(tree.takeaway, tree.title, number: nil, width: width)
        flow.append(try self.table(tree.nodes, width: width), before: 4)
        return flow
      }
      return try figure(
        tree.id, tree.takeaway, tree.title, picture, under: section.title, width: width)
    case .table(let table):
      var flow = PaperFlow()
      if table.title != section.title {
        flow.append(
          try text.heading(table.title, level: 3, place: nil, width: width, outline: nil))
      }
      flow.append(try self.table(table, width: width))
      return flow
    }
  }

  private func callout(
    _ callout: ReportDocument.Callout, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    let isWarning = callout.kind == .warning
    let look = text.look(Self.body)
    let word = text.words(
      (isWarning ? words.warning : words.note) + " ", text.look(Self.body, bold: true))
    let colours = text.colours
    return try text.paragraph(
      [word] + text.prose(callout.text, look), width: width, inset: 10,
      ground: isWarning ? (colours.warning, colours.badText) : (colours.wash, colours.link),
      padding: 6)
  }

  /// Why something is not there.
  func absence(
    _ title: String?, _ why: ReportDocument.Prose, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var runs: [PaperRun] = []
    if let title {
      runs.append(text.words(title + ": ", text.look(Self.body, bold: true, text.muted)))
    }
    runs += text.prose(why, text.look(Self.body, text.muted))
    return try text.paragraph(
      runs, width: width, inset: 10, ground: (text.colours.chart.surface, bar: nil), padding: 6)
  }

  /// The message of a picture and what it shows.
  private func captions(
    _ takeaway: ReportDocument.Prose, _ title: String, number: Int?, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    if !takeaway.isEmpty {
      flow.append(
        try text.paragraph(
          text.prose(takeaway, text.look(Self.body, bold: true)), width: width))
    }
    let quiet = text.look(Self.small, text.muted)
    var runs = [text.words(title, quiet)]
    if let number {
      var link = text.words(words.figures(number), quiet)
      link.link = .place("table-A\(number)")
      link.underline = text.rule
      runs += [text.words(" · ", quiet), link]
    }
    flow.append(try text.paragraph(runs, width: width), before: 2)
    for index in flow.pieces.indices { flow.pieces[index].keepsWithNext = true }
    return flow
  }

  private func figure(
    _ id: String, _ takeaway: ReportDocument.Prose, _ title: String,
    _ picture: ReportDocument.Picture, under section: String, width: Double
  ) throws(GraphicsError) -> PaperFlow {
    var flow = try captions(takeaway, title, number: appendix[id], width: width)
    let drawn = try PaperPicture(picture, parts: self).pieces(
      width: width, above: flow.height + 40)
    flow.append(drawn, before: 6)
    return flow
  }
}
