import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Dialects")
struct DialectTests {
  private func detected(_ bytes: [UInt8], isWhole: Bool = true) -> String {
    let encoding = Dialect.Encoding.detect(bytes, isWhole: isWhole)
    return Dialect.detect(
      text: Array(bytes[encoding.markLength...]), isWhole: isWhole, encoding: encoding
    ).description
  }

  @Test(
    "The separator is the one by which rows have as many cells as the header",
    arguments: [
      ("Id,Name,Amount\n1;2;3;4;5\n", "comma-separated (2 in the header), unquoted", "LF"),
      ("Id;Name;Amount\n1,5;a,b;3,5\n", "semicolon-separated (2 in the header), unquoted", "LF"),
      ("Id\tName\tAmount\n", "tab-separated (2 in the header), unquoted", "LF"),
      ("Id|Name|Amount\r\n", "pipe-separated (2 in the header), unquoted", "CRLF"),
      ("Id^Name^Amount\n", "caret-separated (2 in the header), unquoted", "LF"),
      ("Id`Name`Amount\n", "backquote-separated (2 in the header), unquoted", "LF"),
      ("\"a,b,c\";\"d\"\n", "semicolon-separated (1 in the header), quoted always", "LF"),
      // More commas than semicolons in the header, but none in the rows.
      (
        "Name, first, last;City, state, country;Amount\nAda;London;5\nMax;Berlin;7\n",
        "semicolon-separated (2 in the header), unquoted", "LF"
      ),
      // As many commas as semicolons in every row of decimals: more cells win.
      (
        "Id;Name, full;Amount\n1;Ada;3,5\n2;Max;4,5\n",
        "semicolon-separated (2 in the header), unquoted", "LF"
      ),
      // One row that is broken does not change the verdict of the others.
      (
        "Id,Name,City\n1,Ada,London\n2,Max\n3,Eve,Rome\n",
        "comma-separated (2 in the header), unquoted", "LF"
      ),
      ("Id,Name\r1,Acme\r", "comma-separated (1 in the header), unquoted", "CR"),
      (
        "Id,Name\r1,\"two\nlines\"\r2,x\r", "comma-separated (1 in the header), quoted as needed",
        "CR"
      ),
      ("Id,Name\r\n1,a\n2,b\r\n", "comma-separated (1 in the header), unquoted", "LF and CRLF"),
      (
        "Id,Name\r1,a\n2,b\r\n3,c\r", "comma-separated (1 in the header), unquoted",
        "mixed line ends"
      ),
      // A carriage return within the cells of a file whose lines end in LF.
      ("Id,Name\n1,a\rb\n2,c\rd\n", "comma-separated (1 in the header), unquoted", "LF"),
      ("Id\r\n1\r\n", "one column, unquoted", "CRLF"),
      ("Id,Name", "comma-separated (1 in the header), unquoted", "LF"),
      (
        "Id,Name\n1,\"The \\\"Best\\\", they say\"\n2,\"x\"\n",
        "comma-separated (1 in the header), quoted as needed with backslashes", "LF"
      ),
      // A path that ends in a backslash is no escape.
      (
        "Id,Path\n1,\"C:\\\"\n2,\"D:\\\"\n", "comma-separated (1 in the header), quoted as needed",
        "LF"
      ),
      ("sep=;\r\nId;Name\r\n1;a\r\n", "semicolon-separated (by its sep= line), unquoted", "CRLF"),
    ])
  func separators(text: String, layout: String, ends: String) {
    #expect(detected(Array(text.utf8)) == "\(layout), UTF-8 by its bytes, \(ends)")
  }

