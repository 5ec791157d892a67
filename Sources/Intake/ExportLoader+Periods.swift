import Records

/// The fiscal years that an export gives day by day, in its rows of Period.
extension ExportLoader {
  /// Takes custom fiscal years into the organisation's calendar.
  ///
  /// Salesforce keeps Period for every organisation. Years of twelve whole months say nothing but the
  /// month in which they begin; as soon as one is otherwise, all are taken day by day.
  mutating func readPeriods() {
    guard let table = tables[.period], table.count > 0 else { return }
    var years: [FiscalCalendar.CustomYear] = []
    let quarters = spans(table, type: "Quarter")
    for span in spans(table, type: "Year") {
      let ofYear = quarters.map(\.period).filter {
        span.period.start <= $0.start && $0.end <= span.period.end
      }
      let isWhole =
        ofYear.first?.start == span.period.start && ofYear.last?.end == span.period.end
      let follows = years.last.map { $0.period.end <= span.period.start } ?? true
      guard isWhole, follows,
        let year = FiscalCalendar.CustomYear(name: name(span, in: table), quarters: ofYear)
      else {
        findings.add(
          IntakeFindings.fiscalYearUnusable(at: table.sources.position(of: span.row)))
        continue
      }
      years.append(year)
    }
    guard let first = years.first else { return }
    var calendar =
      organisation?.calendar ?? FiscalCalendar(startMonth: first.period.start.civil.month)
    if years.contains(where: { !$0.isOfWholeMonths }) {
      calendar.customYears = years
      findings.add(
        IntakeFindings.fiscalYearsCustom(years.count, at: table.sources.position(of: 0)))
    }
    if organisation == nil { organisation = Export.Organisation() }
    organisation?.calendar = calendar
  }

  /// The spans of one type in the order of their days; a row that lacks a day is none.
  private func spans(_ table: Table, type: String) -> [(period: Period, row: Int)] {
    let types = table.categories("Type")
    let (starts, ends) = (table.days("StartDate"), table.days("EndDate"))
    return (0..<table.count).compactMap { row in
      guard types[row]?.lowercased() == type.lowercased(), starts[row] != Day.null,
        ends[row] != Day.null, starts[row] <= ends[row]
      else { return nil }
      // The last day belongs to the period.
      let period = Period(
        start: Day(number: starts[row]), end: Day(number: ends[row]).adding(days: 1))
      return (period, row)
    }.sorted { ($0.period.start, $0.row) < ($1.period.start, $1.row) }
  }

  /// The year's name as its label says, `FY 2026`, else by its first or last day.
  private func name(_ span: (period: Period, row: Int), in table: Table) -> Int {
    let label = table.texts("FullyQualifiedLabel")[span.row] ?? ""
    if let match = label.firstMatch(of: /[0-9]{4}/), let name = Int(match.output) { return name }
    let isNamedByStart = organisation?.calendar?.namedBy == .startingYear
    return (isNamedByStart ? span.period.start : span.period.lastDay).civil.year
  }
}

extension FiscalCalendar.CustomYear {
  /// Whether it is twelve whole months in quarters of three, as any other fiscal year.
  fileprivate var isOfWholeMonths: Bool {
    quarters.count == 4
      && quarters.allSatisfy {
        $0.start.civil.day == 1 && $0.end == $0.start.startOfMonth(adding: 3)
      }
  }
}
