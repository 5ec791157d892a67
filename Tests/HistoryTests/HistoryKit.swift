import Foundation
import Records
import TestKit

@testable import History

/// What tests of the history share.
enum HistoryKit {
  static let newest = day("2026-11-20")

  static func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  static func open(_ folder: URL, patience: Int = 10) throws -> HistoryFile {
    try HistoryFile.forWriting(
      folder.appending(path: "cadastre.db").path, named: "cadastre.db", patience: patience)
  }

  static func snapshot(
    _ asOf: String, deals: [KeptDeal] = [], in territories: [(String, String)] = [],
    figures: [KeptFigure] = []
  ) -> RunSnapshot {
    RunSnapshot(
      run: KeptRun(
        asOf: day(asOf), newestDay: day(asOf), version: "cadastre test", input: "0123",
        currency: "USD",
        files: [KeptFile(file: "Account.csv", object: "Account", rowsRead: 9, rowsUsed: 8)]),
      editions: [
        KeptEdition(
          report: "weekly-territory", kind: "company", scope: "", name: "Acme", figures: figures)
      ], deals: deals,
      associations: territories.map { KeptAssociation(account: $0.0, territory: $0.1) })
  }

  static func deal(
    _ id: String, _ amount: Int64, stage: String = "Proposal", owner: String = "U1"
  ) -> KeptDeal {
    KeptDeal(
      id: id, account: "A" + id, owner: owner, territory: "T1", stage: stage, forecast: "Commit",
      amount: amount * 10_000, closeDate: day("2026-12-31"))
  }

  /// Every row of every table, as text.
  static func rows(_ file: HistoryFile) throws -> [String] {
    try file.read { db in
      try [
        "run", "run_file", "edition", "figure", "deal_state", "association_state", "word",
      ].flatMap { table in
        try file.texts("SELECT * FROM \(table)", in: db).map { "\(table): \($0)" }
      }
    }
  }
}
