import BuiltIns
import Metrics
import Records

extension MetricCatalogue {
  /// The metrics that ship.
  ///
  /// - Throws: What is wrong with their file.
  public static func builtIn() throws(FindingsError) -> MetricCatalogue {
    let path = "reports/metrics.yaml"
    return try MetricCatalogue([Source(path: path, text: BuiltIns.text(path) ?? "")])
  }
}
