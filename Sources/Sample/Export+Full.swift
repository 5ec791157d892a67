import Records

extension Export {
  /// The columns of an account that only the full profile has.
  mutating func writeFullCells(_ row: Account, parent: Int?, master: Int?) {
    if let master {
      account.id(Export.accountStem, master)
    } else {
      account.cell(Token.nobody)
    }
    let hash = scramble(row.number, 19)
    let street = Export.streets[hash % Export.streets.count]
    // Some addresses have two lines, as real ones do.
    account.text(
      row.country == nil
        ? "" : (hash >> 8) % 9 == 0 ? "Building \((hash >> 4) % 30 + 1)\n\(street)" : street)
    account.bytes.append(34)
    if hash % 11 != 0 {
      account.bytes.append(contentsOf: "www.".utf8)
      account.bytes.append(contentsOf: Domain.of(row.family))
    }
    account.bytes.append(34)
    account.bytes.append(44)
    account.text(hash % 13 == 0 ? "" : Export.phone(hash))
    account.flag(false)
    account.cell(row.isEuro ? Export.euro : Export.dollar)
  }

  private static let streets = [
    "12 Harbour Road", "400 Industrial Parkway", "7 Mill Lane", "85 Canal Street",
    "2200 Technology Drive", "31 Station Road", "Quay 4", "160 Refinery Way", "9 Foundry Square",
  ]

  static func phone(_ hash: Int) -> String {
    "+\(hash % 89 + 10) \(100 + hash / 7 % 900) 555 \(1_000 + hash / 13 % 9_000)"
  }

  // MARK: History

  /// Writes what happened to a deal until the as-of date.
  mutating func writeHistory(_ deal: Deal, _ account: Account) {
    let (asOf, staff) = (organisation.asOf, organisation.staff)
    var (stage, amount, plan) = (0, deal.estimate, deal.firstPlan)
    for (at, event) in deals.events.enumerated() where event.day <= asOf {
      switch event.kind {
      case .created, .stage: stage = event.value
      case .quoted: amount = deal.quote
      case .pushed: plan = event.value
      case .closed: (stage, plan) = (event.value, event.day)
      }
      let owner = deal.seat.map { staff.owner(seat: $0, key: deal.number, on: event.day) }
      let step = Catalogue.stages[stage]
      full?.history.id(Export.historyStem, deal.number * 64 + at)
      full?.history.flag(false)
      full?.history.id(Export.opportunityStem, deal.number)
      full?.history.cell(step.nameCell)
      full?.history.money(amount)
      full?.history.number(
        step.isClosed ? step.probability : deal.overrideProbability ?? step.probability)
      full?.history.cell(
        deal.isOmitted && !step.isClosed ? Catalogue.omittedCell : step.categoryCell)
      full?.history.date(plan)
      full?.history.cell(staff.people[owner ?? deal.fixedOwner].cell)
      full?.history.datetime(event.day, event.second)
      full?.history.cell(account.isEuro ? Export.euro : Export.dollar)
      full?.history.endRow()
    }
    writeOwners(deal)
  }

  private mutating func writeOwners(_ deal: Deal) {
    guard let seat = deal.seat else { return }
    let staff = organisation.staff
    let changes = staff.handovers(
      seat: seat, key: deal.number, after: deal.created,
      until: min(organisation.asOf, deal.decided))
    for (at, change) in changes.enumerated() {
      full?.fieldHistory.id(Export.fieldHistoryStem, deal.number * 64 + at)
      full?.fieldHistory.flag(false)
      full?.fieldHistory.id(Export.opportunityStem, deal.number)
      full?.fieldHistory.cell(staff.people[0].cell)
      full?.fieldHistory.datetime(change.day, 51_000 + deal.number % 900)
      full?.fieldHistory.text("Owner")
      full?.fieldHistory.cell(staff.people[change.from].cell)
      full?.fieldHistory.cell(staff.people[change.to].cell)
      full?.fieldHistory.endRow()
    }
  }

  // MARK: Activities

  /// The first day of which activities are exported: older ones are archived.
  private static let activitiesFrom = Day(2025, 11, 3).count

  /// Writes tasks and events of an account: done, due and, for events, to come.
  mutating func writeActivities(_ account: Account, _ view: AccountView) {
    let asOf = organisation.asOf
    let gap = account.activityGap
    var index = max(0, (Self.activitiesFrom - account.activityPhase) / gap - 1)
    while true {
      let day = account.activityDay(index)
      // A planned one is entered two weeks ahead.
      let isPlanned = index % 4 == 0 || index % 5 == 1
      let entered = isPlanned ? max(account.created, day - 14) : day
      if account.activityPhase + index * gap - 17 > asOf || day > account.quietFrom { break }
      if day >= Self.activitiesFrom && entered <= asOf {
        let deal = view.meetings.last { $0.created <= entered && $0.decided > entered }?.deal
        let owner = account.owner(on: entered, organisation.staff)
        if index % 4 == 0 {
          writeEvent(account, index, day: day, entered: entered, deal: deal, owner: owner)
        } else {
          let done = isPlanned ? day + scramble(account.number, index) % 6 : day
          writeTask(
            account, index, day: day, entered: entered, done: done, deal: deal, owner: owner)
        }
      }
      index += 1
    }
  }

