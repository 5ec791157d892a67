import Metrics
import Records

/// How leads are routed, as the configuration says.
public struct LeadRoutingSettings: Sendable {
  /// The role whose one user in a territory gets its leads; nil: nobody is taken for it.
  public var ownerRole: String?
  /// Whether leads of subsidiaries go to where the ultimate parent has its headquarters.
  public var toHeadquarters = false

  public init(ownerRole: String? = nil, toHeadquarters: Bool = false) {
    self.ownerRole = ownerRole
    self.toHeadquarters = toHeadquarters
  }
}

/// A subsidiary that lies in another region than its ultimate parent, and where it should go.
struct SubsidiaryRoute: Sendable {
  let account: Int32
  /// Row of the ultimate parent.
  let parent: Int32
  /// Its territory of the highest type priority, -1 for none.
  let from: Int32
  /// Territory, owner and way.
  let route: LeadRoute
}

/// Says to whom each open lead should go.
///
/// A lead of a known account goes to whom the account was named for, else to its owner (to the
/// ultimate parent's, where leads go to headquarters); where that one is inactive or has left, or is away with nobody who stands in, to the
/// territory's. A lead of no known account goes where the active model's rules would put an account
/// with its fields; into several territories, to that of the highest type priority. The owner of
/// a territory is the one active user in the owner's role, else to be named: nobody is guessed.
struct LeadRouter: Sendable {
  private let records: RecordSet
  private let assignment: Assignment
  private let settings: LeadRoutingSettings
  private let rules: LeadTerritories?
  private let people: [Int32: Person]
  private let named: [Int32: NamedAccount]
  private let membersOfTerritory: [[PlannedAssignment.Member]]
  private let owners: [Int32]
  private let isActive: [UInt8]

