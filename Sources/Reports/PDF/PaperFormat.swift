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
  private let words: ReportWords

  init(_ words: ReportWords) {
    self.words = words
  }

  var note: String { words[.calloutNote] }
  var warning: String { words[.calloutWarning] }
  var comment: String { words[.comment] }
  var within: String { words[.within] }
  var asOf: String { words[.asOf] }
  var quiet: String { words[.nothingThisTime] }
  var absent: String { words[.notInReport] }
  var remedy: String { words[.toHaveIt] }
  var appendix: String { words[.chartAppendix] }
  var definitions: String { words[.definitions] }
  var about: String { words[.aboutReport] }
  var quality: String { words[.dataQuality] }

  /// A severity of a finding.
  func severity(_ name: String) -> String { words.severity(name) }

  /// Where the figures of a chart stand.
  func figures(_ number: Int) -> String { say(.paperFigures, ["number": number]) }

  /// The heading of the figures of a chart.
  func table(_ number: Int) -> String { say(.paperTable, ["number": number]) }

  /// What stands below a part of a picture that is larger than a page.
  func part(_ number: Int, _ all: Int) -> String {
    say(.paperPart, ["number": number, "all": all])
  }

  /// What stands over some of the columns of a table.
  func columns(_ first: Int, _ last: Int, _ all: Int) -> String {
    say(.paperColumns, ["first": first, "last": last, "all": all])
  }

  /// The end of the running foot.
  func page(_ number: Int, _ all: Int) -> String {
    say(.paperPage, ["number": number, "all": all])
  }

  private func say(_ name: ReportWords.Name, _ numbers: [String: Int]) -> String {
    words.say(name, numbers.mapValues { ReportDocument.Prose(String($0)) })
  }
}
