import Intake
import Records

/// What the records of an export suggest about how to look at them.
struct ExportFacts {
  let hasTerritories: Bool
  let hasQuotas: Bool
  let hasSubscriptions: Bool
  /// Codes of the currencies of deals, sorted.
  let currencies: [String]
  /// Stages in which deals are open, in the order of the export's own list, else by name.
  let openStages: [String]
  /// Roles of users in territories, the most frequent first.
  let roles: [String]
  let managerRole: String?
  let segments: SegmentProposal
  let valueField: Proposal.Setting
  /// Fields that may value a deal, Amount first.
  let valueFields: [String]
  /// Classes of deals with the values of Type that make them.
  let classes: [(name: String, types: [String])]
  /// Values of Type, sorted.
  let types: [String]

  init(_ export: Export, valueFields candidates: [String]) {
    let records = export.records
    let deals = records[.opportunity]
    hasTerritories = Assignment(of: records).model != nil
    hasQuotas = records[.quota].count > 0
    hasSubscriptions = records[.contract].decimals("MonthlyValue__c")
      .contains { $0 != Exact.null && $0 != 0 }
    currencies = ExportFacts.used(deals.categories("CurrencyIsoCode")).sorted()
    types = ExportFacts.used(deals.categories("Type")).sorted()
    classes = ExportFacts.classes(of: types)
    openStages = ExportFacts.openStages(records)
    roles = ExportFacts.used(records[.userTerritory].categories("RoleInTerritory2"))
    managerRole = roles.first { $0.lowercased().contains("manager") }
    segments = SegmentProposal(records[.account])
    let filled = { (field: String) in deals.decimals(field).count { $0 != Exact.null } }
    let amount = filled("Amount")
    valueFields = ["Amount"] + candidates.filter { filled($0) > 0 }
    let best = candidates.max { (filled($0), $1) < (filled($1), $0) }
    if let best, filled(best) > amount + deals.count / 20 {
      valueField = Proposal.Setting(
        value: best,
        origin: .unsure("it is filled in \(filled(best)) deals, Amount in \(amount)"))
    } else {
      valueField = Proposal.Setting(value: "Amount", origin: .proposed("the usual field"))
    }
  }

  /// The texts that rows have, the most frequent first.
  private static func used(_ categories: Categories) -> [String] {
    var counts = [Int](repeating: 0, count: categories.values.count)
    for code in categories.codes where code >= 0 { counts[Int(code)] += 1 }
    return counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], categories.values[$0]) < (counts[$0], categories.values[$1]) }
      .map { categories.values[$0] }
  }

  /// Classes by the words in the values of Type; none where no value says what is new or renewed.
  private static func classes(of types: [String]) -> [(name: String, types: [String])] {
    let words: [(name: String, words: [String])] = [
      ("renewal", ["renew"]),
      ("expansion", ["expansion", "upsell", "upgrade", "add-on", "addon", "cross", "existing"]),
      ("new", ["new"]),
    ]
    var byClass: [String: [String]] = [:]
    for type in types {
      let lowered = type.lowercased()
      if let known = words.first(where: { $0.words.contains(where: lowered.contains) }) {
        byClass[known.name, default: []].append(type)
      }
    }
    guard byClass.count > 1 else { return [] }
    return ["new", "expansion", "renewal"].compactMap { name in byClass[name].map { (name, $0) } }
  }

  private static func openStages(_ records: RecordSet) -> [String] {
    let deals = records[.opportunity]
    let stages = deals.categories("StageName")
    let closed = deals.flags("IsClosed")
    let open = Set((0..<deals.count).filter { closed[$0] != 1 }.compactMap { stages[$0] })
    let list = records[.stage]
    let labels = list.categories("MasterLabel")
    let order = list.decimals("SortOrder")
    let listed = (0..<list.count).sorted { (order[$0], $0) < (order[$1], $1) }
      .compactMap { labels[$0] }.filter(open.contains)
    return listed + open.subtracting(listed).sorted()
  }
}

/// Bands of companies that suit an export.
struct SegmentProposal {
  /// The line of cadastre.yaml.
  let line: String
  /// What is proposed and why, in words.
  let note: String

  private static let usual: [Int64] = [50, 250, 1000, 5000]

  init(_ accounts: Table) {
    for field in ["NumberOfEmployees", "AnnualRevenue"] {
      let values = accounts.decimals(field).filter { $0 != Exact.null && $0 > 0 }
        .map { $0 / Exact.scale }.sorted()
      // A field that most accounts lack says little about them.
      guard values.count * 10 >= accounts.count * 3, values.count > 1 else { continue }
      let isUsual =
        field == "NumberOfEmployees" && SegmentProposal.suit(SegmentProposal.usual, values)
      let bands = isUsual ? SegmentProposal.usual : SegmentProposal.bands(values)
      guard !bands.isEmpty else { continue }
      let reason = isUsual ? "the usual bands suit" : "bands of about equal numbers of accounts"
      let text = bands.map(String.init).joined(separator: ", ")
      line = "segments: {field: \(field), bands: [\(text)]}   # proposed: \(reason)"
      note = "\(field) in bands from \(text) (\(reason))"
      return
    }
    line =
      "# segments: {field: NumberOfEmployees, bands: [50, 250, 1000, 5000]}"
      + "   # too few accounts say how many employees or how much revenue they have"
    note = "none: too few accounts say how many employees or how much revenue they have"
  }

  /// Whether at least three bands hold a twentieth of the accounts each.
  private static func suit(_ bands: [Int64], _ values: [Int64]) -> Bool {
    var counts = [Int](repeating: 0, count: bands.count + 1)
    for value in values { counts[bands.count { value >= $0 }] += 1 }
    return counts.count { $0 * 20 >= values.count } >= 3
  }

  /// The fifths of the values, rounded down to 1, 2 or 5 times a power of ten.
  private static func bands(_ values: [Int64]) -> [Int64] {
    var bands: [Int64] = []
    for fifth in 1...4 {
      let value = values[values.count * fifth / 5]
      var power: Int64 = 1
      while power * 10 <= value { power *= 10 }
      let band = [5, 2, 1].map { $0 * power }.first { $0 <= value } ?? power
      if band > bands.last ?? 0, band > values[0] { bands.append(band) }
    }
    return bands
  }
}
