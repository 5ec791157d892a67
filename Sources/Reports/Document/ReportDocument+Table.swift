extension ReportDocument {
  /// Rows of values under headings.
  public struct Table: Hashable, Sendable {
    /// Unique in the document.
    public let id: String
    /// What the table shows; its caption.
    public let title: String
    public let columns: [Column]
    public var rows: [Row]
    /// The rows of the complete list that only data formats and workbooks hold.
    public var rest: [Row]
    /// A line that sums what is not among the rows, for formats that do not hold the rest.
    public var other: Row?
    /// The last line, which sums the rows.
    public var total: Row?
    /// How many rows there are of how many, nil where that says nothing.
    public var extent: Extent?
    /// Why there are no rows; shown where there are none.
    public var whyEmpty: Prose
    /// What a reader should know about the rows.
    public var note: Prose?
    /// Keys of the columns that mail and text show beside the rows' names where a definition says
    /// so; empty: as there is room.
    public var narrowColumns: [String]

    public init(
      id: String, title: String, columns: [Column], rows: [Row], rest: [Row] = [],
      other: Row? = nil, total: Row? = nil, extent: Extent? = nil, whyEmpty: Prose,
      note: Prose? = nil, narrowColumns: [String] = []
    ) {
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.columns = columns
      self.rows = rows
      self.rest = rest
      self.other = other
      self.total = total
      self.extent = extent
      self.whyEmpty = whyEmpty
      self.note = note
      self.narrowColumns = narrowColumns
    }
  }

  /// A column of a table.
  public struct Column: Hashable, Sendable {
    /// Where cells are aligned.
    public enum Alignment: String, Hashable, Sendable {
      case start
      case end
    }

    /// Stable name in data formats, such as `won_amount`.
    public let key: String
    public let title: String
    /// What the cells' unit is called beside the title, such as "USD"; nil where it goes without.
    public let unit: String?
    public let alignment: Alignment
    /// Whether the cells name their rows.
    public let isRowHeader: Bool
    /// Whether the cells are names of files or the like, whose long words may part.
    public let holdsFiles: Bool
    /// The definition of the figures, by its id.
    public let definition: String?

    public init(
      key: String, title: String, unit: String? = nil, alignment: Alignment = .start,
      isRowHeader: Bool = false, holdsFiles: Bool = false, definition: String? = nil
    ) {
      self.key = CleanText.of(key)
      self.title = CleanText.of(title)
      self.unit = unit.map(CleanText.of)
      self.alignment = alignment
      self.isRowHeader = isRowHeader
      self.holdsFiles = holdsFiles
      self.definition = definition.map(CleanText.of)
    }
  }

  /// A line of a table; it has a cell for each column.
  public struct Row: Hashable, Sendable {
    public let cells: [Cell]
    /// How deep the row stands in a tree, 0 at its top.
    public let level: Int

    public init(_ cells: [Cell], level: Int = 0) {
      self.cells = cells
      self.level = level
    }
  }

  /// A value in a table.
  public struct Cell: Hashable, Sendable {
    public let value: Shown
    public let link: RecordLink?
    /// The Id of the record that the value names, nil where it names none.
    public let id: String?
    /// A word that marks the value, such as "overdue".
    public let mark: String?

    public init(
      _ value: Shown, link: RecordLink? = nil, id: String? = nil, mark: String? = nil
    ) {
      self.value = value
      self.link = link
      self.id = id.map(CleanText.of)
      self.mark = mark.map(CleanText.of)
    }
  }

  /// How many rows a list shows of how many.
  public struct Extent: Hashable, Sendable {
    public let shown: Shown
    public let all: Shown
    /// The count as a sentence, such as "10 of 37, the largest first".
    public let text: String
    /// What the order of the rows means, such as "the largest first".
    public let order: String?

    public init(shown: Shown, all: Shown, text: String, order: String? = nil) {
      self.shown = shown
      self.all = all
      self.text = CleanText.of(text)
      self.order = order.map(CleanText.of)
    }
  }
}
