import Metrics
import Records

/// What a reader has, loses, gains and keeps.
struct ChangeSums {
  /// One measure: after = before − out + in, and kept = before − out.
  struct Line {
    var before: Int128 = 0
    var out: Int128 = 0
    var `in`: Int128 = 0
    var kept: Int128 { before - out }
    var after: Int128 { before - out + `in` }

    mutating func add(_ amount: Int128, _ movement: ChangePart.Movement) {
      if movement == .out { out += amount }
      if movement == .in { `in` += amount }
    }
  }

  var accounts = Line()
  var revenue = Line()
  var deals = Line()
  var open = Line()
  /// As `Stakes.weightedNumerators`.
  var weighted = Line()

  init(_ part: ChangePart) {
    let (changes, stakes) = (part.changes, part.stakes)
    let held = changes.from.assignment.territoriesOfAccount
    let codes = changes.match.from
    for account in 0..<(held.starts.count - 1) {
      let range = Int(held.starts[account])..<Int(held.starts[account + 1])
      guard range.contains(where: { part.holds(codes[Int(held.targets[$0])]) }) else { continue }
      accounts.before += 1
      revenue.before += stakes.recurringRevenue?[account] ?? 0
    }
    let places = changes.from.assignment.territoryOfDeal
    for deal in stakes.openDeals.lazy.map({ Int($0) })
    where stakes.isOpenBooking[deal] && part.holds(changes.match.code(from: places[deal])) {
      deals.before += 1
      open.before += stakes.value(ofDeal: deal)
      weighted.before += stakes.weightedNumerator(ofDeal: deal)
    }
    for change in changes.accounts {
      let movement = part.movement(change)
      accounts.add(1, movement)
      revenue.add(stakes.recurringRevenue?[Int(change.account)] ?? 0, movement)
    }
    for change in changes.deals where stakes.isOpenBooking[Int(change.deal)] {
      let movement = part.movement(change)
      let deal = Int(change.deal)
      deals.add(1, movement)
      open.add(stakes.value(ofDeal: deal), movement)
      weighted.add(stakes.weightedNumerator(ofDeal: deal), movement)
    }
  }
}

extension ChangePart {
  static func money(_ amount: Int128) -> Ratio { Ratio(amount, over: Int128(Exact.scale)) }

  /// The quotas of the reader's territories under each model; nil where none is known.
  var quotas: (before: Ratio?, after: Ratio?) {
    func sum(_ model: ComparedModel, _ tops: [Int]) -> Ratio? {
      let values = model.figures.values("quota", count: model.model.tree.count)
      var sum: Ratio?
      for top in tops {
        guard let value = values[top], value.isDefined else { continue }
        sum = sum.map { $0.adding(value) } ?? value
      }
      return sum
    }
    return (sum(book.before, tops.before), sum(book.after, tops.after))
  }

  /// What the reader has, loses, gains and keeps.
  var netEffect: MetricTable {
    let sums = ChangeSums(self)
    typealias Row = (
      key: String, title: String, unit: Unit, line: ChangeSums.Line, value: (Int128) -> Ratio
    )
    let whole: (Int128) -> Ratio = { Ratio($0, over: 1) }
    var rows: [Row] = [("accounts", "Accounts", .count, sums.accounts, whole)]
    if stakes.recurringRevenue != nil {
      rows.append(
        ("recurring_revenue", "Recurring revenue a year", .money, sums.revenue, ChangePart.money))
    }
    rows += [
      ("open", "Open deals", .count, sums.deals, whole),
      ("open_amount", "Open pipeline", .money, sums.open, ChangePart.money),
      ("weighted_amount", "Weighted pipeline", .money, sums.weighted, Stakes.weighted),
    ]
    let quotas = quotas
    let hasQuota = quotas.before != nil || quotas.after != nil
    let units = rows.map(\.unit) + (hasQuota ? [.money] : [])
    func cells(_ value: (ChangeSums.Line) -> Int128, _ quota: Ratio?) -> [Ratio?] {
      rows.map { $0.value(value($0.line)) } + (hasQuota ? [quota] : [])
    }
    var columns = ChangeColumns()
    columns.text(
      "measure", "Measure", rows.map(\.key) + (hasQuota ? ["quota"] : []),
      labels: Dictionary(
        rows.map { ($0.key, $0.title) } + [("quota", "Quota of the fiscal year")],
        uniquingKeysWith: { one, _ in one }))
    columns.mixed(
      "before", "Before", cells(\.before, quotas.before), units,
      "What is in the reader’s territories under the model that holds today, each record once.")
    columns.mixed(
      "out", "Leaves", cells(\.out, nil), units,
      "What is in none of the reader’s territories under the model to come.")
    columns.mixed(
      "in", "Comes", cells(\.in, nil), units,
      "What was in none of the reader’s territories and comes to one.")
    columns.mixed(
      "kept", "Stays", cells(\.kept, nil), units,
      "What is in the reader’s territories under both models: before less what leaves.")
    columns.mixed(
      "after", "After", cells(\.after, quotas.after), units, "What stays and what comes.")
    return MetricTable(
      name: ChangeList.netEffect.rawValue, grain: "a measure", columns: columns.columns)
  }

