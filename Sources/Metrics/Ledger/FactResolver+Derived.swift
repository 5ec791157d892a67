import Expressions
import Records

extension FactResolver {
  /// Names that are derived rather than exported.
  static func derivedNames(of entity: Entity) -> [String] {
    switch entity {
    case .opportunity:
      ["Value", "Class", "IsBooking", "IsOpen", "IsLost", "CycleDays", "ExpiryDate", "Forecast"]
    case .account:
      [
        "Revenue", "Segment", "IsUnassigned", Neglect.field, "LastActivity", "AssignedDate",
        "DaysToAssign", "DaysUnassigned",
      ]
    case .lead: ["IsOpen", "AgeDays"]
    case .lineItem, .quota, .cost: ["Value"]
    case .revenueMovement, .familyRevenueMovement: ["GrossMargin"]
    default: []
    }
  }

  /// Fields that a derived name is made from.
  static func sources(
    of name: String, entity: Entity, _ settings: MetricSettings
  ) -> [(Entity, String)] {
    switch (entity, name.lowercased()) {
    case (.opportunity, "value"):
      [
        (.opportunity, settings.valueField), (.opportunity, "CurrencyIsoCode"),
        (.opportunity, "CloseDate"),
      ] + rateSources
    case (.opportunity, "class"): classSources(settings)
    case (.opportunity, "isbooking"):
      classSources(settings)
        + (settings.bookingsFrom == nil
          ? []
          : [
            (.opportunity, "StageName"), (.stage, "ApiName"), (.stage, "MasterLabel"),
            (.stage, "SortOrder"),
          ])
    case (.opportunity, "isopen"): [(.opportunity, "IsClosed")]
    case (.opportunity, "islost"): [(.opportunity, "IsClosed"), (.opportunity, "IsWon")]
    case (.opportunity, "cycledays"):
      [
        (.opportunity, "CreatedDate"), (.opportunity, "CloseDate"), (.opportunity, "StageName"),
        (.opportunity, "IsClosed"), (.opportunity, "IsWon"), (.stage, "ApiName"),
        (.stage, "MasterLabel"), (.stage, "IsClosed"), (.opportunityHistory, "Id"),
        (.opportunityHistory, "OpportunityId"), (.opportunityHistory, "StageName"),
        (.opportunityHistory, "CreatedDate"),
      ]
    case (.opportunity, "forecast"):
      [(.opportunity, "ForecastCategory"), (.opportunity, "ForecastCategoryName")]
    case (.opportunity, "expirydate"):
      [(.opportunity, "CloseDate")]
        + (settings.termField.map { [(.opportunity, $0)] } ?? [])
    case (.account, "revenue"):
      [(.account, "AnnualRevenue"), (.account, "CurrencyIsoCode")] + rateSources
    case (.account, "segment"):
      [(.account, settings.segmentField)]
        + (settings.segmentField.lowercased() == "annualrevenue"
          ? sources(of: "revenue", entity: .account, settings) : [])
    case (.account, "isunassigned"): [(.accountTerritory, "ObjectId")]
    case (.account, "assigneddate"): FirstAssignments.sources
    case (.account, "daystoassign"): FirstAssignments.sources + [(.account, "CreatedDate")]
    case (.account, "daysunassigned"): [(.accountTerritory, "ObjectId"), (.account, "CreatedDate")]
    case (.lead, "isopen"): [(.lead, "IsConverted"), (.lead, "Status")]
    case (.lead, "agedays"):
      ["IsConverted", "Status", "ConvertedDate", "CreatedDate"].map { (.lead, $0) }
    case (.account, "isneglected"), (.account, "lastactivity"): neglectSources(settings)
    case (.lineItem, "value"):
      [
        (.lineItem, "TotalPrice"), (.lineItem, "OpportunityId"),
        (.opportunity, "CurrencyIsoCode"), (.opportunity, "CloseDate"),
      ] + rateSources
    case (.quota, "value"):
      [(.quota, "QuotaAmount"), (.quota, "CurrencyIsoCode")] + rateSources
    default: []
    }
  }

  private static func neglectSources(_ settings: MetricSettings) -> [(Entity, String)] {
    let takes = StandardTable.neglectedAccounts.takes(settings)
    return takes.fields.flatMap { entity, names in names.map { (entity, $0) } }
      + takes.accountConditions.flatMap { condition -> [(Entity, String)] in
        guard let expression = try? Expression(parsing: condition.text, at: condition.at) else {
          return []
        }
        return expression.fields.filter { $0.last?.lowercased() != Neglect.field.lowercased() }
          .flatMap { path(of: $0, from: .account, settings) }
      }
  }

  static let rateSources: [(Entity, String)] = [
    (.currencyType, "IsoCode"), (.currencyType, "ConversionRate"), (.currencyType, "IsCorporate"),
    (.datedRate, "IsoCode"), (.datedRate, "ConversionRate"), (.datedRate, "StartDate"),
    (.datedRate, "NextStartDate"),
  ]

