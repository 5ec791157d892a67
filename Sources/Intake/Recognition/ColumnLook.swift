import Records

/// What the cells of a column look like, from those that are not empty.
struct ColumnLook {
  /// The kinds of cell that recognition tells apart.
  enum Kind: Hashable {
    case empty, flag, number, isoDate, otherDate, email, salesforceID, text
  }

  let kind: Kind
  /// What the dates, if they are none of ISO 8601, say about the order of their numbers.
  let dates: DateEvidence
  /// How the numbers are written, if not plainly.
  let numbers: Set<CellForms.NumberForm>

  init(_ cells: [String]) {
    let filled = cells.filter { !$0.isEmpty }
    var dates = DateEvidence()
    for cell in filled { dates.add(cell) }
    self.dates = dates
    // A few odd cells do not make a column of dates one of texts.
    func mostly(_ test: (String) -> Bool) -> Bool {
      !filled.isEmpty && filled.count(where: test) * 10 >= filled.count * 9
    }
    let forms = Set(filled.compactMap(ColumnLook.numberForm))
    if filled.isEmpty {
      kind = .empty
    } else if mostly({ CellParser.isoDate(Array($0.utf8).span) != nil }) {
      kind = .isoDate
    } else if mostly(DateEvidence.isDate) {
      kind = .otherDate
    } else if mostly({ ["true", "false", "yes", "no"].contains($0.lowercased()) })
      || Set(filled).isSubset(of: ["0", "1"])
    {
      kind = .flag
    } else if mostly({ CellParser.decimal(Array($0.utf8).span) != nil })
      || !forms.isEmpty
        && mostly({
          CellParser.decimal(Array($0.utf8).span) != nil || ColumnLook.numberForm($0) != nil
        })
    {
      kind = .number
    } else if mostly({ $0.contains("@") && $0.contains(".") && !$0.contains(" ") }) {
      kind = .email
    } else if mostly({ SalesforceID.key(Array($0.utf8).span) != nil })
      && filled.contains(where: { $0.contains(where: \.isNumber) })
    {
      kind = .salesforceID
    } else {
      kind = .text
    }
    numbers = kind == .number ? forms : []
  }

  /// The form of a number that is not written plainly, where it can be one only.
  private static func numberForm(_ cell: String) -> CellForms.NumberForm? {
    let body = cell.drop { $0 == "-" || $0 == "+" }
    guard body.first?.isNumber == true else { return nil }
    // `1,234` may be a number of four digits or one with three decimals: it is no evidence.
    for (form, group, point) in forms {
      let parts = body.split(separator: point, omittingEmptySubsequences: false)
      guard parts.count <= 2, let whole = parts.first else { continue }
      let decimals = parts.count == 2 ? parts[1] : ""
      guard decimals.allSatisfy(isDigit), parts.count == 1 || !decimals.isEmpty else { continue }
      let groups = whole.split(
        omittingEmptySubsequences: false, whereSeparator: { group.contains($0) })
      let isGrouped =
        groups.count > 1 && (1...3).contains(groups[0].count)
        && groups.dropFirst().allSatisfy { $0.count == 3 }
        && groups.allSatisfy { $0.allSatisfy(isDigit) }
      guard isGrouped || groups.count == 1 && whole.allSatisfy(isDigit) else { continue }
      if isGrouped,
        parts.count == 2 || groups.count > 2 || form != .commaPoint && form != .pointComma
      {
        return form
      }
      if !isGrouped, point == ",", parts.count == 2, decimals.count != 3 { return form }
    }
    return nil
  }

  private static let forms: [(CellForms.NumberForm, Set<Character>, Character)] = [
    (.commaPoint, [","], "."), (.pointComma, ["."], ","),
    (.spaceComma, [" ", "\u{A0}", "\u{202F}", "\u{2009}"], ","),
    (.apostrophePoint, ["'", "’"], "."),
  ]

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

/// What dates such as `3/1/2017` say about the order of day, month and year.
struct DateEvidence: Equatable {
  /// Dates that can only have the day first, only the month first, and only the year first.
  var dayFirst = 0
  var monthFirst = 0
  var yearFirst = 0
  /// Dates that can be read either way.
  var either = 0

  /// Whether a text is a date of three numbers that is not ISO 8601.
  static func isDate(_ text: String) -> Bool { parts(text) != nil }

  mutating func add(_ text: String) {
    guard let (first, second, third) = DateEvidence.parts(text) else { return }
    if first > 31 {
      yearFirst += 1
    } else if first > 12, second <= 12 {
      dayFirst += 1
    } else if second > 12, first <= 12 {
      monthFirst += 1
    } else if third >= 0, first <= 12, second <= 12 {
      either += 1
    }
  }

  mutating func add(_ other: DateEvidence) {
    dayFirst += other.dayFirst
    monthFirst += other.monthFirst
    yearFirst += other.yearFirst
    either += other.either
  }

  /// The order with most evidence, nil where there are no such dates.
  var order: CellForms.DateOrder? {
    if yearFirst > max(dayFirst, monthFirst) { return .yearMonthDay }
    if dayFirst > monthFirst { return .dayMonthYear }
    return monthFirst > 0 || either > 0 ? .monthDayYear : nil
  }

  /// Why the order is in doubt; nil where it is not.
  var doubt: String? {
    if dayFirst > 0, monthFirst > 0 { return "some dates have the day first, others the month" }
    if dayFirst + monthFirst + yearFirst == 0, either > 0 {
      return "no date of the first rows tells day and month apart"
    }
    return nil
  }

  private static func parts(_ text: String) -> (Int, Int, Int)? {
    guard CellParser.isoDate(Array(text.utf8).span) == nil else { return nil }
    let date = text.prefix { $0 != " " && $0 != "T" }
    let parts = date.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "." || $0 == "-" })
    guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.utf8.count) }),
      let first = Int(parts[0]), let second = Int(parts[1]), let third = Int(parts[2]),
      // Three parts of one digit are a version, not a date.
      parts[0].utf8.count >= 4 || parts[2].utf8.count == 4 || parts[2].utf8.count == 2,
      first <= 31 || parts[0].utf8.count == 4, second <= 31, first > 0, second > 0
    else { return nil }
    return (first, second, third)
  }
}
