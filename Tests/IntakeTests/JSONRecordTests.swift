import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Records of JSON")
struct JSONRecordTests {
  private func load(
    _ json: String, name: String = "Account.json", blockSize: Int? = nil
  ) throws -> Export {
    try Exports.load(
      bytes: [name: Array(json.utf8)],
      fields: [.account: ["Name", "AnnualRevenue", "IsPersonAccount", "Owner.Name", "Rating__c"]],
      blockSize: blockSize)
  }

  /// What `sf data query --json` prints.
  private static let answer = """
    {
      "status": 0,
      "result": {
        "records": [
          {
            "attributes": {"type": "Account", "url": "/services/data/v62.0/x"},
            "Id": "\(ID.account(1))",
            "Name": "Acme \\"Inc\\", \\u00dcber\\nline",
            "AnnualRevenue": 1234567890.1200,
            "Owner": {"attributes": {"type": "User"}, "Name": "Ada"},
            "Rating__c": null
          },
          {
            "attributes": {"type": "Account"},
            "Id": "\(ID.account(2))",
            "Name": "Beta",
            "AnnualRevenue": 1.5E3,
            "Owner": null,
            "Rating__c": true
          },
          {
            "Id": "\(ID.account(3))", "Name": "Gamma", "AnnualRevenue": "much",
            "Late__c": 7
          }
        ],
        "totalSize": 3, "done": true
      },
      "warnings": []
    }
    """

