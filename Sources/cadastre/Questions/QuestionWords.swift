import Metrics
import Records

/// A word of a list on the command line, with its place.
struct Word {
  let text: String
  let at: SourcePosition

  /// The words of a text, which commas or spaces set apart.
  static func all(of text: String, as file: String) -> [Word] {
    var words: [Word] = []
    var current = ""
    var start = 1
    for (index, scalar) in (text + ",").unicodeScalars.enumerated() {
      guard scalar == "," || scalar == " " else {
        if current.isEmpty { start = index + 1 }
        current.unicodeScalars.append(scalar)
        continue
      }
      if !current.isEmpty {
        words.append(
          Word(text: current, at: SourcePosition(file: file, line: 1, column: start)))
      }
      current = ""
    }
    return words
  }

  func unknownMetric(_ catalogue: MetricCatalogue) -> Finding {
    if StandardTable(rawValue: text) != nil {
      return refusal(
        code: "metric-unknown", "\"\(text)\" is a table, not a metric",
        "run cadastre tables \(text)")
    }
    return refusal(
      code: "metric-unknown", "metric \"\(text)\" is not known",
      Suggestion.sentence(
        for: text, in: catalogue.metrics.map(\.name),
        otherwise: "cadastre query without a metric lists all"))
  }

  func unknownDimension() -> Finding {
    let names = Dimension.allCases.map(\.rawValue)
    return refusal(
      code: "dimension-unknown", "dimension \"\(text)\" is not known",
      Suggestion.sentence(
        for: text, in: names, otherwise: "the dimensions are \(Suggestion.list(names))"))
  }

  /// A column to sort by: `won_amount`, `won_amount:asc` or `won_amount:desc`.
  ///
  /// Figures come the largest first, names in their order, where nothing is said.
  func order(_ metrics: [String], _ by: [Dimension]) throws(FindingsError) -> Order {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let column = parts.first ?? ""
    let columns =
      metrics
      + by.flatMap { $0.entity == nil ? [$0.rawValue] : [$0.rawValue, $0.rawValue + "_id"] }
    guard columns.contains(column) else {
      throw FindingsError([
        refusal(
          code: "order-unknown",
          "the rows cannot be sorted by \"\(column)\", which is no column",
          Suggestion.sentence(
            for: column, in: columns, otherwise: "the columns are \(Suggestion.list(columns))"))
      ])
    }
    switch parts.dropFirst().first {
    case nil: return Order(column, descending: metrics.contains(column))
    case "asc": return Order(column)
    case "desc": return Order(column, descending: true)
    case .some(let direction):
      throw FindingsError([
        refusal(
          code: "order-unknown", "\"\(direction)\" is no direction to sort in",
          "write \(column):asc or \(column):desc")
      ])
    }
  }

  private func refusal(code: String, _ what: String, _ suggestion: String) -> Finding {
    Finding(
      code: code, severity: .error, at: at, what: what, done: "the query was not run",
      suggestion: suggestion)
  }
}
