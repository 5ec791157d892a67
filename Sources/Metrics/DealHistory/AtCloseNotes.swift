import Records

/// What is said of figures by owner or territory at close: that they are as was, and how many are not.
enum AtCloseNotes {
  /// The sentences for a query; none where it does not slice so.
  static func sentences(_ query: Query, _ ledger: Ledger, _ scopes: ScopeMasks) -> [String] {
    query.by.compactMap { dimension in
      switch dimension {
      case .ownerAtClose:
        sentence(
          "As was, by owner at close. Credited to present owner:", ledger.dealHistory.owners.value,
          query, ledger, scopes)
      case .territoryAtClose:
        sentence(
          "As was, by territory at close. Counted in present territory:",
          ledger.dealHistory.territories.value, query, ledger, scopes)
      default: nil
      }
    }
  }

  private static func sentence(
    _ words: String, _ found: AtClose, _ query: Query, _ ledger: Ledger, _ scopes: ScopeMasks
  ) -> String {
    let deals = ledger.records[.opportunity]
    let isClosed = deals.flags("IsClosed")
    let closes = deals.days("CloseDate")
    let mask = scopes.mask(.opportunities, query.scope)
    let period =
      query.period == .always
      ? nil : query.period.period(asOf: ledger.records.asOf, calendar: ledger.settings.calendar)
    var (closed, present) = (0, 0)
    for deal in 0..<deals.count where isClosed[deal] == 1 && mask?[deal] ?? 1 == 1 {
      if let period {
        guard closes[deal] != Day.null, period.contains(Day(number: closes[deal])) else { continue }
      }
      closed += 1
      present += Int(found.isPresent[deal])
    }
    return "\(words) \(present) of \(TableNotes.deals(closed)) closed"
      + (period == nil ? "." : " in the period.")
  }
}
