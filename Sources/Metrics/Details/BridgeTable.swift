import Records

/// Detail tables `pipeline-bridge` and `pipeline-bridge-deals`.
///
/// Grain: a step of the bridge that has a deal, or a step and a deal behind it. The scope is one line: what moves
/// between two of its own territories is no transfer. What leaves counts below zero, so that the
/// closing is the sum of all before it. Without a territory model the company has its bridge, too.
struct BridgeTable: DetailTableMaker {
  let showsDeals: Bool

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let moves = engine.ledger.dealMoves
    let place = place(in: scope, engine)
    // Line 0 is the scope, line 1 what is outside it.
    var movement = PipelineMovement(lines: 3)
    var behind: [(step: MovementStep, move: DealMove, amount: Int128)] = []
    var one = PipelineMovement(lines: 3)
    for move in moves.moves {
      let (from, to) = (place(move, move.from), place(move, move.to))
      guard from == 0 || to == 0 else { continue }
      movement.add(move, from: from, to: to)
      guard showsDeals else { continue }
      one.clear()
      one.add(move, from: from, to: to)
      for step in MovementStep.allCases
      where step != .opening && step != .closing && one.deals(0, step) > 0 {
        behind.append((step, move, step.sign * one.amount(0, step)))
      }
    }
    let notes = Array(moves.notes.sentences(movement, withAmounts: false).dropFirst())
    if showsDeals { return list(behind, engine, scope) }
    let steps =
      movement.isEmpty(0)
      ? []
      : MovementStep.allCases.filter {
        $0 == .opening || $0 == .closing || movement.deals(0, $0) > 0
      }
    var table = TableColumns(engine.catalogue)
    table.steps(steps)
    table.count(
      "deals", "Deals", steps.map { Int128(movement.deals(0, $0)) },
      "Number of deals that came, left, changed or stayed.")
    table.money(
      "amount", "Amount", steps.map { $0.sign * movement.amount(0, $0) },
      "Value of those who left when the movement began, of those who came when it ended, and the"
        + " change of those who stayed; what leaves is below zero.")
    return MetricTable(
      name: DetailTable.pipelineBridge.rawValue, grain: DetailTable.pipelineBridge.grain,
      columns: table.columns, notes: notes)
  }

  /// Where a deal stands: 0 in the scope, 1 outside.
  private func place(
    in scope: Scope, _ engine: LocalEngine
  ) -> (DealMove, Int32) -> Int {
    switch scope {
    case .company: return { _, _ in 0 }
    case .territory:
      let inside = engine.scopes.territories(scope) ?? []
      return { _, territory in territory >= 0 && inside[Int(territory)] == 1 ? 0 : 1 }
    default:
      let mask = engine.scopes.mask(.opportunities, scope)
      return { move, _ in !move.isDeleted && mask?[Int(move.deal)] ?? 1 == 1 ? 0 : 1 }
    }
  }

  /// The deals behind the steps: the largest amounts first, then by step and Id.
  private func list(
    _ behind: [(step: MovementStep, move: DealMove, amount: Int128)], _ engine: LocalEngine,
    _ scope: Scope
  ) -> MetricTable {
    let records = engine.ledger.records
    let deals = records[.opportunity]
    let ranks: [Int32]? = engine.ledger.order(of: .opportunity).ranks
    func rank(_ move: DealMove) -> (Int, Int32) {
      move.isDeleted ? (1, move.deal) : (0, ranks?[Int(move.deal)] ?? move.deal)
    }
    let rows = behind.sorted { left, right in
      let (one, other) = (abs(left.amount), abs(right.amount))
      if one != other { return one > other }
      if left.step != right.step { return left.step.rawValue < right.step.rawValue }
      return rank(left.move) < rank(right.move)
    }
    // A deal that went elsewhere is counted, and no longer named.
    let shown = engine.scopes.mask(.opportunities, scope)
    let named = rows.map { row in
      !row.move.isDeleted && shown?[Int(row.move.deal)] ?? 1 == 1 ? row.move.deal : -1
    }
    let accounts = deals.references("AccountId")
    let listed = engine.scopes.listedAccounts(scope)
    let accountRows = named.map { deal -> Int32 in
      let account = deal < 0 ? -1 : accounts[Int(deal)]
      return account >= 0 && listed?[Int(account)] ?? 1 == 1 ? account : -1
    }
    let owners = deals.references("OwnerId")
    let ownerRows = named.map { $0 < 0 ? -1 : max(owners[Int($0)], -1) }
    let closes = deals.days("CloseDate")
    var table = TableColumns(engine.catalogue)
    table.steps(rows.map(\.step))
    table.records("opportunity", "Deal", of: deals, at: named) { row in
      rows[row].move.isDeleted ? "(deleted)" : "(now elsewhere)"
    }
    table.records("account", "Account", of: records[.account], at: accountRows)
    table.records("owner", "Owner", of: records[.user], at: ownerRows)
    table.day("close_date", "Close date", named.map { $0 < 0 ? Day.null : closes[Int($0)] })
    table.money(
      "amount", "Amount", rows.map(\.amount), "What the deal adds to the pipeline, or takes away.")
    return MetricTable(
      name: DetailTable.pipelineBridgeDeals.rawValue,
      grain: DetailTable.pipelineBridgeDeals.grain, columns: table.columns)
  }
}

extension MovementStep {
  /// Whether the step adds to the pipeline, 1, or takes away from it, -1.
  var sign: Int128 {
    switch self {
    case .decreased, .won, .lost, .pushed, .deleted, .transferredOut: -1
    default: 1
    }
  }

  /// What readers see the step called.
  var title: String {
    let words = name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension TableColumns {
  /// The step of each row; people read its title.
  fileprivate mutating func steps(_ steps: [MovementStep]) {
    labelled(
      "step", "Step", steps.map(\.name),
      Dictionary(uniqueKeysWithValues: MovementStep.allCases.map { ($0.name, $0.title) }))
  }

  /// Texts that people read as others.
  mutating func labelled(
    _ name: String, _ title: String, _ cells: [String?], _ labels: [String: String]
  ) {
    var column = MetricColumn(name: name, title: title, unit: .text, cells: .text(cells))
    column.labels = labels
    append(column)
  }

  /// Ids and names of records; a negative row is none, and `missing` says what stands for its name.
  mutating func records(
    _ name: String, _ title: String, of table: Table, at rows: [Int32],
    missing: ((Int) -> String?)? = nil
  ) {
    id(name + "_id", title + " Id", table.entity, TextCells(idsOf: table, at: rows))
    guard let missing else {
      text(name, title, TextCells(namesOf: table, at: rows))
      return
    }
    let names = TextCells(namesOf: table, at: rows)
    text(name, title, rows.indices.map { rows[$0] < 0 ? missing($0) : names[$0] })
  }

  /// Calendar days; `Day.null` where there is none.
  mutating func day(_ name: String, _ title: String, _ days: [Int32]) {
    append(
      MetricColumn(
        name: name, title: title, unit: .day,
        cells: .text(days.map { $0 == Day.null ? nil : Day(number: $0).description })))
  }
}
