import Metrics
import Records

// The records of files, their cells typed, as Intake keeps them.
extension Relations {
  /// Defines an entity's records: deleted ones and those whose essential cells cannot be read are
  /// left out, and of records with one Id the first stays.
  func exported(_ entity: Entity) throws {
    if let what = schema.unreadEntities[entity] { throw NotPrinted.finding(what) }
    guard let source = schema.sources[entity] else { return try absent(entity) }
    let columns = schema.columns(of: entity)
    try define(
      entity.rawValue,
      "\(source.files.joined(separator: ", ")): cells become values; amounts are whole numbers of"
        + " 1/10,000 of a unit."
    ) { () throws -> String in
      var cells: [String] = []
      var joins: [String] = []
      var conditions: [String] = []
      for (name, kind, header) in columns {
        let cell = "cells." + dialect.identifier(header)
        var value = self.value(cell, kind)
        if case .reference(let target) = kind {
          if target == .account, mergesAccounts {
            try mergedAccounts()
            let alias = "merged_\(joins.count)"
            joins.append("LEFT JOIN merged_account \(alias) ON \(alias).id = \(value)")
            value = "coalesce(\(alias).master, \(value))"
          }
        }
        cells.append("\(value) AS \(dialect.identifier(name))")
        if kind == .instant {
          cells.append("moment(\(cell)) AS \(dialect.identifier(name + "_at"))")
        }
        if name == "IsDeleted" { conditions.append("\(value) IS NOT TRUE") }
        if name == "Id", entity.field(named: "Id")?.isRequired == true {
          conditions.append("\(value) IS NOT NULL")
        }
        if entity.field(named: name)?.isEssential == true, isParsed(kind) {
          conditions.append("(\(cell) IS NULL OR \(value) IS NOT NULL)")
        }
      }
      let rows = indented(dialect.rows(of: source.files, delimiter: source.delimiter), by: 2)
      let hasId = columns.contains { $0.name == "Id" }
      var select =
        "SELECT cells.row, " + cells.joined(separator: ",\n  ") + "\nFROM (\n\(rows)\n) AS cells"
      select += joins.map { "\n" + $0 }.joined()
      if !conditions.isEmpty { select += "\nWHERE " + conditions.joined(separator: "\n  AND ") }
      guard hasId else { return select }
      select =
        "SELECT * FROM (\n  SELECT *, row_number() OVER (PARTITION BY Id ORDER BY row)"
        + " AS occurrence FROM (\n\(indented(select, by: 4))\n  ) AS known\n) AS numbered\n"
        + "WHERE Id IS NULL OR occurrence = 1"
      guard schema.strangers.contains(entity) else { return select }
      return try withStrangers(select, entity)
    }
  }

  /// An entity of which the export has no file: users are those whom others name, any other is empty.
  private func absent(_ entity: Entity) throws {
    try define(entity.rawValue, "The export has no \(entity.rawValue).") {
      () throws -> String in
      guard entity == .user || entity == .product && schema.strangers.contains(entity) else {
        let cells = entity.fields.map { "\(null(of: $0.kind)) AS \(dialect.identifier($0.name))" }
        return "SELECT \((["0 AS row"] + cells).joined(separator: ", ")) WHERE false"
      }
      let named = try naming(entity) { _ in true }
      let all =
        named.isEmpty
        ? "SELECT \(dialect.null("VARCHAR")) AS Id" : named.joined(separator: "\nUNION\n")
      return "SELECT Id, \(dialect.null("VARCHAR")) AS Name, false AS is_known"
        + " FROM (\n\(all)\n) AS named WHERE Id IS NOT NULL"
    }
  }

  /// SELECTs of the keys by which records name those of an entity.
  private func naming(
    _ target: Entity, where isWanted: ((entity: Entity, field: String)) -> Bool
  ) throws -> [String] {
    var named: [String] = []
    for other in Entity.exported where schema.has(other) && other != target {
      for (name, kind, _) in schema.columns(of: other)
      where kind == .reference(target) && isWanted((other, name)) {
        try exported(other)
        let column = dialect.identifier(name)
        named.append("SELECT \(column) AS Id FROM \(dialect.identifier(other.rawValue))")
      }
    }
    return named
  }

