import Metrics
import Records
import Testing

/// As of 2026-11-20.
@Suite("Activities")
struct ActivityTests {
  /// A in N, B in S, C in neither; tasks, events and a file.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.add(.user, "bo")
    o.territory("N")
    o.territory("S")
    o.account("A", owner: "ann", in: ["N"], employees: 20)
    o.account("B", parent: "A", owner: "bo", in: ["S"], employees: 20)
    o.account("C")
    o.deal("D", .open, amount: 7, close: "2026-12-01", account: "B", territory: "S")
    func task(_ id: String, _ account: String?, _ day: String?, closed: Bool?, type: String? = nil)
    {
      var cells: [String: Organisation.Cell] = ["OwnerId": .id("ann")]
      if let account { cells["AccountId"] = .id(account) }
      if let day { cells["ActivityDate"] = .day(day) }
      if let closed { cells["IsClosed"] = .flag(closed) }
      if let type { cells["Type"] = .text(type) }
      o.add(.task, id, cells)
    }
    task("t1", "A", "2026-11-20", closed: true, type: "Call")
    task("t2", "A", "2026-11-01", closed: false)
    task("t3", "B", "2026-11-02", closed: nil)
    task("t4", "B", "2026-11-21", closed: true)
    task("t5", "B", nil, closed: true)
    task("t6", nil, "2026-10-31", closed: true)
    func event(_ id: String, _ account: String, _ day: String?, time: String? = nil) {
      var cells: [String: Organisation.Cell] = ["OwnerId": .id("bo"), "AccountId": .id(account)]
      if let day { cells["ActivityDate"] = .day(day) }
      if let time { cells["ActivityDateTime"] = .day(time) }
      o.add(.event, id, cells)
    }
    event("e1", "A", "2026-11-20")
    event("e2", "B", nil, time: "2026-11-19")
    event("e3", "B", "2026-11-21")
    return o
  }

  private func rows(
    _ engine: LocalEngine, _ metrics: [String], by: [Dimension], scope: Scope = .company
  ) throws -> [String] {
    try engine.run([Query(metrics: metrics, by: by, scope: scope)])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test(
    "Done tasks and past events are activities, a future event is a next meeting, a plan neither")
  func rule() throws {
    let engine = try organisation.engine()
    // t1, t3 and t6; e1 and e2. t2 is open, t4 in the future, t5 of no day.
    #expect(try engine.figure("activities") == "5")
    #expect(try engine.figure("accounts_touched") == "2")
    #expect(try engine.figure("meetings") == "2")
    #expect(try engine.figure("next_meetings") == "1")
    #expect(try engine.figure("accounts_to_meet") == "1")
    #expect(try engine.figure("activities", .asOfDay) == "2")
    // A year ago all of them are to come, and only events are meetings to come.
    var earlier = organisation
    earlier.asOf = Organisation.day("2025-11-20")
    #expect(try earlier.engine().figure("activities") == "0")
    #expect(try earlier.engine().figure("next_meetings") == "3")
  }

  @Test("Activities by owner, territory, family, type and week sum to all")
  func slices() throws {
    let engine = try organisation.engine()
    #expect(try rows(engine, ["activities"], by: [.owner]) == ["ann,ann,3", "bo,bo,2"])
    #expect(
      try rows(engine, ["activities"], by: [.territory]) == [
        "(unassigned),(unassigned),1", "N,N,2", "S,S,2",
      ])
    #expect(
      try rows(engine, ["activities"], by: [.family]) == ["(unknown),(unknown),1", "A,A,4"])
    #expect(
      try rows(engine, ["activities", "next_meetings"], by: [.type]) == [
        "Call,1,0", "Event,2,1", "Task,2,0",
      ])
    #expect(
      try rows(engine, ["activities"], by: [.week]) == [
        "2026-10-26,1", "2026-11-02,1", "2026-11-09,0", "2026-11-16,3",
      ])
  }

  @Test("A scope holds the activities of its accounts, and names no deal of another territory")
  func scopes() throws {
    var o = organisation
    o.add(
      .event, "e4",
      [
        "AccountId": .id("A"), "WhatId": .id("D"), "ActivityDate": .day("2026-11-10"),
        "OwnerId": .id("bo"),
      ])
    let engine = try o.engine()
    #expect(try engine.figure("activities", scope: .territory(0)) == "3")
    #expect(try engine.figure("activities", scope: .territory(1)) == "2")
    #expect(try engine.figure("activities", scope: .family(0)) == "5")
    #expect(
      try rows(engine, ["activities"], by: [.account], scope: .territory(1)) == ["B,B,2"])
    let listing = Listing(
      fact: .activities, columns: ["Id", "Opportunity.Name", "OpportunityId"],
      filter: ExpressionText("OpportunityId is not null"))
    #expect(try engine.list([listing])[0].csv() == "Id,Opportunity.Name,OpportunityId\ne4,D,D\n")
    var scoped = listing
    scoped.scope = .territory(0)
    #expect(try engine.list([scoped])[0].csv() == "Id,Opportunity.Name,OpportunityId\ne4,,\n")
  }

  @Test("Rows of the user's file count beside tasks and events, a future one as a next meeting")
  func file() throws {
    var records = UserRecords()
    records.activities = [("2026-11-19", "Meeting"), ("2026-11-18", nil), ("2026-12-01", "Call")]
      .map { day, kind in
        Activity(account: 2, deal: -1, user: 0, day: Organisation.day(day), kind: kind)
      }
    let engine = try organisation.engine(userRecords: records)
    #expect(try engine.figure("activities") == "7")
    #expect(try engine.figure("meetings") == "3")
    #expect(try engine.figure("next_meetings") == "2")
    #expect(try engine.figure("accounts_touched") == "3")
    #expect(
      try rows(engine, ["activities"], by: [.type]) == [
        "Call,1", "Event,2", "Meeting,1", "Task,2", "(none),1",
      ])
  }

  @Test("The last activity of an account is the latest of its activities, and the records agree")
  func agreement() throws {
    let engine = try organisation.engine()
    let last = try engine.list([
      Listing(fact: .accounts, columns: ["Id", "LastActivity"])
    ])[0]
    #expect(last.csv() == "Id,LastActivity\nA,2026-11-20\nB,2026-11-19\nC,\n")
    for metric in ["activities", "accounts_touched", "meetings", "next_meetings"] {
      let behind = try engine.records(behind: metric, of: Query(metrics: [metric]))
      #expect(behind.agrees, "\(metric)")
    }
    let behind = try engine.records(behind: "meetings", of: Query(metrics: ["meetings"]))
    #expect(behind.table.csv() == "id,name,value,date\ne1,A,1,2026-11-20\ne2,B,1,2026-11-19\n")
  }

  @Test("Only a question about activities reads tasks and events")
  func fields() throws {
    let catalogue = try Organisation.catalogue()
    var others = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    others.add([Query(metrics: ["won_amount", "accounts"], by: [.ownerSubtree])])
    #expect(others.fields[.task] == nil && others.fields[.event] == nil)
    #expect(others.fields[.lead] == nil && others.fields[.split] == nil)
    var own = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    own.add([Query(metrics: ["activities"])])
    #expect(own.fields[.event]?.contains("ActivityDateTime") == true)
    #expect(own.fields[.task]?.contains("IsClosed") == true)
    #expect(own.fields[.activity] == nil)
  }
}
