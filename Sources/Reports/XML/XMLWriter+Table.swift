extension XMLWriter {
  static func write(_ table: ReportDocument.Table, to xml: XMLText) {
    xml.element("table", ["id": table.id]) {
      xml.element("title", text: table.title)
      for column in table.columns {
        xml.element(
          "column",
          [
            "key": column.key, "unit": column.unit, "align": column.alignment.rawValue,
            "header": column.isRowHeader ? "true" : nil, "definition": column.definition,
          ], text: column.title)
      }
      for row in table.rows { write("row", row, to: xml) }
      if !table.rest.isEmpty {
        xml.element("rest") { for row in table.rest { write("row", row, to: xml) } }
      }
      if let other = table.other { write("other", other, to: xml) }
      if let total = table.total { write("total", total, to: xml) }
      if table.rows.isEmpty { write("empty", table.whyEmpty, to: xml) }
      if let extent = table.extent {
        xml.element(
          "extent", ["shown": extent.shown.data, "all": extent.all.data], text: extent.text)
      }
      if let note = table.note { write("note", note, to: xml) }
    }
  }

  private static func write(_ name: String, _ row: ReportDocument.Row, to xml: XMLText) {
    xml.element(name, ["level": row.level == 0 ? nil : String(row.level)]) {
      for cell in row.cells {
        xml.element(
          "cell",
          [
            "unit": cell.value.unit.name, "currency": cell.value.unit.currency,
            "data": cell.value.data, "full": cell.value.full, "strength": strength(cell.value),
            "href": cell.link?.url, "id": cell.id, "mark": cell.mark,
          ], text: cell.value.text)
      }
    }
  }

  static func write(_ name: String, _ value: Shown, to xml: XMLText) {
    xml.element(
      name,
      [
        "unit": value.unit.name, "currency": value.unit.currency, "data": value.data,
        "full": value.full, "strength": strength(value),
      ], text: value.text)
  }

  /// Prose: words with names and values between them.
  static func write(
    _ name: String, _ prose: ReportDocument.Prose,
    attributes: KeyValuePairs<String, String?> = [:], to xml: XMLText
  ) {
    xml.element(name, attributes) {
      for run in prose.runs {
        switch run {
        case .words(let words): xml.text(words)
        case .name(let name): xml.inline("name", ["href": name.link?.url], text: name.text)
        case .value(let value):
          xml.inline(
            "value",
            [
              "unit": value.unit.name, "currency": value.unit.currency, "data": value.data,
              "full": value.full, "strength": strength(value),
            ], text: value.text)
        }
      }
    }
  }

  private static func strength(_ value: Shown) -> String? {
    value.strength == .normal ? nil : value.strength.rawValue
  }
}
