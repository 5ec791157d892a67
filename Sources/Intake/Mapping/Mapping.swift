import Records

/// How one CRM's files stand for the records of Cadastre: a preset or a mapping file, as data.
public struct Mapping: Sendable {
  /// What keys look like.
  public enum KeyForm: String, Sendable, CaseIterable {
    /// Salesforce Ids of 15 or 18 characters, joined on the former.
    case salesforce
    /// Whole numbers, joined however a spreadsheet wrote them: `1,234`, `1234.0`; of a list
    /// `12;34` the first. Other text is joined as it stands.
    case number
    /// Any text, joined as it stands.
    case text
  }

  /// What a stage means for a deal, where the export has no IsClosed and IsWon.
  public enum Outcome: String, Sendable, CaseIterable {
    case open, won, lost
  }

  /// Rows of one kind of file that are records of an entity.
  public struct Source: Sendable {
    /// File names without folder and extension, without regard to case; `*` stands for anything.
    public var files: [String]
    /// Whether a repeated key is expected, as where a column of another table names the records.
    public var isDistinct = false
    /// Ways to each field, of which the first that a file offers counts; nil takes every known
    /// field by its own name.
    public var fields: [String: [FieldSource]]?
    /// Whether fields that `fields` does not name are taken by their own names too.
    public var takesOwnNames = false
    /// Whether a file is passed over where it lacks a column that the entity needs.
    public var isOptional = false

    /// Whether a pattern matches one of a file's names.
    func reads(_ names: [String]) -> Bool {
      files.contains { pattern in names.contains { Mapping.matches($0, pattern: pattern) } }
    }

    public init(files: [String], fields: [String: [FieldSource]]? = nil, isDistinct: Bool = false) {
      self.files = files
      self.fields = fields
      self.isDistinct = isDistinct
    }
  }

  /// Where the cells of a field come from.
  public struct FieldSource: Sendable, Equatable {
    /// What several columns are to a field.
    public enum Role: Sendable {
      /// Headers of one column, of which the first that is there counts.
      case oneOf
      /// Columns whose texts are joined by a space, such as first and last name.
      case join
      /// Columns of which, row by row, the first that is not empty counts.
      case firstFilled
    }

    public var columns: [String]
    public var role = Role.oneOf
    /// The same text in every row.
    public var constant: String?
    /// Spellings to be read as others.
    public var values: [String: String] = [:]
    /// Factor of a number, as where revenue is given in millions.
    public var times: Int64 = 1
    /// The cell is looked up in another file of the export.
    public var lookup: Lookup?
    /// Whether a file may lack the columns; the field is then absent.
    public var isOptional = false

    public init(_ columns: String..., role: Role = .oneOf) {
      self.columns = columns
      self.role = role
    }

    public init(columns: [String], role: Role = .oneOf) {
      self.columns = columns
      self.role = role
    }

    /// The positions of the field's columns in a file: none for a constant, nil where it has none.
    func cells(in header: Header) -> [Int]? {
      if constant != nil { return [] }
      let found = columns.compactMap(header.position)
      guard !found.isEmpty else { return nil }
      return role == .oneOf ? Array(found.prefix(1)) : found
    }
  }

  /// A value taken from the row of another file in which a column equals the cell.
  public struct Lookup: Sendable, Hashable {
    /// Pattern of the file's name.
    public var file: String
    /// Headers of the column that is searched; the first that is there counts.
    public var match: [String]
    /// Headers of the column whose cell is taken.
    public var take: [String]
    /// Whether a cell that is not found stays as it is, rather than being empty.
    public var keepsUnknown: Bool

    public init(file: String, match: [String], take: [String], keepsUnknown: Bool = false) {
      self.file = file
      self.match = match
      self.take = take
      self.keepsUnknown = keepsUnknown
    }
  }

  public var name: String
  public var keys: KeyForm
  /// How the CRM writes dates and numbers, where a request does not say otherwise.
  public var forms = CellForms()
  public var sources: [Entity: [Source]]
  public var outcomes: [String: Outcome]
  /// Whether any column may be absent, as in a preset; a field without its column is absent then.
  public var isOptional = false

  init(
    name: String, keys: KeyForm, sources: [Entity: [Source]], outcomes: [String: Outcome]
  ) {
    self.name = name
    self.keys = keys
    self.sources = sources
    self.outcomes = outcomes
  }

  /// Whether any entity or lookup reads a file.
  func reads(_ file: ExportFile) -> Bool { reads(file.names) }

  static func matches(_ stem: String, pattern: String) -> Bool {
    matches(Array(stem.lowercased().utf8)[...], Array(pattern.lowercased().utf8)[...])
  }

  private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    let parts = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text.elementsEqual(pattern) }
    guard let first = parts.first, let last = parts.last, text.starts(with: first),
      text.count >= first.count + last.count, text.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard
        let start = rest.indices.first(where: { rest[$0...].starts(with: part) })
      else { return false }
      rest = rest[(start + part.count)...]
    }
    return true
  }
}
