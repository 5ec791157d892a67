import Records

/// The changes of one field of deals, from OpportunityFieldHistory.
struct FieldChanges: Sendable {
  /// What each row of the history says the field held before; the value of a row that is no change of
  /// the field is meaningless.
  private let before: [Int64]
  private let after: [Int64]
  /// Whether each row tells what the field held from then on.
  private let isTold: [Bool]
  private let timeline: Timeline
  private let days: [Int32]
  private let seconds: [Int64]

  /// How many changes there are.
  var count: Int { timeline.rows.count }

  /// The day of the first change of any deal, from which on the field is known to be tracked; nil where
  /// there is none.
  var firstDay: Int32? { timeline.rows.lazy.map { days[Int($0)] }.min() }

  /// The changes of a field whose values are numbers: rows of other records, or amounts.
  ///
  /// The history of a reference holds two rows a change, one with the names and one with the Ids: a row
  /// of which a value cannot be told is left out.
  ///
  /// - Parameters:
  ///   - names: by what the history may call the field.
  ///   - records: the export.
  ///   - deals: for each row of the history its deal.
  ///   - dealCount: how many deals there are.
  ///   - value: the value that a cell holds; nil where it cannot be told.
  init(
    of names: [String], _ records: RecordSet, deals: [Int32], dealCount: Int,
    value: (Texts, Int) -> Int64?
  ) {
    let history = records[.opportunityFieldHistory]
    let fields = history.categories("Field")
    let lowered = names.map { $0.lowercased() }
    let isNamed = fields.values.map { lowered.contains($0.lowercased()) }
    let (old, new) = (history.texts("OldValue"), history.texts("NewValue"))
    var before = [Int64](repeating: Exact.null, count: history.count)
    var after = before
    var isTaken = [Bool](repeating: false, count: history.count)
    var isTold = isTaken
    for row in 0..<history.count where fields.codes[row] >= 0 && isNamed[Int(fields.codes[row])] {
      guard old.range(row).isEmpty || value(old, row) != nil else { continue }
      before[row] = value(old, row) ?? Exact.null
      let held = value(new, row)
      after[row] = held ?? Exact.null
      isTold[row] = held != nil || new.range(row).isEmpty
      isTaken[row] = true
    }
    timeline = Timeline(history, of: deals, count: dealCount) { isTaken[$0] }
    self.before = before
    self.after = after
    self.isTold = isTold
    (days, seconds) = (
      history.instants("CreatedDate").days, history.instants("CreatedDate").seconds
    )
  }

  /// The changes of a field that names records of a table: values are its rows.
  init(
    of names: [String], namingRowsOf entity: Entity, _ records: RecordSet, deals: [Int32],
    dealCount: Int
  ) {
    let known = RecordsByText(records[entity])
    self.init(of: names, records, deals: deals, dealCount: dealCount) { texts, cell in
      known.row(texts, cell).map(Int64.init)
    }
  }

  /// What a deal's field held at the end of a day, if it changed later: `.some(Exact.null)` for empty,
  /// nil where it did not change after that day.
  func value(of deal: Int, at day: Int32) -> Int64? {
    for place in timeline.range(of: deal) where days[Int(timeline.rows[place])] > day {
      return before[Int(timeline.rows[place])]
    }
    return nil
  }

  /// What a deal's field held at a moment, as far as its changes tell: what the first later change says
  /// that it held before, else what the last one says that it held from then on; nil where nothing ever
  /// changed.
  func known(of deal: Int, isLater: (_ second: Int64) -> Bool) -> Int64? {
    let range = timeline.range(of: deal)
    for place in range where isLater(seconds[Int(timeline.rows[place])]) {
      return before[Int(timeline.rows[place])]
    }
    return last(in: range)
  }

  /// What the last of some changes says that the field held from then on, nil where it cannot be told.
  ///
  /// A change from empty has a row of names too, which tells nothing beside that of Ids.
  private func last(in range: Range<Int>) -> Int64? {
    guard let last = range.last else { return nil }
    let second = seconds[Int(timeline.rows[last])]
    for place in range.reversed() {
      let row = Int(timeline.rows[place])
      guard seconds[row] == second else { return nil }
      if isTold[row] { return after[row] }
    }
    return nil
  }

  /// The same at the end of a day.
  func known(of deal: Int, onDay isLater: (_ day: Int32) -> Bool) -> Int64? {
    let range = timeline.range(of: deal)
    for place in range where isLater(days[Int(timeline.rows[place])]) {
      return before[Int(timeline.rows[place])]
    }
    return last(in: range)
  }
}