  @Test("A byte-order mark is named")
  func mark() {
    #expect(
      detected(Array("\u{FEFF}Id,Namé\n".utf8))
        == "comma-separated (1 in the header), unquoted, UTF-8 by its byte-order mark, LF")
  }

  @Test("Bytes that cannot be UTF-8 and are too few to tell are taken for Windows-1252, and said")
  func windows1252() {
    let bytes = Array("Id,Name\n1,P".utf8) + [0xE9] + Array("b\n".utf8)
    #expect(Dialect.Encoding.detect(bytes, isWhole: true).name == "Windows-1252")
    #expect(Dialect.Encoding("Windows-1252", .assumed).description == "Windows-1252 (assumed)")
  }

  @Test("A character cut by the end of the sample does not count against UTF-8")
  func cutCharacter() {
    for (cut, text) in ["é", "日", "😀"].enumerated() {
      let bytes = Array("Id,Name\n1,\(text)".utf8)
      for shorter in 1...(cut + 1) {
        let sample = Array(bytes.dropLast(shorter))
        #expect(Dialect.Encoding.detect(sample, isWhole: false).name == "UTF-8")
        #expect(Dialect.Encoding.detect(sample, isWhole: true).name == "Windows-1252")
      }
    }
  }

  @Test("What a line before the header says, and blank lines, are no rows; lines still count")
  func preamble() throws {
    let accounts =
      "\r\nsep=;\r\n\r\nId;Name;AnnualRevenue\r\n"
      + "\(ID.account(1));Acme, Inc.;much\r\n"
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts]), fields: [.account: ["Name", "AnnualRevenue"]])
    #expect(export.records[.account].words("Name") == ["Acme, Inc."])
    #expect(
      export.places(of: "cell-unreadable-Account-AnnualRevenue") == ["Account.csv:5:31"])
  }

  @Test("Mixed line ends and backslashes become the rows they mean")
  func rewritten() throws {
    let mixed = "Id,Name\r\(ID.account(1)),\"a\rb\"\n\(ID.account(2)),c\r\n\(ID.account(3)),d\r"
    let export = try Exports.load(
      Exports.files(["Account.csv": mixed]), fields: [.account: ["Name"]], blockSize: 3)
    #expect(export.records[.account].words("Name") == ["a\rb", "c", "d"])
    let escaped =
      "Id,Name\n\(ID.account(1)),\"The \\\"Best\\\", they say\"\n"
      + "\(ID.account(2)),\"C:\\\\\"\n\(ID.account(3)),\"a\\b\"\"c\"\n"
    let other = try Exports.load(
      Exports.files(["Account.csv": escaped]), fields: [.account: ["Name"]], blockSize: 3)
    #expect(
      other.records[.account].words("Name") == ["The \"Best\", they say", "C:\\", "a\\b\"c"])
    #expect(other.said == [])
  }

  @Test("A stated delimiter goes before what the file seems to have")
  func statedDelimiter() throws {
    let text = "Id,Name|x|y\n\(ID.account(1)),a|b|c\n"
    let export = try Exports.load(
      bytes: ["Account.csv": Array(text.utf8)], stated: Dialect.Stated(delimiter: .comma))
    #expect(export.files[0].dialect.description.hasPrefix("comma-separated (stated), unquoted"))
  }

  @Test(
    "Every dialect gives the same records",
    arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
  func sameRecords(separator: String, newline: String) throws {
    func written(_ text: String) -> String {
      "\u{FEFF}"
        + text.replacing(",", with: separator).replacing("\n", with: newline)
    }
    let accounts = "Id,Name\n\(ID.account(1)),Zürich\n\(ID.account(2)),\"two \"\"words\"\"\"\n"
    let export = try Exports.load(
      [
        "Account.csv": written(accounts), "Opportunity.csv": written(Exports.deals),
      ], fields: [.account: ["Name"]])
    #expect(export.records[.account].words("Name") == ["Zürich", "two \"words\""])
    #expect(export.records[.opportunity].ids == [ID.deal(1)])
    #expect(export.records[.opportunity].dates("CloseDate") == ["2026-12-01"])
    #expect(export.said == [])
    #expect(
      export.counted == ["Account.csv: 2 = 2 + 0 + 0", "Opportunity.csv: 1 = 1 + 0 + 0"])
  }

  @Test("Windows-1252 becomes UTF-8 in names, keys and stages, and columns count characters")
  func windowsRecords() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["Account.csv": Exports.accounts])
      // € is 0x80, ’ is 0x92, é is 0xE9.
      let header = Array("Id,Name,StageName,Amount,CloseDate,SystemModstamp\n".utf8)
      let row = Array("\(ID.deal(1)),\"5 ".utf8) + [0x80, 0x20, 0x92, 0x22, 0x2C, 0xE9]
      let end = Array(",oops,2026-12-01,2026-11-20\n".utf8)
      let good = Array(",7,2026-12-01,2026-11-20\n".utf8)
      let second = Array("\(ID.deal(2)),\"5 ".utf8) + [0x80, 0x20, 0x92, 0x22, 0x2C, 0xE9] + good
      try Data(header + row + end + second)
        .write(to: folder.appending(path: "Opportunity.csv"))
      let export = try Exports.load(at: folder, fields: [.opportunity: ["Name"]])
      let deals = export.records[.opportunity]
      #expect(deals.words("Name") == ["5 € ’"])
      #expect(deals.words("StageName") == ["é"])
      // 18 of the Id, a comma, "5 € ’" with its quotes, a comma, é, a comma: then the amount.
      #expect(
        export.places(of: "cell-unreadable-Opportunity-Amount") == ["Opportunity.csv:2:30"])
    }
  }

  @Test("A cell of Windows-1252 deep in a UTF-8 file is read as such, and said")
  func mixedEncodings() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["Opportunity.csv": Exports.deals])
      var text = Array("Id,Name\n".utf8)
      // Beyond the first 256 KiB, by which the file is taken for UTF-8.
      for number in 1...12_000 { text += Array("\(ID.account(number)),Zürich\n".utf8) }
      text += Array("\(ID.account(12_001)),Caf".utf8) + [0xE9, 0x0A]
      try Data(text).write(to: folder.appending(path: "Account.csv"))
      let export = try Exports.load(at: folder, fields: [.account: ["Name"]])
      #expect(export.records[.account].words("Name").suffix(2) == ["Zürich", "Café"])
      #expect(
        export.said == [
          "1 × Account.csv:12002:20: warning: Account.Name is not written in UTF-8 as the rest of the "
            + "file; the cell was read as Windows-1252; export the file in one encoding."
        ])
    }
  }
}
