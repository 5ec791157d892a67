import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// A bar or bullet chart of the members of a dimension; nil where none has a value.
  func bars(
    _ chart: ReportDefinition.Chart, _ members: MemberRows, target: String?,
    section: ReportDefinition.Section, _ state: SectionState
  ) -> ReportDocument.Chart? {
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
    let takeaway =
      Takeaway(memberFacts(column, targets, members, all, chart), format).sentence ?? ""
    let spoken = ChartHeading(
      takeaway: takeaway.plain, title: heading.title, subtitle: heading.subtitle)
    let grid = grid(members, rows: rows, columns: [column] + (targets.map { [$0] } ?? []))
    func drawn(_ heading: ChartHeading) -> any Chart {
      maker(heading, column.unit).chart(chart.kind == .bullet ? .bullet : .bar, grid)
    }
    let picture = drawing.picture(of: drawn(spoken), without: drawn(ChartHeading(title: "")))
    let columns = [column] + (targets.map { [$0] } ?? [])
    return ReportDocument.Chart(
      id: section.id + "-chart", title: words(heading), takeaway: takeaway, picture: picture,
      data: data(members, rows: rows, columns: columns, section: section))
  }

  /// Won by month against the year before; nil where neither has anything.
  func line(
    _ chart: ReportDefinition.Chart, _ present: MetricTable, _ earlier: MetricTable,
    section: ReportDefinition.Section
  ) -> ReportDocument.Chart? {
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

    let sentence =
      Takeaway(
        monthFacts(now, nowRows, hasEarlier ? (before, beforeRows) : nil, months), format
      ).sentence ?? ""
    let heading = heading(chart, section)
    let first = now.title
    let grid = ChartGrid(
      noun: Dimension.month.noun, isTime: true,
      groups: months.map { month in
        ChartGrid.Group(
          key: monthKey(month), name: format.monthText(month),
          span: Period(start: month, end: month.startOfMonth(adding: 1)))
      },
      series: [series("Latest", .actual, now, nowRows)]
        + (hasEarlier ? [series("Year before", .prior, before, beforeRows)] : []))
    func drawn(_ heading: ChartHeading) -> any Chart {
      maker(heading, now.unit, axis: .month).chart(.line, grid)
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
      picture: drawing.picture(of: drawn(spoken), without: drawn(ChartHeading(title: ""))),
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
  /// What the takeaway of members is made from; the edition's own row stands for them all.
  private func memberFacts(
    _ column: MetricColumn, _ targets: MetricColumn?, _ members: MemberRows, _ rows: [Int],
    _ chart: ReportDefinition.Chart
  ) -> TakeawayFacts {
    let own = rows.first { members.id($0) == plan.edition.id && !plan.edition.id.isEmpty }
    let cut = members.table.totalRowCount - members.table.rowCount + 1
    let parts = rows.filter { $0 != own }.map { row in
      let text = CleanText.unmarked(members.name(row))
      let isRest = members.table[members.dimension.rawValue]?.text(row) == Remainder.other
      return TakeawayFacts.Member(
        ReportDocument.Name(text, link: context.link(members.id(row))), column.value(row),
        target: targets?.value(row), cases: column.n?[row],
        kind: isRest ? .rest(max(1, cut)) : .named)
    }
    let measure = context.catalogue.flatMap { catalogue in
      catalogue[chart.metric].map { ChartShape.Measured($0, catalogue) }
    }
    let isLevel = measure?.isLevel ?? (column.unit != .money && column.unit != .count)
    let whole = own.flatMap(column.value)
    var adds = measure?.adds(along: members.dimension) ?? !isLevel
    if let whole {
      let sum = Ratio.sum(parts.map(\.value)) ?? Ratio(0, over: 1)
      adds = adds && sum.compared(to: whole) == 0
    }
    if members.dimension == .ownerSubtree { adds = false }
    var facts = TakeawayFacts(
      parts, noun: members.dimension.noun, unit: column.unit, adds: adds, isLevel: isLevel,
      whole: isLevel ? whole : nil)
    facts.targetWord = "quota"
    facts.restIsSmallest = chart.order.isEmpty || chart.order.first?.column == chart.metric
    if let own, let value = whole, let target = targets?.value(own), target.sign > 0 {
      facts.subject = TakeawayFacts.Subject(
        ReportDocument.Name(plan.editionName.text, link: plan.editionName.link), value,
        target: target)
    }
    return facts
  }

  /// What the takeaway of complete months is made from, beside those a year before.
  private func monthFacts(
    _ now: MetricColumn, _ rows: [Int?], _ before: (MetricColumn, [Int?])?, _ months: [Day]
  ) -> TakeawayFacts {
    let adds = now.unit == .money || now.unit == .count
    let members = months.indices.map { index in
      TakeawayFacts.Member(
        ReportDocument.Name(format.monthText(months[index])),
        value(now, rows[index], adds), earlier: before.flatMap { value($0.0, $0.1[index], adds) })
    }
    var facts = TakeawayFacts(
      members, axis: .spans(inYear: 12, lastIsToDate: false), noun: Dimension.month.noun,
      unit: now.unit, adds: adds, isLevel: !adds)
    if before != nil {
      facts.against = "the \(format.count(Int128(months.count)).text) months before"
    }
    return facts
  }

  /// A month without a row holds nothing where figures add up.
  private func value(_ column: MetricColumn, _ row: Int?, _ adds: Bool) -> Ratio? {
    row.flatMap(column.value) ?? (adds ? Ratio(0, over: 1) : nil)
  }

  private func maker(
    _ heading: ChartHeading, _ unit: Unit, axis: Dimension? = nil
  ) -> ChartMaker {
    ChartMaker(context: context, heading: { _ in heading }, unit: unit, axis: axis, limit: Int.max)
  }

  private func grid(_ members: MemberRows, rows: [Int], columns: [MetricColumn]) -> ChartGrid {
    ChartGrid(
      noun: members.dimension.noun, isTime: false,
      groups: rows.map { row in
        let name = CleanText.unmarked(members.name(row))
        return ChartGrid.Group(key: members.id(row) ?? name, name: name)
      }, series: columns.map { series($0.title, .actual, $0, rows) })
  }

  private func series(
    _ name: String, _ notation: Notation, _ column: MetricColumn, _ rows: [Int?]
  ) -> ChartGrid.Series {
    ChartGrid.Series(
      name: name, notation: notation, unit: column.unit,
      values: rows.map { $0.flatMap(column.value) },
      cases: rows.map { row in row.flatMap { column.n?[$0] } })
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

  private func shown(_ column: MetricColumn, _ row: Int?) -> Shown {
    row.map { format.shown(column, $0) } ?? format.money(0)
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
