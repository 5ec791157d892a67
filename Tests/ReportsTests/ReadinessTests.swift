import Metrics
import Records
import Testing

@testable import Reports

@Suite("What the sections of a report will be")
struct ReadinessTests {
  private func sections(
    _ records: RecordSet, mapping: String? = nil
  ) throws -> [String: SectionReadiness] {
    let model = Assignment(of: records).model
    let readiness = try Company.readiness(of: records, mapping: mapping)
    let sections = readiness.sections(
      of: try Demo.definition(),
      editions: EditionScope.shapes(of: [.company, .territory], company: "Acme", model: model),
      in: Demo.context())
    return Dictionary(uniqueKeysWithValues: sections.map { ($0.title, $0) })
  }

  private func table(_ table: StandardTable, _ records: RecordSet) throws -> SectionReadiness {
    try Company.readiness(of: records).table(table)
  }

  private func said(_ readiness: SectionReadiness?) -> [String] {
    readiness.map { [$0.level.rawValue, $0.because, $0.remedy] } ?? []
  }

  @Test("Where nothing is missing every section is ready and says nothing")
  func ready() throws {
    // Of the holders of quotas, which the company's records leave out, only a leaf territory's
    // chart makes use.
    for (title, section) in try sections(Company.records) where title != "Won against quota" {
      #expect(said(section) == ["ready", "", ""], "\(title)")
    }
    #expect(said(try table(.unassignedAccounts, Company.records)) == ["ready", "", ""])
  }

  @Test("Without quotas the sections that show one are degraded, and say what is lost")
  func quotas() throws {
    let sections = try sections(Company.records(without: [.quota]))
    let remedy = "export ForecastingQuota, or name a file of them under quotas in cadastre.yaml"
    #expect(
      said(sections["Where we stand"]) == [
        "degraded",
        "the export holds no ForecastingQuota, so it is without Quota attainment this year and "
          + "Coverage of this quarter", remedy,
      ])
    #expect(
      said(sections["Headline"]) == [
        "degraded", "the export holds no ForecastingQuota, so it is without Attainment and Quota",
        remedy,
      ])
    #expect(said(sections["Won by month"]) == ["ready", "", ""])
  }

  @Test("Without users owners are shown by their Ids, also where others make users of them")
  func users() throws {
    var records = Company.records(without: [.user])
    let names = [
      "degraded", "the export holds no User, so owners are shown by their Ids", "export User",
    ]
    #expect(said(try sections(records)["Team"]) == names)
    records.tables[.user] = Table(entity: .user, count: 2, keys: Company.records[.user].keys)
    #expect(said(try sections(records)["Team"]) == names)
    let emails = Texts(bytes: Array("ab".utf8), ends: [1, 2])
    records.tables[.user]?.columns["Email"] = .texts(emails)
    #expect(
      said(try sections(records)["Team"]) == [
        "degraded", "the export’s User has no Name, so owners are shown by their Ids",
        "export User with Name",
      ])
  }

  @Test("Without territories there are no editions by territory, and the reason is said once")
  func territories() throws {
    let records = Company.records(without: [.territory, .accountTerritory, .userTerritory])
    let tick =
      "tick Territory2, Territory2Model, ObjectTerritory2Association and UserTerritory2Association "
      + "in the Data Export; it needs the Manage Territories permission"
    let absent = ["absent", "the export holds no Territory2", tick]
    #expect(said(try sections(records)["Accounts in no territory"]) == absent)
    #expect(said(try table(.territories, records)) == absent)
    let readiness = try Company.readiness(of: records)
    #expect(said(readiness.territoryEditions(of: "weekly-territory")) == absent)
    #expect(try Company.readiness(of: Company.records).territoryEditions(of: "x") == nil)
    // A deal's territory could be its own or its account's; both need an active model.
    #expect(
      try table(.winRates, records).because.hasPrefix(
        "the export holds no Territory2 and the export’s Opportunity has no Territory2Id, so it is "
          + "without figures by territory") == false)
  }

  @Test("Territories of which no model is known to be active are not there")
  func inactiveModel() throws {
    var records = Company.records
    records.tables[.territoryModel] = Table(
      entity: .territoryModel, count: 1, keys: .text(Texts(bytes: [0x6D], ends: [1])),
      columns: ["State": .categories(Categories(codes: [0], values: ["Planning"]))])
    #expect(
      said(try table(.territories, records)) == [
        "absent", "no territory model of the export is known to be active",
        "tick Territory2Model in the Data Export, with its State; it needs the Manage Territories "
          + "permission",
      ])
  }

  @Test("A column that is not there and one that is empty are told apart")
  func columns() throws {
    var records = Company.records(without: [], fields: [(.opportunity, "Amount")])
    #expect(
      said(try sections(records)["Won by month"]) == [
        "absent", "the export’s Opportunity has no Amount",
        "export Opportunity with Amount, or name the field that values a deal as deals: value in "
          + "cadastre.yaml",
      ])
    let count = records[.opportunity].count
    records.tables[.opportunity]?.columns["Amount"] = .decimals(
      [Int64](repeating: Exact.null, count: count))
    #expect(
      said(try sections(records)["Won by month"]) == [
        "absent", "Amount is empty in every Opportunity",
        "fill Amount in the CRM, or name the field that values a deal as deals: value in "
          + "cadastre.yaml",
      ])
  }

  @Test("Of another CRM the mapping file is what a person changes")
  func mapping() throws {
    let sections = try sections(
      Company.records(without: [.quota], fields: [(.account, "ParentId")]), mapping: "mapping.yaml")
    #expect(
      sections["Headline"]?.remedy
        == "map a file to ForecastingQuota in mapping.yaml, or name a file of them under quotas in cadastre.yaml"
    )
    #expect(
      said(sections["The largest family"]) == [
        "absent", "the export’s Account has no ParentId",
        "map a column to Account.ParentId in mapping.yaml",
      ])
  }

  @Test("A table names three of the figures it is without, and counts the others")
  func manyFigures() throws {
    let owners = try table(.owners, Company.records(without: [.opportunity, .quota]))
    #expect(
      owners.because.hasPrefix(
        "the export holds no Opportunity, so it is without Deals, Accounts sold to, Open amount and "
      ))
    #expect(owners.level == .degraded)
  }
}

