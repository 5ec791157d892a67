import Records
import Testing

@testable import Intake

@Suite("Ways to a field")
struct FieldWayTests {
  private func load(
    _ fields: String, _ csv: String, keys: String = "text", wanted: Set<String> = []
  ) throws -> Table {
    let mapping = try Mapping(
      text: "keys: \(keys)\nentities:\n  Account: {files: [firms], fields: {Id: id, \(fields)}}\n",
      file: "mapping.yaml")
    return try Exports.load(
      ["firms.csv": csv], mapping: mapping, fields: [.account: wanted], asOf: Day(iso: "2026-01-01")
    ).records[.account]
  }

  private func complaints(_ fields: String) -> [String] {
    do {
      _ = try Mapping(
        text: "entities:\n  Account: {files: [firms], fields: {\(fields)}}\n", file: "mapping.yaml")
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("Of several headers the first that the file has counts, whatever its case")
  func alternatives() throws {
    let csv = "id,Branch,Sector\n1,a,b\n"
    #expect(
      try load("Industry: [industry, SECTOR, branch]", csv, wanted: ["Industry"]).words("Industry")
        == ["b"])
    #expect(
      try load("Industry: {columns: [industry, branch]}", csv, wanted: ["Industry"])
        .words("Industry") == ["a"])
  }

  @Test("Texts are joined by a space, without those that are empty")
  func join() throws {
    let table = try load(
      "Name: {join: [first, middle, last]}", "id,first,last\n1,Ann,Lee\n2,,Holm\n3,,\n",
      wanted: ["Name"])
    #expect(table.words("Name") == ["Ann Lee", "Holm", ""])
  }

  @Test(
    "Row by row the first column that is filled counts, of dates, numbers, texts and references")
  func firstOf() throws {
    let table = try load(
      "CreatedDate: {first_of: [a, b]}, AnnualRevenue: {first_of: [x, y], times: 2}, "
        + "Industry: {first_of: [p, q]}, ParentId: {first_of: [m, n]}",
      """
      id,a,b,x,y,p,q,m,n
      1,2026-01-02,2026-05-05,1,,,mining,,2
      2,,2026-01-03,,3,retail,mining,,
      3,,,,,,,1,2

      """, wanted: ["AnnualRevenue", "Industry"])
    #expect(table.dates("CreatedDate") == ["2026-01-02", "2026-01-03", ""])
    #expect(table.decimals("AnnualRevenue") == [20_000, 60_000, Exact.null])
    #expect(table.words("Industry") == ["mining", "retail", ""])
    #expect(table.references("ParentId") == [1, Reference.null, 0])
  }

  @Test("A column that may be absent makes its field absent; any other that is missing is an error")
  func optional() throws {
    let table = try load(
      "Industry: {column: sector, optional: true}", "id\n1\n", wanted: ["Industry"])
    #expect(!table.has("Industry"))
    #expect(throws: FindingsError.self) {
      try load("Industry: sector", "id\n1\n", wanted: ["Industry"])
    }
  }

  @Test("Whole numbers are one key however a spreadsheet wrote them")
  func numbers() throws {
    let table = try load(
      "ParentId: parent", "id,parent\n1234,\n5,1234.0\n6,\"1,234\"\n7,1234;5\n8,5.5\nx 9,x 9\n",
      keys: "number")
    #expect(
      table.references("ParentId")
        == [Reference.null, 0, 0, 0, Reference.dangling, 5])
  }

  @Test("Yes and no are told by words without regard to case, and are no misspellings")
  func flags() throws {
    let mapping = try Mapping(
      text: """
        entities:
          Account: {files: [firms], fields: {Id: id, IsPersonAccount: {column: kind, values: {person: yes, firm: no}}}}
        """, file: "mapping.yaml")
    let export = try Exports.load(
      ["firms.csv": "id,kind\n1,Person\n2,FIRM\n"], mapping: mapping,
      fields: [.account: ["IsPersonAccount"]], asOf: Day(iso: "2026-01-01"))
    #expect(export.records[.account].flags("IsPersonAccount") == [1, 0])
    #expect(export.said == [])
  }

  @Test("A field has one way in a group, and not every field can have several columns")
  func wrong() {
    #expect(
      complaints(
        "Id: {join: [a, b]}, Name: {column: a, constant: b}, AnnualRevenue: {join: [a, b]}")
        == [
          "mapping.yaml:2:42: error: \"Id\" cannot be made of several columns; nothing was read; "
            + "join columns of text only.",
          "mapping.yaml:2:64: error: \"Name\" has more than one of column, columns, join, first_of and "
            + "constant; nothing was read; keep one of them.",
          "mapping.yaml:2:105: error: \"AnnualRevenue\" cannot be made of several columns; "
            + "nothing was read; join columns of text only.",
        ])
  }
}
