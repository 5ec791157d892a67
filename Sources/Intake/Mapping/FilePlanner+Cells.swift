import Records

// Where the cells of fields stand in a file, for whoever reads the files in another way.
extension FilePlanner {
  /// Where the cells of some fields stand in a file, of those that it offers.
  static func cells(
    of names: [String], _ entity: Entity, in header: Header, _ source: Mapping.Source,
    files: ExportFiles
  ) -> [String: CellSource] {
    var found: [String: CellSource] = [:]
    for name in names {
      guard let way = way(to: name, of: entity, in: header, source) else { continue }
      let from = way.source
      let role: CellSource.Role =
        switch from.role {
        case .oneOf: .column
        case .join: .join
        case .firstFilled: .firstFilled
        }
      var cell = CellSource(
        headers: way.cells.map { header.names[$0] }, role: way.cells.count > 1 ? role : .column,
        constant: from.constant, values: from.values, times: from.times)
      if let lookup = from.lookup {
        cell.lookup = lookupFiles(lookup, files)
        cell.keepsUnknown = lookup.keepsUnknown || cell.lookup.isEmpty
      }
      found[name] = cell
    }
    return found
  }

  /// The positions of the two columns of a lookup in a file; nil where it lacks one.
  static func columns(of lookup: Mapping.Lookup, in header: Header) -> (match: Int, take: Int)? {
    func position(_ names: [String]) -> Int? { names.lazy.compactMap(header.position).first }
    guard let match = position(lookup.match), let take = position(lookup.take) else { return nil }
    return (match, take)
  }

  private static func lookupFiles(
    _ lookup: Mapping.Lookup, _ files: ExportFiles
  ) -> [CellSource.LookupFile] {
    files.files.filter { Mapping.matches($0.stem, pattern: lookup.file) }.compactMap { file in
      guard let open = try? OpenFile(file), let columns = columns(of: lookup, in: open.header)
      else { return nil }
      return CellSource.LookupFile(
        file: file.name, delimiter: Character(Unicode.Scalar(open.dialect.delimiter)),
        match: open.header.names[columns.match], take: open.header.names[columns.take])
    }
  }
}
