import Foundation

/// Colours for ordered magnitudes: equal steps of the number are equal steps for the eye.
///
/// Colours are mixed in OKLab (Björn Ottosson, "A perceptual color space for image processing",
/// 2020), in which a straight line is even. Ramps between colours of clearly different lightness
/// keep their order without colour, in print and under every colour vision.
public struct ColourRamp: Sendable, Equatable {
  /// The colour at 0, where there is one the colour at 0.5, and the colour at 1.
  public let stops: [Colour]

  /// A ramp from the colour of nothing to the colour of most.
  public init(from low: Colour, to high: Colour) { stops = [low, high] }

  /// A ramp in two directions from the colour of zero.
  public init(from low: Colour, through zero: Colour, to high: Colour) {
    stops = [low, zero, high]
  }

  /// The colour of a share from 0 to 1; what lies outside takes the nearest end.
  public func callAsFunction(_ share: Double) -> Colour {
    guard share.isFinite else { return stops[0] }
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return stops[index].oklab.mixed(with: stops[index + 1].oklab, share: place - Double(index))
      .colour
  }

  /// A few colours at even distances, from one end to the other.
  public func colours(_ count: Int) -> [Colour] {
    guard count > 1 else { return count == 1 ? [self(1)] : [] }
    return (0..<count).map { self(Double($0) / Double(count - 1)) }
  }
}

/// A colour by its lightness and its place between green and red, blue and yellow.
public struct OKLab: Sendable, Equatable {
  /// How light the colour is, from 0 (black) to 1 (white).
  public var lightness: Double
  /// From green, below zero, to red.
  public var a: Double
  /// From blue, below zero, to yellow.
  public var b: Double

  /// How far two colours lie apart for the eye, 1 from black to white.
  public func distance(to other: OKLab) -> Double {
    let (l, a, b) = (lightness - other.lightness, a - other.a, b - other.b)
    return (l * l + a * a + b * b).squareRoot()
  }

  /// This colour with a share of another one, 0 giving this one and 1 the other.
  public func mixed(with other: OKLab, share: Double) -> OKLab {
    OKLab(
      lightness: lightness + (other.lightness - lightness) * share, a: a + (other.a - a) * share,
      b: b + (other.b - b) * share)
  }

  /// The nearest colour that a screen can show, channel by channel.
  public var colour: Colour {
    func cube(_ root: Double) -> Double { root * root * root }
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return Colour(
      linear: SIMD3(
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
  }
}

extension Colour {
  /// The colour in OKLab.
  public var oklab: OKLab {
    let rgb = linear
    let l = cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2])
    let m = cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2])
    let s = cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2])
    return OKLab(
      lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }
}
