import Metadata
import Records

/// The territory models of an export, joined to its records.
struct ExportedModels {
  private(set) var models: [ResolvedModel] = []
  private(set) var findings: [Finding] = []
  /// Index of the active one in `models`.
  private(set) var active: Int?
  private let records: RecordSet

  init(_ records: RecordSet) {
    self.records = records
    let territories = records[.territory]
    let table = records[.territoryModel]
    guard territories.count > 0 || table.count > 0 else { return }
    let plans = ExportedPlans(records)
    // Without rows of models all territories are one.
    let rows: [Int32] = table.count == 0 ? [-1] : table.keys?.sortedRows() ?? []
    let activeRow = ExportedModels.activeRow(records)
    for row in rows {
      if row == activeRow { active = models.count }
      let plan = plans.plan(ofModel: row)
      findings += TerritoryMetadata.ruleFindings(of: plan.plan)
      models.append(resolved(plan.plan, territories: plan.territories, row: row))
    }
  }

  /// Row of the model whose territories hold today, as an assignment of the export takes it.
  private static func activeRow(_ records: RecordSet) -> Int32? {
    guard records[.territoryModel].count > 0 else { return -1 }
    if let row = TerritoryModel(activeIn: records)?.rows.first {
      return records[.territory].references("Territory2ModelId")[Int(row)]
    }
    let states = records[.territoryModel].categories("State")
    return states.codes.indices.first { states[$0]?.lowercased() == "active" }.map { Int32($0) }
  }

  private func resolved(_ plan: TerritoryPlan, territories: [Int32], row: Int32) -> ResolvedModel {
    let table = records[.territory]
    let tree = TerritoryModel(
      of: plan, ids: territories.map { table.id(Int($0)) }, rows: territories,
      rowCount: table.count)
    let joined = ExportedJoins(records, indexOfRow: tree.indexOfRow)
    return ResolvedModel(
      plan: plan, source: .export(row: row), tree: tree, types: plan.typeIndexes,
      members: joined.members(tree.count), knowsMembers: records.has(.userTerritory),
      associations: joined.associations, exclusions: joined.exclusions)
  }
}

extension TerritoryPlan {
  /// For each territory the index of its type, -1 where it has none.
  var typeIndexes: [Int32] {
    let indexes = Dictionary(
      types.enumerated().map { ($1.developerName.lowercased(), Int32($0)) },
      uniquingKeysWith: { first, _ in first })
    return territories.map { $0.type.flatMap { indexes[$0.lowercased()] } ?? -1 }
  }
}

/// What the export says of the territories of one model.
struct ExportedJoins {
  private let records: RecordSet
  /// Index of the territory at each row of the export's territories, -1 for none.
  private let indexOfRow: [Int32]

  init(_ records: RecordSet, indexOfRow: [Int32]) {
    self.records = records
    self.indexOfRow = indexOfRow
  }

  private func index(_ row: Int32) -> Int32 { row < 0 ? -1 : indexOfRow[Int(row)] }

  /// The active members of each territory, by user, then role, each once.
  func members(_ count: Int) -> [[PlannedAssignment.Member]] {
    let table = records[.userTerritory]
    let (users, territories) = (table.references("UserId"), table.references("Territory2Id"))
    let (isActive, roles) = (table.flags("IsActive"), table.categories("RoleInTerritory2"))
    var members = [[PlannedAssignment.Member]](repeating: [], count: count)
    for row in 0..<table.count where isActive[row] != 0 && users[row] >= 0 {
      let territory = index(territories[row])
      guard territory >= 0 else { continue }
      members[Int(territory)].append(
        PlannedAssignment.Member(user: users[row], role: roles[row]))
    }
    return members.map { members in
      Set(members).sorted { ($0.user, $0.role ?? "") < ($1.user, $1.role ?? "") }
    }
  }

  /// By account, then territory, each pair once.
  var associations: [StatedAssociation] {
    let table = records[.accountTerritory]
    let causes = table.categories("AssociationCause")
    let isManual = causes.values.map { $0.lowercased().contains("manual") }
    let (accounts, territories) = (table.references("ObjectId"), table.references("Territory2Id"))
    var found: [StatedAssociation] = []
    var isSorted = true
    for row in 0..<table.count where accounts[row] >= 0 {
      let territory = index(territories[row])
      guard territory >= 0 else { continue }
      let code = causes.codes[row]
      let association = StatedAssociation(
        pair: AccountTerritory(account: accounts[row], territory: territory),
        isManual: code >= 0 && isManual[Int(code)])
      isSorted = isSorted && found.last.map { $0.pair < association.pair } ?? true
      found.append(association)
    }
    guard !isSorted else { return found }
    // A manual one first, so that of two about one pair it is kept.
    found.sort { ($0.pair, $0.isManual ? 0 : 1) < ($1.pair, $1.isManual ? 0 : 1) }
    var kept: [StatedAssociation] = []
    kept.reserveCapacity(found.count)
    for association in found where kept.last?.pair != association.pair { kept.append(association) }
    return kept
  }

  /// By account, then territory, each pair once.
  var exclusions: [AccountTerritory] {
    let table = records[.territoryExclusion]
    let (accounts, territories) = (table.references("ObjectId"), table.references("Territory2Id"))
    let pairs = (0..<table.count).map {
      AccountTerritory(account: accounts[$0], territory: index(territories[$0]))
    }
    return Set(pairs.filter { $0.account >= 0 && $0.territory >= 0 }).sorted()
  }
}
