import Records

extension CheckDocument {
  /// The document for a terminal.
  public var text: String {
    [heading, sections, fileTable, ignoredLine, found].compactMap { $0 }
      .joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let about = [organisation, asOf.map { "as of \($0)" }].compactMap { $0 }.map(CleanText.unmarked)
    return (about.isEmpty ? [] : [about.joined(separator: ", ")] + [""]).joined(separator: "\n")
      + summary
  }

  /// What each section will be; below those that are not ready why, and how to get them.
  private var sections: String? {
    guard !readiness.isEmpty else { return nil }
    let width = SectionReadiness.Level.allCases.map(\.rawValue.count).max() ?? 0
    return groups.map { group in
      let lines = group.sections.flatMap { section -> [String] in
        let level = section.level.rawValue
        let space = String(repeating: " ", count: width - level.count)
        let first = "  \(level)\(space)  \(CleanText.unmarked(section.title))"
        guard section.level != .ready else { return [first] }
        let indent = String(repeating: " ", count: width + 4)
        return [
          first, "\(indent)because \(section.because)", "\(indent)to have it: \(section.remedy)",
        ]
      }
      return ([group.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private var fileTable: String? {
    guard !files.isEmpty else { return nil }
    let head = ["Files", "as", "rows read =", "used +", "set aside +", "deleted", "read as"]
    let rows = (files + [total]).map { file in
      [
        CleanText.unmarked(file.name), file.entity, number(file.read), number(file.used),
        number(file.setAside), number(file.deleted), file.dialect,
      ]
    }
    return AlignedText.of([head] + rows, right: [2, 3, 4, 5])
  }

  private var ignoredLine: String? {
    ignored.isEmpty
      ? nil
      : "Files that nothing reads: " + ignored.map(CleanText.unmarked).joined(separator: ", ")
  }

  private var found: String {
    guard !findings.isEmpty else { return "Findings: none." }
    return "Findings\n\n" + findings.entries.map(finding).joined(separator: "\n")
  }

  private func finding(_ entry: FindingLog.Entry) -> String {
    let finding = entry.first
    let places = entry.places.prefix(3).map { CleanText.unmarked($0.description) }
    let more = entry.count > places.count && !places.isEmpty ? ", …" : ""
    let end = finding.suggestion.hasSuffix("?") ? "" : "."
    let sentence = "\(finding.what); \(finding.done); \(finding.suggestion)\(end)"
    var lines = [
      "\(finding.severity.rawValue)  \(finding.code)  × \(number(entry.count))",
      "    \(CleanText.of(sentence))",
    ]
    if !places.isEmpty { lines.append("    at \(places.joined(separator: ", "))\(more)") }
    lines.append("    " + FindingManual.place(of: finding.code))
    return lines.joined(separator: "\n")
  }
}
