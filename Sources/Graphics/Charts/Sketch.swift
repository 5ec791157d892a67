/// A scene in the making: marks are placed here and text is measured as it is placed.
struct Sketch {
  let theme: Theme
  let measurer: any TextMeasurer
  let width: Double
  private(set) var marks: [Mark] = []

  /// No chart is laid out narrower than this, in points.
  static let smallestWidth = 240.0

  init(
    width: Double, theme: Theme, measurer: any TextMeasurer, smallest: Double = smallestWidth
  ) {
    self.width = width.isFinite ? max(smallest, width).rounded(.up) : smallest
    self.theme = theme
    self.measurer = measurer
  }

  var left: Double { theme.margin }
  var right: Double { width - theme.margin }
  var innerWidth: Double { right - left }

  func textWidth(_ text: String, _ style: TextStyle) -> Double {
    text.isEmpty ? 0 : measurer.extent(of: text, style: style).width
  }

  func widest(_ texts: some Sequence<String>, _ style: TextStyle) -> Double {
    texts.reduce(0) { max($0, textWidth($1, style)) }
  }

  /// How far below the middle of a row its baseline lies: half the height of a capital.
  func drop(_ style: TextStyle) -> Double { 0.36 * style.size }

  /// The least height of a row in which each of the texts fits when its capitals are centred.
  func rowHeight(_ texts: some Sequence<String>, _ style: TextStyle) -> Double {
    let drop = drop(style)
    return texts.reduce(style.size) { height, text in
      let extent = measurer.extent(of: text, style: style)
      return max(height, 2 * max(extent.ascent - drop, extent.descent + drop))
    }
  }

  func box(
    _ text: String, at origin: Point, _ anchor: TextMark.Anchor, _ style: TextStyle
  ) -> Rect {
    let extent = measurer.extent(of: text, style: style)
    let x =
      switch anchor {
      case .start: origin.x
      case .middle: origin.x - extent.width / 2
      case .end: origin.x - extent.width
      }
    return Rect(x: x, y: origin.y - extent.ascent, width: extent.width, height: extent.height)
  }

  mutating func text(
    _ text: String, at origin: Point, _ anchor: TextMark.Anchor = .start, _ style: TextStyle,
    _ colour: Colour
  ) {
    let line = text.onOneLine
    guard !line.isEmpty else { return }
    marks.append(
      .text(
        TextMark(
          line, at: origin, anchor: anchor, style: style, colour: colour,
          box: box(line, at: origin, anchor, style))))
  }

  /// A text that was measured before; measuring takes longer than everything else.
  mutating func text(_ mark: TextMark) { marks.append(.text(mark)) }

  mutating func rect(
    _ rect: Rect, fill: Colour? = nil, hatch: Hatch? = nil, stroke: Stroke? = nil,
    radius: Double = 0, role: RectMark.Role = .shape
  ) {
    marks.append(
      .rect(
        RectMark(rect, fill: fill, hatch: hatch, stroke: stroke, cornerRadius: radius, role: role)))
  }

  mutating func rect(_ rect: Rect, paint: BarPaint, role: RectMark.Role = .shape) {
    self.rect(rect, fill: paint.fill, hatch: paint.hatch, stroke: paint.stroke, role: role)
  }

  mutating func line(
    _ from: Point, _ to: Point, _ colour: Colour, width: Double = 1, dash: [Double] = []
  ) {
    marks.append(
      .path(PathMark(through: [from, to], stroke: Stroke(colour, width: width, dash: dash))))
  }

  mutating func path(_ path: PathMark) { marks.append(.path(path)) }

  /// The place of the next mark, to put something below it later.
  func reserve() -> Int { marks.count }

  mutating func insert(_ mark: Mark, at place: Int) { marks.insert(mark, at: place) }

  /// A filled circle.
  mutating func dot(_ centre: Point, radius: Double, fill: Colour, stroke: Stroke? = nil) {
    // The usual four curves; the constant makes the error a 5000th of the radius.
    let k = radius * 0.5522847498
    let (x, y, r) = (centre.x, centre.y, radius)
    path(
      PathMark(
        [
          .move(Point(x + r, y)),
          .curve(Point(x + r, y + k), Point(x + k, y + r), Point(x, y + r)),
          .curve(Point(x - k, y + r), Point(x - r, y + k), Point(x - r, y)),
          .curve(Point(x - r, y - k), Point(x - k, y - r), Point(x, y - r)),
          .curve(Point(x + k, y - r), Point(x + r, y - k), Point(x + r, y)),
          .close,
        ], fill: fill, stroke: stroke))
  }

  /// Lines of text one below the other, the first beginning at `y`; gives the y below the last.
  mutating func paragraph(
    _ text: String, y: Double, lines: Int, _ style: TextStyle, _ colour: Colour
  ) -> Double {
    var y = y
    for line in measurer.wrapped(text, to: innerWidth, lines: lines, style: style) {
      let extent = measurer.extent(of: line, style: style)
      self.text(line, at: Point(left, y + extent.ascent), .start, style, colour)
      y += extent.height + 2
    }
    return y
  }

  /// The heading; gives the y below it.
  mutating func heading(_ heading: ChartHeading) -> Double {
    var y = theme.margin
    if let takeaway = heading.takeaway, !takeaway.isEmpty {
      y = paragraph(takeaway, y: y, lines: 3, theme.takeaway, theme.ink) + 2
    }
    if !heading.title.isEmpty {
      y = paragraph(heading.title, y: y, lines: 2, theme.title, theme.ink)
    }
    if let subtitle = heading.subtitle, !subtitle.isEmpty {
      y = paragraph(subtitle, y: y, lines: 2, theme.small, theme.mutedInk)
    }
    return y + 8
  }

  /// A sentence below or instead of a plot; gives the y below it.
  mutating func note(_ text: String, y: Double) -> Double {
    paragraph(text, y: y, lines: 4, theme.small, theme.mutedInk)
  }

  /// The finished scene.
  func scene(height: Double, title: String, textAlternative: String) -> Scene {
    Scene(
      width: width, height: height.rounded(.up), background: theme.background, title: title,
      textAlternative: textAlternative, marks: marks)
  }
}
