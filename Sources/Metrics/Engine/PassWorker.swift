import Expressions
import Records

/// One thread's work on a pass: scratch space and the accumulators of few groups.
///
/// Unchecked: a worker is used by one thread at a time, first to gather, then to merge.
struct PassWorker: @unchecked Sendable {
  private let pass: BoundPass
  /// By job; nil for those that a thread gathers alone.
  private(set) var accumulators: [Accumulator?]
  /// What the selections kept, for those jobs.
  private(set) var kept: [KeptRows.Block] = []
  /// Whether a selection is asked for again, by those jobs.
  private let isKept: [Bool]
  private var outcomes: [UInt8] = []
  private var conditions: [BatchBits]
  private var windows: [BatchBits]
  private var bits = BatchBits()
  private var rowsOfSelection: [RowList?]
  private var coders: [GroupCoder?]
  private var lists: [GroupList]
  private let isListed: [Bool]
  private var values: [ValueList?]
  /// The one selection whose rows a formula is asked for; nil where there are several.
  private let selectionOfValue: [Int?]
  private let none = ValueList()

  init(_ pass: BoundPass) {
    self.pass = pass
    accumulators = pass.jobs.map { pass.isNear($0) ? pass.accumulator(for: $0) : nil }
    conditions = pass.predicates.map { _ in BatchBits() }
    windows = pass.windows.map { _ in BatchBits() }
    var isKept = pass.selections.map { _ in false }
    rowsOfSelection = pass.selections.map { _ in nil }
    coders = pass.coders.map { _ in nil }
    lists = pass.lists.map { _ in GroupList() }
    var isListed = pass.lists.map { _ in false }
    var selectionsOfValue = pass.formulas.map { _ in Set<Int>() }
    values = pass.formulas.map { _ in nil }
    for job in pass.jobs {
      let list = pass.lists[job.list]
      guard pass.isNear(job) else {
        isKept[list.selection] = true
        continue
      }
      rowsOfSelection[list.selection] = RowList()
      coders[list.coder] = pass.coders[list.coder]
      isListed[job.list] = true
      if case .value(let value) = job.input {
        values[value] = ValueList()
        selectionsOfValue[value].insert(list.selection)
      }
    }
    selectionOfValue = selectionsOfValue.map { $0.count == 1 ? $0.first : nil }
    self.isKept = isKept
    self.isListed = isListed
  }

  /// Gathers the rows of a block.
  mutating func add(block: Int) {
    let rows = Batch.rows(ofBlock: block, of: pass.rows)
    var words = isKept.map { _ in [UInt64]() }
    for selection in words.indices where isKept[selection] {
      words[selection].reserveCapacity((rows.count + 63) / 64 + Batch.words)
    }
    for batch in Batch.ranges(in: rows) { add(batch, &words) }
    kept.append(KeptRows.Block(index: block, words: words))
  }

  private mutating func add(_ rows: Range<Int>, _ kept: inout [[UInt64]]) {
    for index in pass.predicates.indices {
      pass.predicates[index].evaluate(rows: rows, into: &outcomes)
      conditions[index].pack(outcomes, from: 0, count: rows.count)
    }
    for index in pass.windows.indices { fill(index, rows) }
    for index in pass.selections.indices {
      select(pass.selections[index], rows)
      if isKept[index] { kept[index].append(contentsOf: bits.words) }
      rowsOfSelection[index]?.fill(bits.words, from: 0, count: Batch.words)
    }
    for index in coders.indices { coders[index]?.prepare(rows) }
    for index in values.indices {
      let selected = selectionOfValue[index].flatMap { rowsOfSelection[$0] }
      values[index]?.fill(pass.formulas[index], rows, of: selected)
    }
    for (index, list) in pass.lists.enumerated() where isListed[index] {
      guard let selected = rowsOfSelection[list.selection] else { continue }
      coders[list.coder]?.list(selected, into: &lists[index], space: pass.spaces[list.space])
    }
    for (index, job) in pass.jobs.enumerated() {
      guard let accumulator = accumulators[index] else { continue }
      if case .value(let value) = job.input {
        accumulator.add(lists[job.list], values[value] ?? none)
      } else {
        accumulator.add(lists[job.list], none)
      }
    }
  }

  /// The rows of a batch that a selection keeps.
  private mutating func select(_ selection: BoundPass.Selection, _ rows: Range<Int>) {
    if let mask = selection.mask {
      bits.pack(mask, from: rows.lowerBound, count: rows.count)
    } else {
      bits.fill(rows.count)
    }
    for predicate in selection.predicates { bits.formIntersection(conditions[predicate]) }
    if let window = selection.window { bits.formIntersection(windows[window]) }
  }

  /// The rows of a batch whose day lies in a window.
  private mutating func fill(_ index: Int, _ rows: Range<Int>) {
    let window = pass.windows[index]
    let (low, high) = (window.period.start.number, window.period.end.number)
    if outcomes.count != rows.count { outcomes = [UInt8](repeating: 0, count: rows.count) }
    let start = rows.lowerBound
    if let via = window.via {
      for row in rows {
        let day = via[row] < 0 ? Day.null : window.days[Int(via[row])]
        outcomes[row - start] = day >= low && day < high ? 1 : 0
      }
    } else {
      let days = window.days.span.extracting(rows)
      var kept = outcomes.mutableSpan
      // One comparison does for both ends: a day before the first is a large number without sign.
      let length = UInt32(truncatingIfNeeded: max(0, Int64(high) - Int64(low)))
      for offset in days.indices where offset < kept.count {
        kept[offset] = UInt32(bitPattern: days[offset] &- low) < length ? 1 : 0
      }
    }
    windows[index].pack(outcomes, from: 0, count: rows.count)
  }
}
