import Metrics
import Records
import Settings

// What concerns the report as a whole, and what depends on its figures.
extension DefinitionReader {
  /// The figures of the report that every section may name.
  func namedFigures(_ keys: KeyReader) -> [(key: String, figure: ReportDefinition.Figure)] {
    keys.entries("figures").compactMap { entry in
      if ReportDefinition.commonNames.contains(entry.key) {
        findings.add(
          .value, at: entry.at, "\"\(entry.key)\" stands for something else already",
          "give the figure another name")
      }
      return (entry.value.read(findings, figure) ?? nil).map { (entry.key, $0) }
    }
  }

  /// Who gets the report: words for people of the export, and addresses.
  func recipients(_ keys: KeyReader) -> [RecipientRule] {
    keys.value("to").map { RecipientRule.list($0, findings) } ?? []
  }

  /// The condition under which a section is shown.
  func condition(_ keys: KeyReader) -> FigureCondition? {
    guard let text = keys.located("when") else { return nil }
    do {
      let condition = try FigureCondition(ExpressionText(text.value, at: text.at))
      for name in condition.names where !figures.contains(name) {
        findings.add(
          .value, at: text.at, "the report has no figure called \"\(name)\"",
          Suggestion.sentence(
            for: name, in: figures,
            otherwise: figures.isEmpty
              ? "name it under figures: at the top of the report"
              : "use \(Suggestion.list(figures)), or name it under figures: at the top"))
      }
      return condition
    } catch {
      findings.add(error.finding)
      return nil
    }
  }

  func callout(_ keys: KeyReader) -> ReportDefinition.Callout? {
    let level = keys.oneOf("level", ["note", "warning"])
    guard let text = pattern(keys, "text", names: []) else {
      if !keys.has("text") { _ = keys.required("text") }
      return nil
    }
    return ReportDefinition.Callout(kind: level == "warning" ? .warning : .note, text: text)
  }

  /// Several sections under one heading.
  func group(_ keys: KeyReader, id: String) -> ReportDefinition.Content? {
    let values = keys.required("sections")?.list(findings) ?? []
    let parts = values.enumerated().compactMap { section($1, within: (id, $0 + 1)) }
    return parts.isEmpty ? nil : .group(parts)
  }
}
