/// How much of each cohort is left, by periods since its start: a triangle, for the young cohorts
/// have no late periods yet.
///
/// What is still to come is empty, which zero is not. Shares stand in the cells where they fit; a
/// percent sign that is too wide for the cells is said once over the columns.
public struct CohortChart: Chart {
  /// What began together.
  public struct Cohort: Sendable, Equatable {
    /// What the cohort is called, for example its first month.
    public var label: String
    /// How many, or how much, it began with.
    public var size: ChartValue
    /// The share left after 0, 1, 2 … periods, 1 being all; it ends where the future begins.
    public var shares: [ChartValue]

    /// A cohort with its size and the shares left.
    public init(_ label: String, size: ChartValue, shares: [ChartValue]) {
      self.label = label
      self.size = size
      self.shares = shares
    }
  }

  /// What stands over the columns.
  public struct Names: Sendable, Equatable {
    /// What the size of a cohort counts, for example "Accounts".
    public var size: String
    /// What the columns count, for example "Months since the first deal".
    public var periods: String
    /// What the key calls a cell of the past without a share.
    public var noData: String

    /// The names over the columns.
    public init(
      size: String = "Accounts", periods: String = "Months since the start",
      noData: String = "No data"
    ) {
      self.size = size
      self.periods = periods
      self.noData = noData
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The cohorts, the oldest first.
  public var cohorts: [Cohort]
  /// What stands over the columns.
  public var names: Names
  /// The most cohorts shown, the last ones.
  public var maximum: Int
  /// The sentence shown where no cohort has a share.
  public var empty: String
  /// Turns a share at the key into text.
  public var format: @Sendable (Double) -> String

  /// A chart of cohorts of one kind.
  public init(
    heading: ChartHeading, cohorts: [Cohort], names: Names = Names(), maximum: Int = 48,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.cohorts = cohorts
    self.names = names
    self.maximum = maximum
    self.empty = empty
    self.format = format
  }

  /// The heading, and of each cohort its size and the last share known.
  public var textAlternative: String {
    guard isKnown else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = shown.prefix(12).map { cohort in
      let size = "\(cohort.label) (\(names.size): \(cohort.size.text))"
      guard let last = cohort.shares.lastIndex(where: { $0.number != nil }) else {
        return "\(size): –"
      }
      return "\(size): \(cohort.shares[last].text) at \(last)"
    }
    let rest = cohorts.count - parts.count
    let more = rest > 0 ? "; and \(rest) more cohorts" : ""
    return heading.spoken + " "
      + ChartHeading.sentence(
        "Last share by \(names.periods.lowercasedFirst): " + parts.joined(separator: "; ") + more)
  }

  /// The chart laid out for a width; its height follows from the number of cohorts.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    y = isKnown ? draw(on: &sketch, y: y) : sketch.note(empty, y: y)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private var isKnown: Bool { cohorts.contains { $0.shares.contains { $0.number != nil } } }

  private var shown: ArraySlice<Cohort> { cohorts.suffix(max(1, maximum)) }

  private func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let shown = shown
    let frame = sketch.cellFrame(
      labels: shown.map(\.label), details: shown.map(\.size.text), detailTitle: names.size)
    let periods = shown.map(\.shares.count).max() ?? 0
    let columns = min(periods, frame.capacity)
    let shares = shown.map { $0.shares.prefix(columns) }
    // Recurring revenue of a cohort may grow beyond what it began with.
    let most = max(1, shares.joined().compactMap(\.number).max() ?? 1)
    let isBare = isBare(shares.joined().map(\.text), step: frame.step(columns), sketch)

    let hasMissing = shares.joined().contains { $0.number == nil }
    var y = sketch.rampKey(
      theme.sequential, low: format(0), high: format(most), noData: hasMissing ? names.noData : "",
      y: top)
    y = sketch.paragraph(
      names.periods + (isBare ? ", shares in %" : ""), y: y + 2, lines: 2, theme.small,
      theme.mutedInk)
    let grid = CellGrid(
      labels: shown.map(\.label), details: shown.map(\.size.text), detailTitle: names.size,
      columns: (0..<columns).map(String.init),
      cells: shares.map { shares in
        shares.map { share in
          share.number.map { number in
            CellGrid.Cell(
              paint: BarPaint(fill: theme.sequential(number / most)),
              text: isBare ? Self.bare(share.text) : share.text)
          } ?? CellGrid.Cell(paint: theme.noData, text: "")
        }
      })
    let drawn = sketch.cellGrid(grid, frame: frame, y: y + 2)
    y = drawn.y
    let notes = [
      CellGrid.note(unwritten: drawn.unwritten, what: "shares"),
      Cut.last.sentence(shown: shown.count, of: cohorts.count, what: "cohorts"),
      Cut.first.sentence(shown: columns, of: periods, what: "periods"),
    ]
    for note in notes where !note.isEmpty { y = sketch.note(note, y: y + 6) }
    return y
  }

  /// Whether percent signs are left out of the cells because some do not fit with them.
  private func isBare(
    _ texts: some Sequence<String>, step: Double, _ sketch: Sketch
  ) -> Bool {
    let known = texts.filter { $0 != "–" }
    return known.allSatisfy { $0.hasSuffix("%") }
      && sketch.widest(known, sketch.theme.small) + 5 > step
  }

  private static func bare(_ text: String) -> String {
    text.hasSuffix("%") ? String(text.dropLast()).trimmedEnd : text
  }
}

extension String {
  /// The text as it stands within a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
