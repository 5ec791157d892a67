import Foundation
import GRDB
import Records
import TestKit
import Testing

@testable import History

@Suite("A history that is refused says so in one sentence and stays as it is")
struct RefusalTests {
  /// What opening says, and proof that the file has not changed.
  private func refused(
    _ folder: URL, reading: Bool = false, patience: Int = 10,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String? {
    let url = folder.appending(path: "cadastre.db")
    let before = try? Data(contentsOf: url)
    defer {
      #expect((try? Data(contentsOf: url)) == before, sourceLocation: sourceLocation)
    }
    do {
      let file =
        reading
        ? try HistoryFile.forReading(url.path, named: "cadastre.db")
        : try HistoryKit.open(folder, patience: patience)
      file?.close()
      return nil
    } catch let error as HistoryError {
      return error.description
    }
  }

  private let foreign =
    "cadastre.db: error: the file is no history of Cadastre; nothing was written to it; name "
    + "another file as history: in cadastre.yaml, or move this one away."

  @Test("A text, a spreadsheet, another program's database")
  func strangers() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["cadastre.db": String(repeating: "Id,Name\n1,Acme\n", count: 99)])
      #expect(try refused(folder) == foreign)
      #expect(try refused(folder, reading: true) == foreign)
    }
    try withTemporaryFolder { folder in
      let queue = try DatabaseQueue(path: folder.appending(path: "cadastre.db").path)
      try queue.write { try $0.execute(sql: "CREATE TABLE accounts (name TEXT)") }
      try queue.close()
      #expect(try refused(folder) == foreign)
      #expect(try refused(folder, reading: true) == foreign)
    }
  }

  @Test("An empty file and a database without tables become a history")
  func fresh() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["cadastre.db": ""])
      let path = folder.appending(path: "cadastre.db").path
      #expect(try HistoryFile.forReading(path, named: "cadastre.db") == nil)
      let file = try HistoryKit.open(folder)
      #expect(try file.runs() == [])
      try file.keep(HistoryKit.snapshot("2026-11-20"))
      file.close()
      #expect(try HistoryFile.forReading(path, named: "cadastre.db")?.runs().count == 1)
    }
  }

  @Test("One of a version to come")
  func newer() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      try file.tamper("INSERT INTO grdb_migrations VALUES ('tables of next year')")
      file.close()
      let sentence =
        "cadastre.db: error: the history was kept by a newer version of Cadastre; nothing was "
        + "written to it; use that version, or name another file as history: in cadastre.yaml."
      #expect(try refused(folder) == sentence)
      #expect(try refused(folder, reading: true) == sentence)
    }
  }

  @Test("One whose pages were overwritten, and one that was cut off")
  func damaged() throws {
    let sentence =
      "cadastre.db: error: the history is damaged; nothing was written to it; put its last good copy "
      + "in its place, or move it away and the next run begins a new one."
    for isCut in [false, true] {
      try withTemporaryFolder { folder in
        let file = try HistoryKit.open(folder)
        try file.keep(
          HistoryKit.snapshot("2026-11-20", deals: (0..<2_000).map { HistoryKit.deal("D\($0)", 1) })
        )
        file.close()
        let url = folder.appending(path: "cadastre.db")
        var bytes = try Data(contentsOf: url)
        if isCut {
          bytes.removeLast(bytes.count / 2)
        } else {
          for at in stride(from: 4_096, to: bytes.count, by: 3) { bytes[at] = 0x5A }
        }
        try bytes.write(to: url)
        #expect(try refused(folder) == sentence)
      }
    }
  }

  @Test("One that another program holds")
  func busy() throws {
    try withTemporaryFolder { folder in
      try HistoryKit.open(folder).close()
      let other = try DatabaseQueue(path: folder.appending(path: "cadastre.db").path)
      try other.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN EXCLUSIVE")
        #expect(
          try refused(folder, patience: 1)
            == "cadastre.db: error: another program holds the history and did not let go of it within "
            + "1 second; nothing was kept, and what it holds stands; close that program, then run the "
            + "command again.")
        try db.execute(sql: "ROLLBACK")
      }
      try other.close()
      let file = try HistoryKit.open(folder, patience: 1)
      #expect(try file.runs() == [])
      file.close()
    }
  }

  @Test("A disk that is full in the middle of a run leaves the runs before")
  func full() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      try file.keep(HistoryKit.snapshot("2026-11-13", deals: [HistoryKit.deal("D1", 10)]))
      let before = try HistoryKit.rows(file)
      // SQLite treats a file that may not grow as it does a full disk.
      try file.tamper("PRAGMA max_page_count = 30")
      let large = HistoryKit.snapshot(
        "2026-11-20", deals: (0..<9_000).map { HistoryKit.deal("D\($0)", 1) })
      do {
        try file.keep(large)
        Issue.record("nothing was refused")
      } catch let error as HistoryError {
        #expect(
          error.description
            == "cadastre.db: error: the disk has no place left for the history; nothing was kept, and "
            + "what it holds stands; make place, then run the command again.")
      }
      #expect(try HistoryKit.rows(file) == before)
      file.close()
    }
  }

  @Test("What else SQLite refuses has its sentence, reading and writing")
  func others() {
    func said(_ code: ResultCode, _ access: HistoryAccess = .writing) -> String {
      HistoryError(DatabaseError(resultCode: code), "kept/weeks.db", access).description
    }
    #expect(
      said(.SQLITE_READONLY)
        == "kept/weeks.db: error: the history may not be written; nothing was kept, and what it holds "
        + "stands; allow writing the file and its folder, or name another file as history: in "
        + "cadastre.yaml.")
    #expect(
      said(.SQLITE_CANTOPEN, .reading)
        == "kept/weeks.db: error: the history cannot be opened; nothing was shown; check that it is a "
        + "file in a folder that you may read and write.")
    #expect(
      said(.SQLITE_IOERR_READ, .reading)
        == "kept/weeks.db: error: the history fails with SQLite's error 266; nothing was shown; check "
        + "the disk; where that is sound, report the number.")
    #expect(said(.SQLITE_IOERR_SHMSIZE) == said(.SQLITE_FULL))
    #expect(said(.SQLITE_IOERR_SHORT_READ) == said(.SQLITE_CORRUPT))
  }

  @Test("A folder that is not there is said before anything is read")
  func place() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "kept/weeks.db").path
      do {
        try HistoryFile.checkPlace(of: path, named: "kept/weeks.db")
        Issue.record("nothing was refused")
      } catch let error as HistoryError {
        #expect(
          error.description
            == "kept/weeks.db: error: the history cannot be opened; nothing was kept, and what it holds "
            + "stands; check that it is a file in a folder that you may read and write.")
      }
      try HistoryFile.checkPlace(of: folder.appending(path: "weeks.db").path, named: "weeks.db")
    }
  }
}
