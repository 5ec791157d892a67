/// Bands of `NumberOfEmployees`, as the segments of METRICS.md.
enum Band {
  static let names = ["0-49", "50-249", "250-999", "1000-4999", "5000+", "(unknown)"]

  static func of(_ employees: Int?) -> Int {
    guard let employees else { return 5 }
    return employees < 50
      ? 0 : employees < 250 ? 1 : employees < 1_000 ? 2 : employees < 5_000 ? 3 : 4
  }
}

/// How an account came into a territory.
enum AssignmentCause: Sendable { case rule, manual }

/// An account, with all about it that does not change.
struct Account {
  var number = 0
  /// The number of the family's first account.
  var family = 0
  /// Index of the parent in its family, nil for the root.
  var parent: Int?
  /// The account that the parent cell names where it is none of the family: dirt only.
  var plantedParent: Int?
  /// Another Id under which some of the account's deals are filed: a merged account's.
  var mergedNumber: Int?
  var depth = 0
  var created = 0
  var createdSecond = 0
  var country: Int?
  var atom: Int?
  var city: [UInt8] = []
  var employees: Int?
  /// Units of 1/10,000 in the account's currency.
  var revenue: Int?
  var band = 0
  var industry = 0
  var isEuro = false
  var stem: [UInt8] = []
  var name: [UInt8] = []
  /// Territories of the active model with the cause of each, as exported.
  var territories: [(territory: Int, cause: AssignmentCause)] = []
  /// A territory that the rules give and an exclusion takes away.
  var excluded: Int?
  /// Whether the exported association is older than the account's address.
  var isStale = false
  /// Where its deals go by default: the territory of the highest priority, nil if there is none
  /// or a tie.
  var home: Int?
  /// The seat that works the account, or a fixed owner where there is none.
  var seat: Int?
  var fixedOwner = 0
  /// Owned from a seat of another territory: conflict C3.
  var isForeign = false
  /// Days between activities, the first of them, and the day after which nobody calls any more.
  var activityGap = 0
  var activityPhase = 0
  var quietFrom = 0

  /// The owner on a day.
  func owner(on day: Int, _ staff: Staff) -> Int {
    seat.map { staff.owner(seat: $0, key: number, on: day) } ?? fixedOwner
  }

  /// The day of an activity of the account.
  func activityDay(_ index: Int) -> Int {
    let jitter = scramble(number, index) % (activityGap / 2 + 1)
    return max(created, Civil.workday(activityPhase + index * activityGap + jitter))
  }

  /// The last activity until a day and its index.
  func lastActivity(until day: Int) -> (index: Int, day: Int)? {
    let limit = min(day, quietFrom)
    guard limit >= activityPhase - 2 else { return nil }
    var index = max(0, (limit + 2 - activityPhase) / activityGap)
    while index >= 0 {
      let at = activityDay(index)
      if at <= limit { return (index, at) }
      index -= 1
    }
    return nil
  }
}

/// Makes families of accounts, block by block: a block of accounts is a pure function of the seed
/// and its index, so that any of them can be made alone.
struct FamilyMaker {
  let organisation: Organisation
  static let blockSize = 1_024

  /// Hands each family of a block over, in order.
  func families(inBlock block: Int, _ body: ([Account]) throws -> Void) rethrows {
    var draw = Draw(organisation.seed, .block, block)
    var at = 0
    while at < Self.blockSize {
      var size = familySize(&draw)
      if block == 0 && at == 0 { size = min(320, max(1, organisation.options.accounts / 30)) }
      size = min(size, Self.blockSize - at)
      try body(family(from: block * Self.blockSize + at, size: size))
      at += size
    }
  }

  /// Most accounts stand alone, a few families have hundreds.
  private func familySize(_ draw: inout Draw) -> Int {
    switch draw.below(10_000) {
    case ..<8_000: 1
    case ..<8_900: 2
    case ..<9_300: 3
    case ..<9_500: 4
    case ..<9_750: draw.within(5...8)
    case ..<9_930: draw.within(9...20)
    case ..<9_980: draw.within(21...60)
    case ..<9_995: draw.within(61...150)
    default: draw.within(151...400)
    }
  }

  /// A family of accounts with consecutive numbers, parents first.
  func family(from first: Int, size: Int) -> [Account] {
    var members: [Account] = []
    members.reserveCapacity(size)
    for offset in 0..<size {
      var draw = Draw(organisation.seed, .account, first + offset)
      var account = Account()
      account.number = first + offset
      account.family = first
      if offset > 0 {
        var parent = draw.chance(550) ? 0 : draw.below(offset)
        if members[parent].depth >= 5 { parent = 0 }
        account.parent = parent
        account.depth = members[parent].depth + 1
      }
      account.created = createdDay(account, members, &draw)
      account.createdSecond = 46_800 + draw.below(30_000)
      settle(&account, root: members.first, familySize: size, &draw)
      name(&account, members, &draw)
      assign(&account, &draw)
      members.append(account)
    }
    return members
  }

  /// Whether an account of the main stream comes after the default as-of date.
  private func isLater(_ number: Int) -> Bool {
    number >= organisation.mainAccounts && number < DirtPlan.firstNumber
  }

