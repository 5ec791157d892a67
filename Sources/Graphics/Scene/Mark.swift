/// One thing drawn: a rectangle, a path or a run of text.
public enum Mark: Sendable, Equatable {
  case rect(RectMark)
  case path(PathMark)
  case text(TextMark)
}

/// A line drawn along a path or just inside the border of a rectangle.
public struct Stroke: Sendable, Equatable {
  /// The colour of the line.
  public var colour: Colour
  /// The thickness in points.
  public var width: Double
  /// Lengths of dashes and gaps in points; none is a solid line.
  public var dash: [Double]

  /// A solid line, or a dashed one where lengths of dashes are given.
  public init(_ colour: Colour, width: Double = 1, dash: [Double] = []) {
    self.colour = colour
    self.width = width
    self.dash = dash
  }
}

/// Slanting parallel lines that fill a shape over its fill: a forecast, or what has no data.
///
/// The lines rise to the right at 45 degrees and are anchored to the canvas, so that neighbours
/// hatched alike join. They are drawn as lines, which every format shows alike.
public struct Hatch: Sendable, Equatable {
  /// The colour of the lines.
  public var colour: Colour
  /// The thickness of a line in points.
  public var width: Double
  /// The distance from one line to the next, square to them, in points.
  public var spacing: Double

  /// A hatching of one colour; lines as wide as their distance would be a fill.
  public init(_ colour: Colour, width: Double = 1.25, spacing: Double = 4.5) {
    self.colour = colour
    self.width = width
    self.spacing = max(1, spacing)
  }
}

/// A filled or outlined rectangle; the outline lies inside it, so that lengths stay true.
public struct RectMark: Sendable, Equatable {
  /// The area; a stroke lies inside it.
  public var rect: Rect
  /// The colour inside, if any.
  public var fill: Colour?
  /// Lines over the fill, if any.
  public var hatch: Hatch?
  /// The outline, if any.
  public var stroke: Stroke?
  /// The radius of the corners in points.
  public var cornerRadius: Double
  /// What the rectangle stands for, for tests and tools; it is not drawn.
  public var role: Role

  /// What a rectangle can stand for.
  public enum Role: String, Sendable, Equatable {
    /// A length that shows a number.
    case bar
    /// A box of a tree.
    case box
    /// An area whose colour or size shows a number: of a heat map, a treemap.
    case cell
    /// Shading, keys, strips.
    case shape
  }

  /// A rectangle; without fill and stroke it is invisible.
  public init(
    _ rect: Rect, fill: Colour? = nil, hatch: Hatch? = nil, stroke: Stroke? = nil,
    cornerRadius: Double = 0, role: Role = .shape
  ) {
    self.rect = rect
    self.fill = fill
    self.hatch = hatch
    self.stroke = stroke
    self.cornerRadius = cornerRadius
    self.role = role
  }
}

/// Lines and curves, stroked or filled.
public struct PathMark: Sendable, Equatable {
  /// A step of a path.
  public enum Element: Sendable, Equatable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  /// The steps, the first of them a move.
  public var elements: [Element]
  /// The colour inside, if any.
  public var fill: Colour?
  /// Lines over the fill, if any.
  public var hatch: Hatch?
  /// The line along the path, if any.
  public var stroke: Stroke?

  /// A path by its steps.
  public init(
    _ elements: [Element], fill: Colour? = nil, hatch: Hatch? = nil, stroke: Stroke? = nil
  ) {
    self.elements = elements
    self.fill = fill
    self.hatch = hatch
    self.stroke = stroke
  }

  /// The open path through some points.
  public init(through points: [Point], stroke: Stroke) {
    self.init(
      points.enumerated().map { $0.offset == 0 ? .move($0.element) : .line($0.element) },
      stroke: stroke)
  }
}

/// One line of text in one style, with the box it was measured to fill.
public struct TextMark: Sendable, Equatable {
  /// Which point of the text stands at its x.
  public enum Anchor: String, Sendable, Equatable {
    case start
    case middle
    case end
  }

  /// What is written, on one line.
  public var text: String
  /// The place of the anchor on the baseline.
  public var origin: Point
  /// Which point of the text stands at the origin.
  public var anchor: Anchor
  /// Size and weight.
  public var style: TextStyle
  /// The colour of the letters.
  public var colour: Colour
  /// The area that the text covers.
  public var box: Rect

  /// A run of text with the box that a measurer gave it.
  public init(
    _ text: String, at origin: Point, anchor: Anchor, style: TextStyle, colour: Colour, box: Rect
  ) {
    self.text = text
    self.origin = origin
    self.anchor = anchor
    self.style = style
    self.colour = colour
    self.box = box
  }
}
