import ArgumentParser
import Foundation
import Records

/// Options of every command that reads an export.
struct CommonOptions: ParsableArguments {
  @Option(help: "The folder of the project, where cadastre.yaml is")
  var project = "."

  @Option(
    parsing: .upToNextOption,
    help: "The export: a folder, a zip, or several; in place of the one in cadastre.yaml")
  var export: [String] = []

  @Option(
    name: .customLong("as-of"),
    help: "The day whose knowledge the figures show: a date, export or today")
  var asOf: String?

  @Flag(help: "Print results and errors only")
  var quiet = false

  @Flag(help: "Say more about what is done")
  var verbose = false

  func validate() throws {
    if let asOf, asOf != "export", asOf != "today", Day(iso: asOf) == nil {
      throw ValidationError(
        "--as-of \"\(asOf)\" is no day: write a date such as 2026-11-20, export or today")
    }
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  var console: Console { Console(isQuiet: quiet, isVerbose: verbose) }
}

/// What computes the figures; `explain` has an option of its own, which shows what others would do.
struct EngineOptions: ParsableArguments {
  @Option(help: "What computes the figures: local, or spark as cadastre.yaml says where it is")
  var engine = "local"

  var isSpark: Bool { engine == "spark" }

  func validate() throws {
    guard ["local", "spark"].contains(engine) else {
      throw ValidationError("there is no engine \"\(engine)\": write local or spark")
    }
  }
}
