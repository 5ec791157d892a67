import Metrics
import Records
import Settings

/// A proposal as tables for people and for machines.
public struct BalanceTables {
  let proposal: BalanceProposal
  private let records: RecordSet
  private var study: BalanceStudy { proposal.study }
  private var tree: TerritoryModel { study.today.model.tree }

  public init(_ proposal: BalanceProposal, records: RecordSet) {
    self.proposal = proposal
    self.records = records
  }

  /// Every table, the summary first.
  ///
  /// - Parameter limit: at most so many moves; nil: all.
  /// - Returns: the tables in the order in which people read them.
  public func all(limit: Int? = nil) -> [MetricTable] {
    [summary, territories, moves(limit: limit), fixed]
  }

  /// How evenly the territories hold each measure, before and after.
  public var summary: MetricTable {
    let measures = study.measures
    let spreads = measures.compactMap { proposal.spread($0) }
    let units = measures.map { $0 == .workload ? Unit.mean : .money }
    func rate(
      _ name: String, _ title: String, _ definition: String, _ cells: [Ratio]
    ) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .rate, cells: .ratios(cells), definition: definition)
    }
    func outside(_ name: String, _ title: String, _ loads: [[Int64]]) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .count,
        cells: .integers(
          measures.indices.map { measure in
            Int128(
              study.leaves.indices.count {
                proposal.isOutside(loads, measure: measure, leaf: $0)
              })
          }), definition: "Territories outside the tolerance of the mean of their group.")
    }
    return MetricTable(
      name: "balance-before-after", grain: "a measure that the territories share",
      columns: [
        MetricColumn(
          name: "measure", title: "Measure", unit: .text, cells: .text(measures.map(\.rawValue))),
        MetricColumn(
          name: "mean", title: "Mean of a territory", unit: .mean,
          cells: .ratios(
            zip(spreads, study.scales).map { spread, scale in
              Ratio(
                spread.before.mean.numerator * Int128(scale),
                over: spread.before.mean.denominator * Int128(Exact.scale))
            }), rowUnits: units),
        rate(
          "gini_before", "Gini before", "0 is even, near 1 is all in one.",
          spreads.map(\.before.gini)),
        rate(
          "gini_after", "Gini after", "0 is even, near 1 is all in one.",
          spreads.map(\.after.gini)),
        rate(
          "cv_before", "CV before", "Standard deviation divided by the mean.",
          spreads.map(\.before.variation)),
        rate(
          "cv_after", "CV after", "Standard deviation divided by the mean.",
          spreads.map(\.after.variation)),
        rate(
          "within_15_percent_before", "Within ±15 % before",
          "Share of the territories within 15 % of the mean of all.",
          spreads.map(\.before.withinFifteenPercent)),
        rate(
          "within_15_percent_after", "Within ±15 % after",
          "Share of the territories within 15 % of the mean of all.",
          spreads.map(\.after.withinFifteenPercent)),
        outside("outside_before", "Outside before", proposal.before),
        outside("outside_after", "Outside after", proposal.after),
      ], notes: BalanceSentences(proposal, records: records).all)
  }

  /// What each territory holds before and after.
  public var territories: MetricTable {
    let leaves = study.leaves.indices.sorted {
      tree.forest.positions[Int(study.leaves[$0])] < tree.forest.positions[Int(study.leaves[$1])]
    }
    func text(_ name: String, _ title: String, _ value: (Int) -> String?) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(leaves.map(value)))
    }
    func count(_ name: String, _ title: String, _ value: (Int) -> Int) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers(leaves.map { Int128(value($0)) }))
    }
    var columns = [
      text("territory", "Territory") { tree.developerNames[Int(study.leaves[$0])] },
      text("name", "Name") { tree.names[Int(study.leaves[$0])] },
      text("group", "Balanced with") { leaf in
        let group = study.leaves[Int(proposal.limits.groups[leaf])]
        return study.settings.configuration.reach == .model
          ? nil : tree.names[Int(study.today.model.region(of: group))]
      },
      count("accounts_before", "Accounts before") { proposal.accountsBefore[$0] },
      count("accounts_after", "Accounts after") { proposal.accountsAfter[$0] },
    ]
    for (index, measure) in study.measures.enumerated() {
      for (when, loads) in [("before", proposal.before), ("after", proposal.after)] {
        let scale = Int128(study.scales[index])
        let isMoney = measure != .workload
        columns.append(
          MetricColumn(
            name: "\(measure.rawValue)_\(when)", title: "\(measure.title) \(when)",
            unit: isMoney ? .money : .mean,
            cells: isMoney
              ? .money(leaves.map { Int128(loads[index][$0]) * scale })
              : .ratios(
                leaves.map { Ratio(Int128(loads[index][$0]) * scale, over: Int128(Exact.scale)) })
          ))
        columns.append(
          MetricColumn(
            name: "\(measure.rawValue)_offset_\(when)",
            title: "\(measure.title) off the mean \(when)", unit: .rate,
            cells: .ratios(
              leaves.map { leaf in
                proposal.offset(loads, measure: index, leaf: leaf).map {
                  Ratio(Int128($0), over: 100)
                } ?? Ratio(0, over: 0)
              }), definition: "Above or below the mean of the group, in whole percent."))
      }
    }
    return MetricTable(
      name: "balance-territories", grain: "a territory that is compared", columns: columns)
  }

  /// Which families move, and why.
  public func moves(limit: Int? = nil) -> MetricTable {
    let all = proposal.moves
    let moves = Array(all.prefix(limit ?? all.count))
    let accounts = records[.account]
    func text(_ name: String, _ title: String, _ value: (BalanceProposal.Move) -> String)
      -> MetricColumn
    {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(moves.map(value)))
    }
    func sum(_ move: BalanceProposal.Move, _ amounts: [Int64]) -> Int128 {
      move.accounts.reduce(0) { $0 + Int128(amounts[Int($1)]) }
    }
    return MetricTable(
      name: "balance-moves", grain: "a family that moves",
      columns: [
        MetricColumn(
          name: "root_id", title: "Ultimate parent Id", unit: .id(.account),
          cells: .text(moves.map { accounts.id(Int($0.root)) })),
        text("family", "Family") { accounts.name(Int($0.root)) },
        MetricColumn(
          name: "accounts", title: "Accounts", unit: .count,
          cells: .integers(moves.map { Int128($0.accounts.count) })),
        text("from", "From") { tree.developerNames[Int($0.from)] },
        text("to", "To") { tree.developerNames[Int($0.to)] },
        MetricColumn(
          name: "value", title: "Value", unit: .money,
          cells: .money(moves.map { sum($0, study.figures.values) })),
        MetricColumn(
          name: "workload", title: "Workload", unit: .mean,
          cells: .ratios(
            moves.map { Ratio(sum($0, study.figures.workloads), over: Int128(Exact.scale)) })),
        MetricColumn(
          name: "potential", title: "Quota potential", unit: .money,
          cells: .money(moves.map { sum($0, study.figures.potentials) })),
        MetricColumn(
          name: "disruption", title: "Disruption, points", unit: .mean,
          cells: .ratios(
            moves.map {
              Ratio(
                Int128(study.problem.families[$0.family].disruption), over: Int128(Exact.scale))
            })),
        text("why", "Why", why),
      ], totalRowCount: all.count)
  }

  /// What stays, and why.
  public var fixed: MetricTable {
    let reasons = BalanceStudy.Reason.allCases.filter { study.fixed[$0.rawValue].families > 0 }
    return MetricTable(
      name: "balance-fixed", grain: "a reason for which families stay",
      columns: [
        MetricColumn(
          name: "reason", title: "Stays because it", unit: .text,
          cells: .text(reasons.map(\.words))),
        MetricColumn(
          name: "families", title: "Families", unit: .count,
          cells: .integers(reasons.map { Int128(study.fixed[$0.rawValue].families) })),
        MetricColumn(
          name: "accounts", title: "Accounts", unit: .count,
          cells: .integers(reasons.map { Int128(study.fixed[$0.rawValue].accounts) })),
      ])
  }

  /// Where a family's old territory held too much, and its new one too little.
  private func why(_ move: BalanceProposal.Move) -> String {
    let parts = [(move.from, 1), (move.to, -1)].compactMap { territory, sign -> String? in
      let leaf = Int(study.leafOf[Int(territory)])
      let words = study.measures.indices.compactMap { measure -> String? in
        guard proposal.isOutside(proposal.before, measure: measure, leaf: leaf),
          let offset = proposal.offset(proposal.before, measure: measure, leaf: leaf),
          offset * sign > 0
        else { return nil }
        let title = study.measures[measure].title.lowercased()
        return "\(abs(offset)) % \(sign > 0 ? "above" : "below") the mean in \(title)"
      }
      guard !words.isEmpty else { return nil }
      return "\(tree.names[Int(territory)]) is \(words.joined(separator: " and "))"
    }
    return parts.isEmpty
      ? "makes up for what else moves" : parts.joined(separator: "; ")
  }
}
