import Metrics
import Records

extension BalanceTables {
  /// The tables as people read them on a terminal: fewer columns, before and after in one.
  ///
  /// - Parameter limit: at most so many moves.
  /// - Returns: the tables in the order in which they are read.
  public func readable(limit: Int) -> [MetricTable] {
    [shownSummary, shownTerritories, shownMoves(limit: limit), fixed]
  }

  private var shownSummary: MetricTable {
    let whole = summary
    return MetricTable(
      name: whole.name, grain: whole.grain,
      columns: [
        "measure", "mean", "gini_before", "gini_after", "within_15_percent_before",
        "within_15_percent_after", "outside_before", "outside_after",
      ].compactMap { whole[$0] }, notes: whole.notes)
  }

  /// Each territory with how far it is from the mean of its group, before and after.
  private var shownTerritories: MetricTable {
    let leaves = listed
    var columns = [
      MetricColumn(
        name: "territory", title: "Territory", unit: .text,
        cells: .text(leaves.map { tree.names[Int(study.leaves[$0])] })),
      MetricColumn(
        name: "accounts", title: "Accounts", unit: .text,
        cells: .text(
          leaves.map { "\(proposal.accountsBefore[$0]) → \(proposal.accountsAfter[$0])" })),
    ]
    for (index, measure) in study.measures.enumerated() {
      columns.append(
        MetricColumn(
          name: measure.rawValue, title: measure.title, unit: .text,
          cells: .text(
            leaves.map { leaf in
              guard let before = proposal.offset(proposal.before, measure: index, leaf: leaf),
                let after = proposal.offset(proposal.after, measure: index, leaf: leaf)
              else { return nil }
              let isOutside = proposal.isOutside(proposal.after, measure: index, leaf: leaf)
              return "\(signed(before)) → \(signed(after)) %\(isOutside ? " !" : "")"
            })))
    }
    let isAnyOutside = leaves.contains { leaf in
      study.measures.indices.contains {
        proposal.isOutside(proposal.after, measure: $0, leaf: leaf)
      }
    }
    return MetricTable(
      name: "balance-territories", grain: "a territory, above and below the mean of its group",
      columns: columns, notes: isAnyOutside ? ["! is outside the tolerance."] : [])
  }

  private func signed(_ percent: Int) -> String {
    percent == 0 ? "0" : "\(percent < 0 ? "−" : "+")\(abs(percent))"
  }

  private func shownMoves(limit: Int) -> MetricTable {
    let moves = Array(proposal.moves.prefix(limit))
    let accounts = records[.account]
    func text(
      _ name: String, _ title: String, _ value: (BalanceProposal.Move) -> String
    ) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(moves.map(value)))
    }
    return MetricTable(
      name: "balance-moves", grain: "a family that moves, or a part of one",
      columns: [
        text("family", "Family") { accounts.name(Int($0.root)) },
        text("accounts", "Accounts") {
          "\($0.accounts.count)" + ($0.isWhole ? "" : " of \($0.ofFamily)")
        },
        text("from", "From") { tree.names[Int($0.from)] },
        text("to", "To") { tree.names[Int($0.to)] },
        MetricColumn(
          name: "value", title: "Value", unit: .money,
          cells: .money(moves.map { sum($0, study.figures.values) })),
        text("eases", "Eases most", eased),
      ], totalRowCount: proposal.moves.count)
  }

  /// The measure in which the old territory held most too much and the new one too little.
  private func eased(_ move: BalanceProposal.Move) -> String {
    let offsets = study.measures.indices.map { measure in
      [(move.from, 1), (move.to, -1)].reduce(0) { sum, side in
        let leaf = Int(study.leafOf[Int(side.0)])
        return sum + abs(offset(measure, of: leaf, side.1) ?? 0)
      }
    }
    guard let most = offsets.max(), most > 0, let measure = offsets.firstIndex(of: most) else {
      return "others"
    }
    return study.measures[measure].rawValue
  }
}
