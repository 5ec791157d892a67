import Metrics
import Records

/// The metrics that can be asked for, as text: name, unit and what each means.
public struct MetricList {
  private let catalogue: MetricCatalogue
  private let width: Int

  /// - Parameters:
  ///   - catalogue: the metrics.
  ///   - width: cells of the terminal.
  public init(_ catalogue: MetricCatalogue, width: Int) {
    self.catalogue = catalogue
    self.width = width
  }

  /// A line a metric; what it means goes on below itself.
  public var text: String {
    let metrics = catalogue.metrics
    let name = metrics.map { DisplayWidth.of($0.name) }.max() ?? 0
    let unit = metrics.map { DisplayWidth.of($0.unit.dataName) }.max() ?? 0
    let indent = name + unit + 4
    return metrics.flatMap { metric in
      let lines = WrappedText.lines(metric.definition, to: max(24, width - indent))
      let head = padded(metric.name, name) + "  " + padded(metric.unit.dataName, unit) + "  "
      return lines.enumerated().map { index, line in
        (index == 0 ? head : String(repeating: " ", count: indent)) + line
      }
    }.joined(separator: "\n") + "\n"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - DisplayWidth.of(text))
  }
}

/// Prose in lines of a width.
enum WrappedText {
  /// The words of a text in lines; a word that is wider than a line stands alone.
  static func lines(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var taken = 0
    for part in CleanText.unmarked(text).utf8.split(separator: 0x20) {
      let word = String(Substring(part))
      let needed = DisplayWidth.of(word)
      if !lines.isEmpty, taken + 1 + needed <= width {
        lines[lines.count - 1] += " " + word
        taken += 1 + needed
      } else {
        lines.append(word)
        taken = needed
      }
    }
    return lines
  }
}
