import ArgumentParser
import Foundation
import Metrics
import Records
import Reports

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask any metric by any dimension",
    discussion: """
      Without a metric, those that there are are listed. A table for people is printed; csv, json \
      and xml hold the exact figures, undefined ones empty.

      cadastre query won_amount win_rate_count --by territory --period fiscal_year_to_date
      cadastre query open_amount --by owner --where "StageName = 'Negotiation'" --limit 10
      cadastre query won_amount --by fiscal_quarter --format csv --out won.csv
      cadastre query won_amount --by territory --period fiscal_year --chart bar --out won.svg

      Charts are written as .svg, .png or .pdf. Kinds, and what each needs:
      \(ChartOptions.kinds)

      Dimensions: \(QuestionOptions.dimensions).

      Periods: \(PeriodSpec.named.map(\.name).joined(separator: ", ")), FY2027, "Q3 FY2027", \
      2026-10, 2026-11-20, 2026-01-01..2026-03-31 (both days belong to it).
      """)

  @Argument(help: ArgumentHelp("Names of metrics", valueName: "metric"))
  var metrics: [String] = []

  @OptionGroup var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      """
      Columns to sort by, with commas between: won_amount, or owner:desc, or won_amount:asc; left \
      out: spans of time in their order, everything else by the first metric, the largest first
      """, valueName: "column,…"))
  var sort: [String] = []

  @Option(help: "At most so many rows; what is cut stands in one row called other")
  var limit: Int?

  @OptionGroup var chart: ChartOptions
  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @Option(help: "text, csv, json or xml; text where it is left out, else by the name of --out")
  var format: TableFormat?

  @Option(help: "The file to write")
  var out: String?

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit \(limit) leaves no row: write 1 or more")
    }
    if chart.chart != nil {
      guard !metrics.isEmpty else {
        throw ValidationError("--chart needs a metric: cadastre query without one lists all")
      }
      try chart.picture(out: out, hasFormat: format != nil)
    }
  }

  func run() throws {
    let console = options.console
    guard !metrics.isEmpty else { return try listMetrics() }
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    var question = try Question(
      metrics, self.question, sort: sort, limit: limit, chart: chart, catalogue: catalogue)
    console.begin(steps: 2)
    let pipeline = try Pipeline(
      project, catalogue: catalogue, demand: Pipeline.Demand(queries: [question.query]),
      options: options, console: console)
    try question.complete(with: pipeline)
    console.step("Asking")
    let asked = question
    if chart.chart != nil {
      try draw(asked, pipeline, catalogue: catalogue, project: project, console: console)
      return console.summarise(pipeline.findings)
    }
    let answer = try asked.pointing {
      try QueryAnswer(asked.query, pipeline, catalogue: catalogue) { queries in
        guard engine.isSpark else { return try pipeline.engine.run(queries) }
        return try SparkAnswers(
          pipeline, queries: queries, catalogue: catalogue, console: console
        ).answers(queries)
      }
    }
    let output = TableOutput(format: format, out: out, project: project)
    switch output.format {
    case .text: try output.write(answer.text(width: output.width), console: console)
    default:
      let writer = TableWriter(formatter: pipeline.context.formatter)
      try output.write(
        try writer.bytes(of: answer.table, as: output.format), console: console)
    }
    console.summarise(pipeline.findings)
  }

  /// Draws the answer into the file of `--out`.
  private func draw(
    _ question: Question, _ pipeline: Pipeline, catalogue: MetricCatalogue, project: Project,
    console: Console
  ) throws {
    let earlier = try question.compared(chart, pipeline)
    let format = try chart.picture(out: out, hasFormat: false)
    let bytes = try question.pointing {
      let drawing = ChartDrawing(
        question: try ChartQuestion(
          try chart.kind, question.query, comparedWith: earlier, catalogue: catalogue,
          context: pipeline.context), pipeline: pipeline, catalogue: catalogue)
      return try drawing.bytes(try drawing.chart(), chart.drawing, as: format, console)
    }
    try TableOutput(format: nil, out: out, project: project).write(bytes, console: console)
  }

  /// Prints every metric with its unit and what it means; an export is not needed for it.
  private func listMetrics() throws {
    let project = try Project(withoutExport: options.project)
    let catalogue = try Pipeline.catalogue(of: project)
    options.console.print(MetricList(catalogue, width: Terminal.width).text)
  }
}

/// Where a table goes and in which format.
struct TableOutput {
  let format: TableFormat
  private let url: URL?

  /// - Parameters:
  ///   - format: the format asked for; nil: by the ending of the file, text where there is none.
  ///   - out: the file, from the project's folder; nil: standard output.
  ///   - project: where the file's path starts.
  init(format: TableFormat?, out: String?, project: Project) {
    url = out.map { URL(filePath: $0, relativeTo: project.folder).standardizedFileURL }
    let ending = url?.pathExtension.lowercased()
    let byName = TableFormat.allCases.first { $0.fileExtension == ending }
    self.format = format ?? byName ?? (url == nil ? .text : .csv)
  }

  /// Cells that text may take.
  var width: Int { url == nil ? Terminal.width : Terminal.usualWidth }

  func write(_ text: String, console: Console) throws {
    try write(text.utf8, console: console)
  }

  func write(_ bytes: some Sequence<UInt8>, console: Console) throws {
    guard let url else { return console.print(String(decoding: Array(bytes), as: UTF8.self)) }
    try WrittenWhole.file(Data(bytes), at: url)
    console.print(Project.shown(url))
  }
}
