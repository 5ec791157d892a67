import Metrics
import Records

/// The lists of leads that people read and machines import.
public struct LeadLists: Sendable {
  let records: RecordSet
  let assignment: Assignment
  private let routes: [LeadRoute]
  /// Rows of the leads that are still worked at, by Id.
  let open: [Int32]
  private let owners: [Int32]
  private let ages: [Int?]
  let subsidiaries: [SubsidiaryRoute]

  public init(_ desk: LeadDesk, _ assignment: Assignment) {
    records = desk.records
    self.assignment = assignment
    routes = desk.routes
    subsidiaries = desk.subsidiaries
    let leads = records[.lead]
    let isOpen = desk.isOpen
    open = (leads.keys?.sortedRows() ?? []).filter { isOpen[Int($0)] == 1 }
    owners = leads.references("OwnerId")
    let asOf = records.asOf.number
    ages = leads.days("CreatedDate").map { $0 == Day.null ? nil : Int(max(0, asOf - $0)) }
  }

  /// How many leads go where, how many are with another owner than routing gives them, and how long
  /// they have waited.
  ///
  /// Grain: one row per group of open leads; a lead is in one group of each kind.
  public func summary() -> MetricTable {
    let groups: [(name: String, rows: [Int32])] =
      [
        ("all open leads", open),
        ("matched to an account", open.filter { route($0).match != nil }),
      ]
      + LeadRoute.Way.listed.map { way in (way.words, open.filter { route($0).way == way }) }
      + [
        ("with the owner of routing", open.filter { standing($0) == .routed }),
        ("with another user (misrouted)", open.filter { standing($0) == .misrouted }),
        ("with a queue or an unknown user", open.filter { standing($0) == .queued }),
        ("without an owner to go to", open.filter { standing($0) == .unrouted }),
      ]
    let shown = groups.enumerated().filter { $0.offset < 2 || !$0.element.rows.isEmpty }
      .map(\.element)
    let total = Int128(open.count)
    return MetricTable(
      name: "lead-routing", grain: "a group of open leads",
      columns: [
        MetricColumn(
          name: "group", title: "Leads", unit: .text, cells: .text(shown.map(\.name))),
        MetricColumn(
          name: "leads", title: "Number", unit: .count,
          cells: .integers(shown.map { Int128($0.rows.count) })),
        MetricColumn(
          name: "share", title: "Share", unit: .rate,
          cells: .ratios(shown.map { Ratio(Int128($0.rows.count), over: total) }),
          n: shown.map { _ in total }),
        MetricColumn(
          name: "median_days", title: "Median", unit: .days,
          cells: .integers(shown.map { quantile($0.rows, 50) }),
          definition: "Days since the leads were created; half of them have waited no longer."),
        MetricColumn(
          name: "p90_days", title: "9 of 10 within", unit: .days,
          cells: .integers(shown.map { quantile($0.rows, 90) }),
          definition: "Days since creation that nine tenths of the leads keep within."),
      ],
      notes: subsidiaries.isEmpty
        ? []
        : [
          subsidiaries.count == 1
            ? "1 subsidiary lies in another region than its ultimate parent."
            : "\(subsidiaries.count) subsidiaries lie in other regions than their ultimate parents."
        ])
  }

  /// The leads whose owner is to change: a file that a data loader imports as it is.
  ///
  /// Grain: one row per lead that routing gives to another user than its owner, by Id.
  public func imports() -> MetricTable {
    list("lead-owners", open.filter { [.misrouted, .queued].contains(standing($0)) })
  }

  /// Every open lead and where it should go.
  ///
  /// Grain: one row per open lead, by Id.
  public func all() -> MetricTable { list("lead-routes", open) }

  private func list(_ name: String, _ rows: [Int32]) -> MetricTable {
    let leads = records[.lead]
    let shown = rows.map(route)
    return MetricTable(
      name: name, grain: "an open lead",
      columns: [
        MetricColumn(
          name: "Id", title: "Lead Id", unit: .id(.lead),
          cells: .text(TextCells(idsOf: leads, at: rows))),
        MetricColumn(
          name: "OwnerId", title: "Owner Id", unit: .id(.user),
          cells: .text(TextCells(idsOf: records[.user], at: shown.map(\.owner)))),
        MetricColumn(
          name: "MatchedAccountId", title: "Account Id", unit: .id(.account),
          cells: .text(
            TextCells(idsOf: records[.account], at: shown.map { $0.match?.account ?? -1 }))),
        MetricColumn(
          name: "Territory2Id", title: "Territory Id", unit: .id(.territory),
          cells: .text(
            shown.map { $0.territory < 0 ? nil : assignment.model?.ids[Int($0.territory)] })),
        MetricColumn(
          name: "Reason", title: "Reason", unit: .text, cells: .text(shown.map(\.words))),
        MetricColumn(
          name: "Confidence", title: "Confidence", unit: .count,
          cells: .integers(shown.map { Int128($0.confidence) })),
      ])
  }

  func route(_ row: Int32) -> LeadRoute { routes[Int(row)] }

  enum Standing {
    case routed, misrouted, queued, unrouted
  }

  func standing(_ row: Int32) -> Standing {
    let (owner, routed) = (owners[Int(row)], route(row).owner)
    if routed < 0 { return .unrouted }
    return owner == routed ? .routed : owner < 0 ? .queued : .misrouted
  }

  /// The smallest age with so many hundredths of the leads at or below it; leads of unknown age are
  /// left out.
  func quantile(_ rows: [Int32], _ share: Int) -> Int128? {
    let known = rows.compactMap { ages[Int($0)] }.sorted()
    return known.isEmpty ? nil : Int128(known[(known.count * share + 99) / 100 - 1])
  }
}

extension LeadRoute {
  /// Why the lead goes where it goes.
  public var words: String {
    guard let match else { return "no account matches: " + way.words }
    let rivals =
      match.rivals == 0
      ? "" : " (\(match.rivals) more account\(match.rivals == 1 ? " matches" : "s match"))"
    return match.reason + rivals + ": " + way.words
  }
}

extension LeadRoute.Way {
  /// The ways of open leads, in the order in which lists name them.
  public static let listed: [LeadRoute.Way] = [
    .namedOwner, .accountOwner, .parentOwner, .cover, .territoryOwner, .toBeNamed, .noTerritory,
    .severalTerritories, .undecided, .noRules,
  ]

  /// The way in words.
  public var words: String {
    switch self {
    case .namedOwner: "to whom the account was named for"
    case .accountOwner: "to the account's owner"
    case .parentOwner: "to the owner of the ultimate parent"
    case .cover: "to who stands in for an owner who is away"
    case .territoryOwner: "to the owner of the territory"
    case .toBeNamed: "owner to be named"
    case .noTerritory: "rules put it into no territory"
    case .severalTerritories: "rules put it into several territories"
    case .undecided: "a rule cannot say"
    case .noRules: "there are no rules to run"
    case .closed: "done with"
    }
  }
}
