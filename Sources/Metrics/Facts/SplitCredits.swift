import Records

/// Who is credited with which part of a deal.
///
/// Grain: one row per user with a share of a deal by the split type whose total is validated, one
/// per deal without such shares for its owner, and one per share of an overlay type.
struct SplitCredits {
  /// Row of each credit's deal.
  private var deals: [Int32] = []
  private var owners: [Int32] = []
  private var values: [Int64] = []
  private var isOverlay: [UInt8] = []
  private var types: [Int32] = []
  /// Row of the split; `Reference.null` where the owner has the whole deal.
  private var splits: [Int32] = []

  /// The fields from which the table is made, besides those of a deal's value.
  static let sources: [(Entity, String)] =
    ["Id", "OpportunityId", "SplitOwnerId", "SplitTypeId", "SplitPercentage", "IsDeleted"]
    .map { (Entity.split, $0) }
    + ["Id", "MasterLabel", "SplitField", "IsTotalValidated", "IsActive"]
    .map { (.splitType, $0) }
    + [(.opportunity, "OwnerId")]

  /// The credits of all deals.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - dealValues: the value of each deal in corporate currency.
  ///   - valueField: the field that values a deal, which tells apart several validated types.
  /// - Returns: the table, and which deals are not shared out in full.
  static func table(
    _ records: RecordSet, dealValues: [Int64], valueField: String
  ) -> Ledger.Derived<Table> {
    var findings = FindingLog()
    let kinds = SplitTypes(records, valueField: valueField, &findings)
    let splits = records[.split]
    let (dealOfSplit, users) =
      (splits.references("OpportunityId"), splits.references("SplitOwnerId"))
    let percentages = splits.decimals("SplitPercentage")
    let typeOfSplit = splits.references("SplitTypeId")
    let ranks = splits.keys?.ranks() ?? Array(0..<Int32(splits.count))
    let splitsOfDeal = Adjacency(
      sources: records[.opportunity].count,
      pairs: dealOfSplit.enumerated().map { (source: $1, target: Int32($0)) })
    var credits = SplitCredits()
    for (deal, owner) in records[.opportunity].references("OwnerId").enumerated() {
      let value = dealValues[deal]
      var shares: [Int32] = []
      if splitsOfDeal.degree(deal) > 0 {
        let rows = splitsOfDeal[deal].sorted { ranks[Int($0)] < ranks[Int($1)] }
        shares = rows.filter { kinds.kind(typeOfSplit[Int($0)]) == .credit }
        for row in rows where kinds.kind(typeOfSplit[Int(row)]) == .overlay {
          let at = Int(row)
          credits.add(
            deal, users[at], share(of: value, percentages[at]), typeOfSplit[at], split: row,
            isOverlay: true)
        }
      }
      let total = shares.reduce(Int128(0)) { sum, row in
        percentages[Int(row)] == Exact.null ? sum : sum + Int128(percentages[Int(row)])
      }
      if !shares.isEmpty, !isWhole(total, of: shares.map { percentages[Int($0)] }) {
        findings.add(
          notWhole(at: splits.sources.position(of: Int(shares[0]))))
        shares = []
      }
      guard !shares.isEmpty else {
        credits.add(
          deal, owner, value, Reference.null, split: Reference.null, isOverlay: false)
        continue
      }
      // Rounded as a running total, so that the shares of a deal sum to its value to the last part.
      var (passed, given): (Int128, Int128) = (0, 0)
      for row in shares {
        let at = Int(row)
        passed += Int128(percentages[at])
        var own = Exact.null
        if value != Exact.null {
          let upTo = Exact.divide(Int128(value) * passed, by: total)
          own = Int64(truncatingIfNeeded: upTo - given)
          given = upTo
        }
        credits.add(deal, users[at], own, typeOfSplit[at], split: row, isOverlay: false)
      }
    }
    return Ledger.Derived(
      value: credits.table(
        records[.splitType].categories("MasterLabel"), keys: credits.keys(records)),
      findings: findings)
  }

  /// Whether shares make 100 %, up to a hundredth of a point a share, as thirds are written.
  private static func isWhole(_ total: Int128, of shares: [Int64]) -> Bool {
    guard !shares.contains(where: { $0 == Exact.null || $0 < 0 }) else { return false }
    let tolerance = Int128(Exact.scale) / 100 * Int128(shares.count)
    return (total - 100 * Int128(Exact.scale)).magnitude <= tolerance.magnitude
  }

