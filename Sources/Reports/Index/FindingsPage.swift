import Records

/// The page of everything that was wrong with the data or the configuration.
///
/// Grain: one entry per code of finding, errors first.
public struct FindingsPage: Sendable {
  public let context: ReportContext

  public init(context: ReportContext) {
    self.context = context
  }

  /// The page `findings.html`.
  ///
  /// `home` is the relative address of the page over all editions, nil where there is none.
  public func html(templates: Templates, home: String? = nil) -> String {
    templates.render(
      "findings", fields(home: home),
      title: "\(context.formatter.words[.findings]): \(context.formatter.dayText(context.asOf))",
      locale: context.formatter.locale)
  }

  /// How many findings there are of which severity, as a sentence.
  static func summary(of log: FindingLog, _ format: ValueFormatter) -> String {
    let parts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = log.entries.filter { $0.first.severity == severity }
        .reduce(0) { $0 + $1.count }
      guard count > 0 else { return nil }
      let name: ReportWords.Name =
        switch severity {
        case .error: .countErrors
        case .warning: .countWarnings
        case .notice: .countNotices
        }
      return format.words.say(name, ["count": "\(format.count(Int128(count)))"])
    }
    guard !parts.isEmpty else { return format.words[.nothingWrong] }
    return format.words.list(parts) + "."
  }

  func fields(home: String?) -> [String: TemplateValue] {
    let format = context.formatter
    let fields: [String: TemplateValue] = [
      "title": .text(format.words[.findings]), "organisation": .text(context.organisation),
      "home": .text(home), "asOf": .markup(HTMLText.value(format.day(context.asOf))),
      "summary": .text(FindingsPage.summary(of: context.findings, format)),
      "findings": .list(
        context.findings.entries.map { FindingsPage.fields(of: $0, format) }),
    ]
    let footer = ReportDocument.Footer(
      facts: [
        ReportDocument.Fact(
          key: "as-of", label: format.words[.asOf], value: format.day(context.asOf)),
        ReportDocument.Fact(
          key: "run", label: format.words[.madeBy], value: format.text(context.run)),
      ], notes: format.words.notes)
    return fields.merging(HTMLWriter.footer(footer, format.words, findings: nil)) { first, _ in
      first
    }
  }

  /// A clause as a sentence: with a capital letter and an end.
  static func sentence(_ clause: String) -> String {
    let text = CleanText.of(clause)
    guard let last = text.last else { return "" }
    let end = ".?!…".contains(last) ? "" : "."
    return text.prefix(1).uppercased() + text.dropFirst() + end
  }

  /// What the template `finding` is given.
  static func fields(
    of entry: FindingLog.Entry, _ format: ValueFormatter
  ) -> TemplateValue {
    let finding = entry.first
    let places = entry.places.map(\.description)
    return .object([
      "id": .text(finding.code), "severity": .text(finding.severity.rawValue),
      "word": .text(format.words.severity(finding.severity.rawValue)),
      "code": .markup(HTMLText.wrapping(finding.code)),
      "count": .text("\(format.count(Int128(entry.count)).text) ×"),
      "meaning": .text(FindingManual.builtIn.meaning(of: finding.code)),
      "manual": .text(FindingManual.place(of: finding.code)),
      "what": .text(FindingsPage.sentence(finding.what)),
      "done": .text(FindingsPage.sentence(finding.done)),
      "suggestion": .text(FindingsPage.sentence(finding.suggestion)),
      "hasPlaces": .flag(!places.isEmpty),
      "placesLabel": .text(
        places.count < entry.count
          ? format.words.say(
            .whereFirst,
            [
              "shown": "\(format.count(Int128(places.count)))",
              "all": "\(format.count(Int128(entry.count)))",
            ]) : format.words[.where]),
      "places": .list(places.map { .object(["text": .markup(HTMLText.file(CleanText.of($0)))]) }),
    ])
  }
}
