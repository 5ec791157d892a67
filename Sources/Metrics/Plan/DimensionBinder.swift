import Records

/// Binds dimensions to the columns of an export: their members, and each row's member.
struct DimensionBinder: Sendable {
  let ledger: Ledger
  let scopes: ScopeMasks

  /// The members of a dimension with how rows of each fact find theirs.
  struct Bound: Sendable {
    let dimension: Dimension
    let members: Members
    let codes: [Fact: RowCodes]
    /// Of spans of time: how rows find theirs by each date field of a fact.
    var dated: [QueryPlan.FactDate: RowCodes] = [:]

    /// How the rows of a fact find their members, of spans of time by a date field.
    func codes(of fact: Fact, by date: String?) -> RowCodes? {
      date.flatMap { dated[QueryPlan.FactDate(fact: fact, date: $0)] } ?? codes[fact]
    }
  }

  /// Binds one dimension for the facts of a space.
  func bind(_ dimension: Dimension, in space: QueryPlan.Space) -> Bound {
    switch dimension {
    case .territory, .territorySubtree: return territories(dimension, space)
    case .owner: return records(.user, dimension, space)
    case .ownerSubtree: return records(.user, dimension, space, above: ledger.managers.value.value)
    case .product: return records(.product, dimension, space)
    case .ownerAtClose, .territoryAtClose: return atClose(dimension, space)
    case .account, .family: return accounts(dimension, space)
    case .day, .week, .month, .fiscalQuarter, .fiscalYear:
      return TimeSpans(ledger).bind(dimension, in: space)
    case .segment, .country, .state, .industry, .type, .leadSource, .lossReason, .stage,
      .forecastCategory, .dealClass, .dealBand, .productFamily:
      return texts(dimension, space)
    }
  }

  private func records(
    _ entity: Entity, _ dimension: Dimension, _ space: QueryPlan.Space, above: Forest? = nil
  ) -> Bound {
    let members = Members(records: ledger.records[entity]) { [ledger] in
      ledger.order(of: entity)
    }
    let expansion = above.map { forest in
      // The remainders have nobody above them.
      Expansion(parents: forest.parents + [-1, -1], empty: members.unknown)
    }
    var codes: [Fact: RowCodes] = [:]
    for fact in space.facts {
      codes[fact] = RowCodes(
        path: path(fact, DimensionFields.reference(dimension, fact)), codes: nil,
        missing: members.unknown,
        // A manager's quota is the manager's own row: levels are never added.
        expansion: fact == .quotas ? nil : expansion)
    }
    return Bound(dimension: dimension, members: members, codes: codes)
  }

  /// Accounts and families; those that the scope does not let name are `other`.
  private func accounts(_ dimension: Dimension, _ space: QueryPlan.Space) -> Bound {
    let table = ledger.records[.account]
    let members = Members(records: table) { [ledger] in ledger.order(of: .account) }
    let own: [Int32]? =
      space.scope == .company
      ? (dimension == .family ? ledger.families.value.value.roots : nil)
      : scopes.named(ofFamilies: dimension == .family, space.scope, other: members.other)
    var codes: [Fact: RowCodes] = [:]
    for fact in space.facts {
      codes[fact] = RowCodes(
        path: path(fact, DimensionFields.reference(dimension, fact)), codes: own,
        missing: members.unknown)
    }
    return Bound(dimension: dimension, members: members, codes: codes)
  }

  private func territories(_ dimension: Dimension, _ space: QueryPlan.Space) -> Bound {
    let model = ledger.assignment.model
    let members = Members(territories: model)
    let unassigned = members.unknown
    let isSubtree = dimension == .territorySubtree
    var codes: [Fact: RowCodes] = [:]
    for fact in space.facts {
      switch fact {
      case .opportunities, .lineItems, .dueDeals, .splits:
        codes[fact] = RowCodes(
          path: fact.isOfDeals ? path(fact, ["OpportunityId"]) : [],
          codes: ledger.assignment.territoryOfDeal, missing: unassigned,
          expansion: isSubtree
            ? Expansion(ledger.territoryAncestors.value, empty: unassigned, isOfMembers: true)
            : nil)
      case .accounts:
        codes[fact] = RowCodes(
          path: [], codes: nil, missing: unassigned,
          expansion: isSubtree
            ? ledger.accountAncestors.value : ledger.accountTerritories.value)
      case .revenueMovements, .familyRevenueMovements, .activities:
        codes[fact] = RowCodes(
          path: path(fact, ["AccountId"]), codes: nil, missing: unassigned,
          expansion: isSubtree
            ? ledger.accountAncestors.value : ledger.accountTerritories.value)
      case .costs, .leads: break
      case .quotas:
        // A quota stands for its territory with all below it: it is never added to its parent's.
        // That of a territory of another model goes with what became of it.
        let index = ledger.assignment.successors
        let own = ledger.records[.quota].references("Territory2Id").map { row in
          guard row >= 0 else { return row == Reference.dangling ? unassigned + 1 : unassigned }
          let territory = Int(row) < index.count ? index[Int(row)] : -1
          return territory < 0 ? unassigned + 1 : territory
        }
        codes[fact] = RowCodes(via: nil, codes: own, missing: unassigned)
      }
    }
    return Bound(dimension: dimension, members: members, codes: codes)
  }

  /// The reference columns that lead from a fact along some fields.
  func path(_ fact: Fact, _ fields: [String]) -> [[Int32]] {
    var columns: [[Int32]] = []
    var entity = fact.entity
    for field in fields {
      columns.append(ledger.records[entity].references(field))
      if case .reference(let target) = entity.field(named: field)?.kind { entity = target }
    }
    return columns
  }
}