  private mutating func writeEvent(
    _ account: Account, _ index: Int, day: Int, entered: Int, deal: Int?, owner: Int
  ) {
    full?.event.id(Export.eventStem, account.number * 4_096 + index)
    full?.event.flag(false)
    full?.event.id(
      deal == nil ? Export.accountStem : Export.opportunityStem, deal ?? account.number)
    full?.event.id(Export.accountStem, account.number)
    full?.event.text(Export.meetings[index / 4 % Export.meetings.count])
    full?.event.date(day)
    // In the morning of New York, so that it is the same day there.
    full?.event.datetime(day, 50_400 + index % 20 * 900)
    full?.event.cell(organisation.staff.people[owner].cell)
    full?.event.datetime(entered, 55_000 + index % 9_000)
    full?.event.datetime(entered, 55_000 + index % 9_000)
    full?.event.endRow()
  }

  private mutating func writeTask(
    _ account: Account, _ index: Int, day: Int, entered: Int, done: Int, deal: Int?, owner: Int
  ) {
    let isDone = done <= organisation.asOf
    full?.task.id(Export.taskStem, account.number * 4_096 + index)
    full?.task.flag(false)
    full?.task.id(
      deal == nil ? Export.accountStem : Export.opportunityStem, deal ?? account.number)
    full?.task.id(Export.accountStem, account.number)
    full?.task.text(Export.calls[index % Export.calls.count])
    full?.task.date(day)
    full?.task.text(isDone ? "Completed" : "Not Started")
    full?.task.flag(isDone)
    full?.task.text(index % 7 == 0 ? "High" : "Normal")
    full?.task.cell(organisation.staff.people[owner].cell)
    full?.task.datetime(entered, 54_000 + index % 9_000)
    full?.task.datetime(isDone ? done : entered, 64_000 + index % 9_000)
    full?.task.endRow()
  }

  private static let meetings = [
    "Site visit", "Quarterly review", "Product demonstration", "Audit",
  ]
  private static let calls = [
    "Call", "Send quotation", "E-mail: calibration dates", "Follow up on trial",
    "Check delivery date",
  ]

  // MARK: What was planted

  /// Notes what is to be found about an account.
  mutating func notePlanted(_ account: Account) {
    let number = account.number
    if account.territories.isEmpty { planted.add("unassigned_account", .account, number) }
    if account.isStale { planted.add("stale_association", .account, number) }
    if account.territories.contains(where: { $0.cause == .manual }) {
      planted.add("manual_association", .account, number)
    }
    if let excluded = account.excluded {
      planted.add("excluded_account", .account, number)
      full?.exclusion.id(Export.exclusionStem, number)
      full?.exclusion.id(Export.accountStem, number)
      full?.exclusion.cell(organisation.active.territories[excluded].cell)
      full?.exclusion.datetime(account.created, 80_000)
      full?.exclusion.endRow()
    }
    guard !account.territories.isEmpty else { return }
    if !isInsider(account.owner(on: organisation.asOf, organisation.staff), account) {
      planted.add("C3_account_owner_outside", .account, number)
    }
    let strategic = account.territories.filter {
      organisation.active.territories[$0.territory].isStrategic
    }.count
    if strategic > 1 || account.territories.count - strategic > 1 {
      planted.add("C4_two_territories_of_one_type", .account, number)
    }
  }

  /// Notes what is to be found about an open deal.
  mutating func notePlanted(_ deal: Deal, _ account: Account, owner: Int) {
    guard !deal.isClosed else { return }
    if deal.closeDate < organisation.asOf {
      planted.add("overdue_open_deal", .opportunity, deal.number)
    }
    if !organisation.staff.people[owner].isActive(on: organisation.asOf) {
      planted.add("C7_inactive_owner_of_open_deal", .opportunity, deal.number)
    }
    guard !account.territories.isEmpty else { return }
    if !isInsider(owner, account) {
      planted.add("C1_deal_owner_outside", .opportunity, deal.number)
    }
    if let territory = deal.territory,
      !account.territories.contains(where: { $0.territory == territory })
    {
      planted.add("C2_deal_in_other_territory", .opportunity, deal.number)
    }
  }

  /// Whether somebody is an active user of one of an account's territories or above them.
  private func isInsider(_ person: Int, _ account: Account) -> Bool {
    let user = organisation.staff.people[person]
    guard let own = user.territory, user.isActive(on: organisation.asOf) else { return false }
    return account.territories.contains { item in
      var at: Int? = item.territory
      while let territory = at {
        if territory == own { return true }
        at = organisation.active.territories[territory].parent
      }
      return false
    }
  }

  static let historyStem = stem(.opportunityHistory)
  static let fieldHistoryStem = stem(.opportunityFieldHistory)
  static let taskStem = stem(.task)
  static let eventStem = stem(.event)
  static let exclusionStem = stem(.territoryExclusion)
  static let contactStem = stem(.contact)
  static let leadStem = stem(.lead)
}
