import Records

extension Export {
  /// What the deals of an account tell about it.
  struct AccountView {
    var firstWon: Int?
    var isCustomer = false
    var openAmount: Int128 = 0
    var openCount = 0
    var modified = 0
    var modifiedSecond = 0
    /// Open deals and deals since closed, for activities: number, created, decided.
    var meetings: [(deal: Int, created: Int, decided: Int)] = []

    mutating func touch(_ day: Int, _ second: Int) {
      if (day, second) > (modified, modifiedSecond) { (modified, modifiedSecond) = (day, second) }
    }
  }

  /// Writes a family with everything that hangs on its accounts, as it stands on the as-of date.
  mutating func write(family: [Account]) throws {
    let asOf = organisation.asOf
    var sums = FamilySums()
    for account in family where account.created <= asOf {
      var view = AccountView()
      view.touch(account.created, account.createdSecond)
      // An enrichment service touches the first account every night, so that the newest
      // SystemModstamp of the export is always of the as-of date.
      if account.number == 0 { view.touch(asOf, 79_140) }
      try writeDeals(account, &view, &sums)
      writeContracts(account, view)
      let owner = account.owner(on: asOf, organisation.staff)
      writeAccount(account, family, owner: owner, &view)
      writeAssociations(account)
      if organisation.isFull {
        writePeople(account, owner: owner)
        writeActivities(account, view)
        notePlanted(account)
        changes.add(account, organisation)
      }
      figures.add(
        account, owner: owner, openAmount: view.openAmount, openCount: view.openCount)
      sums.accounts += 1
      sums.root = sums.accounts == 1 ? account.number : min(sums.root, account.number)
      if let revenue = account.revenue {
        sums.revenue += Int128(corporate(revenue, account, on: asOf))
      }
      if !sums.owners.contains(owner) { sums.owners.append(owner) }
      for (territory, _) in account.territories where !sums.territories.contains(territory) {
        sums.territories.append(territory)
      }
    }
    if sums.accounts > 0 {
      figures.add(sums)
      if organisation.isFull, sums.accounts > 1,
        sums.territories.count > 1 || sums.owners.count > 1
      {
        planted.add("C5_split_family", .account, sums.root)
      }
    }
    try drain()
  }

  /// An amount of an account's currency in dollars, at the rate of a day.
  func corporate(_ amount: Int, _ account: Account, on day: Int) -> Int {
    guard account.isEuro else { return amount }
    return Rates.corporate(amount, rate: organisation.rates.rate(on: day, asOf: organisation.asOf))
  }

  // MARK: Deals

  private mutating func writeDeals(
    _ account: Account, _ view: inout AccountView, _ sums: inout FamilySums
  ) throws {
    guard var cursor = deals.cursor(account) else { return }
    while let deal = deals.next(account, &cursor) {
      let owner = self.owner(of: deal)
      let accountNumber = account.mergedNumber.flatMap { deal.number % 3 == 1 ? $0 : nil }
      writeDeal(deal, account, owner: owner, accountNumber: accountNumber ?? account.number)
      writeLines(deal, account, &sums)
      let amount = deal.amount.map { corporate($0, account, on: deal.closeDate) } ?? 0
      figures.add(
        deal, corporate: amount, owner: owner, territory: deal.territory ?? account.home,
        band: account.band)
      if deal.isWon && view.firstWon == nil { view.firstWon = deal.decided }
      if deal.isClosed {
        if Catalogue.stages[deal.stage].isWon {
          view.isCustomer = true
          sums.wonAmount += Int128(amount)
        }
      } else {
        sums.openAmount += Int128(amount)
        view.openAmount += Int128(amount)
        view.openCount += 1
      }
      view.touch(deal.modified, deal.modifiedSecond)
      if organisation.isFull {
        view.meetings.append((deal.number, deal.created, deal.decided))
        writeHistory(deal, account)
        notePlanted(deal, account, owner: owner)
        changes.add(deal, account, organisation)
      }
      try drain()
    }
  }

