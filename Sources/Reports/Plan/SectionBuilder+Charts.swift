import Foundation
import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// A bar or bullet chart of the members of a dimension; nil where none has a value.
  func bars(
    _ chart: ReportDefinition.Chart, _ members: MemberRows, target: String?,
    section: ReportDefinition.Section, _ state: SectionState
  ) throws(GraphicsError) -> ReportDocument.Chart? {
    guard let column = members.table[chart.metric] else { return nil }
    let all = chartRows(members, column)
    let rows = Array(all.prefix(chart.limit + 1))
    guard rows.contains(where: { isKnownAndNotZero(column, $0) }) else { return nil }
    let targets = target.flatMap { members.table[$0] }.flatMap { targets in
      rows.contains { targets.value($0) != nil } ? targets : nil
    }
    var heading = heading(chart, section)
    var remarks: [String] = []
    if let target, targets == nil {
      let missing = state.missing(target)
      remarks.append(
        missing.isEmpty
          ? "no target is known"
          : "no target, because \(context.readiness?.words.because(missing) ?? "it is not known")")
    }
    if rows.count < all.count {
      remarks.append("\(format.count(Int128(rows.count)).text) of \(all.count) are shown")
    }
    heading.subtitle = ([heading.subtitle].compactMap { $0 } + remarks).joined(separator: "; ")
    let takeaway = takeaway(column, targets, members, all)
    let spoken = ChartHeading(
      takeaway: takeaway.plain, title: heading.title, subtitle: heading.subtitle)

    let picture: ReportDocument.Picture
    if chart.kind == .bullet {
      let items = rows.map { row in
        BulletChart.Row(
          CleanText.unmarked(members.name(row)), actual: chartValue(column, row),
          target: targets.map { chartValue($0, row) })
      }
      let names = BulletChart.Names(actual: column.title, target: targets?.title ?? "Target")
      func drawn(_ heading: ChartHeading) -> BulletChart {
        BulletChart(heading: heading, rows: items, names: names, format: tick(column))
      }
      picture = try drawing.picture(of: drawn(spoken), without: drawn(ChartHeading(title: "")))
    } else {
      let items = rows.map { row in
        let value = chartValue(column, row)
        return BarChart.Item(CleanText.unmarked(members.name(row)), [value])
      }
      func drawn(_ heading: ChartHeading) -> BarChart {
        BarChart(heading: heading, items: items, format: tick(column))
      }
      picture = try drawing.picture(of: drawn(spoken), without: drawn(ChartHeading(title: "")))
    }
    let columns = [column] + (targets.map { [$0] } ?? [])
    return ReportDocument.Chart(
      id: section.id + "-chart", title: words(heading), takeaway: takeaway, picture: picture,
      data: data(members, rows: rows, columns: columns, section: section))
  }

  /// Won by month against the year before; nil where neither has anything.
  func line(
    _ chart: ReportDefinition.Chart, _ present: MetricTable, _ earlier: MetricTable,
    section: ReportDefinition.Section
  ) throws(GraphicsError) -> ReportDocument.Chart? {
    guard let now = present[chart.metric], let before = earlier[chart.metric] else { return nil }
    let months = (0..<chart.months).map {
      context.asOf.startOfMonth(adding: $0 - chart.months)
    }
    let rowOf = monthRows(present)
    let rowBefore = monthRows(earlier)
    let nowRows = months.map { rowOf[monthKey($0)] }
    let beforeRows = months.map { rowBefore[monthKey($0.startOfMonth(adding: -12))] }
    let hasEarlier = beforeRows.contains { row in
      row.flatMap(before.value).map { $0.numerator != 0 } ?? false
    }
    guard
      hasEarlier
        || nowRows.contains(where: { row in
          row.flatMap(now.value).map { $0.numerator != 0 } ?? false
        })
    else { return nil }

    let sums = (sum(now, nowRows), sum(before, beforeRows))
    let sentence = lineTakeaway(
      months: chart.months, now: sums.0, before: hasEarlier ? sums.1 : nil)
    let heading = heading(chart, section)
    let first = now.title
    var series = [
      LineChart.Series(
        "Latest", .actual, numbers: nowRows.map { number(now, $0) },
        lastText: shownText(now, nowRows.last ?? nil))
    ]
    if hasEarlier {
      series.append(
        LineChart.Series(
          "Year before", .prior, numbers: beforeRows.map { number(before, $0) },
          lastText: shownText(before, beforeRows.last ?? nil)))
    }
    let labels = months.map { format.locale.shortMonths[$0.civil.month - 1] }
    func drawn(_ heading: ChartHeading) -> LineChart {
      LineChart(heading: heading, labels: labels, series: series, format: tick(now))
    }
    let spoken = ChartHeading(
      takeaway: sentence.plain, title: heading.title, subtitle: heading.subtitle)
    let columns = [
      ReportDocument.Column(key: "month", title: "Month", isRowHeader: true),
      ReportDocument.Column(
        key: chart.metric, title: first, alignment: .end, definition: chart.metric),
      ReportDocument.Column(
        key: chart.metric + "_before", title: first + ", year before", alignment: .end,
        definition: chart.metric),
    ]
    let rows = months.indices.map { index in
      ReportDocument.Row([
        ReportDocument.Cell(format.text(format.monthText(months[index]))),
        ReportDocument.Cell(shown(now, nowRows[index])),
        ReportDocument.Cell(shown(before, beforeRows[index])),
      ])
    }
    return ReportDocument.Chart(
      id: section.id + "-chart", title: words(heading), takeaway: sentence,
      picture: try drawing.picture(of: drawn(spoken), without: drawn(ChartHeading(title: ""))),
      data: ReportDocument.Table(
        id: section.id + "-data", title: section.title, columns: columns, rows: rows,
        whyEmpty: ""))
  }

  private func heading(
    _ chart: ReportDefinition.Chart, _ section: ReportDefinition.Section
  ) -> ChartHeading {
    ChartHeading(
      title: section.title, subtitle: chart.subtitle?.filled(plan.common)?.plain)
  }

  /// What stands below the section's title, which is not repeated.
  private func words(_ heading: ChartHeading) -> String {
    let subtitle = heading.subtitle ?? ""
    return subtitle.isEmpty ? format.currency : "\(subtitle); \(format.currency)"
  }

  /// The edition's own row first, then those directly below it, and for the company what is in no
  /// territory, so that the rows sum to the whole; all rows of other dimensions.
  private func chartRows(_ members: MemberRows, _ column: MetricColumn) -> [Int] {
    guard members.dimension == .territorySubtree else { return Array(members.rows) }
    let parts = Set(plan.edition.parts.map(\.id))
    let own = members.rows.filter { members.id($0) == plan.edition.id }
    let below = members.rows.filter { members.id($0).map(parts.contains) ?? false }
    let rest = members.rows.filter { row in
      plan.edition.kind == .company && members.id(row) == nil && isKnownAndNotZero(column, row)
    }
    return own + below + rest
  }

  private func isKnownAndNotZero(_ column: MetricColumn, _ row: Int) -> Bool {
    column.value(row).map { $0.numerator != 0 } ?? false
  }
}

