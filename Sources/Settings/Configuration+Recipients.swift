import Records

extension Configuration {
  /// How the editions of a report reach their readers.
  public struct Distribution: Sendable {
    /// Who gets them; empty: as the report's definition says.
    public var to: [RecipientRule] = []
    /// What stands in the subject, with names in braces; nil: title, edition and as-of date.
    public var subject: String?
    /// Whether messages wait until somebody approves them; nil: as usual for the report.
    public var needsApproval: Bool?
    /// nil: by mail where a server is named, else to folders.
    public var deliver: Deliver?
    /// The files that go along; nil: the workbook.
    public var attach: [Attachment]?

    /// As the report's definition says.
    public init() {}

    /// Names that a subject may hold in braces.
    public static let subjectNames = ["report", "edition", "as_of", "organisation"]
  }
}

extension Configuration.Distribution {
  /// Reads the keys of a report that are about its readers.
  init(_ keys: KeyReader) {
    let findings = keys.findings
    if let value = keys.value("to") { to = RecipientRule.list(value, findings) }
    subject = keys.value("subject").flatMap { value in
      value.name(findings).flatMap { Configuration.Distribution.checked($0, value, findings) }
    }
    needsApproval = keys.oneOf("approval", ["required", "none"]).map { $0 == "required" }
    deliver = keys.oneOf("deliver", Configuration.Deliver.self)
    if keys.has("attach") {
      attach = keys.list("attach").compactMap {
        $0.oneOf(Configuration.Attachment.self, findings)
      }
    }
  }

  private static func checked(_ text: String, _ value: Value, _ findings: Findings) -> String? {
    for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: "}") else {
        findings.add(
          .value, at: value.at, "the subject has a brace that is not closed", "write {edition}")
        return nil
      }
      let name = String(part[..<end])
      guard !subjectNames.contains(name) else { continue }
      findings.add(
        .value, at: value.at, "a subject knows no \"{\(name)}\"",
        Suggestion.sentence(
          for: name, in: subjectNames, otherwise: "use \(Suggestion.list(subjectNames))"))
      return nil
    }
    return text
  }
}
