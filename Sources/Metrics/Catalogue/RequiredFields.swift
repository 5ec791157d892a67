import Expressions
import Records

/// The fields that figures are made from, which is all that Intake loads.
public struct RequiredFields: Sendable {
  /// Field names by entity.
  public private(set) var fields: [Entity: Set<String>] = [:]
  /// Further fields that are needed only where the export holds leads.
  public private(set) var fieldsWithLeads: [Entity: Set<String>] = [:]
  /// Whether figures are sliced by who held deals when they closed.
  public private(set) var asksAtClose = false
  private let catalogue: MetricCatalogue
  let settings: MetricSettings

  /// Starts with what every computation takes: who holds what, and how amounts convert.
  ///
  /// - Parameters:
  ///   - catalogue: the metrics that queries name.
  ///   - settings: how deals are valued and classed.
  ///   - isBare: whether to start with nothing, to see what one question takes by itself.
  public init(catalogue: MetricCatalogue, settings: MetricSettings, isBare: Bool = false) {
    self.catalogue = catalogue
    self.settings = settings
    if isBare { return }
    add(.opportunity, ["Id", "AccountId", "OwnerId", "Territory2Id", "CurrencyIsoCode"])
    add(.opportunity, ["CloseDate", "IsExcludedFromTerritory2Filter", "IsDeleted"])
    add(.account, ["Id", "Name", "OwnerId", "ParentId", "IsPersonAccount", "IsDeleted"])
    add(.account, ["MasterRecordId", "CurrencyIsoCode"])
    add(.user, ["Id", "Name", "ManagerId"])
    add(.territoryModel, ["Id", "Name", "State"])
    add(.territoryType, ["Id", "Priority"])
    add(.territory, ["Id", "Name", "DeveloperName", "ParentTerritory2Id", "Territory2ModelId"])
    add(.territory, ["Territory2TypeId"])
    add(.accountTerritory, ["ObjectId", "Territory2Id", "IsDeleted"])
    add(.userTerritory, ["UserId", "Territory2Id", "IsActive"])
    add(.currencyType, ["IsoCode", "ConversionRate", "IsCorporate", "DecimalPlaces"])
    add(.datedRate, ["IsoCode", "ConversionRate", "StartDate", "NextStartDate"])
    add(path: ["Value"], of: .opportunity)
  }

  /// Adds what standard tables take.
  public mutating func add(_ tables: [StandardTable]) {
    for table in tables {
      add(table.maker.queries(.company))
      let takes = table.takes(settings)
      for (entity, names) in takes.fields { add(entity, names) }
      for (entity, names) in takes.fieldsWithLeads {
        fieldsWithLeads[entity, default: []].formUnion(names)
      }
      for (entity, path) in takes.paths { add(path: path, of: entity) }
      for condition in takes.accountConditions { add(condition, of: .account) }
      if table == .families { add(path: ["Revenue"], of: .account) }
      if table == .unassignedAccounts { add(path: ["IsUnassigned"], of: .account) }
      if table == .recurringRevenue || table == .accountValues { add(sourcesOf: .revenueMovements) }
    }
  }

  /// The fields with those that leads ask for.
  public var all: [Entity: Set<String>] {
    fields.merging(fieldsWithLeads) { $0.union($1) }
  }

  /// Adds what queries take.
  public mutating func add(_ queries: [Query]) {
    for query in queries {
      if query.by.contains(.ownerAtClose) || query.by.contains(.territoryAtClose) {
        asksAtClose = true
      }
      for (_, measure) in query.metrics.flatMap({ catalogue.measures(of: $0) }) {
        add(measure, query)
      }
    }
  }

  /// Adds what listings take.
  public mutating func add(_ listings: [Listing]) {
    for listing in listings {
      let entity = listing.fact.entity
      add(entity, ["Id"])
      add(sourcesOf: listing.fact)
      for condition in [listing.filter].compactMap({ $0 }) + listing.reasons {
        add(condition, of: entity)
      }
      for name in listing.columns + listing.order.map(\.column) {
        let base = name.hasSuffix("_id") ? String(name.dropLast(3)) : name
        if let dimension = Dimension(rawValue: base) {
          add(dimension, of: listing.fact)
        } else {
          add(path: name.split(separator: ".").map(String.init), of: entity)
        }
      }
    }
  }

  /// Adds what a family tree takes.
  public mutating func addFamilyTree() {
    add(.account, ["BillingCountry"])
    add([Query(metrics: ["won_amount", "open_amount", "won_count", "open_count"], by: [.family])])
  }

  private mutating func add(_ measure: Measure, _ query: Query) {
    let entity = measure.fact.entity
    add(entity, ["IsDeleted"])
    for text in [measure.condition, query.filter].compactMap({ $0 }) { add(text, of: entity) }
    if let of = measure.of {
      if measure.aggregate == .countDistinct, let dimension = Dimension(rawValue: of.text) {
        add(dimension, of: measure.fact)
      } else {
        add(of, of: entity)
      }
    }
    if let date = measure.date {
      add(path: date.split(separator: ".").map(String.init), of: entity)
    }
    for dimension in query.by { add(dimension, of: measure.fact) }
    switch measure.fact {
    case .lineItems: add(.lineItem, ["OpportunityId"])
    case .quotas: add(.quota, ["QuotaOwnerId", "Territory2Id", "ForecastingTypeId"])
    case .opportunities, .accounts, .leads: break
    case .revenueMovements, .familyRevenueMovements, .costs, .dueDeals, .activities, .splits:
      add(sourcesOf: measure.fact)
    }
  }

  private mutating func add(_ dimension: Dimension, of fact: Fact) {
    add(path: DimensionFields.path(dimension, fact), of: fact.entity)
    if dimension == .ownerSubtree { add(.user, ["ManagerId"]) }
    var entity = fact.entity
    for field in DimensionFields.reference(dimension, fact) {
      add(entity, [field])
      if case .reference(let target) = entity.field(named: field)?.kind { entity = target }
    }
    for (entity, field) in AtClose.sources(of: dimension, fact, settings) { add(entity, [field]) }
    if let members = dimension.entity { add(members, ["Id", "Name"]) }
    if fact == .lineItems { add(.lineItem, ["OpportunityId"]) }
  }

  mutating func add(_ text: ExpressionText, of entity: Entity) {
    guard let expression = try? Expression(parsing: text.text, at: text.at) else { return }
    for path in expression.fields { add(path: path, of: entity) }
  }

  mutating func add(path: [String], of entity: Entity) {
    for (entity, field) in FactResolver.path(of: path, from: entity, settings) {
      add(entity, [field])
    }
  }

  /// Adds the fields that a derived fact is made from.
  private mutating func add(sourcesOf fact: Fact) {
    for (entity, field) in fact.sources(settings) { add(entity, [field]) }
  }

  mutating func add(_ entity: Entity, _ names: [String]) {
    // What is derived stands in no file.
    guard !entity.isDerived else { return }
    fields[entity, default: []].formUnion(names)
  }
}
