import Records

/// Standard table `win-rates`.
///
/// Grain: one row per dimension (owner, segment, territory) and member with a booking closed in the
/// trailing four quarters. A null amount counts only in the counts; negative amounts are left out of
/// `won_amount` and `lost_amount`, so that the rate by value is their quotient.
struct WinRatesTable: StandardTableMaker {
  private static let dimensions: [Dimension] = [.owner, .segment, .territory]
  private static let metrics = [
    "won_count", "lost_count", "rated_won_amount", "rated_lost_amount", "win_rate_count",
    "win_rate_amount", "closed_count",
  ]

  func queries(_ scope: Scope) -> [Query] {
    WinRatesTable.dimensions.map {
      Query(
        metrics: WinRatesTable.metrics, by: [$0], period: .trailingFourQuarters, scope: scope)
    }
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    var parts: [[MetricColumn]] = []
    for (dimension, answer) in zip(WinRatesTable.dimensions, answers) {
      parts.append(part(dimension, answer, engine))
    }
    let columns = parts[0].indices.map { index in
      MetricColumn.joined(parts.map { $0[index] })
    }
    return MetricTable(
      name: StandardTable.winRates.rawValue, grain: StandardTable.winRates.grain,
      columns: columns)
  }

  private func part(
    _ dimension: Dimension, _ answer: Answer, _ engine: LocalEngine
  ) -> [MetricColumn] {
    let closed = answer.amounts("closed_count")
    let members = answer.space.dimensions[0].members
    let groups = (0..<answer.space.count).filter { closed[$0] != 0 }
      .map { (group: $0, id: members.id($0)) }
      .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      .map(\.group)
    var table = TableColumns(engine.catalogue)
    table.text("dimension", "Dimension", groups.map { _ in dimension.rawValue })
    table.text("member_id", "Member Id", groups.map { members.id($0) })
    table.text("member", "Member", groups.map { members.name($0) })
    table.metric("won_count", "won_count", of: answer, at: groups)
    table.metric("lost_count", "lost_count", of: answer, at: groups)
    table.metric("won_amount", "rated_won_amount", of: answer, at: groups)
    table.metric("lost_amount", "rated_lost_amount", of: answer, at: groups)
    table.metric("win_rate_count", "win_rate_count", of: answer, at: groups)
    table.metric("win_rate_amount", "win_rate_amount", of: answer, at: groups)
    return table.columns
  }
}

extension MetricColumn {
  /// One column of several that follow each other.
  static func joined(_ parts: [MetricColumn]) -> MetricColumn {
    let first = parts[0]
    let cells: Cells
    switch first.cells {
    case .text: cells = .text(parts.flatMap { part in part.rows.map { part.text($0) } })
    default:
      cells = Cells(parts.flatMap { part in part.rows.map { part.value($0) } }, unit: first.unit)
    }
    let n = first.n == nil ? nil : parts.flatMap { $0.n ?? [] }
    return MetricColumn(
      name: first.name, title: first.title, unit: first.unit, cells: cells,
      definition: first.definition, n: n)
  }

  private var rows: Range<Int> { 0..<cells.count }
}
