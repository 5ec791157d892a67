import Records

/// What became of the open pipeline of one day until another, by territory and step.
///
/// Leavers count with their opening value, joiners with their closing value, and only those who stay
/// change: so opening + created + moved in + reopened + transferred in + increased = closing +
/// decreased + won + lost + pushed + deleted + transferred out, in every territory and exactly.
struct PipelineMovement: Sendable {
  /// Number of lines: the territories of the model, `(unassigned)`, `(former territory)`.
  let lines: Int
  /// Deals by line, then step.
  private(set) var deals: [Int]
  /// Amounts by line, then step, in 1/10,000; none is below zero where no deal's is.
  private(set) var amounts: [Int128]
  /// What was won of the opening and since, at closing values.
  private(set) var bookedWon: (deals: Int, amount: Int128) = (0, 0)

  init(lines: Int) {
    self.lines = lines
    deals = [Int](repeating: 0, count: lines * MovementStep.count)
    amounts = [Int128](repeating: 0, count: lines * MovementStep.count)
  }

  func deals(_ line: Int, _ step: MovementStep) -> Int {
    deals[line * MovementStep.count + step.rawValue]
  }

  func amount(_ line: Int, _ step: MovementStep) -> Int128 {
    amounts[line * MovementStep.count + step.rawValue]
  }

  /// Whether anything happened in a line, or stood in it.
  func isEmpty(_ line: Int) -> Bool {
    MovementStep.allCases.allSatisfy { deals(line, $0) == 0 }
  }

  /// Adds the movement of deals.
  ///
  /// - Parameters:
  ///   - opening: what they were on the first day.
  ///   - closing: what they were on the last; of the same deals.
  ///   - counts: 1 for each deal of all that counts at all.
  /// - Returns: The deals that are in any bar.
  mutating func add(
    from opening: DealsThen, to closing: DealsThen, counts: [UInt8]
  ) -> [Int32] {
    var moved: [Int32] = []
    for (at, deal) in opening.rows.enumerated() where counts[deal] == 1 {
      let move = DealMove(
        deal: Int32(deal), isDeleted: false, before: opening.states[at], after: closing.states[at],
        opening: opening.values[at], closing: closing.values[at], from: opening.territories[at],
        to: closing.territories[at])
      if add(move, from: line(move.from), to: line(move.to)) { moved.append(Int32(deal)) }
    }
    return moved
  }

  /// Adds the movement of a deal from one line to another, which may be the same.
  ///
  /// - Returns: whether it is in any bar.
  @discardableResult
  mutating func add(_ move: DealMove, from line0: Int, to line1: Int) -> Bool {
    let (before, after) = (move.before, move.after)
    guard !before.contains(.gone) else { return false }
    let (value0, value1) = (Int128(move.opening), Int128(move.closing))
    switch (before.isInPipeline, after.isInPipeline) {
    case (true, true):
      add(.opening, line0, value0)
      add(.closing, line1, value1)
      if line0 != line1 {
        add(.transferredOut, line0, value0)
        add(.transferredIn, line1, value1)
      } else if value1 != value0 {
        add(value1 > value0 ? .increased : .decreased, line0, abs(value1 - value0))
      }
    case (true, false):
      add(.opening, line0, value0)
      add(after.wayOut, line0, value0)
      if after.wayOut == .won { book(value1) }
    case (false, true):
      add(before.wayIn, line1, value1)
      add(.closing, line1, value1)
    case (false, false):
      // Both came and left in between: in both bars, at closing value.
      guard after.isClosedThen, after.contains(.due), !before.isClosedThen else { return false }
      add(before.wayIn, line1, value1)
      add(after.wayOut, line1, value1)
      if after.wayOut == .won { book(value1) }
    }
    return true
  }

  /// Nothing added yet, but as many lines.
  mutating func clear() {
    for place in deals.indices {
      deals[place] = 0
      amounts[place] = 0
    }
  }

  private func line(_ territory: Int32) -> Int {
    // After the territories -1, which is unassigned, and -2, which is former.
    territory >= 0 ? Int(territory) : lines - 3 - Int(territory)
  }

  private mutating func add(_ step: MovementStep, _ line: Int, _ amount: Int128) {
    let place = line * MovementStep.count + step.rawValue
    deals[place] += 1
    amounts[place] += amount
  }

  private mutating func book(_ amount: Int128) {
    bookedWon.deals += 1
    bookedWon.amount += amount
  }
}

extension DealsThen.State {
  /// Whether the deal was there and open, at a stage that counts and due when the question asks.
  fileprivate var isInPipeline: Bool {
    contains([.exists, .staged, .due]) && isDisjoint(with: [.gone, .closed])
  }

  /// Whether the deal was there, closed.
  fileprivate var isClosedThen: Bool {
    contains([.exists, .closed]) && !contains(.gone)
  }

  /// How a deal left the pipeline that is this now.
  fileprivate var wayOut: MovementStep {
    if contains(.gone) { return .deleted }
    guard contains(.closed) else { return .pushed }
    return contains(.won) ? .won : .lost
  }

  /// How a deal came into the pipeline that was this before.
  fileprivate var wayIn: MovementStep {
    if isClosedThen { return .reopened }
    // One that reaches the first stage that counts is created for the pipeline.
    return contains([.exists, .staged]) ? .movedIn : .created
  }
}