  /// The records of an entity with those that others name and no file holds.
  private func withStrangers(_ select: String, _ entity: Entity) throws -> String {
    var named = try naming(entity) { other, field in
      other.field(named: field).map(other.keepsStrangers) ?? false
    }
    let columns = schema.columns(of: entity)
    for (name, kind, _) in columns where kind == .reference(entity) {
      named.append("SELECT \(dialect.identifier(name)) FROM known")
    }
    let cells = columns.flatMap { name, kind, _ -> [String] in
      switch name {
      case "Id": ["named.Id"]
      case "Name": ["\(dialect.literal(Remainder.unknown))"]
      default: [null(of: kind)] + (kind == .instant ? [dialect.null("TIMESTAMP")] : [])
      }
    }
    return """
      WITH known AS (
      \(indented(select, by: 2))
      ), named AS (
      \(indented(named.joined(separator: "\nUNION\n"), by: 2))
      )
      SELECT *, true AS is_known FROM known
      UNION ALL
      SELECT 0, \(cells.joined(separator: ", ")), 1, false
      FROM named WHERE named.Id IS NOT NULL AND named.Id NOT IN (SELECT Id FROM known)
      """
  }

  private var mergesAccounts: Bool {
    let columns = schema.sources[.account]?.columns
    return columns?["MasterRecordId"] != nil && columns?["IsDeleted"] != nil
  }

  /// Defines what became of accounts that were merged, over several steps.
  private func mergedAccounts() throws {
    guard let source = schema.sources[.account] else { return }
    try define(
      "merged_account", "A merged account stands for its master, whose own may be another."
    ) {
      let columns = source.columns
      func cell(_ name: String) -> String { dialect.identifier(columns[name] ?? name) }
      return """
        WITH RECURSIVE merge AS (
          SELECT record_key(\(cell("Id"))) AS id, record_key(\(cell("MasterRecordId"))) AS master
          FROM (
        \(indented(dialect.rows(of: source.files, delimiter: source.delimiter), by: 4))
          ) AS cells
          WHERE flag(\(cell("IsDeleted"))) AND record_key(\(cell("MasterRecordId"))) IS NOT NULL
        ), step AS (
          SELECT id, master FROM merge
          UNION
          SELECT step.id, merge.master FROM step JOIN merge ON merge.id = step.master
        )
        SELECT step.id, min(step.master) AS master
        FROM step LEFT JOIN merge AS further ON further.id = step.master
        WHERE further.id IS NULL
        GROUP BY step.id
        """
    }
  }

  /// A cell as the value of a kind.
  private func value(_ cell: String, _ kind: FieldKind) -> String {
    switch kind {
    case .id, .reference: "record_key(\(cell))"
    case .text, .category: cell
    case .decimal: "units(\(cell))"
    case .rate: "rate_units(\(cell))"
    case .date: "day_of(\(cell))"
    case .datetime, .instant: "local_day(\(cell))"
    case .flag: "flag(\(cell))"
    }
  }

  /// The null of a kind.
  private func null(of kind: FieldKind) -> String {
    switch kind {
    case .id, .reference, .text, .category: dialect.null("VARCHAR")
    case .decimal, .rate: dialect.null(dialect.wholeType)
    case .date, .datetime, .instant: dialect.null("DATE")
    case .flag: dialect.null("BOOLEAN")
    }
  }

  private func isParsed(_ kind: FieldKind) -> Bool {
    switch kind {
    case .decimal, .rate, .date, .datetime, .instant: true
    case .id, .reference, .text, .category, .flag: false
    }
  }

  func indented(_ text: String, by spaces: Int) -> String {
    let indent = String(repeating: " ", count: spaces)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { indent + $0 }.joined(separator: "\n")
  }
}