  @Test(
    "The answer of sf data query is read: parents as paths, numbers as they are written",
    arguments: [1, 7, nil])
  func answer(blockSize: Int?) throws {
    let export = try load(Self.answer, blockSize: blockSize)
    let accounts = export.records[.account]
    #expect(accounts.ids == [ID.account(1), ID.account(2), ID.account(3)])
    #expect(accounts.words("Name") == ["Acme \"Inc\", Über\nline", "Beta", "Gamma"])
    #expect(
      accounts.decimals("AnnualRevenue") == [12_345_678_901_200, 15_000_000, Exact.null])
    #expect(accounts.words("Owner.Name") == ["Ada", "", ""])
    #expect(accounts.words("Rating__c") == ["", "true", ""])
    #expect(export.counted[0] == "Account.json: 3 = 3 + 0 + 0")
    // The record with the unreadable amount begins on line 21; a column would be none of the file.
    #expect(export.places(of: "cell-unreadable-Account-AnnualRevenue") == ["Account.json:21"])
    #expect(accounts.sources.position(of: 1)?.description == "Account.json:13")
    #expect(
      export.files[0].dialect.description
        == "JSON records (6 keys), UTF-8 by its bytes, each on lines of its own")
  }

  @Test(
    "An array, JSON lines and the REST API's answer hold the same records",
    arguments: [
      "[{\"Id\":\"ID\",\"Name\":\"Acme\"}]", "{\"Id\":\"ID\",\"Name\":\"Acme\"}",
      "{\"records\":[{\"Id\":\"ID\",\"Name\":\"Acme\"}],\"done\":true}",
      "{\"status\":0,\"result\":[{\"Id\":\"ID\",\"Name\":\"Acme\"}],\"x\":{\"y\":[]}}",
      "\u{FEFF}[\n\t{\"Id\":\"ID\",\"Name\":\"Acme\"}\n]\n",
    ])
  func shapes(json: String) throws {
    let export = try load(json.replacing("\"ID\"", with: "\"\(ID.account(1))\""))
    #expect(export.records[.account].words("Name") == ["Acme"])
  }

  @Test("Where records share a line, their number stands for it")
  func oneLine() throws {
    let export = try load(
      "["
        + (1...3).map { "{\"Id\":\"\(ID.account($0))\",\"AnnualRevenue\":\"x\"}" }
        .joined(separator: ",") + "]")
    #expect(
      export.places(of: "cell-unreadable-Account-AnnualRevenue")
        == ["Account.json:1", "Account.json:2", "Account.json:3"])
    #expect(export.files[0].dialect.description.hasSuffix("lines count records"))
  }

  @Test("A key that first appears in the last record is a column")
  func lateKey() throws {
    var lines = (1...500).map { "{\"Id\":\"\(ID.account($0))\",\"Name\":\"A\($0)\"}" }
    lines.append("{\"Id\":\"\(ID.account(501))\",\"Name\":\"Z\",\"Rating__c\":\"Hot\"}")
    let export = try load(lines.joined(separator: "\n"), name: "Account.jsonl", blockSize: 100)
    #expect(export.records[.account].count == 501)
    #expect(export.records[.account].words("Rating__c").last == "Hot")
    #expect(export.records[.account].sources.position(of: 500)?.line == 501)
  }

  @Test("Records say what they are where the file's name does not")
  func type() throws {
    let export = try load(Self.answer, name: "accounts, 20 November.json")
    #expect(export.files[0].file == "accounts, 20 November.json")
    #expect(export.records[.account].count == 3)
  }

  @Test("A file of no records is one that nothing reads; one of empty records has no fields")
  func empty() throws {
    for json in ["[]", "", "{\"result\": {\"records\": []}, \"status\": 0}"] {
      let export = try Exports.load(bytes: ["CurrencyType.json": Array(json.utf8)])
      #expect(export.ignored == ["CurrencyType.json"])
      #expect(export.said == [])
    }
    #expect(
      try Exports.complaints { try load("[{}]") } == [
        "Account.json: error: the file holds no field in any of its records; "
          + "nothing was computed; remove the file, or export it as CSV."
      ])
  }

  @Test("JSON in UTF-16 is JSON")
  func utf16() throws {
    let bytes = try [UInt8](#require(Self.answer.data(using: .utf16LittleEndian)))
    let export = try Exports.load(
      bytes: ["Account.json": [0xFF, 0xFE] + bytes], fields: [.account: ["Name"]])
    #expect(export.records[.account].words("Name")[0] == "Acme \"Inc\", Über\nline")
  }

  @Test(
    "What is no JSON of records is refused where it goes wrong",
    arguments: [
      ("[{\"Id\": 1,}]", "1:11", "here a string belongs"),
      ("[{\"Id\": 01}]", "1:10", "here a comma or the end of the object belongs"),
      ("[\n {\"Id\": \"é\", \"x\" 1}]", "2:18", "here a colon belongs"),
      ("[{\"Id\": \"1\"}", "1:13", "the file ends where a comma or the end of the records belongs"),
      ("[{\"Id\": \"1", "1:11", "the file ends in a string"),
      ("[1]", "1:2", "a record in braces belongs here"),
      ("\"text\"", "1:1", "a file of records begins with [ or {"),
      ("[{\"Id\": tru}]", "1:12", "no value is written so"),
      ("[{\"Id\": \"\\x\"}]", "1:11", "no escape is written so"),
      ("[{\"Id\": 1}] []", "1:13", "something follows the records"),
      ("[{\"Id\": \"a\nb\"}]", "1:11", "a control character stands in a string"),
      (
        "{\"status\": 1, \"name\": \"x\", \"message\": \"INVALID_FIELD\"}", "1:1",
        "it is the message of a command that failed, and holds no record"
      ),
    ])
  func malformed(json: String, place: String, reason: String) throws {
    #expect(
      try Exports.complaints { try load(json) } == [
        "Account.json:\(place): error: the file is no JSON of records: \(reason); "
          + "nothing was computed; make the export again."
      ])
  }

  @Test("Values nested without end are refused before the stack ends")
  func depth() throws {
    for open in ["[", "{\"a\":"] {
      let json = "[{\"a\":" + String(repeating: open, count: 100_000)
      let complaints = try Exports.complaints { try load(json) }
      #expect(complaints.first?.contains("values are nested more than 64 deep") == true)
    }
  }

  @Test("Random records read as Foundation reads them, cut at every border")
  func differential() throws {
    var draw = Draw(seed: 42)
    for round in 0..<60 {
      let records = (0...draw.below(5)).map { _ in Self.object(&draw, depth: 0) }
      let data = try JSONSerialization.data(
        withJSONObject: records, options: draw.below(2) == 0 ? [] : [.prettyPrinted])
      let expected = try #require(
        try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
      ).map(Self.flat)
      let read = try Self.read([UInt8](data), step: 1 + draw.below(9))
      #expect(read == expected, "round \(round)")
    }
  }

  /// Every record as its paths and texts, as the reader gives them.
  private static func read(_ bytes: [UInt8], step: Int) throws -> [[String: String]] {
    let reader = JSONRecordReader(MemoryStream(bytes), blockSize: step)
    var record = JSONRecordReader.Record()
    var records: [[String: String]] = []
    while try reader.next(&record) {
      var cells: [String: String] = [:]
      for cell in record.cells {
        let key = String(decoding: reader.keys.bytes(cell.key), as: UTF8.self)
        cells[key] = String(decoding: record.bytes[cell.range], as: UTF8.self)
      }
      records.append(cells)
    }
    return records
  }

  private static func text(_ draw: inout Draw) -> String {
    let pieces = ["a", "\"", "\\", "\n", "é", "日", "😀", "\u{1}", "/", " ", "\u{FFFD}", "\u{7F}"]
    return (0..<draw.below(6)).map { _ in draw.one(of: pieces) }.joined()
  }

  private static func object(_ draw: inout Draw, depth: Int) -> [String: Any] {
    var object: [String: Any] = [:]
    for number in 0..<draw.below(5) {
      let key = "k\(number)" + text(&draw).replacing(".", with: "")
      switch draw.below(depth < 3 ? 6 : 4) {
      case 0: object[key] = text(&draw)
      case 1: object[key] = draw.below(1_000_000) - 500_000
      case 2: object[key] = draw.below(2) == 0
      case 3: object[key] = NSNull()
      default: object[key] = Self.object(&draw, depth: depth + 1)
      }
    }
    return object
  }

  private static func flat(_ object: [String: Any]) -> [String: String] {
    var cells: [String: String] = [:]
    for (key, value) in object {
      switch value {
      case let inner as [String: Any]:
        for (path, text) in flat(inner) { cells["\(key).\(path)"] = text }
      case let text as String: cells[key] = text
      case is NSNull: break
      case let number as NSNumber where String(cString: number.objCType) == "c":
        cells[key] = number.boolValue ? "true" : "false"
      default: cells[key] = "\(value)"
      }
    }
    return cells
  }
}

/// Bytes in memory.
final class MemoryStream: ByteStream {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let part = bytes.prefix(count)
    buffer.append(contentsOf: part)
    bytes = bytes.dropFirst(part.count)
    return part.count
  }
}
