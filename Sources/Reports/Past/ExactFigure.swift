import Metrics
import Records

/// A figure that an edition shows, exact, for whoever keeps it; no writer prints it.
public struct ExactFigure: Hashable, Sendable {
  /// What the figure is, the same in every edition and run, such as
  /// `won_amount fiscal_quarter_to_date`.
  public let key: String
  /// What readers see it called.
  public let label: String
  /// The unit as data formats name it, such as `money`.
  public let unit: String
  /// The value in whole units; nil where it is not known.
  public let value: Ratio?

  public init(key: String, label: String, unit: String, value: Ratio?) {
    self.key = key
    self.label = label
    self.unit = unit
    self.value = value
  }
}

extension ReportDefinition.Figure {
  /// What the figure is, whatever it is called: metric, period, condition.
  var key: String {
    var words = [metric]
    if isOfChange { words.append("of the change") }
    if period != .always {
      words.append(PeriodSpec.named.first { $0.spec == period }?.name ?? "of a period")
    }
    if let spans { words.append("median of \(spans.rawValue)") }
    if let filter { words.append("where \(filter.text)") }
    return words.joined(separator: " ")
  }
}

extension SectionBuilder {
  /// The exact value of a key figure with its unit; nil where the answers do not hold it.
  func exact(_ step: ReportPlan.FigureStep) -> (value: Ratio, unit: Unit)? {
    let figure = step.figure
    if figure.isOfChange {
      guard let column = answers.change?.figures[figure.metric], let value = column.value(0) else {
        return nil
      }
      return (value, column.unit(0))
    }
    let table = answers.queries[step.present]
    guard let column = table[figure.metric], table.rowCount > 0 else { return nil }
    let value =
      figure.spans == nil ? column.value(0) : Spread(of: figure.metric, in: table).median
    return value.flatMap { $0.isDefined ? ($0, column.unit) : nil }
  }

  /// The key figures of the edition and the steps of its pipeline's bridge, each once.
  var exactFigures: [ExactFigure] {
    var figures: [ExactFigure] = []
    var seen: Set<String> = []
    func add(_ figure: ExactFigure) {
      if seen.insert(figure.key).inserted { figures.append(figure) }
    }
    for step in plan.steps.flatMap(\.figures) where context.readiness?.canMake(step.figure) ?? true
    {
      let known = exact(step)
      add(
        ExactFigure(
          key: step.figure.key, label: step.figure.label ?? step.figure.metric,
          unit: (known?.unit ?? .number).dataName, value: known?.value))
    }
    if let index = plan.details.firstIndex(of: .pipelineBridge) {
      let bridge = answers.details[index]
      for row in 0..<bridge.rowCount {
        guard let name = bridge["step"]?.text(row), let title = bridge["step"]?.shownText(row)
        else { continue }
        add(
          ExactFigure(
            key: "pipeline_bridge \(name)", label: title, unit: Unit.money.dataName,
            value: bridge["amount"]?.value(row)))
      }
    }
    return figures
  }
}

extension ReportPlan.Step {
  /// The key figures of a section and of those that it groups.
  fileprivate var figures: [ReportPlan.FigureStep] {
    switch self {
    case .keyFigures(let steps): steps
    case .group(let parts): parts.flatMap(\.step.figures)
    default: []
    }
  }
}
