import Metrics
import Records

// Rules about things of one kind beside each other.
extension Takeaway {
  /// From this many members on, a few that hold more than half are worth a sentence.
  private static let manyMembers = 8

  func comparison(_ known: [Claim.Held]) -> Claim? {
    let named = facts.members.filter { $0.kind == .named }
    let strong = named.filter { !isWeak($0) }.compactMap(Takeaway.held)
    if facts.isLevel, strong.isEmpty { return .weak(named.compactMap(\.value).count) }
    let ranked = stableSorted(strong) { $0.compared(to: $1) > 0 }
    guard let high = ranked.first, let low = ranked.last else { return nil }
    let onlyStrong = strong.count < named.compactMap(\.value).count
    func top(_ value: Ratio) -> Claim.Top {
      Claim.Top(
        names: ranked.filter { $0.value.compared(to: value) == 0 }.map(\.name), value: value,
        count: ranked.count, onlyStrong: onlyStrong)
    }
    let highest = top(high.value)
    if facts.isLevel {
      if ranked.count == 1 {
        return onlyStrong
          ? .singleStrong(high, of: named.compactMap(\.value).count)
          : hasRest ? nil : .singleKnown(high, of: named.count)
      }
      if hasRest {
        return facts.restIsSmallest ? .extremes(high: highest, low: nil, whole: facts.whole) : nil
      }
      guard high.value.compared(to: low.value) != 0 else {
        return ranked.count == facts.members.count ? .allEqual(ranked.count, high.value) : nil
      }
      return .extremes(high: highest, low: top(low.value), whole: facts.whole)
    }
    let below = ranked.filter { $0.value.sign < 0 }
    // Of what was cut nobody knows how far below zero its members are.
    if hasRest,
      high.value.sign <= 0 || low.value.sign < 0
        || facts.members.contains(where: { $0.kind != .named && isNegative($0) })
    {
      return nil
    }
    if high.value.sign <= 0 {
      return high.value.compared(to: low.value) == 0
        ? nil : .extremes(high: highest, low: top(low.value), whole: nil)
    }
    let shown = facts.restIsSmallest || ranked.count == facts.members.count ? nil : ranked.count
    guard below.isEmpty else {
      guard let sum = sumOf(below) else { return nil }
      return .below(highest, below.count, of: ranked.count, sum)
    }
    guard facts.adds, let whole = sum(\.value), let share = high.value.divided(by: whole) else {
      return .most(highest, share: nil, whole: nil, ofShown: shown)
    }
    return shares(ranked, highest, share, of: whole, shown: shown)
  }

  /// What parts of a whole, none of them below zero, say.
  private func shares(
    _ ranked: [Claim.Held], _ highest: Claim.Top, _ share: Ratio, of whole: Ratio, shown: Int?
  ) -> Claim? {
    guard let first = ranked.first else { return nil }
    if share.compared(to: Ratio(1, over: 1)) == 0 { return .all(first) }
    if share.compared(to: Ratio(1, over: 2)) > 0 {
      return .half(first, of: whole, share: share)
    }
    let all = memberCount
    if all >= Takeaway.manyMembers, let few = concentration(ranked, whole, all) { return few }
    if let last = ranked.last, ranked.count == facts.members.count, ranked.count > 2,
      last.value.sign > 0,
      let ratio = first.value.divided(by: last.value), ratio.compared(to: Ratio(5, over: 4)) <= 0
    {
      return .spread(last.value, first.value, ranked.count)
    }
    let together =
      highest.names.count == 1
      ? share : share.multiplied(by: Ratio(Int128(highest.names.count), over: 1))
    return .most(highest, share: together, whole: whole, ofShown: shown)
  }

  /// A quarter of the members at most that hold more than half.
  private func concentration(_ ranked: [Claim.Held], _ whole: Ratio, _ all: Int) -> Claim? {
    var sum = Ratio(0, over: 1)
    for (index, held) in ranked.enumerated() {
      let count = index + 1
      guard count * 4 <= all, let next = sum.adding(held.value), let share = next.divided(by: whole)
      else { return nil }
      sum = next
      if share.compared(to: Ratio(1, over: 2)) > 0 {
        return .concentrated(
          ranked.prefix(count).map(\.name), count, of: all, sum, whole: whole)
      }
    }
    return nil
  }

  /// How many members there are, those in the rest of a cut list among them.
  private var memberCount: Int {
    facts.members.reduce(0) { count, member in
      if case .rest(let cut) = member.kind { return count + cut }
      return count + 1
    }
  }

  /// Whether some members were cut and stand together.
  var hasRest: Bool { facts.members.contains { $0.kind != .named } }

  private func isNegative(_ member: TakeawayFacts.Member) -> Bool { (member.value?.sign ?? 0) < 0 }

  private func sumOf(_ held: [Claim.Held]) -> Ratio? {
    var sum = Ratio(0, over: 1)
    for one in held {
      guard let next = sum.adding(one.value) else { return nil }
      sum = next
    }
    return sum
  }
}
