import Records

/// Costs, holidays, activities and changed keys: files of which each row stands for itself.
enum SmallFiles {
  static func costs(_ file: UserTable) -> [Cost] {
    file.records { row in
      let amount = row.requiredAmount("amount")
      let currency = row.currency("currency")
      let written = row.required("month")
      let month = written.flatMap { QuotaPeriod($0, calendar: FiscalCalendar(), day: row.date) }
      if written != nil, month?.months != 1 {
        row.refuse("month", "\"month\" is no month", "write it as 2026-11")
        return nil
      }
      guard let amount, let month else { return nil }
      return Cost(
        month: month.period.start, amount: amount, currency: currency,
        category: row.text("category"), segment: row.text("segment"))
    }.sorted { $0.month < $1.month }
  }

  static func holidays(_ file: UserTable) -> [Holiday] {
    var seen: Set<Day> = []
    return file.records { row in
      guard let day = row.requiredDay("date") else { return nil }
      guard seen.insert(day).inserted else {
        file.note(
          UserFileFindings.rowUnused(
            .holidays, what: "the day stands in an earlier row", at: row.place("date"),
            suggestion: "keep one of them"))
        return nil
      }
      return Holiday(day: day, name: row.text("name"))
    }.sorted { $0.day < $1.day }
  }

  static func activities(_ file: UserTable, _ directory: Directory, deals: Table) -> [Activity] {
    let accountOfDeal = deals.references("AccountId")
    return file.records { row in
      let day = row.requiredDay("date")
      let user = row.user("user", in: directory)
      let account = row.account("AccountId", in: directory)
      var deal: Int32?
      if let text = row.text("OpportunityId") {
        deal = directory.deal(text)
        if deal == nil {
          row.unmatched(
            "OpportunityId", "\"OpportunityId\" names no deal of the export",
            "write the Id of the deal, or export it too")
        }
      } else if row.text("AccountId") == nil {
        row.contradict(
          "AccountId", "the activity names neither an account nor a deal", "write one of the two")
      }
      guard let day else { return nil }
      return Activity(
        account: account ?? deal.map { max(accountOfDeal[Int($0)], Reference.null) }
          ?? Reference.null,
        deal: deal ?? Reference.null, user: user ?? Reference.null, day: day,
        kind: row.text("type"))
    }.sorted { $0.day < $1.day }
  }

  /// Keys that changed; one that leads back to itself is an error.
  static func crosswalk(_ file: UserTable) -> Crosswalk {
    var keys: [String: String] = [:]
    let _: [String] = file.records { row in
      guard let old = row.required("old"), let new = row.required("new") else { return nil }
      guard keys[old] == nil else {
        file.refuse(
          UserFileFindings.rowTwice(
            .crosswalk, what: "an earlier row says what became of the same key",
            at: row.place("old"), suggestion: "keep one of them"))
        return nil
      }
      guard Crosswalk(keys).current(new) != old else {
        row.contradict(
          "new", "the new key leads back to the old one", "remove one of the rows")
        return nil
      }
      keys[old] = new
      return old
    }
    return Crosswalk(keys)
  }
}
