import Foundation

@testable import Sample

/// A CSV file read back by a reader of the tests' own.
struct ReadTable {
  let header: [String]
  let rows: [[String]]

  init(_ url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    var (records, record, cell): ([[String]], [String], [UInt8]) = ([], [], [])
    var isQuoted = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte != 34 {
          cell.append(byte)
        } else if at + 1 < bytes.count && bytes[at + 1] == 34 {
          cell.append(34)
          at += 1
        } else {
          isQuoted = false
        }
      } else if byte == 34 {
        isQuoted = true
      } else if byte == 44 || byte == 10 {
        record.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll()
        if byte == 10 {
          records.append(record)
          record.removeAll()
        }
      } else {
        cell.append(byte)
      }
      at += 1
    }
    header = records.first ?? []
    rows = Array(records.dropFirst())
  }

  /// The well-formed rows as dictionaries.
  var records: [[String: String]] {
    rows.filter { $0.count == header.count }
      .map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

/// An export in a temporary folder that is removed with it.
final class WrittenSample {
  let folder: URL
  let summary: SampleSummary
  private let parent: URL

  init(_ options: SampleOptions) throws {
    parent = FileManager.default.temporaryDirectory
      .appendingPathComponent("cadastre-sample-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    folder = parent.appendingPathComponent("export")
    summary = try SampleWriter(options).write(to: folder)
  }

  deinit { try? FileManager.default.removeItem(at: parent) }

  func table(_ object: String) throws -> ReadTable {
    try ReadTable(folder.appendingPathComponent("\(object).csv"))
  }

  func records(_ object: String) throws -> [[String: String]] { try table(object).records }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  func truth() throws -> [String: Any] {
    let data = try Data(contentsOf: summary.truthFile)
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// The Ids planted of a kind.
  func planted(_ kind: String) throws -> [String] {
    let planted = try truth()["planted"] as? [String: [String: Any]] ?? [:]
    return planted[kind]?["ids"] as? [String] ?? []
  }
}

/// An empty lookup of the Data Export service.
let nobody = "000000000000000AAA"
