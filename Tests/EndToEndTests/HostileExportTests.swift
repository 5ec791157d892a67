import Foundation
import TestKit
import Testing

@Suite("Names that try to be more than text")
struct HostileExportTests {
  private static let attacks = [
    "<script>window.fired=1;console.error('fired')</script>",
    "</script><script>console.error('fired')</script>",
    "\"><img src=x onerror=\"console.error('fired')\">",
    "' onmouseover='console.error(1)' x='", "{{mustache}} {{{raw}}} {{#section}}",
    "{won} {edition}", "\u{202E}evil\u{202C}", "]]><!-- --><!DOCTYPE x>", "&amp;&lt;&#60;",
    "=1+1", "line\nbreak\r\nand\ttab", "bell\u{07} and escape\u{1B}[31m",
    String(repeating: "W", count: 10_000),
    String(repeating: "wide ", count: 2000),
  ]

  @Test(
    "An export full of naughty strings goes through, and no page runs any of them",
    .needs(.chromium, .python, .xmllint), .needsRealData("blns"))
  func naughty() async throws {
    let file = try RealData.require("blns").appending(path: "blns.json")
    let list = try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
    #expect(list.count > 500)
    let names = Self.attacks + list
    try await withTemporaryFolder { folder in
      try folder.write(files: project(names))
      try await Program.run("run", "--quiet", in: folder)
      let output = Program.output(folder)
      let files = output.filesBelow()
      try await expectValid(files.filter { $0.hasSuffix(".xml") }, in: output)

      // Mails have a test of their own.
      let pages = files.filter { $0.hasSuffix(".html") && !$0.contains(".mail/") }
      // Index, findings, all names, the company's week and one for each of three territories.
      #expect(pages.count == 7)
      for page in pages {
        let html = try output.text(page)
        #expect(!html.contains("<script>window.fired"), "\(page)")
        #expect(!html.contains("<img src=x"), "\(page)")
        let problems = try await PageCheck.problems(
          of: output.appending(path: page), in: PageCheck.View(width: 1280))
        // How far stacked marks and endless words reach is no fault of the page.
        #expect(
          problems.filter { $0.hasPrefix("Console error") || $0.hasPrefix("The picture") } == [],
          "\(page)")
      }

      let all = try #require(pages.first { $0.hasPrefix("names/") })
      let shown = try output.text(all)
      #expect(shown.contains("&lt;script&gt;window.fired=1;console.error(&#39;fired&#39;)"))
      #expect(shown.contains("{{mustache}} {{{raw}}} {{#section}}"))
      #expect(shown.contains("<bdi>\u{202E}evil\u{202C}</bdi>"))
      #expect(shown.contains(String(repeating: "W", count: 10_000)))
    }
  }

  @Test("The tables keep every name as the export has it")
  func tables() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: project(Self.attacks))
      let rows = try CSVReader.records(await Program.tables(folder)["families"] ?? "")
      #expect(rows.map { $0["root"] ?? "" }.contains(Self.attacks[0]))
    }
  }

  /// A project whose accounts, deals, users, territories and organisation bear these names.
  private func project(_ names: [String]) -> [String: String] {
    let user = (0..<3).map { id("005", $0) }
    let territory = (0..<3).map { id("0MI", $0) }
    var accounts: [[String]] = []
    var deals: [[String]] = []
    var associations: [[String]] = []
    for (number, name) in names.enumerated() {
      let account = id("001", number)
      // Families of eight, so that a tree shows some of them; the last accounts are in no territory.
      let parent = number % 8 == 0 ? "" : id("001", number / 8 * 8)
      accounts.append([account, name, parent, user[number % 3], "\(number)", name])
      let isWon = number % 2 == 0
      deals.append([
        id("006", number), name, account, isWon ? "Closed Won" : "Negotiation", "\(number + 1).00",
        isWon ? "2026-11-18" : "2026-12-01", "\(isWon)", "\(isWon)", user[number % 3],
      ])
      if number % 5 > 0 {
        associations.append([id("0MQ", number), account, territory[number % 2 + 1]])
      }
    }
    let files: [String: [[String]]] = [
      "Organization": [["Id", "Name"], [id("00D", 0), names[2]]],
      "User": [["Id", "Name"]] + user.indices.map { [user[$0], names[$0]] },
      "Territory2Model": [["Id", "Name", "State"], [id("0MA", 0), "Now", "Active"]],
      "Territory2": [["Id", "Name", "DeveloperName", "ParentTerritory2Id", "Territory2ModelId"]]
        + territory.indices.map {
          [territory[$0], names[$0], "T\($0)", $0 == 0 ? "" : territory[0], id("0MA", 0)]
        },
      "UserTerritory2Association": [["Id", "UserId", "Territory2Id"]]
        + user.indices.map { [id("0MU", $0), user[$0], territory[$0]] },
      "ObjectTerritory2Association": [["Id", "ObjectId", "Territory2Id"]] + associations,
      "Account": [["Id", "Name", "ParentId", "OwnerId", "AnnualRevenue", "Industry"]] + accounts,
      "Opportunity": [
        [
          "Id", "Name", "AccountId", "StageName", "Amount", "CloseDate", "IsClosed", "IsWon",
          "OwnerId",
        ]
      ] + deals,
    ]
    var texts = Dictionary(
      uniqueKeysWithValues: files.map { ("export/\($0.key).csv", csv($0.value)) })
    texts["cadastre.yaml"] = """
      export: export
      as_of: \(Program.asOf)
      reports:
        - {report: weekly-territory, editions: territory}
        - {report: names, editions: company}

      """
    texts["reports/names.yaml"] = """
      report: names
      title: All names
      editions: [company]
      sections:
        - kind: headline
          figures: {won: {metric: won_amount, period: always}}
          parts: ["{edition} has won {won}."]
        - kind: table
          title: Accounts
          list: accounts
          columns: {Account: Name, Owner: owner}
          order: Name
          limit: 10000
        - kind: table
          title: Deals
          list: opportunities
          columns: {Deal: Name, Account: Account.Name, Owner: owner, Value: Value}
          order: Value descending
          limit: 10000
        - kind: table
          title: Industries
          metrics: [won_amount, open_amount]
          by: industry

      """
    return texts
  }

  private func id(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private func csv(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }.joined()
  }
}