  /// Who owns a deal: once it is closed, who owned it then.
  func owner(of deal: Deal) -> Int {
    guard let seat = deal.seat else { return deal.fixedOwner }
    let day = deal.isClosed ? deal.closeDate : organisation.asOf
    return organisation.staff.owner(seat: seat, key: deal.number, on: day)
  }

  /// Writes the row of a deal.
  mutating func writeDeal(
    _ deal: Deal, _ account: Account, owner: Int, accountNumber: Int, isDeleted: Bool = false
  ) {
    let stage = Catalogue.stages[deal.stage]
    let isOmitted = deal.isOmitted && !deal.isClosed
    opportunity.id(Export.opportunityStem, deal.number)
    opportunity.flag(isDeleted)
    opportunity.id(Export.accountStem, accountNumber)
    writeDealName(deal, account)
    opportunity.cell(stage.nameCell)
    opportunity.money(deal.amount)
    opportunity.number(deal.probability)
    opportunity.date(deal.closeDate)
    opportunity.datetime(deal.created, deals.events.first?.second ?? 0)
    opportunity.cell(Catalogue.types[deal.type])
    opportunity.cell(Catalogue.leadSources[deal.source])
    opportunity.flag(stage.isClosed)
    opportunity.flag(stage.isWon)
    opportunity.cell(isOmitted ? Catalogue.omittedCell : stage.categoryCell)
    opportunity.cell(organisation.staff.people[owner].cell)
    let activity = account.lastActivity(
      until: deal.isClosed ? deal.closeDate : organisation.asOf)
    opportunity.date(activity.flatMap { $0.day >= deal.created ? $0.day : nil })
    opportunity.cell(
      deal.territory.map { organisation.active.territories[$0].cell } ?? Token.nobody)
    opportunity.datetime(deal.modified, deal.modifiedSecond)
    if organisation.isFull {
      opportunity.cell(isOmitted ? Catalogue.omittedCell : stage.categoryNameCell)
      opportunity.flag(false)
      opportunity.cell(account.isEuro ? Export.euro : Export.dollar)
      let isLost = stage.isClosed && !stage.isWon
      opportunity.cell(isLost ? Catalogue.lossReason(of: deal.number) : Catalogue.noReason)
    }
    opportunity.endRow()
  }

  private mutating func writeDealName(_ deal: Deal, _ account: Account) {
    opportunity.bytes.append(34)
    opportunity.bytes.append(contentsOf: account.name)
    opportunity.bytes.append(contentsOf: Catalogue.subjects[deal.firstProduct])
    let site = scramble(deal.number, 23) % Catalogue.sites.count
    opportunity.bytes.append(contentsOf: Catalogue.sites[site])
    opportunity.bytes.append(contentsOf: Export.years[Day(deal.created).civil.year - 2012])
  }

  private mutating func writeLines(
    _ deal: Deal, _ account: Account, _ sums: inout FamilySums
  ) {
    guard deal.isQuoted, deal.isItemised else { return }
    let isWon = Catalogue.stages[deal.stage].isWon
    for (at, line) in deals.lines.enumerated() {
      lineItem.id(Export.lineStem, deal.number * 8 + at)
      lineItem.id(Export.opportunityStem, deal.number)
      lineItem.cell(Catalogue.products[line.product].cell)
      lineItem.number(line.quantity)
      lineItem.money(line.unitPrice)
      lineItem.money(line.total)
      lineItem.date(deal.closeDate + 14 + line.product)
      if organisation.isFull {
        lineItem.flag(false)
        lineItem.cell(account.isEuro ? Export.euro : Export.dollar)
      }
      lineItem.endRow()
      if isWon { sums.products |= 1 << UInt64(line.product) }
    }
  }

  // MARK: Contracts, accounts, territories

