import ArgumentParser
import Foundation
import History
import Records

struct HistoryPruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Remove old runs from the history",
    discussion: """
      Give --keep, --before or both; the newest run always stays. Figures are compared with those \
      of a year before, so keep 54 weekly runs or more.
      """)

  @Option(help: ArgumentHelp("How many of the newest runs stay", valueName: "runs"))
  var keep: Int?

  @Option(help: ArgumentHelp("Runs as of earlier days go", valueName: "day"))
  var before: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be removed, and remove nothing")
  var isDry = false

  @OptionGroup var options: HistoryOptions

  func validate() throws {
    if keep == nil, before == nil {
      throw ValidationError("nothing says which runs go: give --keep RUNS or --before DAY")
    }
    if let keep, keep < 1 {
      throw ValidationError("--keep \(keep) would remove every run: give 1 or more")
    }
    if let before, Day(iso: before) == nil {
      throw ValidationError("--before \"\(before)\" is no day: write a date such as 2026-11-20")
    }
  }

  func run() throws {
    let (_, history) = try options.history()
    let console = options.console
    let days = try history.existing().runs().map(\.asOf)
    let gone = going(of: days)
    guard !gone.isEmpty else {
      console.print("No run is removed; \(days.count) \(days.count == 1 ? "stays" : "stay").")
      return
    }
    let bytes = size(of: history)
    if !isDry {
      let open = try OpenHistory(history)
      try open.begun().remove(gone)
      // Closed, the file has its new size.
      open.close()
    }
    for day in gone { console.print("\(isDry ? "would remove" : "removed") \(day)") }
    console.print("\(days.count - gone.count) of \(days.count) runs stay.")
    if !isDry {
      console.note("\(history.name) had \(bytes) bytes and has \(size(of: history)) now.")
    }
  }

  /// The days whose runs go: those that any of the options lets go, but never the newest.
  private func going(of days: [Day]) -> [Day] {
    let first = before.flatMap { Day(iso: $0) }
    return days.dropLast().enumerated().filter { place, day in
      keep.map { place < days.count - $0 } ?? false || first.map { day < $0 } ?? false
    }.map(\.element)
  }

  private func size(of history: ProjectHistory) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: history.path)
    return (attributes?[.size] as? Int) ?? 0
  }
}
