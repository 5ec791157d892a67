import Graphics

/// The rows of a table, or of some of its columns, as pieces.
struct PaperTableRows {
  let table: PaperTable
  let columns: [Int]
  let widths: [Double]
  let setting: PaperTable.Setting

  private var text: PaperText { table.text }
  /// The room above and below the words of a row.
  private var padding: Double { setting.size * 0.32 }
  private var width: Double {
    widths.reduce(0, +) + Double(widths.count - 1) * setting.gap
  }

  func flow(
    _ rows: [PaperTable.Line], caption: [PaperRun]?
  ) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    let head = try self.head()
    if let caption {
      let line = try text.block(.caption, caption, width: setting.width)
      flow.append(
        PaperPiece(
          height: line.height + 3, marks: line.marks, keepsWithNext: true,
          isLandscape: setting.isLandscape))
    }
    flow.append(head)
    var repeated = head
    // What a page repeats is no part of the table's structure, which has its head once.
    repeated.marks = head.marks.filter { mark in
      switch mark {
      case .begin, .end: false
      default: true
      }
    }
    flow.heads = [repeated]
    let room = table.parts.format.room(isLandscape: setting.isLandscape).height - head.height
    for (index, row) in rows.enumerated() {
      let isLast = index + 1 == rows.count
      for var piece in try pieces(row, room: room, isLast: isLast) {
        piece.head = 0
        // A total never stands alone on a page.
        piece.keepsWithNext = !isLast && (rows[index + 1].isTotal || rows[index + 1].isOther)
        flow.append(piece)
      }
    }
    flow.tag(.table)
    return flow
  }

  private func head() throws(GraphicsError) -> PaperPiece {
    var texts: [SetText] = []
    for (place, column) in columns.enumerated() {
      texts.append(
        try set(table.head(column, size: setting.size), width: widths[place]))
    }
    let height = texts.reduce(0) { max($0, $1.size.height) } + 2 * padding
    var marks: [PaperMark] = [.begin(.row)]
    var x = 0.0
    for (place, text) in texts.enumerated() {
      // Titles stand on the rule, whatever lines they take.
      let point = Point(x, height - padding - text.size.height)
      marks += [
        .begin(.columnHead),
        .text(
          text, lines: text.lines.indices, at: point, width: widths[place],
          alignment(columns[place])), .end,
      ]
      x += widths[place] + setting.gap
    }
    marks += [.end, rule(height - 0.7, text.colours.chart.axis, 0.7)]
    return PaperPiece(
      height: height, marks: marks, keepsWithNext: true, isLandscape: setting.isLandscape)
  }

  /// A row as one piece; as several where it is taller than a page.
  private func pieces(
    _ line: PaperTable.Line, room: Double, isLast: Bool
  ) throws(GraphicsError) -> [PaperPiece] {
    var texts: [SetText] = []
    for (place, column) in columns.enumerated() {
      texts.append(
        try set(
          table.runs(line, column, size: setting.size),
          width: widths[place] - table.indent(line, column)))
    }
    let tallest = texts.reduce(0) { max($0, $1.size.height) }
    if tallest + 2 * padding <= room {
      let ranges = texts.map { $0.lines.indices as Range<Int> }
      return [piece(line, texts, ranges, height: tallest, isLast: isLast)]
    }
    var starts = [Int](repeating: 0, count: texts.count)
    var pieces: [PaperPiece] = []
    while zip(texts, starts).contains(where: { $0.lines.count > $1 }) {
      var height = 0.0
      let ranges = zip(texts, starts).map { text, start in
        var (end, used) = (start, 0.0)
        while end < text.lines.count,
          end == start || used + text.lines[end].height + 2 * padding <= room
        {
          used += text.lines[end].height
          end += 1
        }
        height = max(height, used)
        return start..<end
      }
      starts = ranges.map(\.upperBound)
      pieces.append(piece(line, texts, ranges, height: height, isLast: isLast))
    }
    return pieces
  }

  private func piece(
    _ line: PaperTable.Line, _ texts: [SetText], _ ranges: [Range<Int>], height: Double,
    isLast: Bool
  ) -> PaperPiece {
    var marks: [PaperMark] = [.begin(.row)]
    if line.isTotal { marks.insert(rule(0, text.colours.chart.axis, 0.7), at: 0) }
    var x = 0.0
    for (place, column) in columns.enumerated() {
      let indent = table.indent(line, column)
      marks += [
        .begin(table.table.columns[column].isRowHeader ? .rowHead : .cell),
        .text(
          texts[place], lines: ranges[place], at: Point(x + indent, padding),
          width: widths[place] - indent, alignment(column)), .end,
      ]
      x += widths[place] + setting.gap
    }
    let whole = height + 2 * padding
    marks.append(.end)
    if !line.isTotal { marks.append(rule(whole - 0.4, text.rule, 0.4)) }
    return PaperPiece(height: whole, marks: marks, isLandscape: setting.isLandscape)
  }

  private func rule(_ y: Double, _ colour: Colour, _ thickness: Double) -> PaperMark {
    .rect(RectMark(Rect(x: 0, y: y, width: width, height: thickness), fill: colour))
  }

  private func alignment(_ column: Int) -> PaperAlignment {
    table.table.columns[column].alignment == .end ? .end : .start
  }

  /// A text on one line where it fits, which it did when the columns were measured.
  private func set(_ runs: [PaperRun], width: Double) throws(GraphicsError) -> SetText {
    let whole = try text.typesetter.set(runs)
    return whole.size.width <= width + 0.01
      ? whole : try text.typesetter.set(runs, width: max(width, 4))
  }
}
