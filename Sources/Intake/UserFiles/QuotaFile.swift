import Records

/// Quotas that a user keeps, as the rows of ForecastingQuota.
///
/// Grain of the file: one row per holder, measure and period; a later row of the same with a
/// `valid_from` of its own replaces the earlier from that day on.
struct QuotaFile {
  let directory: Directory
  let calendar: FiscalCalendar
  /// The day whose knowledge counts: a quota that is valid later is not known yet.
  let asOf: Day

  private struct Row {
    let line: Int
    let holder: Directory.Match
    let measure: String?
    let span: QuotaPeriod
    let amount: Int64
    let currency: String?
    let validFrom: Day?
    /// Length of the parts over which the amount is spread, in months; nil: it is not.
    let spread: Int?
    let place: SourcePosition

    var subject: Subject { Subject(holder: holder, measure: measure, period: span.period) }
    /// A quota of no day was there before any of a day.
    var since: Day { validFrom ?? Period.always.start }
  }

  /// What two rows must share for one to replace the other.
  private struct Subject: Hashable {
    let holder: Directory.Match
    let measure: String?
    let period: Period
  }

  func table(_ file: UserTable) -> Table {
    let inForce = inForce(file.records { row($0, file) }, file)
    var quotas = QuotaColumns()
    for row in inForce {
      for share in row.span.shares(
        of: row.amount, everyMonths: row.spread ?? row.span.months)
      {
        quotas.append(
          holder: row.holder, start: share.start, amount: share.amount, measure: row.measure,
          currency: row.currency, line: row.line)
      }
    }
    return quotas.table(of: file.sheet)
  }

  private func row(_ row: UserRow, _ file: UserTable) -> Row? {
    let holder = row.holder("holder", in: directory)
    let amount = row.requiredAmount("amount")
    let validFrom = row.day("valid_from")
    let currency = row.currency("currency")
    let spread = row.word("prorate", of: ["month", "quarter", "none"])
    let written = row.required("period")
    let span = written.flatMap { QuotaPeriod($0, calendar: calendar, day: row.date) }
    if written != nil, span == nil {
      row.refuse("period", "\"period\" is no month, quarter or year", QuotaPeriod.forms)
    }
    guard let holder, let amount, let span else { return nil }
    let length = spread == "month" ? 1 : spread == "quarter" ? 3 : nil
    if span.months > 3, length == nil {
      file.note(UserFileFindings.quotaSpread(row.place("period")))
    }
    return Row(
      line: row.line, holder: holder, measure: row.text("measure"), span: span, amount: amount,
      currency: currency, validFrom: validFrom, spread: length, place: row.place("holder"))
  }

  /// Of rows about the same, the one that is valid last by the as-of date; the rest are set aside.
  private func inForce(_ rows: [Row], _ file: UserTable) -> [Row] {
    var winners: [Subject: Int] = [:]
    for (index, row) in rows.enumerated() {
      if let day = row.validFrom, day > asOf {
        file.setAside(
          UserFileFindings.rowUnused(
            .quotas, what: "the quota is valid only after the as-of date", at: row.place,
            suggestion: "nothing needs to be done: it counts from that day on"))
        continue
      }
      let subject = row.subject
      guard let other = winners[subject] else {
        winners[subject] = index
        continue
      }
      if rows[other].since == row.since {
        file.setAside(
          UserFileFindings.rowTwice(
            .quotas,
            what: "the quota of this holder, measure and period stands in "
              + "\(file.rowName(rows[other].line)) too",
            at: row.place, suggestion: "keep one, or say under valid_from which came later"))
        continue
      }
      let winner = rows[other].since < row.since ? index : other
      winners[subject] = winner
      file.setAside(
        UserFileFindings.rowUnused(
          .quotas, what: "a later quota of the same holder, measure and period replaces this one",
          at: rows[winner == index ? other : index].place,
          suggestion: "nothing needs to be done"))
    }
    let kept = Set(winners.values)
    return rows.indices.filter(kept.contains).map { rows[$0] }
  }
}

/// The columns of ForecastingQuota, filled row by row.
private struct QuotaColumns {
  private var holders: [Int32] = []
  private var territories: [Int32] = []
  private var starts: [Int32] = []
  private var amounts: [Int64] = []
  private var measures = CategoryBuilder()
  private var currencies = CategoryBuilder()
  private var lines: [Int] = []

  mutating func append(
    holder: Directory.Match, start: Day, amount: Int64, measure: String?, currency: String?,
    line: Int
  ) {
    var (user, territory) = (Reference.null, Reference.null)
    switch holder {
    case .user(let row): user = row
    case .territory(let row): territory = row
    case .several, .nobody: break
    }
    holders.append(user)
    territories.append(territory)
    starts.append(start.number)
    amounts.append(amount)
    measures.append(measure)
    currencies.append(currency)
    lines.append(line)
  }

  func table(of sheet: Sheet) -> Table {
    Table(
      entity: .quota, count: lines.count,
      columns: [
        "QuotaOwnerId": .references(holders), "Territory2Id": .references(territories),
        "StartDate": .days(starts), "QuotaAmount": .decimals(amounts),
        "ForecastingTypeId": .categories(measures.categories),
        "CurrencyIsoCode": .categories(currencies.categories),
      ], sources: RowSources(lines, of: sheet))
  }
}

/// Codes of repeating text, in order of first appearance.
struct CategoryBuilder {
  private(set) var categories = Categories(codes: [], values: [])
  private var codes: [String: Int32] = [:]

  mutating func append(_ text: String?) {
    guard let text else {
      categories.codes.append(Categories.null)
      return
    }
    let code = codes[text] ?? Int32(categories.values.count)
    if codes[text] == nil {
      codes[text] = code
      categories.values.append(text)
    }
    categories.codes.append(code)
  }
}

extension RowSources {
  /// The lines of a sheet from which rows were made.
  init(_ lines: [Int], of sheet: Sheet) {
    self.init()
    files = [sheet.file]
    if let name = sheet.sheet { sheets = [0: name] }
    for (row, line) in lines.enumerated() { append(row: row, file: 0, line: line) }
  }
}
