import Metrics
import Records

/// What the takeaway of a chart is made from.
struct ChartFacts {
  let facts: TakeawayFacts
  /// Whether the groups, series and all sum to the whole.
  let adds: Bool

  /// - Parameters:
  ///   - grid: the whole answer, nothing cut.
  ///   - shape: what was asked.
  ///   - words: for the names of periods.
  ///   - whole: the figure without dimensions; nil where there is none.
  ///   - wholeEarlier: the same of the earlier period.
  init(
    grid: ChartGrid, shape: ChartShape, words: ChartWords, whole: Ratio?, wholeEarlier: Ratio?
  ) {
    let metric = shape.metrics[0]
    let isWhole =
      shape.adds && !shape.by.isEmpty
      && ChartFacts.isPartition(grid, series: shape.other == nil ? 1 : grid.series.count, whole)
    adds = isWhole
    let isPair = shape.hasTarget && shape.by.count == 1
    func name(_ text: String) -> ReportDocument.Name { ReportDocument.Name(text) }
    var members: [TakeawayFacts.Member]
    var noun = grid.noun
    var axis = TakeawayFacts.Axis.members
    let present = grid.series.first
    let past = shape.hasEarlier && grid.series.count > 1 ? grid.series[1] : nil
    if shape.other != nil {
      // Cells of a table: members of one dimension in those of the other.
      noun = Noun("combination", "combinations")
      members = grid.groups.indices.flatMap { group in
        grid.series.map { series in
          TakeawayFacts.Member(
            name("\(series.name), \(grid.groups[group].name)"), series.values[group],
            cases: series.cases[group])
        }
      }
      if isWhole {
        let bySeries = grid.series.indices.map { index in
          TakeawayFacts.Member(name(grid.series[index].name), grid.sum(of: index))
        }
        let byGroup = grid.groups.indices.map { index in
          TakeawayFacts.Member(name(grid.groups[index].name), grid.sum(ofGroup: index))
        }
        members = grid.isTime ? bySeries : byGroup
        noun = grid.isTime ? shape.other?.noun ?? noun : grid.noun
      }
    } else {
      members = grid.groups.indices.map { index in
        TakeawayFacts.Member(
          name(grid.groups[index].name), present?.values[index], earlier: past?.values[index],
          target: isPair ? grid.series[1].values[index] : nil,
          cases: present?.cases[index] ?? nil)
      }
      if let dimension = shape.axis, dimension.isTime {
        axis = .spans(inYear: dimension.spansInYear, lastIsToDate: grid.lastIsToDate)
      }
    }
    var facts = TakeawayFacts(
      members, axis: axis, noun: noun, unit: metric.unit, adds: isWhole && shape.axis != nil,
      isLevel: metric.isLevel, whole: whole)
    if shape.hasEarlier {
      facts.wholeEarlier = wholeEarlier
      facts.against = words.past
      facts.present = words.present
      facts.isComparable = words.isComparable
    }
    if shape.hasTarget { facts.targetWord = "quota" }
    self.facts = facts
  }

  /// Whether the figures of all groups and series sum to the whole.
  private static func isPartition(_ grid: ChartGrid, series: Int, _ whole: Ratio?) -> Bool {
    guard let whole else { return false }
    let sum = Ratio.sum(grid.series.prefix(series).indices.map { grid.sum(of: $0) })
    return (sum ?? Ratio(0, over: 1)).compared(to: whole) == 0
  }
}
