/// The stages of a process as bars, with how many go on from one to the next between them.
///
/// Lengths are the numbers, all from one zero; a trapezoid would show areas that stand for nothing.
public struct FunnelChart: Chart {
  /// One stage with how many or how much reached it.
  public struct Stage: Sendable, Equatable {
    /// What the stage is called.
    public var label: String
    /// What reached the stage: the length of its bar.
    public var value: ChartValue
    /// A second number said beside the first, such as the amount of so many deals.
    public var detail: String?

    /// A stage by its name and number.
    public init(_ label: String, _ value: ChartValue, detail: String? = nil) {
      self.label = label
      self.value = value
      self.detail = detail
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The stages from the first to the last.
  public var stages: [Stage]
  /// The most stages shown; the last one always is.
  public var maximum: Int
  /// The sentence shown where no stage has a number.
  public var empty: String
  /// Turns a share, 1 for all, into text.
  public var rate: @Sendable (Double) -> String

  /// A funnel of stages, each of which is a part of the one before it.
  public init(
    heading: ChartHeading, stages: [Stage], maximum: Int = 20,
    empty: String = "There is nothing to show.", rate: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.stages = stages
    self.maximum = maximum
    self.empty = empty
    self.rate = rate
  }

  /// What share of one stage another is; nil where the first is not above zero.
  static func conversion(_ from: ChartValue, _ to: ChartValue) -> Double? {
    guard let from = from.number, let to = to.number, from > 0, to >= 0 else { return nil }
    let share = to / from
    return share.isFinite ? share : nil
  }

  /// What is said between a stage and the one before it: the share that went on, and of the first.
  func passage(_ index: Int, isShort: Bool = false) -> String {
    let step = Self.conversion(stages[index - 1].value, stages[index].value)
    let all = index > 1 ? Self.conversion(stages[0].value, stages[index].value) : nil
    let words = [
      step.map { Share.text($0, by: rate) + (isShort && all != nil ? "" : " of the stage before") },
      all.map { Share.text($0, by: rate) + " of the first" },
    ].compactMap { $0 }
    return words.isEmpty ? "n/a" : words.joined(separator: " · ")
  }

  /// The heading, and every stage with its number and what share of the stage before it that is.
  public var textAlternative: String {
    guard hasNumbers else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = shown.map { index in
      let passage = index > 0 ? " (\(passage(index)))" : ""
      return "\(stages[index].label): \(text(stages[index]))\(passage)"
    }
    let sentences = [heading.spoken, ChartHeading.sentence(parts.joined(separator: "; "))]
    return (sentences + cutSentences).joined(separator: " ")
  }

  /// The funnel laid out for a width; its height follows from the number of stages.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    if hasNumbers {
      y = draw(on: &sketch, y: y)
      y = sketch.notes(cutSentences, y: y)
    } else {
      y = sketch.note(empty, y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private var hasNumbers: Bool { stages.contains { $0.value.number != nil } }

  private func text(_ stage: Stage) -> String {
    [stage.value.text, stage.detail ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// The places of the stages drawn: the first ones and the last.
  private var shown: [Int] {
    let maximum = max(2, maximum)
    guard stages.count > maximum else { return Array(stages.indices) }
    return Array(stages.indices.prefix(maximum - 1) + stages.indices.suffix(1))
  }

  private var cutSentences: [String] {
    let shown = shown.count
    guard shown < stages.count else { return [] }
    return [
      "The first \(shown - 1) of \(stages.count) stages and the last one are shown; the stage "
        + "before the last, of which that is a share, is not."
    ]
  }

  private func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let shown = shown
    let numbers = shown.compactMap { stages[$0].value.number }
    let frame = sketch.barRows(
      labels: shown.map { stages[$0].label },
      ends: shown.map { index in
        BarEnd(text(stages[index]), isBelowZero: (stages[index].value.number ?? 0) < 0)
      },
      domain: min(0, numbers.min() ?? 0)...max(0, numbers.max() ?? 0), endStyle: theme.label)
    let height = max(
      22, sketch.rowHeight(frame.ends, theme.label) + 4,
      frame.lead > 0 ? 0 : sketch.rowHeight(frame.labels, theme.label))
    let zero = frame.scale(0)
    var y = top
    var rows: [(top: Double, bottom: Double)] = []
    for (place, index) in shown.enumerated() {
      if index > 0 { y = draw(passage: index, x: zero, on: &sketch, y: y) }
      let value = stages[index].value
      y = sketch.rowLabel(frame, place, y: y, height: height)
      let middle = y + height / 2
      let end = value.number.map { frame.scale($0) } ?? zero
      if value.number != nil {
        let colour = theme.colour(value.tone) ?? theme.seriesColour(0)
        sketch.rect(
          Rect(from: Point(zero, y), to: Point(end, y + height)),
          paint: theme.paint(value.notation ?? .actual, colour: colour), role: .bar)
      }
      sketch.endText(
        frame.ends[place], x: end, middle: middle, isBelowZero: (value.number ?? 0) < 0,
        style: theme.label, isMuted: value.number == nil)
      rows.append((y, y + height))
      y += height
    }
    sketch.zeroLine(frame, rows)
    return y + 3
  }

  /// The words between two bars, in full where there is room; gives the y below them.
  private func draw(
    passage index: Int, x: Double, on sketch: inout Sketch, y: Double
  ) -> Double {
    let style = sketch.theme.small
    let room = sketch.right - x - 8
    let words = [passage(index), passage(index, isShort: true)].map { "↓ " + $0 }
    let fitting = words.first { sketch.textWidth($0, style) <= room } ?? words[1]
    let text = sketch.measurer.shortened(fitting, to: sketch.innerWidth, style: style)
    let left = min(x + 8, sketch.right - sketch.textWidth(text, style))
    let height = max(20, sketch.rowHeight([text], style) + 6)
    sketch.text(
      text, at: Point(left, y + height / 2 + sketch.drop(style)), .start, style,
      sketch.theme.mutedInk)
    return y + height
  }
}
