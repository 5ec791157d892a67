import Foundation
import TestKit
import Testing

@Suite("territories: models, replay and preview from the outside")
struct TerritoriesCommandTests {
  private let export = Repository.fixture("territory-rules").appending(path: "export").path

  private func run(_ arguments: String..., in folder: URL? = nil) async throws -> Finished {
    try await CadastreBinary.run(
      ["territories"] + arguments + ["--export", export], in: folder)
  }

  @Test("show lists the models of the export in every state")
  func show() async throws {
    let found = try await run("show", "--format", "csv", "--quiet")
    #expect(found.status == 0)
    #expect(
      found.output == """
        model,name,state,from,territories,types,users,rules,active_rules,accounts,manual,exclusions
        FY27,FY27,Active,export,17,2,2,17,16,10,2,1
        FY28,FY28,Planning,export,1,1,0,2,2,0,0,0

        """)
  }

  @Test("show of a model prints its territories as a tree")
  func showModel() async throws {
    let found = try await run("show", "planned")
    #expect(found.status == 0)
    #expect(found.output.contains("model-territories: a territory of model FY28"))
    #expect(
      found.errors.contains(
        "Territory2Model.csv:3: warning: no user works in any territory of model \"FY28\""))
  }

  @Test("replay sorts each difference by its kind, and writes every table")
  func replay() async throws {
    try await withTemporaryFolder { folder in
      let out = folder.appending(path: "out")
      let found = try await run("replay", "--out", out.path, in: folder)
      #expect(found.status == 0, "\(found.errors)")
      func text(_ name: String) throws -> String {
        try String(contentsOf: out.appending(path: name + ".csv"), encoding: .utf8)
      }
      #expect(
        try text("replay") == """
          kind,accounts,share,associations
          agreed,4,0.363636,22
          manual,2,0.181818,2
          excluded,1,0.090909,1
          stale,1,0.090909,2
          field not exported,1,0.090909,1
          unsupported,1,0.090909,1
          unexplained,1,0.090909,1
          in no territory,1,,0

          """)
      #expect(
        try text("next-run") == """
          change,account_id,account,territory,in_export,rule,criterion
          leaves,001000000000001AAA,Acme Boats,Strategic,yes,Strategic_rule,
          joins,001000000000004AAA,Acme Deutschland,DEland,no,DEland_rule,BillingCountry equals DE
          leaves,001000000000004AAA,Acme Deutschland,Berlin,yes,Berlin_rule,

          """)
      #expect(
        try text("replay-territories").contains("\nNewYork,NewYork,3,1,1,0,0,0,0,0.600000\n"))
      #expect(
        try text("replay-rules").contains("\nDEland_rule,DEland_rule,0,0,0,1,0,0,0,0.000000\n"))
      #expect(
        found.errors.contains(
          "replay: More than 1 % of the accounts differ without a reason: find out why before a "
            + "notice is sent that rests on rules."))
    }
  }

  @Test("preview of a territory shows the accounts of it and those below, and by what they come")
  func preview() async throws {
    try await withTemporaryFolder { folder in
      let found = try await run(
        "preview", "active", "--territory", "East", "--out", "out", "--project", folder.path)
      #expect(found.status == 0, "\(found.errors)")
      let out = folder.appending(path: "out")
      let names = try FileManager.default.contentsOfDirectory(atPath: out.path).sorted()
      #expect(
        names == ["preview-accounts.csv", "preview-several.csv", "preview-territories.csv"])
      let text = try String(contentsOf: out.appending(path: names[0]), encoding: .utf8)
      let lines = text.split(separator: "\n").dropFirst().map(String.init)
      #expect(lines.count == 6)
      #expect(
        lines.first
          == "001000000000001AAA,Acme Boats,NewYork,rule,NewYork_rule,"
          + "BillingState starts with New and BillingCountry equals US")
      #expect(lines.contains("001000000000009AAA,Manual Mills,NewYork,manual,,"))
      #expect(
        lines.contains(
          "001000000000007AAA,Berlin Burgers,East,rule,East_rule,BillingCountry equals US"))
    }
  }

  @Test("A model or territory that there is not ends with status 2 and the one probably meant")
  func unknown() async throws {
    let model = try await run("preview", "FY72", "--quiet")
    #expect(model.status == 2)
    #expect(
      model.errors
        == "error: there is no territory model \"FY72\"; nothing was computed; "
        + "did you mean \"FY27\"?\n")
    let territory = try await run("preview", "FY27", "--territory", "Eest", "--quiet")
    #expect(territory.status == 2)
    #expect(
      territory.errors
        == "error: model \"FY27\" has no territory \"Eest\"; nothing was computed; "
        + "did you mean \"East\"?\n")
  }

  @Test("An export without rules says which objects to export")
  func withoutRules() async throws {
    try await withTemporaryFolder { folder in
      for name in ["Account", "Territory2", "Territory2Model", "ObjectTerritory2Association"] {
        try FileManager.default.copyItem(
          at: URL(filePath: export).appending(path: name + ".csv"),
          to: folder.appending(path: name + ".csv"))
      }
      let found = try await CadastreBinary.run(
        ["territories", "replay", "--export", folder.path, "--quiet"])
      #expect(found.status == 2)
      #expect(
        found.errors
          == "Territory2Model.csv:2: error: model \"FY27\" has no active rules for accounts; nothing "
          + "was computed; export ObjectTerritory2AssignmentRule, "
          + "ObjectTerritory2AssignmentRuleItem and RuleTerritory2Association.\n")
    }
  }

  @Test("check names what is wrong with models and rules, with file and line")
  func check() async throws {
    let found = try await CadastreBinary.run(["check", "--export", export])
    #expect(found.output.contains("territory-rule-field"))
    #expect(found.output.contains("ObjectTerritory2AssignmentRuleItem.csv:16"))
    #expect(found.output.contains("Territory2Model.csv:3"))
  }
}