  /// - Parameters:
  ///   - records: the export.
  ///   - assignment: who holds what in the active model.
  ///   - people: who has left, is away and who stands in.
  ///   - named: accounts that somebody was named for.
  ///   - settings: how leads are routed.
  ///   - rules: where the active model's rules would put each lead; nil where there are none.
  init(
    _ records: RecordSet, _ assignment: Assignment, people: [Person],
    named: [NamedAccount], settings: LeadRoutingSettings, rules: LeadTerritories?
  ) {
    self.records = records
    self.assignment = assignment
    self.settings = settings
    self.rules = rules
    self.people = Dictionary(
      people.map { ($0.user, $0) }, uniquingKeysWith: { first, _ in first })
    self.named = Dictionary(
      named.map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
    owners = records[.account].references("OwnerId")
    isActive = records[.user].flags("IsActive")
    membersOfTerritory = assignment.members(in: records)
  }

  /// For each lead row where it should go.
  ///
  /// - Parameters:
  ///   - matches: the account of each lead.
  ///   - isOpen: 1 for each lead that is still worked at.
  ///   - threads: how many threads to use; the routes do not depend on it.
  /// - Returns: one route per lead row.
  func routes(_ matches: [LeadMatch?], isOpen: [UInt8], threads: Int) -> [LeadRoute] {
    let families = settings.toHeadquarters ? families : nil
    return Parallel.rows(matches.count, threads: threads) { row in
      guard isOpen[row] == 1 else {
        return LeadRoute(match: nil, territory: -1, owner: -1, way: .closed)
      }
      if let match = matches[row] { return route(to: match.account, match, families) }
      return routeByRules(row)
    }
  }

  private var families: Forest {
    let accounts = records[.account]
    return Forest(
      parents: accounts.references("ParentId"),
      ranks: accounts.keys?.ranks() ?? (0..<Int32(accounts.count)).map { $0 })
  }

  /// Where the subsidiaries should go that lie in other regions only than their ultimate parents:
  /// to the region of the headquarters, as their leads do.
  ///
  /// - Returns: one entry per such account, by Id; none unless leads go to headquarters.
  func subsidiaries() -> [SubsidiaryRoute] {
    guard settings.toHeadquarters, let model = assignment.model else { return [] }
    let families = families
    let rows = records[.account].keys?.sortedRows() ?? []
    return rows.compactMap { account in
      let root = families.roots[Int(account)]
      guard root != account, named[account] == nil else { return nil }
      let headquarters = territory(ofAccount: root)
      guard headquarters >= 0 else { return nil }
      let region = model.region(of: headquarters)
      let held = assignment.territoriesOfAccount[Int(account)]
      guard !held.contains(where: { model.region(of: $0) == region }) else { return nil }
      return SubsidiaryRoute(
        account: account, parent: root, from: territory(ofAccount: account),
        route: route(to: account, nil, families))
    }
  }

  private func route(
    to account: Int32, _ match: LeadMatch?, _ families: Forest?
  ) -> LeadRoute {
    let name = named[account]
    // A named account is nobody's subsidiary here: it stays where it is.
    let root = name == nil ? families?.roots[Int(account)] ?? account : account
    let ofRoot = name?.territory.flatMap(index(ofTerritory:)) ?? territory(ofAccount: root)
    // A parent in no territory has no region: its subsidiary's own does.
    let territory = ofRoot >= 0 ? ofRoot : territory(ofAccount: account)
    let owner = name?.owner ?? owners[Int(root)]
    func route(_ owner: Int32, _ way: LeadRoute.Way) -> LeadRoute {
      LeadRoute(match: match, territory: territory, owner: owner, way: way)
    }
    if owner >= 0 {
      switch presence(owner) {
      case .here:
        let isNamed = name?.owner != nil
        return route(
          owner, isNamed ? .namedOwner : root == account ? .accountOwner : .parentOwner)
      case .covered(let cover): return route(cover, .cover)
      case .gone: break
      }
    }
    return ofTerritory(territory, match)
  }

  private func routeByRules(_ row: Int) -> LeadRoute {
    func nobody(_ way: LeadRoute.Way) -> LeadRoute {
      LeadRoute(match: nil, territory: -1, owner: -1, way: way)
    }
    guard let rules, let model = assignment.model else { return nobody(.noRules) }
    let found = rules.territories[row]
    guard !found.isEmpty else {
      return nobody(rules.undecided.contains(Int32(row)) ? .undecided : .noTerritory)
    }
    let territory = Assignment.highestPriority(among: found, of: model)
    return territory < 0 ? nobody(.severalTerritories) : ofTerritory(territory, nil)
  }

  /// To the one user in the owner's role of a territory.
  private func ofTerritory(_ territory: Int32, _ match: LeadMatch?) -> LeadRoute {
    func route(_ owner: Int32, _ way: LeadRoute.Way) -> LeadRoute {
      LeadRoute(match: match, territory: territory, owner: owner, way: way)
    }
    guard territory >= 0 else { return route(-1, .toBeNamed) }
    let working = membersOfTerritory[Int(territory)].filter { isEmployed($0.user) }
    guard
      case .user(let owner) = PlannedAssignment.Territory.owner(
        among: working, inRole: settings.ownerRole)
    else { return route(-1, .toBeNamed) }
    switch presence(owner) {
    case .here: return route(owner, .territoryOwner)
    case .covered(let cover): return route(cover, .cover)
    case .gone: return route(-1, .toBeNamed)
    }
  }

  private func territory(ofAccount account: Int32) -> Int32 {
    guard let model = assignment.model else { return -1 }
    return Assignment.highestPriority(
      among: assignment.territoriesOfAccount[Int(account)], of: model)
  }

  /// Index of a row of Territory2 in the model; nil where it is of another.
  private func index(ofTerritory row: Int32) -> Int32? {
    guard let model = assignment.model, Int(row) < model.indexOfRow.count else { return nil }
    let index = model.indexOfRow[Int(row)]
    return index < 0 ? nil : index
  }

  private enum Presence {
    case here
    case covered(Int32)
    case gone
  }

  /// Whether a user takes leads on the as-of date.
  private func presence(_ user: Int32) -> Presence {
    guard isEmployed(user) else { return .gone }
    let asOf = records.asOf
    let absence = people[user]?.absences.first { absence in
      absence.from <= asOf && absence.to.map { asOf <= $0 } ?? true
    }
    guard let absence else { return .here }
    guard let cover = absence.cover, isEmployed(cover) else { return .gone }
    return .covered(cover)
  }

  /// Whether a user is active and has not left; one whom the export does not hold is not, unless it
  /// holds no users at all.
  private func isEmployed(_ user: Int32) -> Bool {
    let users = records[.user]
    let known = users.count - users.strangerCount
    if known == 0 { return true }
    guard Int(user) < known, isActive[Int(user)] != 0 else {
      return false
    }
    return people[user]?.leftDate.map { $0 > records.asOf } ?? true
  }
}
