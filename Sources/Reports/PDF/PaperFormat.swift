import Graphics

/// The sheets that a report is printed on, in points.
struct PaperFormat: Sendable, Equatable {
  /// The sheet upright.
  let size: Size
  /// The empty border at the sides and on top.
  static let margin = 42.0
  /// The empty border at the lower edge; the running foot stands in it.
  static let bottom = 52.0

  /// Letter where people print on it, A4 everywhere else.
  init(locale: ReportLocale) {
    size = locale.rawValue.hasSuffix("_US") ? Size(612, 792) : Size(595.28, 841.89)
  }

  /// The sheet, upright or on its long side.
  func sheet(isLandscape: Bool) -> Size {
    isLandscape ? Size(size.height, size.width) : size
  }

  /// The room between the borders.
  func room(isLandscape: Bool) -> Size {
    let sheet = sheet(isLandscape: isLandscape)
    return Size(
      sheet.width - 2 * PaperFormat.margin,
      sheet.height - PaperFormat.margin - PaperFormat.bottom)
  }
}

/// The words of ours on paper.
struct PaperWords: Sendable {
  var comment = "Comment"
  var within = "in"
  var asOf = "As of"
  var quiet = "Nothing to show this time"
  var absent = "Not in this report"
  var remedy = "To have it:"
  var appendix = "Figures of the charts"
  var definitions = "Definitions"
  var about = "About this report"
  var quality = "Quality of the data"
  /// Where the figures of a chart stand.
  var figures: @Sendable (_ number: Int) -> String = { "Figures: table A\($0)" }
  /// The heading of the figures of a chart.
  var table: @Sendable (_ number: Int) -> String = { "Table A\($0)" }
  /// What stands below a part of a picture that is larger than a page.
  var part: @Sendable (_ number: Int, _ of: Int) -> String = { "Part \($0) of \($1)" }
  /// What stands over some of the columns of a table.
  var columns: @Sendable (_ first: Int, _ last: Int, _ of: Int) -> String = {
    "Columns \($0) to \($1) of \($2)"
  }
  /// The end of the running foot.
  var page: @Sendable (_ number: Int, _ of: Int) -> String = { "Page \($0) of \($1)" }
}
