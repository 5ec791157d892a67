import Records

/// The result of a query, a listing or a standard table: columns of equal length.
///
/// Grain: one row per what `grain` says. Figures stay exact until they are printed: engines return
/// integers and quotients, and the only division and rounding happen in `dataText` or in a report's
/// formatter.
public struct MetricTable: Hashable, Sendable {
  /// Name of the standard table, or a name given by who asked.
  public let name: String
  /// What one row stands for, such as "an account in no territory".
  public let grain: String
  public let columns: [MetricColumn]
  public let rowCount: Int
  /// How many rows there are before a limit cut them.
  public let totalRowCount: Int
  /// Sentences about the whole: why it is empty, what it leaves out.
  public var notes: [String]
  /// Sums of the amounts in the rows that a list's limit cut, by column.
  public var cutSums: [String: Ratio] = [:]

  public init(
    name: String, grain: String, columns: [MetricColumn], totalRowCount: Int? = nil,
    notes: [String] = []
  ) {
    self.name = name
    self.grain = grain
    self.columns = columns
    self.rowCount = columns.first?.cells.count ?? 0
    self.totalRowCount = totalRowCount ?? self.rowCount
    self.notes = notes
  }

  /// The column of a name, nil where there is none.
  public subscript(name: String) -> MetricColumn? { columns.first { $0.name == name } }
}

/// One column of a metric table.
public struct MetricColumn: Hashable, Sendable {
  /// Stable name in data formats, such as `won_amount`.
  public let name: String
  /// Heading for people, such as "Won amount".
  public let title: String
  public let unit: Unit
  public let cells: Cells
  /// The sentence that defines the figure; empty for names and Ids.
  public let definition: String
  /// For rates, means and medians the number of rows each rests on; below 5 a rate is weak.
  public let n: [Int128]?
  /// What people read in place of a text, where an organisation has labels of its own for the values
  /// that data formats print.
  public var labels: [String: String] = [:]
  /// The unit of each row where rows differ, as measures below each other do; nil: `unit`.
  public let rowUnits: [Unit]?

  public init(
    name: String, title: String, unit: Unit, cells: Cells, definition: String = "",
    n: [Int128]? = nil, rowUnits: [Unit]? = nil
  ) {
    self.n = n
    self.rowUnits = rowUnits
    self.name = name
    self.title = title
    self.unit = unit
    self.cells = cells
    self.definition = definition
  }
}

/// What the numbers or texts of a column are.
public enum Unit: Hashable, Sendable {
  case text
  /// The Id of a record, of the entity that the name column beside it shows.
  case id(Entity)
  /// An amount in corporate currency.
  case money
  case count
  /// A quotient of like by like, such as a win rate; 0.25 is a quarter.
  case rate
  /// Whole days.
  case days
  /// A mean of days, printed with two decimals.
  case meanDays
  /// A mean of counts, printed with two decimals.
  case mean
  /// A calendar day, ISO 8601 in the cells' text.
  case day
  /// Any other number.
  case number
}

/// The cells of a column, by row; nil or a zero denominator where a figure is undefined.
public enum Cells: Hashable, Sendable {
  case text(TextCells)
  /// Counts and days.
  case integers(NumberCells)
  /// Integers of 1/10,000 of a currency unit.
  case money(NumberCells)
  /// Quotients: rates, means, and amounts that are finer than 1/10,000 (weighted pipeline).
  case ratios([Ratio])
  /// Rates that were rounded to whole millionths where they were made.
  case millionths(NumberCells)

  /// Number of rows.
  public var count: Int {
    switch self {
    case .text(let values): values.count
    case .integers(let values): values.count
    case .money(let values): values.count
    case .ratios(let values): values.count
    case .millionths(let values): values.count
    }
  }
}

// From arrays, as whoever makes cells by hand has them.
extension Cells {
  public static func text(_ texts: [String?]) -> Cells { .text(TextCells(texts)) }

  public static func integers(_ values: [Int128?]) -> Cells { .integers(NumberCells(values)) }

  public static func money(_ values: [Int128?]) -> Cells { .money(NumberCells(values)) }
}

extension MetricColumn {
  /// The exact value of a cell in whole units; nil where it is undefined or text.
  public func value(_ row: Int) -> Ratio? {
    switch cells {
    case .text: nil
    case .integers(let values): values[row].map { Ratio($0, over: 1) }
    case .money(let values): values[row].map { Ratio($0, over: Int128(Exact.scale)) }
    case .ratios(let values): values[row].isDefined ? values[row] : nil
    case .millionths(let values): values[row].map { Ratio($0, over: Int128(Shares.whole)) }
    }
  }

  /// The unit of a cell.
  public func unit(_ row: Int) -> Unit { rowUnits?[row] ?? unit }

  /// The text of a text cell; nil where it is empty or a figure.
  public func text(_ row: Int) -> String? {
    guard case .text(let values) = cells else { return nil }
    return values[row]
  }

  /// The text of a text cell as people read it.
  public func shownText(_ row: Int) -> String? { text(row).map { labels[$0] ?? $0 } }
}
