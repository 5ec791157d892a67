/// One edition of a report, ready to be written: every value formatted, nothing left to decide.
///
/// Grain: one document per report, scope and as-of date. A definition and the tables of an engine
/// become a document once; each writer then turns the same strings into its format.
public struct ReportDocument: Equatable, Sendable {
  /// Whom and what one edition is about.
  public struct Edition: Hashable, Sendable {
    /// The kind of scope.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      case company
      /// A part of the company that has territories of its own below it.
      case region
      case territory
      /// What one person answers for.
      case manager
      case family
    }

    public let kind: Kind
    /// Id of the territory, user or family; empty for the company.
    public let id: String
    /// Name of the scope, such as the territory's.
    public let name: Name
    /// Names of the scopes above, the outermost first.
    public let path: [Name]

    public init(kind: Kind, id: String, name: Name, path: [Name] = []) {
      self.kind = kind
      self.id = CleanText.of(id)
      self.name = name
      self.path = path
    }
  }

  /// Name of the definition, such as `weekly-territory`.
  public var report: String
  /// What the report is called, such as "Weekly territory report".
  public var title: String
  /// Name of the organisation.
  public var organisation: String
  public var edition: Edition
  public var locale: ReportLocale
  /// What every format calls its own parts.
  public var words: ReportWords = .english
  /// Code of the currency of every amount.
  public var currency: String
  /// The day whose knowledge the report shows.
  public var asOf: Shown
  /// What it is all about in one sentence of arithmetic.
  public var headline: Prose
  /// What a person wrote for this edition, a paragraph each; empty where nobody did.
  public var comment: [Prose]
  public var sections: [Section]
  /// The sections that are left out because they have nothing to show, as their definition says.
  public var quiet: [QuietSection]
  /// The sections that are left out because the export lacks what they are made from.
  public var absent: [AbsentSection]
  public var definitions: [Definition]
  public var footer: Footer
  /// The figures that it shows, exact, for whoever keeps them; no writer prints them.
  public var exact: [ExactFigure] = []

  public init(
    report: String, title: String, organisation: String, edition: Edition, locale: ReportLocale,
    currency: String, asOf: Shown, headline: Prose, comment: [Prose] = [],
    sections: [Section], quiet: [QuietSection] = [], absent: [AbsentSection] = [],
    definitions: [Definition], footer: Footer
  ) {
    self.report = CleanText.of(report)
    self.title = CleanText.of(title)
    self.organisation = CleanText.of(organisation)
    self.edition = edition
    self.locale = locale
    self.currency = CleanText.of(currency)
    self.asOf = asOf
    self.headline = headline
    self.comment = comment
    self.sections = sections
    self.quiet = quiet
    self.absent = absent
    self.definitions = definitions
    self.footer = footer
  }

  /// A part of a report under one heading.
  public struct Section: Equatable, Sendable {
    /// Unique in the document; also the anchor of links to it.
    public let id: String
    public let title: String
    public var blocks: [Block]
    /// Why there is nothing to show, nil where there is.
    public var absence: Prose?
    /// Whether it may stand beside its neighbours where there is room, as charts do.
    public var isNarrow: Bool

    public init(
      id: String, title: String, blocks: [Block] = [], absence: Prose? = nil,
      isNarrow: Bool = false
    ) {
      self.isNarrow = isNarrow
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.blocks = blocks
      self.absence = absence
    }
  }

  /// A section that is left out because it has nothing to show.
  public struct QuietSection: Hashable, Sendable {
    /// The anchor it would have.
    public let id: String
    public let title: String
    /// Why there is nothing.
    public let why: Prose

    public init(id: String, title: String, why: Prose) {
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.why = why
    }
  }

  /// A section that cannot be made from this export, and why.
  public struct AbsentSection: Hashable, Sendable {
    /// The anchor it would have.
    public let id: String
    public let title: String
    /// What the export lacks, as a clause.
    public let because: String
    /// How to get it, as a clause.
    public let remedy: String

    public init(id: String, title: String, because: String, remedy: String) {
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.because = CleanText.of(because)
      self.remedy = CleanText.of(remedy)
    }
  }

  /// What a section is made of.
  public enum Block: Equatable, Sendable {
    case paragraph(Prose)
    case callout(Callout)
    case figures([KeyFigure])
    case chart(Chart)
    case table(Table)
    case tree(Tree)
  }

  /// Something a reader must not overlook.
  public struct Callout: Hashable, Sendable {
    /// How much it matters.
    public enum Kind: String, Hashable, Sendable {
      case note
      case warning
    }

    public let kind: Kind
    public let text: Prose

    public init(kind: Kind, text: Prose) {
      self.kind = kind
      self.text = text
    }
  }

  /// What a figure means.
  public struct Definition: Hashable, Sendable {
    /// Name of the metric; also the anchor of links to it.
    public let id: String
    public let term: String
    public let text: String

    public init(id: String, term: String, text: String) {
      self.id = CleanText.of(id)
      self.term = CleanText.of(term)
      self.text = CleanText.of(text)
    }
  }

  /// Where the figures come from and how good the data is.
  public struct Footer: Hashable, Sendable {
    public var facts: [Fact]
    /// Counts of what was wrong with the data, worst first.
    public var quality: [QualityCount]
    public var notes: [Prose]

    public init(facts: [Fact], quality: [QualityCount] = [], notes: [Prose] = []) {
      self.facts = facts
      self.quality = quality
      self.notes = notes
    }
  }

  /// A named value of the footer.
  public struct Fact: Hashable, Sendable {
    /// Stable name in data formats, such as `as-of`.
    public let key: String
    public let label: String
    public let value: Shown

    public init(key: String, label: String, value: Shown) {
      self.key = CleanText.of(key)
      self.label = CleanText.of(label)
      self.value = value
    }
  }

  /// How often one thing was wrong with the data.
  public struct QualityCount: Hashable, Sendable {
    /// Code of the finding, such as `account-parent-absent`.
    public let code: String
    /// Severity of the finding: error, warning or notice.
    public let severity: String
    public let text: String
    public let count: Shown

    public init(code: String, severity: String, text: String, count: Shown) {
      self.code = CleanText.of(code)
      self.severity = CleanText.of(severity)
      self.text = CleanText.of(text)
      self.count = count
    }
  }
}
