/// The room a line of text takes, in points.
public struct TextExtent: Sendable, Hashable {
  /// How far the text runs, ink that stands out included.
  public var width: Double
  /// The height above the baseline.
  public var ascent: Double
  /// The depth below the baseline.
  public var descent: Double

  /// An extent by its three lengths.
  public init(width: Double, ascent: Double, descent: Double) {
    self.width = width
    self.ascent = ascent
    self.descent = descent
  }

  /// The height from the lowest to the highest point.
  public var height: Double { ascent + descent }
}

/// Says how much room a line of text takes.
///
/// Charts ask before they place anything, which is why nothing overlaps. `CairoCanvas` answers for
/// the fonts of the machine, `FixedWidthMeasurer` for tests that must not depend on them.
public protocol TextMeasurer: Sendable {
  /// The room of a text set on one line.
  func extent(of text: String, style: TextStyle) -> TextExtent
}

/// A measurer for which every character has one of three widths, whatever fonts there are.
public struct FixedWidthMeasurer: TextMeasurer {
  /// A measurer that needs no fonts.
  public init() {}

  /// The room of a text whose characters are 0.6 em wide, or 1 em from CJK upwards.
  public func extent(of text: String, style: TextStyle) -> TextExtent {
    let bold = style.weight == .bold ? 1.1 : 1
    let ems = text.reduce(0.0) { sum, character in
      guard let scalar = character.unicodeScalars.first else { return sum }
      // CJK and emoji are about square, everything else about six tenths of that.
      return sum + (scalar.value >= 0x2E80 ? 1 : 0.6)
    }
    return TextExtent(
      width: ems * style.size * bold, ascent: 0.93 * style.size, descent: 0.24 * style.size)
  }
}
