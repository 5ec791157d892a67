import Records

/// Why a cell could not be read.
enum CellTrouble: Hashable {
  case unreadable
  /// A number in a form that nothing states, or in another than is stated.
  case numberForm
  /// A date in an order that nothing states, or in another than is stated.
  case dateOrder
  /// A date that no calendar has.
  case impossibleDate
  /// An Id whose last three characters do not fit the case of the others.
  case checksum

  /// Looks at a cell that the parsers of its column's kind refused.
  init(_ cell: borrowing Span<UInt8>, _ column: ColumnPlan) {
    self = .unreadable
    switch column.kind {
    case .decimal, .rate:
      for form in CellForms.NumberForm.allCases
      where CellParser.writtenNumber(cell, places: 4, times: 1, form: form) != nil {
        self = .numberForm
      }
    case .date, .datetime, .instant:
      for order in CellForms.DateOrder.allCases
      where CellParser.writtenMoment(cell, order: order) != nil {
        self = .dateOrder
        return
      }
      if CellTrouble.isDateOfNoCalendar(cell) { self = .impossibleDate }
    case .id, .reference:
      if SalesforceID.isAlphanumeric(cell), cell.count == 18 { self = .checksum }
    case .text, .category, .flag: break
    }
  }

  /// Whether a cell is three numbers of the lengths of a date's, such as `2026-02-30`.
  private static func isDateOfNoCalendar(_ cell: borrowing Span<UInt8>) -> Bool {
    var lengths = [0]
    scan: for position in 0..<cell.count {
      switch cell[position] {
      case 0x30...0x39: lengths[lengths.count - 1] += 1
      case 0x2D, 0x2E, 0x2F: lengths.append(0)
      case 0x20, 0x54: break scan
      default: return false
      }
    }
    guard lengths.count == 3, lengths.allSatisfy({ (1...4).contains($0) }) else { return false }
    return lengths[1] <= 2 && (lengths[0] == 4) != (lengths[2] == 4)
      || lengths.allSatisfy { $0 <= 2 }
  }
}

extension CellForms {
  /// Whether `1234.56` is a number as it stands: where the point groups or means nothing, it is not.
  var readsPlainNumbers: Bool {
    numbers == nil || numbers == .commaPoint || numbers == .apostrophePoint
  }
}

extension CellParser {
  /// Whether a cell is the Id of no record: Data Export's zeros, or a GUID of zeros.
  static func isZeroId(_ cell: borrowing Span<UInt8>) -> Bool {
    guard cell.count == 18 || cell.count == 15 || cell.count == 36, cell[0] == 0x30 else {
      return false
    }
    for position in 0..<cell.count {
      let isSuffix = cell.count == 18 && position >= 15
      let isHyphen = cell.count == 36 && [8, 13, 18, 23].contains(position)
      guard cell[position] == (isSuffix ? 0x41 : isHyphen ? 0x2D : 0x30) else { return false }
    }
    return true
  }
}
