import Records

/// The groups of a query: combinations of members, numbered densely.
///
/// A group's number is written in the mixed radix of the dimensions' member counts. Where there
/// would be more than `densest` groups, only combinations that some row has get a number.
struct GroupSpace: Sendable {
  static let densest = 1 << 23

  let dimensions: [DimensionBinder.Bound]
  let count: Int
  private let strides: [Int]
  /// Combinations that have a number, ascending; nil: all of them, in order.
  private let combinations: [Int]?
  private let numbers: [Int: Int32]

  init(_ dimensions: [DimensionBinder.Bound], facts: [(fact: Fact, rows: Int)]) {
    self.dimensions = dimensions
    var strides = [Int](repeating: 1, count: dimensions.count)
    var total = 1
    for index in dimensions.indices.reversed() {
      strides[index] = total
      total = total.multipliedReportingOverflow(by: dimensions[index].members.count).partialValue
    }
    self.strides = strides
    if total <= GroupSpace.densest {
      count = total
      combinations = nil
      numbers = [:]
    } else {
      var found: Set<Int> = []
      for (fact, rows) in facts {
        var coder = GroupCoder(dimensions, strides: strides, fact: fact)
        for batch in Batch.ranges(in: 0..<rows) {
          coder.visit(batch) { found.insert($1) }
        }
      }
      let sorted = found.sorted()
      count = sorted.count
      combinations = sorted
      var numbers = [Int: Int32](minimumCapacity: sorted.count)
      for (number, combination) in sorted.enumerated() { numbers[combination] = Int32(number) }
      self.numbers = numbers
    }
  }

  /// The member of each dimension in a group.
  func members(of group: Int) -> [Int] {
    let combination = combinations.map { $0[group] } ?? group
    return dimensions.indices.map { index in
      combination / strides[index] % dimensions[index].members.count
    }
  }

  /// A coder of the rows of a fact.
  func coder(for fact: Fact) -> GroupCoder {
    GroupCoder(dimensions, strides: strides, fact: fact)
  }

  /// The number of a combination.
  @inline(__always)
  func number(_ combination: Int) -> Int32 {
    combinations == nil ? Int32(truncatingIfNeeded: combination) : numbers[combination] ?? 0
  }

  var isDense: Bool { combinations == nil }
  /// Whether a row may stand in several groups, so that groups do not add up to the total.
  var repeatsRows: Bool {
    dimensions.contains { bound in bound.codes.values.contains { $0.expansion != nil } }
  }
}

/// Finds the combinations in which the rows of a fact stand, a batch at a time.
struct GroupCoder {
  private let codes: [RowCodes]
  private let strides: [Int]
  /// Position among `codes` of the dimension in which a row may have several members.
  private let expanded: Int?
  private var scratch = [Int32](repeating: 0, count: Batch.length)
  private var combined = [Int](repeating: 0, count: Batch.length)
  private var expandedCodes = [Int32](repeating: 0, count: Batch.length)

  init(_ dimensions: [DimensionBinder.Bound], strides: [Int], fact: Fact) {
    let present = dimensions.indices.compactMap { index in
      dimensions[index].codes[fact].map { (codes: $0, stride: strides[index]) }
    }
    codes = present.map(\.codes)
    self.strides = present.map(\.stride)
    expanded = codes.firstIndex { $0.expansion != nil }
  }

  /// Computes the combination of each row of a batch, without the many-valued dimension.
  mutating func prepare(_ rows: Range<Int>) {
    for offset in 0..<rows.count { combined[offset] = 0 }
    for index in codes.indices {
      if index == expanded {
        codes[index].fill(rows, into: &expandedCodes)
      } else {
        codes[index].fill(rows, into: &scratch)
        let stride = strides[index]
        for offset in 0..<rows.count { combined[offset] += Int(scratch[offset]) * stride }
      }
    }
  }

  /// Lists for selected rows of the prepared batch each combination in which they stand.
  func list(_ selection: RowList, into list: inout GroupList, space: GroupSpace) {
    list.count = 0
    guard let expanded, let expansion = codes[expanded].expansion else {
      list.reserve(selection.count)
      for index in 0..<selection.count {
        let offset = selection.offsets[index]
        list.offsets[index] = offset
        list.groups[index] = space.number(combined[Int(offset)])
      }
      list.count = selection.count
      return
    }
    let stride = strides[expanded]
    for index in 0..<selection.count {
      let offset = selection.offsets[index]
      let code = Int(expandedCodes[Int(offset)])
      let base = combined[Int(offset)]
      list.reserve(list.count + expansion.degree(code))
      for position in Int(expansion.starts[code])..<Int(expansion.starts[code + 1]) {
        list.offsets[list.count] = offset
        list.groups[list.count] = space.number(base + Int(expansion.targets[position]) * stride)
        list.count += 1
      }
    }
  }

  /// Visits each row's combinations: offset in the batch and combination.
  mutating func visit(_ rows: Range<Int>, _ body: (Int, Int) -> Void) {
    prepare(rows)
    for offset in 0..<rows.count {
      guard let expanded, let expansion = codes[expanded].expansion else {
        body(offset, combined[offset])
        continue
      }
      for member in expansion[Int(expandedCodes[offset])] {
        body(offset, combined[offset] + Int(member) * strides[expanded])
      }
    }
  }
}

/// Rows of a batch by their offset in it.
struct RowList {
  var offsets = [Int32](repeating: 0, count: Batch.length)
  var count = 0
}

/// Rows of a batch with the group in which each stands; a row may come several times.
struct GroupList {
  var offsets: [Int32] = []
  var groups: [Int32] = []
  var count = 0

  mutating func reserve(_ needed: Int) {
    guard needed > offsets.count else { return }
    let more = max(needed, Batch.length) * 2 - offsets.count
    offsets.append(contentsOf: repeatElement(0, count: more))
    groups.append(contentsOf: repeatElement(0, count: more))
  }
}
