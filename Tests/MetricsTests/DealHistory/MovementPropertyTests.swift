import Metrics
import Records
import Testing

@Suite("Properties of every movement of the pipeline")
struct MovementPropertyTests {
  /// A random organisation whose deals change stage, value, close date and territory all the time.
  private func organisation(seed: UInt64) -> Organisation {
    var random = SplitMix(state: seed)
    var o = Organisation()
    o.usualStages()
    func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    func day() -> String {
      Organisation.day("2026-01-01").adding(days: number(0..<320)).description
    }
    for index in 0..<6 { o.territory("t\(index)", parent: index == 0 ? nil : "t0") }
    for index in 0..<30 {
      o.account("a\(index)", in: number(0..<3) == 0 ? [] : ["t\(number(0..<6))"])
    }
    for index in 0..<300 {
      let deal = "d\(index)"
      let territory = number(0..<3) == 0 ? nil : "t\(number(0..<7))"
      if number(0..<8) == 0 {
        o.deletedDeal(
          deal, amount: Int64(number(1..<900)), territory: territory, created: day(),
          deleted: day())
      } else {
        o.deal(
          deal, [.won, .lost, .open, .open][number(0..<4)],
          amount: number(0..<9) == 0 ? nil : Int64(number(-20..<900)), close: day(),
          account: number(0..<5) == 0 ? nil : "a\(number(0..<30))", territory: territory,
          created: number(0..<20) == 0 ? nil : day())
      }
      for change in 0..<number(0..<6) {
        o.history(
          "h\(index)-\(change)", of: deal, at: day() + " 1\(number(0..<9)):00",
          ["Lead", "open", "open", "won", "lost", nil][number(0..<6)],
          amount: number(0..<9) == 0 ? nil : Int64(number(1..<900)), close: day())
      }
      for change in 0..<number(0..<3) {
        o.change(
          "f\(index)-\(change)", of: deal, "Territory2Id",
          from: number(0..<4) == 0 ? nil : "t\(number(0..<6))", to: "t\(number(0..<6))", at: day())
      }
    }
    if number(0..<2) == 0 { o.settings.bookingsFrom = "Proposal" }
    return o
  }

  private struct Bar: Hashable {
    var deals: Int
    /// In cents.
    var amount: Int
  }

  /// The bars by territory and step.
  private func bars(_ organisation: Organisation, threads: Int = 2) throws -> [String: [String:
    Bar]]
  {
    var bars: [String: [String: Bar]] = [:]
    for line in try organisation.engine(threads: threads).csv(.pipelineMovement)
      .split(separator: "\n").dropFirst()
    {
      let cells = line.split(separator: ",").map(String.init)
      bars[cells[0], default: [:]][cells[1]] = Bar(
        deals: try #require(Int(cells[2])),
        amount: try #require(Int(cells[3].replacing(".", with: ""))))
    }
    return bars
  }

  @Test(
    "In every territory and in total opening and who came are closing and who left",
    arguments: 1...6)
  func balances(seed: UInt64) throws {
    var o = organisation(seed: seed)
    for window in [nil, PeriodText.spec(.fiscalQuarter(offset: 0))] {
      o.move("2026-04-10", "2026-09-20", window: window)
      let bars = try bars(o)
      #expect(bars.count >= 6)
      for (territory, steps) in bars {
        func sum(_ names: String) -> Int {
          names.split(separator: " ").reduce(0) { $0 + (steps[String($1)]?.amount ?? 0) }
        }
        func count(_ names: String) -> Int {
          names.split(separator: " ").reduce(0) { $0 + (steps[String($1)]?.deals ?? 0) }
        }
        #expect(
          sum("opening created moved_in reopened transferred_in increased")
            == sum("closing decreased won lost pushed deleted transferred_out"), "\(territory)")
        #expect(
          count("opening created moved_in reopened transferred_in")
            == count("closing won lost pushed deleted transferred_out"), "\(territory)")
      }
      func total(_ step: String) -> Int { bars.values.reduce(0) { $0 + ($1[step]?.deals ?? 0) } }
      #expect(total("transferred_in") == total("transferred_out"))
      // That there is something to balance.
      let steps = window == nil ? ["opening", "transferred_in", "won", "lost", "deleted"] : ["won"]
      #expect(steps.allSatisfy { total($0) > 0 })
    }
  }

  @Test("A movement closes where the next one opens", arguments: 1...6)
  func chains(seed: UInt64) throws {
    var o = organisation(seed: seed)
    var closing: [String: Bar] = [:]
    let days = ["2026-02-01", "2026-05-11", "2026-05-12", "2026-08-30", "2026-11-20"]
    for (from, to) in zip(days, days.dropFirst()) {
      o.move(from, to)
      let bars = try bars(o)
      func level(_ step: String) -> [String: Bar] {
        bars.compactMapValues { $0[step] }.filter { $0.value.deals > 0 }
      }
      if from != days[0] { #expect(level("opening") == closing) }
      closing = level("closing")
      #expect(!closing.isEmpty)
    }
  }

  @Test("The order of rows and the number of threads change nothing", arguments: 1...4)
  func order(seed: UInt64) throws {
    var o = organisation(seed: seed)
    o.move("2026-04-10", "2026-09-20")
    let found = try bars(o)
    #expect(try bars(o, threads: 1) == found)
    o.reverse()
    #expect(try bars(o, threads: 5) == found)
  }

  @Test(
    "What a movement ends with on the as-of day is the open pipeline of today", arguments: 1...4)
  func today(seed: UInt64) throws {
    var o = organisation(seed: seed)
    o.move("2026-04-10", "2026-11-20")
    let engine = try o.engine()
    // A closed deal without rows, whose close date is to come, was open on the day before it.
    let closing = try bars(o).values.reduce(0) { $0 + ($1["closing"]?.deals ?? 0) }
    #expect(String(closing) == (try engine.figure("open_count")))
  }
}
