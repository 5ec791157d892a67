import Metrics
import Records

/// The one sentence that a chart says, made from its exact figures by ranked rules.
///
/// The first rule that holds speaks; a rule that cannot be sure is silent. Comparisons, counts and
/// words such as "more than half" are decided on exact figures. Figures print as everywhere in
/// reports, rounded once to their last shown digit; where rounding would make a share look as if it
/// reached nothing, a half or all, the sentence says on which side it is. Sentences state
/// arithmetic, never causes.
public struct Takeaway: Sendable {
  let facts: TakeawayFacts
  let format: ValueFormatter

  public init(_ facts: TakeawayFacts, _ format: ValueFormatter) {
    self.facts = facts
    self.format = format
  }

  /// The sentence, nil where nothing can be said of the figures.
  public var sentence: ReportDocument.Prose? {
    claim.map { TakeawayWords(facts, format).sentence($0) }
  }

  /// What is said, by the first rule that holds.
  var claim: Claim? {
    guard !facts.members.isEmpty else { return nil }
    switch facts.axis {
    case .members:
      // The whole against its target comes before anything about its parts.
      if facts.subject != nil, let targets { return targets }
      return few(known) ?? emphasised ?? targets ?? change ?? comparison(known)
    case .spans(let inYear, let lastIsToDate):
      var spans = facts.members
      guard lastIsToDate, let last = spans.popLast() else {
        return few(known) ?? change ?? trend(spans, inYear: inYear)
      }
      let known = spans.compactMap(Takeaway.held)
      guard let current = Takeaway.held(last) else {
        return spans.isEmpty
          ? .noneKnown(1) : few(known, of: spans.count) ?? change ?? trend(spans, inYear: inYear)
      }
      if known.isEmpty { return .toDate(nil, current) }
      if let change { return change }
      return .toDate(few(known, of: spans.count) ?? trend(spans, inYear: inYear), current)
    }
  }

  /// Members with a figure, in their order, the rest of a cut list among them.
  var known: [Claim.Held] { facts.members.compactMap(Takeaway.held) }

  static func held(_ member: TakeawayFacts.Member) -> Claim.Held? {
    member.value.map { Claim.Held(name: member.name, value: $0) }
  }

  /// What is said where there is little to compare.
  private func few(_ known: [Claim.Held], of count: Int? = nil) -> Claim? {
    let all = count ?? facts.members.count
    guard let first = known.first else { return .noneKnown(all) }
    if known.count == 1 { return all == 1 ? .single(first) : .singleKnown(first, of: all) }
    guard known.allSatisfy({ $0.value.compared(to: first.value) == 0 }) else { return nil }
    // Members that were cut stand in one figure, of which nobody knows how it is shared out.
    guard known.count == all, !facts.members.contains(where: { $0.kind != .named }) else {
      return nil
    }
    if first.value.numerator == 0 { return .allZero(all) }
    return hasTargets || facts.wholeEarlier != nil ? nil : .allEqual(all, first.value)
  }
}

// Rules about targets and about an earlier period.
extension Takeaway {
  var hasTargets: Bool {
    facts.subject != nil || facts.members.contains { ($0.target?.sign ?? 0) > 0 }
  }

  /// How many have reached their targets.
  private var targets: Claim? {
    var (reached, count) = (0, 0)
    var gap: (held: Claim.Held, isAlone: Bool)?
    for member in facts.members where member.kind == .named {
      guard let target = member.target, target.sign > 0, let value = member.value,
        let missing = target.subtracting(value)
      else { continue }
      count += 1
      if missing.sign <= 0 {
        reached += 1
        continue
      }
      switch gap.map({ missing.compared(to: $0.held.value) }) ?? 1 {
      case 1: gap = (Claim.Held(name: member.name, value: missing), true)
      case 0: gap?.isAlone = false
      default: break
      }
    }
    if let subject = facts.subject, subject.target.sign > 0,
      let share = subject.value.divided(by: subject.target)
    {
      return .subject(subject, share, reached: reached, of: hasRest ? 0 : count)
    }
    guard count > 0 else { return nil }
    return .reached(reached, of: count, gap: gap.flatMap { $0.isAlone ? $0.held : nil })
  }

  /// The whole against that of an earlier period.
  private var change: Claim? {
    guard facts.against != nil, let now = facts.whole ?? (facts.adds ? sum(\.value) : nil),
      let before = facts.wholeEarlier ?? (facts.adds ? sum(\.earlier) : nil)
    else { return nil }
    guard facts.isComparable else { return .notComparable(now: now, before: before) }
    guard let difference = now.subtracting(before) else { return nil }
    if difference.numerator == 0 { return .unchanged(now) }
    guard TakeawayWords(facts, format).change(from: before, to: now) != nil else { return nil }
    return .changed(now, from: before, facts.axis == .members ? movers(difference) : nil)
  }

  /// Three members at most that make up four fifths of a change or more, else who moved most.
  private func movers(_ whole: Ratio) -> Claim.Movers? {
    var moves: [Claim.Held] = []
    for member in facts.members where member.kind == .named && !isWeak(member) {
      guard let value = member.value, let earlier = member.earlier,
        let move = value.subtracting(earlier)
      else { continue }
      if move.sign == whole.sign { moves.append(Claim.Held(name: member.name, value: move)) }
    }
    moves = stableSorted(moves) { $0.compared(to: $1) * whole.sign > 0 }
    guard let first = moves.first else { return nil }
    let isAlone = moves.count < 2 || moves[1].value.compared(to: first.value) != 0
    if facts.adds, facts.members.count > 1 {
      var sum = Ratio(0, over: 1)
      for count in 1...min(3, moves.count) {
        guard let next = sum.adding(moves[count - 1].value), let share = next.divided(by: whole)
        else { break }
        sum = next
        if share.compared(to: Ratio(1, over: 1)) > 0 { break }
        // A tie at the border would name one of two equals.
        if moves.count > count, moves[count].value.compared(to: moves[count - 1].value) == 0 {
          continue
        }
        if share.compared(to: Ratio(4, over: 5)) >= 0, facts.members.count > count {
          return .share(moves.prefix(count).map(\.name), share)
        }
      }
    }
    return isAlone ? .most(first.name, first.value) : nil
  }

  func sum(_ part: (TakeawayFacts.Member) -> Ratio?) -> Ratio? {
    var sum = Ratio(0, over: 1)
    for member in facts.members {
      guard let value = part(member) else { continue }
      guard let next = sum.adding(value) else { return nil }
      sum = next
    }
    return sum
  }

  /// Whether a rate, mean or median rests on too few cases to be ranked.
  func isWeak(_ member: TakeawayFacts.Member) -> Bool {
    facts.isLevel && (member.cases.map { $0 < ValueFormatter.weakBelow } ?? false)
  }

  /// Sorted by figure, ties in the order in which they came.
  func stableSorted(
    _ held: [Claim.Held], by precedes: (Ratio, Ratio) -> Bool
  ) -> [Claim.Held] {
    held.enumerated().sorted { left, right in
      if precedes(left.element.value, right.element.value) { return true }
      if precedes(right.element.value, left.element.value) { return false }
      return left.offset < right.offset
    }.map(\.element)
  }
}
