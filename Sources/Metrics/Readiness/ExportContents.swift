import Records

/// What an export lacks of what figures are made from.
public indirect enum Lack: Hashable, Sendable {
  /// There are no records of an entity.
  case records(Entity)
  /// There are records, but not the field.
  case column(Entity, String)
  /// The field is empty in every record.
  case values(Entity, String)
  /// There are territories, but no model that is known to be active.
  case activeModel
  /// No model is known that is to take the place of the active one.
  case plannedModel
  /// All of several, one of which would do.
  case all([Lack])
}

/// What an export holds: which entities, and which of their fields have a value anywhere.
///
/// An answer is worked out once, when it is first asked for; it does not depend on the edition.
public final class ExportContents: Sendable {
  private let records: RecordSet
  private let hasModel: Bool
  private let coversAccounts: Bool
  private let known = LockedCache<Need, Lack?>()

  public init(of records: RecordSet, assignment: Assignment) {
    self.records = records
    hasModel = assignment.model != nil
    coversAccounts = assignment.coversAccounts
  }

  /// What is missing of a need, nil where nothing is.
  public func lack(of need: Need) -> Lack? {
    known.value(for: need) { worked(need) }
  }

  private func worked(_ need: Need) -> Lack? {
    switch need {
    case .records(let entity): return holds(entity) ? nil : .records(entity)
    case .field(let entity, let name):
      guard holds(entity) else { return .records(entity) }
      return column(name, of: records[entity])
    case .activeModel:
      if hasModel { return nil }
      return holds(.territory) ? .activeModel : .records(.territory)
    case .accountTerritories:
      if let lack = lack(of: .activeModel) { return lack }
      return coversAccounts ? nil : .records(.accountTerritory)
    case .any(let needs):
      let lacks = needs.map(lack)
      guard !lacks.isEmpty, !lacks.contains(nil) else { return nil }
      let different = lacks.compactMap { $0 }.reduce(into: [Lack]()) { all, lack in
        if !all.contains(lack) { all.append(lack) }
      }
      return different.count == 1 ? different[0] : .all(different)
    }
  }

  /// Whether there are records; users that are only known because others name them are none.
  private func holds(_ entity: Entity) -> Bool {
    let table = records[entity]
    return table.count > 0 && !(table.columns.isEmpty && table.sources.files.isEmpty)
  }

  private func column(_ name: String, of table: Table) -> Lack? {
    let stored =
      table.columns[name]
      ?? table.columns.filter { $0.key.lowercased() == name.lowercased() }
      .min { $0.key < $1.key }?.value
    guard let stored else { return .column(table.entity, name) }
    return stored.isEmpty ? .values(table.entity, name) : nil
  }
}

extension Column {
  /// Whether every cell is null.
  fileprivate var isEmpty: Bool {
    switch self {
    case .decimals(let values): values.allSatisfy { $0 == Exact.null }
    case .days(let values): values.allSatisfy { $0 == Day.null }
    case .instants(let values): values.seconds.allSatisfy { $0 == Instants.null }
    case .flags(let values): values.allSatisfy { $0 > 1 }
    case .references(let values): values.allSatisfy { $0 == Reference.null }
    case .categories(let values): values.codes.allSatisfy { $0 == Categories.null }
    case .texts(let values): values.bytes.isEmpty
    }
  }
}