@Suite("Reports of exports that lack something")
struct AbsentSectionTests {
  @Test("An export of accounts alone gives a report that says why all else is missing")
  func accountsAlone() throws {
    let records = Company.records(
      without: [
        .opportunity, .quota, .territory, .accountTerritory, .userTerritory,
      ])
    let document = try #require(try Company.documents(of: records).first)
    #expect(
      document.headline.plain
        == "Acme: no figure for a headline, because the export holds no Opportunity or "
        + "ForecastingQuota.")
    #expect(document.sections.map(\.title) == ["Team"])
    let team = try #require(document.table("team"))
    #expect(team.columns.map(\.title) == ["Current owner", "Accounts"])
    #expect(
      team.rows.map { $0.cells.map(\.value.text) } == [["Ada Lovell", "3"], ["Ben Ito", "1"]])
    #expect(
      document.absent.map(\.title) == [
        "Where we stand", "Won against quota", "Won by month", "Open pipeline by stage",
        "Biggest open deals due this quarter", "Won and lost this week", "Accounts in no territory",
        "The largest family",
      ])
    #expect(document.absent.first?.because == "the export holds no Opportunity")
    #expect(document.definitions.map(\.id) == ["accounts"])
    let templates = try Templates()
    let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
    #expect(
      html.contains(
        "<li><strong>Where we stand, Won against quota, Won by month, Open pipeline by stage, "
          + "Biggest open deals due this quarter, Won and lost this week and The largest family:"
          + "</strong> The export holds no Opportunity. "
          + "<span class=\"remedy\">To have it: export Opportunity.</span></li>"))
    let xml = String(
      decoding: try XMLWriter(templates: templates).bytes(of: document), as: UTF8.self)
    #expect(
      xml.contains(
        """
          <absent section="accounts-in-no-territory">
            <title>Accounts in no territory</title>
            <because>the export holds no Territory2</because>
        """))
    Demo.look("accounts.html", html)
  }

  @Test("Figures and columns that cannot be made are named with the reason, and not shown as zero")
  func parts() throws {
    let records = Company.records(
      without: [.quota], fields: [(.opportunity, "Probability"), (.account, "OwnerId")])
    let document = try #require(try Company.documents(of: records).first)
    let section = try #require(document.sections.first { $0.id == "key-figures" })
    guard case .paragraph(let sentences) = section.blocks.last else {
      Issue.record("the key figures say nothing of what is missing")
      return
    }
    #expect(
      sentences.plain.hasPrefix(
        "Without Quota attainment this year and Coverage of this quarter: the export holds no "
          + "ForecastingQuota. Without Weighted pipeline: the export’s Opportunity has no "
          + "Probability."))
    let team = try #require(document.sections.first { $0.id == "team" })
    #expect(
      team.blocks.last
        == .paragraph("Without Accounts: the export’s Account has no OwnerId."))
    #expect(document.table("team")?.columns.map(\.key).contains("accounts") == false)
    #expect(
      document.headline.plain.hasSuffix(
        "on the same days a year earlier. Open: $98.0\u{A0}k in 4 deals."))
  }

  @Test("A headline whose first part is not known begins with the next one")
  func headline() throws {
    let document = try #require(
      try Company.documents(of: Company.records(without: [], fields: [(.opportunity, "Amount")]))
        .first)
    #expect(
      document.headline.plain
        == "Acme: no figure for a headline, because the export’s Opportunity has no Amount.")
    let prose: ReportDocument.Prose = ". Open: nothing."
    #expect(prose.startingSentence.plain == "Open: nothing.")
  }
}
