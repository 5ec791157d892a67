import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// Runs from which on a trend is drawn: two points are a difference, which a table says better.
  private static let leastRuns = 3

  /// How figures of the company moved from run to run, a small line each; nil where few are kept.
  ///
  /// - Parameters:
  ///   - section: the section.
  ///   - table: the figures as a table, which becomes the data of the chart.
  /// - Returns: the chart.
  func trendChart(
    _ section: ReportDefinition.Section, _ table: ReportDocument.Table
  ) -> ReportDocument.Chart? {
    let days = context.past?.trend ?? []
    guard days.count >= SectionBuilder.leastRuns, let first = days.first, let last = days.last
    else { return nil }
    let shown = TrendFigure.allCases.filter { last.figures[$0] != nil }
    guard !shown.isEmpty else { return nil }
    func text(_ day: ReportPast.TrendDay, _ figure: TrendFigure) -> String? {
      day.figures[figure].map { format.count(ValueFormatter.whole($0)).text }
    }
    let sentences = shown.map { figure in
      let (before, now) = (text(first, figure), text(last, figure) ?? "")
      guard let before, before != now else { return "\(figure.title): \(now)" }
      return "\(figure.title): \(now), from \(before)"
    }
    let takeaway = sentences.joined(separator: "; ") + "."
    let since = "from \(format.dayText(first.day)) to \(format.dayText(last.day))"
    let subtitle = "\(format.count(Int128(days.count)).text) runs \(since)"
    func multiples(_ heading: ChartHeading) -> SmallMultiples {
      SmallMultiples(
        heading: heading, positions: days.map { Double($0.day.number) },
        ticks: [first, last].map { TimeTick(Double($0.day.number), format.dayText($0.day)) },
        panels: shown.map { figure in
          SmallMultiples.Panel(
            figure.title,
            series: [
              LineChart.Series(
                figure.title,
                numbers: days.map { day in
                  day.figures[figure].map { Double($0.numerator) / Double($0.denominator) }
                }, lastText: text(last, figure) ?? "")
            ])
        }, plural: "figures", empty: "", format: format.tick(.count))
    }
    return ReportDocument.Chart(
      id: section.id + "-chart", title: subtitle, takeaway: "\(words: takeaway)",
      picture: drawing.picture(
        of: multiples(ChartHeading(takeaway: takeaway, title: section.title, subtitle: subtitle)),
        without: multiples(ChartHeading(title: "")), width: Drawing.wide),
      data: table)
  }
}
