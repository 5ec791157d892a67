import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Recognition of an export")
struct RecognitionTests {
  private func recognise(_ files: [String: String]) throws -> Recognition {
    try withTemporaryFolder { folder in
      try folder.write(files: files)
      return try Recognition(
        of: try ExportFiles(at: [folder.path]).sampled().files, presets: try Presets.all(),
        synonyms: try Presets.synonyms())
    }
  }

  private let orchard = [
    "customers.csv": """
    customer,parent_company,branch,staff,country,sales_rep
    Acme,,chemicals,120,Germany,Ann
    Acme Nord,Acme,chemicals,30,Denmark,Bo

    """,
    "chances.csv": """
    no,customer,sales_rep,state,opened,decided,worth
    1,Acme,Ann,won,01/02/2026,15/03/2026,12.5
    2,Acme Nord,Bo,talking,03/04/2026,30/06/2026,7
    3,Acme Nord,Bo,lost,03/04/2026,13/06/2026,4

    """,
    "reps.csv": "sales_rep,boss,region\nAnn,,South\nBo,Ann,North\n",
    "notes.csv": "topic,text\na,b\n",
  ]

  @Test("A CRM that nobody has heard of gets a mapping from its columns' names and values")
  func unknown() throws {
    let recognised = try recognise(orchard)
    #expect(recognised.preset == nil)
    #expect(recognised.forms == CellForms(dates: .dayMonthYear))
    #expect(recognised.unread == ["notes.csv"])
    #expect(
      recognised.mappingText == """
        # A mapping for Cadastre, made by `cadastre init`: which files hold which records, which column
        # is which field. docs/mapping.md explains every key.
        # Proposed from the names and values of the columns; what is marked unsure is worth a look.
        name: proposed
        keys: text
        stages: {talking: open, won: won, lost: lost}   \
        # unsure: no word says what the open ones mean, so their deals are open
        entities:
          User:
            files: [reps]
            fields:
              Id: sales_rep
              Name: sales_rep
              ManagerId: boss
          Territory2:   # unsure: each region of reps.csv is taken for a territory
            files: [reps]
            distinct: true   # repetitions are expected
            fields:
              Id: region
              Name: region
              DeveloperName: region
          Account:
            files: [customers]
            fields:
              Id: customer
              Name: customer
              ParentId: parent_company
              OwnerId: sales_rep
              Industry: branch
              BillingCountry: country
              NumberOfEmployees: staff
          Opportunity:
            files: [chances]
            fields:
              Id: "no"
              AccountId: customer
              OwnerId: sales_rep
              Territory2Id: {column: sales_rep, lookup: {file: reps, match: sales_rep, take: region}}   \
        # unsure: a deal belongs to the region of its owner
              StageName: state
              Amount: worth
              CloseDate: decided
              CreatedDate: opened
          UserTerritory2Association:
            files: [reps]
            fields:
              UserId: sales_rep
              Territory2Id: region

        """)
    #expect(
      recognised.doubts == [
        "Opportunity.Territory2Id: a deal belongs to the region of its owner",
        "Territory2: each region of reps.csv is taken for a territory",
        "stages: talking are read as open",
      ])
  }

  @Test("The mapping that is written reads the files that it was made from")
  func proposedLoads() throws {
    let recognised = try recognise(orchard)
    let mapping = try Mapping(text: try #require(recognised.mappingText), file: "mapping.yaml")
    let records = try withTemporaryFolder { folder in
      try folder.write(files: orchard)
      return try ExportLoader.load(
        LoadRequest(
          paths: [folder.path], mapping: mapping,
          fields: [.opportunity: ["Territory2Id", "Amount"]], forms: recognised.forms)
      ).records
    }
    let deals = records[.opportunity]
    #expect(deals.flags("IsWon") == [1, 0, 0])
    #expect(deals.flags("IsClosed") == [1, 0, 1])
    #expect(deals.dates("CloseDate") == ["2026-03-15", "2026-06-30", "2026-06-13"])
    #expect(deals.references("Territory2Id") == [0, 1, 1])
    #expect(records[.account].references("ParentId") == [Reference.null, 0])
  }

  @Test("Deals that name their account get it looked up by its name")
  func byName() throws {
    let recognised = try recognise([
      "companies.csv": "id,name,industry\nC1,Acme,retail\nC2,Beta,retail\n",
      "deals.csv": """
      id,company,status,value,closed_at
      1,Acme,won,5,2026-01-02
      2,Beta,lost,6,2026-01-03

      """,
    ])
    let account = recognised.mapping.sources[.opportunity]?[0].fields?["AccountId"]
    #expect(account?[0].columns == ["company"])
    #expect(
      account?[0].lookup == Mapping.Lookup(file: "companies", match: ["name"], take: ["id"]))
  }

  @Test("A file of deals alone names its accounts and owners itself")
  func dealsAlone() throws {
    let files = [
      "export.csv": """
      Deal Name,Customer,Seller,Stage,Deal Value,Close Date
      One,Acme,Ann,Closed Won,5,2026-01-02
      Two,Acme,Bo,Closed Lost,6,2026-01-03

      """
    ]
    let recognised = try recognise(files)
    #expect(
      recognised.doubts.contains("Account: no file lists them: each Customer of export.csv is one"))
    let export = try Exports.load(files, mapping: recognised.mapping)
    #expect(export.records[.account].ids == ["Acme"])
    #expect(export.records[.user].ids == ["Ann", "Bo"])
    #expect(export.records[.opportunity].ids == ["One", "Two"])
  }

  @Test(
    "Columns of Salesforce under other names of files get Salesforce's mapping with these names")
  func renamed() throws {
    let files = [
      "my accounts.csv": """
      Id,Name,ParentId,OwnerId,Industry,CreatedDate
      \(ID.account(1)),Acme,,\(ID.user(1)),Retail,2026-01-01T00:00:00.000Z

      """,
      "q4.csv": """
      Id,Name,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon
      \(ID.deal(1)),Big,\(ID.account(1)),Closed Won,5,2026-02-01,1,1

      """,
    ]
    let recognised = try recognise(files)
    #expect(recognised.preset == nil)
    let mapping = try Mapping(text: try #require(recognised.mappingText), file: "mapping.yaml")
    #expect(mapping.keys == .salesforce)
    #expect(mapping.sources[.account]?.map(\.files) == [["my accounts"]])
    let export = try Exports.load(files, mapping: mapping, fields: [.account: ["Industry"]])
    #expect(export.records[.account].words("Industry") == ["Retail"])
    #expect(export.records[.opportunity].references("AccountId") == [0])
  }

  @Test("A file that is named like Salesforce's and has no Ids of it is none of Salesforce")
  func noIds() throws {
    let recognised = try recognise([
      "Account.csv": "Id,Name,Type,Industry,Website,Phone\n1,Acme,Customer,Retail,a.example,1\n"
    ])
    #expect(recognised.preset == nil)
    #expect(recognised.mapping.keys == .text)
  }

  @Test("An export of neither accounts nor deals is refused, with what to do")
  func nothing() throws {
    do {
      _ = try recognise(["a.csv": "x,y\n1,2\n", "b.csv": "x\n1\n"])
      Issue.record("It was recognised.")
    } catch let error as FindingsError {
      #expect(
        error.findings.map(\.description) == [
          "error: none of the files looks like accounts or deals: a.csv, b.csv; nothing was written; "
            + "write a mapping file as docs/mapping.md shows, and give it as --mapping."
        ])
    }
  }

  @Test("Every preset is read again as it was where it is written")
  func roundTrip() throws {
    for preset in try Presets.all() {
      let text = MappingWriter(mapping: preset, title: "A test.").text
      let read = try Mapping(text: text, file: "mapping.yaml")
      #expect(MappingWriter(mapping: read, title: "A test.").text == text, "\(preset.name)")
      #expect(read.keys == preset.keys)
      for (entity, sources) in preset.sources {
        for (one, other) in zip(sources, read.sources[entity] ?? []) {
          #expect(one.files == other.files)
          #expect(one.fields == other.fields, "\(preset.name) \(entity)")
        }
      }
    }
  }
}

