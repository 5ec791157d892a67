import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Folders, zips and compressed files")
struct ContainerTests {
  private static let files = [
    "Account.csv": "Id,Name\n" + (1...40).map { "\(ID.account($0)),\"A\n\($0)\"\n" }.joined(),
    "Opportunity.csv": Exports.deals,
  ]

  private func run(_ tool: Tool, _ arguments: [String], in folder: URL) async throws {
    let finished = try await TestKit.run(tool.require(), arguments, in: folder)
    try #require(finished.status == 0, "\(finished.errors)")
  }

  private func fingerprint(at folder: URL) throws -> String {
    try Exports.load(at: folder, fields: [.account: ["Name"]]).fingerprint
  }

  @Test("A zip holds the same records as its folder", .needs(.zip))
  func zip() async throws {
    try await withTemporaryFolder { folder in
      let plain = folder.appending(path: "plain")
      try plain.write(files: Self.files)
      try await run(.zip, ["-q", "../export.zip", "Account.csv", "Opportunity.csv"], in: plain)
      let zip = folder.appending(path: "export.zip")
      let expected = try fingerprint(at: plain)
      #expect(try fingerprint(at: zip).replacing("export.zip/", with: "") == expected)
      // The same where the zip lies in the folder that is named.
      try FileManager.default.removeItem(at: plain)
      #expect(try fingerprint(at: folder).replacing("export.zip/", with: "") == expected)
    }
  }

  @Test("One object may be spread over several zips, in the order of their names", .needs(.zip))
  func severalZips() async throws {
    try await withTemporaryFolder { folder in
      let parts = folder.appending(path: "parts")
      let export = folder.appending(path: "export")
      try export.write(files: ["Opportunity.csv": Exports.deals])
      for part in 1...2 {
        let text = "Id,Name\n\(ID.account(part)),Part \(part)\n"
        try parts.write(files: ["Account.csv": text, "Note.txt": ""])
        try await run(
          .zip, ["-q", "../export/WE_\(part).zip", "Account.csv", "Note.txt"], in: parts)
      }
      let read = try Exports.load(at: export, fields: [.account: ["Name"]])
      #expect(read.records[.account].words("Name") == ["Part 1", "Part 2"])
      #expect(
        read.files.map(\.file).sorted() == [
          "Opportunity.csv", "WE_1.zip/Account.csv", "WE_2.zip/Account.csv",
        ])
      #expect(read.ignored == ["WE_1.zip/Note.txt", "WE_2.zip/Note.txt"])
    }
  }

  @Test("A compressed CSV holds the same records as the plain one", .needs(Tool("gzip")))
  func gzip() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: Self.files)
      let expected = try fingerprint(at: folder)
      try await run(Tool("gzip"), ["Account.csv"], in: folder)
      #expect(folder.filesBelow() == ["Account.csv.gz", "Opportunity.csv"])
      #expect(
        try fingerprint(at: folder).replacing("Account.csv.gz", with: "Account.csv") == expected)
    }
  }

  @Test("Folders inside the export are read, and single files may be named")
  func folders() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: [
        "2026/Account.csv": Exports.accounts, "deals/Opportunity.csv": Exports.deals,
      ])
      let nested = try Exports.load(at: folder)
      #expect(nested.files.map(\.file) == ["2026/Account.csv", "deals/Opportunity.csv"])
      let single = try ExportLoader.load(
        LoadRequest(
          paths: ["deals/Opportunity.csv", "2026/Account.csv"].map {
            folder.appending(path: $0).path
          }, mapping: try Exports.salesforce(), fields: [:]))
      #expect(single.files.map(\.file) == ["Account.csv", "Opportunity.csv"])
      #expect(single.records[.opportunity].references("AccountId") == [0])
    }
  }
}
