import Graphics
import Metrics
import Records

/// What a section of a report says of its chart, in place of the words of a question.
struct ChartWording: Sendable {
  /// The section's title; nil: the question names itself.
  var title: String?
  /// What is shown and of which days; nil: the days of the question.
  var subtitle: String?
  /// What the present and the earlier figures are called beside each other.
  var names: (present: String, past: String)?
  /// What the earlier figures are called in a sentence.
  var against: String?
  /// What the metrics are called; empty: by their titles.
  var labels: [String] = []
  /// What the message is about, where a kind does not say.
  var tellsMiddle = false
  /// What a reader should know of the figures.
  var remarks: [String] = []
  /// Which rows of the answer are shown.
  var rows = ChartRows.all
  /// Whether earlier figures of which none is known stand in no series.
  var dropsEmptyPast = false
  /// What is said where no target is known.
  var withoutTarget: String?
}

/// Which rows of an answer a chart shows.
enum ChartRows: Sendable {
  case all
  /// A territory and those directly below it; for the company what is in none of them too.
  case parts(own: String, below: Set<String>, keepsRest: Bool)
  /// Members by Id, each there also where the answer says nothing of it.
  case only([EditionScope.Member])

  /// The key of the member that all others are parts of.
  var own: String? {
    guard case .parts(let own, _, _) = self, !own.isEmpty else { return nil }
    return own
  }

  /// The rows of an answer that are shown, the own one first.
  func kept(_ table: MetricTable, _ shape: ChartShape) -> MetricTable {
    guard let axis = shape.axis, let ids = table[axis.rawValue + "_id"] else { return table }
    let rows = 0..<table.rowCount
    switch self {
    case .all: return table
    case .parts(let own, let below, let keepsRest):
      let first = rows.filter { !own.isEmpty && ids.text($0) == own }
      let parts = rows.filter { ids.text($0).map(below.contains) ?? false }
      let value = shape.metrics.first.flatMap { table[$0.name] }
      let rest = rows.filter { row in
        keepsRest && MemberRows.isRemainder(ids.text(row) ?? "")
          && (value?.value(row)?.numerator ?? 0) != 0
      }
      return table.keeping(first + parts + rest)
    case .only(let members):
      let known = Set(members.map(\.id))
      return table.keeping(rows.filter { ids.text($0).map(known.contains) ?? false })
    }
  }

  /// The grid with the members of which the answer says nothing, at nothing.
  func completed(_ grid: ChartGrid, _ shape: ChartShape) -> ChartGrid {
    guard case .only(let members) = self, shape.other == nil else { return grid }
    var grid = grid
    let known = Set(grid.groups.compactMap(\.id))
    for member in members where !known.contains(member.id) {
      grid.groups.append(ChartGrid.Group(key: member.id, name: member.name, id: member.id))
      for index in grid.series.indices {
        let nothing = shape.metrics.indices.contains(index) ? shape.metrics[index].ofNothing : nil
        grid.series[index].values.append(nothing)
        grid.series[index].cases.append(nil)
      }
    }
    return grid
  }

  /// What the shown members come to, where the whole of a question is more than they are.
  func wholes(_ grid: ChartGrid, _ shape: ChartShape) -> [Ratio?]? {
    guard case .only = self, shape.other == nil else { return nil }
    return shape.metrics.indices.map { index in
      shape.axis.map(shape.metrics[index].adds) ?? false ? grid.sum(of: index) : nil
    }
  }
}

/// Whether an answer has anything to hold another against.
enum QueryTotals {
  static func hold(_ table: MetricTable, _ shape: ChartShape) -> Bool {
    guard let column = shape.metrics.first.flatMap({ table[$0.name] }) else { return false }
    return (0..<table.rowCount).contains { (column.value($0)?.numerator ?? 0) != 0 }
  }
}

/// An answer arranged for a chart, and what its parts come to.
struct ArrangedChart {
  var grid: ChartGrid
  var shape: ChartShape
  /// The period compared with, nil where nothing is known of it.
  let earlier: PeriodSpec?
  let notes: [String]
  /// The figure of each metric over all members, nil where there is none.
  var wholes: [Ratio?]?
  var wholeEarlier: Ratio?

  /// Whether there is anything to draw: of levels a figure, of quantities one that is not zero.
  var isEmpty: Bool {
    let isLevel = shape.metrics.first?.isLevel ?? false
    let series = shape.hasTarget && shape.other == nil ? Array(grid.series.prefix(1)) : grid.series
    return series.allSatisfy { series in
      series.values.allSatisfy { $0 == nil || (!isLevel && $0?.numerator == 0) }
    }
  }

  /// Takes the whole from the members: a table holds them all.
  mutating func sumUp() {
    wholes = shape.metrics.indices.map { index in
      shape.metrics[index].additivity == .additive ? grid.sum(of: index) : nil
    }
  }

  /// Targets of which none is known are not a series.
  mutating func leaveOutUnknownTarget(_ wording: ChartWording) {
    guard let words = wording.withoutTarget, shape.hasTarget, grid.series.count == 2,
      grid.series[1].values.allSatisfy({ $0 == nil })
    else { return }
    grid.series.removeLast()
    grid.remarks.append(words)
    shape = shape.ofFirstMetric
  }
}

/// A chart with its message, and the figures it is drawn from.
struct DrawnChart {
  let kind: ChartKind
  /// All figures, nothing cut.
  let grid: ChartGrid
  let shape: ChartShape
  /// Whether members sum to the whole.
  let adds: Bool
  let takeaway: ReportDocument.Prose?
  /// With its heading, as a file of its own has it.
  let headed: any Chart
  /// Without, as it stands below the heading of a page.
  let bare: any Chart
}
