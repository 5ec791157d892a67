import Expressions
import Metrics
import Records

/// The rows of a fact with what they refer to joined, as an expression names it.
final class FactSelect: SQLFields {
  let relations: Relations
  let entity: Entity
  /// What a row is called.
  let alias: String
  /// Whether names that are derived mean something; they do not while they are being made.
  let knowsDerived: Bool
  /// The joins in the order in which they must stand.
  private(set) var joins: [String] = []
  private var aliases: [String: String] = [:]
  private(set) var entities: [Entity] = []

  init(_ entity: Entity, alias: String, relations: Relations, knowsDerived: Bool = true) {
    self.entity = entity
    self.alias = alias
    self.relations = relations
    self.knowsDerived = knowsDerived
  }

  var dialect: any Dialect { relations.dialect }
  var schema: ExportSchema { relations.schema }

  /// Prints expressions over the rows.
  var expression: SQLExpression {
    SQLExpression(dialect: dialect, fields: self, asOf: schema.asOf)
  }

  /// Adds a join once; `key` tells joins apart.
  func join(_ key: String, _ sql: String) {
    guard aliases[key] == nil else { return }
    aliases[key] = ""
    joins.append(sql)
  }

  /// The row that references lead to.
  ///
  /// - Parameter fields: the reference fields, one after another.
  /// - Returns: nil where the export lacks one of them.
  func row(along fields: [String]) -> (alias: String, entity: Entity)? {
    var (alias, entity) = (self.alias, self.entity)
    var path: [String] = []
    for field in fields {
      guard let column = schema.column(field, of: entity),
        case .reference(let target) = column.kind, schema.holds(target)
      else { return nil }
      path.append(column.name)
      let key = path.joined(separator: ".")
      let next = aliases[key] ?? FactSelect.alias(path, besides: [self.alias])
      if aliases[key] == nil {
        aliases[key] = next
        entities.append(target)
        let relation =
          knowsDerived ? relations.name(of: target) : dialect.identifier(target.rawValue)
        joins.append(
          "LEFT JOIN \(relation) AS \(next) ON \(next).Id = \(alias)."
            + dialect.identifier(column.name) + isKnown(next, target, field, of: entity))
      }
      (alias, entity) = (next, target)
    }
    return (alias, entity)
  }

  /// A further condition where a field does not keep whom no file holds.
  private func isKnown(
    _ alias: String, _ target: Entity, _ field: String, of entity: Entity
  ) -> String {
    guard schema.has(target), schema.strangers.contains(target), entity != .credit,
      let field = entity.field(named: field), !entity.keepsStrangers(field)
    else { return "" }
    return " AND \(alias).is_known"
  }

  func field(_ path: [String]) throws -> SQLValue {
    guard let name = path.last else { throw unknown(path) }
    var fields: [String] = []
    var target = entity
    for part in path.dropLast() {
      guard let (field, next) = FactFields.reference(part, of: target) else { throw unknown(path) }
      fields.append(field)
      target = next
    }
    let row = row(along: fields)
    if knowsDerived,
      FactFields.derivedNames(of: target).contains(where: { $0.lowercased() == name.lowercased() })
    {
      relations.note(name, of: target)
      return try DerivedFields.value(name, of: target, alias: row?.alias, relations)
    }
    guard let row, let column = schema.column(name, of: target) ?? completed(name, of: target)
    else {
      guard let kind = target.field(named: name)?.kind else { throw unknown(path) }
      return value(nil, kind)
    }
    if case .reference(let other) = column.kind, !schema.holds(other) {
      return value(nil, column.kind)
    }
    return value("\(row.alias).\(dialect.identifier(column.name))", column.kind)
  }

  /// Whether a deal is closed and won is known of each, though no column may say so.
  private func completed(_ name: String, of entity: Entity) -> (name: String, kind: FieldKind)? {
    guard entity == .opportunity, schema.has(.opportunity) else { return nil }
    return ["IsClosed", "IsWon"].first { $0.lowercased() == name.lowercased() }
      .map { ($0, .flag) }
  }

  /// A cell of a kind; null without one.
  private func value(_ cell: String?, _ kind: FieldKind) -> SQLValue {
    switch kind {
    case .id, .reference: .reference(cell ?? dialect.null("VARCHAR"))
    case .text, .category: .text(cell ?? dialect.null("VARCHAR"))
    case .decimal: .number(.column(cell ?? dialect.null(dialect.wholeType)))
    case .rate:
      .number(
        .column(
          cell ?? dialect.null(dialect.wholeType), denominator: Int128(Exact.rateScale)))
    case .date, .datetime, .instant: .day(cell ?? dialect.null("DATE"))
    case .flag: .flag(cell ?? dialect.null("BOOLEAN"))
    }
  }

