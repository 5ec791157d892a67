import ArgumentParser
import Foundation
import Intake
import Records

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read everything, render nothing, and list what was found",
    discussion: "Rows read = used + set aside + deleted, for each file.")

  @OptionGroup var options: CommonOptions

  func run() throws {
    print("todo")
  }
}
