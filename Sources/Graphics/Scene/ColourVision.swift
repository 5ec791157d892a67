/// How eyes see colours: with all three kinds of cones, or without one.
///
/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", 2009, at full severity; their matrices work on shares of light.
public enum ColourVision: String, Sendable, CaseIterable {
  case common
  /// Without the cones for long waves: reds are dark; one man in a hundred.
  case protanopia
  /// Without the cones for middle waves; one man in a hundred, and many more in part.
  case deuteranopia
  /// Without the cones for short waves; rare.
  case tritanopia

  /// A colour as these eyes see it, shown to eyes of the common kind.
  public func seen(_ colour: Colour) -> Colour {
    let light = colour.linear
    func row(_ r: Double, _ g: Double, _ b: Double) -> Double {
      r * light.x + g * light.y + b * light.z
    }
    switch self {
    case .common: return colour
    case .protanopia:
      return Colour(
        linear: SIMD3(
          row(0.152286, 1.052583, -0.204868), row(0.114503, 0.786281, 0.099216),
          row(-0.003882, -0.048116, 1.051998)))
    case .deuteranopia:
      return Colour(
        linear: SIMD3(
          row(0.367322, 0.860646, -0.227968), row(0.280085, 0.672501, 0.047413),
          row(-0.011820, 0.042940, 0.968881)))
    case .tritanopia:
      return Colour(
        linear: SIMD3(
          row(1.255528, -0.076749, -0.178779), row(-0.078411, 0.930809, 0.147602),
          row(0.004733, 0.691367, 0.303900)))
    }
  }

  /// How far apart two colours look to these eyes: the distance in OKLab, 1 from black to white.
  public func distance(_ one: Colour, _ other: Colour) -> Double {
    seen(one).oklab.distance(to: seen(other).oklab)
  }
}
