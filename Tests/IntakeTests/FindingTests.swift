import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Findings of rows and cells")
struct FindingTests {
  private let header = "Id,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,SystemModstamp\n"

  private func deal(
    _ number: Int, account: String = ID.account(1), stage: String = "Talks",
    amount: String = "100", close: String = "2026-12-01", flags: String = "0,0"
  ) -> String {
    "\(ID.deal(number)),\(account),\(stage),\(amount),\(close),\(flags),2026-11-20 10:00:00\n"
  }

  /// Reads an export and holds that each file's rows add up, to the rows of its table.
  private func load(
    _ files: [String: String], fields: [Entity: Set<String>] = [:], asOf: Day? = nil
  ) throws -> Export {
    let export = try Exports.load(Exports.files(files), fields: fields, asOf: asOf)
    for entity in Entity.allCases where export.files.contains(where: { $0.entity == entity }) {
      let counts = export.files.filter { $0.entity == entity }.map(\.counts)
      #expect(counts.reduce(0) { $0 + $1.used } == export.records[entity].count, "\(entity)")
      for count in counts {
        #expect(count.read == count.used + count.setAside + count.deleted, "\(entity)")
      }
    }
    return export
  }

  @Test("A clean export has no finding")
  func clean() throws {
    let export = try load([:])
    #expect(export.said == [])
    #expect(
      export.counted == ["Account.csv: 1 = 1 + 0 + 0", "Opportunity.csv: 1 = 1 + 0 + 0"])
    #expect(export.records.asOf.description == "2026-11-20")
  }

  @Test("A row with too few or too many cells is set aside, and blank lines are no rows")
  func cellCount() throws {
    let text =
      "Id,Name\n\(ID.account(1)),Acme\n\(ID.account(2))\n\n\(ID.account(3)),a,b\n\r\n"
      + "\(ID.account(4)),\"two\nlines\"\n\(ID.account(5))\n"
    let export = try load(["Account.csv": text])
    #expect(
      export.said == [
        "3 × Account.csv:3:1: warning: the row has 1 cell where the header has 2; "
          + "the row was set aside; mend the row or export it again."
      ])
    #expect(
      export.places(of: "row-cell-count") == [
        "Account.csv:3:1", "Account.csv:5:1", "Account.csv:9:1",
      ])
    #expect(export.counted[0] == "Account.csv: 5 = 2 + 3 + 0")
    #expect(export.records[.account].ids == [ID.account(1), ID.account(4)])
  }

  @Test("A deal whose amount or close date cannot be read is set aside, with the cell's place")
  func unreadableEssential() throws {
    let text =
      header + deal(1) + deal(2, amount: "12x") + deal(3, close: "soon")
      + deal(4, amount: "\"1,234,50\"") + deal(5, amount: "", close: "")
    let export = try load(["Opportunity.csv": text])
    #expect(
      export.said == [
        "2 × Opportunity.csv:3:45: warning: Opportunity.Amount is no number; "
          + "the row was set aside; mend the cell.",
        "1 × Opportunity.csv:4:49: warning: Opportunity.CloseDate is no date; "
          + "the row was set aside; mend the cell.",
      ])
    // The place is the cell's first character, behind its quote.
    #expect(
      export.places(of: "cell-unreadable-Opportunity-Amount") == [
        "Opportunity.csv:3:45", "Opportunity.csv:5:46",
      ])
    #expect(export.counted[1] == "Opportunity.csv: 5 = 2 + 3 + 0")
    #expect(export.records[.opportunity].ids == [ID.deal(1), ID.deal(5)])
  }

  @Test("A row without an Id, or with one that is none, is set aside")
  func unreadableId() throws {
    let text = "Id,Name\n\(ID.account(1)),Acme\n,No Id\n12345,Number\n"
    let export = try load(["Account.csv": text])
    #expect(
      export.said == [
        "2 × Account.csv:3:1: warning: Account.Id is no Id; the row was set aside; mend the cell."
      ])
    #expect(export.counted[0] == "Account.csv: 3 = 1 + 2 + 0")
  }

  @Test("A cell that decides nothing is read as empty where it cannot be read")
  func unreadableOther() throws {
    let text = header + deal(1, account: "Acme", stage: "Closed Won", flags: "perhaps,")
    let export = try load(["Opportunity.csv": text])
    #expect(
      export.said == [
        "1 × Opportunity.csv:2:20: warning: Opportunity.AccountId is no Id; "
          + "the cell was read as empty; mend the cell.",
        "1 × Opportunity.csv:2:51: warning: Opportunity.IsClosed is neither yes nor no; "
          + "the cell was read as empty; mend the cell.",
      ])
    let deals = export.records[.opportunity]
    #expect(deals.references("AccountId") == [Reference.null])
    // Empty, so the stage decides.
    #expect(deals.flags("IsClosed") == [1])
    #expect(deals.flags("IsWon") == [1])
  }

  @Test("The first ten places of a finding are kept, all of them are counted")
  func manyPlaces() throws {
    let text = header + (1...25).map { deal($0, amount: "x") }.joined()
    let export = try load(["Opportunity.csv": text])
    let entry = try #require(export.findings.entries.first)
    #expect(entry.count == 25)
    #expect(entry.places.map(\.line) == Array(2...11))
  }

  @Test("Of two records with one Id the later is set aside, also where one Id is the short form")
  func duplicate() throws {
    let text =
      "Id,Name\n\(ID.account(1)),Acme\n\(ID.account(1).prefix(15)),Acme again\n"
      + "\(ID.account(2)),Other\n\(ID.account(2)),Other again\n"
    let export = try load(["Account.csv": text], fields: [.account: ["Name"]])
    #expect(
      export.said == [
        "2 × Account.csv:3: warning: an earlier Account has the same Id; the row was set aside; "
          + "remove one of the two from the export."
      ])
    #expect(export.places(of: "key-duplicate-Account") == ["Account.csv:3", "Account.csv:5"])
    #expect(export.counted[0] == "Account.csv: 4 = 2 + 2 + 0")
    #expect(export.records[.account].words("Name") == ["Acme", "Other"])
  }

  @Test("A reference to a record that the export lacks says what it means for the figures")
  func dangling() throws {
    let accounts = "Id,ParentId\n\(ID.account(1)),\(ID.account(9))\n"
    let export = try load([
      "Account.csv": accounts, "Opportunity.csv": header + deal(1, account: ID.account(8)),
    ])
    #expect(
      export.said == [
        "1 × Account.csv:2: warning: Account.ParentId names no Account of the export; "
          + "the account became the root of its family; "
          + "export the Account too, or correct the reference.",
        "1 × Opportunity.csv:2: warning: Opportunity.AccountId names no Account of the export; "
          + "the deal stays in the totals without an account; "
          + "export the Account too, or correct the reference.",
      ])
    #expect(export.records[.opportunity].references("AccountId") == [Reference.dangling])
  }

  @Test("A stage that no list knows counts as open, and is named")
  func unknownStage() throws {
    let text = "Id,StageName,CloseDate,SystemModstamp\n\(ID.deal(1)),Talks,2026-12-01,2026-11-20\n"
    let export = try load(["Opportunity.csv": text])
    #expect(
      export.said == [
        "1 × Opportunity.csv:2: warning: stage \"Talks\" is in no list of stages; "
          + "its deals count as open; "
          + "export OpportunityStage or list the stage under \"stages\" in the mapping file."
      ])
    #expect(export.records[.opportunity].flags("IsClosed") == [0])
  }

  @Test(
    "Where nothing says when records changed, the newest thing that has happened is the as-of date")
  func guessedAsOf() throws {
    let text = """
      Id,StageName,CloseDate,CreatedDate,IsClosed,IsWon
      \(ID.deal(1)),Closed Won,2026-10-01,2026-01-05,1,1
      \(ID.deal(2)),Talks,2027-03-31,2026-09-30,0,0

      """
    let export = try load(["Opportunity.csv": text])
    #expect(
      export.said == [
        "1 × notice: the export says nowhere when its records were last changed; "
          + "the newest date that is no close or end date of an open record, 2026-10-01, "
          + "was taken as the as-of date; state as_of in cadastre.yaml or give --as-of."
      ])
    #expect(export.records.asOf.description == "2026-10-01")
    let stated = try load(["Opportunity.csv": text], asOf: Day(iso: "2026-11-20"))
    #expect(stated.said == [])
    #expect(stated.records.asOf.description == "2026-11-20")
  }

  @Test("The as-of date is the newest change in the organisation's time zone")
  func asOfInZone() throws {
    let organisation = "Id,Name,TimeZoneSidKey\n00D000000000001AAA,Acme,America/New_York\n"
    let text =
      "Id,StageName,CloseDate,IsClosed,IsWon,LastModifiedDate\n"
      + "\(ID.deal(1)),Talks,2026-12-01,0,0,2026-11-20T04:59:59.000Z\n"
    let export = try load(["Organization.csv": organisation, "Opportunity.csv": text])
    #expect(export.records.asOf.description == "2026-11-19")
    #expect(export.said == [])
  }

  @Test("Territories of which no model is active are said to be left out")
  func noActiveModel() throws {
    let models = "Id,State\n0MA000000000001GAA,Planning\n0MA000000000002GAA,Archived\n"
    let territories = """
      Id,Name,Territory2ModelId
      \(ID.territory(1)),North,0MA000000000001GAA
      \(ID.territory(2)),South,0MA000000000002GAA

      """
    let export = try load(
      ["Territory2Model.csv": models, "Territory2.csv": territories],
      fields: [.territory: ["Territory2ModelId"], .territoryModel: ["State"]])
    #expect(
      export.said == [
        "1 × warning: no territory model is in state Active; "
          + "figures were computed without territories; export Territory2Model with its State."
      ])
  }

  @Test(
    "A misspelling is told from a word of its own",
    arguments: [
      ("Technolgy", "Industry", "technology"), ("Retial", "Industry", "retail"),
      ("Philipines", "BillingCountry", "Philippines"), ("Germny", "BillingCountry", "Germany"),
      ("Technology", "Industry", nil), ("Advertising", "Industry", nil),
      ("Business Services", "Industry", nil), ("Aerospace & Defense", "Industry", nil),
      ("Holland", "BillingCountry", nil), ("USA", "BillingCountry", nil),
      ("Philipines", "BillingCity", nil),
    ] as [(String, String, String?)])
  func misspellings(value: String, field: String, known: String?) {
    #expect(Vocabulary.correction(of: value, in: field) == known)
  }
}
