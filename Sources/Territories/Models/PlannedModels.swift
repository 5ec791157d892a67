import Records

/// The planned model that stands beside an export: in metadata files, or in a table.
struct PlannedModels {
  private let records: RecordSet
  private let userRecords: UserRecords
  private let exported: [ResolvedModel]

  init(_ records: RecordSet, _ userRecords: UserRecords, exported: [ResolvedModel]) {
    self.records = records
    self.userRecords = userRecords
    self.exported = exported
  }

  /// A model of metadata files; users are those of the file of planned users.
  ///
  /// Where the export has the model too, its territories are the export's, with what people did
  /// there.
  func model(ofFiles plan: TerritoryPlan) -> ResolvedModel {
    let same = exported.first {
      TerritoryPlan.matches($0.plan.developerName, plan.developerName)
    }
    var indexOfKey: [String: Int] = [:]
    for (index, territory) in (same?.plan.territories ?? []).enumerated() {
      indexOfKey[territory.developerName.lowercased()] = index
    }
    let others = plan.territories.map { indexOfKey[$0.developerName.lowercased()] }
    let rows = others.map { other in other.flatMap { same?.tree.rows[$0] } ?? -1 }
    let table = records[.territory]
    let tree = TerritoryModel(
      of: plan, ids: rows.map { $0 < 0 ? "" : table.id(Int($0)) }, rows: rows,
      rowCount: table.count)
    let joined = ExportedJoins(records, indexOfRow: tree.indexOfRow)
    let named = members(of: plan)
    return ResolvedModel(
      plan: plan, source: .files, tree: tree, types: plan.typeIndexes,
      members: named ?? joined.members(tree.count),
      knowsMembers: named != nil || (same != nil && records.has(.userTerritory)),
      associations: same == nil ? [] : joined.associations,
      exclusions: same == nil ? [] : joined.exclusions)
  }

  /// The planned users of each territory, by its developer name, else its name; nil where there is
  /// no file of them.
  private func members(of plan: TerritoryPlan) -> [[PlannedAssignment.Member]]? {
    guard let planned = userRecords.plan,
      planned.territories.contains(where: { !$0.members.isEmpty })
    else { return nil }
    let byKey = Dictionary(
      planned.territories.map { ($0.key.lowercased(), $0.members) }, uniquingKeysWith: +)
    return plan.territories.map { territory in
      let members =
        byKey[territory.developerName.lowercased()] ?? byKey[territory.name.lowercased()] ?? []
      return PlannedModels.sorted(members)
    }
  }

  private static func sorted(
    _ members: [PlannedAssignment.Member]
  ) -> [PlannedAssignment.Member] {
    Set(members).sorted { ($0.user, $0.role ?? "") < ($1.user, $1.role ?? "") }
  }

  /// A model of a table: its territories, and above those that the export knows too their parents.
  ///
  /// - Parameters:
  ///   - planned: the table.
  ///   - file: its name.
  /// - Returns: the model, which has no rules.
  func model(ofTable planned: PlannedAssignment, in file: String) -> ResolvedModel {
    var territories: [String: (territory: TerritoryPlan.Territory, row: Int32)] = [:]
    var types: [TerritoryPlan.TerritoryType] = []
    for planned in planned.territories {
      guard let row = planned.existing, let known = self.known(row) else {
        territories[planned.key.lowercased()] = (
          TerritoryPlan.Territory(developerName: planned.key, name: planned.key), -1
        )
        continue
      }
      types = known.model.plan.types
      for index in known.model.tree.above(known.index) {
        var territory = known.model.plan.territories[Int(index)]
        territory.rules = []
        territories[territory.developerName.lowercased()] = (
          territory, known.model.tree.rows[Int(index)]
        )
      }
    }
    let sorted = territories.values.sorted {
      $0.territory.developerName.utf8.lexicographicallyPrecedes($1.territory.developerName.utf8)
    }
    let plan = TerritoryPlan(
      developerName: PlannedModels.name(of: file), name: PlannedModels.name(of: file),
      state: "Planning", territories: sorted.map(\.territory), types: types,
      at: SourcePosition(file: file))
    return resolved(plan, rows: sorted.map(\.row), planned)
  }

  private func resolved(
    _ plan: TerritoryPlan, rows: [Int32], _ planned: PlannedAssignment
  ) -> ResolvedModel {
    let table = records[.territory]
    let tree = TerritoryModel(
      of: plan, ids: rows.map { $0 < 0 ? "" : table.id(Int($0)) },
      // The rows are of the model that holds today, whose territories these are to follow.
      rows: rows.map { _ in -1 }, rowCount: table.count)
    let indexOfKey = Dictionary(
      uniqueKeysWithValues: plan.territories.enumerated().map {
        ($1.developerName.lowercased(), $0)
      })
    func index(_ territory: PlannedAssignment.Territory) -> Int? {
      let key = territory.existing.flatMap { known($0) }.map {
        $0.model.plan.territories[Int($0.index)].developerName
      }
      return indexOfKey[(key ?? territory.key).lowercased()]
    }
    var members = [[PlannedAssignment.Member]](repeating: [], count: plan.territories.count)
    for territory in planned.territories {
      if let index = index(territory) { members[index] += territory.members }
    }
    let indexes = planned.territories.map(index)
    let assigned = planned.accounts.compactMap { account in
      indexes[account.territory].map {
        PlannedAssignment.PlannedAccount(
          account: account.account, territory: $0, owner: account.owner,
          isOwnerNamed: account.isOwnerNamed)
      }
    }
    return ResolvedModel(
      plan: plan, source: .table, tree: tree, types: plan.typeIndexes,
      members: members.map(PlannedModels.sorted),
      knowsMembers: members.contains { !$0.isEmpty },
      assigned: assigned.sorted { ($0.account, $0.territory) < ($1.account, $1.territory) })
  }

  /// A territory of the export by its row.
  private func known(_ row: Int32) -> (model: ResolvedModel, index: Int32)? {
    for model in exported {
      let index = model.tree.indexOfRow[Int(row)]
      if index >= 0 { return (model, index) }
    }
    return nil
  }

  /// The name of a file without its folder and ending.
  private static func name(of file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.split(separator: ".").first.map(String.init) ?? last
  }
}

extension TerritoryModel {
  /// A territory and all above it, the nearest first.
  func above(_ territory: Int32) -> [Int32] {
    var found: [Int32] = []
    var next = territory
    while next >= 0 {
      found.append(next)
      next = forest.parents[Int(next)]
    }
    return found
  }
}
