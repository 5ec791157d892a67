import Records

@testable import Metrics
@testable import Reports

/// Believable answers to a plan's questions: a territory of three parts and a small team.
///
/// Figures are made up by hand and by simple rules; no engine stands behind them.
struct DemoAnswers {
  /// Names that a page must survive, one a row where lists are long.
  static let awkward = [
    "Société Générale des Établissements Métallurgiques de l'Atlantique et de la Méditerranée SA",
    "شركة الاتصالات السعودية", "טבע תעשיות פרמצבטיות בע״מ", "株式会社日立製作所 情報通信システム社",
    "🚀 Rocket & Söhne GmbH", "<script>alert(1)</script>", "{{x}} \"quoted\" 'twice'",
    "\u{202E}evil.exe", "\u{0600}<img src=x onerror=alert(1)>",
    "\"\u{0301} onmouseover=alert(1) x=",
    "Nul\u{0}l and bell\u{7}", "=cmd|' /C calc'!A0",
  ]

  static let people = [
    "Ada Lovell", "Brook Okafor", "Chen Wei", "Dilan Kaya", "Emil Sørensen",
    "Fatima Zahra El Idrissi",
  ]
  static let companies = [
    "Harbor Freight Logistics", "Nordlys Energy", "Blue Mesa Health", "Quarry & Sons",
    "Kestrel Aviation", "Tanabe Instruments", "Orchard Foods", "Lumen Textiles", "Altiplano Mining",
    "Grain Belt Rail", "Ironwood Paper", "Cobalt Optics",
  ]

  var isEmpty = false
  var isAwkward = false
  var rows = 10

  func answers(to plan: ReportPlan) -> ReportPlan.Answers {
    ReportPlan.Answers(
      queries: plan.queries.map { table(for: $0, in: plan) },
      listings: plan.listings.map { table(for: $0) },
      tables: plan.tables.map { _ in unassigned },
      details: plan.details.map { _ in unassigned },
      families: plan.families.map { _ in isEmpty ? nil : family })
  }

  private static let money = [
    "won_amount", "open_amount", "weighted_pipeline", "quota", "owner_quota",
  ]
  private static let rates = ["attainment", "win_rate_count", "coverage"]

  private func value(_ metric: String, _ row: Int, _ query: Query) -> Int128 {
    let base: [String: Int128] = [
      "won_amount": 1_284_300, "open_amount": 4_870_250, "weighted_pipeline": 2_114_912,
      "quota": 2_000_000, "owner_quota": 400_000, "won_count": 23, "open_count": 71,
      "closed_count": 61, "accounts": 184,
    ]
    var value = base[metric] ?? 7
    if case .fiscalQuarterToDate(-4) = query.period { value = value * 88 / 100 }
    if case .fiscalYearToDate(let offset) = query.period {
      value = value * (offset == 0 ? 3 : 2) + 17
    }
    if !query.by.isEmpty { value = value * Int128(9 - row % 8) / Int128(14 + row) }
    return value
  }

  private func cells(_ metric: String, count: Int, _ query: Query) -> (Unit, Cells) {
    if DemoAnswers.money.contains(metric) {
      return (
        .money,
        .money((0..<count).map { value(metric, $0, query) * 10_000 + 3_700 + Int128($0) })
      )
    }
    if DemoAnswers.rates.contains(metric) {
      let isCoverage = metric == "coverage"
      return (
        .rate,
        .ratios(
          (0..<count).map {
            Ratio(Int128(isCoverage ? 243 : 27 + $0 * 5), over: $0 == 3 ? 0 : 100)
          })
      )
    }
    return (.count, .integers((0..<count).map { value(metric, $0, query) }))
  }

  private func table(for query: Query, in plan: ReportPlan) -> MetricTable {
    var members: [(id: String, name: String)] = []
    switch query.by.first {
    case nil: members = [("", "")]
    case .month:
      if case .days(let period) = query.period {
        var month = period.start
        while month < period.end {
          members.append(("", String(month.description.prefix(7))))
          month = month.startOfMonth(adding: 1)
        }
      }
    case .territorySubtree:
      members = [(plan.edition.id, plan.edition.name)] + plan.edition.parts.map { ($0.id, $0.name) }
    case .stage:
      members = ["Qualification", "Discovery", "Proposal", "Negotiation"].map { ("", $0) }
    default:
      members = DemoAnswers.people.enumerated().map {
        ("005xx000001S\(10 + $0.offset)AAA", $0.element)
      }
    }
    if isEmpty, !query.by.isEmpty { members = [] }
    var columns: [MetricColumn] = []
    if let dimension = query.by.first {
      if let entity = dimension.entity {
        columns.append(
          MetricColumn(
            name: dimension.rawValue + "_id", title: "Id", unit: .id(entity),
            cells: .text(members.map(\.id))))
      }
      columns.append(
        MetricColumn(
          name: dimension.rawValue, title: dimension.title, unit: .text,
          cells: .text(members.map(\.name))))
    }
    for metric in query.metrics {
      var (unit, cells) = cells(metric, count: members.count, query)
      if isEmpty {
        cells =
          unit == .rate
          ? .ratios([Ratio(0, over: 0)]) : unit == .money ? .money([0]) : .integers([0])
        if !query.by.isEmpty { cells = .money([]) }
      }
      columns.append(
        MetricColumn(
          name: metric, title: titles[metric] ?? metric, unit: unit, cells: cells,
          definition: "What \(titles[metric] ?? metric) means, in a sentence.",
          n: unit == .rate
            ? cells.count == 1 ? [61] : (0..<cells.count).map { Int128(9 - $0) } : nil
        ))
    }
    return MetricTable(name: query.name, grain: "a member", columns: columns)
  }

