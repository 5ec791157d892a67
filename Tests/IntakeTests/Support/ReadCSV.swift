import Foundation
import Records
import TestKit
import Testing

@testable import Intake

/// A CSV as the record reader reads it, every column a text.
struct ReadCSV {
  let header: [String]
  /// The rows that were used.
  let rows: [[String]]
  /// The line of each row.
  let lines: [Int]
  let counts: RowCounts
  let dialect: String
  /// The places of the rows that were set aside, as far as they are kept.
  let setAside: [String]

  /// Reads a file where it lies.
  init(_ file: URL, threads: Int = 2, blockSize: Int = ChunkReader.blockSize) throws {
    let found = try #require(try ExportFiles(at: [file.path]).files.first)
    let open = try OpenFile(found)
    let columns = open.header.names.indices.map {
      ColumnPlan(
        field: open.header.names[$0], kind: .text, isEssential: false, cell: $0, constant: nil,
        substitution: nil, times: 1)
    }
    let plan = FilePlan(
      entity: .organization, fileName: found.name, fileNumber: 0, dialect: open.dialect,
      keyForm: .text, localDays: LocalDays(.gmt), cellCount: columns.count,
      columns: columns, deletedCell: nil, keyCell: nil, masterCell: nil, stampCell: nil)
    var builders = columns.map { ColumnBuilder($0.kind, keyForm: .text) }
    let chunks = try FileReading(plan: plan, threads: threads, blockSize: blockSize)
      .run(open, into: &builders).chunks
    let texts = builders.compactMap(\.values.texts)
    header = open.header.names
    dialect = open.dialect.description
    lines = chunks.flatMap { chunk in
      let runs = chunk.lines.runs
      let ends = runs.dropFirst().map(\.row) + [chunk.lines.count]
      return zip(runs, ends).flatMap { run, end in (0..<(end - run.row)).map { run.line + $0 } }
    }
    var counts = RowCounts()
    var log = FindingLog()
    for chunk in chunks {
      counts.add(chunk.counts)
      log.merge(chunk.findings)
    }
    rows = lines.indices.map { row in texts.map { $0[row] ?? "" } }
    self.counts = counts
    setAside = log.entries.filter { $0.first.code == "row-cell-count" }
      .flatMap { $0.places.map(\.description) }
  }

  /// Reads bytes as a file of this name.
  init(_ bytes: [UInt8], name: String = "cells.csv", threads: Int = 2, blockSize: Int? = nil)
    throws
  {
    self = try withTemporaryFolder { folder in
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      return try ReadCSV(file, threads: threads, blockSize: blockSize ?? ChunkReader.blockSize)
    }
  }

  /// The rows by the names of the header.
  var records: [[String: String]] {
    rows.map { Dictionary(zip(header, $0)) { first, _ in first } }
  }
}
