import Metrics
import Records
import Testing

@testable import Reports

/// A small generator of numbers that are the same on every run.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

@Suite("Every takeaway is true")
struct TakeawayPropertyTests {
  private typealias Exact = SpokenClaim.Exact

  /// Figures of any shape: ties, zeros, credits, gaps, one huge among many small, one alone.
  private func figures(_ count: Int, isLevel: Bool, isCount: Bool, _ dice: inout Dice) -> [Exact?] {
    let style = Int.random(in: 0..<9, using: &dice)
    let gaps = dice.chance(25) ? 30 : 0
    return (0..<count).map { _ in
      if dice.chance(gaps) { return nil }
      if isLevel {
        let cases = Int.random(in: 1...(style < 3 ? 4 : 40), using: &dice)
        return Exact(Int.random(in: 0...cases, using: &dice), over: cases)
      }
      let scale = isCount ? 1 : 10_000
      let amount =
        switch style {
        case 0: 0
        case 1: Int.random(in: 0...2, using: &dice) * 5 * scale
        case 2: Int.random(in: -50_000...50_000, using: &dice) * scale
        case 3: dice.chance(5) ? 900_000_000 * scale : Int.random(in: 0...900, using: &dice) * scale
        case 4: (10_000 + Int.random(in: 0...900, using: &dice)) * scale
        case 5: 7 * scale
        case 6: -Int.random(in: 0...9_000, using: &dice) * scale
        case 7: Int.random(in: 0...3_000_000_000, using: &dice)
        default: Int.random(in: 0...40_000_000, using: &dice) * scale
        }
      return Exact(amount, over: scale)
    }
  }

  private func data(_ dice: inout Dice) -> SpokenClaim.Data {
    let sizes = [1, 2, 2, 3, 4, 5, 8, 12, 13, 41]
    let count = sizes[Int.random(in: 0..<sizes.count, using: &dice)]
    let isLevel = dice.chance(25)
    let isCount = !isLevel && dice.chance(30)
    let isTime = dice.chance(35)
    let values = figures(count, isLevel: isLevel, isCount: isCount, &dice)
    var data = SpokenClaim.Data(
      members: values.enumerated().map {
        SpokenClaim.Member(name: "T\($0.offset)", value: $0.element)
      },
      isTime: isTime, lastIsToDate: isTime && dice.chance(40), adds: !isLevel && dice.chance(75),
      isLevel: isLevel, unit: isLevel ? "rate" : isCount ? "count" : "money")
    if isLevel {
      for index in data.members.indices {
        data.members[index].cases =
          dice.chance(80) ? data.members[index].value.map { Int($0.below) } : nil
      }
      if dice.chance(50) { data.whole = Exact(Int.random(in: 0...30, using: &dice), over: 30) }
    }
    if dice.chance(30) {
      let earlier =
        dice.chance(15) ? values : figures(count, isLevel: isLevel, isCount: isCount, &dice)
      for index in data.members.indices {
        data.members[index].earlier =
          earlier[index] ?? (isLevel ? nil : Exact(0, over: isCount ? 1 : 10_000))
        if !isLevel, data.members[index].value == nil {
          data.members[index].value = Exact(0, over: isCount ? 1 : 10_000)
        }
      }
      data.wholeEarlier =
        isLevel
        ? Exact(Int.random(in: 0...30, using: &dice), over: 30)
        : data.adds ? data.sum(\.earlier) : Exact(1_234_567, over: isCount ? 1 : 10_000)
      if !isLevel { data.whole = data.adds ? data.sum(\.value) : data.sum(\.value) }
      data.isComparable = dice.chance(80)
    } else if !isTime, !isLevel, dice.chance(25) {
      let targets = figures(count, isLevel: false, isCount: isCount, &dice)
      for index in data.members.indices { data.members[index].target = targets[index] }
      if dice.chance(40) {
        let scale = isCount ? 1 : 10_000
        data.subject = SpokenClaim.Member(
          name: "S", value: Exact(Int.random(in: 0...900_000, using: &dice), over: scale),
          target: Exact(Int.random(in: 1...900_000, using: &dice), over: scale))
      }
    } else if !isTime, !isLevel, count > 2, dice.chance(15) {
      data.members[count - 1].cut = Int.random(in: 2...30, using: &dice)
    }
    return data
  }

