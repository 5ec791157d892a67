/// The territories of one model as a tree.
///
/// Grain: one index per territory, in the order of Ids; for a model that stands in files, of developer
/// names. The active one of an export is made by `init(activeIn:)`.
public struct TerritoryModel: Sendable {
  /// Name of the model, nil where the export names none.
  public let name: String?
  /// What the model is called in metadata, by which a planned one is known once it is active; its name
  /// where none was exported, nil where the export has no models.
  public let developerName: String?
  /// Row of each territory in the export's Territory2 table, -1 where it stands in files only.
  public let rows: [Int32]
  public let ids: [String]
  public let names: [String]
  /// DeveloperName, by which a territory outlives models; the Id where there is none.
  public let developerNames: [String]
  public let forest: Forest
  /// Priority of each territory's type, bigger wins; all equal where there are no types.
  public let priorities: [Int64]
  /// DeveloperName of each territory's type, the type's Id where it has none; empty where a territory
  /// has no type.
  public let typeKeys: [String]
  /// Label of each territory's type, else its key; empty where a territory has no type.
  public let typeNames: [String]
  /// Index of the territory at each row of the Territory2 table, -1 for those of other models.
  public let indexOfRow: [Int32]

  public var count: Int { rows.count }

  /// The model in state Active; without model rows all territories are one model.
  ///
  /// Where the states were not exported, the territories of the one model that has any are it.
  public init?(activeIn records: RecordSet) {
    let territories = records[.territory]
    guard territories.count > 0 else { return nil }
    let models = records[.territoryModel]
    let modelOfTerritory = territories.references("Territory2ModelId")
    guard let model = TerritoryModel.activeModel(models, modelOfTerritory) else { return nil }
    self.init(
      of: territories, types: records[.territoryType],
      rows: (0..<Int32(territories.count)).filter {
        models.count == 0 || modelOfTerritory[Int($0)] == model
      },
      name: model >= 0 && models.count > 0 ? models.name(Int(model)) : nil,
      developerName: model >= 0 && models.count > 0
        ? models.texts("DeveloperName")[Int(model)] ?? models.name(Int(model)) : nil)
  }

  /// The territories that a plan names.
  ///
  /// - Parameters:
  ///   - plan: the model; its territories are taken in their order.
  ///   - ids: the Id of each territory, empty where it has none.
  ///   - rows: row of each in the export's Territory2 table, -1 where it has none.
  ///   - rowCount: how many rows that table has.
  public init(of plan: TerritoryPlan, ids: [String], rows: [Int32], rowCount: Int) {
    let priorities = Dictionary(
      plan.types.map { ($0.developerName.lowercased(), Int64($0.priority ?? 0) * Exact.scale) },
      uniquingKeysWith: { first, _ in first })
    let typeKeys = Dictionary(
      plan.types.map { ($0.developerName.lowercased(), $0.developerName) },
      uniquingKeysWith: { first, _ in first })
    var indexOfRow = [Int32](repeating: -1, count: rowCount)
    for (index, row) in rows.enumerated() where row >= 0 { indexOfRow[Int(row)] = Int32(index) }
    self.name = plan.name
    developerName = plan.developerName
    self.rows = rows
    self.ids = ids
    self.names = plan.territories.map(\.name)
    self.developerNames = plan.territories.map(\.developerName)
    self.forest = Forest(
      parents: plan.parents, ranks: (0..<Int32(plan.territories.count)).map { $0 })
    self.priorities = plan.territories.map { territory in
      territory.type.flatMap { priorities[$0.lowercased()] } ?? 0
    }
    self.typeKeys = plan.territories.map { territory in
      territory.type.map { typeKeys[$0.lowercased()] ?? $0 } ?? ""
    }
    let typeNames = Dictionary(
      plan.types.map { ($0.developerName.lowercased(), $0.name) },
      uniquingKeysWith: { first, _ in first })
    self.typeNames = plan.territories.map { territory in
      territory.type.map { typeNames[$0.lowercased()] ?? $0 } ?? ""
    }
    self.indexOfRow = indexOfRow
  }

  private init(
    of territories: Table, types: Table, rows: [Int32], name: String?, developerName: String?
  ) {
    let allRanks = territories.keys?.ranks() ?? (0..<Int32(territories.count)).map { $0 }
    let sorted = rows.sorted { allRanks[Int($0)] < allRanks[Int($1)] }
    var indexOfRow = [Int32](repeating: -1, count: territories.count)
    for (index, row) in sorted.enumerated() { indexOfRow[Int(row)] = Int32(index) }
    let parentRows = territories.references("ParentTerritory2Id")
    let parents = sorted.map { row -> Int32 in
      let parent = parentRows[Int(row)]
      return parent < 0 ? -1 : indexOfRow[Int(parent)]
    }
    let typeRows = territories.references("Territory2TypeId")
    let typePriorities = types.decimals("Priority")
    let developerNames = territories.texts("DeveloperName")
    self.name = name
    self.developerName = developerName
    self.rows = sorted
    self.ids = sorted.map { territories.id(Int($0)) }
    self.names = sorted.map { territories.name(Int($0)) }
    self.developerNames = sorted.map { developerNames[Int($0)] ?? territories.id(Int($0)) }
    self.forest = Forest(parents: parents, ranks: (0..<Int32(sorted.count)).map { $0 })
    self.typeKeys = sorted.map { row in
      let type = typeRows[Int(row)]
      return type < 0 ? "" : types.key(Int(type))
    }
    let typeLabels = types.texts("MasterLabel")
    self.typeNames = sorted.map { row in
      let type = typeRows[Int(row)]
      return type < 0 ? "" : typeLabels[Int(type)] ?? types.key(Int(type))
    }
    self.priorities = sorted.map { row in
      let type = typeRows[Int(row)]
      return type < 0 ? 0 : max(typePriorities[Int(type)], 0)
    }
    self.indexOfRow = indexOfRow
  }

  /// Row of the active model, -1 where there are no model rows, nil where it cannot be told.
  private static func activeModel(_ models: Table, _ modelOfTerritory: [Int32]) -> Int32? {
    guard models.count > 0 else { return -1 }
    let states = models.categories("State")
    if let active = (0..<models.count).first(where: { states[$0]?.lowercased() == "active" }) {
      return Int32(active)
    }
    // Without states, territories of one model only are it.
    guard states.codes.allSatisfy({ $0 == Categories.null }) else { return nil }
    let used = Set(modelOfTerritory.filter { $0 >= 0 })
    return used.count == 1 ? used.first : nil
  }
}

extension Table {
  /// The DeveloperName of a row, its Id where it has none.
  public func key(_ row: Int) -> String { texts("DeveloperName")[row] ?? id(row) }
}