  private mutating func writeContracts(_ account: Account, _ view: AccountView) {
    guard let firstWon = view.firstWon else { return }
    for item in subscriptions.contracts(account, firstWon: firstWon) {
      let number = account.number * 256 + item.number
      contract.id(Export.contractStem, number)
      contract.id(Export.accountStem, account.number)
      contract.text(item.status)
      contract.date(item.start)
      contract.date(item.end)
      contract.number(item.months)
      contract.money(item.monthly)
      let changes = [item.created, item.start, item.end ?? 0].filter { $0 <= organisation.asOf }
      contract.datetime(changes.max() ?? item.created, 50_400 + number % 20_000)
      if organisation.isFull {
        contract.flag(false)
        contract.number(10_000_000 + number)
        contract.datetime(item.created, 50_400 + number % 20_000)
        contract.cell(account.isEuro ? Export.euro : Export.dollar)
      }
      contract.endRow()
    }
  }

  private mutating func writeAccount(
    _ row: Account, _ family: [Account], owner: Int, _ view: inout AccountView
  ) {
    let activity = row.lastActivity(until: organisation.asOf)
    if let activity { view.touch(activity.day, 60_000 + row.number % 9_000) }
    writeAccountRow(
      row, parent: row.plantedParent ?? row.parent.map { family[$0].number }, owner: owner,
      isCustomer: view.isCustomer, modified: (view.modified, view.modifiedSecond))
  }

  /// Writes the row of an account.
  mutating func writeAccountRow(
    _ row: Account, parent: Int?, owner: Int, isCustomer: Bool, modified: (Int, Int),
    isDeleted: Bool = false, master: Int? = nil
  ) {
    let places = organisation.places
    account.id(Export.accountStem, row.number)
    account.flag(isDeleted)
    account.text(row.name)
    account.cell(isCustomer ? Export.customer : Export.prospect)
    if let parent {
      account.id(Export.accountStem, parent)
    } else {
      account.cell(Token.nobody)
    }
    account.text(row.city)
    account.cell(row.atom.map { places.atoms[$0].stateCell } ?? Token.empty)
    if row.country == nil {
      account.empty()
    } else {
      account.number(10_000 + scramble(row.number, 3) % 89_000)
    }
    account.cell(row.country.map { places.countries[$0].nameCell } ?? Token.empty)
    account.cell(Catalogue.industryCells[row.industry])
    account.money(row.revenue)
    account.number(row.employees)
    account.cell(organisation.staff.people[owner].cell)
    account.datetime(row.created, row.createdSecond)
    account.date(row.lastActivity(until: organisation.asOf)?.day)
    account.datetime(modified.0, modified.1)
    if organisation.isFull { writeFullCells(row, parent: parent, master: master) }
    account.endRow()
  }

  private mutating func writeAssociations(_ account: Account) {
    for (at, item) in account.territories.enumerated() {
      association.id(Export.associationStem, account.number * 4 + at)
      association.id(Export.accountStem, account.number)
      association.cell(organisation.active.territories[item.territory].cell)
      association.cell(item.cause == .rule ? Export.byRule : Export.byHand)
      if organisation.isFull {
        association.cell(Export.accountWord)
        association.datetime(account.created, 80_000)
      }
      association.endRow()
    }
  }

  // MARK: Cells

  static let accountStem = stem(.account)
  static let opportunityStem = stem(.opportunity)
  static let lineStem = stem(.lineItem)
  static let contractStem = stem(.contract)
  static let associationStem = stem(.objectTerritory)
  static let years = (2012...2060).map { Array(" \($0)\",".utf8) }
  static let customer = Token.of("Customer")
  static let prospect = Token.of("Prospect")
  static let byRule = Token.of("Territory2AssignmentRule")
  static let byHand = Token.of("Territory2Manual")
  static let accountWord = Token.of("Account")
  static let euro = Token.of("EUR")
  static let dollar = Token.of("USD")

  /// The first six characters of the Ids of a kind.
  static func stem(_ prefix: KeyPrefix) -> [UInt8] { RecordID.stems[prefix, default: []] }
}
