import BuiltIns
import Foundation
import Records
import TestKit

@testable import Intake

/// Numbers that are the same in every run (SplitMix64).
struct Draw {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(bound))
  }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[below(elements.count)]
  }
}

/// Ids of Salesforce, of digits alone: their checksum is AAA.
enum ID {
  static func account(_ number: Int) -> String { text("001", number) }
  static func user(_ number: Int) -> String { text("005", number) }
  static func deal(_ number: Int) -> String { text("006", number) }
  static func territory(_ number: Int) -> String { text("0MI", number, checksum: "GAA") }

  private static func text(_ prefix: String, _ number: Int, checksum: String = "AAA") -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: 12 - digits.count) + digits + checksum
  }
}

enum Exports {
  static func salesforce() throws -> Mapping {
    let path = "presets/salesforce.yaml"
    return try Mapping(text: BuiltIns.text(path) ?? "", file: path)
  }

  /// One account and one deal, to which a test adds what it is about.
  static let accounts = "Id,Name\n\(ID.account(1)),Acme\n"
  static let deals = """
    Id,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,SystemModstamp
    \(ID.deal(1)),\(ID.account(1)),Prospecting,100,2026-12-01,0,0,2026-11-20 10:00:00

    """

  /// Files of an export: the one account and one deal where a test gives none.
  static func files(_ files: [String: String]) -> [String: String] {
    ["Account.csv": accounts, "Opportunity.csv": deals].merging(files) { $1 }
  }

  /// Reads an export of files, name to text.
  static func load(
    _ files: [String: String], mapping: Mapping? = nil, fields: [Entity: Set<String>] = [:],
    asOf: Day? = nil, timeZone: String? = nil, forms: CellForms = CellForms(), threads: Int = 2,
    blockSize: Int? = nil
  ) throws -> Export {
    try withTemporaryFolder { folder in
      try folder.write(files: files)
      return try load(
        at: folder, mapping: mapping, fields: fields, asOf: asOf, timeZone: timeZone,
        forms: forms, threads: threads, blockSize: blockSize)
    }
  }

  /// Reads an export where it lies.
  static func load(
    at folder: URL, mapping: Mapping? = nil, fields: [Entity: Set<String>] = [:],
    asOf: Day? = nil, timeZone: String? = nil, forms: CellForms = CellForms(), threads: Int = 2,
    blockSize: Int? = nil
  ) throws -> Export {
    var request = LoadRequest(
      paths: [folder.path], mapping: try mapping ?? salesforce(), fields: fields, asOf: asOf,
      timeZone: timeZone, forms: forms, threads: threads)
    if let blockSize { request.blockSize = blockSize }
    return try ExportLoader.load(request)
  }

  /// The sentences with which an export is refused; none where it is read.
  static func complaints(_ files: [String: String], mapping: Mapping? = nil) throws -> [String] {
    try complaints { try load(files, mapping: mapping) }
  }

  static func complaints(_ body: () throws -> Export) throws -> [String] {
    do {
      _ = try body()
      return []
    } catch let error as FindingsError {
      return error.findings.map(\.description)
    }
  }
}

extension Export {
  /// Each kind of finding: how often, and its first sentence.
  var said: [String] {
    findings.entries.map { "\($0.count) × \($0.first)" }
  }

  /// Places of the findings of a code.
  func places(of code: String) -> [String] {
    findings.entries.first { $0.first.code == code }?.places.map(\.description) ?? []
  }

  /// What became of the rows of each file: read, used, set aside, deleted.
  var counted: [String] {
    files.map {
      let counts = $0.counts
      return "\($0.file): \(counts.read) = \(counts.used) + \(counts.setAside) + \(counts.deleted)"
    }
  }

  /// Everything that was read, as text: two exports are the same where these are equal.
  var fingerprint: String {
    var lines = ["as of \(records.asOf)"] + said + counted + ignored
    for entity in Entity.allCases where records.has(entity) {
      let table = records[entity]
      for row in 0..<table.count {
        let place = table.sources.position(of: row)?.description ?? "made"
        lines.append("\(entity) \(table.id(row)) \(place)")
      }
      for (field, column) in table.columns.sorted(by: { $0.key < $1.key }) {
        lines.append("\(entity).\(field) \(column)")
      }
    }
    for entry in findings.entries { lines.append("\(entry.first.code) \(entry.places)") }
    return lines.joined(separator: "\n")
  }
}

extension Table {
  /// The Ids of all rows.
  var ids: [String] { (0..<count).map(id) }

  /// The Ids that a reference column names, with what it says where it names none.
  func named(_ field: String, in target: Table) -> [String] {
    references(field).map {
      $0 == Reference.null ? "null" : $0 == Reference.dangling ? "dangling" : target.id(Int($0))
    }
  }

  /// The texts of a column of either kind of text, empty where null.
  func words(_ field: String) -> [String] {
    if case .texts(let texts) = columns[field] { return (0..<count).map { texts[$0] ?? "" } }
    let categories = categories(field)
    return (0..<count).map { categories[$0] ?? "" }
  }

  /// The days of a column, empty where null.
  func dates(_ field: String) -> [String] {
    days(field).map { $0 == Day.null ? "" : Day(number: $0).description }
  }
}
