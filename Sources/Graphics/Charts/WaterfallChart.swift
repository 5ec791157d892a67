/// A bridge from an opening number over what rose and fell to a closing one.
///
/// Levels (opening, subtotals, closing) are bars from zero, movements float between them, and thin
/// lines connect them. A bridge that does not add up cannot be made: `init` says what is missing.
/// Steps stand from left to right, or lie one below the other where they would not fit.
public struct WaterfallChart: Chart {
  /// An opening, a subtotal or a closing, or a movement between two of them.
  public struct Step: Sendable, Equatable {
    /// Whether a step says how much there is or by how much it changed.
    public enum Kind: Sendable, Equatable {
      case level
      case movement
    }

    /// What the step is called.
    public var label: String
    /// Whether it is a level or a movement.
    public var kind: Kind
    /// The number; a level without one is computed from the steps before it.
    public var value: ChartValue?
    /// Whether it is actual, prior, planned or expected.
    public var notation: Notation

    /// How much there is at this point; without a value it is what the steps before come to.
    public static func level(
      _ label: String, _ value: ChartValue? = nil, notation: Notation = .actual
    ) -> Step {
      Step(label: label, kind: .level, value: value, notation: notation)
    }

    /// By how much it rose, or fell by a negative number.
    public static func movement(
      _ label: String, _ value: ChartValue, notation: Notation = .actual
    ) -> Step {
      Step(label: label, kind: .movement, value: value, notation: notation)
    }
  }

  /// A level that is not what the steps before it come to.
  public struct DoesNotClose: Error, Equatable, CustomStringConvertible {
    /// What the level is called.
    public var label: String
    /// What it is said to be.
    public var stated: String
    /// What the steps before it come to.
    public var reached: String
    /// What is between the two.
    public var gap: String

    /// What is wrong, what was done and what to do, in sentences.
    public var description: String {
      "The bridge does not add up: “\(label)” is \(stated), but the steps before it come to "
        + "\(reached); \(gap) is missing. Nothing was drawn. Add the movement that is missing, or "
        + "leave the level without a number to have it computed."
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// Which way the bridge runs if it fits; one that is too narrow to stand lies down.
  public var orientation: BarChart.Orientation
  /// The steps, which add up.
  public let steps: [Step]
  /// Whether a rise is good news; nil for a number that is neither good nor bad.
  public var moreIsBetter: Bool?
  /// The most steps shown; further movements are summed where they happened.
  public var maximum: Int
  /// The sentence shown where no step has a number.
  public var empty: String
  /// Turns a number into text.
  public var format: @Sendable (Double) -> String

  /// A bridge of steps that add up.
  ///
  /// An undefined opening or movement counts as nothing and is named below the picture.
  ///
  /// - Parameters:
  ///   - heading: Takeaway, title and subtitle.
  ///   - orientation: Columns for what happened over time, bars for structure.
  ///   - steps: Levels and movements in their order; one that does not begin with a level begins
  ///     at zero.
  ///   - tolerance: By how much a level may differ from the sum before it, for rounding.
  ///   - moreIsBetter: Whether a rise is good news; nil for neither.
  ///   - maximum: The most steps shown.
  ///   - empty: The sentence shown where no step has a number.
  ///   - format: Turns a number into text: of computed levels, of sums, at ticks.
  /// - Throws: `DoesNotClose` for the first level that is not the sum of the steps before it.
  public init(
    heading: ChartHeading, orientation: BarChart.Orientation = .columns, steps: [Step],
    tolerance: Double = 0.005, moreIsBetter: Bool? = true, maximum: Int = 24,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) throws(DoesNotClose) {
    self.heading = heading
    self.orientation = orientation
    self.moreIsBetter = moreIsBetter
    self.maximum = maximum
    self.empty = empty
    self.format = format
    self.steps = try Self.closed(steps, tolerance: tolerance, format: format)
  }

  /// The steps with every level computed and checked.
  private static func closed(
    _ steps: [Step], tolerance: Double, format: (Double) -> String
  ) throws(DoesNotClose) -> [Step] {
    var closed: [Step] = []
    var (reached, largest) = (0.0, 0.0)
    for (index, step) in steps.enumerated() {
      var step = step
      switch (step.kind, step.value?.number) {
      case (.movement, let number): reached += number ?? 0
      case (.level, let stated?):
        // Sums of binary fractions are off by a few of their last digits.
        let slack = max(tolerance, 1e-12 * max(largest, abs(stated)))
        if index > 0, abs(stated - reached) > slack {
          throw DoesNotClose(
            label: step.label, stated: step.value?.text ?? "", reached: format(reached),
            gap: format(abs(stated - reached)))
        }
        reached = stated
      case (.level, nil) where index > 0:
        step.value = ChartValue(reached, format(reached), tone: step.value?.tone ?? .plain)
      case (.level, nil): step.value = step.value ?? ChartValue(nil, "")
      }
      largest = max(largest, abs(reached))
      closed.append(step)
    }
    return closed
  }

  /// The heading and every step, a level by what it is and a movement by how it changed.
  public var textAlternative: String {
    guard hasNumbers else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let (steps, sentences) = shown
    let parts = steps.map { "\($0.label): \(text($0))" }
    return
      ([heading.spoken, ChartHeading.sentence(parts.joined(separator: "; "))]
      + sentences).joined(separator: " ")
  }

  /// The bridge laid out for a width, standing if it fits.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    if hasNumbers {
      let (steps, sentences) = shown
      let bars = bars(steps, theme)
      y =
        orientation == .columns && stands(bars, sketch)
        ? drawColumns(bars, on: &sketch, y: y) : drawBars(bars, on: &sketch, y: y)
      y = sketch.notes(sentences + (moreIsBetter == false ? ["Less is better"] : []), y: y)
    } else {
      y = sketch.note(empty, y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// Whether any step was given a number; a closing computed from none says nothing.
  private var hasNumbers: Bool {
    steps.enumerated().contains { index, step in
      guard let number = step.value?.number else { return false }
      return step.kind == .movement || index == 0 || number != 0
    }
  }

  /// The text of a step; a movement always has its sign.
  func text(_ step: Step) -> String { step.value?.text ?? "–" }

  /// Whether a step is good or bad: what its value says, else which way it moved.
  func tone(_ step: Step) -> Tone {
    guard let value = step.value, let number = value.number else { return .plain }
    guard value.tone == .plain, step.kind == .movement, number != 0, let moreIsBetter else {
      return value.tone
    }
    return (number > 0) == moreIsBetter ? .good : .bad
  }
}
