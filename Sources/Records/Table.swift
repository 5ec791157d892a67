/// The records of one entity as columns of equal length.
///
/// Grain: one row per record that the export holds and that was not set aside or deleted.
public struct Table: Sendable {
  public let entity: Entity
  public let count: Int
  /// The records' own keys; nil where the entity needs none or the export has none.
  public var keys: Keys?
  /// Loaded columns by field name.
  public var columns: [String: Column]
  /// Where each row stands in the files.
  public var sources: RowSources
  /// How many rows at the end stand in no file: their keys are all that other records say of them.
  public var strangerCount = 0

  public init(
    entity: Entity, count: Int = 0, keys: Keys? = nil, columns: [String: Column] = [:],
    sources: RowSources = RowSources()
  ) {
    self.entity = entity
    self.count = count
    self.keys = keys
    self.columns = columns
    self.sources = sources
  }

  public func has(_ field: String) -> Bool { columns[field] != nil }

  /// The cells of a decimal field; all null where the field was not exported.
  public func decimals(_ field: String) -> [Int64] {
    if case .decimals(let values) = columns[field] { return values }
    return [Int64](repeating: Exact.null, count: count)
  }

  /// The cells of a date field; all null where the field was not exported.
  public func days(_ field: String) -> [Int32] {
    if case .days(let values) = columns[field] { return values }
    return [Int32](repeating: Day.null, count: count)
  }

  /// The cells of a field of instants; all null where the field was not exported.
  public func instants(_ field: String) -> Instants {
    if case .instants(let values) = columns[field] { return values }
    return Instants(
      seconds: [Int64](repeating: Instants.null, count: count),
      days: [Int32](repeating: Day.null, count: count))
  }

  /// The cells of a yes-or-no field; all null (2) where the field was not exported.
  public func flags(_ field: String) -> [UInt8] {
    if case .flags(let values) = columns[field] { return values }
    return [UInt8](repeating: 2, count: count)
  }

  /// The cells of a reference field; all null where the field was not exported.
  public func references(_ field: String) -> [Int32] {
    if case .references(let values) = columns[field] { return values }
    return [Int32](repeating: Reference.null, count: count)
  }

  /// The cells of a field of repeating text; all null where the field was not exported.
  public func categories(_ field: String) -> Categories {
    if case .categories(let values) = columns[field] { return values }
    return Categories(codes: [Int32](repeating: Categories.null, count: count), values: [])
  }

  /// The cells of a text field; all empty where the field was not exported.
  public func texts(_ field: String) -> Texts {
    if case .texts(let values) = columns[field] { return values }
    return Texts(bytes: [], ends: [Int](repeating: 0, count: count))
  }

  /// The Id of a row as it is printed; empty where the entity has no keys.
  public func id(_ row: Int) -> String { keys?.text(row) ?? "" }

  /// The name of a row, else its Id.
  public func name(_ row: Int) -> String { texts("Name")[row] ?? id(row) }
}

/// Where rows stand in their files, kept as runs of consecutive lines.
public struct RowSources: Sendable {
  /// Names of the files, in reading order.
  public var files: [String] = []
  /// Name of the sheet by file number, where a file is a workbook.
  public var sheets: [Int: String] = [:]
  private var runs: [Run] = []

  private struct Run: Sendable {
    let row: Int
    let file: Int
    let line: Int
  }

  public init() {}

  /// Notes the file and line of a row; rows come in ascending order.
  public mutating func append(row: Int, file: Int, line: Int) {
    if let last = runs.last, last.file == file, last.line + row - last.row == line { return }
    runs.append(Run(row: row, file: file, line: line))
  }

  /// File and line of a row, nil where none was noted.
  public func position(of row: Int) -> SourcePosition? {
    run(of: row).map {
      SourcePosition(
        file: files[$0.file], sheet: sheets[$0.file], line: $0.line + row - $0.row)
    }
  }

  /// Number of a row's file in `files`, where one file may stand several times.
  public func file(of row: Int) -> Int? { run(of: row)?.file }

  private func run(of row: Int) -> Run? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? runs[low - 1] : nil
  }
}