  /// How even the reader's territories are; leaf territories of the type that most of them have.
  var balance: MetricTable {
    func leaves(_ model: TerritoryModel, _ codes: [Int32]) -> [Int32] {
      let catchAlls = Set(book.terms.catchAlls.map { $0.lowercased() })
      let leaves = (0..<model.count).filter { index in
        model.forest.ends[index] - model.forest.positions[index] == 1 && holds(codes[index])
          && !catchAlls.contains(model.developerNames[index].lowercased())
          && !catchAlls.contains(model.names[index].lowercased())
      }
      let byType = Dictionary(grouping: leaves) { model.typeKeys[$0] }
      let most = byType.min { left, right in
        if left.value.count != right.value.count { return left.value.count > right.value.count }
        let priorities = (model.priorities[left.value[0]], model.priorities[right.value[0]])
        if priorities.0 != priorities.1 { return priorities.0 > priorities.1 }
        return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
      }
      return (most?.value ?? []).map { codes[$0] }
    }
    let sides = (
      leaves(changes.from.model.tree, match.from), leaves(changes.to.model.tree, match.to)
    )
    let entries = tables.totals.territories
    typealias Measure = (
      key: String, title: String, before: (ChangeTotals.Entry) -> Int128,
      after: (ChangeTotals.Entry) -> Int128
    )
    var measures: [Measure] = [
      ("accounts", "Accounts", { Int128($0.accounts.before) }, { Int128($0.accounts.after) })
    ]
    if stakes.recurringRevenue != nil {
      measures.append(
        ("recurring_revenue", "Recurring revenue", { $0.revenue.before }, { $0.revenue.after }))
    }
    measures.append(("open_amount", "Open pipeline", { $0.open.before }, { $0.open.after }))
    let spreads = measures.map { measure in
      (
        Distribution(sides.0.map { measure.before(entries[Int($0)]) }),
        Distribution(sides.1.map { measure.after(entries[Int($0)]) })
      )
    }
    // Of one territory nothing is even or uneven.
    let isMeant = max(sides.0.count, sides.1.count) > 1
    let kept = isMeant ? Array(measures.indices) : []
    var columns = ChangeColumns()
    columns.text(
      "measure", "Measure", kept.map { measures[$0].key },
      labels: Dictionary(measures.map { ($0.key, $0.title) }, uniquingKeysWith: { one, _ in one }))
    columns.count("territories_before", "Territories before", kept.map { _ in sides.0.count })
    columns.count("territories_after", "Territories after", kept.map { _ in sides.1.count })
    typealias Spread = KeyPath<Distribution, Ratio>
    let figures: [(String, String, Spread, String)] = [
      ("gini", "Gini", \.gini, "Gini coefficient: 0 is even, near 1 is all in one territory."),
      ("cv", "Variation", \.variation, "Standard deviation divided by the mean."),
      (
        "within_15_percent", "Within 15 %", \.withinFifteenPercent,
        "Share of the territories that lie within 15 % of the mean."
      ),
    ]
    for (key, title, path, definition) in figures {
      columns.rate(
        "\(key)_before", "\(title) before", kept.map { spreads[$0].0[keyPath: path] }, definition)
      columns.rate(
        "\(key)_after", "\(title) after", kept.map { spreads[$0].1[keyPath: path] }, definition)
    }
    return MetricTable(
      name: ChangeList.balance.rawValue, grain: "a measure", columns: columns.columns,
      notes: isMeant ? [] : ["There are not two territories whose balance could be compared."])
  }
}
