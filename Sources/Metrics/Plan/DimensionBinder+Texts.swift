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
    return Bound(
      dimension: dimension, members: Members(names: names, remainders: 1), codes: codes)
  }

  /// The members in their order with the remainder last: segments, bands and classes as configured,
  /// any other by bytes.
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
    DimensionFields.path(dimension, fact, ledger.records)
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
  /// The forecast category is the API value; only an export without it is read by the label.
  static func path(_ dimension: Dimension, _ fact: Fact, _ records: RecordSet?) -> [String] {
    let account =
      fact == .accounts || fact == .costs
      ? []
      : fact == .lineItems || fact == .dueDeals ? ["Opportunity", "Account"] : ["Account"]
    let deal = fact == .lineItems || fact == .dueDeals ? ["Opportunity"] : []
    switch dimension {
    case .segment: return account + ["Segment"]
    case .country: return account + ["BillingCountry"]
    case .industry: return account + ["Industry"]
    case .type:
      switch fact {
      case .revenueMovements, .familyRevenueMovements: return account + ["Type"]
      default: return deal + ["Type"]
      }
    case .leadSource: return deal + ["LeadSource"]
    case .stage: return deal + ["StageName"]
    case .forecastCategory:
      let hasValue = records?[.opportunity].has("ForecastCategory") ?? true
      return deal + [hasValue ? "ForecastCategory" : "ForecastCategoryName"]
    case .dealClass: return deal + ["Class"]
    case .dealBand: return deal + ["Band"]
    case .productFamily: return ["Product", "Family"]
    default: return []
    }
  }

  /// The path to the record of a dimension whose members are records.
  static func reference(_ dimension: Dimension, _ fact: Fact) -> [String] {
    switch (dimension, fact) {
    case (.owner, .opportunities), (.owner, .accounts): ["OwnerId"]
    case (.owner, .lineItems), (.owner, .dueDeals): ["OpportunityId", "OwnerId"]
    case (.ownerAtClose, .opportunities): ["OwnerId"]
    case (.ownerAtClose, .lineItems): ["OpportunityId", "OwnerId"]
    case (.owner, .quotas), (.ownerAtClose, .quotas): ["QuotaOwnerId"]
    case (.owner, .revenueMovements), (.owner, .familyRevenueMovements):
      ["AccountId", "OwnerId"]
    case (.product, .lineItems): ["Product2Id"]
    case (.account, .opportunities), (.family, .opportunities), (.account, .revenueMovements),
      (.family, .revenueMovements), (.account, .familyRevenueMovements),
      (.family, .familyRevenueMovements):
      ["AccountId"]
    case (.account, .lineItems), (.family, .lineItems), (.account, .dueDeals), (.family, .dueDeals):
      ["OpportunityId", "AccountId"]
    default: []
    }
  }
}
