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
  ///   - catalogue: the metrics, which say what charts can show them; nil leaves charts unchecked.
  /// - Throws: Every finding about the file, in the order of places.
  public init(
    text: String, file: String, metrics: Set<String>? = nil, catalogue: MetricCatalogue? = nil
  ) throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let reader = DefinitionReader(
      findings: findings, metrics: metrics ?? catalogue.map { Set($0.metrics.map(\.name)) },
      catalogue: catalogue)
    let definition = document.root.read(findings) { keys in
      let name = keys.required("report")?.string(findings)
      let title = keys.required("title")?.string(findings)
      let editions = (keys.required("editions")?.list(findings) ?? []).compactMap {
        $0.oneOf(["territory", "company", "family"], findings)
      }.compactMap(ReportDocument.Edition.Kind.init(rawValue:))
      let sections = (keys.required("sections")?.list(findings) ?? []).compactMap(reader.section)
      return (name, title, editions, sections)
    }
    if let definition {
      let all = definition.3.flatMap(\.withParts)
      reader.checkIDs(all)
      reader.checkTakeaways(all)
    }
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
  var catalogue: MetricCatalogue?

  func section(_ value: Value) -> ReportDefinition.Section? {
    let section = value.read(findings) { keys -> ReportDefinition.Section? in
      let kinds = [
        "headline", "key_figures", "chart", "map", "table", "tree", "text", "takeaways", "chapter",
      ]
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
    case "chart", "map": return chart(keys, isMap: kind == "map").map { .chart($0) }
    case "takeaways":
      let ids = keys.required("of")?.strings(findings) ?? []
      return .takeaways(
        ReportDefinition.Takeaways(of: ids, limit: keys.int("limit", in: 1...20) ?? 8))
    case "chapter":
      let parts = (keys.required("sections")?.list(findings) ?? []).compactMap(section)
      return .chapter(parts)
    case "table": return table(keys).map { .table($0) }
    case "tree":
      let words = ["largest_won", "largest_open", "own"]
      let family = keys.required("family")?.oneOf(words, findings)
      return .tree(
        ReportDefinition.Tree(
          family: family == "own" ? nil : family == "largest_open" ? .largestOpen : .largestWon,
          count: keys.int("count", in: 1...20) ?? 1, boxes: keys.int("boxes", in: 2...200) ?? 24,
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