extension SectionBuilder {
  /// Who has most, and its share: arithmetic, no causes.
  private func takeaway(
    _ column: MetricColumn, _ targets: MetricColumn?, _ members: MemberRows, _ rows: [Int]
  ) -> ReportDocument.Prose {
    if members.dimension == .territorySubtree, let own = rows.first,
      members.id(own) == plan.edition.id, let target = targets?.value(own), target.numerator > 0,
      let value = column.value(own)
    {
      let share = Ratio(
        value.numerator * target.denominator, over: value.denominator * target.numerator)
      return """
        \(plan.editionName) has \(format.shortMoney(value)) of \(format.shortMoney(target)), \
        \(format.rate(share)).
        """
    }
    let parts = rows.filter { members.id($0) != plan.edition.id || plan.edition.id.isEmpty }
    let values = parts.map { ($0, column.value($0) ?? Ratio(0, over: 1)) }
    let total = values.reduce(Ratio(0, over: 1)) { SectionBuilder.add($0, $1.1) }
    guard
      let top = values.max(by: { SectionBuilder.isLess($0.1, $1.1) }), total.numerator > 0,
      top.1.numerator > 0
    else { return "" }
    let share = Ratio(
      top.1.numerator * total.denominator, over: top.1.denominator * total.numerator)
    let name = ReportDocument.Name(
      members.name(top.0), link: context.link(members.id(top.0)))
    let shown = format.shown(column, top.0, isShort: true)
    if values.filter({ $0.1.numerator != 0 }).count == 1 {
      return "\(name) has all of it: \(shown)."
    }
    return "\(name) has the most: \(shown), \(format.rate(share)) of \(format.shortMoney(total))."
  }

