import Expressions
import Records

/// Finds the fields that an expression over a fact may name.
///
/// A name is a field of the fact's record, or one derived for every fact alike: for deals `Value`
/// (corporate currency), `Band`, `Class`, `IsBooking`, `IsOpen`, `IsLost` and `CycleDays`; for
/// accounts `Revenue` (corporate currency), `Segment` and `IsUnassigned`; for leads `IsOpen`; for
/// lines and quotas `Value`. A path follows references, such as `Account.Industry`, `Owner.Name` or `Opportunity.Account.Name`.
struct FactResolver: FieldResolver {
  private let entity: Entity
  private let records: RecordSet
  /// Nil while the derived columns themselves are being made: then only fields resolve.
  private let ledger: Ledger?

  init(_ fact: Fact, records: RecordSet) {
    self.entity = fact.entity
    self.records = records
    self.ledger = nil
  }

  init(_ fact: Fact, ledger: Ledger) {
    self.entity = fact.entity
    self.records = ledger.records
    self.ledger = ledger
  }

  func resolve(_ path: [String]) -> ResolvedField? {
    guard let name = path.last else { return nil }
    var steps: [(entity: Entity, field: String)] = []
    var current = entity
    for part in path.dropLast() {
      guard let (field, target) = FactResolver.reference(part, of: current) else { return nil }
      steps.append((current, field))
      current = target
    }
    guard let (source, unit) = cells(name, of: current) else { return nil }
    return ResolvedField(source: source, via: via(steps), unit: unit, scale: scale(name, current))
  }

  var knownNames: [String] {
    let own = FactResolver.derivedNames(of: entity) + fieldNames(of: entity)
    let further = entity.fields.flatMap { field -> [String] in
      guard case .reference(let target) = field.kind else { return [] }
      let prefix = FactResolver.pathName(of: field.name)
      return (FactResolver.derivedNames(of: target) + fieldNames(of: target))
        .map { "\(prefix).\($0)" }
    }
    return own + further
  }

  private func via(_ steps: [(entity: Entity, field: String)]) -> [Int32]? {
    guard !steps.isEmpty else { return nil }
    if let ledger { return ledger.via(entity, steps) }
    return steps.dropFirst().reduce(records[steps[0].entity].references(steps[0].field)) {
      rows, step in
      let next = records[step.entity].references(step.field)
      return rows.map { $0 < 0 ? $0 : next[Int($0)] }
    }
  }

  private func fieldNames(of entity: Entity) -> [String] {
    let known = entity.fields.map(\.name)
    return known + records[entity].columns.keys.filter { entity.field(named: $0) == nil }.sorted()
  }

  private func scale(_ name: String, _ entity: Entity) -> Int64 {
    entity.field(named: name)?.kind == .rate ? Exact.rateScale : Exact.scale
  }

  private func cells(
    _ name: String, of entity: Entity
  ) -> (ResolvedField.Source, ValueType)? {
    if let ledger, let derived = FactResolver.derived(name, of: entity, ledger) { return derived }
    let table = records[entity]
    let known = entity.field(named: name)
    let stored =
      known.map(\.name)
      ?? table.columns.keys.filter { $0.lowercased() == name.lowercased() }.min()
    guard let stored else { return nil }
    if let column = table.columns[stored] {
      return (.column(column), FactResolver.unit(stored, column, of: entity))
    }
    guard let known else { return nil }
    if known.kind == .id { return (.column(.texts(FactResolver.ids(of: table))), .text) }
    let column = FactResolver.nulls(of: known.kind, count: table.count)
    return (.column(column), FactResolver.unit(stored, column, of: entity))
  }

  /// The reference field that a part of a path means, such as AccountId for `Account`.
  static func reference(_ part: String, of entity: Entity) -> (field: String, target: Entity)? {
    for field in entity.fields {
      guard case .reference(let target) = field.kind else { continue }
      let name = pathName(of: field.name).lowercased()
      if name == part.lowercased() || field.name.lowercased() == part.lowercased() {
        return (field.name, target)
      }
    }
    return nil
  }

  /// Such as `Account` for the field AccountId, `Product` for Product2Id.
  static func pathName(of field: String) -> String {
    var name = field.hasSuffix("Id") ? String(field.dropLast(2)) : field
    if name.hasSuffix("2") { name.removeLast() }
    return name
  }

  /// The cells of a decimal field, known or not, by its name without regard to case.
  static func decimals(_ name: String, of table: Table) -> [Int64] {
    let stored =
      table.entity.field(named: name)?.name
      ?? table.columns.keys.filter { $0.lowercased() == name.lowercased() }.min() ?? name
    return table.decimals(stored)
  }

  /// The Ids of all rows, which are kept as keys; made for the few conditions that name Ids.
  private static func ids(of table: Table) -> Texts {
    var texts = Texts()
    for row in 0..<table.count { texts.append(table.id(row).utf8) }
    return texts
  }

  private static func nulls(of kind: FieldKind, count: Int) -> Column {
    switch kind {
    case .reference: .references([Int32](repeating: Reference.null, count: count))
    case .id, .text: .texts(Texts(bytes: [], ends: [Int](repeating: 0, count: count)))
    case .category:
      .categories(
        Categories(codes: [Int32](repeating: Categories.null, count: count), values: []))
    case .decimal, .rate: .decimals([Int64](repeating: Exact.null, count: count))
    case .date, .datetime: .days([Int32](repeating: Day.null, count: count))
    case .instant:
      .instants(
        Instants(
          seconds: [Int64](repeating: Instants.null, count: count),
          days: [Int32](repeating: Day.null, count: count)))
    case .flag: .flags([UInt8](repeating: 2, count: count))
    }
  }

  private static let moneyFields: Set<String> = [
    "Amount", "AnnualRevenue", "TotalPrice", "UnitPrice", "QuotaAmount", "MonthlyValue__c",
  ]

  private static func unit(_ name: String, _ column: Column, of entity: Entity) -> ValueType {
    switch column {
    case .decimals:
      moneyFields.contains(name) || entity.isDerived
        ? .money : name == "Probability" ? .percent : .number
    case .days, .instants: .day
    case .flags: .flag
    case .references: .reference
    case .categories, .texts: .text
    }
  }
}
