import Metrics
import Records

/// What earlier runs leave to a report: figures that it compares its own with.
///
/// Reports knows no history: `cadastre` reads one and hands this in. A report without a past, such
/// as one of a project that keeps no history, says nothing of it.
public struct ReportPast: Sendable {
  /// What an edition is found by from run to run.
  public struct EditionKey: Hashable, Sendable {
    public let report: String
    public let kind: String
    /// Id of the scope; empty for the company.
    public let scope: String

    public init(report: String, kind: String, scope: String) {
      self.report = report
      self.kind = kind
      self.scope = scope
    }
  }

  /// An earlier edition.
  public struct Edition: Sendable {
    /// Its as-of date.
    public let day: Day
    /// Its figures that were known, by their keys.
    public let figures: [String: Ratio]

    public init(day: Day, figures: [String: Ratio]) {
      self.day = day
      self.figures = figures
    }
  }

  /// A day of a run with figures of the whole company.
  public struct TrendDay: Sendable {
    public let day: Day
    public let figures: [TrendFigure: Ratio]

    public init(day: Day, figures: [TrendFigure: Ratio]) {
      self.day = day
      self.figures = figures
    }
  }

  /// The last edition before the as-of date.
  public var last: [EditionKey: Edition]
  /// The edition of a year before the as-of date, or of the week that ends there.
  public var yearBefore: [EditionKey: Edition]
  /// The earliest day first; the as-of date is the last.
  public var trend: [TrendDay]
  /// What a notice predicted, beside what is so; nil where none was kept.
  public var prediction: NoticePrediction?

  public init(
    last: [EditionKey: Edition] = [:], yearBefore: [EditionKey: Edition] = [:],
    trend: [TrendDay] = [], prediction: NoticePrediction? = nil
  ) {
    self.prediction = prediction
    self.last = last
    self.yearBefore = yearBefore
    self.trend = trend
  }
}

/// The figures of the company that are followed from run to run.
public enum TrendFigure: String, CaseIterable, Hashable, Sendable {
  case neglected = "neglected_accounts"
  case unassigned = "unassigned_accounts"
  case conflicts

  var title: String {
    switch self {
    case .neglected: "Neglected accounts"
    case .unassigned: "Accounts in no territory"
    case .conflicts: "Conflicts"
    }
  }
}

extension ReportDefinition {
  /// Whether the report holds what a notice predicted against what is so.
  public var showsPrediction: Bool {
    sections.flatMap(\.withParts).contains { section in
      if case .table(let table) = section.content, case .data(let data) = table.source {
        return [.prediction, .predictionTerritories].contains(data)
      }
      return false
    }
  }

  /// Whether the report tells managers of a change of models before it comes.
  public var isNotice: Bool { isAboutChange && editions.contains(.manager) }

  /// Whether the report shows how figures of the company moved from run to run.
  public var showsTrend: Bool {
    sections.flatMap(\.withParts).contains { section in
      if case .table(let table) = section.content, case .data(.trend) = table.source {
        return true
      }
      return false
    }
  }

  /// Whether the report shows the bridge of the pipeline, which begins at the last edition.
  public var showsBridge: Bool {
    sections.flatMap(\.withParts).contains { section in
      switch section.content {
      case .table(let table):
        switch table.source {
        case .detail(.pipelineBridge), .detail(.pipelineBridgeDeals), .standard(.pipelineMovement):
          true
        default: false
        }
      case .chart(let chart):
        if case .bridge(.pipelineMovement) = chart.source { true } else { false }
      default: false
      }
    }
  }
}
