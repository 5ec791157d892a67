extension Export {
  /// Writes what is wrong in the export on purpose.
  ///
  /// All of it hangs on accounts of its own, created in January 2013, so that the rest is as clean
  /// as in the core profile.
  mutating func writeDirt(_ maker: FamilyMaker) throws {
    let dose = organisation.dirt.dose
    guard dose > 0 else { return }
    for k in 0..<dose {
      let base = DirtPlan.firstNumber + k * 16
      try writeOrphan(maker, base, ofDeleted: k % 2 == 1)
      try writeDuplicate(maker, base + 1)
      try writeMerged(maker, winner: base + 2, loser: base + 3)
      writeMalformedAccount(maker, base + 4)
      writeDeletedAccount(maker, base + 5)
      try writeDealsWithoutAccount(maker, base + 6)
      writeDeletedDeal(maker, base + 7, of: base + 1)
      writeMalformedDeals(maker, base + 8, of: base + 1)
    }
    let base = DirtPlan.firstNumber + dose * 16
    var cycle = maker.family(from: base, size: 2).map(early)
    cycle[0].plantedParent = base + 1
    try write(family: cycle)
    for account in cycle { planted.add("parent_cycle", .account, account.number) }
    var own = early(maker.family(from: base + 2, size: 1)[0])
    own.plantedParent = own.number
    try write(family: [own])
    planted.add("own_parent", .account, own.number)
  }

  private func early(_ account: Account) -> Account {
    var account = account
    account.created = Civil.day(2013, 1, 7)
    account.activityPhase = account.created + account.activityPhase % account.activityGap
    return account
  }

  private func single(_ maker: FamilyMaker, _ number: Int) -> Account {
    early(maker.family(from: number, size: 1)[0])
  }

  /// An account whose parent is absent or deleted.
  private mutating func writeOrphan(_ maker: FamilyMaker, _ number: Int, ofDeleted: Bool) throws {
    var account = single(maker, number)
    account.plantedParent = ofDeleted ? number + 5 : number + 15
    try write(family: [account])
    planted.add(ofDeleted ? "parent_deleted" : "parent_absent", .account, number)
  }

  /// An account, and a deal of it, that are exported twice under one Id.
  private mutating func writeDuplicate(_ maker: FamilyMaker, _ number: Int) throws {
    var account = single(maker, number)
    try write(family: [account])
    account.name += Array(" (copy)".utf8)
    let owner = account.owner(on: organisation.asOf, organisation.staff)
    writeAccountRow(
      account, parent: nil, owner: owner, isCustomer: false,
      modified: (account.created, account.createdSecond))
    planted.add("duplicate_account", .account, number)
    guard var cursor = deals.cursor(account), var deal = deals.next(account, &cursor) else {
      return
    }
    deal.amount = (deal.amount ?? 0) + 1_000_000
    writeDeal(deal, account, owner: self.owner(of: deal), accountNumber: number)
    planted.add("duplicate_opportunity", .opportunity, deal.number)
  }

  /// An account into which another was merged, some of whose deals still name the other.
  private mutating func writeMerged(_ maker: FamilyMaker, winner: Int, loser: Int) throws {
    var account = single(maker, winner)
    account.mergedNumber = loser
    try write(family: [account])
    let other = single(maker, loser)
    writeAccountRow(
      other, parent: nil, owner: other.owner(on: organisation.asOf, organisation.staff),
      isCustomer: false, modified: (other.created, other.createdSecond), isDeleted: true,
      master: winner)
    planted.add("merged_account", .account, loser)
  }

  /// A row of an account that lacks its last cells.
  private mutating func writeMalformedAccount(_ maker: FamilyMaker, _ number: Int) {
    let row = single(maker, number)
    let start = account.bytes.count
    writeAccountRow(
      row, parent: nil, owner: organisation.staff.house[0], isCustomer: false,
      modified: (row.created, row.createdSecond))
    Export.damage(&account.bytes, from: start) { $0.removeLast(3) }
    planted.add("account_row_too_short", .account, number)
  }

  private mutating func writeDeletedAccount(_ maker: FamilyMaker, _ number: Int) {
    let row = single(maker, number)
    writeAccountRow(
      row, parent: nil, owner: organisation.staff.house[1], isCustomer: false,
      modified: (row.created, row.createdSecond), isDeleted: true)
    planted.add("deleted_account", .account, number)
  }

  /// Up to three deals of an account that is not in the export: they stay in the totals.
  private mutating func writeDealsWithoutAccount(_ maker: FamilyMaker, _ number: Int) throws {
    let account = homeless(maker, number)
    guard var cursor = deals.cursor(account) else { return }
    while cursor.index < 3, let deal = deals.next(account, &cursor) {
      writeDeal(deal, account, owner: account.fixedOwner, accountNumber: number)
      figures.add(
        deal,
        corporate: deal.amount.map { corporate($0, account, on: deal.closeDate) } ?? 0,
        owner: account.fixedOwner, territory: nil, band: Band.names.count - 1)
      planted.add("opportunity_without_account", .opportunity, deal.number)
    }
  }

  private mutating func writeDeletedDeal(_ maker: FamilyMaker, _ number: Int, of account: Int) {
    let holder = homeless(maker, number)
    guard var cursor = deals.cursor(holder), let deal = deals.next(holder, &cursor) else { return }
    writeDeal(
      deal, holder, owner: holder.fixedOwner, accountNumber: account, isDeleted: true)
    planted.add("deleted_opportunity", .opportunity, deal.number)
  }

  /// Three rows of deals that cannot be read: too short, without a date, without an amount.
  private mutating func writeMalformedDeals(_ maker: FamilyMaker, _ number: Int, of account: Int) {
    let holder = homeless(maker, number)
    guard var cursor = deals.cursor(holder) else { return }
    while cursor.index < 3 {
      let kind = cursor.index
      guard let deal = deals.next(holder, &cursor) else { return }
      let start = opportunity.bytes.count
      writeDeal(deal, holder, owner: holder.fixedOwner, accountNumber: account)
      Export.damage(&opportunity.bytes, from: start) { cells in
        switch kind {
        case 0: cells.removeLast(2)
        case 1: cells[7] = "2026-02-30 00:00:00"
        default: cells[5] = "12.5O0,00"
        }
      }
      let name = ["opportunity_row_too_short", "opportunity_bad_date", "opportunity_bad_amount"][
        kind]
      planted.add(name, .opportunity, deal.number)
    }
  }

  /// An account that is never written: only its deals are.
  private func homeless(_ maker: FamilyMaker, _ number: Int) -> Account {
    var account = single(maker, number)
    account.territories = []
    account.home = nil
    account.seat = nil
    account.fixedOwner = organisation.staff.house[2]
    return account
  }

  /// Takes the row that was written last apart and puts it together again.
  private static func damage(
    _ bytes: inout [UInt8], from start: Int, _ change: (inout [String]) -> Void
  ) {
    let row = String(decoding: bytes[(start + 1)..<(bytes.count - 2)], as: UTF8.self)
    var cells = row.split(separator: "\",\"", omittingEmptySubsequences: false).map(String.init)
    change(&cells)
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: "\"\(cells.joined(separator: "\",\""))\"\n".utf8)
  }
}
