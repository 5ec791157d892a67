/// Sums of deals, exact.
struct DealSums {
  var wonCount = 0
  var wonAmount: Int128 = 0
  var openCount = 0
  var openAmount: Int128 = 0
  /// Σ amount × probability, in 1/10,000 units times 1/10,000 percent.
  var weighted: Int128 = 0
}

/// Won and lost deals of a window.
struct Outcomes {
  var won = 0
  var lost = 0
  var wonAmount: Int128 = 0
  var lostAmount: Int128 = 0

  mutating func add(isWon: Bool, _ amount: Int) {
    if isWon {
      won += 1
      wonAmount += Int128(amount)
    } else {
      lost += 1
      lostAmount += Int128(amount)
    }
  }
}

/// What a family holds.
struct FamilySums {
  var root = 0
  var accounts = 0
  var wonAmount: Int128 = 0
  var openAmount: Int128 = 0
  var revenue: Int128 = 0
  /// A bit a product on lines of won deals.
  var products: UInt64 = 0
  var territories: [Int] = []
  var owners: [Int] = []

  /// Won amount descending, then Id.
  func isBefore(_ other: FamilySums) -> Bool {
    wonAmount != other.wonAmount ? wonAmount > other.wonAmount : root < other.root
  }
}

/// The figures that any reader of the sample must arrive at, added up while it is written.
///
/// Memory depends on the numbers of territories and users, not of accounts.
struct Figures {
  let fiscalYear: Range<Int>
  let trailing: Range<Int>
  /// By territory of the active model; the last is `(unassigned)`.
  var territories: [DealSums]
  var territoryAccounts: [Int]
  var territoryUsers: [Int]
  var territoryQuota: [Int]
  var territoryOutcomes: [Outcomes]
  var owners: [DealSums]
  var ownerAccounts: [Int]
  var ownerQuota: [Int]
  var ownerOutcomes: [Outcomes]
  var segmentOutcomes = [Outcomes](repeating: Outcomes(), count: Band.names.count)
  var total = DealSums()
  var accounts = 0
  var families = 0
  var topFamilies: [FamilySums] = []
  var unassignedAccounts = 0
  var unassignedOpenAmount: Int128 = 0
  var unassignedOpenCount = 0
  var quotaTotal = 0
  static let listed = 50

  init(_ organisation: Organisation) {
    fiscalYear = organisation.fiscal.year(of: organisation.asOf)
    trailing = organisation.fiscal.trailingFourQuarters(before: organisation.asOf)
    let count = organisation.active.territories.count
    let people = organisation.staff.people.count
    territories = Array(repeating: DealSums(), count: count + 1)
    territoryAccounts = Array(repeating: 0, count: count + 1)
    territoryUsers = Array(repeating: 0, count: count + 1)
    territoryQuota = Array(repeating: 0, count: count + 1)
    territoryOutcomes = Array(repeating: Outcomes(), count: count + 1)
    owners = Array(repeating: DealSums(), count: people)
    ownerAccounts = Array(repeating: 0, count: people)
    ownerQuota = Array(repeating: 0, count: people)
    ownerOutcomes = Array(repeating: Outcomes(), count: people)
  }

  /// Counts a deal: its amount in corporate currency, the territory by METRICS.md, the segment.
  mutating func add(
    _ deal: Deal, corporate: Int, owner: Int, territory: Int?, band: Int
  ) {
    let at = territory ?? (territories.count - 1)
    if deal.isClosed {
      let isWon = Catalogue.stages[deal.stage].isWon
      if isWon && fiscalYear.contains(deal.closeDate) {
        total.won(corporate)
        territories[at].won(corporate)
        owners[owner].won(corporate)
      }
      if trailing.contains(deal.closeDate) {
        territoryOutcomes[at].add(isWon: isWon, corporate)
        ownerOutcomes[owner].add(isWon: isWon, corporate)
        segmentOutcomes[band].add(isWon: isWon, corporate)
      }
    } else {
      total.open(corporate, deal.probability)
      territories[at].open(corporate, deal.probability)
      owners[owner].open(corporate, deal.probability)
    }
  }

  /// Counts an account that stands, with the open deals it has.
  mutating func add(_ account: Account, owner: Int, openAmount: Int128, openCount: Int) {
    accounts += 1
    ownerAccounts[owner] += 1
    for (territory, _) in account.territories { territoryAccounts[territory] += 1 }
    if account.territories.isEmpty {
      territoryAccounts[territoryAccounts.count - 1] += 1
      unassignedAccounts += 1
      unassignedOpenAmount += openAmount
      unassignedOpenCount += openCount
    }
  }

  /// Counts a family, and keeps it if it is among the largest.
  mutating func add(_ family: FamilySums) {
    families += 1
    if topFamilies.count == Self.listed, let last = topFamilies.last, last.isBefore(family) {
      return
    }
    let at = topFamilies.firstIndex { family.isBefore($0) } ?? topFamilies.count
    topFamilies.insert(family, at: at)
    if topFamilies.count > Self.listed { topFamilies.removeLast() }
  }
}

extension DealSums {
  mutating func won(_ amount: Int) {
    wonCount += 1
    wonAmount += Int128(amount)
  }

  mutating func open(_ amount: Int, _ probability: Int) {
    openCount += 1
    openAmount += Int128(amount)
    weighted += Int128(amount) * Int128(probability * 10_000)
  }
}
