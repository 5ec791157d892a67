import Records

/// The cells of one column over the accepted rows of one chunk.
enum ColumnPart {
  case decimals([Int64])
  case days([Int32])
  case instants(Instants)
  case flags([UInt8])
  /// Keys of Salesforce records; `SalesforceID.zero` is null.
  case keys(SalesforceKeys)
  /// Rows that keys name, of a table that was read before.
  case references([Int32])
  case codes(Codes)
  case texts(Texts)
  /// As many nulls, of a column that the file lacks.
  case absent(Int)
}

/// Codes that one worker gives to texts; -1 is null.
struct Codes {
  var values: [Int32] = []
  var worker = 0
  /// The texts of the codes that the worker gives in this part for the first time.
  var met: [[UInt8]] = []
}

/// The values of a part that is known to be of a kind; nil where it is of another.
extension ColumnPart {
  var decimals: [Int64]? { if case .decimals(let values) = self { values } else { nil } }
  var days: [Int32]? { if case .days(let values) = self { values } else { nil } }
  var instants: Instants? { if case .instants(let values) = self { values } else { nil } }
  var flags: [UInt8]? { if case .flags(let values) = self { values } else { nil } }
  var keys: SalesforceKeys? { if case .keys(let values) = self { values } else { nil } }
  var references: [Int32]? { if case .references(let values) = self { values } else { nil } }
  var codes: Codes? { if case .codes(let codes) = self { codes } else { nil } }
  var texts: Texts? { if case .texts(let texts) = self { texts } else { nil } }
}

extension ColumnPart {
  /// Number of rows.
  var count: Int {
    switch self {
    case .decimals(let values): values.count
    case .days(let values): values.count
    case .instants(let values): values.count
    case .flags(let values): values.count
    case .keys(let values): values.count
    case .references(let values): values.count
    case .codes(let codes): codes.values.count
    case .texts(let values): values.count
    case .absent(let count): count
    }
  }
}

/// What one worker made of one chunk.
struct ChunkRows {
  var number: Int
  var file: Int
  /// Bytes of its text.
  var byteCount = 0
  var parts: [ColumnPart] = []
  /// Lines of the accepted rows.
  var lines = RowLines()
  var counts = RowCounts()
  var findings = FindingLog()
  /// Cells that were read as other text, by column.
  var substituted: [Int] = []
  /// Currencies that stand in the cells of each column; empty where none does.
  var currencies: [[CurrencyCode?]] = []
  /// Newest SystemModstamp or LastModifiedDate, in seconds since 1970.
  var newestStamp: Int64?
  /// Keys of deleted records and of those that they were merged into, zero where into none.
  var merges: [UInt128: UInt128] = [:]
  /// Lines at the end that may be a report's footer.
  var tail = ChunkTail()

  var rowCount: Int { lines.count }

  /// Takes rows out of every column.
  mutating func remove(_ isRemoved: [Bool]) {
    func kept<Value>(_ values: some Sequence<Value>) -> [Value] {
      zip(values, isRemoved).compactMap { $1 ? nil : $0 }
    }
    parts = parts.map { part in
      switch part {
      case .decimals(let values): .decimals(kept(values))
      case .days(let values): .days(kept(values))
      case .instants(let values):
        .instants(Instants(seconds: kept(values.seconds), days: kept(values.days)))
      case .flags(let values): .flags(kept(values))
      case .keys(let values): .keys(SalesforceKeys(kept(values)))
      case .references(let values): .references(kept(values))
      case .codes(let codes):
        .codes(Codes(values: kept(codes.values), worker: codes.worker, met: codes.met))
      case .texts(let texts): .texts(texts.keeping { !isRemoved[$0] })
      case .absent: .absent(isRemoved.count { !$0 })
      }
    }
    currencies = currencies.map { $0.isEmpty ? [] : kept($0) }
    lines.remove(isRemoved)
  }
}

/// The lines on which rows begin, as runs of rows on consecutive lines.
struct RowLines {
  private(set) var runs: [(row: Int, line: Int)] = []
  private(set) var count = 0

  init() {}

  /// Rows that stand on consecutive lines from a line on.
  init(from line: Int, count: Int) {
    if count > 0 { runs = [(0, line)] }
    self.count = count
  }

  mutating func append(_ line: Int) {
    if let last = runs.last, last.line + count - last.row == line {
      count += 1
    } else {
      runs.append((count, line))
      count += 1
    }
  }

  mutating func remove(_ isRemoved: [Bool]) {
    var result = RowLines()
    for (position, run) in runs.enumerated() {
      let end = position + 1 < runs.count ? runs[position + 1].row : count
      for row in run.row..<end where !isRemoved[row] { result.append(run.line + row - run.row) }
    }
    self = result
  }
}

extension Texts {
  /// The rows for which a test holds.
  func keeping(_ isKept: (Int) -> Bool) -> Texts {
    var result = Texts()
    for row in 0..<count where isKept(row) { result.append(bytes[range(row)]) }
    return result
  }
}

/// What became of the rows of a file: read = used + set aside + deleted.
public struct RowCounts: Hashable, Sendable {
  public var read = 0
  public var setAside = 0
  /// How many have another number of cells than the header, those below a report included.
  public var ragged = 0
  public var deleted = 0

  public init() {}

  public var used: Int { read - setAside - deleted }

  public mutating func add(_ other: RowCounts) {
    read += other.read
    setAside += other.setAside
    ragged += other.ragged
    deleted += other.deleted
  }
}
