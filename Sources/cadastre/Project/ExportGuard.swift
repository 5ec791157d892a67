import Foundation
import History
import Intake
import Records
import Settings

/// What the last run read, for the next one to hold its export against.
struct LastRun {
  /// The day of the newest change in the export, where it states one.
  var newestDay: Day?
  /// Rows read by object, whichever files they stood in.
  var rows: [String: Int]

  init(_ export: Export) {
    newestDay = export.newestDay
    rows = [:]
    for file in export.files { rows[file.entity.rawValue, default: 0] += file.counts.read }
  }

  init(rows: [String: Int]) { self.rows = rows }

  init(_ run: KeptRun) {
    newestDay = run.newestDay
    rows = run.rows
  }
}

/// The file that held the last run before projects had a history.
///
/// It is read until the first run is kept in the history, which removes it.
struct FormerLastRun: Decodable {
  private let newestDay: String?
  private let rows: [String: Int]

  /// Where it is, relative to the project.
  static let path = ".cadastre/last-run.json"

  /// What it says; nil where there is none.
  ///
  /// - Throws: an error of decoding or of the file system where the file cannot be read.
  static func read(of project: Project) throws -> LastRun? {
    let file = project.folder.appending(path: path)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let former = try JSONDecoder().decode(FormerLastRun.self, from: try Data(contentsOf: file))
    var last = LastRun(rows: former.rows)
    last.newestDay = former.newestDay.flatMap { Day(iso: $0) }
    return last
  }

  /// Removes it, and its folder where nothing else is in it.
  static func remove(from project: Project) {
    let file = project.folder.appending(path: path)
    guard (try? FileManager.default.removeItem(at: file)) != nil else { return }
    // Refused where the folder holds something of the user's.
    rmdir(file.deletingLastPathComponent().path)
  }
}

/// Stops a run whose export cannot be what was meant: something is gone from it, or it is old.
struct ExportGuard {
  /// nil where no run went through yet.
  let last: LastRun?
  let export: Export
  /// The entities that are read where the export has them.
  let asked: Set<Entity>
  /// How many days old the export may be.
  let maxAge: Located<Int>?
  let today: Day

  /// What is wrong with the export, errors all of them but for what cannot be told.
  var findings: [Finding] {
    let now = LastRun(export)
    return [gone(now), shrunk(now), older(now), tooOld].compactMap { $0 }
  }

  private func gone(_ now: LastRun) -> Finding? {
    let names = asked.sorted().map(\.rawValue).filter {
      now.rows[$0] == nil && last?.rows[$0] != nil
    }
    guard !names.isEmpty else { return nil }
    let objects = names.map { "\($0) (\(rows(last?.rows[$0] ?? 0)))" }
    return Finding(
      code: "export-object-gone", severity: .error,
      what: "the export has no \(Suggestion.list(objects)), which the last run read",
      done: ExportGuard.done, suggestion: ExportGuard.suggestion("export it again"))
  }

  private func shrunk(_ now: LastRun) -> Finding? {
    let objects = asked.sorted().map(\.rawValue).compactMap { name -> String? in
      guard let before = last?.rows[name], let after = now.rows[name] else { return nil }
      // A tenth of the rows or more is gone.
      guard before > 0, after * 10 <= before * 9 else { return nil }
      return "\(name) has \(after) of \(before)"
    }
    guard !objects.isEmpty else { return nil }
    return Finding(
      code: "export-shrunk", severity: .error,
      what: "the export has lost a tenth or more of the rows that the last run read: "
        + Suggestion.list(objects, conjunction: "and"),
      done: ExportGuard.done, suggestion: ExportGuard.suggestion("export it again"))
  }

  private func older(_ now: LastRun) -> Finding? {
    guard let before = last?.newestDay, let after = now.newestDay, after < before else {
      return nil
    }
    return Finding(
      code: "export-older", severity: .error,
      what: "the newest change in the export is of \(after), in that of the last run of \(before)",
      done: ExportGuard.done, suggestion: ExportGuard.suggestion("name the newest export"))
  }

  private var tooOld: Finding? {
    guard let maxAge else { return nil }
    let days = maxAge.value == 1 ? "1 day" : "\(maxAge.value) days"
    guard let newest = export.newestDay else {
      return Finding(
        code: "export-age-unknown", severity: .warning, at: maxAge.at,
        what: "the export does not say when a record last changed", done: "max_age was not checked",
        suggestion: "export SystemModstamp too")
    }
    guard newest.adding(days: maxAge.value) < today else { return nil }
    return Finding(
      code: "export-too-old", severity: .error, at: maxAge.at,
      what: "the newest change in the export is of \(newest), more than \(days) ago",
      done: ExportGuard.done,
      suggestion: ExportGuard.suggestion("export again, or make max_age longer"))
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  private static let done = "run stops before it renders anything"

  private static func suggestion(_ first: String) -> String {
    "\(first), or run with --accept-export where it is as meant"
  }
}

extension ExportGuard {
  /// Holds an export against the last run of its project; one that is not configured has none.
  ///
  /// - Parameters:
  ///   - pipeline: the export, read.
  ///   - newest: the newest run of the history.
  /// - Returns: what is wrong, and what could not be told.
  static func findings(_ pipeline: Pipeline, newest: KeptRun?) -> [Finding] {
    let project = pipeline.project
    guard project.isConfigured else { return [] }
    var findings: [Finding] = []
    var last = newest.map { LastRun($0) }
    do {
      if last == nil { last = try FormerLastRun.read(of: project) }
    } catch {
      findings.append(
        Finding(
          code: "last-run-unreadable", severity: .warning,
          at: SourcePosition(file: FormerLastRun.path),
          what: "the record of the last run cannot be read",
          done: "the export was not held against it",
          suggestion: "remove the file; the history holds the runs from now on"))
    }
    let configuration = project.configuration
    return findings
      + ExportGuard(
        last: last, export: pipeline.export, asked: pipeline.asked, maxAge: configuration.maxAge,
        today: Pipeline.today(configuration)
      ).findings
  }

  /// The same for a command that only looks, which counts a history that is refused among what is
  /// wrong.
  static func findings(looking pipeline: Pipeline) -> [Finding] {
    do {
      let file = try ProjectHistory(of: pipeline.project)?.reading()
      return findings(pipeline, newest: try RunPast(file).newest)
    } catch {
      guard let refused = error as? HistoryError else { return findings(pipeline, newest: nil) }
      return [refused.finding] + findings(pipeline, newest: nil)
    }
  }
}
