import ArgumentParser
import Foundation
import Metrics
import Records
import Reports

/// Options that make a picture of an answer.
struct ChartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Draw the answer into the file of --out: auto takes what suits the question, or one of "
        + Suggestion.list(ChartKind.allCases.map(\.rawValue)),
      valueName: "kind"))
  var chart: String?

  @Option(
    help: """
      With --chart: an earlier period to draw beside, as --period names them, or year_before
      """)
  var compare: String?

  @Option(help: "With --chart: the width in points")
  var width: Int?

  @Flag(help: "With --chart: light on dark")
  var dark = false

  @Option(help: "With --chart and a PNG: pixels a point, 1 to 4; 2 where it is left out")
  var scale: Int?

  /// The word that leaves the kind to the question.
  static let auto = "auto"
  /// The word for the same days a year earlier.
  static let yearBefore = "year_before"
  private static let widths = 240...4000
  private static let usualWidth = 720

  /// What kinds need, for help.
  static var kinds: String {
    let longest = ChartKind.allCases.map(\.rawValue.count).max() ?? 0
    return ChartKind.allCases.map { kind in
      let name = kind.rawValue
      return "  " + name + String(repeating: " ", count: longest + 2 - name.count) + kind.needs
    }.joined(separator: "\n")
  }

  func validate() throws {
    guard chart != nil else {
      let alone = [
        compare == nil ? nil : "--compare", width == nil ? nil : "--width",
        dark ? "--dark" : nil, scale == nil ? nil : "--scale",
      ].compactMap { $0 }
      guard let first = alone.first else { return }
      throw ValidationError("\(first) is about pictures: add --chart")
    }
    _ = try kind
    if let width, !ChartOptions.widths.contains(width) {
      throw ValidationError(
        "--width \(width) is not drawn: write \(ChartOptions.widths.lowerBound) to "
          + "\(ChartOptions.widths.upperBound) points")
    }
    if let scale, !(1...4).contains(scale) {
      throw ValidationError("--scale \(scale) is not drawn: write 1, 2, 3 or 4")
    }
  }

  /// The kind asked for, nil where it is left to the question.
  var kind: ChartKind? {
    get throws {
      guard let chart, chart != ChartOptions.auto else { return nil }
      let word = chart.lowercased().replacing("-", with: "_")
      if let kind = ChartKind(rawValue: word) { return kind }
      if ["pie", "donut", "doughnut"].contains(word) {
        throw ValidationError(
          "there is no chart \"\(chart)\", because angles are hard to compare: write --chart bar")
      }
      let names = ChartKind.allCases.map(\.rawValue)
      throw ValidationError(
        "there is no chart \"\(chart)\": "
          + Suggestion.sentence(
            for: word, in: names + [ChartOptions.auto],
            otherwise: "write auto, \(Suggestion.list(names))"))
    }
  }

  /// How the picture is to be written.
  ///
  /// - Parameters:
  ///   - out: the file, from the project's folder.
  ///   - hasFormat: whether a format of tables is asked for as well.
  /// - Returns: the picture's format by the file's ending.
  /// - Throws: what is wrong with the options.
  @discardableResult
  func picture(out: String?, hasFormat: Bool) throws -> PictureFormat {
    let endings = Suggestion.list(PictureFormat.allCases.map { "." + $0.rawValue })
    guard let out else {
      throw ValidationError("--chart needs a file: add --out NAME that ends in \(endings)")
    }
    if hasFormat {
      throw ValidationError(
        "--format is about tables, and the file's ending says how a chart is written: leave it out")
    }
    let ending = URL(filePath: out).pathExtension
    guard let format = PictureFormat(rawValue: ending.lowercased()) else {
      throw ValidationError(
        ending.isEmpty
          ? "--out \(out) has no ending: a chart is written as \(endings)"
          : "--out \(out): no chart is written as .\(ending): write \(endings)")
    }
    if let scale, format != .png {
      throw ValidationError(
        "--scale \(scale) is about PNG; a .\(format.rawValue) is sharp at any size: leave it out")
    }
    return format
  }

  var drawing: ChartDrawing.Style {
    ChartDrawing.Style(width: width ?? ChartOptions.usualWidth, isDark: dark, scale: scale ?? 2)
  }
}

extension Question {
  /// The period of `--compare`.
  ///
  /// - Throws: A `QuestionError` at `--compare`.
  func compared(_ options: ChartOptions, _ pipeline: Pipeline) throws -> PeriodSpec? {
    guard let text = options.compare else { return nil }
    let at = SourcePosition(file: "--compare", line: 1, column: 1)
    return try pointing {
      guard text.replacing("-", with: "_") == ChartOptions.yearBefore else {
        return try PeriodText(text, at: at).spec(pipeline.context.calendar)
      }
      guard
        let earlier = query.period.yearBefore(
          asOf: pipeline.context.asOf, calendar: pipeline.context.calendar)
      else {
        throw FindingsError([
          Finding(
            code: "period-unreadable", severity: .error, at: at,
            what: "all time has no year before it", done: "the query was not run",
            suggestion: "add --period, such as --period fiscal_year_to_date")
        ])
      }
      return earlier
    }
  }
}
