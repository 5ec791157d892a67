extension JSONWriter {
  func table(_ table: ReportDocument.Table) -> JSONValue {
    .object([
      ("id", .string(table.id)), ("title", .string(table.title)),
      (
        "columns",
        .list(
          table.columns.map {
            .object([
              ("key", .string($0.key)), ("title", .string($0.title)),
              ("unit", .optional($0.unit)), ("align", .string($0.alignment.rawValue)),
              ("header", .flag($0.isRowHeader)), ("definition", .optional($0.definition)),
            ])
          })
      ),
      ("rows", .list(table.rows.map(row))), ("rest", .list(table.rest.map(row))),
      ("other", table.other.map(row) ?? .null), ("total", table.total.map(row) ?? .null),
      ("empty", table.rows.isEmpty ? prose(table.whyEmpty) : .null),
      (
        "extent",
        table.extent.map {
          .object([
            ("shown", .string($0.shown.data)), ("all", .string($0.all.data)),
            ("text", .string($0.text)),
          ])
        } ?? .null
      ),
      ("note", table.note.map(prose) ?? .null),
    ])
  }

  private func row(_ row: ReportDocument.Row) -> JSONValue {
    .object([
      ("level", .integer(row.level)),
      (
        "cells",
        .list(
          row.cells.map { cell in
            var members = members(of: cell.value)
            if let id = cell.id, !id.isEmpty { members.append(("id", .string(id))) }
            if let link = cell.link { members.append(("href", .string(link.url))) }
            if let mark = cell.mark { members.append(("mark", .string(mark))) }
            return .object(members)
          })
      ),
    ])
  }

  /// A value: its text, its exact data, and how to read them; members that say nothing are left out.
  func members(of value: Shown) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("text", .string(value.text)),
      ("data", value.strength == .undefined ? .null : .string(value.data)),
      ("unit", .string(value.unit.name)),
    ]
    if let currency = value.unit.currency { members.append(("currency", .string(currency))) }
    if let full = value.full { members.append(("full", .string(full))) }
    if value.strength != .normal {
      members.append(("strength", .string(value.strength.rawValue)))
    }
    return members
  }
}
