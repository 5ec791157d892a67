import Metrics
import Records
import Testing

/// As of 2026-11-20.
@Suite("Pushes, days in stage and stalled deals")
struct StageStayTests {
  private func listed(_ column: String, _ o: Organisation) throws -> [String] {
    try o.engine().list([Listing(fact: .opportunities, columns: ["Id", column])])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("A push is a move of the close date to a later day, whatever lies between")
  func pushes() throws {
    var o = Organisation()
    o.deal("D", .open, amount: 10, close: "2026-12-31")
    for (index, close) in [
      "2026-06-30", "2026-09-30", "2026-09-30", nil, "2026-08-31", "2026-12-15",
    ].enumerated() {
      o.history("h\(index)", of: "D", at: "2026-0\(index + 1)-01", close: close)
    }
    // To September, to 15 December, and the deal itself to the 31st; August was earlier.
    o.deal("None", .open, amount: 20, close: "2026-12-31")
    o.history("n1", of: "None", at: "2026-01-01", close: "2027-03-31")
    o.deal("Unknown", .open, amount: 40, close: "2026-12-31")
    o.deal("Won", .won, amount: 80, close: "2026-12-31")
    o.history("w1", of: "Won", at: "2026-01-01", close: "2026-03-31")
    #expect(try listed("Pushes", o) == ["D,3.000000", "None,0.000000", "Unknown,", "Won,1.000000"])
    let engine = try o.engine()
    #expect(try engine.figure("pushes") == "3")
    #expect(try engine.figure("pushed_count") == "1")
    #expect(try engine.figure("pushed_amount") == "10.00")
    o.reverse()
    #expect(try o.engine().figure("pushes") == "3")
  }

  @Test("Days in stage count from the last time that an open deal came into its present stage")
  func daysInStage() throws {
    var o = Organisation()
    o.usualStages()
    o.deal("D", .open, amount: 10, close: "2026-12-31")
    // In the stage open, out of it, in it again from 10 November on, and changed there.
    o.history("h1", of: "D", at: "2026-01-01", "open")
    o.history("h2", of: "D", at: "2026-02-01", "Lead")
    o.history("h3", of: "D", at: "2026-11-10", "OPEN")
    o.history("h4", of: "D", at: "2026-11-15", "open")
    // Its last row is of another stage than its own: since when it is there is not known.
    o.deal("E", .open, amount: 10, close: "2026-12-31")
    o.history("h5", of: "E", at: "2026-01-01", "Lead")
    o.deal("F", .open, amount: 10, close: "2026-12-31")
    o.deal("G", .won, amount: 10, close: "2026-01-01")
    o.history("h6", of: "G", at: "2026-01-01", "won")
    #expect(try listed("DaysInStage", o) == ["D,10", "E,", "F,", "G,"])
    #expect(try o.engine().figure("median_days_in_stage") == "10")
  }

  /// Won deals that were in the stage open for some days, of a type.
  private func won(_ days: [Int], type: String, in o: inout Organisation) {
    for (index, days) in days.enumerated() {
      let deal = "\(type)\(index)"
      let start = Organisation.day("2026-01-01")
      o.deal(deal, .won, amount: 1, close: "2026-06-01", type: type)
      o.history("\(deal)-1", of: deal, at: start.description, "open")
      // Two stays of which the second is half a day count together.
      o.history("\(deal)-2", of: deal, at: start.adding(days: days).description, "Lead")
      o.history("\(deal)-3", of: deal, at: "2026-05-01 06:00", "open")
      o.history("\(deal)-4", of: deal, at: "2026-05-01 18:00", "won")
    }
  }

  private func open(_ deal: String, days: Int, type: String, in o: inout Organisation) {
    let entry = Organisation.day("2026-11-20").adding(days: -days)
    o.deal(deal, .open, amount: 100, close: "2026-12-31", type: type)
    o.history("\(deal)-1", of: deal, at: entry.description, "open")
  }

  @Test(
    "A deal has stalled that is in its stage longer than three quarters of the won of its class")
  func stalled() throws {
    var o = Organisation()
    o.usualStages()
    o.settings.classes = ["New", "Old", "Few"].map {
      .init(name: $0.lowercased(), condition: ExpressionText("Type = '\($0)'"))
    }
    // The smallest of eight that six of them reach or stay below: 60. Of five, four: 9.
    won([10, 80, 30, 60, 20, 50, 70, 40], type: "New", in: &o)
    won([9, 1, 9, 2, 10], type: "Old", in: &o)
    won([1, 1, 1, 1], type: "Few", in: &o)
    open("N60", days: 60, type: "New", in: &o)
    open("N61", days: 61, type: "New", in: &o)
    open("O9", days: 9, type: "Old", in: &o)
    open("O10", days: 10, type: "Old", in: &o)
    open("F90", days: 90, type: "Few", in: &o)
    let found = try listed("IsStalled", o).filter { !$0.hasSuffix(",") }
    #expect(found == ["N60,false", "N61,true", "O10,true", "O9,false"])
    let engine = try o.engine()
    #expect(try engine.figure("stalled_count") == "2")
    #expect(try engine.figure("stalled_amount") == "200.00")
    o.settings.classes = []
    // Of all seventeen together the thirteenth: 40.
    #expect(try o.engine().figure("stalled_count", filter: "DaysInStage = 61") == "1")
    #expect(try o.engine().figure("stalled_count") == "3")
  }

  @Test("The history is asked for where these fields are, and only there")
  func required() throws {
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    required.add([Query(metrics: ["open_amount"], by: [.owner])])
    #expect(required.fields[.opportunityHistory] == nil)
    required.add([Query(metrics: ["pushes"])])
    #expect(
      required.fields[.opportunityHistory] == ["Id", "OpportunityId", "CloseDate", "CreatedDate"])
    required.add([Query(metrics: ["stalled_count"])])
    #expect(required.fields[.opportunityHistory]?.contains("StageName") == true)
    #expect(required.fields[.opportunityFieldHistory] == nil)
  }
}
