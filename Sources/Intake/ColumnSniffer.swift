import Records

extension OpenFile {
  /// What a column that no room knows looks like from its first rows; nil where the file lacks it.
  func kind(of name: String) -> FieldKind? {
    guard let column = header.position(of: name) else { return nil }
    let cells = firstCells(column).filter { !$0.isEmpty && !$0.elementsEqual("#N/A".utf8) }
    guard !cells.isEmpty else { return .category }
    // A leading zero is a postal code or a number of an article, not a quantity.
    let isNumber = cells.allSatisfy {
      CellParser.decimal($0.span) != nil && !($0.count > 1 && $0[0] == 0x30 && $0[1] != 0x2E)
    }
    if isNumber { return .decimal }
    if cells.allSatisfy({ $0.count == 10 && CellParser.isoDate($0.span) != nil }) { return .date }
    if cells.allSatisfy({ CellParser.instant($0.span) != nil }) { return .datetime }
    return .category
  }
}
