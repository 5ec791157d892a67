import Metrics
import Records

// Rules about how figures are spread over many members.
extension Takeaway {
  /// Members from which on a spread is worth a sentence.
  private static let fewest = 5

  /// What is said of a chart that is about the spread and not about who is first.
  var emphasised: Claim? {
    guard facts.members.allSatisfy({ $0.kind == .named }) else { return nil }
    let rising = stableSorted(known) { $0.compared(to: $1) < 0 }.map(\.value)
    guard rising.count >= Takeaway.fewest, let low = rising.first, let high = rising.last else {
      return nil
    }
    switch facts.emphasis {
    case .largest: return nil
    case .distribution:
      return .middle(rising[(rising.count - 1) / 2], low: low, high: high, of: rising.count)
    case .inequality:
      guard facts.adds, low.sign >= 0, let whole = Ratio.sum(rising), whole.sign > 0 else {
        return nil
      }
      let top = (rising.count + 4) / 5
      guard let held = Ratio.sum(Array(rising.suffix(top))), let share = held.divided(by: whole),
        let gini = gini(rising, whole)
      else { return nil }
      return .uneven(top, of: rising.count, share, whole: whole, gini: gini)
    }
  }

  /// Gini's coefficient of rising figures, none below zero: Σ (2i − n − 1) xᵢ ÷ (n Σ x).
  private func gini(_ rising: [Ratio], _ whole: Ratio) -> Ratio? {
    var sum = Ratio(0, over: 1)
    let count = rising.count
    for (index, value) in rising.enumerated() {
      let weight = Ratio(Int128(2 * (index + 1) - count - 1), over: 1)
      guard let part = value.multiplied(by: weight), let next = sum.adding(part) else { return nil }
      sum = next
    }
    return whole.multiplied(by: Ratio(Int128(count), over: 1)).flatMap { sum.divided(by: $0) }
  }
}
