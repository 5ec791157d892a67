import Expressions
import Records
import Settings

/// The metrics that can be asked for, built-in and the user's own, all written as data.
public struct MetricCatalogue: Sendable {
  /// A file of metrics.
  public struct Source: Hashable, Sendable {
    public let path: String
    public let text: String

    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  /// The metrics in the order of their files.
  public let metrics: [Metric]
  private let byName: [String: Int]

  /// Reads files of metrics; a later file may not redefine a name.
  ///
  /// - Parameter sources: the built-in file `reports/metrics.yaml`, then the user's own.
  /// - Throws: Every error of every file, with its place.
  public init(_ sources: [Source]) throws(FindingsError) {
    let findings = Findings()
    var metrics: [Metric] = []
    for source in sources {
      let document = try Document(text: source.text, file: source.path)
      metrics += MetricReader(findings).metrics(of: document)
    }
    var byName: [String: Int] = [:]
    for (index, metric) in metrics.enumerated() {
      if let first = byName[metric.name] {
        findings.add(
          .value, at: metric.at,
          "metric \"\(metric.name)\" is already defined at \(metrics[first].at)",
          "give it another name")
      } else {
        byName[metric.name] = index
      }
    }
    self.metrics = metrics
    self.byName = byName
    MetricCheck(self, findings).run()
    try findings.throwIfAny()
  }

  /// The metric of a name, nil where there is none.
  public subscript(name: String) -> Metric? { byName[name].map { metrics[$0] } }

  /// The measures that a metric is made of, by name, each once and in order of first use.
  public func measures(of name: String) -> [(name: String, measure: Measure)] {
    var found: [(name: String, measure: Measure)] = []
    func visit(_ name: String, depth: Int) {
      guard let metric = self[name], depth < MetricCatalogue.maximumDepth else { return }
      if case .measure(let measure) = metric.kind {
        if !found.contains(where: { $0.name == name }) { found.append((name, measure)) }
        return
      }
      for part in metric.parts { visit(part, depth: depth + 1) }
    }
    visit(name, depth: 0)
    return found
  }

  /// How deep metrics may be made of metrics.
  static let maximumDepth = 20
}

extension Metric {
  /// Names of the metrics that a ratio or formula is made of.
  public var parts: [String] {
    switch kind {
    case .measure: []
    case .ratio(let numerator, let denominator): [numerator, denominator]
    case .formula(let text, let condition):
      [text, condition].compactMap { $0 }
        .flatMap { text -> [String] in
          let expression = try? Expression(parsing: text.text, at: text.at)
          return expression?.fields.map { $0.joined(separator: ".") } ?? []
        }
    }
  }
}
