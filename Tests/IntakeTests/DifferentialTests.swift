import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("The reader against a slow one")
struct DifferentialTests {
  private static let mapping = """
    name: cells
    keys: text
    entities:
      Account:
        files: [accounts]
        fields: {Id: key, Name: name, BillingCity: city, OwnerId: owner}
      Opportunity: {files: [deals], fields: {Id: deal, StageName: stage, CloseDate: closed}}
    """
  private static let deals = "deal,stage,closed\nd,Won,2026-01-01\n"
  private static let asOf = Day(number: 20_000)
  private static let cuts = [1, 2, 3, 7, 63, 64, 65, 128, 200]

  /// A CSV of rows with any text in its cells, quoted where it must be and sometimes where not.
  private func randomCSV(_ draw: inout Draw) -> String {
    let newline = draw.one(of: ["\n", "\r\n"])
    let always = draw.below(3) == 0
    let cells = ["", "a", "é", "日本", "😀", " ", ";", "\t", ",", "\"", "\n", "\r", "\r\n", "''"]
    func written(_ cell: String, _ draw: inout Draw) -> String {
      let needs = cell.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
      guard needs || always || draw.below(4) == 0 else { return cell }
      return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
    var lines = ["key,name,city,owner,note"]
    for row in 0..<draw.below(25) {
      var line: [String] = []
      for column in 0..<5 {
        var cell = (0..<draw.below(7)).map { _ in draw.one(of: cells) }.joined()
        if column == 0 { cell = "k\(row)" + cell }
        line.append(written(cell, &draw))
      }
      lines.append(line.joined(separator: ","))
    }
    return (draw.below(3) == 0 ? "\u{FEFF}" : "") + lines.joined(separator: newline)
      + (draw.below(3) == 0 ? "" : newline)
  }

  @Test(
    "Cells are those of a slow reader to the byte, wherever the file is cut",
    arguments: Rounds.seeds(40))
  func randomCells(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let text = randomCSV(&draw)
    let mapping = try Mapping(text: Self.mapping, file: "mapping.yaml")
    let expected = try CSVReader.rows(text).dropFirst()
    try withTemporaryFolder { folder in
      try folder.write(files: ["accounts.csv": text, "deals.csv": Self.deals])
      for cut in Self.cuts + [ChunkReader.blockSize] {
        let export = try Exports.load(
          at: folder, mapping: mapping, fields: [.account: ["Name", "BillingCity", "note"]],
          asOf: Self.asOf, threads: 1 + cut % 4, blockSize: cut)
        let accounts = export.records[.account]
        let read = [
          accounts.ids, accounts.words("Name"), accounts.words("BillingCity"),
          accounts.words("note"),
        ]
        for (column, words) in zip([0, 1, 2, 4], read) {
          let wanted = expected.map { Array($0[column].utf8) }
          #expect(words.map { Array($0.utf8) } == wanted, "column \(column), cut at \(cut)")
        }
      }
    }
  }

  @Test(
    "One, two and four threads and every cut give the same records and findings",
    arguments: Rounds.seeds(6))
  func threads(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    var text = "key,name,city,owner,note\n"
    for row in 0..<60 {
      // Some rows repeat a key, name nobody as owner, lack a cell or hold a stray quote.
      let key = draw.below(9) == 0 ? "k0" : "k\(row)"
      let name = draw.one(of: ["\"a\nb\"", "c", seed > 3 ? "5\" disk" : "5 in", ""])
      let city = draw.one(of: ["Oslo", "Rome", "Kyiv", "\"São Paulo\""])
      let note = draw.below(8) == 0 ? "" : ",n"
      text += "\(key),\(name),\(city),o\(draw.below(3))\(note)\n"
    }
    let mapping = try Mapping(text: Self.mapping, file: "mapping.yaml")
    let files = ["accounts.csv": text, "deals.csv": Self.deals]
    let fields: [Entity: Set<String>] = [.account: ["Name", "BillingCity", "note"]]
    let whole = try Exports.load(
      files, mapping: mapping, fields: fields, asOf: Self.asOf, threads: 1)
    for cut in Self.cuts {
      for threads in [1, 2, 4] {
        let export = try Exports.load(
          files, mapping: mapping, fields: fields, asOf: Self.asOf, threads: threads,
          blockSize: cut)
        #expect(
          export.fingerprint == whole.fingerprint, "\(threads) threads, cut at \(cut)")
      }
    }
  }

  @Test("A file of many blocks keeps every row, its line and the order of its texts")
  func manyBlocks() throws {
    // Each row is two lines; with the header row n stands on line 2n.
    let padding = String(repeating: "x", count: 40)
    let text =
      "key,name,city,owner\n"
      + (1...30_000).map { "\($0),\"a\n\(padding)\",c\($0 * $0 % 4_999),o\n" }.joined()
    let export = try Exports.load(
      ["accounts.csv": text, "deals.csv": Self.deals],
      mapping: try Mapping(text: Self.mapping, file: "mapping.yaml"),
      fields: [.account: ["Name", "BillingCity"]], asOf: Self.asOf, threads: 3)
    #expect(text.utf8.count > 3 * ChunkReader.blockSize)
    let accounts = export.records[.account]
    #expect(accounts.ids == (1...30_000).map(String.init))
    for row in stride(from: 0, to: 30_000, by: 997) {
      #expect(accounts.sources.position(of: row)?.description == "accounts.csv:\(2 * (row + 1))")
    }
    #expect(accounts.words("Name").allSatisfy { $0 == "a\n" + padding })
    // Threads meet the cities in an order of their own; codes follow the file all the same.
    let cities = (1...30_000).map { "c\($0 * $0 % 4_999)" }
    var seen: Set<String> = []
    #expect(accounts.words("BillingCity") == cities)
    #expect(
      accounts.categories("BillingCity").values == cities.filter { seen.insert($0).inserted })
  }

  @Test("A stray quote is a character of its cell, however many there are")
  func strayQuotes() throws {
    for (cell, meant) in [
      ("5\" disk", "5\" disk"), ("5\" by 3\"", "5\" by 3\""), ("\"a\" b", "\"a\" b"),
    ] {
      let text = "key,name,city,owner\n1,\(cell),Oslo,o\n2,plain,Rome,o\n"
      let export = try Exports.load(
        ["accounts.csv": text, "deals.csv": Self.deals],
        mapping: try Mapping(text: Self.mapping, file: "mapping.yaml"),
        fields: [.account: ["Name"]], asOf: Self.asOf)
      #expect(export.records[.account].words("Name") == [meant, "plain"])
    }
  }

  @Test("A carriage return inside a row is a character, at its end it ends the line")
  func carriageReturns() throws {
    let text = "key,name,city,owner\r\n1,a\r,Oslo\r,o\r\n"
    let export = try Exports.load(
      ["accounts.csv": text, "deals.csv": Self.deals],
      mapping: try Mapping(text: Self.mapping, file: "mapping.yaml"),
      fields: [.account: ["Name", "BillingCity"]], asOf: Self.asOf)
    #expect(export.records[.account].words("Name") == ["a\r"])
    #expect(export.records[.account].words("BillingCity") == ["Oslo\r"])
  }
}
