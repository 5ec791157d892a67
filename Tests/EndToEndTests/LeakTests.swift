import Foundation
import TestKit
import Testing

/// Whether an edition names what its reader must not see, judged by DuckDB's reading of the export.
@Suite("Nothing leaks from one territory into another's report")
struct LeakTests {
  @Test(
    "No Id and no name of an account or deal outside a territory stands in its page or XML",
    .needs(.duckdb, Tool("grep")))
  func territories() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let export = folder.appending(path: "export")
      let scopes = try await scopes(of: export)
      let records = try Records(export)
      let output = Program.output(folder)
      let editions = output.filesBelow().filter {
        $0.hasPrefix("weekly-territory/") && $0.hasSuffix(".xml")
      }
      var judged = 0
      for edition in editions {
        let xml = try output.text(edition)
        guard let match = xml.firstMatch(of: /<edition kind="territory" id="([^"]+)">/) else {
          continue
        }
        let html = try output.text(String(edition.dropLast(3) + "html"))
        let inside = scopes[String(match.1)] ?? []
        let text = xml + withPicturesAsText(html)
        let leaked = try await leaks(in: text, inside: inside, records, folder)
        #expect(leaked == [], "\(edition)")
        judged += 1
        // The test is not blind: held to an empty scope, the first page leaks what it lists.
        if judged == 1 {
          let all = try await leaks(in: text, inside: [], records, folder)
          #expect(all.count > 5, "\(edition)")
        }
      }
      #expect(judged > 20)
    }
  }

  @Test(
    "No Id and no name of an account or deal outside a reader's territories stands in any part of a message",
    .needs(.duckdb, .python, .pdftotext, Tool("grep")))
  func messages() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(
        folder, port: nil,
        reports: [
          "{report: weekly-territory, editions: territory, to: [territory_managers, "
            + "{territory_users: Account Executive}], attach: [xlsx, pdf, xml, json, html]}"
        ])
      try await Program.run("run", "--quiet", in: folder)
      let export = folder.appending(path: "export")
      let scopes = try await scopes(of: export)
      let records = try Records(export)
      let names = try territoryIDs(of: export)
      let outbox = folder.appending(path: "outbox")
      var judged = 0
      for place in outbox.filesBelow() where place.hasSuffix("/envelope.json") {
        let envelope = try JSONDecoder().decode(
          MessageEnvelope.self, from: Data(contentsOf: outbox.appending(path: place)))
        // Whoever gets the company's edition may see everything.
        guard envelope.edition.hasPrefix("territory:") else { continue }
        let ids = envelope.editions.flatMap { names[$0] ?? [] }
        #expect(!ids.isEmpty)
        let inside = ids.reduce(into: Set<String>()) { $0.formUnion(scopes[$1] ?? []) }
        let file = outbox.appending(path: place.replacing("envelope.json", with: "message.eml"))
        let mail = try await Post.read(file)
        #expect(mail.to.map(\.last) == [envelope.recipient])
        let text = withPicturesAsText(mail.everything)
        #expect(
          try await leaks(in: text, inside: inside, records, folder) == [],
          "\(envelope.editions) for \(envelope.recipient)")
        judged += 1
        if judged == 1 {
          let all = try await leaks(in: text, inside: [], records, folder)
          #expect(all.count > 5, "the test is blind")
        }
      }
      #expect(judged > 10)
    }
  }

  private struct MessageEnvelope: Decodable {
    let edition: String
    let editions: [String]
    let recipient: String
  }

  /// The Ids of territories by their names.
  private func territoryIDs(of export: URL) throws -> [String: [String]] {
    let rows = try CSVReader.rows(of: export.appending(path: "Territory2.csv"))
    let header = try #require(rows.first)
    let (id, name) = (
      try #require(header.firstIndex(of: "Id")), try #require(header.firstIndex(of: "Name"))
    )
    return Dictionary(grouping: rows.dropFirst().filter { $0.count == header.count }) { $0[name] }
      .mapValues { $0.map { $0[id] } }
  }

  @Test("A name from outside would be found", .needs(Tool("grep")))
  func alarm() async throws {
    try await withTemporaryFolder { folder in
      let records = Records(names: [
        "001": "Northwind & Sons", "002": "Northwind", "003": "Südwind", "004": "Nord",
      ])
      let text = "Northwind &amp; Sons, Südwind, Nord"
      let named = try await leaks(in: text, inside: ["001"], records, folder)
      #expect(named == ["Südwind"])
      let numbered = try await leaks(in: "x002y", inside: ["001"], records, folder)
      #expect(numbered == ["002"])
    }
  }

  /// The accounts and deals of an export: Id to name.
  struct Records {
    let names: [String: String]
    /// What leads call their companies: in scope with the lead, whichever account is called the same.
    var companies: Set<String> = []

    init(names: [String: String]) { self.names = names }

    init(_ export: URL, leads: Bool = false) throws {
      var names: [String: String] = [:]
      for file in ["Account.csv", "Opportunity.csv"] + (leads ? ["Lead.csv"] : []) {
        let rows = try CSVReader.rows(of: export.appending(path: file))
        let header = try #require(rows.first)
        let id = try #require(header.firstIndex(of: "Id"))
        // Leads are known by their Ids alone: people of one name are many.
        let name = header.firstIndex(of: "Name") ?? id
        // Malformed rows are in no scope either: what can be read of them counts as outside.
        for row in rows.dropFirst() where row.count > max(id, name) && names[row[id]] == nil {
          names[row[id]] = row[name]
        }
      }
      self.names = names
      let leadRows = try CSVReader.rows(of: export.appending(path: "Lead.csv"))
      if let company = leadRows.first?.firstIndex(of: "Company") {
        companies = Set(leadRows.dropFirst().filter { $0.count > company }.map { $0[company] })
      }
    }

    func names(_ ids: Set<String>) -> [String] { ids.compactMap { names[$0] } }
  }

  /// What each territory may name: its Id to the Ids of accounts and deals.
  func scopes(of export: URL) async throws -> [String: Set<String>] {
    let tables = try await DuckDB.standardTables(
      ["scope"], export: export,
      options: [
        "--as-of", Program.asOf, "--time-zone", "America/New_York", "--fiscal-start", "2",
      ])
    var scopes: [String: Set<String>] = [:]
    for row in try CSVReader.rows(tables["scope"] ?? "").dropFirst() {
      scopes[row[0], default: []].insert(row[2])
    }
    return scopes
  }

  /// Ids and names of records outside that occur in a text.
  ///
  /// A name that is also part of a name inside, such as an account's in its deals, says nothing.
  func leaks(
    in text: String, inside: Set<String>, _ records: Records, _ folder: URL
  ) async throws -> [String] {
    let outside = records.names.filter { !inside.contains($0.key) }
    var names = Set(outside.values.filter { $0.count > 6 }).subtracting(records.companies)
    let allowed = Array(Set(records.names(inside)))
    // grep shows the longest of several that begin at one place: ask until none is left.
    while true {
      let common = try await found(Array(names), in: allowed.joined(separator: "\n"), folder)
      if common.isEmpty { break }
      names.subtract(common)
    }
    let patterns = names.map(escaped) + outside.keys
    return try await found(patterns, in: text, folder).sorted()
  }

  /// Which of some fixed texts occur.
  private func found(_ patterns: [String], in text: String, _ folder: URL) async throws
    -> Set<String>
  {
    let list = folder.appending(path: "patterns.txt")
    // An empty line would match everything; a name with a line break is two patterns.
    let lines = patterns.flatMap { $0.split(separator: "\n") }.filter { !$0.isEmpty }
    if lines.isEmpty { return [] }
    try Data(lines.joined(separator: "\n").utf8).write(to: list)
    let finished = try await TestKit.run(
      Tool("grep").require(), ["-a", "-o", "-F", "-f", list.path],
      environment: ["LC_ALL": "C"], input: Data(text.utf8))
    #expect(finished.status <= 1, "\(finished.errors)")
    return Set(finished.output.split(separator: "\n").map(String.init))
  }

  /// A page whose pictures stand there as the text of their SVG.
  func withPicturesAsText(_ html: String) -> String {
    var parts: [String] = []
    for (number, part) in html.components(separatedBy: ";base64,").enumerated() {
      guard number > 0, let end = part.firstIndex(of: "\"") else {
        parts.append(part)
        continue
      }
      let picture = Data(base64Encoded: String(part[..<end])) ?? Data()
      parts.append(String(decoding: picture, as: UTF8.self))
      parts.append(String(part[end...]))
    }
    return parts.joined(separator: "\n")
  }

  /// A name as HTML and XML write it.
  private func escaped(_ name: String) -> String {
    name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
