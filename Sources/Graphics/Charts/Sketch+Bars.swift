extension Sketch {
  /// A number inside a bar, if it fits there; false where it does not.
  mutating func textInside(_ text: String, _ area: Rect, _ paint: BarPaint) -> Bool {
    let style = theme.small
    guard !text.isEmpty, textWidth(text, style) + 6 <= area.width,
      rowHeight([text], style) <= area.height
    else { return false }
    if paint.hatch != nil {
      // Letters among slanting lines are not read.
      let width = textWidth(text, style) + 4
      let height = rowHeight([text], style)
      rect(
        Rect(
          x: area.centre.x - width / 2, y: area.centre.y - height / 2, width: width,
          height: height), fill: paint.fill)
    }
    self.text(
      text, at: Point(area.centre.x, area.centre.y + drop(style)), .middle, style,
      theme.ink(on: paint.fill))
    return true
  }
}

extension Sketch {
  /// Sentences below a plot, one after the other; gives the y below them, or `y` without any.
  mutating func notes(_ sentences: [String], y: Double) -> Double {
    let spoken = sentences.filter { !$0.isEmpty }.map(ChartHeading.sentence)
    guard !spoken.isEmpty else { return y }
    return paragraph(
      spoken.joined(separator: " "), y: y + 6, lines: 8, theme.small, theme.mutedInk)
  }
}

extension Theme {
  /// The colour of a tone; plain is left to the caller.
  func colour(_ tone: Tone) -> Colour? {
    switch tone {
    case .plain: nil
    case .good: good
    case .bad: bad
    case .muted: neutral
    }
  }
}

extension Tone {
  /// The shape that says good or bad as well as the colour does.
  var shape: String {
    switch self {
    case .good: "▲ "
    case .bad: "▼ "
    case .plain, .muted: ""
    }
  }
}
