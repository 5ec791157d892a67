/// An edition as it is addressed to one reader: for whom it is, what else comes with it, whether
/// somebody approved it, and what it corrects.
public struct MessageDocument: Sendable {
  /// The edition.
  public var document: ReportDocument
  /// Who reads it, and why where it is not theirs.
  public var reader: String?
  /// Names of the other editions in the message and of the files that hold them.
  public var others: [(edition: String, file: String)] = []
  /// What stands for the approval until somebody gives it; nil where none is needed.
  public var approvalMark: String?
  /// What the earlier message said; nil: there was none.
  public var corrects: Said?
  /// Names of files that are too large to go along.
  public var leftOut: [String] = []

  /// What a message said, in short.
  public struct Said: Equatable, Sendable {
    /// Label and value of each key figure, in their order.
    public var figures: [(label: String, value: String)]
    /// Title and a digest of each section, in their order.
    public var sections: [(title: String, digest: String)]

    public init(
      figures: [(label: String, value: String)], sections: [(title: String, digest: String)]
    ) {
      self.figures = figures
      self.sections = sections
    }

    public static func == (left: Said, right: Said) -> Bool {
      left.figures.elementsEqual(right.figures, by: ==)
        && left.sections.elementsEqual(right.sections, by: ==)
    }
  }

  /// - Parameter document: the edition.
  public init(_ document: ReportDocument) { self.document = document }

  /// The edition with what is said to this reader alone.
  public var addressed: ReportDocument {
    var addressed = document
    let words = document.words
    if let reader {
      fact("recipient", words[.recipient], reader, in: &addressed)
    }
    if let approvalMark { fact("approval", words[.approval], approvalMark, in: &addressed) }
    if let corrects {
      addressed.sections.insert(correction(of: corrects), at: 0)
    }
    if !others.isEmpty {
      let lines = others.map { other in
        words.filled(
          .inFullIn,
          [
            "edition": ReportDocument.Prose(runs: [.name(ReportDocument.Name(other.edition))]),
            "file": ReportDocument.Prose(other.file),
          ])
      }
      // Behind the first section, where nobody overlooks it.
      addressed.sections.insert(
        ReportDocument.Section(
          id: "also-in-message", title: words[.alsoInMessage],
          blocks: lines.map { .paragraph($0) }), at: min(1, addressed.sections.count))
    }
    if !leftOut.isEmpty {
      addressed.footer.notes.insert(
        words.filled(
          .tooLarge, ["files": ReportDocument.Prose(leftOut.joined(separator: ", "))]), at: 0)
    }
    return addressed
  }

  /// What the subject says: report, edition and as-of date, and whether it corrects another message.
  ///
  /// - Parameter pattern: the subject with names in braces; nil: the usual one.
  /// - Returns: one line without control characters.
  public func subject(_ pattern: String?) -> String {
    var subject = MailWriter.subject(of: document)
    if let pattern {
      let names = [
        "report": document.title, "edition": document.edition.name.text,
        "as_of": document.asOf.text, "organisation": document.organisation,
      ]
      // Each name is replaced once: what a customer is called is never read as a pattern.
      let parts = pattern.split(separator: "{", omittingEmptySubsequences: false)
      subject = parts.dropFirst().reduce(String(parts.first ?? "")) { line, part in
        guard let end = part.firstIndex(of: "}") else { return line + "{" + part }
        return line + (names[String(part[..<end])] ?? "") + part[part.index(after: end)...]
      }
    }
    subject = CleanText.unmarked(subject)
    return corrects == nil
      ? subject : document.words.say(.corrected, ["subject": ReportDocument.Prose(subject)])
  }

  /// What the edition says, to be kept beside its message.
  public var said: Said {
    var figures: [(label: String, value: String)] = []
    for case .figures(let shown) in document.sections.flatMap(\.blocks) {
      figures += shown.map { ($0.label, $0.value.text) }
    }
    let writer = TextWriter()
    return Said(
      figures: figures,
      sections: document.sections.map { section in
        var one = document
        one.sections = [section]
        (one.quiet, one.absent, one.definitions, one.comment) = ([], [], [], [])
        one.footer = ReportDocument.Footer(facts: [])
        return (section.title, MessageDocument.digest(writer.text(of: one)))
      })
  }

  /// A digest of all that the edition says: made again of the same data it has the same.
  public var content: String { MessageDocument.digest(TextWriter().text(of: document)) }

  /// The first half of the SHA-256 digest of a text, in hexadecimal.
  static func digest(_ text: String) -> String {
    SHA256.digest(Array(text.utf8)).prefix(16).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  private func fact(
    _ key: String, _ label: String, _ value: String, in document: inout ReportDocument
  ) {
    let fact = ReportDocument.Fact(
      key: key, label: label, value: Shown(value, data: value, unit: .text))
    if let place = document.footer.facts.firstIndex(where: { $0.key == key }) {
      document.footer.facts[place] = fact
    } else {
      document.footer.facts.append(fact)
    }
  }

  /// What is not as the earlier message said it.
  private func correction(of before: Said) -> ReportDocument.Section {
    let words = document.words
    let now = said
    let known = Dictionary(before.figures.map { ($0.label, $0.value) }) { first, _ in first }
    var lines: [ReportDocument.Prose] = [ReportDocument.Prose(words[.sentBefore])]
    for figure in now.figures where known[figure.label] != figure.value {
      let values = [
        "label": figure.label, "value": figure.value, "before": known[figure.label] ?? "",
      ].mapValues { ReportDocument.Prose($0) }
      lines.append(words.filled(known[figure.label] == nil ? .figureNew : .figureWas, values))
    }
    let digests = Dictionary(before.sections.map { ($0.title, $0.digest) }) { first, _ in first }
    let changed = now.sections.filter { digests[$0.title] != $0.digest && !$0.title.isEmpty }
    if !changed.isEmpty {
      let titles = changed.map(\.title).joined(separator: ", ")
      lines.append(words.filled(.sectionChanged, ["sections": ReportDocument.Prose(titles)]))
    }
    return ReportDocument.Section(
      id: "correction", title: words[.whatChanged], blocks: lines.map { .paragraph($0) })
  }
}

extension ReportWords {
  /// Who approved a message and when, as its footer says it.
  ///
  /// - Parameters:
  ///   - who: the login name.
  ///   - when: the moment.
  /// - Returns: a clause.
  public func approved(by who: String, on when: String) -> String {
    say(.approvedBy, ["who": ReportDocument.Prose(who), "when": ReportDocument.Prose(when)])
  }
}