@Suite("What cells look like")
struct ColumnLookTests {
  @Test("Dates tell the order of their numbers where one is above 12")
  func dates() {
    func evidence(_ cells: String...) -> DateEvidence { ColumnLook(cells).dates }
    #expect(evidence("10/20/2016", "3/1/2017").order == .monthDayYear)
    #expect(evidence("20.10.2016", "1.3.2017").order == .dayMonthYear)
    #expect(evidence("02/23/26 08:55 PM").order == .monthDayYear)
    #expect(evidence("2016/10/20").order == .yearMonthDay)
    #expect(evidence("3/1/2017").order == .monthDayYear)
    #expect(evidence("3/1/2017").doubt == "no date of the first rows tells day and month apart")
    #expect(
      evidence("20/10/2016", "10/20/2016").doubt
        == "some dates have the day first, others the month")
    #expect(evidence("2016-10-20").order == nil)
    #expect(evidence("1.2.3", "a/b/c").order == nil)
  }

  @Test("Numbers tell what groups them where they can be read in one way only")
  func numbers() {
    func form(_ cells: String...) -> Set<CellForms.NumberForm> { ColumnLook(cells).numbers }
    #expect(form("1,234.50") == [.commaPoint])
    #expect(form("1.234,50", "7") == [.pointComma])
    #expect(form("1 234,5") == [.spaceComma])
    #expect(form("1'234.50") == [.apostrophePoint])
    #expect(form("1234.5") == [])
    // One thousand two hundred thirty-four, or one and a bit: no evidence.
    #expect(form("1,234") == [])
    #expect(form("12,34") == [.pointComma])
  }

  @Test(
    "Looks are told apart",
    arguments: [
      (["", ""], ColumnLook.Kind.empty), (["TRUE", "FALSE"], .flag), (["0", "1"], .flag),
      (["10", "2.5"], .number), (["2026-01-01 10:00:00"], .isoDate), (["1/2/2026"], .otherDate),
      (["a@b.example"], .email), (["001x0000002xLCVAA2"], .salesforceID), (["Won", "Lost"], .text),
    ])
  func kinds(_ cells: [String], _ kind: ColumnLook.Kind) {
    #expect(ColumnLook(cells).kind == kind)
  }

  @Test("Words of a stage say how its deals ended")
  func outcomes() throws {
    let synonyms = try Presets.synonyms()
    #expect(synonyms.outcome(of: "Closed Won") == .won)
    #expect(synonyms.outcome(of: "07 - WON") == .won)
    #expect(synonyms.outcome(of: "closedlost") == .lost)
    #expect(synonyms.outcome(of: "Lost (competitor won)") == .lost)
    #expect(synonyms.outcome(of: "Wonder") == nil)
    #expect(synonyms.outcome(of: "Proposal") == nil)
  }
}
