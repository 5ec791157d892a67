import Records

// The files of an export as views of texts.
extension SparkDialect {
  public func source(of file: SourceFile) -> String? {
    let view = "CREATE OR REPLACE TEMPORARY VIEW \(quoted(file.name))"
    let path = "path \(literal(file.path))"
    if SparkDialect.isParquet(file) { return "\(view)\nUSING parquet OPTIONS (\(path))" }
    let columns = file.headers.map { headers in
      "(" + SparkDialect.columns(headers).map { "\(quoted($0)) STRING" }.joined(separator: ", ")
        + ")"
    }
    // All cells of a row are looked at, so that one with too few or too many is never read as if it
    // were whole. Where such rows are known they are set aside, as everywhere; elsewhere one of them
    // is an error, because the file is not what it was.
    let mode = file.isRagged ? "DROPMALFORMED" : "FAILFAST"
    var options = [
      path, "header 'true'", "multiLine 'true'", "quote '\"'", "escape '\"'",
      "sep \(literal(String(file.delimiter)))", "encoding 'UTF-8'", "mode '\(mode)'",
      "columnPruning 'false'", "inferSchema 'false'", "maxColumns '100000'",
    ]
    if file.headers.map({ SparkDialect.columns($0) == $0 }) == true {
      options.append("enforceSchema 'false'")
    }
    return "\(view)\(columns.map { " \($0)" } ?? "")\nUSING csv OPTIONS (\n  "
      + options.joined(separator: ", ") + ")"
  }

  public func rows(of files: [SourceFile]) -> String {
    var all: [String] = []
    for column in files.flatMap({ SparkDialect.columns($0.headers ?? []) })
    where !all.contains(column) { all.append(column) }
    return files.enumerated().map { number, file in
      let isParquet = SparkDialect.isParquet(file)
      let own = Set(SparkDialect.columns(file.headers ?? []))
      // One CSV file is one part, whose rows are numbered in their order.
      let place =
        isParquet ? "monotonically_increasing_id()" : "monotonically_increasing_id() % 8589934592"
      let row = number == 0 ? place : "\(place) + \(number) * 1000000000000"
      let cells = all.map { column -> String in
        let name = quoted(column)
        guard own.contains(column) else { return "\(null("VARCHAR")) AS \(name)" }
        let cell = isParquet ? "CAST(\(name) AS STRING)" : name
        return "nullif(nullif(\(cell), ''), '#N/A') AS \(name)"
      }
      // Only the file itself tells the columns of one that no entity is read from.
      let list = file.headers == nil ? "*" : cells.joined(separator: ", ")
      return "SELECT \(row) AS row, \(list)\nFROM \(quoted(file.name))"
    }.joined(separator: "\nUNION ALL\n")
  }

  private static func isParquet(_ file: SourceFile) -> Bool { file.path.hasSuffix(".parquet") }

  /// The headers with names of their own for those without and for those that another has.
  private static func columns(_ headers: [String]) -> [String] {
    var taken: Set<String> = []
    return headers.enumerated().map { place, header in
      let isNew = taken.insert(header.lowercased()).inserted
      return isNew && !header.isEmpty ? header : "column \(place + 1)"
    }
  }
}
