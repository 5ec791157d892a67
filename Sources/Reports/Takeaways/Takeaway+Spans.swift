import Metrics
import Records

// Rules about spans of time one after another, all of them complete.
extension Takeaway {
  /// This many rises or falls one after another are a row of them.
  private static let row = 3
  /// The last of so many spans may be called the highest or lowest.
  private static let fewestOfRecord = 4

  func trend(_ spans: [TakeawayFacts.Member], inYear: Int?) -> Claim? {
    guard let last = spans.last.flatMap(Takeaway.held) else {
      return range(spans.compactMap(Takeaway.held))
    }
    if let row = row(spans, last) { return row }
    let before = yearBefore(spans, inYear: inYear)
    let known = spans.compactMap(Takeaway.held)
    if known.count >= Takeaway.fewestOfRecord {
      let others = known.dropLast()
      if others.allSatisfy({ $0.value.compared(to: last.value) < 0 }) {
        return .record(last, highest: true, of: known.count, yearBefore: before)
      }
      if others.allSatisfy({ $0.value.compared(to: last.value) > 0 }) {
        return .record(last, highest: false, of: known.count, yearBefore: before)
      }
    }
    if let before { return .yearBefore(last, before) }
    return range(known)
  }

  /// The span a year before the last; nil where a change from it cannot be told.
  private func yearBefore(_ spans: [TakeawayFacts.Member], inYear: Int?) -> Claim.Held? {
    guard let inYear, spans.count > inYear,
      let before = Takeaway.held(spans[spans.count - 1 - inYear]), let last = spans.last?.value
    else { return nil }
    let words = TakeawayWords(facts, format)
    return last.compared(to: before.value) == 0
      || words.change(from: before.value, to: last) != nil ? before : nil
  }

  private func row(_ spans: [TakeawayFacts.Member], _ last: Claim.Held) -> Claim? {
    var direction = 0
    var count = 0
    var from = last
    for index in stride(from: spans.count - 2, through: 0, by: -1) {
      guard let earlier = Takeaway.held(spans[index]) else { break }
      let step = from.value.compared(to: earlier.value)
      guard step != 0, direction == 0 || step == direction else { break }
      direction = step
      count += 1
      from = earlier
    }
    guard count >= Takeaway.row else { return nil }
    return .inARow(count, rises: direction > 0, from: from, to: last)
  }

  private func range(_ known: [Claim.Held]) -> Claim? {
    let ranked = stableSorted(known) { $0.compared(to: $1) > 0 }
    guard let high = ranked.first, let low = ranked.last, ranked.count > 1,
      ranked[1].value.compared(to: high.value) != 0,
      ranked[ranked.count - 2].value.compared(to: low.value) != 0
    else { return nil }
    return .span(high: high, low: low, of: ranked.count)
  }
}
