import Records

/// The truth about an export before anything is made from it: what each section of a report will
/// be, what became of each file's rows, and what was found.
///
/// Like a report it is built once; its writers (text, HTML, JSON, XML) print the same sentences.
public struct CheckDocument: Sendable {
  /// What became of one file's rows.
  ///
  /// Grain: one per file and entity read from it; read = used + set aside + deleted.
  public struct File: Hashable, Sendable {
    public let name: String
    /// The object that the rows are records of.
    public let entity: String
    public let read: Int
    public let used: Int
    public let setAside: Int
    public let deleted: Int
    /// How the file was read, and why so.
    public let dialect: String

    public init(
      name: String, entity: String, read: Int, used: Int, setAside: Int, deleted: Int,
      dialect: String
    ) {
      self.name = CleanText.of(name)
      self.entity = CleanText.of(entity)
      self.read = read
      self.used = used
      self.setAside = setAside
      self.deleted = deleted
      self.dialect = CleanText.of(dialect)
    }
  }

  /// Name of the organisation; nil where reading ended before it was known.
  public var organisation: String?
  /// The day whose knowledge the export shows; nil where reading ended before it was known.
  public var asOf: Day?
  /// Reports in the order of the configuration, then the standard tables.
  public var readiness: [SectionReadiness]
  /// In the order in which they were read.
  public var files: [File]
  /// Files that nothing reads.
  public var ignored: [String]
  public var findings: FindingLog
  public var formatter: ValueFormatter
  /// What made it, such as "cadastre 0.1".
  public var run: String

  public init(
    organisation: String? = nil, asOf: Day? = nil, readiness: [SectionReadiness] = [],
    files: [File] = [], ignored: [String] = [], findings: FindingLog,
    formatter: ValueFormatter = ValueFormatter(), run: String = "cadastre"
  ) {
    self.organisation = organisation.map(CleanText.of)
    self.asOf = asOf
    self.readiness = readiness
    self.files = files
    self.ignored = ignored.map(CleanText.of)
    self.findings = findings
    self.formatter = formatter
    self.run = run
  }

  /// The rows of all files.
  var total: File {
    File(
      name: "All files", entity: "", read: sum(\.read), used: sum(\.used),
      setAside: sum(\.setAside),
      deleted: sum(\.deleted), dialect: "")
  }

  private func sum(_ count: KeyPath<File, Int>) -> Int {
    files.reduce(0) { $0 + $1[keyPath: count] }
  }

  /// The reports with their sections, then the standard tables, each in its order.
  var groups: [(name: String, title: String, sections: [SectionReadiness])] {
    var groups: [(name: String, title: String, sections: [SectionReadiness])] = []
    for section in readiness {
      if groups.last?.name != section.report {
        let title =
          section.report.isEmpty ? "Standard tables" : "Report \(section.report)"
        groups.append((section.report, title, []))
      }
      groups[groups.count - 1].sections.append(section)
    }
    return groups
  }

  /// What it comes to, as a sentence or two.
  var summary: String {
    let found = FindingsPage.summary(of: findings, formatter)
    guard asOf != nil else { return "The check stopped before its end. \(found)" }
    let counts = SectionReadiness.Level.allCases.map { level in
      (level, readiness.count { $0.level == level })
    }
    let parts = counts.filter { $0.1 > 0 }.map { "\(number($0.1)) \($0.0.rawValue)" }
    return "Of \(number(readiness.count)) sections and tables: "
      + Suggestion.list(parts, conjunction: "and") + ". \(found)"
  }

  func number(_ count: Int) -> String { formatter.count(Int128(count)).text }
}
