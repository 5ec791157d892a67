/// The territories of one model as a tree.
///
/// Grain: one index per territory, in the order of Ids. A model that exists only as files has no
/// rows in the export; the active one of an export is made by `init(activeIn:)`.
public struct TerritoryModel: Sendable {
  /// Name of the model, nil where the export names none.
  public let name: String?
  /// Row of each territory in the export's Territory2 table.
  public let rows: [Int32]
  public let ids: [String]
  public let names: [String]
  /// DeveloperName, by which a territory outlives models; the Id where there is none.
  public let developerNames: [String]
  public let forest: Forest
  /// Priority of each territory's type, bigger wins; all equal where there are no types.
  public let priorities: [Int64]
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
      name: model >= 0 && models.count > 0 ? models.name(Int(model)) : nil)
  }

  private init(of territories: Table, types: Table, rows: [Int32], name: String?) {
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
    self.rows = sorted
    self.ids = sorted.map { territories.id(Int($0)) }
    self.names = sorted.map { territories.name(Int($0)) }
    self.developerNames = sorted.map { developerNames[Int($0)] ?? territories.id(Int($0)) }
    self.forest = Forest(parents: parents, ranks: (0..<Int32(sorted.count)).map { $0 })
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
