import BuiltIns
import Metrics
import Records

extension ReportDefinition {
  /// Names of the reports that ship with Cadastre, in byte order.
  public static var builtInNames: [String] {
    BuiltIns.paths(in: "reports").filter { $0 != "reports/metrics.yaml" }.map {
      String($0.dropFirst("reports/".count).dropLast(".yaml".count))
    }
  }

  /// A report that ships with Cadastre, nil where none has the name.
  public static func builtIn(
    _ name: String, metrics: Set<String>? = nil, catalogue: MetricCatalogue? = nil
  ) throws(FindingsError) -> ReportDefinition? {
    guard builtInNames.contains(name) else { return nil }
    let path = "reports/\(name).yaml"
    guard let text = BuiltIns.text(path) else { return nil }
    return try ReportDefinition(text: text, file: path, metrics: metrics, catalogue: catalogue)
  }
}
