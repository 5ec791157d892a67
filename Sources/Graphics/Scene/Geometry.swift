/// A place on a canvas, in points from its top left corner.
public struct Point: Sendable, Hashable {
  /// The distance from the left edge.
  public var x: Double
  /// The distance from the upper edge.
  public var y: Double

  /// A point by its distances.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// The width and height of something drawn, in points.
public struct Size: Sendable, Hashable {
  /// The extent from left to right.
  public var width: Double
  /// The extent from top to bottom.
  public var height: Double

  /// A size by its two lengths.
  public init(_ width: Double, _ height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle on a canvas, in points; y grows downwards.
public struct Rect: Sendable, Hashable {
  /// The x of the left edge.
  public var x: Double
  /// The y of the upper edge.
  public var y: Double
  /// The extent from left to right.
  public var width: Double
  /// The extent from top to bottom.
  public var height: Double

  /// A rectangle by its upper left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The rectangle between two corners given in any order.
  public init(from a: Point, to b: Point) {
    self.init(x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
  }

  /// The x of the right edge.
  public var maxX: Double { x + width }
  /// The y of the lower edge.
  public var maxY: Double { y + height }
  /// The point halfway between all edges.
  public var centre: Point { Point(x + width / 2, y + height / 2) }

  /// Whether two rectangles share an area; touching edges do not count.
  public func intersects(_ other: Rect) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// Whether the other rectangle lies inside this one, edges included.
  ///
  /// The other one may stand out by the slack, in points: rounding is no fault.
  public func contains(_ other: Rect, slack: Double = 0.001) -> Bool {
    other.x >= x - slack && other.y >= y - slack
      && other.maxX <= maxX + slack && other.maxY <= maxY + slack
  }

  /// The same rectangle with every edge moved inwards, or outwards by a negative distance.
  public func inset(by distance: Double) -> Rect {
    Rect(
      x: x + distance, y: y + distance, width: width - 2 * distance, height: height - 2 * distance)
  }
}
