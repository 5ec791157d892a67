import Records

/// One export, read: its records and what there is to say about them.
public struct Export: Sendable {
  public var records: RecordSet
  public var findings: FindingLog
  /// Grain: one entry per entity and file that was read for it.
  public var files: [FileReport]
  /// Files that no entity of the mapping reads.
  public var ignored: [String]
  /// The day of the newest change in the export, nil where it states none or none was looked for.
  public var newestDay: Day?
  /// What the export says about the organisation, nil where it says nothing.
  public var organisation: Organisation?

  /// What the files say that users keep beside the export.
  public var userRecords = UserRecords()
  /// Grain: one entry per file that a user keeps beside the export.
  public internal(set) var userFiles: [UserFileReport] = []
  /// Each error in those files, in the order of the files and their cells.
  public internal(set) var userFileErrors: [Finding] = []

  /// What became of one file's rows: read = used + set aside + deleted.
  public struct FileReport: Sendable {
    public let file: String
    public let entity: Entity
    public let dialect: Dialect
    public internal(set) var counts: RowCounts
    /// Where the cells of each field that was read stand in the file, by field.
    public let cells: [String: CellSource]
    /// The names of all columns, in their order.
    public let headers: [String]
  }

  /// The organisation as its export describes it.
  public struct Organisation: Sendable {
    public var name: String?
    public var timeZone: String?
    public var calendar: FiscalCalendar?
  }
}

/// What to load.
public struct LoadRequest: Sendable {
  /// Folders, zips or CSV files.
  public var paths: [String]
  public var mapping: Mapping
  /// Fields wanted by entity; required and essential ones are read in any case.
  public var fields: [Entity: Set<String>]
  /// Further fields, wanted only where the export holds leads.
  public var fieldsWithLeads: [Entity: Set<String>] = [:]
  /// Known fields of which each cell is read and none kept, to find what is wrong with them.
  ///
  /// A text among them is a column of the table all the same, in which the first row stands for
  /// whether any has a text.
  public var checked: [Entity: Set<String>]
  /// The day to see the records on, nil to take it from the export.
  public var asOf: Day?
  /// Whether the day of the newest change is looked for even where `asOf` is stated.
  public var findsNewestDay = true
  /// The zone in which an instant becomes a day, nil to take it from the export, else UTC.
  public var timeZone: String?
  /// How the export writes dates and numbers; the mapping says what is left open here.
  public var forms: CellForms
  public var threads: Int
  /// What is stated about the bytes of the files; what is not is detected.
  public var dialect: Dialect.Stated
  /// What containers may hold; tests make it small.
  var limits = ContainerLimits()
  /// Bytes of a file read at a time; tests make it small, to cut everywhere.
  var blockSize = ChunkReader.blockSize

  public init(
    paths: [String], mapping: Mapping, fields: [Entity: Set<String>],
    checked: [Entity: Set<String>] = [:], asOf: Day? = nil, timeZone: String? = nil,
    forms: CellForms = CellForms(),
    dialect: Dialect.Stated = Dialect.Stated(), threads: Int = 2
  ) {
    self.paths = paths
    self.mapping = mapping
    self.fields = fields
    self.checked = checked
    self.asOf = asOf
    self.timeZone = timeZone
    self.forms = forms
    self.dialect = dialect
    self.threads = max(1, threads)
  }
}
