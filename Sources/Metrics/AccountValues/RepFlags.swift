import Records

/// Which of the most valuable accounts may have the wrong owner: METRICS §2, rep fit.
///
/// Grain: one entry per account, by its row.
struct RepFlags: Sendable {
  /// 1 for the first ⌈n ÷ 10⌉ accounts by score.
  let isTopDecile: [UInt8]
  /// Null where nothing speaks against the owner, and for all other accounts.
  let flags: Categories

  private static let names = ["new rep", "no win in band", "new rep, no win in band"]
  /// Months of work after which nobody is new.
  private static let newFor = 12

  init(_ ledger: Ledger) {
    let accounts = ledger.records[.account]
    let sorted = accounts.keys?.sortedRows() ?? (0..<Int32(accounts.count)).map { $0 }
    let top = ledger.accountValues.value.ranked(sorted).prefix((accounts.count + 9) / 10)
    var isTopDecile = [UInt8](repeating: 0, count: accounts.count)
    for row in top { isTopDecile[Int(row)] = 1 }
    self.isTopDecile = isTopDecile
    let owners = accounts.references("OwnerId")
    let isNew = RepFlags.newcomers(ledger)
    let bands = RepFlags.bands(ledger, isTopDecile)
    let wins = RepFlags.wins(ledger)
    var codes = [Int32](repeating: Categories.null, count: accounts.count)
    for row in top.lazy.map({ Int($0) }) where owners[row] >= 0 {
      let owner = Int(owners[row])
      let hasNoWin = bands[row].map { !wins.contains(Win(owner: owner, band: $0)) } ?? false
      let flag = (isNew.contains(owner) ? 1 : 0) + (hasNoWin ? 2 : 0)
      if flag > 0 { codes[row] = Int32(flag - 1) }
    }
    flags = Categories(codes: codes, values: RepFlags.names)
  }

  private struct Win: Hashable {
    let owner: Int
    let band: Int32
  }

  /// Users whose first day of work is less than twelve months before the as-of date.
  private static func newcomers(_ ledger: Ledger) -> Set<Int> {
    let asOf = ledger.records.asOf
    return Set(
      ledger.userRecords.people.filter { person in
        person.startDate.map { asOf < $0.adding(months: newFor) } ?? false
      }.map { Int($0.user) })
  }

  /// The band of the largest open booking of the accounts that are asked for.
  private static func bands(_ ledger: Ledger, _ isWanted: [UInt8]) -> [Int32?] {
    let accounts = ledger.records[.opportunity].references("AccountId")
    let values = ledger.dealValues.value.value.values
    let bookings = ledger.bookings.value.value
    var largest = [Int64](repeating: Exact.null, count: isWanted.count)
    for row in ledger.openDeals.rows.lazy.map({ Int($0) })
    where accounts[row] >= 0 && isWanted[Int(accounts[row])] == 1 && bookings?[row] ?? 1 == 1 {
      largest[Int(accounts[row])] = max(largest[Int(accounts[row])], values[row])
    }
    let bands = Bands(ledger.settings.dealBounds)
    return largest.map { $0 == Exact.null ? nil : bands.code(of: $0) }
  }

  /// Who won in which band in the trailing four quarters.
  private static func wins(_ ledger: Ledger) -> Set<Win> {
    let owners = ledger.records[.opportunity].references("OwnerId")
    let bands = ledger.dealBands.value.codes
    return WonBookings.rows(ledger).reduce(into: []) { wins, row in
      let row = Int(row)
      if owners[row] >= 0 { wins.insert(Win(owner: Int(owners[row]), band: bands[row])) }
    }
  }
}
