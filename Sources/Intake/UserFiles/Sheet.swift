import Records

/// A table that a person keeps: a row of headings and rows of cells that know their places.
///
/// Grain: one row per line of the table that is not blank, in the order of the file.
struct Sheet: Sendable {
  /// The file as findings name it.
  let file: String
  /// Name of the sheet of a workbook; nil in a text file.
  let sheet: String?
  /// How the file is written, as `check` says it.
  let form: String
  /// The headings, none of them empty, ascending by column.
  let headings: [Cell]
  let rows: [Row]
  /// Cells with something in them under no heading, which nobody reads.
  let strays: [SourcePosition]

  /// A line of the table: its cells by column, empty ones left out.
  struct Row: Sendable {
    let line: Int
    var cells: [Int: Cell]
  }

  /// One cell.
  struct Cell: Sendable {
    /// What a spreadsheet knows about a cell; a text file knows text alone.
    enum Kind: Sendable {
      case text
      case number
      /// A date, written as 2026-11-20.
      case day
      /// Yes or no, written as TRUE or FALSE.
      case flag
      /// No value but an error such as `#REF!`, or a formula that was never computed.
      case fault
    }

    var text: String
    var kind = Kind.text
    /// Column of the table by which the cell finds its heading, from 1.
    var column: Int
    var at: SourcePosition
    /// Whether the cell is one of several merged ones and not their first: the text is that one's.
    var isMerged = false
  }

  /// The most rows of one file.
  static let maximumRows = 1_048_576
  /// The most cells of one file that are kept.
  static let maximumCells = 5_000_000

  /// The place of a whole row, or with 0 of the whole table.
  func position(line: Int) -> SourcePosition {
    SourcePosition(file: file, sheet: sheet, line: line)
  }

  /// Reads a CSV file, or a sheet of a workbook.
  ///
  /// - Parameters:
  ///   - path: where the file lies.
  ///   - name: the file as findings name it.
  ///   - sheet: name of the sheet; nil takes the first that is not hidden.
  /// - Returns: the table with its headings.
  /// - Throws: `FindingsError` where the file is unreadable as a whole.
  static func read(_ path: String, named name: String, sheet: String?) throws -> Sheet {
    guard Workbook.isWorkbook(name) else {
      if let sheet {
        throw FindingsError([UserFileFindings.sheetOfText(name, sheet: sheet)])
      }
      return try Sheet(csv: path, named: name)
    }
    return try Workbook(path, named: name).table(sheet)
  }
}
