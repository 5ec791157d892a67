import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Dialects")
struct DialectTests {
  private func detected(_ bytes: [UInt8], isWhole: Bool = true) throws -> String {
    try Dialect.detect(bytes, isWhole: isWhole).description
  }

  @Test(
    "The separator is the one that stands most often in the header",
    arguments: [
      ("Id,Name,Amount\n1;2;3;4;5\n", "comma-separated, UTF-8, LF"),
      ("Id;Name;Amount\n1,5;a,b;3,5\n", "semicolon-separated, UTF-8, LF"),
      ("Id\tName\tAmount\n", "tab-separated, UTF-8, LF"),
      ("Id|Name|Amount\r\n", "pipe-separated, UTF-8, CRLF"),
      ("Id^Name^Amount\n", "caret-separated, UTF-8, LF"),
      ("Id`Name`Amount\n", "backquote-separated, UTF-8, LF"),
      ("\"a,b,c\";\"d\"\n", "semicolon-separated, UTF-8, LF"),
      ("Id,Name\r1,Acme\r", "comma-separated, UTF-8, CR"),
      ("Id\r\n1\r\n", "comma-separated, UTF-8, CRLF"),
      ("Id,Name", "comma-separated, UTF-8, LF"),
      ("\u{FEFF}Id,Namé\n", "comma-separated, UTF-8, LF"),
    ])
  func separators(text: String, dialect: String) throws {
    #expect(try detected(Array(text.utf8)) == dialect)
  }

  @Test("Bytes that cannot be UTF-8 are Windows-1252")
  func windows1252() throws {
    let bytes = Array("Id,Name\n1,P".utf8) + [0xE9] + Array("b\n".utf8)
    #expect(try detected(bytes) == "comma-separated, Windows-1252, LF")
  }

  @Test("A character cut by the end of the sample does not count against UTF-8")
  func cutCharacter() throws {
    for (cut, text) in ["é", "日", "😀"].enumerated() {
      let bytes = Array("Id,Name\n1,\(text)".utf8)
      for shorter in 1...(cut + 1) {
        let sample = Array(bytes.dropLast(shorter))
        #expect(try detected(sample, isWhole: false) == "comma-separated, UTF-8, LF")
        #expect(try detected(sample) == "comma-separated, Windows-1252, LF")
      }
    }
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

  @Test(
    "UTF-16 and UTF-32 are refused by name",
    arguments: [
      ([0xFF, 0xFE, 0x49, 0x00], "UTF-16"), ([0xFE, 0xFF, 0x00, 0x49], "UTF-16"),
      ([0xFF, 0xFE, 0x00, 0x00], "UTF-32"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32"),
    ] as [([UInt8], String)])
  func wideEncodings(mark: [UInt8], name: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["Opportunity.csv": Exports.deals])
      try Data(mark + Array("Id".utf8)).write(to: folder.appending(path: "Account.csv"))
      let complaints = try Exports.complaints { try Exports.load(at: folder) }
      #expect(
        complaints == [
          "Account.csv: error: the file is written in \(name), which is not read yet; "
            + "nothing was computed; save it as UTF-8."
        ])
    }
  }
}
