/// A user of the CRM.
struct Person: Sendable {
  let number: Int
  let first: String
  let last: String
  let manager: Int?
  let role: Int
  let title: String
  /// The days between which the user works here; the leaving day is nil for those who stay.
  let start: Int
  let leave: Int?
  /// Territory of the active model in which the user is, and as what.
  let territory: Int?
  let territoryRole: String
  let isEuro: Bool
  let cell: [UInt8]

  /// Whether the user is active on a day.
  func isActive(on day: Int) -> Bool { leave.map { day < $0 } ?? true }
}

/// A seat of an account executive in a territory, with those who held it one after another.
struct Seat: Sendable {
  let territory: Int
  /// Users and the days on which they took the seat, in time order.
  var holders: [(person: Int, start: Int)]
}

/// Everybody who sells: managers, their account executives, and who followed whom.
struct Staff: Sendable {
  private(set) var people: [Person] = []
  private(set) var seats: [Seat] = []
  /// Role names with the index of the parent role.
  let roles: [(name: String, parent: Int?)]
  /// Seats by territory.
  private(set) var seatsOf: [Range<Int>]
  /// The manager who keeps what an area holds without a territory.
  private(set) var managerOf: [Int?]
  /// Those who own the accounts of no territory.
  let house = [1, 2, 3]

  private static let opening = Civil.day(2012, 1, 2)

  /// Everybody hired until a day.
  init(seed: UInt64, model: SampleTerritoryModel, accounts: Int, until day: Int, places: Places) {
    roles = [
      ("Chief Revenue Officer", nil), ("Regional Vice President", 0), ("Area Manager", 1),
      ("Account Executive", 2), ("Sales Operations", 0), ("Inside Sales", 4),
      ("Sales Engineer", 2),
    ]
    seatsOf = Array(repeating: 0..<0, count: model.territories.count)
    managerOf = Array(repeating: nil, count: model.territories.count)
    add(seed, 1, nil, 4, "Integration User")
    add(seed, 2, 4, 5, "Inside Sales Representative")
    add(seed, 3, 4, 5, "Inside Sales Representative")
    add(seed, 4, 4, 5, "Inside Sales Representative")
    add(seed, 5, nil, 0, "Chief Revenue Officer", territory: 0)
    var next = 6
    for territory in model.territories.indices.dropFirst()
    where !model.territories[territory].isLeaf {
      let parent = model.territories[territory].parent ?? 0
      let isRegion = parent == 0
      let index = people.count
      add(
        seed, next, managerOf[parent] ?? 4, isRegion ? 1 : 2,
        isRegion ? "Regional Vice President" : "Area Manager", territory: territory)
      managerOf[territory] = index
      next += 1
      if !isRegion {
        add(
          seed, next, index, 6, "Sales Engineer", territory: territory, role: "Sales Engineer")
      }
      next += 1
    }
    managerOf[0] = 4
    let perLeaf = accounts < 100_000 ? 2 : 3
    for territory in model.territories.indices where model.territories[territory].isLeaf {
      let isStrategic = model.territories[territory].isStrategic
      let count = isStrategic ? 2 + accounts / 60_000 : perLeaf
      let first = seats.count
      for _ in 0..<count {
        addSeat(seed, territory, model.territories[territory], until: day, places: places)
      }
      seatsOf[territory] = first..<seats.count
    }
  }

  /// Who holds a seat's accounts on a day: after somebody leaves it takes days, sometimes months,
  /// until everything is handed over.
  func owner(seat: Int, key: Int, on day: Int) -> Int {
    let holders = seats[seat].holders
    var k = holders.count - 1
    while k > 0 {
      if handover(holders[k].start, key, k) <= day { return holders[k].person }
      k -= 1
    }
    return holders[0].person
  }

  /// The hand-overs of what a seat holds between two days, in time order.
  func handovers(seat: Int, key: Int, after from: Int, until to: Int) -> [(
    day: Int, from: Int, to: Int
  )] {
    let holders = seats[seat].holders
    var current = owner(seat: seat, key: key, on: from)
    var changes: [(day: Int, from: Int, to: Int)] = []
    for (k, holder) in holders.enumerated().dropFirst() {
      let day = handover(holder.start, key, k)
      guard day > from, day <= to, owner(seat: seat, key: key, on: day) == holder.person,
        holder.person != current
      else { continue }
      changes.append((day, current, holder.person))
      current = holder.person
    }
    return changes
  }

