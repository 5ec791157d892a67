import ArgumentParser
import Foundation
import Graphics
import Metrics
import Records
import Reports
import Territories

struct FamilyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "family",
    abstract: "Show one family of accounts as a tree, with its roll-up",
    discussion: """
      The family is that of the account: everything under its ultimate parent. Without --out it is \
      printed as text; with it the ending of the file decides: .svg, .png, .pdf, .html or .txt. A PDF \
      is one large page, or with --paged sheets that refer to each other; an HTML page unfolds, \
      searches and zooms. Branches that do not fit are folded by value, with their exact sum.
      With --before and --after the family stands under two territory models, the boxes that change \
      marked: side by side in SVG, PNG and PDF, as one tree elsewhere.
      """)

  @Argument(help: "An account of the family: its Id or name")
  var account: String

  @Option(help: ArgumentHelp("The file to write", valueName: "file"))
  var out: String?

  @Option(help: "svg, png, pdf, html or text, where the file does not say")
  var format: TreeFormat?

  @Option(help: "What is summed: won_amount or open_amount")
  var measure = FamilyTree.Measure.won

  @Option(help: "Only what a territory and those below it hold: its Id or name")
  var territory: String?

  @Option(help: "A territory model: the family as it holds it; given with --after")
  var before: String?

  @Option(help: "The territory model that takes its place")
  var after: String?

  @OptionGroup var drawing: DrawingOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try TreeOutput.check(format: format, out: out, options: drawing)
    guard (before == nil) == (after == nil) else {
      throw ValidationError(
        before == nil
          ? "--after needs the model before it: give --before active, say"
          : "--before needs the model that follows: give --after planned, say")
    }
    if before != nil, territory != nil {
      throw ValidationError(
        "--territory is of one model: leave it out where --before and --after are compared")
    }
  }

  func run() throws {
    let console = options.console
    let project = try Project(options)
    let output = TreeOutput(format: format, out: out, options: drawing, project: project)
    console.begin(steps: (before == nil ? 1 : 3) + (out == nil ? 0 : 1))
    if let before, let after {
      try runPair(before, after, project, output, console)
    } else {
      try runOne(project, output, console)
    }
  }

  private func runOne(_ project: Project, _ output: TreeOutput, _ console: Console) throws {
    let pipeline = try Pipeline(
      project, catalogue: try Pipeline.catalogue(of: project),
      demand: Pipeline.Demand(hasFamily: true), options: options, console: console)
    var scope = Scope.company
    if let territory {
      scope = .territory(
        try Choice.territory(
          territory, in: pipeline.assignment.model, done: "no family was drawn"))
    }
    let account = try Choice.account(account, in: pipeline.export.records[.account])
    guard let family = try pipeline.engine.family(.of(account: account), scope: scope),
      family.nodes.contains(where: { !$0.isElsewhere })
    else {
      throw FindingsError([
        Finding(
          code: "family-outside-scope", severity: .error,
          at: SourcePosition(file: "--territory", line: 1, column: 1),
          what: "no account of this family is in the territory", done: "no family was drawn",
          suggestion: "leave --territory out, or name a territory that holds one of its accounts")
      ])
    }
    try output.write(
      TreeDocument(family, measure: measure, in: pipeline.context), project: project,
      context: pipeline.context, console: console)
    console.summarise(pipeline.findings)
  }

  private func runPair(
    _ before: String, _ after: String, _ project: Project, _ output: TreeOutput,
    _ console: Console
  ) throws {
    let arguments = try ModelArguments([before, after], in: project)
    let read = try TerritoryPipeline(
      project, demand: Pipeline.Demand(fields: arguments.fields, hasFamily: true),
      options: options, console: console)
    let account = try Choice.account(account, in: read.records[.account])
    let models = try arguments.models(read)
    var families: [FamilyTree] = []
    for model in models {
      console.step("Running the rules of \(model.plan.name)")
      let holdings = try ChangeRun.holdings(model, read)
      // Without a scope every account of the family is there.
      if let family = try read.engine(under: holdings.assignment)
        .family(.of(account: account), scope: .company)
      {
        families.append(family)
      }
    }
    guard families.count == 2 else { return }
    let names = (before: models[0].plan.name, after: models[1].plan.name)
    var context = read.pipeline.context
    context.model = models[1].tree
    let document = TreeDocument(
      families[1], measure: measure, before: families[0], models: names, in: context)
    let pair = try TreeDocument.pair(
      before: families[0], after: families[1], models: names, measure: measure,
      direction: drawing.direction, maximum: output.maximum, in: context)
    try output.write(document, pair: pair, project: project, context: context, console: console)
    read.report(arguments.findings, to: console)
  }
}

extension FamilyTree.Measure: ExpressibleByArgument {}
