import Metrics
import Records

/// A kind of chart that a question can be drawn as.
public enum ChartKind: String, CaseIterable, Hashable, Sendable {
  case bar
  case column
  case stacked
  case diverging
  case bullet
  case waterfall
  case funnel
  case pareto
  case lorenz
  case histogram
  case line
  case area
  case sparkline
  case multiples
  case slope
  case scatter
  case heatmap
  case treemap
  case map

  /// What it shows and what it needs, as help and the manual say it.
  public var needs: String {
    switch self {
    case .bar: "lying bars: one or two dimensions other than time, or several metrics and none"
    case .column: "standing columns: one or two dimensions, best over time"
    case .stacked: "parts on top of each other: two dimensions and a metric that adds up"
    case .diverging: "the same with parts below zero, which hang below the line"
    case .bullet: "won against quota: two metrics by a dimension other than time"
    case .waterfall: "a bridge: one dimension other than time; with --compare from then to now"
    case .funnel: "two metrics or more without a dimension, each a part of the one before"
    case .pareto: "the largest and what share they reach: one dimension, a metric that adds up"
    case .lorenz: "how evenly it is spread, with Gini: one dimension, a metric that adds up"
    case .histogram: "how many members have how much: one dimension other than time"
    case .line: "a time dimension, alone or with another: a line for each of its members"
    case .area: "the same as areas on top of each other: a metric that adds up"
    case .sparkline: "a line without axes, the size of a word: a time dimension"
    case .multiples: "a small line each, on one scale: a time dimension and another"
    case .slope: "then and now: one dimension other than time, and --compare"
    case .scatter: "two metrics against each other, a third as size: a dimension other than time"
    case .heatmap: "two dimensions, each cell shaded by one metric"
    case .treemap: "parts as areas: one or two dimensions other than time, a metric that adds up"
    case .map: "regions in colour: country, or state of the USA, alone or with territory"
    }
  }

  /// The name with its article, for the middle of a sentence.
  var named: String {
    switch self {
    case .area: "an area chart"
    case .histogram: "a histogram"
    case .sparkline: "a sparkline"
    case .heatmap: "a heat map"
    case .treemap: "a treemap"
    case .funnel: "a funnel"
    case .multiples: "a chart of small multiples"
    case .lorenz: "a Lorenz curve"
    case .map: "a map"
    case .pareto: "a Pareto chart"
    default: "a \(rawValue) chart"
    }
  }
}