  private var titles: [String: String] {
    [
      "won_amount": "Won", "open_amount": "Open pipeline", "weighted_pipeline": "Weighted pipeline",
      "quota": "Quota", "owner_quota": "Quota", "won_count": "Deals won",
      "open_count": "Open deals",
      "accounts": "Accounts", "win_rate_count": "Win rate by count", "closed_count": "Deals closed",
      "attainment": "Attainment", "coverage": "Coverage",
    ]
  }

  private func name(_ row: Int) -> String {
    let names = isAwkward ? DemoAnswers.awkward : DemoAnswers.companies
    return names[row % names.count]
  }

  private func table(for listing: Listing) -> MetricTable {
    let count = isEmpty ? 0 : rows
    let columns = listing.columns.map { column -> MetricColumn in
      switch column {
      case "Value":
        return MetricColumn(
          name: column, title: column, unit: .money,
          cells: .money((0..<count).map { Int128(612_500 - $0 * 1_731) * 10_000 }))
      case "CloseDate":
        return MetricColumn(
          name: column, title: column, unit: .day,
          cells: .text(
            (0..<count).map { Day(number: 20_771 + Int32($0 * 5 % 40)).description }))
      case "Id", "account_id", "owner_id":
        return MetricColumn(
          name: column, title: column, unit: .id(.opportunity),
          cells: .text((0..<count).map { "006xx00000\(1_000_000 + $0)A" }))
      case "owner":
        return MetricColumn(
          name: column, title: column, unit: .text,
          cells: .text((0..<count).map { DemoAnswers.people[$0 % DemoAnswers.people.count] }))
      case "StageName":
        return MetricColumn(
          name: column, title: column, unit: .text,
          cells: .text((0..<count).map { $0 % 3 == 0 ? "Negotiation" : "Proposal" }))
      default:
        return MetricColumn(
          name: column, title: column, unit: .text,
          cells: .text(
            (0..<count).map {
              name($0) + (column == "Name" && !isAwkward ? " – renewal and expansion" : "")
            }))
      }
    }
    return MetricTable(
      name: listing.name, grain: "a deal", columns: columns, totalRowCount: isEmpty ? 0 : rows + 27)
  }

  private var unassigned: MetricTable {
    let count = isEmpty ? 0 : 4
    return MetricTable(
      name: "unassigned-accounts", grain: "an account in no territory",
      columns: [
        MetricColumn(
          name: "account_id", title: "Account Id", unit: .id(.account),
          cells: .text((0..<count).map { "001xx00000\(2_000_000 + $0)A" })),
        MetricColumn(
          name: "account", title: "Account", unit: .text, cells: .text((0..<count).map(name))),
        MetricColumn(
          name: "owner_id", title: "Owner Id", unit: .id(.user),
          cells: .text((0..<count).map { "005xx00000\(3_000_000 + $0)A" })),
        MetricColumn(
          name: "owner", title: "Owner", unit: .text,
          cells: .text((0..<count).map { DemoAnswers.people[$0] })),
        MetricColumn(
          name: "open_amount", title: "Open amount", unit: .money,
          cells: .money((0..<count).map { Int128(90_000 - $0 * 20_000) * 10_000 })),
        MetricColumn(
          name: "open_count", title: "Open deals", unit: .count,
          cells: .integers((0..<count).map { Int128(4 - $0) })),
      ])
  }

  private var family: FamilyTree {
    typealias Figures = FamilyTree.Figures
    let parents: [Int?] = [nil, 0, 1, 1, 0, 4, 0]
    let own: [Int128] = [820_000, 310_500, 45_000, 12_250, 640_000, 88_000, 51_000].map {
      $0 * 10_000
    }
    var rolled = own
    for node in parents.indices.reversed() {
      if let parent = parents[node] { rolled[parent] += rolled[node] }
    }
    let nodes = parents.indices.map { node in
      FamilyTree.Node(
        id: node == 6 ? "" : "001xx00000\(4_000_000 + node)A", name: node == 6 ? "" : name(node),
        country: ["US", "DE", "DE", "AT", "JP", "JP", nil][node],
        owner: node == 6 ? nil : DemoAnswers.people[node % 3],
        territories: node == 6 ? [] : [node < 4 ? "West" : "Pacific"], parent: parents[node],
        accounts: node == 6 ? 3 : 1, isElsewhere: node == 6,
        own: Figures(wonAmount: own[node], openAmount: 40_000_000),
        rolledUp: Figures(wonAmount: rolled[node], openAmount: 120_000_000))
    }
    return FamilyTree(
      nodes: nodes, total: Figures(wonAmount: rolled[0], openAmount: 1_200_000_000), accounts: 9)
  }
}
