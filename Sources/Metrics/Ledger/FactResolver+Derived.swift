import Expressions
import Records

extension FactResolver {
  /// Names that are derived rather than exported.
  static func derivedNames(of entity: Entity) -> [String] {
    switch entity {
    case .opportunity:
      [
        "Value", "Band", "Class", "IsBooking", "IsOpen", "IsLost", "CycleDays", "ExpiryDate",
        "Forecast", "Pushes", "DaysInStage", "IsStalled", Pace.field,
      ]
    case .account:
      [
        "Revenue", "Segment", "IsUnassigned", Neglect.field, "LastActivity", "AssignedDate",
        "DaysToAssign", "DaysUnassigned",
      ] + AccountValues.fields
    case .lead: ["IsOpen", "AgeDays"]
    case .quota: ["Value"] + QuotaHolders.fields
    case .lineItem, .cost: ["Value"]
    case .revenueMovement, .familyRevenueMovement: ["GrossMargin"]
    default: []
    }
  }

  /// Fields that a derived name is made from.
  static func sources(
    of name: String, entity: Entity, _ settings: MetricSettings
  ) -> [(Entity, String)] {
    switch (entity, name.lowercased()) {
    case (.opportunity, "value"), (.opportunity, "band"):
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
    case (.opportunity, "isbythisday"): [(.opportunity, "CloseDate")]
    case (.opportunity, "pushes"):
      [(.opportunity, "CloseDate"), (.opportunityHistory, "CloseDate")] + historySources
    case (.opportunity, "daysinstage"): stageSources
    case (.opportunity, "isstalled"): stageSources + classSources(settings)
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
    case (.account, "isneglected"), (.account, "lastactivity"):
      sources(of: .neglectedAccounts, settings)
    case (.account, "valuescore"), (.account, "istopdecile"):
      sources(of: .accountValues, settings)
    case (.account, "repflag"):
      sources(of: .accountValues, settings) + [(.account, "OwnerId"), (.opportunity, "OwnerId")]
    case (.lineItem, "value"):
      [
        (.lineItem, "TotalPrice"), (.lineItem, "OpportunityId"),
        (.opportunity, "CurrencyIsoCode"), (.opportunity, "CloseDate"),
      ] + rateSources
    case (.quota, "value"):
      [(.quota, "QuotaAmount"), (.quota, "CurrencyIsoCode")] + rateSources
    case (.quota, let name) where QuotaHolders.fields.contains { $0.lowercased() == name }:
      sources(of: "value", entity: .quota, settings)
        + sources(of: "value", entity: .opportunity, settings)
        + sources(of: "isbooking", entity: .opportunity, settings)
        + ["QuotaOwnerId", "StartDate", "ForecastingTypeId"].map { (.quota, $0) }
        + ["OwnerId", "IsWon"].map { (.opportunity, $0) } + [(.user, "ManagerId")]
    default: []
    }
  }

  /// Fields that a standard table takes which decides about a derived name.
  private static func sources(
    of table: StandardTable, _ settings: MetricSettings
  ) -> [(Entity, String)] {
    let takes = table.takes(settings)
    return takes.fields.flatMap { entity, names in names.map { (entity, $0) } }
      + takes.paths.flatMap { entity, path in self.path(of: path, from: entity, settings) }
      + takes.accountConditions.flatMap { condition -> [(Entity, String)] in
        guard let expression = try? Expression(parsing: condition.text, at: condition.at) else {
          return []
        }
        return expression.fields.filter { $0.last?.lowercased() != Neglect.field.lowercased() }
          .flatMap { path(of: $0, from: .account, settings) }
      }
  }

  private static let historySources = ["Id", "OpportunityId", "CreatedDate"]
    .map { (Entity.opportunityHistory, $0) }

  private static let stageSources: [(Entity, String)] =
    [
      (.opportunity, "StageName"), (.opportunity, "IsClosed"), (.opportunity, "IsWon"),
      (.opportunityHistory, "StageName"),
    ] + historySources

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
    case (.opportunity, "daysinstage"):
      let entries = ledger.dealHistory.stageStays.value.entries
      let asOf = [Int32](repeating: ledger.records.asOf.number, count: entries.count)
      return (.elapsed(from: entries, to: asOf), .days)
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
    case (.opportunity, "band"):
      (
        .categories(
          Categories(codes: ledger.dealBands.value.codes, values: ledger.dealBands.value.names)),
        .text
      )
    case (.opportunity, "class"): (.categories(classes(ledger)), .text)
    case (.opportunity, "isopen"): (.flags(ledger.openFlags.value), .flag)
    case (.opportunity, "islost"): (.flags(ledger.lostFlags.value), .flag)
    case (.opportunity, "isbythisday"): (.flags(ledger.paceFlags), .flag)
    case (.opportunity, "pushes"): (.decimals(ledger.dealHistory.pushes.value), .number)
    case (.opportunity, "isstalled"): (.flags(ledger.dealHistory.stageStays.value.stalled), .flag)
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
    case (.account, "valuescore"): (.decimals(ledger.accountValues.value.decimals), .number)
    case (.account, "istopdecile"): (.flags(ledger.repFlags.isTopDecile), .flag)
    case (.account, "repflag"): (.categories(ledger.repFlags.flags), .text)
    case (.lineItem, "value"): (.decimals(ledger.lineValues.value.value.values), .money)
    case (.quota, "value"): (.decimals(ledger.quotaAmounts.value.value.values), .money)
    case (.quota, "quarterattainment"): (.decimals(ledger.quotaHolders.ofQuarter), .number)
    case (.quota, "yearattainment"): (.decimals(ledger.quotaHolders.ofYear), .number)
    case (.quota, "isrampingquarter"): (.flags(ledger.quotaHolders.isRampingQuarter), .flag)
    case (.quota, "isrampingyear"): (.flags(ledger.quotaHolders.isRampingYear), .flag)
    case (.quota, "ismanager"): (.flags(ledger.quotaHolders.isManager), .flag)
    case (.quota, "teamquota"): (.decimals(ledger.quotaHolders.teamQuotas), .money)
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
