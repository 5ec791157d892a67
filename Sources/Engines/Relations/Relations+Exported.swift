import Metrics
import Records

// The records of files, their cells typed, as Intake keeps them.
extension Relations {
  /// Defines an entity's records: deleted ones and those whose essential cells cannot be read are
  /// left out, and of records with one Id the first stays.
  func exported(_ entity: Entity) throws {
    if let what = schema.unreadEntities[entity] { throw NotPrinted.finding(what) }
    if let rows = schema.literals[entity] { return try literal(rows, entity) }
    guard let source = schema.sources[entity] else { return try absent(entity) }
    let files = source.parts.flatMap(\.files).joined(separator: ", ")
    try define(
      entity.rawValue,
      "\(files): cells become values; amounts are whole numbers of 1/10,000 of a unit."
    ) { () throws -> String in
      var parts: [String] = []
      for (number, part) in source.parts.enumerated() {
        parts.append(try rows(of: entity, part, number, source))
      }
      var select = parts.joined(separator: "\nUNION ALL\n")
      if schema.column("Id", of: entity) != nil {
        select =
          "SELECT * FROM (\n  SELECT *, row_number() OVER (PARTITION BY Id ORDER BY row)"
          + " AS occurrence FROM (\n\(indented(select, by: 4))\n  ) AS known\n) AS numbered\n"
          + "WHERE Id IS NULL OR occurrence = 1"
      }
      return schema.strangers.contains(entity) ? try withStrangers(select, entity) : select
    }
  }

  /// Defines records that no file of the export holds.
  private func literal(_ rows: LiteralRows, _ entity: Entity) throws {
    try define(entity.rawValue, "\(entity.rawValue), of a file beside the export.") {
      dialect.values(
        ["row"] + rows.columns.map { dialect.identifier($0.name) },
        rows.rows.enumerated().map { number, row in
          ["\(number + 1)"] + zip(rows.columns, row).map { literal($1, $0.kind) }
        })
    }
  }

  private func literal(_ cell: LiteralRows.Cell, _ kind: FieldKind) -> String {
    switch cell {
    case .null: null(of: kind)
    case .text(let text): dialect.literal(text)
    case .number(let number):
      "CAST(\(dialect.number(Int128(number))) AS \(dialect.wholeType))"
    case .day(let day): dialect.literal(day)
    case .flag(let flag): "\(flag)"
    }
  }

  /// The rows of files whose cells stand alike, typed; those of a further part stand behind.
  private func rows(
    of entity: Entity, _ part: ExportSchema.Source.Part, _ number: Int,
    _ source: ExportSchema.Source
  ) throws -> String {
    var cells: [String] = []
    var joins: [String] = []
    var conditions: [String] = []
    for (name, kind) in schema.columns(of: entity) {
      let found = part.cells.first { $0.key.lowercased() == name.lowercased() }?.value
      guard let found else {
        cells.append("\(null(of: kind)) AS \(dialect.identifier(name))")
        if kind == .instant {
          cells.append("\(dialect.null("TIMESTAMP")) AS \(dialect.identifier(name + "_at"))")
        }
        continue
      }
      let cell = self.cell(found, kind, &joins)
      var value = cell.value
      if case .reference(.account) = kind, mergesAccounts {
        try mergedAccounts()
        let alias = "merged_\(joins.count)"
        joins.append("LEFT JOIN merged_account \(alias) ON \(alias).id = \(value)")
        value = "coalesce(\(alias).master, \(value))"
      }
      if source.isYearly, name == "MonthlyValue__c" { value = "divided(\(value), 12)" }
      cells.append("\(value) AS \(dialect.identifier(name))")
      if kind == .instant {
        cells.append("\(cell.moment) AS \(dialect.identifier(name + "_at"))")
      }
      if name == "IsDeleted" {
        conditions.append("\(value) IS \(entity == .deletedOpportunity ? "" : "NOT ")TRUE")
      }
      if name == "Id", entity.field(named: "Id")?.isRequired == true {
        conditions.append("\(value) IS NOT NULL")
      }
      if name == "Status", !source.excludedStatuses.isEmpty {
        let names = source.excludedStatuses.map { dialect.literal($0.lowercased()) }
        conditions.append(
          "coalesce(lower(\(value)) NOT IN (\(names.joined(separator: ", "))), true)")
      }
      if entity.field(named: name)?.isEssential == true { conditions += cell.readable }
    }
    let rows = indented(rows(of: part.files, delimiter: part.delimiter), by: 2)
    let row = number == 0 ? "cells.row" : "cells.row + \(number)000000000000000 AS row"
    var select = "SELECT \(row), " + cells.joined(separator: ",\n  ")
    select += "\nFROM (\n\(rows)\n) AS cells" + joins.map { "\n" + $0 }.joined()
    if !conditions.isEmpty { select += "\nWHERE " + conditions.joined(separator: "\n  AND ") }
    return select
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
      for (name, kind) in schema.columns(of: other)
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
    for (name, kind) in columns where kind == .reference(entity) {
      named.append("SELECT \(dialect.identifier(name)) FROM known")
    }
    let cells = columns.flatMap { name, kind -> [String] in
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

  /// The headers by which merged accounts are known.
  private var mergeHeaders: (id: String, master: String, deleted: String)? {
    guard let cells = schema.sources[.account]?.parts.first?.cells,
      let id = cells["Id"]?.plainHeader, let master = cells["MasterRecordId"]?.plainHeader,
      let deleted = cells["IsDeleted"]?.plainHeader
    else { return nil }
    return (id, master, deleted)
  }

  private var mergesAccounts: Bool { mergeHeaders != nil }

  /// Defines what became of accounts that were merged, over several steps.
  private func mergedAccounts() throws {
    guard let part = schema.sources[.account]?.parts.first, let headers = mergeHeaders else {
      return
    }
    try define(
      "merged_account", "A merged account stands for its master, whose own may be another."
    ) {
      let id = dialect.identifier(headers.id)
      let master = dialect.identifier(headers.master)
      return """
        WITH RECURSIVE merge AS (
          SELECT record_key(\(id)) AS id, record_key(\(master)) AS master
          FROM (
        \(indented(rows(of: part.files, delimiter: part.delimiter), by: 4))
          ) AS cells
          WHERE flag(\(dialect.identifier(headers.deleted)))
            AND record_key(\(master)) IS NOT NULL
        ), \(dialect.closure(
          "step", ("id", "master"), of: "SELECT id, master FROM merge", over: "merge", from: "id",
          to: "master"))
        SELECT step.id, min(step.master) AS master
        FROM step LEFT JOIN merge AS further ON further.id = step.master
        WHERE further.id IS NULL
        GROUP BY step.id
        """
    }
  }

  /// The null of a kind.
  func null(of kind: FieldKind) -> String {
    switch kind {
    case .id, .reference, .text, .category: dialect.null("VARCHAR")
    case .decimal, .rate: dialect.null(dialect.wholeType)
    case .date, .datetime, .instant: dialect.null("DATE")
    case .flag: dialect.null("BOOLEAN")
    }
  }

  func indented(_ text: String, by spaces: Int) -> String {
    let indent = String(repeating: " ", count: spaces)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { indent + $0 }.joined(separator: "\n")
  }
}
