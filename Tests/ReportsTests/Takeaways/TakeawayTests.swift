import Metrics
import Records
import Testing

@testable import Reports

/// Takeaways worked out by hand, word for word.
@Suite("Takeaways")
struct TakeawayTests {
  private func dollars(_ amount: Int?) -> Ratio? { amount.map { Ratio(Int128($0), over: 1) } }

  private func facts(
    _ values: [(String, Int?)], unit: Metrics.Unit = .money, adds: Bool = true,
    axis: TakeawayFacts.Axis = .members, noun: Noun = Noun("territory", "territories")
  ) -> TakeawayFacts {
    TakeawayFacts(
      values.map { TakeawayFacts.Member(ReportDocument.Name($0.0), dollars($0.1)) }, axis: axis,
      noun: noun, unit: unit, adds: adds)
  }

  private func said(_ facts: TakeawayFacts) -> String? {
    Takeaway(facts, ValueFormatter()).sentence?.plain
      .replacing("\u{A0}", with: " ")
  }

  @Test("Who holds most is said with the share of the whole; more than half is more than half")
  func shares() {
    #expect(
      said(facts([("West", 3_000), ("East", 2_500), ("North", 2_000)]))
        == "West has the most: $3,000, 40.0% of $7,500.")
    #expect(
      said(facts([("West", 4_501), ("East", 4_499)]))
        == "West has more than half: $4,501 of $9,000, just over 50.0%.")
    #expect(
      said(facts([("West", 4_500), ("East", 2_500), ("North", 2_000)]))
        == "West has the most: $4,500, 50.0% of $9,000.")
    #expect(said(facts([("West", 900), ("East", 0)])) == "West has all of it: $900.")
    #expect(said(facts([("West", 900)])) == "West is the only territory: $900.")
  }

  @Test("Ties are named or counted, and what is equal has no first")
  func ties() {
    #expect(
      said(facts([("West", 400), ("East", 400), ("North", 200)]))
        == "West and East have the most: $400 each, together 80.0% of $1,000.")
    #expect(
      said(facts([("A", 300), ("B", 300), ("C", 300), ("D", 100)]))
        == "3 of 4 territories have the most: $300 each, together 90.0% of $1,000.")
    #expect(
      said(facts([("A", 300), ("B", 300), ("C", 300)]))
        == "All 3 territories have the same value: $300.")
    #expect(said(facts([("A", 0), ("B", 0)])) == "Both territories are at zero.")
    #expect(
      said(facts([("A", nil), ("B", nil), ("C", nil)]))
        == "No value is known of any of the 3 territories.")
  }

  @Test("Few among many that hold more than half are named up to three")
  func concentration() {
    let many = (1...9).map { ("T\($0)", Optional(100)) }
    #expect(
      said(facts([("Big", 700), ("Next", 400)] + many))
        == "2 of 11 territories hold more than half, $1,100 of $2,000: Big and Next.")
  }

  @Test("Credits leave no shares, and a total below zero neither")
  func negative() {
    #expect(
      said(facts([("West", 900), ("East", -100), ("North", 50)]))
        == "West has the most: $900; 1 of 3 territories is below zero, at −$100.")
    #expect(
      said(facts([("West", -900), ("East", -100)]))
        == "East is highest at −$100, West lowest at −$900.")
  }

  @Test("A change names those who make it up, or who moved most")
  func change() {
    var facts = TakeawayFacts(
      [("West", 500, 100), ("East", 200, 150), ("North", 100, 100)].map {
        TakeawayFacts.Member(ReportDocument.Name($0.0), dollars($0.1), earlier: dollars($0.2))
      }, noun: Noun("territory", "territories"), unit: .money, adds: true)
    facts.against = "the quarter before"
    // 800 on 350: +450, of which West's 400 are 88.9 %.
    #expect(
      said(facts)
        == "The total is $800, +$450 (+128.6%) on the quarter before; West makes up 88.9% of the "
        + "rise.")
    facts.members[1].value = dollars(140)
    // 740 on 350: +390, and West rose by more than that.
    #expect(
      said(facts)
        == "The total is $740, +$390 (+111.4%) on the quarter before; West rose most, by $400.")
    facts.isComparable = false
    facts.present = "Q4 to date"
    #expect(said(facts) == "The total is $740 in Q4 to date; it was $350 in the quarter before.")
  }

  @Test("Targets are counted, and the largest gap has a name")
  func targets() {
    var facts = facts([("West", 500), ("East", 200), ("North", 100)])
    for (index, target) in [400, 300, 400].enumerated() {
      facts.members[index].target = dollars(target)
    }
    facts.targetWord = "quota"
    #expect(
      said(facts)
        == "1 of 3 territories has reached its quota; the largest gap is $300, of North.")
    facts.members[2].target = dollars(100)
    #expect(said(facts) == "2 of 3 territories have reached their quota; East lacks $100.")
  }

  @Test("Rises in a row, a record, the year before; a span in progress is to date")
  func course() {
    let quarters = Noun("fiscal quarter", "fiscal quarters")
    let axis = TakeawayFacts.Axis.spans(inYear: 4, lastIsToDate: false)
    #expect(
      said(facts([("Q1", 10), ("Q2", 20), ("Q3", 30), ("Q4", 40)], axis: axis, noun: quarters))
        == "Up in each of the last 3 fiscal quarters, from $10 in Q1 to $40 in Q4.")
    #expect(
      said(
        facts(
          [("Q1", 20), ("Q2", 30), ("Q3", 10), ("Q4", 25), ("Q1 next", 50)], axis: axis,
          noun: quarters))
        == "Q1 next is the highest of 5 fiscal quarters: $50, +$30 (+150.0%) on Q1.")
    #expect(
      said(
        facts(
          [("Q1", 20), ("Q2", 50), ("Q3", 10), ("Q4", 4)],
          axis: .spans(inYear: 4, lastIsToDate: true), noun: quarters))
        == "Highest in Q2 at $50, lowest in Q3 at $10; Q4 to date: $4.")
  }

  @Test("Rates are ranked where they rest on five cases or more")
  func rates() {
    var facts = TakeawayFacts(
      [("Ann", 1, 1), ("Bob", 3, 10), ("Cy", 8, 20)].map {
        TakeawayFacts.Member(
          ReportDocument.Name($0.0), Ratio($0.1, over: $0.2), cases: $0.2)
      }, noun: Noun("owner", "owners"), unit: .rate, adds: false, isLevel: true,
      whole: Ratio(12, over: 31))
    #expect(
      said(facts)
        == "Among 2 owners with five cases or more, Cy is highest at 40.0%, Bob lowest at 30.0%; "
        + "38.7% overall.")
    facts.members = [facts.members[0], facts.members[0]]
    facts.members[1].value = Ratio(0, over: 1)
    #expect(said(facts) == "Each of the 2 values rests on fewer than five cases.")
  }

  @Test("The spread of many is told by its median, or by what the largest fifth holds")
  func spread() {
    var facts = facts([("A", 10), ("B", 20), ("C", 30), ("D", 40), ("E", 100)])
    facts.emphasis = .distribution
    #expect(said(facts) == "The median of 5 territories is $30, the lowest $10, the highest $100.")
    facts.emphasis = .inequality
    // Σ (2i − 6) xᵢ = −40 − 40 + 0 + 80 + 400 = 400, over 5 · 200.
    #expect(
      said(facts)
        == "The largest of 5 territories holds 50.0% of $200; the Gini coefficient is 0.40.")
  }
}
