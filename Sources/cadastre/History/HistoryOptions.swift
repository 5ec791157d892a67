import ArgumentParser
import Foundation
import History
import Metrics
import Records
import Reports

/// Options of the commands that look at the history, none of which reads an export.
struct HistoryOptions: ParsableArguments {
  @Option(help: "The folder of the project, where cadastre.yaml is")
  var project = "."

  @Flag(help: "Print results and errors only")
  var quiet = false

  var console: Console { Console(isQuiet: quiet, isVerbose: false) }

  /// The project and where its history is.
  ///
  /// - Throws: `FindingsError` where there is no configuration.
  func history() throws -> (project: Project, history: ProjectHistory) {
    let project = try Project(withoutExport: project)
    guard let history = ProjectHistory(of: project) else {
      throw FindingsError([
        Finding(
          code: "project-missing", severity: .error,
          at: SourcePosition(
            file: Project.shown(project.folder.appending(path: "cadastre.yaml"))),
          what: "there is no configuration here", done: "nothing was read",
          suggestion: "run cadastre init --export PATH, or give --project DIR")
      ])
    }
    return (project, history)
  }

  /// The run of a day that a person names.
  ///
  /// - Parameters:
  ///   - text: the day; nil: the one at `place` from the end.
  ///   - runs: those that are kept, the earliest first.
  ///   - place: 0 for the newest run.
  /// - Returns: the run.
  /// - Throws: a validation error where the text is no day, or no run of it is kept.
  static func run(_ text: String?, in runs: [KeptRun], fromEnd place: Int = 0) throws -> KeptRun {
    guard let text else {
      guard runs.count > place else {
        throw ValidationError(
          runs.isEmpty
            ? "no run is kept: cadastre run keeps one"
            : "one run is kept, and two are compared: the next cadastre run keeps another")
      }
      return runs[runs.count - 1 - place]
    }
    guard let day = Day(iso: text) else {
      throw ValidationError("\"\(text)\" is no day: write a date such as 2026-11-20")
    }
    guard let run = runs.first(where: { $0.asOf == day }) else {
      throw ValidationError(
        "no run as of \(day) is kept: cadastre history list shows those that are")
    }
    return run
  }

  /// How figures of a run are written.
  static func formatter(_ project: Project, _ run: KeptRun?) -> ValueFormatter {
    ValueFormatter(
      locale: ReportLocale(rawValue: project.configuration.locale) ?? .enUS,
      currency: run?.currency ?? project.configuration.currency ?? "XXX")
  }
}
