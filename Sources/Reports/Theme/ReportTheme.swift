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

    /// The colours of groups in a tree, those that need an outline last.
    var groupColours: [Colour] { chart.series + chart.outlinedSeries }
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
      \(variables(light))
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        \(variables(dark))
      }
    }
    \(groupClasses)

    """
  }

  /// How many groups of a tree have a colour of their own, in both themes.
  var groupCount: Int { min(light.groupColours.count, dark.groupColours.count) }

  /// A class a group, `g0` and so on; the last one is for all groups beyond.
  private var groupClasses: String {
    let outlined = max(light.chart.series.count, dark.chart.series.count)
    return (0...groupCount).map { index in
      let edge = index >= outlined && index < groupCount
      return ".g\(index) { --colour: var(--g\(index));\(edge ? " --edge: var(--ink);" : "") }"
        + (edge ? " .g\(index) .swatch { outline: 1px solid var(--ink); }" : "")
    }.joined(separator: "\n")
  }

  private func variables(_ colouring: Colouring) -> String {
    let chart = colouring.chart
    let groups = colouring.groupColours.prefix(groupCount) + [chart.neutral]
    let variables =
      [
        ("paper", chart.background), ("surface", chart.surface), ("ink", chart.ink),
        ("muted", chart.mutedInk), ("line", chart.grid), ("strong-line", chart.axis),
        ("blue", colouring.link), ("good", colouring.goodText), ("bad", colouring.badText),
        ("wash", colouring.wash), ("warn", colouring.warning),
      ] + groups.enumerated().map { ("g\($0)", $1) }
    return variables.map { "--\($0): \($1);" }.joined(separator: " ")
  }
}
