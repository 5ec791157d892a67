import ArgumentParser
import Foundation
import Metrics
import Records
import Reports

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a metric means and which records are behind it",
    discussion: """
      cadastre explain win_rate_count
      cadastre explain won_amount --period fiscal_year --where "Owner.Name = 'Ann Lee'" --rows
      cadastre explain won_amount --rows --format csv --out won-deals.csv

      With --rows the records that count are listed, the largest value first, and summed again, \
      apart from the figure: both must agree. Dimensions and periods are those of cadastre query.
      """)

  @Argument(help: ArgumentHelp("The name of a metric", valueName: "metric"))
  var metric: String

  @OptionGroup var question: QuestionOptions

  @Flag(help: "List the records behind the figure, by Id, name, value and date")
  var rows = false

  @Option(
    help: "With --rows: at most so many records a measure; left out: 20 as text, all as data")
  var limit: Int?

  @Option(
    help: """
      With duckdb or spark: the whole script by which that engine gives the figures from the \
      export's files
      """)
  var engine: ExplainedEngine = .local

  @OptionGroup var options: CommonOptions

  @Option(
    help: """
      text, csv, json or xml; text where it is left out, else by the name of --out. Data formats \
      hold the records of --rows
      """)
  var format: TableFormat?

  @Option(help: "The file to write")
  var out: String?

  /// How many records of a measure are shown to people where they do not say.
  private static let usualLimit = 20

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit \(limit) leaves no record: write 1 or more")
    }
    if limit != nil, !rows { throw ValidationError("--limit is about records: add --rows") }
    if let format, format != .text, !rows {
      throw ValidationError("--format \(format.rawValue) is about records: add --rows")
    }
  }

  func run() throws {
    let console = options.console
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    var question = try Question([metric], self.question, catalogue: catalogue)
    guard question.query.metrics.count == 1 else {
      throw ValidationError("explain takes one metric: \(metric)")
    }
    let output = TableOutput(
      format: rows ? format : .text, out: out, project: project)
    console.begin(steps: 2)
    let demand = Pipeline.Demand(
      queries: [question.query],
      listings: rows ? catalogue.namesBehind(question.query) : [])
    let pipeline = try Pipeline(
      project, catalogue: catalogue, demand: demand, options: options, console: console)
    try question.complete(with: pipeline)
    console.step("Explaining")
    let asked = question
    let limit = limit ?? (output.format == .text ? ExplainCommand.usualLimit : nil)
    let behind = try asked.pointing {
      try catalogue.measures(of: metric).map { part in
        try pipeline.engine.records(
          behind: part.name, of: asked.query, limit: rows ? limit : 0)
      }
    }
    if output.format == .text {
      let answer = try asked.pointing {
        try QueryAnswer(asked.query, pipeline, catalogue: catalogue)
      }
      try output.write(
        text(answer, behind, pipeline, catalogue, asked.query, width: output.width),
        console: console)
    } else {
      let writer = TableWriter(formatter: pipeline.context.formatter)
      let table = BehindTable.of(behind, catalogue: catalogue)
      try output.write(
        try writer.bytes(of: table, as: output.format), console: console)
    }
    console.summarise(pipeline.findings)
  }

  private func text(
    _ answer: QueryAnswer, _ behind: [RecordsBehind], _ pipeline: Pipeline,
    _ catalogue: MetricCatalogue, _ query: Query, width: Int
  ) -> String {
    let settings = pipeline.engine.settings
    let words = ExplanationText(
      query, pipeline.context, catalogue: catalogue, settings: settings,
      labels: pipeline.engine.forecastLabels, width: width)
    let fields = Pipeline.fields(
      Pipeline.Demand(queries: [query]), catalogue, settings, isBare: true)
    var lines = words.definition + [""]
    lines += words.plan(
      counted: behind.map { ($0.measure, $0.table.totalRowCount, $0.recordCount) }, fields: fields)
    lines +=
      [""]
      + ExplainedSQL(query, pipeline, catalogue: catalogue, isSpark: engine == .spark)
      .lines(isWhole: engine != .local)
    lines += ["", "Figure", answer.text(width: width).trimmingCharacters(in: .newlines)]
    guard rows else { return lines.joined(separator: "\n") + "\n" }
    for part in behind {
      lines += ["", "Records behind \(part.measure)"]
      if part.table.rowCount > 0 {
        lines +=
          QueryText(
            part.table, totals: nil, formatter: pipeline.context.formatter, width: width
          ).lines
      }
      lines += words.proof(part, shown: part.table.rowCount)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Whose way to a figure `explain` shows in full.
enum ExplainedEngine: String, ExpressibleByArgument, CaseIterable {
  case local
  case duckdb
  case spark
}
