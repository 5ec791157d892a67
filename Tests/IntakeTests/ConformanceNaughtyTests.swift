import Foundation
import Records
import TestKit
import Testing

@testable import Intake

/// The big list of naughty strings holds 515 texts that break programs.
///
/// Each must come out of a CSV as it went in, to the byte.
@Suite("Conformance: the big list of naughty strings", .needsRealData("blns"))
struct ConformanceNaughtyTests {
  private func strings() throws -> [String] {
    let file = try RealData.require("blns").appending(path: "blns.json")
    return try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
  }

  /// How a writer of CSV may quote.
  enum Style: String, CaseIterable {
    case every, whereNeeded, whereNotNeededToo

    func written(_ text: String, number: Int, delimiter: String) -> String {
      let marks = Set("\"\n\r".unicodeScalars).union(delimiter.unicodeScalars)
      let needs = text.unicodeScalars.contains { marks.contains($0) }
      let quotes =
        switch self {
        case .every: true
        case .whereNeeded: needs
        case .whereNotNeededToo: needs || number % 2 == 0
        }
      return quotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
  }

  @Test("The list is the one that these tests are about")
  func list() throws {
    #expect(try strings().count == 515)
  }

  @Test(
    "Every string is read back to the byte, whatever the quoting, the separator and the line end",
    arguments: Style.allCases, [",", "\t", ";", "|", "^", "`"])
  func readBack(style: Style, delimiter: String) throws {
    let strings = try strings()
    for newline in ["\n", "\r\n", "\r"] {
      var text = ["before", "text", "after"].joined(separator: delimiter) + newline
      for (number, string) in strings.enumerated() {
        let written = style.written(string, number: number, delimiter: delimiter)
        text += ["\(number)", written, "x"].joined(separator: delimiter) + newline
      }
      let bytes = Array(text.utf8)
      for (threads, blockSize) in [(1, ChunkReader.blockSize), (2, 1_000), (3, 64)] {
        let read = try ReadCSV(bytes, threads: threads, blockSize: blockSize)
        #expect(read.counts.read == 515 && read.counts.setAside == 0)
        #expect(read.rows.map { Array($0[1].utf8) } == strings.map { Array($0.utf8) })
        #expect(read.rows.map { $0[0] } == (0..<515).map(String.init))
        #expect(read.rows.allSatisfy { $0[2] == "x" })
      }
    }
  }

  @Test("An account may have any of them as its name", arguments: Style.allCases)
  func names(style: Style) throws {
    let strings = try strings()
    var accounts = "Id,Name\r\n"
    for (number, string) in strings.enumerated() {
      accounts +=
        "\(ID.account(number + 1)),"
        + style.written(string, number: number, delimiter: ",") + "\r\n"
    }
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts]), fields: [.account: ["Name"]])
    let names = export.records[.account].words("Name")
    #expect(names.map { Array($0.utf8) } == strings.map { Array($0.utf8) })
    #expect(export.files.first?.counts.setAside == 0)
    #expect(export.said == [])
  }
}
