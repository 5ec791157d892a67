import Expressions
import Records

/// Finds what metrics, lists, tables and families are made from.
///
/// `RequiredFields` says what to load; this says what must be there for a figure to mean anything.
public struct NeedsFinder: Sendable {
  private let catalogue: MetricCatalogue
  let settings: MetricSettings

  public init(catalogue: MetricCatalogue, settings: MetricSettings) {
    self.catalogue = catalogue
    self.settings = settings
  }

  /// A part of a table with what it is made from.
  public struct Part: Hashable, Sendable {
    /// Name of the column or metric.
    public let name: String
    /// What people see it called.
    public let title: String
    public let needs: Needs

    init(_ name: String, _ title: String, _ needs: Needs) {
      self.name = name
      self.title = title
      self.needs = needs
    }
  }

  /// Heading of a metric, its name where the catalogue has none.
  public func title(of metric: String) -> String { catalogue[metric]?.title ?? metric }

  /// What a metric is made from when it is sliced and filtered.
  public func needs(
    of metric: String, by dimensions: [Dimension] = [], where filter: ExpressionText? = nil
  ) -> Needs {
    var needs = Needs()
    for (_, measure) in catalogue.measures(of: metric) {
      let entity = measure.fact.entity
      needs.add(measure.fact.needs)
      for text in [measure.condition, filter].compactMap({ $0 }) {
        needs.add(text, entity, settings)
      }
      if let of = measure.of {
        if measure.aggregate == .countDistinct, let dimension = Dimension(rawValue: of.text) {
          // Members are counted here, and not named.
          needs.add(Needs(essential: self.needs(of: dimension, measure.fact).essential))
        } else {
          needs.add(of, entity, settings)
        }
      }
      if let date = measure.date {
        needs.add(path: date.split(separator: ".").map(String.init), entity, settings)
      }
      for dimension in dimensions { needs.add(self.needs(of: dimension, measure.fact)) }
    }
    return needs
  }

  /// What a condition over the records of a fact is made from.
  public func needs(of condition: ExpressionText, over fact: Fact) -> Needs {
    var needs = fact.needs
    needs.add(condition, fact.entity, settings)
    return needs
  }

  /// What each column of a list is made from.
  public func parts(of listing: Listing) -> [Part] {
    let entity = listing.fact.entity
    var rows = listing.fact.needs
    if let filter = listing.filter { rows.add(filter, entity, settings) }
    return listing.columns.map { column in
      var needs = rows
      if let dimension = Dimension(rawValue: column) {
        needs.add(self.needs(of: dimension, listing.fact))
      } else {
        needs.add(path: column.split(separator: ".").map(String.init), entity, settings)
      }
      return Part(column, column, needs)
    }
  }

  /// What each column of a standard table is made from; a part a dimension where it has several.
  public func parts(of table: StandardTable) -> [Part] {
    if let parts = table.partsWithoutQueries {
      return parts.map { Part($0.name, $0.name, $0.needs) }
    }
    if table == .repFit { return repFitParts }
    if table == .accountValues { return accountValueParts }
    let queries = table.maker.queries(.company)
    let own = table.ownNeeds
    let slices = Set(queries.map { $0.by.map(NeedsFinder.slice) })
    if slices.count > 1 {
      return queries.map { query in
        let all = query.metrics.map { needs(of: $0, by: query.by).and(own) }
        let shared = (all.first?.essential ?? []).filter { need in
          all.allSatisfy { $0.essential.contains(need) }
        }
        let rest = all.flatMap { $0.essential.filter { !shared.contains($0) } + $0.refining }
        let words = "figures by " + query.by.map { $0.title.lowercased() }.joined(separator: ", ")
        return Part(words, words, Needs(essential: shared, refining: rest))
      }
    }
    var seen: Set<String> = []
    let names = own.essential.isEmpty ? [] : [Part("account", Dimension.account.title, own)]
    return names
      + queries.flatMap { query in
        query.metrics.filter { seen.insert($0).inserted }.map { metric in
          Part(metric, title(of: metric), needs(of: metric, by: query.by).and(own))
        }
      }
  }

  /// What a family tree is made from.
  public var familyTree: Needs {
    Needs(essential: [.records(.account), .field(.account, "ParentId")])
      .and(needs(of: "won_amount", by: [.family]))
  }

  /// A territory with its descendants is a territory here.
  private static func slice(_ dimension: Dimension) -> Dimension {
    dimension == .territorySubtree ? .territory : dimension == .ownerSubtree ? .owner : dimension
  }

  private func needs(of dimension: Dimension, _ fact: Fact) -> Needs {
    var needs = Needs()
    switch dimension {
    case .territory, .territorySubtree, .territoryAtClose:
      needs.add(.activeModel)
      if dimension == .territoryAtClose { needs.add(refining: .records(.opportunityFieldHistory)) }
      switch fact {
      case .accounts: needs.add(.accountTerritories)
      case .opportunities, .lineItems, .dueDeals, .splits:
        needs.add(.any([.field(.opportunity, "Territory2Id"), .accountTerritories]))
      case .quotas: needs.add(.field(.quota, "Territory2Id"))
      case .revenueMovements, .familyRevenueMovements, .activities: needs.add(.accountTerritories)
      case .costs, .leads: break
      }
    default:
      let path = DimensionFields.path(dimension, fact)
      if !path.isEmpty { needs.add(path: path, fact.entity, settings) }
    }
    var entity = fact.entity
    for field in DimensionFields.reference(dimension, fact) {
      if !entity.isDerived { needs.add(.field(entity, field)) }
      if case .reference(let target) = entity.field(named: field)?.kind { entity = target }
    }
    if dimension == .ownerAtClose { needs.add(refining: .records(.opportunityFieldHistory)) }
    if dimension == .ownerSubtree { needs.add(refining: .field(.user, "ManagerId")) }
    if dimension == .family { needs.add(refining: .field(.account, "ParentId")) }
    if let members = dimension.entity { needs.add(refining: .field(members, "Name")) }
    return needs
  }
}

