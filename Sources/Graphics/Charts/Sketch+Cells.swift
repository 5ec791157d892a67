/// A table whose cells are coloured: of a heat map, of a cohort triangle.
struct CellGrid {
  /// A cell that is drawn.
  struct Cell {
    var paint: BarPaint
    var text: String
  }

  /// One a row.
  var labels: [String]
  /// Texts between the labels and the cells, such as the size of a cohort; empty for none.
  var details: [String] = []
  /// What stands over the details.
  var detailTitle = ""
  /// One a column.
  var columns: [String]
  /// Rows of cells; nil is an empty place.
  var cells: [[Cell?]]

  /// No column is narrower, in points.
  static let narrowest = 4.0
  /// Nor wider.
  static let widest = 96.0

  /// How many cells have a shade but no text, as a sentence; empty for none.
  static func note(unwritten count: Int, what: String) -> String {
    count == 0 ? "" : "\(count) \(what) are wider than their cells; there the shade stands alone."
  }
}

/// Where a grid of cells lies on a canvas.
struct CellFrame {
  var labels: [String]
  var labelWidth: Double
  var details: [String]
  var detailWidth: Double
  /// The left edge of the first column, and what there is for all of them.
  var x: Double
  var room: Double

  /// How many columns fit.
  var capacity: Int { max(1, Int(room / CellGrid.narrowest)) }

  func step(_ columns: Int) -> Double {
    min(CellGrid.widest, room / Double(max(1, columns)))
  }
}

extension Sketch {
  /// Room for labels and details at the left; the rest is for the columns.
  func cellFrame(labels: [String], details: [String] = [], detailTitle: String = "") -> CellFrame {
    let style = theme.small
    let all = details.isEmpty ? [] : details + [detailTitle]
    let detailWidth = min(0.2 * innerWidth, widest(all.map(\.onOneLine), style))
    let labelWidth = min(0.34 * innerWidth, widest(labels.map(\.onOneLine), style))
    let x = left + (labelWidth > 0 ? labelWidth + 10 : 0) + (detailWidth > 0 ? detailWidth + 10 : 0)
    return CellFrame(
      labels: measurer.shortenedApart(labels, to: labelWidth, style: style),
      labelWidth: labelWidth,
      details: details.map { measurer.shortened($0, to: detailWidth, style: style) },
      detailWidth: detailWidth, x: x, room: right - x)
  }

  /// Draws the columns' names, rows and cells; gives the y below and the cells whose text is too
  /// wide for them.
  mutating func cellGrid(_ grid: CellGrid, frame: CellFrame, y top: Double) -> (
    y: Double, unwritten: Int
  ) {
    let style = theme.small
    let step = frame.step(grid.columns.count)
    let bands = BandScale(
      count: grid.columns.count, from: frame.x, to: frame.x + step * Double(grid.columns.count),
      gap: 0)
    var y = columnLabels(grid.columns, bands: bands, y: top)
    if !frame.details.isEmpty {
      let title = measurer.shortened(grid.detailTitle, to: frame.detailWidth, style: style)
      let below = top + rowHeight([title], style)
      text(
        title, at: Point(frame.x - 10, below - rowHeight([title], style) / 2 + drop(style)), .end,
        style, theme.mutedInk)
      y = max(y, below)
    }
    y += 4
    let texts = grid.cells.joined().compactMap { $0?.text }
    let row = max(20, rowHeight(frame.labels + frame.details + texts, style) + 3)
    let seam = step > 12 ? 1.0 : 0
    let writing = cellStyle(texts, room: step - seam)
    var unwritten = 0
    for (index, cells) in grid.cells.enumerated() {
      let baseline = y + row / 2 + drop(style)
      text(frame.labels[index], at: Point(left, baseline), .start, style, theme.ink)
      if frame.details.indices.contains(index) {
        text(frame.details[index], at: Point(frame.x - 10, baseline), .end, style, theme.ink)
      }
      for (column, cell) in cells.enumerated() {
        guard let cell else { continue }
        rect(
          Rect(x: bands(column), y: y, width: step - seam, height: row - 1), paint: cell.paint,
          role: .cell)
        guard !cell.text.isEmpty else { continue }
        if let writing, textWidth(cell.text, writing) + Self.cellPadding <= step - seam {
          text(
            cell.text, at: Point(bands.centre(column) - seam / 2, y + row / 2 + drop(writing)),
            .middle, writing, theme.ink(on: cell.paint.fill))
        } else {
          unwritten += 1
        }
      }
      y += row
    }
    return (y, unwritten)
  }

  private static let cellPadding = 3.0

  /// The style of texts in cells: the usual one, a smaller one where more would fit, and none where
  /// less than half would, for then the others would look like exceptions.
  private func cellStyle(_ texts: [String], room: Double) -> TextStyle? {
    let written = texts.filter { !$0.isEmpty }
    for style in [theme.small, TextStyle(min(theme.small.size, 9.5))] {
      let fitting = written.count { textWidth($0, style) + Self.cellPadding <= room }
      if fitting == written.count { return style }
      if style != theme.small { return 2 * fitting >= written.count ? style : nil }
    }
    return nil
  }

  /// Names of columns: every one where there are few, in two rows by turns where one has no room.
  private mutating func columnLabels(_ labels: [String], bands: BandScale, y: Double) -> Double {
    let style = theme.small
    let isCrowded = widest(labels.map(\.onOneLine), style) + 6 > bands.step
    guard isCrowded, (2...16).contains(labels.count), 2 * bands.step >= 48 else {
      return bandLabels(labels, bands: bands, y: y)
    }
    // Less than two steps, for the outermost name may have to stand nearer to the one before it.
    let short = measurer.shortenedApart(labels, to: 1.6 * bands.step - 6, style: style)
    let height = rowHeight(short, style) + 1
    for (index, label) in short.enumerated() {
      let half = textWidth(label, style) / 2
      let x = max(left + half, min(right - half, bands.centre(index)))
      let middle = y + height * (index.isMultiple(of: 2) ? 0.5 : 1.5)
      text(label, at: Point(x, middle + drop(style)), .middle, style, theme.mutedInk)
    }
    return y + 2 * height
  }
}
