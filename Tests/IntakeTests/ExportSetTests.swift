import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Sets of zips that are one export")
struct ExportSetTests {
  private static let organisation = "00D000000000001EAA"

  private func part(_ number: Int, organisation: String = Self.organisation) -> String {
    "WE_\(organisation)_\(number).ZIP"
  }

  private func zip(_ name: String, _ text: String) -> [UInt8] { ZipBuilder(name, text).bytes }

  @Test("Parts are read in the order in which people count, each by its own header")
  func order() throws {
    var files: [String: [UInt8]] = [:]
    for number in 1...11 {
      let id = ID.account(number)
      files[part(number)] = zip(
        "Account.csv",
        number % 2 == 0 ? "Name,Id\nPart \(number),\(id)\n" : "Id,Name\n\(id),Part \(number)\n")
    }
    let export = try withTemporaryFolder { folder in
      for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
      try folder.write(files: ["Opportunity.csv": Exports.deals])
      return try Exports.load(paths: [folder.path], fields: [.account: ["Name"]])
    }
    #expect(export.records[.account].words("Name") == (1...11).map { "Part \($0)" })
    #expect(export.said == [])
  }

  private func complaints(_ names: [String]) throws -> [String] {
    try withTemporaryFolder { folder in
      let zip = zip("Account.csv", Exports.accounts)
      for name in names {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(zip).write(to: file)
      }
      return try Exports.complaints { try Exports.load(paths: [folder.path]) }
        .map { $0.replacing(folder.lastPathComponent, with: "FOLDER") }
    }
  }

  @Test("A missing part is an error that names it")
  func missing() throws {
    #expect(
      try complaints([part(1), part(3)]) == [
        "FOLDER: error: the export is a set of zips numbered up to 3, of which 2 is missing; "
          + "nothing was read; download the missing zip too."
      ])
    #expect(
      try complaints([part(4), part(2)]) == [
        "FOLDER: error: the export is a set of zips numbered up to 4, of which 1 and 3 are missing; "
          + "nothing was read; download the missing zips too."
      ])
  }

  @Test("Zips of two organisations, or of two weeks, are not one export")
  func mixed() throws {
    #expect(
      try complaints([part(1), part(2, organisation: "00D000000000002EAA")]) == [
        "error: the zips are of 2 organisations; nothing was read; "
          + "give the zips of one organisation."
      ])
    #expect(
      try complaints(["2026-11-13/\(part(1))", "2026-11-20/\(part(1))"]) == [
        "2026-11-13: error: the export holds 2 sets of zips, each in a folder of its own; "
          + "nothing was read; name the folder of one, the newest as it seems: 2026-11-20."
      ])
  }

  @Test("An Id of 15 characters names the same organisation as one of 18")
  func shortId() {
    #expect(
      ExportSets.findings(zips: [part(1), part(2, organisation: "00D000000000001")]).isEmpty)
  }

  @Test("Of a pattern's paths the newest set is taken, all its parts in order")
  func newest() {
    let old = (1...2).map { "exports/2026-11-13/" + part($0) }
    let new = [10, 2, 1].map { "exports/2026-11-20/" + part($0) }
    #expect(
      ExportSets.newest(matching: old + new)
        == [1, 2, 10].map { "exports/2026-11-20/" + part($0) })
    #expect(ExportSets.newest(matching: ["exports/w9", "exports/w10"]) == ["exports/w10"])
    #expect(
      ExportSets.newest(matching: ["a/2026-01.zip", "a/2026-02.zip"]) == ["a/2026-02.zip"])
    #expect(ExportSets.newest(matching: []) == [])
  }

  @Test("The order of names is total and counts as people do")
  func naturalOrder() {
    let names = ["a1", "a01", "a2", "a10", "b", "a", "", "a1b", "a1a", "A", "a007", "a7"]
    for left in names {
      for right in names {
        let isBefore = NaturalOrder.isBefore(left, right)
        #expect(!(isBefore && NaturalOrder.isBefore(right, left)))
        #expect((left == right) == (!isBefore && !NaturalOrder.isBefore(right, left)))
      }
    }
    #expect(
      names.sorted(by: NaturalOrder.isBefore) == [
        "", "A", "a", "a01", "a1", "a1a", "a1b", "a2", "a007", "a7", "a10", "b",
      ])
  }

  @Test("Hidden files and folders are no part of an export; tables of text are, notes are not")
  func folders() throws {
    let export = try Exports.load(bytes: [
      ".old/Account.csv": Array("no".utf8), "sub/.Account.csv": Array("no".utf8),
      "sub/Account.txt": Array("Id\tName\n\(ID.account(1))\tAcme\n".utf8),
      "notes.txt": Array("Dear all, this is\na letter.\n".utf8), "logo.png": [1],
      "deals/Opportunity.tsv": Array(Exports.deals.replacing(",", with: "\t").utf8),
    ])
    #expect(export.files.map(\.file) == ["sub/Account.txt", "deals/Opportunity.tsv"])
    #expect(export.ignored == ["logo.png", "notes.txt"])
  }
}
