import Graphics
import Metrics
import Records

/// An answer arranged for a picture: groups along an axis, in each one figure a series.
///
/// Grain: one group per member of the first dimension, or per span of time; one series per metric,
/// per member of a second dimension, or for an earlier period.
struct ChartGrid {
  /// A place along the axis.
  struct Group: Hashable {
    /// What tells it from others: an Id, or its name.
    var key: String
    var name: String
    /// Id of the record, nil where there is none.
    var id: String?
    /// The days of a span of time.
    var span: Period?
    var kind = TakeawayFacts.Member.Kind.named
  }

  /// Figures of one kind, one a group.
  struct Series: Hashable {
    var name: String
    var notation = Notation.actual
    var unit: Unit
    var values: [Ratio?]
    /// Over how many cases each figure is taken, where that is known.
    var cases: [Int128?]
    /// Members that a cut list left out and that stand in this series together.
    var rest: Int?
  }

  var noun: Noun
  var isTime: Bool
  var groups: [Group]
  var series: [Series]
  /// Whether the last span is in progress on the as-of date.
  var lastIsToDate = false
  /// What is not drawn, in words.
  var remarks: [String] = []

  /// Whether nothing is known or all is zero.
  var isEmpty: Bool {
    series.allSatisfy { $0.values.allSatisfy { ($0?.numerator ?? 0) == 0 } }
  }

  var hasNegative: Bool {
    series.contains { $0.values.contains { ($0?.sign ?? 0) < 0 } }
  }

  /// Sum of a series over the groups; nil where it leaves 128 bits.
  func sum(of series: Int) -> Ratio? { Ratio.sum(self.series[series].values) }

  /// Sum of a group over the series.
  func sum(ofGroup group: Int) -> Ratio? { Ratio.sum(series.map { $0.values[group] }) }

  /// The groups in another order, or some of them.
  func picking(_ indices: [Int]) -> ChartGrid {
    var grid = self
    grid.groups = indices.map { groups[$0] }
    grid.series = series.map { series in
      var series = series
      series.values = indices.map { series.values[$0] }
      series.cases = indices.map { series.cases[$0] }
      return series
    }
    return grid
  }

  /// Groups as series and series as groups.
  func transposed(noun: Noun) -> ChartGrid {
    var grid = ChartGrid(noun: noun, isTime: false, groups: [], series: [])
    let unit = series.first?.unit ?? .number
    grid.groups = series.map {
      Group(key: $0.name, name: $0.name, kind: $0.rest.map { .rest($0) } ?? .named)
    }
    grid.series = groups.indices.map { index in
      Series(
        name: groups[index].name, unit: unit, values: series.map { $0.values[index] },
        cases: series.map { $0.cases[index] })
    }
    return grid
  }

  /// At most so many groups; what is cut stands in one last group where figures add up, else a
  /// remark says that it is not shown.
  func cut(to limit: Int, adds: Bool) -> ChartGrid {
    guard groups.count > limit + (adds ? 1 : 0) else { return self }
    var grid = picking(Array(0..<limit))
    let count = groups.count - limit
    guard adds else {
      grid.remarks.append("\(limit) of \(groups.count) \(noun.many)")
      return grid
    }
    grid.groups.append(
      Group(
        key: Remainder.other, name: "other (\(count) \(noun(count)))", kind: .rest(count)))
    for index in series.indices {
      grid.series[index].values.append(Ratio.sum(Array(series[index].values[limit...])))
      grid.series[index].cases.append(nil)
    }
    return grid
  }

  /// At most so many series, the largest; the others as one where figures add up.
  func cutSeries(to limit: Int, adds: Bool, noun: Noun) -> ChartGrid {
    guard series.count > limit else { return self }
    var grid = self
    let kept = adds ? limit - 1 : limit
    let rest = series[kept...]
    grid.series = Array(series[..<kept])
    guard adds, let first = rest.first else {
      grid.remarks.append("\(limit) of \(series.count) \(noun.many)")
      return grid
    }
    grid.series.append(
      Series(
        name: "other (\(rest.count) \(noun(rest.count)))", unit: first.unit,
        values: groups.indices.map { group in Ratio.sum(rest.map { $0.values[group] }) },
        cases: groups.map { _ in nil }, rest: rest.count))
    return grid
  }
}

extension Ratio {
  /// The sum of those that are known, nil where none is or where it leaves 128 bits.
  static func sum(_ values: [Ratio?]) -> Ratio? {
    var sum: Ratio?
    for value in values {
      guard let value else { continue }
      guard let so = sum else {
        sum = value
        continue
      }
      guard let next = so.adding(value) else { return nil }
      sum = next
    }
    return sum
  }
}
