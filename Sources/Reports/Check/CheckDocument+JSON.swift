import Records

extension CheckDocument {
  /// The document as JSON; keys, and the elements of every list, stay in their order.
  ///
  /// Counts are numbers; what is not known is null.
  public var json: String {
    let members: [String] = [
      "  \"organisation\": \(organisation.map(JSONText.string) ?? "null")",
      "  \"as_of\": \(asOf.map { JSONText.string($0.description) } ?? "null")",
      "  \"run\": \(JSONText.string(run))",
      "  \"summary\": \(JSONText.string(summary))",
      JSONText.list("readiness", readiness.map(json)),
      JSONText.list("files", files.map(json)),
      "  \"rows\": \(JSONText.object(counts(of: total)))",
      JSONText.list("ignored", ignored.map(JSONText.string)),
      JSONText.list("findings", findings.entries.map(json)),
    ]
    return "{\n" + members.joined(separator: ",\n") + "\n}\n"
  }

  private func json(_ section: SectionReadiness) -> String {
    JSONText.object([
      ("report", section.report.isEmpty ? "null" : JSONText.string(section.report)),
      ("section", JSONText.string(section.id)), ("title", JSONText.string(section.title)),
      ("will_be", JSONText.string(section.level.rawValue)),
      ("because", JSONText.string(section.because)), ("remedy", JSONText.string(section.remedy)),
    ])
  }

  private func json(_ file: File) -> String {
    JSONText.object(
      [("file", JSONText.string(file.name)), ("entity", JSONText.string(file.entity))]
        + counts(of: file) + [("dialect", JSONText.string(file.dialect))])
  }

  private func counts(of file: File) -> [(name: String, json: String)] {
    [
      ("read", String(file.read)), ("used", String(file.used)),
      ("set_aside", String(file.setAside)), ("deleted", String(file.deleted)),
    ]
  }

  private func json(_ entry: FindingLog.Entry) -> String {
    let finding = entry.first
    let places = entry.places.map { JSONText.string(CleanText.of($0.description)) }
    return JSONText.object([
      ("severity", JSONText.string(finding.severity.rawValue)),
      ("code", JSONText.string(finding.code)),
      ("manual", JSONText.string(FindingManual.place(of: finding.code))),
      ("count", String(entry.count)), ("what", JSONText.string(CleanText.of(finding.what))),
      ("done", JSONText.string(CleanText.of(finding.done))),
      ("suggestion", JSONText.string(CleanText.of(finding.suggestion))),
      ("places", "[" + places.joined(separator: ", ") + "]"),
    ])
  }
}
