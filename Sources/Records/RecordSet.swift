/// All records of one export, seen on one day.
public struct RecordSet: Sendable {
  /// Tables by entity; an entity that the export does not hold has no entry.
  public var tables: [Entity: Table]
  /// The day whose knowledge the records show.
  public var asOf: Day
  private var derived: [Entity: @Sendable () -> Table] = [:]

  public init(tables: [Entity: Table], asOf: Day) {
    self.tables = tables
    self.asOf = asOf
  }

  /// The table of an entity; an empty one where the export does not hold it.
  public subscript(entity: Entity) -> Table {
    tables[entity] ?? derived[entity]?() ?? Table(entity: entity)
  }

  /// The same records with tables that are made from them when they are first read; each closure
  /// gives the same table whenever it is called.
  public func deriving(_ tables: [Entity: @Sendable () -> Table]) -> RecordSet {
    var records = self
    records.derived.merge(tables) { $1 }
    return records
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
