import Expressions
import Metrics
import Records
import Settings

// Columns of tables, checked before an engine is asked for them.
extension DefinitionReader {
  /// The name under which a list shows the reasons for which a record is in it.
  static let reasonsColumn = "reasons"

  /// Refuses a column that the source of a table does not have.
  func checkColumn(
    _ name: Located<String>, of source: ReportDefinition.Table.Source, hasReasons: Bool
  ) {
    let known: [String]
    switch source {
    case .listing(let fact):
      if hasReasons, name.value == DefinitionReader.reasonsColumn { return }
      guard !DefinitionReader.isColumn(name.value, of: fact) else { return }
      known =
        DefinitionReader.names(of: fact.entity) + DefinitionReader.dimensions(of: fact)
        + (hasReasons ? [DefinitionReader.reasonsColumn] : [])
    case .metrics(let metrics, let by):
      let members: [String]
      switch by {
      case .dimension(let dimension): members = [dimension.rawValue]
      case .parts: return
      }
      known = members + metrics
    case .standard(let table): known = table.columnNames
    case .detail(let table): known = table.columnNames
    case .data(let table): known = table.columns
    case .changes(let rows): known = rows.list.columns
    }
    guard !known.contains(name.value) else { return }
    findings.add(
      .value, at: name.at, "there is no column \"\(name.value)\" here",
      Suggestion.sentence(
        for: name.value, in: known, otherwise: "use \(Suggestion.list(known.sorted()))"))
  }

  /// The columns that mail and text show, by their names or their titles in this table.
  func mailColumns(
    _ keys: KeyReader, of source: ReportDefinition.Table.Source?,
    _ columns: [(title: String, name: String)]
  ) -> [String] {
    (keys.value("mail_columns")?.list(findings) ?? []).compactMap { item in
      guard let written = item.located(findings) else { return nil }
      if let titled = columns.first(where: { $0.title == written.value }) { return titled.name }
      guard columns.isEmpty else {
        if columns.contains(where: { $0.name == written.value }) { return written.value }
        let known = columns.map(\.title)
        findings.add(
          .value, at: written.at, "the table has no column \"\(written.value)\"",
          Suggestion.sentence(
            for: written.value, in: known, otherwise: "use \(Suggestion.list(known))"))
        return nil
      }
      if let source { checkColumn(written, of: source, hasReasons: false) }
      return written.value
    }
  }

  /// The reasons for which a list holds a record.
  func reasons(
    _ keys: KeyReader, of source: ReportDefinition.Table.Source?
  ) -> [ReportDefinition.Reason] {
    guard let entry = keys.entry("reasons") else { return [] }
    guard case .listing(let fact)? = source else {
      if source != nil {
        findings.add(
          .value, at: entry.at, "only a list of records has reasons", "remove reasons")
      }
      return []
    }
    return (keys.value("reasons")?.list(findings) ?? []).compactMap { item in
      let reason = item.read(findings) { keys -> ReportDefinition.Reason? in
        let words = keys.required("say").flatMap { pattern($0, names: nil) }
        let condition = expression(keys, "where")
        if condition == nil, !keys.has("where") { _ = keys.required("where") }
        for name in words?.names ?? []
        where !ReportDefinition.commonNames.contains(name)
          && !DefinitionReader.isColumn(name, of: fact)
        {
          let known = DefinitionReader.names(of: fact.entity)
          findings.add(
            .value, at: words?.at ?? item.at,
            "nothing called \"\(name)\" can stand in braces here",
            Suggestion.sentence(for: name, in: known, otherwise: "name a field of the record"))
        }
        guard let words, let condition else { return nil }
        return ReportDefinition.Reason(words: words, condition: condition)
      }
      return reason ?? nil
    }
  }

  /// Whether a list of a fact can have a column: a field, also by way of a reference, a derived one
  /// or a dimension; fields of the organisation's own end in `__c`.
  static func isColumn(_ name: String, of fact: Fact) -> Bool {
    if dimensions(of: fact).contains(name) { return true }
    var entity = fact.entity
    var parts = name.split(separator: ".").map(String.init)
    guard let last = parts.popLast() else { return false }
    for part in parts {
      guard let (_, target) = FactFields.reference(part, of: entity) else { return false }
      entity = target
    }
    let lower = last.lowercased()
    return lower.hasSuffix("__c") || names(of: entity).contains { $0.lowercased() == lower }
  }

  private static func names(of entity: Entity) -> [String] {
    entity.fields.map(\.name) + FactFields.derivedNames(of: entity)
  }

  private static func dimensions(of fact: Fact) -> [String] {
    Dimension.allCases.filter { $0.facts.contains(fact) && !$0.isTime }
      .flatMap { $0.entity == nil ? [$0.rawValue] : [$0.rawValue, $0.rawValue + "_id"] }
  }
}
