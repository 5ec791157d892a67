import Foundation
import TestKit
import Testing

/// On a disk that is really full, a small tmpfs: not even a file of no bytes can be made larger there.
@Suite(
  "A disk that is full", .needs(.python), .needs(python: "aiosmtpd"),
  .enabled(if: TinyDisk.isPossible, "needs \(TinyDisk.lack)"))
struct FullDiskTests {
  private static let reports = [
    "{report: weekly-territory, editions: territory, to: territory_managers}"
  ]

  /// A project on a small disk, its export elsewhere, run once.
  private func withProject(
    _ body: (_ disk: URL, _ folder: URL, _ peer: MailPeer) async throws -> Void
  ) async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { source in
        try await Post.project(source, port: peer.port, reports: Self.reports)
        try await TinyDisk.with(megabytes: 64) { disk in
          let folder = disk.appending(path: "project")
          let text = try source.text("cadastre.yaml")
          try folder.write(files: [
            "cadastre.yaml": text.replacing(
              /(?m)^export: .*$/, with: "export: \(source.appending(path: "export").path)")
          ])
          try await Program.run("run", "--quiet", in: folder)
          try await body(disk, folder, peer)
        }
      }
    }
  }

  @Test("Tables that find no place leave those of before, and nothing half")
  func tables() async throws {
    try await withProject { disk, folder, _ in
      try await Program.run("tables", "--out", "tables", "--quiet", in: folder)
      let before = try folder.appending(path: "tables").contents()
      for (free, out) in [(0, "tables"), (30_000, "tables"), (30_000, "others")] {
        let filler = try TinyDisk.fill(disk, but: free)
        let run = try await Post.run(
          "tables", "--out", out, "--quiet", "--as-of", "2026-11-19", in: folder)
        #expect(run.status == 1, "\(free): \(run.errors)")
        // Of a folder that is not there yet the one in which it would be is named.
        #expect(
          run.errors
            == "\(out == "tables" ? out : folder.path): error: the disk has no place left; "
            + "what stood there before stands; make place, then run the command again.\n")
        try FileManager.default.removeItem(at: filler)
        #expect(try folder.appending(path: "tables").contents() == before)
        #expect(!folder.filesBelow().contains { $0.contains(".cadastre-") })
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "others").path))
      }
    }
  }

  @Test("A run that finds no place says so, the last good state stands, and the next run completes")
  func run() async throws {
    try await withProject { disk, folder, _ in
      let outbox = try folder.appending(path: "outbox").contents()
      let pages = try folder.appending(path: "out").contents()
      let list = try await Program.run("history", "list", "--format", "csv", in: folder)
      // No place at all, a little, enough for some pages, for most.
      for free in [0, 20_000, 1_000_000, 4_000_000] {
        let filler = try TinyDisk.fill(disk, but: free)
        let run = try await Post.run("run", "--quiet", "--all", "--as-of", "2026-11-19", in: folder)
        #expect(run.status == 1, "\(free): \(run.errors)")
        #expect(
          run.errors.contains(": error: the disk has no place left")
            && run.errors.contains("make place, then run the command again."),
          "\(free): \(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        try FileManager.default.removeItem(at: filler)
        #expect(try differences(folder.appending(path: "outbox").contents(), outbox) == [])
        #expect(try differences(folder.appending(path: "out").contents(), pages) == [], "\(free)")
        #expect(
          try await Program.run("history", "list", "--format", "csv", in: folder) == list)
      }
      try await Program.run("run", "--quiet", "--all", "--as-of", "2026-11-21", in: folder)
      let after = try await Program.run("history", "list", "--format", "csv", in: folder)
      #expect(after.hasPrefix(list) || after.contains("2026-11-21"))
    }
  }

  @Test("Nothing is sent without the ledger; what was sent when it could not be told is in doubt")
  func send() async throws {
    try await withProject { disk, folder, peer in
      let made = Post.waiting(folder).count
      #expect(made > 3)
      let filler = try TinyDisk.fill(disk, but: 0)
      let none = try await Post.run("send", in: folder)
      #expect(none.status == 1)
      #expect(
        none.errors
          == "cadastre.db: error: the disk has no place left for the history; nothing was "
          + "kept, and what it holds stands; make place, then run the command again.\n")
      #expect(try peer.taken() == [])
      try FileManager.default.removeItem(at: filler)
      // Place for a few rows of the ledger: somewhere in the middle it ends.
      var sent = 0
      for free in [40_000, 60_000, 80_000] {
        let filler = try TinyDisk.fill(disk, but: free)
        let some = try await Post.run("send", in: folder)
        try FileManager.default.removeItem(at: filler)
        #expect(try peer.taken().count >= sent)
        sent = try peer.taken().count
        guard some.status != 0 else { break }
        #expect(some.errors.contains("the disk has no place left"), "\(some.errors)")
      }
      // A person looks what arrived, and says so.
      let last = try await Post.run("send", in: folder)
      for line in last.errors.split(separator: "\n") where line.hasPrefix("  ") {
        let reader = line.dropFirst(2).prefix { $0 != "," }
        #expect(try peer.taken().contains(String(reader)), "\(line)")
      }
      if last.status != 0 { try await Program.run("send", "--give-up", in: folder) }
      let taken = try peer.taken().filter { $0 != "admin@acme.example" }
      #expect(taken.count == made)
      #expect(Set(taken).count == made)
      #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
    }
  }
}
