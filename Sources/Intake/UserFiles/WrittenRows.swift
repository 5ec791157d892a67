import Records

/// The rows of a CSV file that this program wrote and reads again.
public enum WrittenRows {
  /// The cells of each row by heading, empty where a cell is.
  ///
  /// - Parameters:
  ///   - path: where the file lies.
  ///   - name: the file as findings name it.
  /// - Returns: a dictionary a row.
  /// - Throws: `FindingsError` where the file is unreadable as a whole.
  public static func read(_ path: String, named name: String) throws -> [[String: String]] {
    let sheet = try Sheet(csv: path, named: name)
    return sheet.rows.map { row in
      Dictionary(
        sheet.headings.map { ($0.text, row.cells[$0.column]?.text ?? "") },
        uniquingKeysWith: { first, _ in first })
    }
  }
}
