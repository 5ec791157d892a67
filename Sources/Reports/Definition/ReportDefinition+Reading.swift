import Metrics
import Records
import Settings

extension ReportDefinition {
  /// Names that every pattern may use.
  static let commonNames = [
    "edition", "quarter", "year", "as_of", "movement_from", "movement_to",
    "prediction_day", "prediction_model",
  ]

  /// The name that stands for why an edition goes to somebody else than the one it is for.
  static let readerName = "sent_because"

  /// Names that the note of a median over several spans may use besides.
  static let spanNames = ["least", "greatest", "spans"]

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
    var reader = DefinitionReader(
      findings: findings, metrics: metrics ?? catalogue.map { Set($0.metrics.map(\.name)) },
      catalogue: catalogue)
    let definition = document.root.read(findings) { keys in
      let figures = reader.namedFigures(keys)
      reader.figures = figures.map(\.key)
      let recipients = reader.recipients(keys)
      let approval = keys.oneOf("approval", ["required", "none"])
      let name = keys.required("report")?.string(findings)
      let title = keys.required("title")?.string(findings)
      let editions = (keys.required("editions")?.list(findings) ?? []).compactMap {
        $0.oneOf(ReportDocument.Edition.Kind.self, findings)
      }
      let sections = (keys.required("sections")?.list(findings) ?? []).compactMap(reader.section)
      return (name, title, editions, figures, recipients, sections, approval)
    }
    if let definition {
      reader.checkIDs(definition.5)
      reader.checkTakeaways(definition.5.flatMap(\.withParts))
    }
    try findings.throwIfAny()
    guard let (name, title, editions, figures, recipients, sections, approval) = definition,
      let name, let title
    else {
      throw FindingsError([])
    }
    self.init(
      name: name, title: title, editions: editions, figures: figures, recipients: recipients,
      needsApproval: approval == "required", sections: sections)
  }
}

/// Reads the sections of a definition; what does not fit becomes a finding.
struct DefinitionReader {
  let findings: Findings
  let metrics: Set<String>?
  var catalogue: MetricCatalogue?
  /// Names of the report's own figures.
  var figures: [String] = []

  func section(_ value: Value) -> ReportDefinition.Section? { section(value, within: nil) }

  /// Reads a section, or one of a group, whose id begins with that of the group and, where it has no
  /// title, ends with its number there.
  func section(
    _ value: Value, within group: (id: String, number: Int)?
  ) -> ReportDefinition.Section? {
    let section = value.read(findings) { keys -> ReportDefinition.Section? in
      let parts = ["key_figures", "chart", "map", "table", "tree", "text", "callout"]
      let kind = keys.required("kind")?.oneOf(
        group == nil ? ["headline", "takeaways"] + parts + ["group"] : parts, findings)
      let needsTitle = kind != "headline" && group == nil
      let title = needsTitle ? keys.required("title")?.string(findings) : keys.string("title")
      let own = keys.string("id") ?? title.map(DefinitionReader.slug)
      let last = own ?? kind ?? "section"
      let joined = group.map { "\($0.id)-\(own ?? "\(last)-\($0.number)")" } ?? last
      let content = kind.flatMap {
        $0 == "group" ? self.group(keys, id: joined) : self.content($0, keys)
      }
      let condition = condition(keys)
      let whenEmpty = keys.oneOf("when_empty", ["say", "omit"])
      guard kind != nil, let content else { return nil }
      return ReportDefinition.Section(
        id: joined, title: title ?? "", content: content, at: value.at, condition: condition,
        isOmittedWhenEmpty: whenEmpty == "omit")
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
    case "table": return table(keys).map { .table($0) }
    case "callout": return callout(keys).map { .callout($0) }
    case "tree" where keys.has("changes"): return changedTree(keys)
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

  func figure(_ keys: KeyReader) -> ReportDefinition.Figure? {
    let isOfChange = keys.has("change")
    let metric =
      isOfChange ? changeFigure(keys.value("change")) : metric(keys.required("metric"))
    let spans = keys.oneOf("median_of", Dimension.allCases.filter(\.isTime).map(\.rawValue))
    let better = keys.oneOf("better", ["more", "less", "neither"])
    let figure = ReportDefinition.Figure(
      metric: metric ?? "", label: keys.string("label"),
      period: period(keys, "period") ?? .always, compare: period(keys, "compare"),
      filter: expression(keys, "where"), cases: keys.value("cases").flatMap(self.metric),
      note: pattern(
        keys, "note",
        names: metrics.map { $0.sorted() + (spans == nil ? [] : ReportDefinition.spanNames) }),
      form: keys.oneOf("as", ReportDefinition.Form.self) ?? .plain,
      moreIsBetter: better == "neither" ? nil : better != "less",
      unknown: keys.string("unknown"), spans: spans.flatMap(Dimension.init(rawValue:)),
      isOfChange: isOfChange, changeFrom: isOfChange ? changeFigure(keys.value("from")) : nil)
    if figure.spans != nil, let compare = keys.entry("compare") {
      findings.add(
        .value, at: compare.at, "a median of several spans has no earlier period to compare with",
        "remove compare or median_of")
    }
    return metric == nil ? nil : figure
  }

  /// Two sections of one id would share an anchor.
  func checkIDs(_ sections: [ReportDefinition.Section]) {
    var seen: [String: SourcePosition] = [:]
    for section in sections.flatMap(\.withParts) {
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
