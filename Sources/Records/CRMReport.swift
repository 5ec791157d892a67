/// A report that the CRM made of some records, read and joined to those of the export.
///
/// It holds one figure's records as the CRM shows them, so that each can be held against the same
/// figure here.
public struct CRMReport: Sendable {
  /// The file as sentences name it.
  public let file: String
  /// Grain: one entry per row of the report that stands for a record, in the order of the file.
  public var rows: [Row]
  /// Headings of the columns that were read; nil where the report has none of the kind.
  public var columns: Columns
  /// Decimal places of the values as the report writes them, at most four.
  public var places: Int
  /// What the report says the sum of its values is, in 1/10,000; nil where it says nothing.
  public var total: Int64?
  /// What is worth knowing about the file: lines that are no records, cells that are no numbers.
  public var findings: [Finding]

  /// Headings of a report by what their columns hold.
  public struct Columns: Hashable, Sendable {
    public var id: String?
    public var name: String?
    public var account: String?
    public var value: String?
    public var currency: String?
    public var day: String?
    public var stage: String?

    public init() {}
  }

  /// One row of a report.
  public struct Row: Sendable {
    public let at: SourcePosition
    /// The Id as the report writes it.
    public var id: String?
    public var name: String?
    /// Name of the account that the row names.
    public var account: String?
    /// The value in 1/10,000; nil where the cell is empty or holds no number.
    public var value: Int64?
    /// Whether the cell of the value holds something that is no number.
    public var isUnreadable = false
    /// Code of the currency that the row states for its value.
    public var currency: String?
    /// Close date, or whatever day the report shows.
    public var day: Day?
    public var stage: String?
    /// The record of the export that the row means.
    public var match = Match.absent
    /// Other values that further rows of the export give the same Id, in 1/10,000; these rows were
    /// set aside.
    public var repeatedValues: [Int64] = []

    public init(at: SourcePosition) {
      self.at = at
    }
  }

  /// What a row of a report means in the export.
  public enum Match: Hashable, Sendable {
    /// A row of the table of the export.
    case record(Int32)
    /// The export holds the record as deleted.
    case deleted
    /// The export holds the record as merged into another, by its Id.
    case merged(into: String)
    /// The export holds the record, and reading set it aside; the code of the finding, where its row
    /// shows it.
    case setAside(code: String?, at: SourcePosition)
    /// The export does not hold the Id, which is newer than all that it holds.
    case newer
    /// The export does not hold the Id.
    case absent
    /// The report gives a name and no Id, and no record has the name.
    case unknownName
    /// The report gives a name and no Id, and several records have the name.
    case severalNames(Int)
    /// The row has neither an Id nor a name.
    case unnamed
  }

  public init(
    file: String, rows: [Row], columns: Columns = Columns(), places: Int = 2, total: Int64? = nil,
    findings: [Finding] = []
  ) {
    self.file = file
    self.rows = rows
    self.columns = columns
    self.places = places
    self.total = total
    self.findings = findings
  }
}
