import Expressions
import Records

extension DimensionBinder {
  /// Dimensions whose members are texts: the union of the values that the facts hold.
  func texts(_ dimension: Dimension, _ space: QueryPlan.Space) -> Bound {
    var columns: [Fact: (values: Categories, via: [Int32]?)] = [:]
    for fact in space.facts { columns[fact] = column(dimension, fact) }
    let (names, none) = names(dimension, columns.values.map(\.values.values))
    var codeOfName: [String: Int32] = [:]
    for (code, name) in names.enumerated() { codeOfName[name] = Int32(code) }
    let codes = columns.mapValues { values, via in
      RowCodes(
        path: via.map { [$0] } ?? [], codes: values.codes,
        members: values.values.map { codeOfName[$0] ?? none }, missing: none)
    }
    var members = Members(names: names, remainders: 1)
    if dimension == .forecastCategory {
      for label in ledger.facts.forecasts.value.labels { members.labels[label.value] = label.label }
    }
    return Bound(dimension: dimension, members: members, codes: codes)
  }

  /// The members in their order with the remainder last: segments, bands and classes as configured,
  /// forecast categories as a forecast is read, any other by bytes.
  private func names(
    _ dimension: Dimension, _ values: [[String]]
  ) -> (names: [String], none: Int32) {
    switch dimension {
    case .segment:
      let names = ledger.segments.value.names
      return (names, Int32(names.count - 1))
    case .dealBand:
      let names = ledger.dealBands.value.names
      return (names, Int32(names.count - 1))
    case .dealClass:
      let names = ledger.classes.value.value?.names ?? [Remainder.none]
      return (names, Int32(names.count - 1))
    case .forecastCategory:
      let names = Set(values.joined()).sorted(by: ForecastCategories.precedes)
      return (names + [Remainder.none], Int32(names.count))
    default:
      let names = Set(values.joined()).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return (names + [Remainder.none], Int32(names.count))
    }
  }

  private func column(
    _ dimension: Dimension, _ fact: Fact
  ) -> (values: Categories, via: [Int32]?) {
    let resolver = FactResolver(fact, ledger: ledger)
    guard let field = resolver.resolve(path(dimension, fact)) else {
      let none = [Int32](repeating: Categories.null, count: ledger.records[fact.entity].count)
      return (Categories(codes: none, values: []), nil)
    }
    switch field.column {
    case .categories(let categories): return (categories, field.via)
    case .texts(let texts): return (DimensionBinder.categories(of: texts), field.via)
    default:
      return (
        Categories(
          codes: [Int32](repeating: Categories.null, count: field.column.count), values: []),
        field.via
      )
    }
  }

  /// The field that holds a dimension's member, from a fact on.
  private func path(_ dimension: Dimension, _ fact: Fact) -> [String] {
    DimensionFields.path(dimension, fact)
  }

  private static func categories(of texts: Texts) -> Categories {
    var codeOfText: [String: Int32] = [:]
    var values: [String] = []
    let codes = (0..<texts.count).map { row -> Int32 in
      guard let text = texts[row] else { return Categories.null }
      if let code = codeOfText[text] { return code }
      codeOfText[text] = Int32(values.count)
      values.append(text)
      return Int32(values.count - 1)
    }
    return Categories(codes: codes, values: values)
  }
}

/// Which fields hold the members of dimensions.
enum DimensionFields {
  /// The path to the field of a text dimension.
  ///
  /// The forecast category is the API's value, which the derived field finds.
  static func path(_ dimension: Dimension, _ fact: Fact) -> [String] {
    let deal = fact.isOfDeals ? ["Opportunity"] : []
    let account = fact == .accounts || fact == .costs ? [] : deal + ["Account"]
    switch dimension {
    case .country where fact == .leads: return ["Country"]
    case .state where fact == .leads: return ["State"]
    case .industry where fact == .leads: return ["Industry"]
    case .segment: return account + ["Segment"]
    case .country: return account + ["BillingCountry"]
    case .state: return account + ["BillingState"]
    case .industry: return account + ["Industry"]
    case .type:
      switch fact {
      case .revenueMovements, .familyRevenueMovements: return account + ["Type"]
      default: return deal + ["Type"]
      }
    case .leadSource: return deal + ["LeadSource"]
    case .lossReason: return deal + ["LossReason"]
    case .stage: return deal + ["StageName"]
    case .forecastCategory: return deal + ["Forecast"]
    case .dealClass: return deal + ["Class"]
    case .dealBand: return deal + ["Band"]
    case .productFamily: return ["Product", "Family"]
    default: return []
    }
  }

  /// The path to the record of a dimension whose members are records.
  static func reference(_ dimension: Dimension, _ fact: Fact) -> [String] {
    switch dimension {
    case .owner, .ownerSubtree, .ownerAtClose:
      switch fact {
      case .opportunities, .accounts, .activities, .leads, .splits: ["OwnerId"]
      case .lineItems, .dueDeals: ["OpportunityId", "OwnerId"]
      case .quotas: ["QuotaOwnerId"]
      case .revenueMovements, .familyRevenueMovements: ["AccountId", "OwnerId"]
      case .costs: []
      }
    case .account, .family:
      switch fact {
      case .opportunities, .revenueMovements, .familyRevenueMovements, .activities: ["AccountId"]
      case .lineItems, .splits, .dueDeals: ["OpportunityId", "AccountId"]
      case .accounts, .quotas, .costs, .leads: []
      }
    case .product: fact == .lineItems ? ["Product2Id"] : []
    default: []
    }
  }
}
