import Records

/// Texts of a column by row, nil where empty.
///
/// Ids and names of records are kept as row numbers and made into text when they are read: a column
/// of half a million of them costs two megabytes.
public struct TextCells: RandomAccessCollection, Hashable, Sendable {
  enum Storage: Sendable {
    case texts([String?])
    /// Ids of rows; nil where the number is negative.
    case ids(Keys?, [Int32])
    /// Names of rows, else their Ids; nil where the number is negative.
    case names(Texts, Keys?, [Int32])
  }

  let storage: Storage
  public let endIndex: Int

  public init(_ texts: [String?]) {
    storage = .texts(texts)
    endIndex = texts.count
  }

  /// The Ids of some rows of a table; a negative number stands for no row.
  public init(idsOf table: Table, at rows: [Int32]) {
    storage = .ids(table.keys, rows)
    endIndex = rows.count
  }

  /// The names of some rows of a table, else their Ids; a negative number stands for no row.
  public init(namesOf table: Table, at rows: [Int32]) {
    storage = .names(table.texts("Name"), table.keys, rows)
    endIndex = rows.count
  }

  public var startIndex: Int { 0 }

  public subscript(position: Int) -> String? {
    switch storage {
    case .texts(let texts): return texts[position]
    case .ids(let keys, let rows):
      let row = Int(rows[position])
      return row < 0 ? nil : keys?.text(row) ?? ""
    case .names(let names, let keys, let rows):
      let row = Int(rows[position])
      return row < 0 ? nil : names[row] ?? keys?.text(row) ?? ""
    }
  }

  public static func == (left: TextCells, right: TextCells) -> Bool {
    left.elementsEqual(right)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for text in self { hasher.combine(text) }
  }
}

extension TextCells: ExpressibleByArrayLiteral {
  public init(arrayLiteral texts: String?...) {
    self.init(texts)
  }
}
