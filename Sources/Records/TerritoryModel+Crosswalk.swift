extension TerritoryModel {
  /// For each row of the export's territories its index in this model, or that of the territory that
  /// a crosswalk says it became; -1 where it became none of them.
  ///
  /// METRICS §1: a territory of another model goes through the crosswalk, which names territories by
  /// DeveloperName, by Id or by name; of several territories of one name none is meant.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - crosswalk: what became of territories.
  ///   - byKey: whether a territory of another model that has the same DeveloperName is the same.
  /// - Returns: an index of this model, or -1, for each row.
  public func successors(
    in records: RecordSet, _ crosswalk: Crosswalk, byKey: Bool = false
  ) -> [Int32] {
    guard !crosswalk.newKeys.isEmpty || byKey else { return indexOfRow }
    let crosswalk = crosswalk.folded
    let territories = records[.territory]
    let (keys, ownNames) = (territories.texts("DeveloperName"), territories.texts("Name"))
    let ways = [developerNames, ids, names].map(TerritoryModel.index)
    return indexOfRow.enumerated().map { row, index in
      guard index < 0 else { return index }
      for name in [keys[row], territories.id(row), ownNames[row]] {
        guard let old = name.map(TerritoryModel.folded) else { continue }
        let new = crosswalk.current(old)
        guard new != old else { continue }
        for way in ways {
          if let index = way[new], index >= 0 { return index }
        }
      }
      if byKey, let index = keys[row].flatMap({ ways[0][TerritoryModel.folded($0)] }) {
        return index
      }
      return -1
    }
  }

  /// Indices by a name; -1 where several have it.
  private static func index(by names: [String]) -> [String: Int32] {
    Dictionary(
      names.enumerated().map { (folded($1), Int32($0)) }, uniquingKeysWith: { _, _ in -1 })
  }

  /// The 15 characters of an Id as they are, any other name without regard to case.
  public static func folded(_ name: String) -> String {
    let bytes = Array(name.utf8)
    return SalesforceID.key(bytes.span) == nil ? name.lowercased() : String(name.prefix(15))
  }
}

extension Crosswalk {
  /// The same changes between names as `TerritoryModel.folded` writes them.
  public var folded: Crosswalk {
    Crosswalk(
      Dictionary(
        newKeys.sorted { $0.key < $1.key }
          .map { (TerritoryModel.folded($0.key), TerritoryModel.folded($0.value)) },
        uniquingKeysWith: { first, _ in first }))
  }
}