  private static func share(of value: Int64, _ percentage: Int64) -> Int64 {
    guard value != Exact.null, percentage != Exact.null else { return Exact.null }
    let share = Exact.divide(
      Int128(value) * Int128(percentage), by: 100 * Int128(Exact.scale))
    return Int64(exactly: share) ?? Exact.null
  }

  private mutating func add(
    _ deal: Int, _ owner: Int32, _ value: Int64, _ type: Int32, split: Int32, isOverlay: Bool
  ) {
    deals.append(Int32(deal))
    owners.append(owner)
    values.append(value)
    types.append(max(type, Reference.null))
    splits.append(split)
    self.isOverlay.append(isOverlay ? 1 : 0)
  }

  /// The Id of the split, else that of the deal which its owner has whole.
  private func keys(_ records: RecordSet) -> Keys? {
    guard let ofDeals = records[.opportunity].keys else { return nil }
    let ofSplits = records[.split].keys
    if case .salesforce(let deals) = ofDeals {
      if case .salesforce(let own) = ofSplits {
        return .salesforce(
          SalesforceKeys(zip(splits, self.deals).map { $0 < 0 ? deals[Int($1)] : own[Int($0)] }))
      }
      if records[.split].count == 0 {
        return .salesforce(SalesforceKeys(self.deals.map { deals[Int($0)] }))
      }
    }
    var texts = Texts()
    for (split, deal) in zip(splits, deals) {
      let text = split < 0 ? ofDeals.text(Int(deal)) : ofSplits?.text(Int(split)) ?? ""
      texts.append(Array(text.utf8))
    }
    return .text(texts)
  }

  private func table(_ labels: Categories, keys: Keys?) -> Table {
    Table(
      entity: .credit, count: deals.count, keys: keys,
      columns: [
        "OpportunityId": .references(deals), "OwnerId": .references(owners),
        "Value": .decimals(values), "IsOverlay": .flags(isOverlay),
        "SplitType": .categories(
          Categories(
            codes: types.map { $0 < 0 ? Categories.null : labels.codes[Int($0)] },
            values: labels.values)),
      ])
  }

  private static func notWhole(at: SourcePosition?) -> Finding {
    Finding(
      code: "splits-not-whole", severity: .warning, at: at,
      what: "the shares of a deal do not sum to 100 %",
      done: "the whole deal is credited to its owner",
      suggestion: "correct the splits of the deal in the CRM")
  }
}

/// Which types of splits share out a deal, and which lie over it.
private struct SplitTypes {
  enum Kind { case credit, overlay, ignored }

  private let kinds: [Kind]
  /// What rows without a type are: shares, where the export holds no types.
  private let untyped: Kind

  /// Of several validated types the one of the configured value field, then the first by Id.
  init(_ records: RecordSet, valueField: String, _ findings: inout FindingLog) {
    let types = records[.splitType]
    let isValidated = types.flags("IsTotalValidated")
    let isActive = types.flags("IsActive")
    let fields = types.categories("SplitField")
    let ranks = types.keys?.ranks() ?? Array(0..<Int32(types.count))
    var validated = (0..<types.count).filter { isValidated[$0] == 1 && isActive[$0] != 0 }
    // A type alone of which nothing is said shares out the deal.
    if validated.isEmpty, types.count == 1, isValidated[0] == 2 { validated = [0] }
    let matching = validated.filter { fields[$0]?.lowercased() == valueField.lowercased() }
    let chosen = (matching.isEmpty ? validated : matching).min { ranks[$0] < ranks[$1] }
    kinds = (0..<types.count).map { type in
      if type == chosen { return .credit }
      return isValidated[type] == 0 && isActive[type] != 0 ? .overlay : .ignored
    }
    untyped = types.count == 0 ? .credit : .ignored
    guard records[.split].count > 0 else { return }
    if chosen == nil, types.count > 0 {
      findings.add(
        Finding(
          code: "split-types-unknown", severity: .warning, at: types.sources.position(of: 0),
          what: "no active split type is known to be validated to 100 %",
          done: "every deal is credited to its owner",
          suggestion: "export OpportunitySplitType with IsTotalValidated and IsActive"))
    } else if validated.count > 1, let chosen {
      findings.add(
        Finding(
          code: "split-types-several", severity: .notice, at: types.sources.position(of: chosen),
          what: "several split types are validated to 100 %",
          done: matching.isEmpty
            ? "deals are credited by the first of them by Id, and the others are left out"
            : "deals are credited by the one of the field that values a deal, and the others are"
              + " left out",
          suggestion: "name the field of the one you want as deals: value in cadastre.yaml"))
    }
  }

  func kind(_ type: Int32) -> Kind {
    type >= 0 ? kinds[Int(type)] : untyped
  }
}
