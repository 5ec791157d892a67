import Metrics
import Records
import Settings

extension ReportDefinition {
  /// Names that every pattern may use.
  static let commonNames = ["edition", "quarter", "year", "as_of"]

  /// Reads a definition.
  ///
  /// - Parameters:
  ///   - text: content of the file.
  ///   - file: its name, as errors print it.
  ///   - metrics: names of the metrics of the catalogue; nil leaves them unchecked.
  /// - Throws: Every finding about the file, in the order of places.
  public init(text: String, file: String, metrics: Set<String>? = nil) throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let reader = DefinitionReader(findings: findings, metrics: metrics)
    let definition = document.root.read(findings) { keys in
      let name = keys.required("report")?.string(findings)
      let title = keys.required("title")?.string(findings)
      let editions = (keys.required("editions")?.list(findings) ?? []).compactMap {
        $0.oneOf(ReportDocument.Edition.Kind.self, findings)
      }
      let sections = (keys.required("sections")?.list(findings) ?? []).compactMap(reader.section)
      return (name, title, editions, sections)
    }
    if let definition { reader.checkIDs(definition.3) }
    try findings.throwIfAny()
    guard let (name, title, editions, sections) = definition, let name, let title else {
      throw FindingsError([])
    }
    self.init(name: name, title: title, editions: editions, sections: sections)
  }
}

/// Reads the sections of a definition; what does not fit becomes a finding.
struct DefinitionReader {
  let findings: Findings
  let metrics: Set<String>?

  func section(_ value: Value) -> ReportDefinition.Section? {
    let section = value.read(findings) { keys -> ReportDefinition.Section? in
      let kinds = ["headline", "key_figures", "chart", "table", "tree", "text"]
      let kind = keys.required("kind")?.oneOf(kinds, findings)
      let title =
        kind == "headline" ? keys.string("title") : keys.required("title")?.string(findings)
      let id = keys.string("id")
      let content = kind.flatMap { self.content($0, keys) }
      guard let kind, let content else { return nil }
      let fallback = title.map(DefinitionReader.slug) ?? kind
      return ReportDefinition.Section(
        id: id ?? fallback, title: title ?? "", content: content, at: value.at)
    }
    return section ?? nil
  }

  private func content(_ kind: String, _ keys: KeyReader) -> ReportDefinition.Content? {
    switch kind {
    case "headline": return headline(keys).map { .headline($0) }
    case "key_figures":
      let figures = (keys.required("figures")?.list(findings) ?? []).compactMap {
        $0.read(findings, figure) ?? nil
      }
      return .keyFigures(figures)
    case "chart": return chart(keys).map { .chart($0) }
    case "table": return table(keys).map { .table($0) }
    case "tree":
      let family = keys.required("family")?.oneOf(["largest_won", "largest_open"], findings)
      return .tree(
        ReportDefinition.Tree(
          family: family == "largest_open" ? .largestOpen : .largestWon,
          boxes: keys.int("boxes", in: 2...200) ?? 24,
          empty: pattern(keys, "empty", names: [])))
    default:
      guard let pattern = pattern(keys, "text", names: []) else {
        if !keys.has("text") { _ = keys.required("text") }
        return nil
      }
      return .text(pattern)
    }
  }

  private func headline(_ keys: KeyReader) -> ReportDefinition.Headline? {
    let figures = keys.entries("figures").compactMap {
      entry -> (key: String, figure: ReportDefinition.Figure)? in
      guard let figure = entry.value.read(findings, figure) ?? nil else { return nil }
      return (entry.key, figure)
    }
    let names = figures.flatMap { [$0.key, $0.key + ".change"] }
    let parts = (keys.required("parts")?.list(findings) ?? []).compactMap {
      pattern($0, names: names)
    }
    return parts.isEmpty ? nil : ReportDefinition.Headline(parts: parts, figures: figures)
  }

  private func figure(_ keys: KeyReader) -> ReportDefinition.Figure? {
    let metric = metric(keys.required("metric"))
    let better = keys.oneOf("better", ["more", "less", "neither"])
    let figure = ReportDefinition.Figure(
      metric: metric ?? "", label: keys.string("label"),
      period: period(keys, "period") ?? .always, compare: period(keys, "compare"),
      filter: expression(keys, "where"), cases: keys.value("cases").flatMap(self.metric),
      note: pattern(keys, "note", names: metrics?.sorted()),
      form: keys.oneOf("as", ReportDefinition.Form.self) ?? .plain,
      moreIsBetter: better == "neither" ? nil : better != "less",
      unknown: keys.string("unknown"))
    return metric == nil ? nil : figure
  }

  private func chart(_ keys: KeyReader) -> ReportDefinition.Chart? {
    let kind = keys.required("chart")?.oneOf(ReportDefinition.Chart.Kind.self, findings)
    let metric = metric(keys.required("metric"))
    let isLine = kind == .line
    let months = isLine ? keys.int("months", in: 2...60) : nil
    let by = isLine ? .dimension(.month) : breakdown(keys.required("by"))
    let chart = ReportDefinition.Chart(
      kind: kind ?? .bar, metric: metric ?? "",
      target: kind == .bullet ? keys.value("target").flatMap(self.metric) : nil,
      ownerTarget: kind == .bullet ? keys.value("owner_target").flatMap(self.metric) : nil,
      by: by ?? .parts, period: isLine ? .always : period(keys, "period") ?? .always,
      months: months ?? 12, filter: expression(keys, "where"), order: order(keys),
      limit: keys.int("limit", in: 1...100) ?? 12,
      subtitle: pattern(keys, "subtitle", names: []), empty: pattern(keys, "empty", names: []))
    return kind == nil || metric == nil || by == nil ? nil : chart
  }

  /// Two sections of one id would share an anchor.
  func checkIDs(_ sections: [ReportDefinition.Section]) {
    var seen: [String: SourcePosition] = [:]
    for section in sections {
      if let first = seen[section.id] {
        findings.add(
          .value, at: section.at,
          "the section has the id \"\(section.id)\", which the section at line \(first.line) has",
          "give it another title or an id of its own")
      }
      seen[section.id] = section.at
    }
  }

  /// A title as an id: lower-case letters and digits with hyphens between.
  static func slug(_ title: String) -> String {
    var slug = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: slug.unicodeScalars.append(scalar)
      default: if !slug.hasSuffix("-"), !slug.isEmpty { slug += "-" }
      }
    }
    while slug.hasSuffix("-") { slug.removeLast() }
    return slug.isEmpty ? "section" : slug
  }
}
