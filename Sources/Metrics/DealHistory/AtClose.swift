import Records

/// Who owned deals, or in which territory they were, when they closed: figures as was.
///
/// METRICS §1: what OpportunityFieldHistory says, which knows the second; then what the last run saw that
/// saw the deal open; then a configured field, else what holds today. An open deal has what it has today.
struct AtClose: Sendable {
  /// The member of each deal: the row of a user, or the index of a territory; below zero for none.
  var members: [Int32]
  /// 1 for each closed deal of which only today's is known: it closed before the first change that the
  /// history holds of any deal, so that nobody can tell whether it changed since.
  var isPresent: [UInt8]

  /// The owners of deals when they closed.
  static func owners(_ sources: DealSources, _ closes: CloseMoments) -> AtClose {
    let records = sources.records
    let deals = records[.opportunity]
    let users = RecordsByText(records[.user])
    let changes = changes(["Owner", "OwnerId"], naming: .user, records)
    let field = sources.settings.ownerAtCloseField.flatMap { name -> Column? in
      deals.columns.first { $0.key.lowercased() == name.lowercased() }?.value
    }
    let configured = field.map { users.rows(of: $0) }
    let isClosed = deals.flags("IsClosed")
    let tracked = changes.firstDay
    var found = AtClose(
      members: deals.references("OwnerId").map { max($0, -1) },
      isPresent: [UInt8](repeating: 0, count: deals.count))
    for deal in 0..<deals.count where isClosed[deal] == 1 {
      if let user = changes.value(of: deal, closed: closes), user != Exact.null {
        found.members[deal] = Int32(truncatingIfNeeded: user)
      } else if let holder = sources.lastHolder(of: deal) {
        found.members[deal] = holder.owner.flatMap { users.row(of: $0) } ?? -1
      } else if let user = configured?[deal], user >= 0 {
        found.members[deal] = user
      } else if !closes.isClosed(deal, from: tracked) {
        found.isPresent[deal] = 1
      }
    }
    return found
  }

  /// The territories of deals when they closed, as the present model has them.
  static func territories(_ sources: DealSources, _ closes: CloseMoments) -> AtClose {
    let records = sources.records
    let deals = records[.opportunity]
    let changes = changes(["Territory2", "Territory2Id"], naming: .territory, records)
    let kept = KeptTerritories(sources)
    let accounts = deals.references("AccountId")
    let isExcluded = deals.flags("IsExcludedFromTerritory2Filter")
    let isClosed = deals.flags("IsClosed")
    let tracked = changes.firstDay
    var found = AtClose(
      members: sources.assignment.territoryOfDeal,
      isPresent: [UInt8](repeating: 0, count: deals.count))
    for deal in 0..<deals.count where isClosed[deal] == 1 {
      guard let row = changes.value(of: deal, closed: closes) else {
        if let holder = sources.lastHolder(of: deal) {
          found.members[deal] = kept.index(of: holder.territory)
        } else if !closes.isClosed(deal, from: tracked) {
          found.isPresent[deal] = 1
        }
        continue
      }
      found.members[deal] = sources.assignment.territory(
        own: row == Exact.null ? Reference.null : Int32(truncatingIfNeeded: row),
        account: accounts[deal], isExcluded: isExcluded[deal] == 1)
    }
    return found
  }

  private static func changes(
    _ names: [String], naming entity: Entity, _ records: RecordSet
  ) -> FieldChanges {
    FieldChanges(
      of: names, namingRowsOf: entity, records,
      deals: records[.opportunityFieldHistory].references("OpportunityId"),
      dealCount: records[.opportunity].count)
  }
}

extension DealSources {
  /// Who held a deal when a run saw it open last; nil where none did.
  fileprivate func lastHolder(of deal: Int) -> DealHolder? {
    lastHolders.isEmpty ? nil : lastHolders[records[.opportunity].id(deal)]
  }
}

/// Territories that runs have kept, as the present model has them.
private struct KeptTerritories {
  private let indices: [String: Int32]

  init(_ sources: DealSources) {
    guard !sources.lastHolders.isEmpty else {
      indices = [:]
      return
    }
    // Those of other models lead to what came of them, as for open deals.
    let territories = sources.records[.territory]
    var indices: [String: Int32] = [:]
    for row in 0..<territories.count where row < sources.assignment.successors.count {
      indices[territories.id(row)] = sources.assignment.successors[row]
    }
    for (index, id) in (sources.assignment.model?.ids ?? []).enumerated() {
      indices[id] = Int32(index)
    }
    self.indices = indices
  }

  func index(of territory: String?) -> Int32 {
    guard let territory else { return Assignment.NoTerritory.unassigned }
    guard let index = indices[territory], index >= 0 else { return Assignment.NoTerritory.former }
    return index
  }
}

extension FieldChanges {
  /// What a deal's field held when the deal closed, as far as its changes tell.
  fileprivate func value(of deal: Int, closed closes: CloseMoments) -> Int64? {
    let second = closes.seconds[deal]
    if second != Instants.null { return known(of: deal) { $0 > second } }
    let day = closes.days[deal]
    return day == Day.null ? nil : known(of: deal, onDay: { $0 > day })
  }
}

extension RecordsByText {
  /// The record that each cell of a column names, below zero where none.
  fileprivate func rows(of column: Column) -> [Int32] {
    switch column {
    case .references(let rows): return rows
    case .texts(let texts): return (0..<texts.count).map { row(texts, $0) ?? -1 }
    case .categories(let categories):
      var texts = Texts()
      for value in categories.values { texts.append(Array(value.utf8)) }
      let rows = (0..<texts.count).map { row(texts, $0) ?? -1 }
      return categories.codes.map { $0 < 0 ? -1 : rows[Int($0)] }
    default: return [Int32](repeating: -1, count: column.count)
    }
  }
}

extension AtClose {
  /// What is read of OpportunityFieldHistory.
  static let historyFields = [
    "Id", "OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate",
  ]

  /// The fields that a dimension of this kind is made from; none for the others.
  static func sources(
    of dimension: Dimension, _ fact: Fact, _ settings: MetricSettings
  ) -> [(Entity, String)] {
    guard dimension == .ownerAtClose || dimension == .territoryAtClose, fact != .quotas else {
      return []
    }
    return historyFields.map { (.opportunityFieldHistory, $0) }
      // The last close, as sales cycles take it.
      + FactResolver.sources(of: "cycledays", entity: .opportunity, settings)
      + (dimension == .ownerAtClose
        ? [(.opportunity, "OwnerId")]
          + (settings.ownerAtCloseField.map { [(.opportunity, $0)] } ?? [])
        : [])
  }
}
