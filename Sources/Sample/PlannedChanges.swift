import Records

/// What the rules of the models give, and what changes hands when the planned model takes the place
/// of the active one: counted while the export is written, never read back from it.
///
/// The side of today is the active model as exported: with stale, manual and without excluded
/// associations. The side of tomorrow is what the planned model's rules give; nobody has put an
/// account into it by hand yet.
struct PlannedChanges {
  /// Up to so many accounts the records that change are listed, above only counted: the lists of a
  /// million accounts would be longer than the export's own table of associations.
  static let listed = 20_000

  /// By territory of the active model; the last is in none.
  private(set) var activeByRules: [Int]
  private(set) var activeExcluded: [Int]
  /// By territory of the planned model; the last is in none.
  private(set) var plannedByRules: [Int]
  private(set) var accounts = Changes<[String]>()
  private(set) var deals = Changes<String?>()
  private let isListed: Bool

  /// Records that change, from one place to another.
  struct Changes<Place: Hashable & Sendable> {
    struct Move: Hashable {
      let from: Place
      let to: Place
    }

    var count = 0
    var moves: [Move: Int] = [:]
    var list: [(id: String, move: Move)] = []

    mutating func add(_ prefix: KeyPrefix, _ number: Int, _ move: Move, isListed: Bool) {
      guard move.from != move.to else { return }
      count += 1
      moves[move, default: 0] += 1
      if isListed { list.append((RecordID.text(prefix, number), move)) }
    }
  }

  init(_ organisation: Organisation) {
    activeByRules = Array(repeating: 0, count: organisation.active.territories.count + 1)
    activeExcluded = activeByRules
    plannedByRules = Array(repeating: 0, count: organisation.planned.territories.count + 1)
    isListed = organisation.options.accounts <= Self.listed
  }

  /// Counts an account that stands.
  mutating func add(_ account: Account, _ organisation: Organisation) {
    let (active, planned) = (organisation.active, organisation.planned)
    let now = active.territories(of: account, organisation.places)
    let then = planned.territories(of: account, organisation.places)
    for at in now.isEmpty ? [active.territories.count] : now { activeByRules[at] += 1 }
    for at in then.isEmpty ? [planned.territories.count] : then { plannedByRules[at] += 1 }
    if let excluded = account.excluded { activeExcluded[excluded] += 1 }
    accounts.add(
      .account, account.number,
      Changes.Move(
        from: account.territories.map { active.territories[$0.territory].developerName }.sorted(),
        to: then.map { planned.territories[$0].developerName }.sorted()),
      isListed: isListed)
  }

  /// Counts a deal that stands, if it is open.
  mutating func add(_ deal: Deal, _ account: Account, _ organisation: Organisation) {
    guard !deal.isClosed else { return }
    let (active, planned) = (organisation.active, organisation.planned)
    let then = planned.territories(of: account, organisation.places)
    // METRICS.md, Territory of a deal: its own, else its account's of the highest priority. An
    // account is in one territory of a type at most where only rules decide, so there is no tie.
    let home = then.first { planned.territories[$0].isStrategic } ?? then.first
    deals.add(
      .opportunity, deal.number,
      Changes.Move(
        from: (deal.territory ?? account.home).map { active.territories[$0].developerName },
        to: home.map { planned.territories[$0].developerName }),
      isListed: isListed)
  }
}

extension SampleTerritoryModel {
  /// The territories that the rules give an account, land first.
  func territories(of account: Account, _ places: Places) -> [Int] {
    let (land, strategic) = assign(
      country: account.country.map { places.countries[$0] }, atom: account.atom,
      employees: account.employees, places: places)
    return [land, strategic].compactMap { $0 }
  }
}
