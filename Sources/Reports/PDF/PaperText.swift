import Graphics

/// Text of a document in the looks of paper.
struct PaperText {
  let typesetter: Typesetter
  let colours: ReportTheme.Colouring
  /// Ids of the definitions that the document holds: only they can be linked to.
  let defined: Set<String>

  var ink: Colour { colours.chart.ink }
  var muted: Colour { colours.chart.mutedInk }
  var rule: Colour { colours.chart.grid }

  /// How a piece of text looks.
  struct Look {
    var size: Double
    var isBold = false
    var colour: Colour

    var style: TextStyle { TextStyle(size, isBold ? .bold : .regular) }
  }

  func look(_ size: Double, bold: Bool = false, _ colour: Colour? = nil) -> Look {
    Look(size: size, isBold: bold, colour: colour ?? ink)
  }

  /// Words of ours.
  func words(_ text: String, _ look: Look) -> PaperRun {
    PaperRun(text, style: look.style, colour: look.colour)
  }

  /// The name of a record, linked to it where its page is known.
  func name(_ name: ReportDocument.Name, _ look: Look) -> PaperRun {
    let link = name.link.map { PaperLink.address($0.url) }
    return PaperRun(
      PaperText.isolated(name.text), style: look.style, colour: look.colour, link: link,
      underline: link == nil ? nil : colours.chart.axis)
  }

  /// A value: what is not known muted, what rests on few cases leaning.
  func value(_ value: Shown, _ look: Look) -> PaperRun {
    var run = PaperRun(value.text, style: look.style, colour: look.colour)
    switch value.unit {
    case .text, .id: run.text = PaperText.isolated(value.text)
    default: break
    }
    if value.strength != .normal { run.colour = muted }
    run.isItalic = value.strength == .weak
    return run
  }

  /// A sentence with its names and values.
  func prose(_ prose: ReportDocument.Prose, _ look: Look) -> [PaperRun] {
    var runs: [PaperRun] = []
    for run in prose.runs {
      let next: PaperRun =
        switch run {
        case .words(let text): words(text, look)
        case .name(let name): self.name(name, look)
        case .value(let value): self.value(value, look)
        }
      // Neighbours that look alike are one, which Pango sets faster.
      var last = runs.last
      last?.text = next.text
      if last == next, next.link == nil {
        runs[runs.count - 1].text += next.text
      } else {
        runs.append(next)
      }
    }
    return runs
  }

  /// Words that lead to a definition, where the document holds it.
  func term(_ text: String, _ definition: String?, _ look: Look) -> PaperRun {
    var run = words(text, look)
    if let definition, defined.contains(definition) {
      run.link = .place(PaperText.place(of: definition))
      run.underline = rule
    }
    return run
  }

  /// The place of a definition.
  static func place(of definition: String) -> String { "def-" + definition }

  /// A text of a record, kept to its own direction.
  static func isolated(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : CleanText.isolated(text)
  }

  /// A text as marks from a corner, tagged as one thing.
  func block(
    _ tag: PaperTag, _ runs: [PaperRun], at point: Point = Point(0, 0), width: Double
  ) throws(GraphicsError) -> (marks: [PaperMark], height: Double) {
    let text = try typesetter.set(runs, width: width)
    return (
      [
        .begin(tag),
        .text(text, lines: text.lines.indices, at: point, width: width, .start), .end,
      ], text.size.height
    )
  }

  /// Up to so many lines a paragraph stays on one page.
  static let shortest = 5

  /// A paragraph, which parts between pages where it is long, two lines at least on either.
  func paragraph(
    _ runs: [PaperRun], width: Double, inset: Double = 0, tag: PaperTag = .paragraph,
    ground: (Colour, bar: Colour?)? = nil, padding: Double = 0
  ) throws(GraphicsError) -> PaperFlow {
    let inner = width - 2 * inset
    let text = try typesetter.set(runs, width: inner)
    let count = text.lines.count
    var flow = PaperFlow()
    var ranges: [Range<Int>] = [0..<count]
    if count > PaperText.shortest {
      ranges = [0..<2] + (2..<(count - 2)).map { $0..<($0 + 1) } + [(count - 2)..<count]
    }
    for (index, lines) in ranges.enumerated() {
      let above = index == 0 ? padding : 0
      let below = index == ranges.count - 1 ? padding : 0
      let height = above + text.height(of: lines) + below
      var marks: [PaperMark] = []
      if let (colour, bar) = ground {
        marks.append(
          .rect(RectMark(Rect(x: 0, y: 0, width: width, height: height), fill: colour)))
        if let bar {
          marks.append(.rect(RectMark(Rect(x: 0, y: 0, width: 2.5, height: height), fill: bar)))
        }
      }
      marks += [
        .begin(tag),
        .text(text, lines: lines, at: Point(inset, above), width: inner, .start), .end,
      ]
      flow.append(PaperPiece(height: height, marks: marks))
    }
    return flow
  }

  /// A heading with its place, kept with what follows it.
  func heading(
    _ title: String, level: Int, place: String?, width: Double, outline: Int?
  ) throws(GraphicsError) -> PaperPiece {
    let size: Double = level <= 1 ? 20 : level == 2 ? 12.5 : 9.5
    let block = try block(.heading(level), [words(title, look(size, bold: true))], width: width)
    var marks = block.marks
    if let place {
      marks = [.begin(.place(place, Point(0, 0))), .end] + marks
    }
    let headings = outline.map { [PaperPiece.Heading(title: title, level: $0, top: 0)] } ?? []
    return PaperPiece(
      height: block.height + (level == 2 ? 4 : 2), marks: marks, keepsWithNext: true,
      headings: headings)
  }
}
