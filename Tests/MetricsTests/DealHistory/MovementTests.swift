import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import TestKit
import Testing

/// Movements from the end of 2026-10-31 to the end of 2026-11-14, in New York, unless said otherwise.
@Suite("Movement of the pipeline")
struct MovementTests {
  private func organisation() -> Organisation {
    var o = Organisation()
    o.usualStages()
    o.territory("T1")
    o.territory("T2", parent: "T1")
    o.move("2026-10-31", "2026-11-14")
    return o
  }

  @Test("The export made by hand gives the table computed by hand, byte for byte")
  func fixture() throws {
    let folder = Repository.fixture("pipeline-movement")
    let settings = MetricSettings()
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: settings)
    required.add([.pipelineMovement])
    let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [folder.appending(path: "export").path],
        mapping: Mapping(text: preset, file: "presets/salesforce.yaml"), fields: required.fields,
        asOf: Day(iso: "2026-06-15")))
    let engine = LocalEngine(
      records: export.records, assignment: Assignment(of: export.records), catalogue: catalogue,
      settings: settings)
    let expected = try String(
      contentsOf: folder.appending(path: "expected/pipeline-movement.csv"), encoding: .utf8)
    #expect(try engine.csv(.pipelineMovement) == expected)
  }

  @Test(
    "Leavers count with their opening, joiners with their closing value, and only who stays changes"
  )
  func bars() throws {
    var o = organisation()
    o.deal("Stays", .open, amount: 150, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.history("h1", of: "Stays", at: "2026-01-01", amount: 100)
    o.history("h2", of: "Stays", at: "2026-11-02", amount: 150)
    o.deal("Won", .won, amount: 70, close: "2026-11-05", territory: "T1", created: "2026-01-01")
    o.history("h3", of: "Won", at: "2026-01-01", amount: 60)
    o.history("h4", of: "Won", at: "2026-11-05", "won", amount: 70)
    o.deal("New", .open, amount: 9, close: "2027-01-01", territory: "T1", created: "2026-11-03")
    o.history("h5", of: "New", at: "2026-11-03", amount: 8)
    o.history("h6", of: "New", at: "2026-11-04", amount: 9)
    o.deal("Both", .lost, amount: 5, close: "2026-11-09", territory: "T1", created: "2026-11-03")
    o.history("h7", of: "Both", at: "2026-11-03", amount: 4)
    o.history("h8", of: "Both", at: "2026-11-09", "lost", amount: 5)
    let engine = try o.engine()
    #expect(
      try engine.steps() == [
        "T1 opening 2 160.00", "T1 created 2 14.00", "T1 increased 1 50.00", "T1 won 1 60.00",
        "T1 lost 1 5.00", "T1 closing 2 159.00",
      ])
    #expect(
      try engine.notes(.pipelineMovement).prefix(2) == [
        "From the end of 2026-10-31 to the end of 2026-11-14.",
        "Won in between, at closing values: 70.00 in 1 deal; the step won holds what they were"
          + " worth at the opening.",
      ])
  }

  @Test("A day is the organisation's: what happens at its last second belongs to it")
  func edges() throws {
    var o = organisation()
    // 2026-11-01 05:00 UTC is midnight in a New York without summer time, as here.
    for (deal, at) in [("Before", "2026-11-01 04:59"), ("After", "2026-11-01 05:00")] {
      o.deal(deal, .lost, amount: 10, close: "2026-11-01", territory: "T1", created: "2026-01-01")
      o.history("\(deal)1", of: deal, at: "2026-01-01", amount: 10)
      o.history("\(deal)2", of: deal, at: at, "lost", amount: 10)
    }
    #expect(try o.engine().steps() == ["T1 opening 1 10.00", "T1 lost 1 10.00"])
  }

  @Test("A deal that was closed and is open again is reopened; one that closes again later is not")
  func reopened() throws {
    var o = organisation()
    o.deal("R", .open, amount: 30, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.history("h1", of: "R", at: "2026-01-01", amount: 20)
    o.history("h2", of: "R", at: "2026-05-01", "lost", amount: 20)
    o.history("h3", of: "R", at: "2026-11-02", amount: 30)
    o.deal("S", .won, amount: 1, close: "2026-11-10", territory: "T1", created: "2026-01-01")
    o.history("h4", of: "S", at: "2026-05-01", "lost", amount: 1)
    o.history("h5", of: "S", at: "2026-11-02", "open", amount: 1)
    o.history("h6", of: "S", at: "2026-11-10", "won", amount: 1)
    #expect(try o.engine().steps() == ["T1 reopened 1 30.00", "T1 closing 1 30.00"])
  }

  @Test("A deal goes to the territory that it has when the movement ends, with its value then")
  func transferred() throws {
    var o = organisation()
    o.deal("D", .open, amount: 12, close: "2027-01-01", territory: "T2", created: "2026-01-01")
    o.history("h1", of: "D", at: "2026-01-01", amount: 11)
    o.history("h2", of: "D", at: "2026-11-05", amount: 12)
    // The CRM writes a row with the names and one with the Ids, and calls the field either way.
    o.change("f1", of: "D", "Territory2", from: "Old name", to: "Two", at: "2026-11-03")
    o.change("f2", of: "D", "Territory2Id", from: "T1", to: "T2", at: "2026-11-03")
    // Earlier and later changes are none of this movement.
    o.change("f3", of: "D", "Territory2Id", from: "T2", to: "T1", at: "2026-02-01")
    o.deal("E", .open, amount: 7, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.change("f4", of: "E", "Territory2Id", from: "T2", to: "T1", at: "2026-11-18")
    #expect(
      try o.engine().steps() == [
        "T1 opening 1 11.00", "T1 transferred_out 1 11.00", "T2 opening 1 7.00",
        "T2 transferred_in 1 12.00", "T2 closing 2 19.00",
      ])
  }

  @Test("A deal that had no territory of its own then had the one that its account makes today")
  func byAccount() throws {
    var o = organisation()
    o.account("A", in: ["T2"])
    o.deal(
      "D", .open, amount: 3, close: "2027-01-01", account: "A", territory: "T1",
      created: "2026-01-01")
    o.change("f1", of: "D", "Territory2Id", from: nil, to: "T1", at: "2026-11-03")
    #expect(
      try o.engine().steps() == [
        "T1 transferred_in 1 3.00", "T1 closing 1 3.00", "T2 opening 1 3.00",
        "T2 transferred_out 1 3.00",
      ])
    o.dealRule = .record
    #expect(
      try o.engine().steps() == [
        "(unassigned) opening 1 3.00", "(unassigned) transferred_out 1 3.00",
        "T1 transferred_in 1 3.00", "T1 closing 1 3.00",
      ])
  }

  @Test(
    "Deleted deals leave on the day of their last change; those deleted before were never there")
  func deleted() throws {
    var o = organisation()
    o.deletedDeal(
      "X", amount: 40, territory: "T1", created: "2026-01-01", deleted: "2026-11-14")
    o.history("h1", of: "X", at: "2026-01-01", amount: 30)
    o.history("h2", of: "X", at: "2026-11-14", amount: 40)
    o.deletedDeal("Y", amount: 1, territory: "T1", created: "2026-01-01", deleted: "2026-10-31")
    o.deletedDeal("Z", amount: 2, territory: "T1", created: "2026-01-01", deleted: "2026-11-15")
    o.deletedDeal("W", amount: 4, territory: "T1", created: "2026-11-02", deleted: "2026-11-03")
    let engine = try o.engine()
    #expect(
      try engine.steps() == [
        "T1 opening 2 32.00", "T1 deleted 1 30.00", "T1 closing 1 2.00",
      ])
    #expect(
      try engine.notes(.pipelineMovement).last == "Deals that were deleted for good are not seen.")
    #expect(try engine.figure("open_count") == "0")
  }

  @Test("A window counts what is due in it: close dates move deals in, and push them out")
  func window() throws {
    var o = organisation()
    // The fiscal quarter of D is October to December 2026.
    o.move("2026-10-31", "2026-11-14", window: .spec(.fiscalQuarter(offset: 0)))
    for (deal, before, after) in [
      ("In", "2027-02-01", "2026-12-01"), ("Out", "2026-12-31", "2027-01-01"),
      ("Stays", "2026-10-01", "2026-12-31"), ("Never", "2027-01-01", "2027-03-01"),
    ] {
      o.deal(deal, .open, amount: 10, close: after, territory: "T1", created: "2026-01-01")
      o.history("\(deal)1", of: deal, at: "2026-01-01", amount: 10, close: before)
      o.history("\(deal)2", of: deal, at: "2026-11-05", amount: 10, close: after)
    }
    // Due next year and won early: into the window and out of it as won.
    o.deal("Early", .won, amount: 6, close: "2026-11-10", territory: "T1", created: "2026-01-01")
    o.history("e1", of: "Early", at: "2026-01-01", amount: 5, close: "2027-02-01")
    o.history("e2", of: "Early", at: "2026-11-10", "won", amount: 6, close: "2026-11-10")
    let engine = try o.engine()
    #expect(
      try engine.steps() == [
        "T1 opening 2 20.00", "T1 moved_in 2 16.00", "T1 won 1 6.00", "T1 pushed 1 10.00",
        "T1 closing 2 20.00",
      ])
    #expect(
      try engine.notes(.pipelineMovement)[1]
        == "Only deals due from 2026-10-01 to 2026-12-31 count: moved_in and pushed are those whose"
        + " close date came into these days or left them.")
  }

  @Test("A deal is created for the pipeline at the first stage that counts, and pushed below it")
  func bookingStages() throws {
    var o = organisation()
    o.settings.bookingsFrom = "Proposal"
    o.deal("Up", .open, amount: 10, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.history("h1", of: "Up", at: "2026-01-01", "Lead", amount: 10)
    o.history("h2", of: "Up", at: "2026-11-05", "Proposal", amount: 10)
    o.history("h3", of: "Up", at: "2026-11-16", "Lead", amount: 10)
    o.deal("Down", .open, amount: 7, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.history("h4", of: "Down", at: "2026-01-01", "Proposal", amount: 7)
    o.history("h5", of: "Down", at: "2026-11-05", "Lead", amount: 7)
    o.history("h6", of: "Down", at: "2026-11-16", "open", amount: 7)
    #expect(
      try o.engine().steps() == [
        "T1 opening 1 7.00", "T1 created 1 10.00", "T1 pushed 1 7.00", "T1 closing 1 10.00",
      ])
  }

  @Test("Only classes that are bookings count, of deleted deals too")
  func bookingClasses() throws {
    var o = organisation()
    o.settings.classes = [.init(name: "new", condition: ExpressionText("Type = 'New'"))]
    o.settings.bookings = ["new"]
    o.deal(
      "N", .open, amount: 10, close: "2027-01-01", territory: "T1", created: "2026-01-01",
      type: "New")
    o.deal(
      "R", .open, amount: 20, close: "2027-01-01", territory: "T1", created: "2026-01-01",
      type: "Renewal")
    o.deletedDeal("X", amount: 40, territory: "T1", created: "2026-01-01", deleted: "2026-11-14")
    #expect(try o.engine().steps() == ["T1 opening 1 10.00", "T1 closing 1 10.00"])
  }

  @Test("Where another field values deals its earlier values are those of its own history")
  func valueField() throws {
    var o = organisation()
    o.settings.valueField = "ACV__c"
    o.add(
      .opportunity, "D",
      [
        "StageName": .text("open"), "IsClosed": .flag(false), "IsWon": .flag(false),
        "CloseDate": .day("2027-01-01"), "CreatedDate": .day("2026-01-01"),
        "Territory2Id": .id("T1"), "Amount": .number(9_990_000), "ACV__c": .number(500_000),
      ])
    o.history("h1", of: "D", at: "2026-01-01", amount: 999)
    o.history("h2", of: "D", at: "2026-11-18", amount: 999)
    o.change("f1", of: "D", "ACV__c", from: "70.25", to: "60", at: "2026-11-02")
    o.change("f2", of: "D", "ACV__c", from: "60", to: "50", at: "2026-11-18")
    let engine = try o.engine()
    #expect(
      try engine.steps() == ["T1 opening 1 70.25", "T1 decreased 1 10.25", "T1 closing 1 60.00"])
    #expect(
      try engine.notes(.pipelineMovement).contains(
        "OpportunityHistory does not hold ACV__c, which values deals: its earlier values are those"
          + " of OpportunityFieldHistory, as far as it tracks the field."))
  }

  @Test("Amounts convert at the deal's one rate, so that no movement is a rate's; none excludes it")
  func currencies() throws {
    var o = organisation()
    o.add(.currencyType, "USD", ["IsoCode": .text("USD"), "IsCorporate": .flag(true)])
    o.add(
      .currencyType, "EUR", ["IsoCode": .text("EUR"), "ConversionRate": .number(500_000_000)])
    o.deal(
      "E", .open, amount: 12, close: "2027-01-01", territory: "T1", created: "2026-01-01",
      currency: "EUR")
    o.history("h1", of: "E", at: "2026-01-01", amount: 10)
    o.history("h2", of: "E", at: "2026-11-05", amount: 12)
    o.deal(
      "G", .open, amount: 12, close: "2027-01-01", territory: "T1", created: "2026-01-01",
      currency: "GBP")
    #expect(
      try o.engine().steps() == ["T1 opening 1 20.00", "T1 increased 1 4.00", "T1 closing 1 24.00"])
  }

  @Test("In a scope the rows are its territories, and of a family its own deals count")
  func scopes() throws {
    var o = organisation()
    o.account("A")
    o.account("B")
    for (deal, account, territory) in [("D", "A", "T1"), ("E", "B", "T2")] {
      o.deal(
        deal, .open, amount: 5, close: "2027-01-01", account: account, territory: territory,
        created: "2026-01-01")
    }
    o.deletedDeal(
      "X", amount: 3, territory: "T2", created: "2026-01-01", deleted: "2026-11-02", account: "A")
    let engine = try o.engine()
    #expect(
      try engine.steps(.territory(1)) == [
        "T2 opening 2 8.00", "T2 deleted 1 3.00", "T2 closing 1 5.00",
      ])
    #expect(
      try engine.steps(.family(0)) == [
        "T1 opening 1 5.00", "T1 closing 1 5.00", "T2 opening 1 3.00", "T2 deleted 1 3.00",
      ])
  }

  @Test("What the history cannot see is said, and nothing else")
  func notes() throws {
    var o = organisation()
    o.account("A", in: ["T2"])
    o.deal("D", .open, amount: 5, close: "2027-01-01", account: "A")
    #expect(
      try o.engine().notes(.pipelineMovement) == [
        "From the end of 2026-10-31 to the end of 2026-11-14.",
        "The export has no OpportunityHistory: every deal counts as open until its close date, with"
          + " its present value, so nothing is increased, decreased or reopened.",
        "1 deal without a creation day: there from the beginning.",
        "The export has no OpportunityFieldHistory: every deal is in its present territory all"
          + " along, and nothing is transferred.",
        "1 deal without a territory of their own: in the one that their accounts make today, because"
          + " earlier territories of accounts are not known.",
        "The export holds no deleted deals: what was deleted is not seen.",
      ])
    o.deal("E", .open, amount: 5, close: "2027-01-01", territory: "T1", created: "2026-01-01")
    o.history("h1", of: "E", at: "2026-11-03", "open", amount: 5)
    o.change("f1", of: "E", "Owner", from: "u1", to: "u2", at: "2026-11-03")
    // Neither is in the pipeline of these days, so nothing is said of them.
    o.deal("Later", .open, amount: 5, close: "2027-01-01", territory: "T1", created: "2026-11-19")
    o.deal("Over", .won, amount: 5, close: "2026-01-01", territory: "T1", created: "2025-11-19")
    #expect(
      try o.engine().notes(.pipelineMovement) == [
        "From the end of 2026-10-31 to the end of 2026-11-14.",
        "1 deal without a row in OpportunityHistory: open until the close date, with the present"
          + " value.",
        "1 deal whose first row in OpportunityHistory is later than 2026-10-31: until then as that"
          + " row says.",
        "1 deal without a creation day: there from the beginning.",
        "OpportunityFieldHistory holds no change of Territory2Id: every deal is in its present"
          + " territory all along, and nothing is transferred.",
        "1 deal without a territory of their own: in the one that their accounts make today, because"
          + " earlier territories of accounts are not known.",
        "The export holds no deleted deals: what was deleted is not seen.",
      ])
  }

  @Test("Without territories there are no rows; without days it is the last week that was over")
  func usual() throws {
    var o = Organisation()
    o.deal("D", .open, amount: 5, close: "2027-01-01")
    #expect(try o.engine().csv(.pipelineMovement) == "territory_id,step,deals,amount\n")
    #expect(
      try o.engine().notes(.pipelineMovement) == [
        "The export has no territory model, so there are no rows."
      ])
    o = organisation()
    func days(_ asOf: String, _ firstWeekday: Int) throws -> String? {
      o.asOf = Organisation.day(asOf)
      o.settings.movement = MovementRequest(firstWeekday: firstWeekday)
      return try o.engine().notes(.pipelineMovement).first
    }
    // 2026-11-20 is a Friday.
    #expect(
      try days("2026-11-20", 1) == "From the end of 2026-11-08 to the end of 2026-11-15.")
    #expect(
      try days("2026-11-16", 1) == "From the end of 2026-11-08 to the end of 2026-11-15.")
    #expect(
      try days("2026-11-15", 1) == "From the end of 2026-11-01 to the end of 2026-11-08.")
    #expect(
      try days("2026-11-20", 7) == "From the end of 2026-11-07 to the end of 2026-11-14.")
  }

  @Test("Days that do not follow each other, or that the export does not reach, are refused")
  func refused() throws {
    func error(_ from: String, _ to: String) throws -> String? {
      var o = organisation()
      o.move(from, to)
      let engine = try o.engine()
      return #expect(throws: FindingsError.self) { try engine.csv(.pipelineMovement) }?
        .findings.first?.description
    }
    #expect(
      try error("2026-11-02", "2026-11-01")
        == "error: the movement of the pipeline is asked for from 2026-11-02 to 2026-11-01, which is"
        + " earlier; no table was made; give the earlier day as --from.")
    #expect(
      try error("2026-11-02", "2026-11-21")
        == "error: the movement of the pipeline is asked for up to 2026-11-21, after the as-of day"
        + " 2026-11-20; no table was made; give a day up to 2026-11-20 as --to, or a newer export.")
  }

  @Test("The histories are asked for by this table alone, with what it reads of them")
  func required() throws {
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    required.add([.territories, .winRates])
    #expect(required.fields[.opportunityHistory] == nil)
    #expect(required.fields[.deletedOpportunity] == nil)
    required.add([.pipelineMovement])
    #expect(
      required.fields[.opportunityHistory] == [
        "Id", "OpportunityId", "DeletedOpportunityId", "StageName", "Amount", "CreatedDate",
      ])
    #expect(
      required.fields[.opportunityFieldHistory] == [
        "Id", "OpportunityId", "DeletedOpportunityId", "Field", "OldValue", "NewValue",
        "CreatedDate",
      ])
    #expect(required.fields[.deletedOpportunity]?.contains("SystemModstamp") == true)
  }
}
