import Graphics

/// Draws charts for pages: the same picture in two colourings.
struct Drawing {
  let canvas: CairoCanvas

  /// Width of a chart in CSS pixels: about that of a telephone, and a third of a page.
  static let width = 384.0

  /// The themes of pages; their pictures stand in the page's margins, so they have few of their own.
  private static let themes: (light: Theme, dark: Theme) = {
    var (light, dark) = (Theme.light, Theme.dark)
    light.margin = 4
    dark.margin = 4
    return (light, dark)
  }()

  /// A chart in both colourings; its heading is text of the page, so it is left out of the picture.
  func picture(
    of chart: some Chart, without heading: some Chart, width: Double = Drawing.width
  ) throws(GraphicsError) -> ReportDocument.Picture {
    let light = heading.scene(width: width, theme: Drawing.themes.light, measurer: canvas)
    let dark = heading.scene(width: width, theme: Drawing.themes.dark, measurer: canvas)
    return ReportDocument.Picture(
      light: try canvas.svg(light), dark: try canvas.svg(dark),
      width: Int(light.width.rounded(.up)), height: Int(light.height.rounded(.up)),
      alternative: chart.textAlternative)
  }
}
