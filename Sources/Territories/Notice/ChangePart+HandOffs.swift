import Metrics
import Records

extension ChangePart {
  /// Days within which a renewal makes an account one to be handed over with care.
  static let renewalDays = 90
  /// How many accounts are handed over with care for what they are worth.
  static let largest = 10

  /// Why an account is handed over with care.
  private enum Reason: String {
    case largest, renewal, both

    static let labels = [
      "largest": "Among the largest", "renewal": "Renewal within 90 days",
      "both": "Among the largest; renewal within 90 days",
    ]
  }

  /// The accounts that are carried over, of those the largest and those with a renewal within 90
  /// days, by recurring revenue, then open amount descending, then Id.
  private var handedOver: [(change: AccountChange, reason: Reason)] {
    let rows = tables.accountRows.filter { change in
      change.isCarriedOut && (change.newOwner != nil || change.isMoved)
    }
    let last = records.asOf.adding(days: ChangePart.renewalDays).number
    var largest = 0
    return rows.compactMap { change in
      let account = Int(change.account)
      let worth = (stakes.recurringRevenue?[account] ?? 0) + stakes.openAmounts[account]
      let isLarge = largest < ChangePart.largest && worth > 0
      if isLarge { largest += 1 }
      let renewal = stakes.nextRenewals[account]
      let isDue = renewal != Day.null && renewal <= last
      guard isLarge || isDue else { return nil }
      return (change, isLarge ? (isDue ? .both : .largest) : .renewal)
    }
  }

  /// How many accounts are handed over with care.
  var handOffCount: Int { handedOver.count }

  /// A brief for each account that is handed over with care.
  var handOffs: MetricTable {
    let rows = handedOver
    let base = tables.accounts(rows.map(\.change))
    let accounts = rows.map { Int($0.change.account) }
    let deals = openDeals(Set(accounts.map { Int32($0) }))
    let taskDays = records[.task].days("ActivityDate")
    var columns = ChangeColumns()
    func take(_ names: String...) { columns.add(names.compactMap { base[$0] }) }
    take("account_id", "account")
    columns.text("reason", "Why a brief", rows.map(\.reason.rawValue), labels: Reason.labels)
    columns.text(
      "movement", "What happens", rows.map { movement($0.change).rawValue },
      labels: Movement.labels)
    take(
      "from_territories", "to_territories", "from_owner_id", "from_owner", "to_owner_id",
      "to_owner", "recurring_revenue", "next_renewal")
    columns.count("open", "Open deals", accounts.map { deals[Int32($0)] ?? 0 })
    take("open_amount")
    columns.text("contacts", "Contacts", accounts.map { people(at: $0) })
    columns.count("contact_count", "All contacts", accounts.map { book.contacts.degree($0) })
    columns.count("tasks", "Open tasks", accounts.map { book.tasks.degree($0) })
    columns.days(
      "next_task", "Next task due",
      accounts.map { account in
        book.tasks[account].map { taskDays[Int($0)] }.filter { $0 != Day.null }.min() ?? Day.null
      })
    take("last_activity")
    return MetricTable(
      name: ChangeList.handOffs.rawValue,
      grain: "an account to be handed over with care", columns: columns.columns,
      notes: rows.isEmpty ? ["No account of weight changes hands."] : [])
  }

  /// How many open deals the reader sees of each account.
  private func openDeals(_ accounts: Set<Int32>) -> [Int32: Int] {
    var counts: [Int32: Int] = [:]
    for change in changes.deals where accounts.contains(change.account) {
      counts[change.account, default: 0] += 1
    }
    return counts
  }

  /// The first contacts of an account by name, with how many more there are; nil without any.
  private func people(at account: Int) -> String? {
    let table = records[.contact]
    let names = book.contacts[account].compactMap { table.texts("Name")[Int($0)] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }

  /// What cannot be undone, and what to save first.
  var saveFirst: MetricTable {
    let carried = changes.accounts.filter(\.isCarriedOut)
    let owners =
      carried.filter { $0.newOwner != nil }.count
      + changes.deals.filter { $0.isHandedOver && !$0.isHeld }.count
    let hasPlace = Set(match.to)
    let ended = match.from.indices.filter {
      !hasPlace.contains(match.from[$0]) && holds(match.from[$0])
    }.count
    var byHand = 0
    for change in carried where change.isMoved {
      let account = Int(change.account)
      let after = match.codes(to: changes.to.assignment.territoriesOfAccount[account])
      for place in changes.from.assignment.territoriesOfAccount[account]
      where !after.contains(match.from[Int(place)])
        && changes.from.cause(account: account, territory: place) == .manual
      {
        byHand += 1
      }
    }
    let rows: [(String, Int, String, String)] = [
      (
        "Territory of each open deal that moves",
        changes.deals.filter { $0.isMoved && !$0.isHeld }.count, "only from a saved list",
        "cadastre territories changes --load-files writes deal-territories.csv"
      ),
      (
        "Account and sales teams of what changes its owner", owners,
        "no: teams are deleted with the owner",
        "keep them by the owner change options, or export AccountTeamMember and OpportunityTeamMember"
      ),
      (
        "Quotas and forecasts of territories that end", ended,
        "no: the model that ends is archived with its forecasts",
        "export ForecastingQuota and the forecasts now"
      ),
      (
        "Accounts put into a territory by hand", byHand,
        "what is inserted again is new: who did it and when is lost",
        "export ObjectTerritory2Association now"
      ),
    ]
    var columns = ChangeColumns()
    columns.text("what", "What", rows.map(\.0))
    columns.count("records", "Records", rows.map(\.1))
    columns.text("undo", "Can it be undone", rows.map(\.2))
    columns.text("save", "Save first", rows.map(\.3))
    return MetricTable(
      name: ChangeList.saveFirst.rawValue, grain: "something that the change takes away",
      columns: columns.columns)
  }
}
