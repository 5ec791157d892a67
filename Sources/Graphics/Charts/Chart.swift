/// A chart as a value: what it shows, but not yet where.
public protocol Chart: Sendable {
  /// Takeaway, title and subtitle.
  var heading: ChartHeading { get }

  /// What a reader who cannot see the chart is told: its message and its data.
  var textAlternative: String { get }

  /// The chart laid out for a width; the height follows from what there is to show.
  ///
  /// - Parameters:
  ///   - width: The width of the canvas in points; below 240 it is laid out for 240.
  ///   - theme: Colours, fonts and sizes.
  ///   - measurer: What says how long a text is; the canvas that will draw the scene.
  /// - Returns: The scene, ready to draw.
  func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene
}

/// The words over a chart.
public struct ChartHeading: Sendable, Equatable {
  /// The message of the chart as a sentence, on top and largest.
  public var takeaway: String?
  /// What is shown.
  public var title: String
  /// Unit and period.
  public var subtitle: String?

  /// A heading; only the title is needed.
  public init(takeaway: String? = nil, title: String, subtitle: String? = nil) {
    self.takeaway = takeaway
    self.title = title
    self.subtitle = subtitle
  }

  /// The heading as sentences.
  var spoken: String {
    let what = [title, subtitle].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    return [takeaway, what].compactMap { $0 }.filter { !$0.isEmpty }.map(Self.sentence)
      .joined(separator: " ")
  }

  static func sentence(_ text: String) -> String {
    text.last.map { ".!?…。".contains($0) } == true ? text : text + "."
  }
}

/// What a number stands for, drawn after the notation of IBCS.
public enum Notation: String, Sendable, Equatable {
  /// Measured: solid.
  case actual
  /// The same time a year before: lighter.
  case prior
  /// Planned: outlined.
  case plan
  /// Expected: hatched.
  case forecast
}

/// A good or bad number, shown by colour and by what its text and direction say.
public enum Tone: String, Sendable, Equatable {
  case plain
  case good
  case bad
  /// Of less weight than its neighbours, such as a remainder.
  case muted
}

/// A number with the text it was formatted to.
///
/// A number that is nil is undefined: nothing is drawn for it but its text, by default "–". One that
/// is infinite or not a number counts as nil.
public struct ChartValue: Sendable, Equatable {
  /// The number, finite, or nil where it is undefined.
  public let number: Double?
  /// The number as the reader sees it.
  public let text: String
  /// Whether it is good, bad or neither.
  public let tone: Tone
  /// Whether it is measured, planned or expected, where its series is something else.
  public let notation: Notation?

  /// - Parameters:
  ///   - number: The number in the unit of the chart.
  ///   - text: The number as the reader sees it; empty for one that is nil gives "–".
  ///   - tone: Whether the number is good, bad or neither.
  ///   - notation: What the number is, where it differs from its series: the months to come among
  ///     those that were.
  public init(
    _ number: Double?, _ text: String, tone: Tone = .plain, notation: Notation? = nil
  ) {
    let known = number.flatMap { $0.isFinite ? $0 : nil }
    self.number = known
    self.text = known == nil && (text.isEmpty || number != nil) ? "–" : text
    self.tone = tone
    self.notation = notation
  }
}

extension ChartValue {
  /// The text with a shape that says good or bad, for colour alone is lost to some readers.
  var marked: String { tone.shape + text }
}
