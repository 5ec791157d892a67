import BuiltIns
import Graphics
import Records

/// How charts and pages look, on white and on near black.
///
/// The values are those of `templates/theme.yaml`, of which a project may have its own.
public struct ReportTheme: Sendable, Equatable {
  /// Dark on white, for pages, mail and print.
  public var light: Colouring
  /// Light on near black, for screens set to a dark appearance.
  public var dark: Colouring

  /// One of the two: how charts look, and what only pages have.
  public struct Colouring: Sendable, Equatable {
    /// Colours, fonts and sizes of charts; pages share the colours.
    public var chart: Theme
    /// Links.
    public var link: Colour
    /// A change for the better, as text.
    public var goodText: Colour
    /// A change for the worse, as text.
    public var badText: Colour
    /// The ground of call-outs.
    public var wash: Colour
    /// The ground of warnings.
    public var warning: Colour
  }

  /// The theme that ships with Cadastre.
  public static let builtIn = ReportTheme(
    light: Colouring(
      chart: .light, link: Colour(0x0066A1), goodText: Colour(0x005A8E),
      badText: Colour(0xA94400), wash: Colour(0xEEF5FA), warning: Colour(0xFDF1E7)),
    dark: Colouring(
      chart: .dark, link: Colour(0x6CBDEC), goodText: Colour(0x6CBDEC),
      badText: Colour(0xF39A64), wash: Colour(0x1A2733), warning: Colour(0x33241A)))

  /// The name of the file, below `templates/`.
  public static let fileName = "theme.yaml"

  /// Font families in the order in which charts try them.
  public var fontFamilies: [String] { light.chart.fontFamilies }
}

extension ReportTheme {
  /// The variables that the style of pages is written with.
  var style: String {
    """
    :root {
      \(ReportTheme.variables(light))
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        \(ReportTheme.variables(dark))
      }
    }

    """
  }

  private static func variables(_ colouring: Colouring) -> String {
    let chart = colouring.chart
    let variables = [
      ("paper", chart.background), ("surface", chart.surface), ("ink", chart.ink),
      ("muted", chart.mutedInk), ("line", chart.grid), ("strong-line", chart.axis),
      ("blue", colouring.link), ("good", colouring.goodText), ("bad", colouring.badText),
      ("wash", colouring.wash), ("warn", colouring.warning),
    ]
    return variables.map { "--\($0): \($1);" }.joined(separator: " ")
  }
}
