/// A finished picture as a value: a canvas size and a flat list of marks, painted in order.
///
/// A scene knows nothing of files and fonts. Two scenes are equal when they would draw the same
/// picture with the same words. One unit is a CSS pixel in SVG, a pixel in PNG at 1× and a point
/// in PDF.
public struct Scene: Sendable, Equatable {
  /// The extent from left to right.
  public var width: Double
  /// The extent from top to bottom.
  public var height: Double
  /// What everything is painted on.
  public var background: Colour
  /// The name of the picture, kept as title in SVG and PDF.
  public var title: String
  /// What a reader who cannot see the picture is told.
  public var textAlternative: String
  /// What is painted, in this order.
  public var marks: [Mark]

  /// A scene from its parts.
  public init(
    width: Double, height: Double, background: Colour, title: String, textAlternative: String,
    marks: [Mark]
  ) {
    self.width = width
    self.height = height
    self.background = background
    self.title = title
    self.textAlternative = textAlternative
    self.marks = marks
  }

  /// The whole canvas.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// Every piece of text, in the order of painting.
  public var texts: [TextMark] {
    marks.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// Every rectangle with a role, in the order of painting.
  public func rects(_ role: RectMark.Role) -> [Rect] {
    marks.compactMap { mark in
      if case .rect(let rect) = mark, rect.role == role { rect.rect } else { nil }
    }
  }
}
