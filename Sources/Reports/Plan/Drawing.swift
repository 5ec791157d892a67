import Graphics

/// Draws charts for pages: the same picture in two colourings.
struct Drawing {
  let canvas: CairoCanvas
  private var themes: (light: Theme, dark: Theme)

  /// A drawing in the colours of a theme.
  ///
  /// Pictures stand in the page's margins, so they have few of their own.
  init(canvas: CairoCanvas, theme: ReportTheme) {
    self.canvas = canvas
    themes = (theme.light.chart, theme.dark.chart)
    themes.light.margin = 4
    themes.dark.margin = 4
  }

  /// Width of a chart in CSS pixels: about that of a telephone, and a third of a page.
  static let width = 384.0
  /// Width of a chart that has the page to itself.
  static let wide = 720.0

  /// The width that a kind of chart needs: one of many cells or panels has the page to itself.
  static func width(of kind: ChartKind) -> Double {
    switch kind {
    case .heatmap, .treemap, .map, .multiples, .scatter: wide
    default: width
    }
  }

  /// A chart in both colourings; its heading is text of the page, so it is left out of the picture.
  func picture(
    of chart: some Chart, without heading: some Chart, width: Double = Drawing.width
  ) -> ReportDocument.Picture {
    let light = heading.scene(width: width, theme: themes.light, measurer: canvas)
    let dark = heading.scene(width: width, theme: themes.dark, measurer: canvas)
    return ReportDocument.Picture(
      light: light, dark: dark, alternative: chart.textAlternative)
  }
}
