/// Why a picture could not be drawn.
public enum GraphicsError: Error, Equatable, CustomStringConvertible {
  /// None of the font families is installed.
  case noFont(families: [String])
  /// The picture has more pixels than a PNG of ours may have.
  case tooLarge(width: Double, height: Double, limit: Double)
  /// A drawing library refused; its reason is quoted.
  case refused(format: String, reason: String)

  /// What happened, what was done, and what to do, in sentences.
  public var description: String {
    switch self {
    case .noFont(let families):
      let names = families.joined(separator: " nor ")
      return "No font to draw with: neither \(names) is installed. Nothing was drawn. "
        + "Install one, on Debian and Ubuntu with: apt-get install fonts-dejavu-core fonts-noto-core"
    case .tooLarge(let width, let height, let limit):
      return "A picture of \(Int(width)) × \(Int(height)) pixels is too large for PNG here, which "
        + "takes \(Int(limit)) at most on a side. Nothing was drawn. "
        + "Write SVG or PDF, or show fewer boxes."
    case .refused(let format, let reason):
      return "The \(format) could not be written: \(reason). Nothing was drawn."
    }
  }
}
