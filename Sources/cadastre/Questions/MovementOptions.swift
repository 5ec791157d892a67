import ArgumentParser
import Metrics
import Records

/// Between which days the table `pipeline-movement` follows the pipeline.
struct MovementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Of pipeline-movement: the day at whose end it opens, with --to; the last complete week where \
      they are left out
      """, valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The day at whose end it closes", valueName: "day"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      """
      Of pipeline-movement: only deals due in a period, such as fiscal_quarter or "Q3 FY2027"; all \
      where it is left out
      """, valueName: "period"))
  var window: String?

  /// What is asked of the movement.
  ///
  /// - Throws: A validation error that names the option and says what to write.
  func request(for tables: [StandardTable]) throws -> MovementRequest {
    let given = [("--from", from), ("--to", to), ("--window", window)].filter { $0.1 != nil }
    if let (option, _) = given.first, !tables.contains(.pipelineMovement) {
      throw ValidationError(
        "\(option) is of the table pipeline-movement, which is not asked for: name it, or leave"
          + " \(option) out")
    }
    var request = MovementRequest()
    switch (from, to) {
    case (nil, nil): break
    case (.some, nil):
      throw ValidationError("--from has no --to: give the day at whose end the movement closes")
    case (nil, .some):
      throw ValidationError("--to has no --from: give the day at whose end the movement opens")
    case (.some(let from), .some(let to)):
      let days = MovementRequest.Days(
        from: try day(from, of: "--from"), to: try day(to, of: "--to"))
      guard days.from <= days.to else {
        throw ValidationError(
          "--from \(days.from) is after --to \(days.to): give the earlier day as --from")
      }
      request.days = days
    }
    if let window {
      do {
        request.window = try PeriodText(
          window, at: SourcePosition(file: "--window", line: 1, column: 1))
      } catch {
        throw ValidationError(
          "--window \"\(window)\" is no period: "
            + (error.findings.first?.suggestion ?? "write a name such as fiscal_quarter"))
      }
    }
    return request
  }

  private func day(_ text: String, of option: String) throws -> Day {
    guard let day = Day(iso: text) else {
      throw ValidationError(
        "\(option) \"\(text)\" is no day: write a date such as 2026-11-20")
    }
    return day
  }
}
