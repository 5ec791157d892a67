import Foundation
import Metrics
import Records
import Reports
import Settings

/// The report definitions a project has: its own `reports/*.yaml` before the built-in ones.
struct Definitions {
  private let project: Project
  private let catalogue: MetricCatalogue

  init(_ project: Project, catalogue: MetricCatalogue) {
    self.project = project
    self.catalogue = catalogue
  }

  /// The reports of the configuration with the kinds of edition that are made of each; the built-in
  /// ones where it has none.
  ///
  /// - Throws: `FindingsError` where one is not there, or wrong.
  func configured() throws -> [ConfiguredReport] {
    let configured = project.configuration.reports
    guard !configured.isEmpty else {
      return try ReportDefinition.builtInNames.map { try named($0) }.map {
        ConfiguredReport(definition: $0, kinds: $0.editions)
      }
    }
    return try configured.map { report in
      let definition = try named(report.name.value, at: report.name.at)
      guard let editions = report.editions else {
        return ConfiguredReport(
          definition: definition, kinds: definition.editions, families: report.families,
          beforeEffective: report.beforeEffective, every: report.every,
          distribution: report.distribution, at: report.name.at)
      }
      // The company's edition is made with those of its parts.
      let kinds = [ReportDocument.Edition.Kind(rawValue: editions.rawValue), .company]
      guard definition.editions.contains(where: { $0.rawValue == editions.rawValue }) else {
        throw FindingsError([
          Finding(
            code: "report-editions", severity: .error, at: report.name.at,
            what: "the report \"\(definition.name)\" has no editions by \(editions.rawValue)",
            done: "nothing was rendered",
            suggestion: "its editions are "
              + Suggestion.list(definition.editions.map(\.rawValue), conjunction: "and"))
        ])
      }
      return ConfiguredReport(
        definition: definition, kinds: definition.editions.filter { kinds.contains($0) },
        families: report.families, beforeEffective: report.beforeEffective, every: report.every,
        distribution: report.distribution, at: report.name.at)
    }
  }

  /// The definition of a name.
  ///
  /// - Throws: `FindingsError` where there is none, or where it is wrong.
  func named(_ name: String, at: SourcePosition? = nil) throws -> ReportDefinition {
    let path = "reports/\(name).yaml"
    let own = project.folder.appending(path: path)
    if !name.contains("/"), FileManager.default.fileExists(atPath: own.path) {
      return try ReportDefinition(
        text: Project.text(of: own, named: path), file: path, catalogue: catalogue)
    }
    guard let builtIn = try ReportDefinition.builtIn(name, catalogue: catalogue) else {
      throw FindingsError([
        Finding(
          code: "report-unknown", severity: .error, at: at,
          what: "there is no report \"\(name)\"", done: "nothing was rendered",
          suggestion: Suggestion.sentence(
            for: name, in: ReportDefinition.builtInNames,
            otherwise: "the reports are \(Suggestion.list(ReportDefinition.builtInNames))"))
      ])
    }
    return builtIn
  }
}

/// A report of the configuration, with the kinds of edition that are made of it.
struct ConfiguredReport {
  let definition: ReportDefinition
  let kinds: [ReportDocument.Edition.Kind]
  /// Which families have an edition; nil: the usual number of the largest.
  var families: Configuration.Families?
  /// It is due from so many days before the planned model goes live.
  var beforeEffective: Located<Int>?
  /// When it is due; nil: at each run, or once before the planned model goes live.
  var every: Schedule?
  /// How its editions reach their readers.
  var distribution = Configuration.Distribution()
  /// Where the configuration names it.
  var at: SourcePosition?

  /// Whether its messages wait for somebody to approve them.
  var needsApproval: Bool { distribution.needsApproval ?? definition.needsApproval }

  /// Why the report is not due, as a note; nil where it is due.
  ///
  /// It is due where no edition is kept of its last scheduled day or later. One of the as-of date
  /// itself is made anew: a run of a day replaces the one before.
  ///
  /// - Parameters:
  ///   - pipeline: the export, read.
  ///   - made: the as-of dates of the editions that are kept of it, the earliest first.
  /// - Returns: why it is not due.
  /// - Throws: `FindingsError` where it waits for a day that is not configured.
  func whyNotDue(on pipeline: Pipeline, made: [Day]) throws -> String? {
    let asOf = pipeline.context.asOf
    func last(from first: Day) -> Day? {
      made.contains(asOf) ? nil : made.last { first <= $0 && $0 < asOf }
    }
    let (start, early) = try beforeEffective.map { try beginning($0, pipeline) } ?? (nil, nil)
    if let early { return early }
    if let every {
      let calendar = pipeline.settings.calendar
      let scheduled = every.lastDay(notAfter: asOf, calendar: calendar)
      guard let day = last(from: scheduled) else { return nil }
      var next = asOf.adding(days: 1)
      while every.lastDay(notAfter: next, calendar: calendar) == scheduled {
        next = next.adding(days: 1)
      }
      return
        "It was made as of \(day) and is due again on \(next); cadastre run --all makes it now."
    }
    guard let start, let day = last(from: start) else { return nil }
    return "It was made as of \(day), once before the planned model goes live; cadastre run --all"
      + " makes it now."
  }

  /// The day from which a report that goes before a change is due, and why it is not due yet.
  private func beginning(
    _ beforeEffective: Located<Int>, _ pipeline: Pipeline
  ) throws -> (Day, String?) {
    guard let effective = pipeline.project.configuration.plannedModel?.effective?.value else {
      throw FindingsError([
        Finding(
          code: "effective-missing", severity: .error, at: beforeEffective.at,
          what:
            "\"before_effective\" counts from the day on which the planned model goes live, and "
            + "none is configured",
          done: "nothing was rendered",
          suggestion: "add effective: 2027-02-01 under territory_model, or remove before_effective")
      ])
    }
    let from = effective.adding(days: -beforeEffective.value)
    guard pipeline.context.asOf < from else { return (from, nil) }
    let why =
      "It is due from \(from), \(beforeEffective.value) days before the planned model goes live"
      + " on \(effective); cadastre run --all makes it now."
    return (from, why)
  }
}