extension StandardTable {
  /// What the table is made from besides its queries.
  fileprivate var ownNeeds: Needs {
    if self == .recurringRevenue { return Fact.revenueMovements.needs }
    guard self == .unassignedAccounts else { return Needs() }
    return Needs(
      essential: [.accountTerritories],
      refining: [.field(.account, "OwnerId"), .field(.user, "Name")]
    )
  }
}

extension Needs {
  /// Adds the fields that an expression names.
  fileprivate mutating func add(
    _ text: ExpressionText, _ entity: Entity, _ settings: MetricSettings
  ) {
    guard let expression = try? Expression(parsing: text.text, at: text.at) else { return }
    for path in expression.fields { add(path: path, entity, settings) }
  }

  /// Adds the references that a path follows and the field at its end.
  fileprivate mutating func add(path: [String], _ entity: Entity, _ settings: MetricSettings) {
    var current = entity
    for part in path.dropLast() {
      guard let (field, target) = FactResolver.reference(part, of: current) else { return }
      if !current.isDerived { add(.field(current, field)) }
      current = target
    }
    // The fields of a derived record are there whenever what it is made from is.
    guard !current.isDerived else {
      if current == .credit, path.last?.lowercased() == "value" {
        add(derived: "value", .opportunity, settings)
      }
      return
    }
    guard let name = path.last, name.lowercased() != "id" else { return }
    if name.lowercased() == "name" {
      // A record without a name is shown by its Id.
      add(.records(current))
      add(refining: .field(current, "Name"))
      return
    }
    if FactResolver.derivedNames(of: current).contains(where: {
      $0.lowercased() == name.lowercased()
    }) {
      add(derived: name.lowercased(), current, settings)
    } else {
      add(.field(current, current.field(named: name)?.name ?? name))
    }
  }

  /// Adds what a derived field cannot be made without; rates are not among it, because a row in the
  /// corporate currency needs none.
  private mutating func add(derived name: String, _ entity: Entity, _ settings: MetricSettings) {
    switch (entity, name) {
    case (.opportunity, "value"), (.opportunity, "band"):
      add(.field(.opportunity, settings.valueField))
    case (.opportunity, "class"), (.opportunity, "isbooking"): addClasses(settings)
    case (.opportunity, "cycledays"):
      add(.field(.opportunity, "CreatedDate"))
      add(.field(.opportunity, "CloseDate"))
      add(refining: .records(.opportunityHistory))
    case (.opportunity, "pushes"): add(.field(.opportunityHistory, "CloseDate"))
    case (.opportunity, "daysinstage"), (.opportunity, "isstalled"):
      add(.field(.opportunityHistory, "StageName"))
      if name == "isstalled" { addClasses(settings) }
    case (.opportunity, "forecast"):
      add(
        .any([
          .field(.opportunity, "ForecastCategory"), .field(.opportunity, "ForecastCategoryName"),
        ]))
    case (.opportunity, "expirydate"):
      add(.field(.opportunity, "CloseDate"))
      add(.field(.opportunity, settings.termField ?? "ContractTerm"))
    case (.account, "revenue"): add(.field(.account, "AnnualRevenue"))
    case (.account, "segment"): add(.field(.account, settings.segmentField))
    case (.account, "isunassigned"): add(.accountTerritories)
    case (.account, "valuescore"), (.account, "istopdecile"), (.account, "repflag"):
      add(.records(.account))
    case (.account, "assigneddate"): addAssociations()
    case (.account, "daystoassign"):
      addAssociations()
      add(.field(.account, "CreatedDate"))
    case (.account, "daysunassigned"):
      add(.accountTerritories)
      add(.field(.account, "CreatedDate"))
    case (.lead, "isopen"): add(.field(.lead, "IsConverted"))
    case (.lead, "agedays"): add(.field(.lead, "CreatedDate"))
    case (.account, "isneglected"), (.account, "lastactivity"):
      add(
        refining: .any([
          .field(.account, "LastActivityDate"), .records(.task), .records(.event),
        ]))
    case (.lineItem, "value"):
      add(.field(.lineItem, "TotalPrice"))
      add(.field(.lineItem, "OpportunityId"))
    case (.opportunity, "isbythisday"): add(.field(.opportunity, "CloseDate"))
    case (.quota, "teamquota"), (.quota, "ismanager"):
      add(.field(.quota, "QuotaAmount"))
      add(refining: .field(.user, "ManagerId"))
    case (.quota, "quarterattainment"), (.quota, "yearattainment"):
      add(.field(.quota, "QuotaAmount"))
      add(.field(.opportunity, settings.valueField))
    case (.quota, "value"): add(.field(.quota, "QuotaAmount"))
    default: break
    }
  }

  private mutating func addAssociations() {
    add(.accountTerritories)
    add(
      .any([
        .field(.accountTerritory, "CreatedDate"), .field(.accountTerritory, "LastModifiedDate"),
      ]))
  }

  /// Without any field of the configured classes every deal is of none of them.
  private mutating func addClasses(_ settings: MetricSettings) {
    var fields = Needs()
    for dealClass in settings.classes { fields.add(dealClass.condition, .opportunity, settings) }
    guard !fields.essential.isEmpty else { return }
    add(.any(fields.essential))
    for need in fields.essential { add(refining: need) }
  }
}