  private static func classSources(_ settings: MetricSettings) -> [(Entity, String)] {
    settings.classes.flatMap { dealClass -> [(Entity, String)] in
      guard
        let expression = try? Expression(
          parsing: dealClass.condition.text, at: dealClass.condition.at)
      else { return [] }
      return expression.fields.flatMap { path(of: $0, from: .opportunity, settings) }
    }
  }

  /// The fields of each table that a path walks over, its derived end included.
  static func path(
    of path: [String], from entity: Entity, _ settings: MetricSettings
  ) -> [(Entity, String)] {
    var needed: [(Entity, String)] = []
    var current = entity
    for part in path.dropLast() {
      guard let (field, target) = reference(part, of: current) else { return needed }
      needed.append((current, field))
      current = target
    }
    guard let name = path.last else { return needed }
    let sources = sources(of: name, entity: current, settings)
    if derivedNames(of: current).contains(where: { $0.lowercased() == name.lowercased() }) {
      return needed + sources
    }
    return needed + [(current, current.field(named: name)?.name ?? name)]
  }

  /// The cells of a derived name, or nil where the entity has none of that name.
  static func derived(
    _ name: String, of entity: Entity, _ ledger: Ledger
  ) -> (ResolvedField.Source, ValueType)? {
    switch (entity, name.lowercased()) {
    case (.opportunity, "isbooking"):
      guard let bookings = ledger.bookings.value.value else {
        return (.flag(true, rows: ledger.records[.opportunity].count), .flag)
      }
      return (.column(.flags(bookings)), .flag)
    case (.opportunity, "cycledays"):
      let cycles = ledger.cycles.value.value
      return (.elapsed(from: cycles.starts, to: cycles.ends), .days)
    case (.account, "daystoassign"):
      return (
        .elapsed(
          from: ledger.records[.account].days("CreatedDate"),
          to: ledger.facts.firstAssignments.value),
        .days
      )
    case (.account, "daysunassigned"):
      let since = FirstAssignments.waitingSince(
        ledger.records, isUnassigned: ledger.unassignedFlags.value)
      let asOf = [Int32](repeating: ledger.records.asOf.number, count: since.count)
      return (.elapsed(from: since, to: asOf), .days)
    case (.lead, "agedays"):
      let ends = DerivedLeads.ends(ledger.records, isOpen: ledger.facts.openLeads.value)
      return (.elapsed(from: ledger.records[.lead].days("CreatedDate"), to: ends), .days)
    default: return column(name, of: entity, ledger).map { (.column($0), $1) }
    }
  }

  private static func column(
    _ name: String, of entity: Entity, _ ledger: Ledger
  ) -> (Column, ValueType)? {
    switch (entity, name.lowercased()) {
    case (.opportunity, "value"): (.decimals(ledger.dealValues.value.value.values), .money)
    case (.opportunity, "class"): (.categories(classes(ledger)), .text)
    case (.opportunity, "isopen"): (.flags(ledger.openFlags.value), .flag)
    case (.opportunity, "islost"): (.flags(ledger.lostFlags.value), .flag)
    case (.opportunity, "forecast"): (.categories(ledger.facts.forecasts.value.cells), .text)
    case (.opportunity, "expirydate"): (.days(ledger.recurring.expiryDates.value), .day)
    case (.account, "revenue"): (.decimals(ledger.revenues.value.value.values), .money)
    case (.account, "segment"):
      (
        .categories(
          Categories(codes: ledger.segments.value.codes, values: ledger.segments.value.names)),
        .text
      )
    case (.account, "isunassigned"): (.flags(ledger.unassignedFlags.value), .flag)
    case (.account, "assigneddate"): (.days(ledger.facts.firstAssignments.value), .day)
    case (.lead, "isopen"): (.flags(ledger.facts.openLeads.value), .flag)
    case (.account, "isneglected"): (.flags(ledger.neglectedFlags), .flag)
    case (.account, "lastactivity"): (.days(ledger.lastActivities.value.days), .day)
    case (.lineItem, "value"): (.decimals(ledger.lineValues.value.value.values), .money)
    case (.quota, "value"): (.decimals(ledger.quotaAmounts.value.value.values), .money)
    case (.cost, "value"): (.decimals(ledger.recurring.costValues.value.value.values), .money)
    case (.revenueMovement, "grossmargin"), (.familyRevenueMovement, "grossmargin"):
      (
        .decimals(
          [Int64](
            repeating: ledger.settings.grossMargin ?? Exact.null,
            count: ledger.records[entity].count)), .number
      )
    default: nil
    }
  }

  private static func classes(_ ledger: Ledger) -> Categories {
    guard let classes = ledger.classes.value.value else {
      return Categories(
        codes: [Int32](
          repeating: Categories.null, count: ledger.records[.opportunity].count), values: [])
    }
    return Categories(codes: classes.codes, values: classes.names)
  }
}