  /// More accounts a year as the business grows; a subsidiary comes after its parent.
  private func createdDay(_ account: Account, _ members: [Account], _ draw: inout Draw) -> Int {
    let parent = account.parent.map { members[$0].created }
    let (a, b) = (draw.below(1 << 20), draw.below(1 << 20))
    guard !isLater(account.number) else {
      return max(organisation.laterDay(account.number), parent ?? 0)
    }
    let end = SampleOptions.defaultAsOf
    if let parent {
      return max(parent, Civil.workday(parent + (end - parent) * min(a, b) / (1 << 20)))
    }
    let span = end - Organisation.opening
    return max(
      Organisation.opening, Civil.workday(Organisation.opening + span * max(a, b) / (1 << 20)))
  }

  /// Where the account is and how large.
  private func settle(
    _ account: inout Account, root: Account?, familySize: Int, _ draw: inout Draw
  ) {
    let places = organisation.places
    var country: Int? = draw.pick(cumulative: places.countryWeights)
    if let home = root?.country, draw.chance(580) { country = home }
    if draw.chance(9) { country = nil }
    account.country = country
    if let country {
      let atoms = places.countries[country].atoms
      let atom = atoms.lowerBound + draw.pick(cumulative: places.stateWeights[country])
      account.city = places.atoms[atom].cities[draw.below(places.atoms[atom].cities.count)]
      account.atom = places.countries[country].hasStates && draw.chance(14) ? nil : atom
      account.isEuro = organisation.isFull && places.countries[country].isEuro
    }
    var employees: Int? =
      switch draw.below(1_000) {
      case ..<440: draw.within(4...49)
      case ..<720: draw.within(50...249)
      case ..<870: draw.within(250...999)
      case ..<950: draw.within(1_000...4_999)
      case ..<985: 5_000 + 40 * draw.spread() / 10
      default: nil
      }
    if root == nil && familySize >= 12 {
      employees = 1_500 + familySize * (40 + draw.below(120))
    }
    account.employees = employees
    account.band = Band.of(employees)
    let perHead = 120_000 + draw.below(200) * 1_000
    if let employees, !draw.chance(80) {
      account.revenue = (employees * perHead / 10_000) * 10_000 * 10_000
    }
    account.industry =
      root.map { draw.chance(750) ? $0.industry : draw.below(10) } ?? draw.below(10)
    let gaps = [105, 80, 52, 32, 20, 120]
    account.activityGap = gaps[account.band] * draw.within(50...170) / 100 + 3
    account.activityPhase = account.created + draw.below(account.activityGap)
    account.quietFrom =
      draw.chance(200) ? Civil.day(2024, 9, 2) + draw.below(1_100) : Int.max / 2
  }

  /// Subsidiaries carry the name of their group and of their country.
  private func name(_ account: inout Account, _ members: [Account], _ draw: inout Draw) {
    let tongue = account.country.map { organisation.places.countries[$0].tongue } ?? .english
    let lexicon = Lexicon.of(tongue)
    if let root = members.first, !draw.chance(180) {
      let tail = account.city.isEmpty ? Lexicon.english.trades[draw.below(30)] : account.city
      account.stem = root.stem + [32] + tail
      let form = lexicon.forms[draw.below(lexicon.forms.count)]
      account.name = account.stem + [32] + form
    } else {
      account.stem = lexicon.stem(&draw)
      account.name = lexicon.name(account.stem, &draw)
    }
  }

  /// The territories of the active model and who works the account.
  private func assign(_ account: inout Account, _ draw: inout Draw) {
    let (active, staff) = (organisation.active, organisation.staff)
    let country = account.country.map { organisation.places.countries[$0] }
    let (land, strategic) = active.assign(
      country: country, atom: account.atom, employees: account.employees,
      places: organisation.places)
    let roll = draw.below(10_000)
    let other = staff.seats[draw.below(staff.seats.count)]
    let otherSeat = draw.below(staff.seats.count)
    account.territories = [land, strategic].compactMap { $0 }.map { ($0, .rule) }
    let (stale, excluded) = (account.number % 400 == 137, account.number % 700 == 311)
    let isOtherLand = !active.territories[other.territory].isStrategic && other.territory != land
    if organisation.isFull, stale, let land, active.territories[land].isLeaf, isOtherLand {
      // The address changed after the rules last ran.
      account.territories[0].territory = other.territory
      account.isStale = true
    } else if organisation.isFull, excluded, let land {
      account.territories.removeFirst()
      account.excluded = land
    } else if roll < 40, land != nil, isOtherLand {
      account.territories.append((other.territory, .manual))
    } else if roll < 860, account.territories.isEmpty, isOtherLand {
      account.territories = [(other.territory, .manual)]
    }
    settleOwner(&account, otherSeat: otherSeat, &draw)
  }

  private func settleOwner(_ account: inout Account, otherSeat: Int, _ draw: inout Draw) {
    let (active, staff) = (organisation.active, organisation.staff)
    let strategic = account.territories.first { active.territories[$0.territory].isStrategic }
    let lands = account.territories.filter { !active.territories[$0.territory].isStrategic }
    account.home = strategic?.territory ?? (lands.count == 1 ? lands[0].territory : nil)
    let worked = strategic?.territory ?? lands.first?.territory
    let pick = draw.below(1 << 20)
    let foreign = draw.chance(12)
    if let worked, !staff.seatsOf[worked].isEmpty {
      let seats = staff.seatsOf[worked]
      account.seat = seats.lowerBound + pick % seats.count
      if foreign,
        !account.territories.contains(where: {
          $0.territory == staff.seats[otherSeat].territory
        })
      {
        account.seat = otherSeat
        account.isForeign = true
      }
    } else if let worked, let manager = staff.managerOf[worked] {
      account.fixedOwner = manager
    } else {
      account.fixedOwner = staff.house[pick % staff.house.count]
    }
  }
}
