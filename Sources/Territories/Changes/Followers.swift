import Records

/// Finds what follows accounts and deals to their new owners: open tasks, contacts and leads that
/// the present owner has.
struct Followers {
  let records: RecordSet
  let accounts: [AccountChange]
  /// Index in `accounts` by row, -1 where the account does not change.
  let changeOfAccount: [Int32]
  let deals: [DealChange]

  /// The tasks that are not done; those about an open deal follow the deal, others the account.
  func tasks() -> [FollowerChange] {
    let table = records[.task]
    let owners = table.references("OwnerId")
    let (dealOfTask, whatAccounts) = (table.references("WhatId"), table.references("WhatAccountId"))
    let accountOfTask = table.references("AccountId")
    // Without the column nothing says which are open.
    let isClosed = table.flags("IsClosed")
    let accountOfDeal = records[.opportunity].references("AccountId")
    var changeOfDeal = [Int32](repeating: -1, count: table.count == 0 ? 0 : accountOfDeal.count)
    if table.count > 0 {
      for (index, change) in deals.enumerated() {
        changeOfDeal[Int(change.deal)] = Int32(index)
      }
    }
    var changes: [FollowerChange] = []
    for row in 0..<table.count where isClosed[row] == 0 && owners[row] >= 0 {
      let deal = dealOfTask[row]
      var account = accountOfTask[row] >= 0 ? accountOfTask[row] : whatAccounts[row]
      if account < 0, deal >= 0 { account = accountOfDeal[Int(deal)] }
      var newOwner: PlannedOwner?
      if deal >= 0, changeOfDeal[Int(deal)] >= 0 {
        let change = deals[Int(changeOfDeal[Int(deal)])]
        if change.owner == owners[row], change.isHandedOver { newOwner = change.newOwner }
      } else {
        newOwner = follows(account, owners[row])
      }
      guard let newOwner else { continue }
      changes.append(
        FollowerChange(
          row: Int32(row), account: account, deal: deal, owner: owners[row], newOwner: newOwner))
    }
    return changes
  }

  /// The contacts whom the present owner of their account has.
  func contacts() -> [FollowerChange] {
    let table = records[.contact]
    return following(table, accounts: table.references("AccountId")) { _ in true }
  }

  /// The leads whose account is known, while they are worked at.
  func leads(_ rules: ChangeRules) -> [FollowerChange] {
    let table = records[.lead]
    guard rules.accountOfLead.count == table.count else { return [] }
    let isOpen = rules.isOpenLead
    return following(table, accounts: rules.accountOfLead) { isOpen.isEmpty || isOpen[$0] == 1 }
  }

  private func following(
    _ table: Table, accounts: [Int32], _ counts: (Int) -> Bool
  ) -> [FollowerChange] {
    let owners = table.references("OwnerId")
    var changes: [FollowerChange] = []
    for row in 0..<table.count where owners[row] >= 0 && counts(row) {
      guard let newOwner = follows(accounts[row], owners[row]) else { continue }
      changes.append(
        FollowerChange(
          row: Int32(row), account: accounts[row], deal: Reference.null, owner: owners[row],
          newOwner: newOwner))
    }
    return changes
  }

  /// The new owner of an account, where the user who has the follower is its present one.
  private func follows(_ account: Int32, _ owner: Int32) -> PlannedOwner? {
    guard account >= 0, changeOfAccount[Int(account)] >= 0 else { return nil }
    let change = accounts[Int(changeOfAccount[Int(account)])]
    return change.owner == owner ? change.newOwner : nil
  }
}
