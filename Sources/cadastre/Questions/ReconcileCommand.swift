import ArgumentParser
import Foundation
import Intake
import Metrics
import Records
import Reports

struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Tie a figure to the CRM's own report of it",
    discussion: """
      Export the report from the CRM with its rows (Salesforce: Export, Details Only) and, best, \
      with a column of Ids. Listed are the records only in the report, only here, and with another \
      value, by the rule that explains each; the sums add up. Differences are no failure: the exit \
      status is 0.

      cadastre reconcile won.csv won_amount --period fiscal_year
      cadastre reconcile pipeline.xlsx open_amount --where "Owner.Name = 'Ann Lee'"
      cadastre reconcile deals.csv won_amount --id "Deal ref" --value "Total EUR" --out differences.csv
      """)

  @Argument(
    help: ArgumentHelp(
      "The report: CSV or XLSX; of a workbook also a sheet, as report.xlsx#Sheet1",
      valueName: "report"))
  var report: String

  @Argument(help: ArgumentHelp("The name of a metric", valueName: "metric"))
  var metric: String

  @Option(help: ArgumentHelp("Heading of the report's column of Ids", valueName: "column"))
  var id: String?

  @Option(help: ArgumentHelp("Heading of the report's column of values", valueName: "column"))
  var value: String?

  @Option(
    help: ArgumentHelp(
      "How the report writes numbers: \(CellForms.NumberForm.allCases.map(\.rawValue).joined(separator: " or ")); left out: as its cells show",
      valueName: "form"))
  var numbers: String?

  @Option(
    help: ArgumentHelp(
      "How the report writes dates: \(CellForms.DateOrder.allCases.map(\.rawValue).joined(separator: " or ")); left out: as its cells show",
      valueName: "order"))
  var dates: String?

  @OptionGroup var question: QuestionOptions

  @Option(help: "At most so many records for each rule; left out: 10 as text, all in a file")
  var limit: Int?

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @Option(help: "text, csv, json or xml; text where it is left out, else by the name of --out")
  var format: TableFormat?

  @Option(help: "The file to write")
  var out: String?

  /// How many records of a rule are shown to people where they do not say.
  private static let usualLimit = 10

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit \(limit) leaves no record: write 1 or more")
    }
    if let numbers, CellForms.NumberForm(rawValue: numbers) == nil {
      let forms = CellForms.NumberForm.allCases.map { "\"\($0.rawValue)\"" }
      throw ValidationError("--numbers \"\(numbers)\" is no form: write \(Suggestion.list(forms))")
    }
    if let dates, CellForms.DateOrder(rawValue: dates) == nil {
      let orders = CellForms.DateOrder.allCases.map(\.rawValue)
      throw ValidationError("--dates \"\(dates)\" is no order: write \(Suggestion.list(orders))")
    }
    if !question.by.isEmpty {
      throw ValidationError(
        "--by slices a figure, and a report is compared as a whole: narrow it with --where")
    }
  }

  func run() throws {
    let console = options.console
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    var question = try Question([metric], self.question, catalogue: catalogue)
    guard question.query.metrics.count == 1 else {
      throw ValidationError("reconcile takes one metric: \(metric)")
    }
    let asked = question
    let (fact, needsValue) = try asked.pointing {
      try catalogue.reconcilable(
        metric, at: SourcePosition(file: "METRIC", line: 1, column: 1))
    }
    let settings = MetricSettings(project.configuration)
    let valueField = fact == .opportunities ? settings.valueField : nil
    // A wrong report is told before a large export is read.
    let file = try ReportFile(
      request(fact.entity, needsValue: needsValue, catalogue, settings))
    console.begin(steps: 2)
    let pipeline = try Pipeline(
      project, catalogue: catalogue,
      demand: Pipeline.Demand(
        queries: [question.query],
        listings: catalogue.readToReconcile(
          question.query, settings,
          // What a mapping does not name is no field of another CRM.
          further: project.mapping.name == "salesforce" ? ["ExpectedRevenue"] : [])),
      options: options, console: console)
    try question.complete(with: pipeline)
    console.step("Comparing")
    let complete = question
    let report = try pipeline.export.joined(
      file, of: pipeline.request, valueField: valueField ?? fact.valueField)
    let found = try complete.pointing {
      try pipeline.engine.reconcile(metric, of: complete.query, with: report)
    }
    try write(found, complete.query, pipeline, catalogue, project, console)
    console.summarise(pipeline.findings)
  }

  private func write(
    _ found: Reconciliation, _ query: Query, _ pipeline: Pipeline, _ catalogue: MetricCatalogue,
    _ project: Project, _ console: Console
  ) throws {
    let output = TableOutput(format: format, out: out, project: project)
    let text = ReconciliationText(
      found, query, pipeline.context, catalogue: catalogue, width: output.width,
      limit: limit ?? (out == nil ? ReconcileCommand.usualLimit : nil))
    guard output.format != .text else { return try output.write(text.text, console: console) }
    let writer = TableWriter(formatter: pipeline.context.formatter)
    try output.write(
      try writer.bytes(of: found.table, as: output.format), console: console)
  }

  private func request(
    _ entity: Entity, needsValue: Bool, _ catalogue: MetricCatalogue, _ settings: MetricSettings
  ) throws -> ReportRequest {
    var (name, sheet) = (report, String?.none)
    let files = FileManager.default
    if !files.fileExists(atPath: report), let mark = report.lastIndex(of: "#"),
      files.fileExists(atPath: String(report[..<mark]))
    {
      (name, sheet) = (String(report[..<mark]), String(report[report.index(after: mark)...]))
    }
    return ReportRequest(
      path: URL(filePath: name).path, name: name, sheet: sheet, entity: entity,
      needsValue: needsValue, valueNames: valueNames(catalogue, settings, entity), id: id,
      value: value,
      forms: CellForms(
        dates: dates.flatMap(CellForms.DateOrder.init),
        numbers: numbers.flatMap(
          CellForms.NumberForm.init)))
  }

  /// Headings that say more surely than the usual ones what the metric sums.
  private func valueNames(
    _ catalogue: MetricCatalogue, _ settings: MetricSettings, _ entity: Entity
  ) -> [String] {
    guard entity == .opportunity else { return [] }
    var names: [String] = []
    if case .measure(let measure) = catalogue[metric]?.kind,
      measure.of?.text.lowercased().contains("probability") ?? false
    {
      names += [
        "Expected Revenue (converted)", "Weighted amount in company currency",
        "Expected Revenue", "Weighted amount", "Deal - Weighted value", "Weighted value",
      ]
    }
    let field = settings.valueField
    if field.lowercased() != "amount" {
      let label = field.hasSuffix("__c") ? String(field.dropLast(3)) : field
      names += ["\(label) (converted)", label, field]
    }
    return names
  }
}

extension Fact {
  /// The field that is the value of a record, where no configuration says it.
  fileprivate var valueField: String {
    switch self {
    case .accounts: "AnnualRevenue"
    case .lineItems: "TotalPrice"
    default: "Amount"
    }
  }
}
