import Graphics
import Metrics
import Records

/// The bridge that a standard table is about: how its opening became its closing.
struct TableBridge {
  /// The tables that are bridges.
  static let tables: [StandardTable] = [.pipelineMovement, .recurringRevenue]

  /// What rose or fell.
  struct Move {
    let label: String
    let value: Ratio
    /// How many deals or customers made it, nil where that is not counted.
    var count: Int128?
  }

  let opening: (label: String, value: Ratio, count: Int128?)
  /// The moves in the bridge's order, those of nothing left out.
  let moves: [Move]
  let closing: (label: String, value: Ratio, count: Int128?)
  /// What is counted in `count`.
  let counted: String
  /// Of which days, in words.
  let days: String?

  /// Whether there was nothing, and nothing came.
  var isEmpty: Bool {
    opening.value.numerator == 0 && closing.value.numerator == 0 && moves.isEmpty
  }

  /// The bridge of a table; nil where it has no rows.
  ///
  /// - Parameters:
  ///   - table: the answer.
  ///   - kind: which table it is.
  ///   - months: over how many completed months recurring revenue is followed.
  ///   - annualised: whether monthly amounts are shown as those of a year.
  ///   - context: the calendar's words.
  init?(
    _ table: MetricTable, _ kind: StandardTable, months: Int, annualised: Bool,
    in context: ReportContext
  ) {
    guard table.rowCount > 0 else { return nil }
    switch kind {
    case .pipelineMovement: self.init(pipeline: table, context)
    case .recurringRevenue: self.init(revenue: table, months, annualised, context)
    default: return nil
    }
  }

  /// The steps of the edition's pipeline as one line: what leaves is below zero, and what moves from
  /// one of its own territories to another is no transfer.
  private init?(pipeline table: MetricTable, _ context: ReportContext) {
    guard let steps = table["step"], let amounts = table["amount"], let deals = table["deals"]
    else { return nil }
    var ends: [String: (label: String, value: Ratio, count: Int128?)] = [:]
    var moves: [Move] = []
    for row in 0..<table.rowCount {
      guard let name = steps.text(row), let amount = amounts.value(row) else { continue }
      let label = steps.shownText(row) ?? name
      let count = deals.value(row).map(ValueFormatter.whole)
      if [MovementStep.opening.name, MovementStep.closing.name].contains(name) {
        ends[name] = (label, amount, count)
      } else if amount.numerator != 0 {
        moves.append(Move(label: label, value: amount, count: count))
      }
    }
    guard let opening = ends[MovementStep.opening.name],
      let closing = ends[MovementStep.closing.name]
    else { return nil }
    self.moves = moves
    self.opening = opening
    self.closing = closing
    counted = "Deals"
    days = context.movement.map { movement in
      let format = context.formatter
      return "\(format.dayText(movement.from)) to \(format.dayText(movement.to))"
    }
  }

  /// The last months of the table.
  private init?(
    revenue table: MetricTable, _ months: Int, _ annualised: Bool, _ context: ReportContext
  ) {
    let rows = max(0, table.rowCount - months)..<table.rowCount
    guard let names = table["month"], let first = rows.first, let last = rows.last,
      let opening = table["opening"]?.value(first), let closing = table["closing"]?.value(last)
    else { return nil }
    let times = Int128(annualised ? 12 : 1)
    func scaled(_ value: Ratio) -> Ratio {
      Ratio(value.numerator * times, over: value.denominator)
    }
    func customers(_ name: String, _ row: Int) -> Int128? {
      table[name]?.value(row).map(ValueFormatter.whole)
    }
    let zero = Ratio(0, over: 1)
    moves = TableBridge.revenue.compactMap { name, count, label, falls in
      guard let column = table[name], let sum = Ratio.sum(rows.map(column.value)),
        sum.numerator != 0
      else { return nil }
      let value = scaled(sum)
      return Move(
        label: label, value: falls ? zero.subtracting(value) ?? value : value,
        count: rows.compactMap { customers(count, $0) }.reduce(0, +))
    }
    func month(_ row: Int) -> Day? { names.text(row).flatMap { Day(iso: $0 + "-01") } }
    func name(_ day: Day?) -> String { day.map(context.formatter.monthText) ?? "" }
    self.opening = (
      "End of " + name(month(first)?.startOfMonth(adding: -1)), scaled(opening),
      customers("customers_opening", first)
    )
    self.closing = (
      "End of " + name(month(last)), scaled(closing), customers("customers_closing", last)
    )
    counted = "Customers"
    days = "\(name(month(first))) to \(name(month(last)))"
  }

  private static let revenue: [(name: String, count: String, label: String, falls: Bool)] = [
    ("new", "customers_new", "New", false),
    ("expansion", "customers_expanding", "Expansion", false),
    ("reactivation", "customers_reactivated", "Reactivation", false),
    ("contraction", "customers_contracting", "Contraction", true),
    ("churned", "customers_churned", "Churned", true),
  ]

  /// The bridge as a chart.
  ///
  /// Lengths are approximate and the table's figures exact, so a bridge closes but for the last
  /// digits of a binary fraction.
  func chart(_ heading: ChartHeading, _ format: ValueFormatter) -> WaterfallChart? {
    func number(_ value: Ratio) -> Double { Double(value.numerator) / Double(value.denominator) }
    func text(_ value: Ratio) -> String { format.shown(value, .money, isShort: true).text }
    let largest = max(abs(number(opening.value)), abs(number(closing.value)), 1)
    let steps =
      [WaterfallChart.Step.level(opening.label, value(opening.value, text))]
      + moves.map { move in
        .movement(
          move.label,
          ChartValue(number(move.value), (move.value.sign > 0 ? "+" : "") + text(move.value)))
      } + [.level(closing.label, value(closing.value, text))]
    return try? WaterfallChart(
      heading: heading, steps: steps, tolerance: largest * 1e-9, format: format.tick(.money))
  }

  private func value(_ value: Ratio, _ text: (Ratio) -> String) -> ChartValue {
    ChartValue(Double(value.numerator) / Double(value.denominator), text(value))
  }
}

extension TakeawayWords {
  /// From where to where a bridge leads, and what was largest on the way up and down.
  func sentence(_ bridge: TableBridge, of what: String) -> Prose {
    func shown(_ value: Ratio) -> Shown {
      let size = value.sign < 0 ? Ratio(-value.numerator, over: value.denominator) : value
      return format.shown(size, .money, isShort: true)
    }
    let (from, to) = (bridge.opening.value, bridge.closing.value)
    var text: Prose
    if let change = change(from: from, to: to) {
      text = "\(words: what) went from \(shown(from)) to \(shown(to)), \(change)"
    } else {
      text = "\(words: what) is \(shown(to)), as at the opening"
    }
    func largest(_ sign: Int) -> TableBridge.Move? {
      let found = bridge.moves.filter { $0.value.sign == sign }
      let most = found.max { $0.value.compared(to: $1.value) * sign < 0 }
      guard let most else { return nil }
      return found.filter { $0.value.compared(to: most.value) == 0 }.count == 1 ? most : nil
    }
    let (up, down) = (largest(1), largest(-1))
    if let up {
      text = text + "; the most came in as \(words: up.label.lowercased()), \(shown(up.value))"
    }
    if let down {
      let joint = up == nil ? "; the" : ", the"
      text =
        text + "\(words: joint) most went out as \(words: down.label.lowercased()), "
        + "\(shown(down.value))"
    }
    return text + "."
  }
}