  private func lineTakeaway(
    months: Int, now: Ratio, before: Ratio?
  ) -> ReportDocument.Prose {
    let sum: ReportDocument.Prose =
      "The last \(format.count(Int128(months))) completed months sum to \(format.shortMoney(now))"
    guard let before,
      let change = format.change(from: before, to: now, against: "", moreIsBetter: nil)
    else { return sum + "." }
    return sum + ", \(change.value) on the \(format.count(Int128(months))) before."
  }

  /// The data of a chart as a table.
  private func data(
    _ members: MemberRows, rows: [Int], columns: [MetricColumn],
    section: ReportDefinition.Section
  ) -> ReportDocument.Table {
    let name = ReportDocument.Column(
      key: members.dimension.rawValue, title: members.dimension.title, isRowHeader: true)
    return ReportDocument.Table(
      id: section.id + "-data", title: section.title,
      columns: [name]
        + columns.map {
          ReportDocument.Column(
            key: $0.name, title: $0.title, alignment: .end,
            definition: $0.definition.isEmpty ? nil : $0.name)
        },
      rows: rows.map { row in
        ReportDocument.Row(
          [
            ReportDocument.Cell(
              format.text(members.name(row)), link: context.link(members.id(row)))
          ] + columns.map { ReportDocument.Cell(format.shown($0, row)) })
      }, whyEmpty: "")
  }

  private func chartValue(_ column: MetricColumn, _ row: Int) -> ChartValue {
    ChartValue(number(column, row), shownText(column, row))
  }

  /// A value as a length: pictures, unlike figures, are approximate.
  private func number(_ column: MetricColumn, _ row: Int?) -> Double? {
    row.flatMap(column.value).map { Double($0.numerator) / Double($0.denominator) }
  }

  private func shown(_ column: MetricColumn, _ row: Int?) -> Shown {
    row.map { format.shown(column, $0) } ?? format.money(0)
  }

  private func shownText(_ column: MetricColumn, _ row: Int?) -> String {
    row.map { format.shown(column, $0, isShort: true).text } ?? format.locale.undefined
  }

  /// Text of a tick in the unit of a column.
  private func tick(_ column: MetricColumn) -> @Sendable (Double) -> String {
    let (format, unit) = (self.format, column.unit)
    return { number in
      let exact = Ratio(Int128((number * 10_000).rounded()), over: Int128(Exact.scale))
      return switch unit {
      case .money: format.shortMoneyText(exact).replacingOccurrences(of: ".0\u{A0}", with: "\u{A0}")
      case .rate: format.rate(exact).text
      default: format.count(ValueFormatter.whole(exact)).text
      }
    }
  }

  private func sum(_ column: MetricColumn, _ rows: [Int?]) -> Ratio {
    rows.compactMap { $0.flatMap(column.value) }.reduce(Ratio(0, over: 1), SectionBuilder.add)
  }

  static func add(_ left: Ratio, _ right: Ratio) -> Ratio {
    if left.numerator == 0 { return right }
    if left.denominator == right.denominator {
      return Ratio(left.numerator + right.numerator, over: left.denominator)
    }
    return Ratio(
      left.numerator * right.denominator + right.numerator * left.denominator,
      over: left.denominator * right.denominator)
  }

  private static func isLess(_ left: Ratio, _ right: Ratio) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// Rows of an answer by month, by the first seven characters of the member (`2026-11`).
  private func monthRows(_ table: MetricTable) -> [String: Int] {
    let members = table[Dimension.month.rawValue]
    var rows: [String: Int] = [:]
    for row in 0..<table.rowCount {
      if let text = members?.text(row) { rows[String(text.prefix(7))] = row }
    }
    return rows
  }

  private func monthKey(_ day: Day) -> String { String(day.description.prefix(7)) }
}
