import ArgumentParser
import Foundation
import Records
import Sample

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Write a realistic Salesforce export of an invented organisation",
    discussion: """
      The same arguments give the same bytes; two dates show the same organisation on two days. \
      What was planted and what the figures must be stands in DIR.truth.json beside the folder.
      """)

  @Argument(help: "The folder to write, new or empty")
  var folder: String

  @Option(help: "How many accounts the organisation has")
  var accounts = 10_000

  @Option(help: "Which organisation: another seed is another one")
  var seed: UInt64 = 1

  @Option(name: .customLong("as-of"), help: "The day on which the export is taken")
  var asOf = SampleOptions.defaultAsOf.description

  @Option(help: "full: everything, with dirt; core: the objects of the standard tables, clean")
  var profile = SampleProfile.full

  @Flag(help: "Print results and errors only")
  var quiet = false

  func validate() throws {
    guard Day(iso: asOf) != nil else {
      throw ValidationError("--as-of \"\(asOf)\" is no date: write one such as 2026-11-20")
    }
    guard accounts > 0 else {
      throw ValidationError("--accounts \(accounts) is no size: write a number above 0")
    }
  }

  func run() throws {
    guard let day = Day(iso: asOf) else { return }
    let console = Console(isQuiet: quiet, isVerbose: false)
    // A step a tenth.
    console.begin(steps: 10)
    let writer = SampleWriter(
      SampleOptions(accounts: accounts, seed: seed, asOf: day, profile: profile))
    let place = URL(filePath: folder, directoryHint: .isDirectory)
    let summary = try writer.write(to: place, progress: console.step)
    WrittenWhole.clearAway(beside: place.standardizedFileURL)
    let rows = summary.rows.values.reduce(0, +)
    console.print(
      """
      \(Project.shown(summary.directory)): \(summary.rows.count) files, \(rows) rows, as of \(asOf)
      \(Project.shown(summary.truthFile)): what was planted and what the figures must be
      """)
  }
}

extension SampleProfile: ExpressibleByArgument {}
