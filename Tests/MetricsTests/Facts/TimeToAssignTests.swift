import Metrics
import Records
import Testing

/// As of 2026-11-20.
@Suite("Time to assign")
struct TimeToAssignTests {
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.territoryModel, "active", ["State": .text("Active")])
    o.add(.territoryModel, "old", ["State": .text("Archived")])
    o.add(.territoryModel, "next", ["State": .text("Planning")])
    for (id, model) in [("N", "active"), ("S", "active"), ("X", "old"), ("P", "next")] {
      o.add(.territory, id, ["Territory2ModelId": .id(model)])
    }
    for (id, created) in [
      ("a", "2026-01-01"), ("b", "2026-02-01"), ("c", "2026-03-10"), ("d", "2026-11-01"),
      ("e", "2026-11-19"),
    ] { o.add(.account, id, ["CreatedDate": .day(created)]) }
    o.add(.account, "f")
    func join(_ account: String, _ territory: String, _ day: String?, created: String? = nil) {
      var cells: [String: Organisation.Cell] = [
        "ObjectId": .id(account), "Territory2Id": .id(territory),
      ]
      if let day { cells["LastModifiedDate"] = .day(day) }
      if let created { cells["CreatedDate"] = .day(created) }
      o.add(.accountTerritory, "\(account)\(territory)", cells)
    }
    // a: the first of two, after 10 days; b: by an archived model after 3; c: before it was made.
    join("a", "N", "2026-01-21")
    join("a", "S", "2026-05-01", created: "2026-01-11")
    join("b", "X", "2026-02-04")
    join("b", "N", "2026-06-01")
    join("c", "S", "2026-03-01")
    // d is only planned, e nowhere; f has no known creation.
    join("d", "P", "2026-11-02")
    join("f", "N", "2026-11-02")
    return o
  }

  @Test("The first association, of the active or an archived model, ends the wait")
  func days() throws {
    let engine = try organisation.engine()
    #expect(
      try engine.list([
        Listing(
          fact: .accounts,
          columns: ["Id", "AssignedDate", "DaysToAssign", "DaysUnassigned"])
      ])[0].csv() == """
        Id,AssignedDate,DaysToAssign,DaysUnassigned
        a,2026-01-11,10,
        b,2026-02-04,3,
        c,2026-03-01,0,
        d,,,19
        e,,,1
        f,2026-11-02,,

        """)
    #expect(try engine.figure("accounts_assigned") == "4")
    #expect(try engine.figure("time_to_assign_median") == "3")
    #expect(try engine.figure("time_to_assign_p90") == "10")
    #expect(try engine.figure("days_unassigned_median") == "1")
    #expect(try engine.figure("days_unassigned_p90") == "19")
  }

  @Test("The trend of the time to assign is by the day on which accounts came into a territory")
  func trend() throws {
    let engine = try organisation.engine()
    #expect(
      try engine.run([Query(metrics: ["time_to_assign_median"], by: [.fiscalQuarter])])[0].csv()
        == "fiscal_quarter,time_to_assign_median\nQ1 FY2026,3\n")
    for metric in ["time_to_assign_median", "time_to_assign_p90", "days_unassigned_median"] {
      #expect(
        try engine.records(behind: metric, of: Query(metrics: [metric])).agrees, "\(metric)")
    }
  }

  @Test("Only a question about it reads the dates of associations")
  func fields() throws {
    let catalogue = try Organisation.catalogue()
    var others = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    others.add([Query(metrics: ["unassigned_accounts"])])
    #expect(others.fields[.accountTerritory]?.contains("LastModifiedDate") == false)
    others.add([Query(metrics: ["time_to_assign_p90"])])
    #expect(others.fields[.accountTerritory]?.contains("LastModifiedDate") == true)
    let finder = NeedsFinder(catalogue: catalogue, settings: MetricSettings())
    #expect(
      finder.needs(of: "time_to_assign_p90").essential.contains(
        .any([
          .field(.accountTerritory, "CreatedDate"), .field(.accountTerritory, "LastModifiedDate"),
        ])))
  }
}
