import Records

/// Which territories of two models are the same: those of one developer name, or of one that a
/// crosswalk says became the other.
///
/// Grain: one code per territory that is the same in both models, or stands in one of them; a
/// crosswalk may give several territories of a model one code. Codes are in the order of keys.
public struct TerritoryMatch: Sendable {
  /// Code of each territory of the model on the one side.
  public let from: [Int32]
  /// Code of each territory of the model on the other.
  public let to: [Int32]
  /// Developer name by code, as the model on the other side writes it where it has the territory.
  public let keys: [String]
  /// Name by code.
  public let names: [String]
  /// Id in the CRM by code; empty where it has none.
  public let ids: [String]

  public var count: Int { keys.count }

  public init(from: TerritoryModel, to: TerritoryModel, crosswalk: Crosswalk) {
    let changes = crosswalk.folded
    let ways = TerritoryMatch.ways(to) + TerritoryMatch.ways(from)
    /// The developer name that stands for a territory, whichever of its names the crosswalk knows.
    func key(_ model: TerritoryModel, _ index: Int) -> String {
      let own = TerritoryModel.folded(model.developerNames[index])
      for name in [own] + [model.ids[index], model.names[index]].map(TerritoryModel.folded) {
        guard !name.isEmpty, changes.newKeys[name] != nil else { continue }
        let new = changes.current(name)
        return ways.lazy.compactMap { $0[new] }.first ?? new
      }
      return own
    }
    let keysOfTo = (0..<to.count).map { key(to, $0) }
    let keysOfFrom = (0..<from.count).map { key(from, $0) }
    let sorted = Set(keysOfTo + keysOfFrom).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let codes = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32($0)) })
    self.to = keysOfTo.map { codes[$0] ?? -1 }
    self.from = keysOfFrom.map { codes[$0] ?? -1 }
    var named = [(model: TerritoryModel, index: Int)?](repeating: nil, count: sorted.count)
    for (model, codes) in [(to, self.to), (from, self.from)] {
      for (index, code) in codes.enumerated() where named[Int(code)] == nil {
        named[Int(code)] = (model, index)
      }
    }
    keys = named.map { $0.map { $0.model.developerNames[$0.index] } ?? "" }
    names = named.map { $0.map { $0.model.names[$0.index] } ?? "" }
    ids = named.map { $0.map { $0.model.ids[$0.index] } ?? "" }
  }

  /// Developer names of a model's territories by each of their names; what is no developer name and
  /// several share means none of them.
  private static func ways(_ model: TerritoryModel) -> [[String: String]] {
    let keys = model.developerNames.map(TerritoryModel.folded)
    return [model.developerNames, model.ids, model.names].map { names in
      var shared: Set<String> = []
      var keyOfName: [String: String] = [:]
      for (name, key) in zip(names.map(TerritoryModel.folded), keys) {
        if let known = keyOfName[name], known != key { shared.insert(name) }
        keyOfName[name] = key
      }
      return keyOfName.filter { !shared.contains($0.key) && !$0.key.isEmpty }
    }
  }

  /// Codes of territories on the one side, ascending, each once.
  func codes(from territories: ArraySlice<Int32>) -> [Int32] {
    TerritoryMatch.codes(territories, from)
  }

  /// Codes of territories on the other side, ascending, each once.
  func codes(to territories: ArraySlice<Int32>) -> [Int32] { TerritoryMatch.codes(territories, to) }

  private static func codes(_ territories: ArraySlice<Int32>, _ codes: [Int32]) -> [Int32] {
    var found = territories.map { codes[Int($0)] }
    guard found.count > 1 else { return found }
    found.sort()
    var last: Int32 = -1
    found.removeAll { code in
      defer { last = code }
      return code == last
    }
    return found
  }

  /// Whether the territories before are those after.
  func areSame(_ before: ArraySlice<Int32>, _ after: ArraySlice<Int32>) -> Bool {
    if let one = before.first, let other = after.first, before.count == 1, after.count == 1 {
      return from[Int(one)] == to[Int(other)]
    }
    if before.isEmpty || after.isEmpty { return before.isEmpty && after.isEmpty }
    return codes(from: before) == codes(to: after)
  }

  /// Code of a deal's territory before, -1 where it is in none of the model.
  func code(from territory: Int32) -> Int32 { territory < 0 ? -1 : from[Int(territory)] }

  /// Code of a deal's territory after, -1 where it is in none of the model.
  func code(to territory: Int32) -> Int32 { territory < 0 ? -1 : to[Int(territory)] }
}
