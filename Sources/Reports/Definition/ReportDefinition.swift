import Metrics
import Records
import Settings

/// What a report contains, as its file in `reports/` says.
///
/// A definition names metrics, dimensions, fields and periods; it holds no figure. `ReportPlan`
/// turns it into queries for one edition.
public struct ReportDefinition: Sendable {
  /// Name by which the configuration and the command line call it, such as `weekly-territory`.
  public let name: String
  /// What its readers see it called.
  public let title: String
  /// The kinds of edition it can have, the usual one first.
  public let editions: [ReportDocument.Edition.Kind]
  /// Figures that conditions and words of every section may name, in the order of the file.
  public var figures: [(key: String, figure: Figure)] = []
  /// Who gets the report, where the configuration does not say.
  public var recipients: [RecipientRule] = []
  /// Whether its messages wait for somebody to approve them, where the configuration does not say.
  public var needsApproval = false
  public let sections: [Section]

  /// A part of the report under one heading.
  public struct Section: Sendable {
    /// Unique in the report.
    public let id: String
    public let title: String
    public let content: Content
    /// Where the section stands in its file.
    public let at: SourcePosition
    /// Shown only where this holds; nil: always.
    public var condition: FigureCondition?
    /// Whether the section is left out where it has nothing to show, and one closing line says so.
    public var isOmittedWhenEmpty = false
  }

  /// What a section shows.
  public enum Content: Sendable {
    case headline(Headline)
    case keyFigures([Figure])
    case chart(Chart)
    case table(Table)
    case tree(Tree)
    case text(Pattern)
    /// Sentences of other sections, chosen by rule.
    case takeaways(Takeaways)
    case callout(Callout)
    /// Families of which most changes hands, under both territory models.
    case changedFamilies(ChangedFamilies)
    /// The territory models of today and to come.
    case changedModels
    /// Several of the others under one heading.
    case group([Section])
  }

  /// The sections whose messages stand together, and how many of them at most.
  public struct Takeaways: Sendable {
    /// Ids of sections, the most important first.
    public let of: [String]
    public let limit: Int
  }

  /// One sentence, made of parts; a part of which a figure is not known is left out.
  public struct Headline: Sendable {
    public let parts: [Pattern]
    /// The figures that parts name, in the order of the file.
    public let figures: [(key: String, figure: Figure)]
  }

  /// One number of a scope.
  public struct Figure: Sendable {
    /// Name of the metric in the catalogue.
    public let metric: String
    /// What readers see it called; nil for the metric's own title.
    public let label: String?
    public let period: PeriodSpec
    /// The earlier period its change is counted from.
    public let compare: PeriodSpec?
    public let filter: ExpressionText?
    /// The metric that says over how many cases a rate is taken.
    public let cases: String?
    /// Words beside it, with metrics of the same period in braces.
    public let note: Pattern?
    /// How a quotient is written.
    public let form: Form
    /// Whether more of it is good; nil where it is neither.
    public let moreIsBetter: Bool?
    /// Why it may be missing.
    public let unknown: String?
    /// Spans of time of which the figure is the median; nil: it is that of the whole period.
    public var spans: Dimension?
    /// Whether `metric` is a figure of the change between two territory models.
    public var isOfChange = false
    /// The figure of the change that its own change is counted from.
    public var changeFrom: String?
  }

  /// How a quotient is written.
  public enum Form: String, CaseIterable, Sendable {
    /// As its unit says.
    case plain
    /// How many times, such as `2.4×`.
    case multiple
  }

  /// What a chart or a table is sliced by.
  public enum Breakdown: Hashable, Sendable {
    case dimension(Dimension)
    /// The territory and those directly below it; its owners where there are none.
    case parts
  }

  /// Rows of metrics, of records, or of a standard table.
  public struct Table: Sendable {
    /// Where rows come from.
    public enum Source: Sendable {
      case metrics([String], by: Breakdown)
      case listing(Fact)
      case standard(StandardTable)
      case detail(DetailTable)
      case data(DataTable)
      case changes(ChangeRows)
    }

    public let source: Source
    /// Titles and names of the columns; empty for all that the source has.
    public let columns: [(title: String, name: String)]
    public let period: PeriodSpec
    public let filter: ExpressionText?
    /// A field of days, and the period at whose end it must have passed.
    public let until: (field: String, period: PeriodSpec)?
    public let order: [Order]
    public let limit: Int?
    /// What the order means in words, such as "the largest first".
    public let orderWords: String?
    public let total: Bool
    /// A field of days that marks a row as overdue where it lies before the as-of date.
    public let overdue: String?
    public let note: Pattern?
    /// Why there may be no rows.
    public let empty: Pattern?
    /// How many rows formats that hold the complete list get at most; 0: only those that are shown.
    public var attached = 5_000
    /// For which reasons a record is listed; empty: the filter alone decides.
    public var reasons: [Reason] = []
    /// The columns that mail and text show beside the rows' names; empty: as there is room.
    public var mailColumns: [String] = []
  }

  /// A family as a drawing and a table.
  public struct Tree: Sendable {
    /// Which family; nil: that of a family's edition.
    public let family: FamilyChoice?
    /// How many families are drawn, the largest first.
    public let count: Int
    /// The most boxes drawn.
    public let boxes: Int
    public let empty: Pattern?
  }
}
