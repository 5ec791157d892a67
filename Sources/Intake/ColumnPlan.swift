import Records

/// What to read from one column of one file.
struct ColumnPlan: Sendable {
  let field: String
  let kind: FieldKind
  /// Whether a row is set aside where this cell cannot be read.
  let isEssential: Bool
  /// Position of the column in the file, nil for a constant or a column the file lacks.
  let cell: Int?
  let constant: [UInt8]?
  let substitution: Substitution?
  let times: Int64
  /// How the column writes dates and numbers.
  var forms = CellForms()
}

/// The cells of one column over the accepted rows of one chunk.
enum ColumnPart {
  case decimals([Int64])
  case days([Int32])
  case instants(Instants)
  case flags([UInt8])
  /// Keys of Salesforce records; `SalesforceID.zero` is null.
  case keys([UInt128])
  /// Codes of a worker's interner; -1 is null.
  case codes([Int32], worker: Int)
  case texts(Texts)
}

/// What one worker made of one chunk.
struct ChunkRows {
  var number: Int
  var file: Int
  var parts: [ColumnPart]
  var rowCount: Int
  /// Line of each accepted row.
  var lines: [Int]
  var counts = RowCounts()
  var findings = FindingLog()
  /// Cells that were read as other text, by column.
  var substituted: [Int] = []
  /// Newest SystemModstamp or LastModifiedDate, in seconds since 1970.
  var newestStamp: Int64?
  /// Keys of merged records and of the records that they became.
  var merges: [UInt128: UInt128] = [:]
}

/// What became of the rows of a file: read = used + set aside + deleted.
public struct RowCounts: Hashable, Sendable {
  public var read = 0
  public var setAside = 0
  public var deleted = 0

  public init() {}

  public var used: Int { read - setAside - deleted }

  public mutating func add(_ other: RowCounts) {
    read += other.read
    setAside += other.setAside
    deleted += other.deleted
  }
}
