import Foundation

/// An opaque colour in sRGB.
///
/// There is no transparency: contrast can then be computed, pictures of every format look alike,
/// and Cairo draws faster.
public struct Colour: Sendable, Hashable, CustomStringConvertible {
  /// The share of red, 255 at most.
  public var red: UInt8
  /// The share of green, 255 at most.
  public var green: UInt8
  /// The share of blue, 255 at most.
  public var blue: UInt8

  /// A colour by its three shares.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour of a hexadecimal number such as `0x0072B2`; higher bits are ignored.
  public init(_ hex: UInt32) {
    self.init(
      red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
      blue: UInt8(truncatingIfNeeded: hex))
  }

  /// The colour of six hexadecimal digits as CSS writes it, `#0072B2`, with or without its sign.
  public init?(css text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : Substring(text)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits, radix: 16)
    else { return nil }
    self.init(number)
  }

  /// The way the colour is written in CSS, for example `#0072B2`.
  public var description: String {
    let digits = Array("0123456789ABCDEF")
    return "#"
      + String([red, green, blue].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The relative luminance of WCAG 2.2, from 0 (black) to 1 (white).
  public var relativeLuminance: Double {
    let rgb = linear
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
  }

  /// Red, green and blue as shares of light, from 0 to 1.
  var linear: SIMD3<Double> {
    func light(_ channel: UInt8) -> Double {
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return SIMD3(light(red), light(green), light(blue))
  }

  /// A colour by its shares of light: red, green, blue; what lies outside 0 to 1 takes the nearest.
  init(linear: SIMD3<Double>) {
    func channel(_ light: Double) -> UInt8 {
      let light = min(max(light, 0), 1)
      let share = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
      return UInt8((share * 255).rounded())
    }
    self.init(red: channel(linear.x), green: channel(linear.y), blue: channel(linear.z))
  }

  /// The contrast ratio of WCAG 2.2, from 1 (none) to 21 (black on white).
  public func contrast(with other: Colour) -> Double {
    let (a, b) = (relativeLuminance, other.relativeLuminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The colour of this hue nearest to it that reaches a contrast with all of some grounds; nil
  /// where none does.
  public func reaching(_ contrast: Double, on grounds: [Colour]) -> Colour? {
    let own = oklab
    let steps = (0...100).flatMap {
      [own.lightness - Double($0) / 100, own.lightness + Double($0) / 100]
    }
    return steps.lazy.filter { (0...1).contains($0) }.map { lightness in
      OKLab(lightness: lightness, a: own.a, b: own.b).colour
    }.first { colour in grounds.allSatisfy { colour.contrast(with: $0) >= contrast } }
  }

  /// This colour with a share of another one mixed in, 0 giving this one and 1 the other.
  public func mixed(with other: Colour, share: Double) -> Colour {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8(min(255, max(0, (Double(a) + (Double(b) - Double(a)) * share).rounded())))
    }
    return Colour(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }
}