  private func facts(_ data: SpokenClaim.Data, restIsSmallest: Bool) -> TakeawayFacts {
    func ratio(_ exact: SpokenClaim.Exact?) -> Ratio? {
      exact.map { Ratio(Int128($0.above), over: Int128($0.below)) }
    }
    let members = data.members.map { member in
      TakeawayFacts.Member(
        ReportDocument.Name(member.name), ratio(member.value), earlier: ratio(member.earlier),
        target: ratio(member.target), cases: member.cases.map { Int128($0) },
        kind: member.cut > 0 ? .rest(member.cut) : .named)
    }
    var facts = TakeawayFacts(
      members,
      axis: data.isTime ? .spans(inYear: 4, lastIsToDate: data.lastIsToDate) : .members,
      noun: Noun("thing", "things"),
      unit: data.unit == "rate" ? .rate : data.unit == "count" ? .count : .money, adds: data.adds,
      isLevel: data.isLevel, whole: ratio(data.whole))
    facts.targetWord = "quota"
    facts.restIsSmallest = restIsSmallest
    if let earlier = data.wholeEarlier {
      facts.wholeEarlier = ratio(earlier)
      facts.against = "then"
      facts.present = "now"
      facts.isComparable = data.isComparable
    }
    if let subject = data.subject, let value = ratio(subject.value),
      let target = ratio(subject.target)
    {
      facts.subject = TakeawayFacts.Subject(
        ReportDocument.Name(subject.name), value, target: target)
    }
    return facts
  }

  @Test("Of 20,000 charts of any shape no sentence says what its figures do not")
  func alwaysTrue() {
    var dice = Dice(state: 2026)
    var said: [String: Int] = [:]
    for round in 0..<20_000 {
      let data = data(&dice)
      var facts = facts(data, restIsSmallest: dice.chance(50))
      facts.emphasis = dice.chance(10) ? .distribution : dice.chance(10) ? .inequality : .largest
      guard
        let sentence = Takeaway(
          facts, ValueFormatter()
        ).sentence?.plain
      else {
        said["(nothing)", default: 0] += 1
        continue
      }
      let claim = SpokenClaim(sentence, data)
      guard claim.faults.isEmpty else {
        Issue.record("\(round): \(sentence)\n  \(claim.faults)\n  \(data)")
        return
      }
      let words = sentence.filter { !$0.isNumber }
      for part in [
        "highest", "most", "half", "between", "total", "overall figure", "to date", "Up in",
        "Down in", "zero", "same", "quota", "only", "No value", "fewer", "all of it", "lacks",
        "makes up",
        "make up", "just over", "Of the", "Among", "Highest in", "as in", "it was", "median",
        "Gini",
      ] where words.contains(part) { said[part, default: 0] += 1 }
    }
    // Every rule has spoken, and silence is rare.
    #expect(said.count == 28, "\(said)")
    #expect(said["(nothing)", default: 0] < 600, "\(said)")
  }

  @Test("The checker itself finds sentences that are not true")
  func checkerChecks() {
    let data = SpokenClaim.Data(
      members: [("A", 60), ("B", 30), ("C", 10)].map {
        SpokenClaim.Member(name: $0.0, value: Exact($0.1))
      }, adds: true, isLevel: false, unit: "money")
    for wrong in [
      "B has the most: $30, 30.0% of $100.", "A has more than half: $60 of $100, 61.0%.",
      "All 3 things have between $10 and $50.", "A and B have the most: $60 each.",
      "All 3 things are at zero.", "A has all of it: $60.", "A is splendid.",
    ] {
      #expect(!SpokenClaim(wrong, data).faults.isEmpty, "\(wrong)")
    }
    #expect(SpokenClaim("A has more than half: $60 of $100, 60.0%.", data).faults.isEmpty)
  }
}
