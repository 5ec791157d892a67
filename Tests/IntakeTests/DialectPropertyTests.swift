import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Tables of chance in every dialect")
struct DialectPropertyTests {
  /// Loads a folder of accounts and deals.
  private func load(_ folder: URL, threads: Int, blockSize: Int) throws -> Export {
    try Exports.load(
      at: folder, mapping: Mapping(text: RandomTable.mapping, file: "mapping.yaml"),
      fields: [.account: ["Name", "BillingCity", "note"]], asOf: Day(number: 20_000),
      threads: threads, blockSize: blockSize)
  }

  /// Writes bytes as the accounts of an export, with a deal beside them.
  private func write(_ accounts: [UInt8], into folder: URL) throws {
    try folder.write(files: ["deals.csv": RandomTable.deals])
    try Data(accounts).write(to: folder.appending(path: "accounts.csv"))
  }

  private func expect(_ export: Export, says meaning: RandomTable.Meaning, _ how: Comment) {
    let accounts = export.records[.account]
    let columns = [
      accounts.ids, accounts.words("Name"), accounts.words("BillingCity"), accounts.words("note"),
    ]
    for (position, column) in columns.enumerated() {
      #expect(column.map { Array($0.utf8) } == meaning.rows.map { $0[position] }, how)
    }
    let lines = (0..<accounts.count).map { accounts.sources.position(of: $0)?.line }
    #expect(lines == meaning.lines, how)
    let counts = export.files.first { $0.entity == .account }?.counts
    #expect(counts == meaning.counts, how)
    for file in export.files {
      let counts = file.counts
      #expect(counts.read == counts.used + counts.setAside + counts.deleted, how)
      #expect(counts.used >= 0, how)
    }
  }

  @Test(
    "Every dialect says what a slow reader says, cut anywhere and read by any number of threads",
    arguments: Rounds.seeds(60))
  func everyDialect(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let table = RandomTable(&draw)
    let meaning = table.meaning
    try withTemporaryFolder { folder in
      try write(table.bytes, into: folder)
      let cuts = [1, 2, 1 + draw.below(63), 64, 1 + draw.below(300), ChunkReader.blockSize]
      for (number, cut) in cuts.enumerated() {
        let threads = 1 + (number + Int(seed)) % 4
        let export = try load(folder, threads: threads, blockSize: cut)
        expect(
          export, says: meaning, "seed \(seed), \(table.style), cut at \(cut), \(threads) threads")
      }
    }
  }

  @Test(
    "A quote that is never closed is an error at its place, wherever the file is cut",
    arguments: Rounds.seeds(12))
  func unclosedQuote(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let table = RandomTable(&draw, isIrregular: draw.below(2) == 0)
    var text = table.text
    if !table.style.endsWithNewline { text += table.style.newline }
    let newlines = text.unicodeScalars.count { table.style.newline.unicodeScalars.last == $0 }
    text += "k,\"never closed"
    try withTemporaryFolder { folder in
      try write(Array(text.replacing("k,", with: "k" + table.style.delimiter).utf8), into: folder)
      for cut in [1, 63, 64, ChunkReader.blockSize] {
        let complaints = try Exports.complaints { try load(folder, threads: 2, blockSize: cut) }
        #expect(complaints.count == 1, "seed \(seed), cut at \(cut)")
        #expect(
          complaints.first?.hasPrefix("accounts.csv:\(newlines + 1):3: error: ") == true,
          "seed \(seed), cut at \(cut): \(complaints)")
      }
    }
  }

  @Test("A zip says what its folder says", .needs(.zip), arguments: Rounds.seeds(6))
  func zip(seed: UInt64) async throws {
    var draw = Draw(seed: seed)
    let table = RandomTable(&draw)
    try await withTemporaryFolder { folder in
      let plain = folder.appending(path: "plain")
      try FileManager.default.createDirectory(at: plain, withIntermediateDirectories: true)
      try write(table.bytes, into: plain)
      let finished = try await TestKit.run(
        Tool.zip.require(), ["-q", "-j", "../export.zip", "accounts.csv", "deals.csv"], in: plain)
      try #require(finished.status == 0, "\(finished.errors)")
      let expected = try load(plain, threads: 1, blockSize: ChunkReader.blockSize).fingerprint
      for cut in [1, 64, 1 + draw.below(300)] {
        let zipped = try load(folder.appending(path: "export.zip"), threads: 3, blockSize: cut)
        #expect(zipped.fingerprint.replacing("export.zip/", with: "") == expected, "seed \(seed)")
        expect(zipped, says: table.meaning, "seed \(seed), zipped")
      }
    }
  }
}
