import Metrics
import Records
import Settings

/// A proposal as tables for people and for machines.
public struct BalanceTables {
  let proposal: BalanceProposal
  let records: RecordSet
  var study: BalanceStudy { proposal.study }
  var tree: TerritoryModel { study.today.model.tree }

  public init(_ proposal: BalanceProposal, records: RecordSet) {
    self.proposal = proposal
    self.records = records
  }

  /// Every table, the summary first.
  public var all: [MetricTable] { [summary, territories, moves, fixed] }

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
    let leaves = listed
    let groups = groupNames
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
      text("group", "Balanced with") { groups[proposal.limits.groups[$0]] },
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
              }), definition: "Above or below the mean of the group, to a whole percent."))
      }
    }
    return MetricTable(
      name: "balance-territories", grain: "a territory that is compared", columns: columns)
  }

  /// What moves, and why.
  public var moves: MetricTable {
    let moves = proposal.moves
    let accounts = records[.account]
    func text(_ name: String, _ title: String, _ value: (BalanceProposal.Move) -> String)
      -> MetricColumn
    {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(moves.map(value)))
    }
    return MetricTable(
      name: "balance-moves", grain: "a family that moves, or a part of one",
      columns: [
        MetricColumn(
          name: "root_id", title: "Ultimate parent Id", unit: .id(.account),
          cells: .text(moves.map { accounts.id(Int($0.root)) })),
        text("family", "Family") { accounts.name(Int($0.root)) },
        MetricColumn(
          name: "accounts", title: "Accounts", unit: .count,
          cells: .integers(moves.map { Int128($0.accounts.count) })),
        MetricColumn(
          name: "family_accounts", title: "Accounts of the family", unit: .count,
          cells: .integers(moves.map { Int128($0.ofFamily) })),
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
      ])
  }

  /// What the accounts of a move weigh.
  func sum(_ move: BalanceProposal.Move, _ amounts: [Int64]) -> Int128 {
    move.accounts.reduce(0) { $0 + Int128(amounts[Int($1)]) }
  }

  /// The compared territories in the order of the tree.
  var listed: [Int] {
    study.leaves.indices.sorted {
      tree.forest.positions[Int(study.leaves[$0])] < tree.forest.positions[Int(study.leaves[$1])]
    }
  }

  /// For each group, by its first territory, the lowest territory above all of its own; numbered where
  /// several groups lie below one; nil where no territory is above.
  private var groupNames: [Int32: String] {
    var tops: [Int32: Int32] = [:]
    for leaf in study.leaves.indices {
      let (group, territory) = (proposal.limits.groups[leaf], study.leaves[leaf])
      var top = tops[group] ?? territory
      while top >= 0, !tree.forest.isInSubtree(Int(territory), of: Int(top)) {
        top = tree.forest.parents[Int(top)]
      }
      tops[group] = top
    }
    var names: [Int32: String] = [:]
    var counts: [Int32: Int] = [:]
    for group in tops.keys.sorted() {
      guard let top = tops[group], top >= 0 else { continue }
      counts[top, default: 0] += 1
      let count = counts[top] ?? 1
      names[group] = tree.names[Int(top)] + (count == 1 ? "" : " (\(count))")
    }
    return names
  }

  /// What stays, and why.
  public var fixed: MetricTable {
    let reasons = BalanceStudy.Reason.allCases.filter { study.fixed[$0.rawValue].families > 0 }
    return MetricTable(
      name: "balance-fixed", grain: "why a family stays, or a part of one",
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

  /// Where the old territory held too much, and the new one too little.
  private func why(_ move: BalanceProposal.Move) -> String {
    let parts = [(move.from, 1), (move.to, -1)].compactMap { territory, sign -> String? in
      let leaf = Int(study.leafOf[Int(territory)])
      let words = study.measures.indices.compactMap { measure -> String? in
        guard let offset = offset(measure, of: leaf, sign) else { return nil }
        let title = study.measures[measure].title.lowercased()
        return "\(abs(offset)) % \(sign > 0 ? "above" : "below") the mean in \(title)"
      }
      guard !words.isEmpty else { return nil }
      return "\(tree.names[Int(territory)]) is \(words.joined(separator: " and "))"
    }
    return parts.isEmpty ? "makes up for what else moves" : parts.joined(separator: "; ")
  }

  /// How far today a territory lies outside the tolerance, in percent; nil where it does not on that
  /// side.
  func offset(_ measure: Int, of leaf: Int, _ sign: Int) -> Int? {
    guard proposal.isOutside(proposal.before, measure: measure, leaf: leaf),
      let offset = proposal.offset(proposal.before, measure: measure, leaf: leaf),
      offset * sign > 0
    else { return nil }
    return offset
  }
}
