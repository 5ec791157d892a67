import Records

// The cell of a field, however a mapping makes it.
extension Relations {
  /// A typed cell, and when it can be read.
  struct TypedCell {
    let value: String
    /// The point in time of an instant.
    let moment: String
    /// That each filled cell is read as a value.
    let readable: [String]
  }

  /// The cell of a field in the rows `cells`.
  func cell(_ source: CellSource, _ kind: FieldKind, _ joins: inout [String]) -> TypedCell {
    if let constant = source.constant {
      let text = dialect.literal(constant)
      return TypedCell(
        value: value(text, kind, times: source.times), moment: "moment(\(text))", readable: [])
    }
    var texts: [String] = []
    for header in source.headers {
      texts.append(meant("cells.\(dialect.identifier(header))", source, kind, &joins))
    }
    let values = texts.map { value($0, kind, times: source.times) }
    let moments = texts.map { "moment(\($0))" }
    func first(_ parts: [String]) -> String {
      parts.count == 1 ? parts[0] : "coalesce(\(parts.joined(separator: ", ")))"
    }
    let isText = kind == .text || kind == .category
    let isJoined = isText && source.role == .join && texts.count > 1
    let readable =
      isParsed(kind) ? zip(texts, values).map { "(\($0) IS NULL OR \($1) IS NOT NULL)" } : []
    return TypedCell(
      value: isJoined
        ? "nullif(concat_ws(' ', \(texts.joined(separator: ", "))), '')" : first(values),
      moment: first(moments), readable: readable)
  }

  /// The text that a cell stands for: spelled otherwise, or looked up in another file.
  private func meant(
    _ cell: String, _ source: CellSource, _ kind: FieldKind, _ joins: inout [String]
  ) -> String {
    var text = cell
    let isFlag = kind == .flag
    let values = source.values.sorted { $0.key < $1.key }
    if !values.isEmpty {
      let cases = values.map {
        "WHEN \(dialect.literal(isFlag ? $0.key.lowercased() : $0.key))"
          + " THEN \(dialect.literal($0.value))"
      }
      text =
        "CASE \(isFlag ? "lower(\(cell))" : cell) \(cases.joined(separator: " ")) ELSE \(cell) END"
    }
    guard !source.lookup.isEmpty else { return text }
    let alias = "found_\(joins.count)"
    let files = source.lookup.enumerated().map { number, file in
      "SELECT \(number) AS part, row, \(dialect.identifier(file.match)) AS wanted,"
        + " \(dialect.identifier(file.take)) AS taken FROM (\n"
        + indented(rows(of: [file.file], delimiter: file.delimiter), by: 2)
        + "\n) AS cells"
    }
    joins.append(
      """
      LEFT JOIN (
        SELECT wanted, taken FROM (
          SELECT wanted, taken, row_number() OVER (PARTITION BY wanted ORDER BY part, row) AS place
          FROM (
      \(indented(files.joined(separator: "\nUNION ALL\n"), by: 6))
          ) AS looked
        ) AS first WHERE place = 1
      ) AS \(alias) ON \(alias).wanted = \(text)
      """)
    let known = values.map { dialect.literal($0.key) }.joined(separator: ", ")
    let spelled = known.isEmpty ? "" : " WHEN \(cell) IN (\(known)) THEN \(text)"
    return "CASE WHEN \(alias).wanted IS NOT NULL THEN \(alias).taken\(spelled)"
      + "\(source.keepsUnknown ? " ELSE \(text)" : "") END"
  }

  /// A text as the value of a kind.
  private func value(_ text: String, _ kind: FieldKind, times: Int64) -> String {
    switch kind {
    case .id, .reference: "record_key(\(text))"
    case .text, .category: text
    case .decimal: times == 1 ? "units(\(text))" : "scaled_units(\(text), \(times))"
    case .rate: "rate_units(\(text))"
    case .date: "day_of(\(text))"
    case .datetime, .instant: "local_day(\(text))"
    case .flag: "flag(\(text))"
    }
  }

  private func isParsed(_ kind: FieldKind) -> Bool {
    switch kind {
    case .decimal, .rate, .date, .datetime, .instant: true
    case .id, .reference, .text, .category, .flag: false
    }
  }
}
