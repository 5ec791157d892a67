/// All records of one export, seen on one day.
public struct RecordSet: Sendable {
  /// Tables by entity; an entity that the export does not hold has no entry.
  public var tables: [Entity: Table]
  /// The day whose knowledge the records show.
  public var asOf: Day

  public init(tables: [Entity: Table], asOf: Day) {
    self.tables = tables
    self.asOf = asOf
  }

  /// The table of an entity; an empty one where the export does not hold it.
  public subscript(entity: Entity) -> Table {
    tables[entity] ?? Table(entity: entity)
  }

  /// Code of the corporate currency, nil where the export names none (it is then of a single one).
  public var corporateCurrency: String? {
    let types = self[.currencyType]
    let isCorporate = types.flags("IsCorporate")
    return (0..<types.count).first { isCorporate[$0] == 1 }
      .flatMap { types.categories("IsoCode")[$0] }
  }

  /// Whether the export holds an entity at all.
  public func has(_ entity: Entity) -> Bool { tables[entity] != nil }
}
