import Metrics
import Records
import Testing

/// As of 2026-11-20.
@Suite("Leads")
struct LeadTests {
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.add(.user, "bo", ["ManagerId": .id("ann")])
    o.territory("N", users: ["ann"])
    o.territory("S", users: ["bo"])
    func lead(
      _ id: String, _ status: String, created: String?, converted: String? = nil,
      owner: String = "ann", source: String? = "Web"
    ) {
      var cells: [String: Organisation.Cell] = [
        "Status": .text(status), "IsConverted": .flag(converted != nil), "OwnerId": .id(owner),
        "Country": .text(owner == "ann" ? "Chile" : "Peru"),
        "State": .text(owner == "ann" ? "Ñuble" : "Lima"),
      ]
      if let created { cells["CreatedDate"] = .day(created) }
      if let converted { cells["ConvertedDate"] = .day(converted) }
      if let source { cells["LeadSource"] = .text(source) }
      o.add(.lead, id, cells)
    }
    lead("l1", "Working", created: "2026-11-10")
    lead("l2", "Nurturing", created: "2026-11-19", owner: "bo", source: nil)
    lead("l3", "Open - Not Contacted", created: nil, owner: "queue")
    lead("l4", "closed - not converted", created: "2026-10-01")
    lead("l5", "Closed - Converted", created: "2026-10-01", converted: "2026-11-05")
    lead("l6", "Closed - Converted", created: "2026-11-03", converted: "2026-11-06", owner: "bo")
    lead("l7", "Working", created: "2026-11-21")
    return o
  }

  private func rows(
    _ metrics: [String], by: Dimension, _ period: PeriodSpec = .always
  ) throws -> [String] {
    try organisation.engine().run([Query(metrics: metrics, by: [by], period: period)])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("Open leads are neither converted nor at a status that ends them")
  func open() throws {
    let engine = try organisation.engine()
    #expect(try engine.figure("leads_open") == "4")
    // 0, 1 and 10 days; one of no known creation has no age.
    #expect(try engine.figure("lead_age") == "1")
    #expect(try engine.figure("lead_age_p90") == "10")
    #expect(try engine.figure("days_to_convert") == "3")
    var o = organisation
    o.settings.closedLeadStatuses = ["Nurturing", "working"]
    #expect(try o.engine().figure("leads_open") == "2")
  }

  @Test("Leads created and converted, by their own dates, sum by every dimension to all")
  func slices() throws {
    #expect(
      try rows(["leads_created", "leads_created_converted", "lead_conversion_rate"], by: .month)
        == ["2026-10,2,1,0.500000", "2026-11,4,1,0.250000", "(none),1,0,0.000000"])
    #expect(try rows(["leads_converted"], by: .day) == ["2026-11-05,1", "2026-11-06,1"])
    #expect(try rows(["leads_open"], by: .leadSource) == ["Web,3", "(none),1"])
    #expect(try rows(["leads_open"], by: .country) == ["Chile,2", "Peru,2"])
    #expect(try rows(["leads_open"], by: .state) == ["Lima,2", "Ñuble,2"])
    #expect(
      try rows(["leads_open"], by: .owner) == ["(unknown),(unknown),1", "ann,ann,2", "bo,bo,1"])
    #expect(
      try rows(["leads_open"], by: .ownerSubtree) == [
        "(unknown),(unknown),1", "ann,ann,3", "bo,bo,1",
      ])
  }

  @Test("A territory's scope holds the leads of its members, a family's none")
  func scopes() throws {
    let engine = try organisation.engine()
    #expect(try engine.figure("leads_created", scope: .territory(0)) == "4")
    #expect(try engine.figure("leads_created", scope: .territory(1)) == "2")
    #expect(try engine.figure("leads_created", scope: .family(0)) == "0")
    #expect {
      try engine.run([Query(metrics: ["leads_open"], by: [.territory])])
    } throws: { error in
      (error as? FindingsError)?.findings.first?.what
        == "metric \"leads_open\" cannot be sliced by territory: a lead has none"
    }
  }

  @Test("The records behind the figures of leads give them")
  func records() throws {
    let engine = try organisation.engine()
    for metric in ["leads_open", "leads_created", "leads_converted", "lead_age", "days_to_convert"]
    {
      #expect(
        try engine.records(behind: metric, of: Query(metrics: [metric])).agrees, "\(metric)")
    }
  }
}