  private func unknown(_ path: [String]) -> FindingsError {
    NotPrinted.finding("the field \"\(path.joined(separator: "."))\" of \(entity.rawValue)")
  }

  /// Such as `account_owner` for AccountId.OwnerId.
  private static func alias(_ path: [String], besides taken: [String]) -> String {
    let words = path.map { field -> String in
      var name = field.hasSuffix("Id") ? String(field.dropLast(2)) : field
      if name.hasSuffix("2") { name.removeLast() }
      return name.lowercased()
    }
    let alias = words.joined(separator: "_")
    return taken.contains(alias) || SQLWords.reserved.contains(alias) ? "its_\(alias)" : alias
  }
}

/// The names that are derived for every fact alike, as columns of relations.
enum DerivedFields {
  static func value(
    _ name: String, of entity: Entity, alias: String?, _ relations: Relations
  ) throws -> SQLValue {
    let dialect = relations.dialect
    func column(_ name: String, _ type: String) -> String {
      alias.map { "\($0).\(name)" } ?? dialect.null(type)
    }
    switch (entity, name.lowercased()) {
    case (.opportunity, "value"), (.lineItem, "value"), (.quota, "value"):
      return .number(.column(column("Value", dialect.wholeType)))
    case (.opportunity, "class"): return .text(column("Class", "VARCHAR"))
    case (.opportunity, "band"): return .text(column("Band", "VARCHAR"))
    case (.opportunity, "isbooking"): return .flag(column("IsBooking", "BOOLEAN"))
    case (.opportunity, "isopen"): return .flag(column("IsOpen", "BOOLEAN"))
    case (.opportunity, "islost"): return .flag(column("IsLost", "BOOLEAN"))
    case (.opportunity, "cycledays"):
      return .number(.column(column("CycleDays", dialect.wholeType), denominator: 1))
    case (.opportunity, "expirydate"): return .day(column("ExpiryDate", "DATE"))
    case (.opportunity, "forecast"): return .text(column("Forecast", "VARCHAR"))
    case (.opportunity, "pushes"):
      return .number(.column(column("Pushes", dialect.wholeType), denominator: 1))
    case (.opportunity, "daysinstage"):
      return .number(.column(column("DaysInStage", dialect.wholeType), denominator: 1))
    case (.opportunity, "isstalled"): return .flag(column("IsStalled", "BOOLEAN"))
    case (.opportunity, "isbythisday"): return .flag(column("IsByThisDay", "BOOLEAN"))
    case (.cost, "value"): return .number(.column(column("Value", dialect.wholeType)))
    case (.revenueMovement, "grossmargin"), (.familyRevenueMovement, "grossmargin"):
      guard let margin = relations.settings.grossMargin else {
        return .number(.column(dialect.null(dialect.wholeType)))
      }
      return .number(.column("CAST(\(margin) AS \(dialect.wholeType))"))
    case (.account, "revenue"): return .number(.column(column("Revenue", dialect.wholeType)))
    case (.account, "segment"): return .text(column("Segment", "VARCHAR"))
    case (.account, "isunassigned"): return .flag(column("IsUnassigned", "BOOLEAN"))
    case (.account, "isneglected"): return .flag(column("IsNeglected", "BOOLEAN"))
    case (.account, "valuescore"):
      return .number(.column(column("ValueScore", dialect.wholeType)))
    case (.account, "istopdecile"): return .flag(column("IsTopDecile", "BOOLEAN"))
    case (.account, "repflag"): return .text(column("RepFlag", "VARCHAR"))
    case (.quota, "quarterattainment"):
      return .number(.column(column("QuarterAttainment", dialect.wholeType)))
    case (.quota, "yearattainment"):
      return .number(.column(column("YearAttainment", dialect.wholeType)))
    case (.quota, "isrampingquarter"): return .flag(column("IsRampingQuarter", "BOOLEAN"))
    case (.quota, "isrampingyear"): return .flag(column("IsRampingYear", "BOOLEAN"))
    case (.quota, "ismanager"): return .flag(column("IsManager", "BOOLEAN"))
    case (.quota, "teamquota"):
      return .number(.column(column("TeamQuota", dialect.wholeType)))
    case (.account, "assigneddate"): return .day(column("AssignedDate", "DATE"))
    case (.account, "daystoassign"), (.account, "daysunassigned"), (.lead, "agedays"):
      let title = ["daystoassign": "DaysToAssign", "agedays": "AgeDays"][name.lowercased()]
      return .number(
        .column(column(title ?? "DaysUnassigned", dialect.wholeType), denominator: 1))
    case (.lead, "isopen"): return .flag(column("IsOpen", "BOOLEAN"))
    case (.account, "lastactivity"): return .day(column("LastActivity", "DATE"))
    default: throw NotPrinted.finding("the derived field \(name) of \(entity.rawValue)")
    }
  }
}
