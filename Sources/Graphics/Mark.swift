/// One thing drawn: a rectangle, a path or a run of text.
public enum Mark: Sendable, Equatable {
  case rect(RectMark)
  case path(PathMark)
  case text(TextMark)
}

/// A line drawn along a path or just inside the border of a rectangle.
public struct Stroke: Sendable, Equatable {
  public var colour: Colour
  /// The thickness in points.
  public var width: Double
  /// Lengths of dashes and gaps in points; none is a solid line.
  public var dash: [Double]

  public init(_ colour: Colour, width: Double = 1, dash: [Double] = []) {
    self.colour = colour
    self.width = width
    self.dash = dash
  }
}

/// A filled or outlined rectangle; the outline lies inside it, so that lengths stay true.
public struct RectMark: Sendable, Equatable {
  public var rect: Rect
  public var fill: Colour?
  public var stroke: Stroke?
  public var cornerRadius: Double
  /// What the rectangle stands for, for tests and tools; it is not drawn.
  public var role: Role

  public enum Role: String, Sendable, Equatable {
    /// A length that shows a number.
    case bar
    /// A box of a tree.
    case box
    /// Shading, keys, strips.
    case shape
  }

  public init(
    _ rect: Rect, fill: Colour? = nil, stroke: Stroke? = nil, cornerRadius: Double = 0,
    role: Role = .shape
  ) {
    self.rect = rect
    self.fill = fill
    self.stroke = stroke
    self.cornerRadius = cornerRadius
    self.role = role
  }
}

/// Lines and curves, stroked or filled.
public struct PathMark: Sendable, Equatable {
  public enum Element: Sendable, Equatable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  public var elements: [Element]
  public var fill: Colour?
  public var stroke: Stroke?

  public init(_ elements: [Element], fill: Colour? = nil, stroke: Stroke? = nil) {
    self.elements = elements
    self.fill = fill
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

  public var text: String
  /// The place of the anchor on the baseline.
  public var origin: Point
  public var anchor: Anchor
  public var style: TextStyle
  public var colour: Colour
  /// The area that the text covers.
  public var box: Rect

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
