import Metrics
import Records

/// What the takeaway of a chart is made from.
struct ChartFacts {
  let facts: TakeawayFacts
  /// Whether the groups, series and all sum to the whole.
  let adds: Bool
  private let firstTitle: String

  /// - Parameters:
  ///   - all: the whole answer, nothing cut.
  ///   - shape: what was asked.
  ///   - words: for the names of periods.
  ///   - wholes: the figure of each metric without dimensions; nil where there is none.
  ///   - wholeEarlier: the same of the earlier period.
  ///   - own: the key of the group that all others are parts of, nil where there is none.
  ///   - link: the page of a record.
  init(
    grid all: ChartGrid, shape: ChartShape, words: ChartWords, wholes: [Ratio?],
    wholeEarlier: Ratio?, own: String? = nil, link: (String?) -> RecordLink? = { _ in nil }
  ) {
    let ownIndex = own.flatMap { own in all.groups.firstIndex { $0.key == own } }
    let grid = all.picking(all.groups.indices.filter { $0 != ownIndex })
    let wholes = ownIndex.map { index in all.series.map { $0.values[index] } } ?? wholes
    let metric = shape.metrics[0]
    firstTitle = ChartWords.lowered(metric.title)
    let whole = wholes.first ?? nil
    let isWhole = ChartFacts.isPartition(grid, shape, wholes.prefix(1))
    adds = isWhole && (shape.metrics.count == 1 || ChartFacts.isPartition(grid, shape, wholes[...]))
    let isPair = shape.hasTarget && shape.by.count == 1
    func name(_ text: String) -> ReportDocument.Name { ReportDocument.Name(text) }
    var members: [TakeawayFacts.Member]
    var noun = grid.noun
    var place: String?
    var axis = TakeawayFacts.Axis.members
    let present = grid.series.first
    let past = shape.hasEarlier && grid.series.count > 1 ? grid.series[1] : nil
    if shape.other != nil {
      // Cells of a table: members of one dimension in those of the other.
      noun = Noun("combination", "combinations")
      members = grid.groups.indices.flatMap { group in
        grid.series.map { series in
          TakeawayFacts.Member(
            name("\(series.name) in \(grid.groups[group].name)"), series.values[group],
            cases: series.cases[group])
        }
      }
      if grid.isTime, !isWhole, let last = ChartFacts.lastSpan(grid, metric) {
        // Of levels over time: who is where at the end.
        members = grid.series.map { series in
          TakeawayFacts.Member(
            name(series.name), series.values[last], cases: series.cases[last])
        }
        noun = shape.other?.noun ?? noun
        place = grid.groups[last].name
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
          ReportDocument.Name(grid.groups[index].name, link: link(grid.groups[index].id)),
          present?.values[index], earlier: past?.values[index],
          target: isPair ? grid.series[1].values[index] : nil,
          cases: present?.cases[index] ?? nil)
      }
      if let dimension = shape.axis, dimension.isTime {
        axis = .spans(inYear: dimension.spansInYear, lastIsToDate: grid.lastIsToDate)
      }
    }
    var facts = TakeawayFacts(
      members, axis: axis, noun: noun, unit: metric.unit, adds: isWhole && shape.axis != nil,
      isLevel: metric.isLevel, whole: place == nil ? whole : nil)
    facts.lead = place.map { "In " + $0 }
    if shape.hasEarlier {
      facts.wholeEarlier = wholeEarlier
      facts.against = words.against
      facts.present = words.present
      facts.isComparable = words.isComparable
    }
    if shape.hasTarget { facts.targetWord = "quota" }
    if let ownIndex, let value = whole, isPair,
      let target = all.series[1].values[ownIndex], target.sign > 0
    {
      let group = all.groups[ownIndex]
      facts.subject = TakeawayFacts.Subject(
        ReportDocument.Name(group.name, link: link(group.id)), value, target: target)
    }
    self.facts = facts
  }

  /// The facts, with what the kind of chart is about.
  func suited(to kind: ChartKind) -> TakeawayFacts {
    var facts = facts
    switch kind {
    case .histogram: facts.emphasis = .distribution
    case .lorenz: facts.emphasis = .inequality
    case .funnel: facts.emphasis = .passage
    case .scatter: facts.lead = "By " + firstTitle
    default: break
    }
    return facts
  }

  /// The last span that is over; of a level the last of all.
  private static func lastSpan(_ grid: ChartGrid, _ metric: ChartShape.Measured) -> Int? {
    let count = grid.groups.count - (grid.lastIsToDate && !metric.isLevel ? 1 : 0)
    return count > 0 ? count - 1 : nil
  }

  /// Whether the figures of each metric sum to its whole over all groups and series.
  private static func isPartition(
    _ grid: ChartGrid, _ shape: ChartShape, _ wholes: ArraySlice<Ratio?>
  ) -> Bool {
    guard shape.adds, !shape.by.isEmpty else { return false }
    let series = shape.other == nil ? [] : Array(grid.series.indices)
    return wholes.indices.allSatisfy { index in
      guard let whole = wholes[index] else { return false }
      let parts = shape.other == nil ? [index] : series
      let sum = Ratio.sum(parts.map { grid.sum(of: $0) }) ?? Ratio(0, over: 1)
      return sum.compared(to: whole) == 0
    }
  }
}
