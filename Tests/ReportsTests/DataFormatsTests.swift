import Foundation
import Testing

@testable import Reports

@Suite("Report documents as CSV and JSON")
struct DataFormatsTests {
  private func csv(_ name: String) throws -> [String] {
    let files = CSVWriter().files(of: try AgreementDocument.document())
    let file = try #require(files.first { $0.name == name })
    return String(decoding: file.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("A text that would be a formula gets an apostrophe, a number below zero does not")
  func formulas() throws {
    let lines = try csv("units.csv")
    #expect(
      lines[0]
        == "Name,Name Id,Money (USD),Count,Rate,Times,Days,Mean,Number,Day,Day mark,Id")
    #expect(lines[1].hasPrefix("'=cmd|' /C calc'!A0,001xx000000AAA,-246914.00,-20000,-20.470829,"))
    #expect(lines[2].hasPrefix("'+1+1,"))
    #expect(lines[3].hasPrefix("'-2-3,,"))
    #expect(lines[4].hasPrefix("'@SUM(A1:A9),001xx000003AAA,,,,"))
    #expect(lines[6].hasPrefix("'quoted,"))
    #expect(lines[15].hasPrefix("'\u{FF1D}1+1,"))
    #expect(lines[16].hasPrefix("\"a,b;c\"\"d\","))
  }

  @Test("A list is complete, and its last line is the total")
  func complete() throws {
    let lines = try csv("units.csv")
    #expect(lines.count == 1 + 19 + 1 + 1)
    #expect(lines[20].hasPrefix("All,,19.00,19,0.190000,"))
    #expect(lines[21] == "")
    #expect(
      try csv("cut.csv") == ["Owner,Deals", "Ada,11", "Ben,7", "3 others,9", "All,27", ""])
    #expect(try csv("none.csv") == ["A", ""])
    #expect(
      try csv("levels.csv")
        == [
          "Level,Account,Account Id,Won (USD)", "0,Top,001xx00000AAA,0.00",
          "1,Left,001xx00001AAA,1000.00", "2,Leaf,001xx00002AAA,2000.00",
          "1,Right,001xx00003AAA,3000.00", "",
        ])
  }

  @Test("README.txt names every file and says what was made safe")
  func readme() throws {
    let lines = try csv("README.txt")
    #expect(lines[0] == "Weekly territory report: West")
    #expect(lines[1] == "Acme, as of 2026-11-20")
    let expected = [
      "figures.csv: key figures with their changes",
      "units.csv: Everything: all [units]: All units: a [list]?; 19 rows; the last line is the total",
      "cut.csv: Everything: all [units]: All units: a list; 3 rows; the last line is the total; "
        + "2 of 5, the most first",
      "none.csv: Everything: all [units]: Nothing; no rows: Nobody did anything.",
      "A text that begins with =, +, -, @, a tab or a carriage return has an apostrophe (') in front,",
    ]
    for line in expected { #expect(lines.contains(line), "\(line)") }
  }

  @Test("Names of files are unlike each other on any file system")
  func names() {
    var names = FileNames()
    #expect(
      ["README", "Won by/../month", "won-by-month", "", "表"].map { names.name(for: $0) } == [
        "readme-2", "won-by-month", "won-by-month-2", "table", "table-2",
      ])
  }

  @Test("JSON holds exact data as strings beside the texts of the page, and null where not known")
  func json() throws {
    let bytes = JSONWriter().bytes(of: try AgreementDocument.document())
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(root["schema"] as? String == "urn:cadastre:report:1")
    #expect(root["as_of"] as? String == "2026-11-20")
    let sections = try #require(root["sections"] as? [[String: Any]])
    let blocks = try #require(sections.last?["blocks"] as? [[String: Any]])
    #expect(
      blocks.map { $0["kind"] as? String } == [
        "paragraph", "callout", "figures", "table", "table", "table", "table",
      ])
    let table = try #require(blocks[3]["table"] as? [String: Any])
    #expect((table["rows"] as? [Any])?.count == 10)
    #expect((table["rest"] as? [Any])?.count == 9)
    let rows = try #require(table["rows"] as? [[String: Any]])
    let cells = try #require(rows[3]["cells"] as? [[String: Any]])
    #expect(cells[0]["id"] as? String == "001xx000003AAA")
    #expect(cells[1]["data"] is NSNull)
    #expect(cells[1]["strength"] as? String == "undefined")
    let known = try #require(rows[0]["cells"] as? [[String: Any]])
    #expect(known[1]["data"] as? String == "-246914.00")
    #expect(known[1]["text"] as? String == "−$246,914")
    #expect(known[1]["currency"] as? String == "USD")
  }

  @Test("What fits stands on one line of JSON, all else has a line each")
  func lines() {
    let long = String(repeating: "x", count: 90)
    let value = JSONValue.object([
      ("a", .list([.integer(1), .flag(true), .null])), ("b", .list([.string(long), .string("y")])),
      ("c", .object([])),
    ])
    #expect(
      String(decoding: value.bytes, as: UTF8.self) == """
        {
          "a": [1, true, null],
          "b": [
            "\(long)",
            "y"
          ],
          "c": {}
        }

        """)
  }
}
