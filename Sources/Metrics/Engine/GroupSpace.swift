import Records

/// The groups of a query: combinations of members, numbered densely.
///
/// A group's number is written in the mixed radix of the dimensions' member counts. Where there
/// would be more than `densest` groups, only combinations that some row has get a number.
struct GroupSpace: Sendable {
  static let densest = 1 << 23
  /// Groups up to which all are numbered, where only those are asked for that a few rows have.
  static let fewest = 1 << 12

  let dimensions: [DimensionBinder.Bound]
  let count: Int
  private let strides: [Int]
  /// Combinations that have a number, ascending; nil: all of them, in order.
  private let combinations: [Int]?

  /// The rows of a fact that are looked at.
  struct FactRows: Sendable {
    let fact: Fact
    let count: Int
    /// nil: all.
    let few: FewRows?
  }

  /// - Parameters:
  ///   - dimensions: what is combined.
  ///   - facts: whose rows stand in the groups.
  ///   - isSparse: whether groups without a row need no number.
  init(_ dimensions: [DimensionBinder.Bound], facts: [FactRows], isSparse: Bool) {
    self.dimensions = dimensions
    var strides = [Int](repeating: 1, count: dimensions.count)
    var total = 1
    for index in dimensions.indices.reversed() {
      strides[index] = total
      total = total.multipliedReportingOverflow(by: dimensions[index].members.count).partialValue
    }
    self.strides = strides
    if total <= (isSparse ? GroupSpace.fewest : GroupSpace.densest) {
      count = total
      combinations = nil
    } else {
      var found: [Int] = []
      for rows in facts {
        for date in GroupSpace.dates(of: rows.fact, dimensions) {
          var coder = GroupCoder(
            dimensions, strides: strides, fact: rows.fact, date: date, rollsUp: false,
            few: rows.few)
          var limit = GroupSpace.densest
          for batch in Batch.ranges(in: 0..<rows.count) {
            coder.visit(batch) { found.append($0) }
            // What repeats is dropped now and then, so that it never piles up.
            if found.count > limit {
              GroupSpace.keepDistinct(&found)
              limit = max(limit, found.count * 2)
            }
          }
        }
      }
      GroupSpace.keepDistinct(&found)
      count = found.count
      combinations = found
    }
  }

  /// The date fields by which rows of a fact stand in spans of time; nil where none decides.
  private static func dates(
    of fact: Fact, _ dimensions: [DimensionBinder.Bound]
  ) -> [String?] {
    let dates = Set(dimensions.flatMap(\.dated.keys).filter { $0.fact == fact }.map(\.date))
    return dates.isEmpty ? [nil] : dates.sorted()
  }

  /// Sorts and drops repeats.
  private static func keepDistinct(_ values: inout [Int]) {
    values.sort()
    var kept = 0
    for index in values.indices where index == 0 || values[index] != values[kept - 1] {
      values[kept] = values[index]
      kept += 1
    }
    values.removeLast(values.count - kept)
  }

  /// The member of each dimension in a group.
  func members(of group: Int) -> [Int] {
    let combination = combinations.map { $0[group] } ?? group
    return dimensions.indices.map { index in
      combination / strides[index] % dimensions[index].members.count
    }
  }

  /// A coder of the rows of a fact; one that rolls up gives a row its own member only of a
  /// dimension whose members' figures are added upwards at the end.
  func coder(
    for fact: Fact, by date: String?, rollsUp: Bool, few: FewRows? = nil
  ) -> GroupCoder {
    GroupCoder(
      dimensions, strides: strides, fact: fact, date: date, rollsUp: rollsUp, few: few)
  }

  /// How the figures of a fact's members are added to those above them; nil where a row's groups
  /// have to be listed one by one.
  func rollUp(for fact: Fact) -> RollUp? {
    guard isDense else { return nil }
    for (index, dimension) in dimensions.enumerated() {
      guard let expansion = dimension.codes[fact]?.expansion, expansion.isOfMembers else {
        continue
      }
      return RollUp(
        above: expansion, stride: strides[index], members: dimension.members.count)
    }
    return nil
  }

  /// The number of a combination.
  @inline(__always)
  func number(_ combination: Int) -> Int32 {
    guard let combinations else { return Int32(truncatingIfNeeded: combination) }
    var low = 0
    var high = combinations.count
    while low < high {
      let middle = (low + high) / 2
      if combinations[middle] < combination { low = middle + 1 } else { high = middle }
    }
    return Int32(truncatingIfNeeded: low)
  }

  var isDense: Bool { combinations == nil }
  /// Whether a row may stand in several groups, so that groups do not add up to the total.
  var repeatsRows: Bool {
    dimensions.contains { bound in bound.codes.values.contains { $0.expansion != nil } }
  }
}
