extension Export {
  /// Writes the contacts of an account and the leads that come from its house.
  mutating func writePeople(_ account: Account, owner: Int) {
    var draw = Draw(organisation.seed, .contact, account.number)
    let domain = String(decoding: Domain.of(account.family), as: UTF8.self)
    for at in 0..<(1 + draw.below(3)) {
      let (first, last) = (PersonNames.first(&draw), PersonNames.last(&draw))
      let created = account.created + draw.below(900) * min(at, 1)
      let (title, hash) = (draw.below(Export.titles.count), draw.below(1 << 30))
      guard created <= organisation.asOf else { continue }
      full?.contact.id(Export.contactStem, account.number * 8 + at)
      full?.contact.flag(false)
      full?.contact.id(Export.accountStem, account.number)
      full?.contact.text(first)
      full?.contact.text(last)
      full?.contact.text(Export.titles[title])
      full?.contact.text("\(Export.ascii(first)).\(Export.ascii(last))@\(domain)")
      full?.contact.text(Export.phone(hash))
      full?.contact.cell(organisation.staff.people[owner].cell)
      full?.contact.datetime(created, 49_000)
      full?.contact.datetime(created, 49_000)
      full?.contact.endRow()
    }
    writeLead(account, domain: domain)
  }

  private static let titles = [
    "Plant Manager", "Instrumentation Engineer", "Head of Procurement", "Maintenance Lead",
    "Process Engineer", "Managing Director", "Quality Manager",
  ]

  /// The first day of which leads are kept.
  private static let leadsFrom = Civil.day(2025, 6, 2)

  /// A lead from the account's house, or from a company that nobody knows yet.
  private mutating func writeLead(_ account: Account, domain: String) {
    var draw = Draw(organisation.seed, .lead, account.number)
    let (exists, isKnown, willConvert) = (draw.chance(350), draw.chance(600), draw.chance(450))
    let created = Civil.workday(Self.leadsFrom + draw.below(900))
    let (converts, place) = (
      created + draw.within(12...80), draw.below(organisation.places.atoms.count)
    )
    guard exists, created <= organisation.asOf, account.created <= created else { return }
    let (first, last) = (PersonNames.first(&draw), PersonNames.last(&draw))
    let isConverted = isKnown && willConvert && converts <= organisation.asOf
    let lexicon = Lexicon.of(.english)
    let company = isKnown ? account.name : lexicon.name(lexicon.stem(&draw), &draw)
    let site = isKnown ? domain : String(decoding: Domain.of(account.number + 7_919), as: UTF8.self)
    let owner = leadOwner(account, on: created, &draw)
    let atom = isKnown ? account.atom : place
    let (hash, size) = (draw.below(1 << 30), 5 + draw.spread() / 8)
    let (industry, source, status) = (draw.below(10), draw.below(7), draw.below(3))
    full?.lead.id(Export.leadStem, account.number)
    full?.lead.flag(false)
    full?.lead.text(first)
    full?.lead.text(last)
    full?.lead.text(company)
    full?.lead.text(
      "\(Export.ascii(first)).\(Export.ascii(last))@\(hash % 9 == 0 ? "gmail.com" : site)")
    full?.lead.text(hash % 5 == 0 ? "" : "www.\(site)")
    full?.lead.text(Export.phone(hash))
    writeLeadPlace(account, atom: atom, isKnown: isKnown, hash: hash)
    full?.lead.number(isKnown ? account.employees : size)
    full?.lead.cell(Catalogue.industryCells[isKnown ? account.industry : industry])
    full?.lead.cell(Catalogue.leadSources[source])
    full?.lead.text(
      isConverted ? "Closed - Converted" : ["Open - Not Contacted", "Working", "Nurturing"][status])
    full?.lead.cell(organisation.staff.people[owner].cell)
    full?.lead.flag(isConverted)
    full?.lead.date(isConverted ? converts : nil)
    if isConverted {
      full?.lead.id(Export.accountStem, account.number)
    } else {
      full?.lead.cell(Token.nobody)
    }
    full?.lead.datetime(created, 53_000)
    full?.lead.datetime(isConverted ? converts : created, 56_000)
    full?.lead.endRow()
  }

  private mutating func writeLeadPlace(_ account: Account, atom: Int?, isKnown: Bool, hash: Int) {
    let places = organisation.places
    full?.lead.text(
      isKnown ? account.city : atom.map { places.atoms[$0].cities[0] } ?? [])
    full?.lead.cell(atom.map { places.atoms[$0].stateCell } ?? Token.empty)
    full?.lead.number(10_000 + hash % 89_000)
    let country = isKnown ? account.country : atom.map { places.atoms[$0].country }
    full?.lead.cell(country.map { places.countries[$0].nameCell } ?? Token.empty)
  }

  private func leadOwner(_ account: Account, on day: Int, _ draw: inout Draw) -> Int {
    let staff = organisation.staff
    let (roll, other) = (draw.below(100), draw.below(staff.seats.count))
    if roll < 55 { return account.owner(on: day, staff) }
    if roll < 80 { return staff.house[other % staff.house.count] }
    return staff.owner(seat: other, key: account.number, on: day)
  }
}
