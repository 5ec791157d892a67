import Records

extension OpenFile {
  /// What a column that no room knows looks like from its first rows; nil where the file lacks it.
  func kind(of name: String, forms: CellForms) -> FieldKind? {
    guard let column = header.position(of: name) else { return nil }
    return ColumnSniffer.kind(of: firstCells(column), forms: forms)
  }
}

/// Tells the kind of a field that only its export knows.
enum ColumnSniffer {
  /// What cells look like in the stated forms.
  static func kind(of cells: [[UInt8]], forms: CellForms) -> FieldKind {
    let cells = cells.filter { !$0.isEmpty && !$0.elementsEqual("#N/A".utf8) }
    guard !cells.isEmpty else { return .category }
    if cells.allSatisfy({ isNumber($0, forms) }) { return .decimal }
    let moments = cells.map { CellParser.moment($0.span, order: forms.dates) }
    if moments.allSatisfy({ if case .day = $0 { true } else { false } }) { return .date }
    return moments.contains(nil) ? .category : .datetime
  }

  /// A leading zero is a postal code or a number of an article, not a quantity.
  private static func isNumber(_ cell: [UInt8], _ forms: CellForms) -> Bool {
    if cell.count > 1, cell[0] == 0x30, (0x30...0x39).contains(cell[1]) { return false }
    return forms.readsPlainNumbers && CellParser.decimal(cell.span) != nil
      || CellParser.writtenNumber(cell.span, places: 4, times: 1, form: forms.numbers) != nil
  }

  /// Fields of the organisation's own whose later cells are not of the kind that the first looked
  /// like, with the first place of such a cell.
  static func mistaken(
    _ fields: [Field], _ entity: Entity, _ findings: FindingLog
  ) -> [String: SourcePosition?] {
    var mistaken: [String: SourcePosition?] = [:]
    for field in fields where entity.field(named: FieldPart(of: field).field) == nil {
      let code = "cell-unreadable-\(entity.rawValue)-\(FieldPart(of: field).field)"
      guard let entry = findings.entries.first(where: { $0.first.code == code }) else { continue }
      mistaken.updateValue(entry.places.first, forKey: field.name)
    }
    return mistaken
  }
}
