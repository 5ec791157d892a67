import Records

/// One thread's work on a pass: scratch space and accumulators.
struct PassWorker {
  private let pass: BoundPass
  private(set) var accumulators: [Accumulator]
  private var outcomes: [[UInt8]]
  private var keep = [UInt8](repeating: 0, count: Batch.length)
  private var selected: [RowList]
  private var coders: [Int: GroupCoder] = [:]
  private var lists: [GroupList]
  private var values: [ValueList]
  private var codes: [[Int32]]
  private let none = ValueList()

  init(_ pass: BoundPass) {
    self.pass = pass
    accumulators = pass.jobs.map(pass.accumulator)
    outcomes = pass.predicates.map { _ in [UInt8](repeating: 0, count: Batch.length) }
    selected = pass.selections.map { _ in RowList() }
    lists = pass.lists.map { _ in GroupList() }
    values = pass.formulas.map { _ in ValueList() }
    codes = pass.distinct.map { _ in [Int32](repeating: 0, count: Batch.length) }
    for list in pass.lists where coders[list.space] == nil {
      coders[list.space] = pass.spaces[list.space].coder(for: pass.fact)
    }
  }

  mutating func add(_ rows: Range<Int>) {
    for index in pass.predicates.indices {
      pass.predicates[index].evaluate(rows: rows, into: &outcomes[index])
    }
    for index in pass.selections.indices { select(index, rows) }
    for space in coders.keys { coders[space]?.prepare(rows) }
    for (index, list) in pass.lists.enumerated() {
      coders[list.space]?.list(
        selected[list.selection], into: &lists[index], space: pass.spaces[list.space])
    }
    for index in pass.formulas.indices {
      values[index].fill(pass.formulas[index], rows)
    }
    for index in pass.distinct.indices {
      pass.distinct[index].codes.fill(rows, into: &codes[index])
    }
    for (index, job) in pass.jobs.enumerated() {
      switch job.input {
      case .nothing: accumulators[index].add(lists[job.list], none)
      case .value(let value): accumulators[index].add(lists[job.list], values[value])
      case .members(let source):
        (accumulators[index] as? DistinctAccumulator)?.add(
          lists[job.list], codes: codes[source],
          expansion: pass.distinct[source].codes.expansion)
      }
    }
  }

  /// Lists the rows of a batch that a selection keeps.
  private mutating func select(_ index: Int, _ rows: Range<Int>) {
    let selection = pass.selections[index]
    let count = rows.count
    let start = rows.lowerBound
    if let mask = selection.mask {
      for offset in 0..<count { keep[offset] = mask[start + offset] }
    } else {
      for offset in 0..<count { keep[offset] = 1 }
    }
    for predicate in selection.predicates {
      for offset in 0..<count { keep[offset] &= outcomes[predicate][offset] & 1 }
    }
    if let window = selection.window { keepWindow(pass.windows[window], rows) }
    var kept = 0
    for offset in 0..<count where keep[offset] == 1 {
      selected[index].offsets[kept] = Int32(truncatingIfNeeded: offset)
      kept += 1
    }
    selected[index].count = kept
  }

  private mutating func keepWindow(_ window: BoundPass.DateWindow, _ rows: Range<Int>) {
    let (low, high) = (window.period.start.number, window.period.end.number)
    for row in rows {
      let at = window.via.map { Int($0[row]) } ?? row
      let day = at < 0 ? Day.null : window.days[at]
      if day < low || day >= high { keep[row - rows.lowerBound] = 0 }
    }
  }
}
