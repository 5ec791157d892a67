import Records

/// Finds the combinations in which the rows of a fact stand, a batch at a time.
struct GroupCoder: Sendable {
  private let codes: [RowCodes]
  private let strides: [Int]
  /// Position among `codes` of the dimension in which a row may have several members.
  private let expanded: Int?
  private var scratch = [Int32](repeating: 0, count: Batch.length)
  /// Combinations of the prepared batch without the many-valued dimension; empty where a single
  /// dimension's codes in `scratch` are the combinations.
  private var combined: [Int]
  private var expandedCodes: [Int32]

  init(
    _ dimensions: [DimensionBinder.Bound], strides: [Int], fact: Fact, date: String?,
    rollsUp: Bool, few: FewRows? = nil
  ) {
    let present = dimensions.indices.compactMap { index in
      dimensions[index].codes(of: fact, by: date).map { codes in
        (codes: few.map { codes.along($0) } ?? codes, stride: strides[index])
      }
    }
    codes = present.map(\.codes)
    self.strides = present.map(\.stride)
    expanded = codes.firstIndex { codes in
      codes.expansion.map { !(rollsUp && $0.isOfMembers) } ?? false
    }
    let isSingle = present.count == 1 && present[0].stride == 1 && expanded == nil
    combined = isSingle ? [] : [Int](repeating: 0, count: Batch.length)
    expandedCodes = expanded == nil ? [] : [Int32](repeating: 0, count: Batch.length)
  }

  /// Computes the combination of each row of a batch, without the many-valued dimension.
  mutating func prepare(_ rows: Range<Int>) {
    if combined.isEmpty { return codes[0].fill(rows, into: &scratch) }
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
    list.reserve(selection.count)
    if combined.isEmpty, space.isDense {
      for index in 0..<selection.count {
        let offset = selection.offsets[index]
        list.offsets[index] = offset
        list.groups[index] = scratch[Int(offset)]
      }
      list.count = selection.count
      return
    }
    guard let expanded, let expansion = codes[expanded].expansion else {
      for index in 0..<selection.count {
        let offset = selection.offsets[index]
        list.offsets[index] = offset
        list.groups[index] = space.number(combination(Int(offset)))
      }
      list.count = selection.count
      return
    }
    let stride = strides[expanded]
    var count = 0
    for index in 0..<selection.count {
      let offset = selection.offsets[index]
      let code = expandedCodes[Int(offset)]
      let base = combined[Int(offset)]
      list.reserve(count + expansion.count(code))
      expansion.forEach(code) { member in
        list.offsets[count] = offset
        list.groups[count] = space.number(base + member * stride)
        count += 1
      }
    }
    list.count = count
  }

  /// Lists selected rows of a batch that was not prepared: where they are few, only theirs are found.
  mutating func list(
    _ selection: RowList, of rows: Range<Int>, into list: inout GroupList, space: GroupSpace
  ) {
    guard combined.isEmpty, space.isDense else {
      prepare(rows)
      self.list(selection, into: &list, space: space)
      return
    }
    list.reserve(selection.count)
    for index in 0..<selection.count { list.offsets[index] = selection.offsets[index] }
    codes[0].fill(selection, from: rows.lowerBound, into: &list.groups)
    list.count = selection.count
  }

  private func combination(_ offset: Int) -> Int {
    combined.isEmpty ? Int(scratch[offset]) : combined[offset]
  }

  /// Visits the combinations of all rows of a batch.
  mutating func visit(_ rows: Range<Int>, _ body: (Int) -> Void) {
    prepare(rows)
    for offset in 0..<rows.count {
      guard let expanded, let expansion = codes[expanded].expansion else {
        body(combination(offset))
        continue
      }
      expansion.forEach(expandedCodes[offset]) { member in
        body(combined[offset] + member * strides[expanded])
      }
    }
  }
}
