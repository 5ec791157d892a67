extension Treemap {
  /// No rectangle of an item is smaller, in square points; what would be becomes the remainder.
  private static let smallest = 220.0

  /// A rectangle of the map: an item, or what is left of them.
  struct Cell {
    var label: String
    var text: String
    var amount: Double
    /// The place of its group among the groups; nil for the remainder and items without a group.
    var group: Int?
    var isRest = false
  }

  /// Key, rectangles and what they leave unsaid; gives the y below them.
  func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let height = min(max(0.55 * sketch.innerWidth, 180), 420)
    let groups = groups
    let cells = cells(area: sketch.innerWidth * height, groups: groups)
    var y = top
    let entries = keyEntries(cells, groups: groups, theme: theme)
    if entries.count > 1 { y = sketch.key(entries, y: y) }

    let area = Rect(x: sketch.left, y: y, width: sketch.innerWidth, height: height)
    let rects = Squarified.rects(cells.map(\.amount), in: area)
    var unnamed: [String] = []
    for (cell, rect) in zip(cells, rects) {
      let paint = paint(cell, isGrouped: !groups.isEmpty, theme: theme)
      sketch.rect(
        rect, fill: paint.fill, stroke: Stroke(theme.background, width: 1.5), role: .cell)
      if let stroke = paint.stroke {
        sketch.rect(rect.inset(by: 1.5), stroke: Stroke(stroke.colour, width: 0.75))
      }
      // What the remainder is worth stands below in any case.
      if !write(cell, in: rect, ink: theme.ink(on: paint.fill), on: &sketch), !cell.isRest {
        unnamed.append(cell.label.onOneLine)
      }
    }
    y = area.maxY
    for note in notes(cells, unnamed: unnamed) { y = sketch.note(note, y: y + 6) }
    return y
  }

  /// The items from the largest, and one rectangle for those that would be too small.
  private func cells(area: Double, groups: [String]) -> [Cell] {
    let ranked = ranked
    let total = Self.sum(ranked)
    let least = Self.smallest * (total / area)
    var count = ranked.count { ($0.value.number ?? 0) >= least }
    count = min(max(count, 1), max(1, maximum))
    // One item too small is no remainder: its own name says more than "1 other".
    if count < ranked.count { count = min(count, max(1, maximum - 1)) }
    if count == ranked.count - 1, ranked.count <= maximum { count = ranked.count }
    let named = ranked.prefix(count).map { item in
      Cell(
        label: item.label, text: item.value.text, amount: item.value.number ?? 0,
        group: item.group.flatMap(groups.firstIndex))
    }
    let rest = ranked.dropFirst(count)
    guard !rest.isEmpty else { return named }
    let sum = Self.sum(rest)
    return named + [
      Cell(label: "\(rest.count) others", text: format(sum), amount: sum, isRest: true)
    ]
  }

  /// The groups, the one with the largest sum first.
  private var groups: [String] {
    var sums: [String: Double] = [:]
    for item in ranked {
      if let group = item.group { sums[group, default: 0] += item.value.number ?? 0 }
    }
    return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private func paint(_ cell: Cell, isGrouped: Bool, theme: Theme) -> BarPaint {
    if cell.isRest { return BarPaint(fill: theme.bands.first ?? theme.surface) }
    if !isGrouped { return BarPaint(fill: theme.seriesColour(0)) }
    let paints = theme.groupPaints
    guard let group = cell.group, paints.indices.contains(group) else {
      return BarPaint(fill: theme.neutral)
    }
    return paints[group]
  }

  private func keyEntries(
    _ cells: [Cell], groups: [String], theme: Theme
  ) -> [(name: String, swatch: Sketch.Swatch)] {
    guard !groups.isEmpty else { return [] }
    let paints = theme.groupPaints
    let used = Set(cells.compactMap(\.group))
    var entries: [(name: String, swatch: Sketch.Swatch)] = zip(groups.indices, zip(groups, paints))
      .filter { used.contains($0.0) }.map { (name: $0.1.0, swatch: .bar($0.1.1)) }
    let beyond = used.count { $0 >= paints.count }
    let none = cells.contains { $0.group == nil && !$0.isRest }
    let names = [
      beyond == 0 ? nil : beyond == 1 ? "1 other group" : "\(beyond) other groups",
      none ? "no group" : nil,
    ].compactMap { $0 }
    if !names.isEmpty {
      entries.append(
        (name: names.joined(separator: ", "), swatch: .bar(BarPaint(fill: theme.neutral))))
    }
    return entries
  }

  /// Writes name and amount where both fit, or the name alone; false where not even that does.
  private func write(_ cell: Cell, in rect: Rect, ink: Colour, on sketch: inout Sketch) -> Bool {
    let room = rect.inset(by: 5)
    let style = sketch.theme.small
    let bold = TextStyle(style.size, .bold)
    guard room.width > 0, room.height > 0 else { return false }
    let line = sketch.rowHeight([cell.label.onOneLine, cell.text], bold) + 1
    let rows = Int(room.height / line)
    guard rows > 0 else { return false }
    let valueFits = rows > 1 && sketch.textWidth(cell.text, style) <= room.width
    let lines = lines(
      cell.label, width: room.width, maximum: min(3, valueFits ? rows - 1 : rows), bold, sketch)
    guard !lines.isEmpty else { return false }
    var y = room.y + line / 2
    for text in lines {
      sketch.text(text, at: Point(room.x, y + sketch.drop(bold)), .start, bold, ink)
      y += line
    }
    if valueFits {
      sketch.text(cell.text, at: Point(room.x, y + sketch.drop(style)), .start, style, ink)
    }
    return true
  }

  /// A name on a few lines broken between words, or its beginning on one; none where less than four
  /// letters would be left of it.
  private func lines(
    _ name: String, width: Double, maximum: Int, _ style: TextStyle, _ sketch: Sketch
  ) -> [String] {
    let words = name.onOneLine.split(separator: " ").filter { word in
      // Scripts without spaces, from CJK upwards, break anywhere.
      word.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
    }
    let isWhole = sketch.widest(words.map(String.init), style) <= width
    let lines = sketch.measurer.wrapped(
      name, to: width, lines: isWhole ? maximum : 1, style: style)
    guard let last = lines.last, last.count > 4 || !last.hasSuffix("…") else { return [] }
    return lines
  }

  private func notes(_ cells: [Cell], unnamed: [String]) -> [String] {
    var notes: [String] = []
    if let rest = cells.last, rest.isRest {
      notes.append(
        "The \(cells.count - 1) largest of \(ranked.count) \(plural) have a rectangle of their own; "
          + "\(rest.label) are worth \(rest.text) together.")
    }
    if !unnamed.isEmpty {
      notes.append(
        unnamed.count <= 3
          ? "Too small for a name: \(unnamed.joined(separator: ", "))."
          : "\(unnamed.count) rectangles are too small for their names.")
    }
    return notes
  }
}
