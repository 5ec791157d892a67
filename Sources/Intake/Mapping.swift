import Records

/// How one CRM's files stand for the records of Cadastre: a preset or a mapping file, as data.
public struct Mapping: Sendable {
  /// What keys look like.
  public enum KeyForm: String, Sendable, CaseIterable {
    /// Salesforce Ids of 15 or 18 characters, joined on the former.
    case salesforce
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
    /// Where each field comes from; nil takes every known field by its own name.
    public var fields: [String: FieldSource]?
  }

  /// Where the cells of a field come from.
  public struct FieldSource: Sendable {
    public var column: String?
    /// The same text in every row.
    public var constant: String?
    /// Spellings to be read as others.
    public var values: [String: String] = [:]
    /// Factor of a number, as where revenue is given in millions.
    public var times: Int64 = 1
    /// The cell is looked up in another file of the export.
    public var lookup: Lookup?

    public init(column: String?) {
      self.column = column
    }
  }

  /// A value taken from the row of another file in which a column equals the cell.
  public struct Lookup: Sendable, Hashable {
    public var file: String
    public var match: String
    public var take: String
  }

  public var name: String
  public var keys: KeyForm
  /// How the CRM writes dates and numbers, where a request does not say otherwise.
  public var forms = CellForms()
  public var sources: [Entity: [Source]]
  public var outcomes: [String: Outcome]

  /// The sources of an entity whose pattern matches a file.
  func sources(of entity: Entity, in file: ExportFile) -> [Source] {
    (sources[entity] ?? []).filter { source in
      source.files.contains { Mapping.matches(file.stem, pattern: $0) }
    }
  }

  /// Whether any entity or lookup reads a file.
  func reads(_ file: ExportFile) -> Bool {
    Entity.allCases.contains { !sources(of: $0, in: file).isEmpty }
      || sources.values.joined().contains { source in
        (source.fields ?? [:]).values.contains {
          $0.lookup.map { Mapping.matches(file.stem, pattern: $0.file) } ?? false
        }
      }
  }

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