  private func handover(_ start: Int, _ key: Int, _ k: Int) -> Int {
    let hash = scramble(key, k)
    return start + (hash % 100 < 3 ? 60 + (hash >> 8) % 240 : (hash >> 8) % 25)
  }

  private mutating func addSeat(
    _ seed: UInt64, _ territory: Int, _ land: SampleTerritory, until day: Int, places: Places
  ) {
    let seat = seats.count
    var draw = Draw(seed, .tenure, seat)
    var start = Self.opening
    var holders: [(person: Int, start: Int)] = []
    let manager = land.parent.flatMap { managerOf[$0] }
    let isEuro =
      land.isEuro
    while start <= day && holders.count < 60 {
      let leave = Civil.workday(start + draw.within(500...2_400))
      holders.append((people.count, start))
      add(
        seed, 1_000 + seat * 64 + holders.count - 1, manager, 3, "Account Executive",
        territory: territory, role: "Account Executive", start: start,
        leave: leave <= day ? leave : nil, isEuro: isEuro)
      start = Civil.workday(leave + draw.below(46) + 3)
    }
    seats.append(Seat(territory: territory, holders: holders))
  }

  private mutating func add(
    _ seed: UInt64, _ number: Int, _ manager: Int?, _ role: Int, _ title: String,
    territory: Int? = nil, role territoryRole: String = "Manager", start: Int = Staff.opening,
    leave: Int? = nil, isEuro: Bool = false
  ) {
    var draw = Draw(seed, .person, number)
    let isMachine = number == 1
    people.append(
      Person(
        number: number, first: isMachine ? "Integration" : PersonNames.first(&draw),
        last: isMachine ? "User" : PersonNames.last(&draw), manager: manager, role: role,
        title: title, start: start, leave: leave, territory: territory,
        territoryRole: territoryRole, isEuro: isEuro, cell: RecordID.cell(.user, number)))
  }
}

/// Names of people from all over the world, in Latin script as CRMs hold them.
enum PersonNames {
  private static let firsts =
    "Anna|Ben|Carla|Daniel|Élodie|Felix|Grace|Henrik|Inês|James|Katarzyna|Lars|María|Noah|Olga|Pavel|Quentin|Rosa|Sven|Tomás|Ulrike|Viktor|Wendy|Yuki|Zoë|Aisha|Bruno|Chloé|Dmytro|Elif|François|Giulia|Hiroshi|Isla|Jürgen|Kavya|Liam|Mehmet|Nadia|Oisín|Priya|Rafael|Siobhán|Theo|Ursula|Vikram|Wei|Xavier|Yasmin|Ayşe|Amara|Björn|Camille|Diego|Emma|Fatima|Gökhan|Hannah|Ivan|Jasmine"
    .split(separator: "|").map(String.init)
  private static let lasts =
    "Abbott|Becker|Castillo|Dubois|Eriksson|Fischer|García|Haddad|Ivanova|Jensen|Kowalski|Laurent|Müller|Nakamura|O’Connor|Petrov|Quinn|Rossi|Schröder|Tanaka|Ueda|Vasquez|Walker|Xu|Yılmaz|Zhang|Andersson|Brown|Chen|Davies|Evans|Ferrari|González|Hughes|Iyer|Johansson|Kim|Lee|Martins|Novák|Okafor|Patel|Ramírez|Silva|Thompson|Usman|Van Dijk|Wójcik|Yamada|Zimmermann|Ahmed|Björklund|Carvalho|D’Angelo|Edwards|Fournier|Gupta|Hernández|Ibrahim|Park"
    .split(separator: "|").map(String.init)

  static func first(_ draw: inout Draw) -> String { firsts[draw.below(firsts.count)] }
  static func last(_ draw: inout Draw) -> String { lasts[draw.below(lasts.count)] }
}
