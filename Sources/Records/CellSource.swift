/// Where the cells of a field stand in a file of an export: what a mapping says, with the headers that
/// the file really has.
public struct CellSource: Hashable, Sendable {
  /// What several columns are to a field.
  public enum Role: Hashable, Sendable {
    /// There is one column.
    case column
    /// Columns whose texts are joined by a space.
    case join
    /// Columns of which, row by row, the first that is filled counts.
    case firstFilled
  }

  /// A file in which a cell is looked up, by the headers of two of its columns.
  public struct LookupFile: Hashable, Sendable {
    public let file: String
    public let delimiter: Character
    public let match: String
    public let take: String

    public init(file: String, delimiter: Character, match: String, take: String) {
      self.file = file
      self.delimiter = delimiter
      self.match = match
      self.take = take
    }
  }

  /// Headers of the columns; none for a constant.
  public var headers: [String]
  public var role: Role
  /// The same text in every row.
  public var constant: String?
  /// Spellings that are read as others.
  public var values: [String: String]
  /// Factor of a number.
  public var times: Int64
  /// The files in which the cell is looked up, in their order; empty: the cell itself counts.
  public var lookup: [LookupFile] = []
  /// Whether a cell that is not found stays as it is.
  public var keepsUnknown = false

  public init(
    headers: [String], role: Role = .column, constant: String? = nil,
    values: [String: String] = [:], times: Int64 = 1
  ) {
    self.headers = headers
    self.role = role
    self.constant = constant
    self.values = values
    self.times = times
  }

  /// The header of the one column that is the field as it stands; nil where it is made otherwise.
  public var plainHeader: String? {
    self == CellSource(headers: headers) && headers.count == 1 ? headers[0] : nil
  }
}
