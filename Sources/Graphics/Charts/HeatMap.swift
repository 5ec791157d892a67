/// Rows by columns of numbers as shades: where in a table the large ones are.
///
/// Values stand in the cells where they fit. Numbers from zero upwards take one ramp; where there
/// are negative ones, another runs both ways from zero. A cell without data is hatched, which zero
/// is not.
public struct HeatMap: Chart {
  /// A row with one value a column.
  public struct Row: Sendable, Equatable {
    /// What the row is called.
    public var label: String
    /// One for each column; missing ones have no data.
    public var values: [ChartValue]

    /// A row by its name and values.
    public init(_ label: String, _ values: [ChartValue]) {
      self.label = label
      self.values = values
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// What the columns are called, from left to right.
  public var columns: [String]
  /// The rows from top to bottom.
  public var rows: [Row]
  /// The most rows shown, from the first.
  public var maximum: Int
  /// What the key calls a cell without data.
  public var noData: String
  /// The sentence shown where no cell has a number.
  public var empty: String
  /// Turns a number at the key into text.
  public var format: @Sendable (Double) -> String

  /// A chart of cells that share one unit.
  public init(
    heading: ChartHeading, columns: [String], rows: [Row], maximum: Int = 60,
    noData: String = "No data", empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.columns = columns
    self.rows = rows
    self.maximum = maximum
    self.noData = noData
    self.empty = empty
    self.format = format
  }

  /// The heading, the highest and lowest cells, and the values of the first rows.
  public var textAlternative: String {
    let cells = numbers
    guard
      let high = cells.max(by: { $0.number < $1.number }),
      let low = cells.min(by: { $0.number < $1.number })
    else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let ends =
      high.number == low.number
      ? "All known cells: \(high.text)."
      : "Highest: \(high.place), \(high.text). Lowest: \(low.place), \(low.text)."
    let parts = rows.prefix(6).map { row in
      let values = zip(columns, row.values).prefix(12).map { "\($0) \($1.text)" }
      return "\(row.label): \(values.joined(separator: ", "))"
    }
    let isCut = rows.count > 6 || columns.count > 12
    let more = isCut ? "; and more, \(rows.count) rows by \(columns.count) columns in all" : ""
    return heading.spoken + " " + ends + " "
      + ChartHeading.sentence(parts.joined(separator: "; ") + more)
  }

  /// The chart laid out for a width; its height follows from the number of rows.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    y = numbers.isEmpty ? sketch.note(empty, y: y) : draw(on: &sketch, y: y)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// The cells with a number, each with its place in words.
  private var numbers: [(number: Double, text: String, place: String)] {
    rows.flatMap { row in
      zip(columns, row.values).compactMap { column, value in
        value.number.map { ($0, value.text, "\(row.label), \(column)") }
      }
    }
  }

  /// The shade of a number among those shown.
  private struct Shading {
    var ramp: ColourRamp
    /// What the ends of the ramp stand for.
    var low: Double
    var high: Double

    func colour(_ number: Double) -> Colour {
      // Halves, so that the distance between the largest finite numbers stays finite.
      let extent = high / 2 - low / 2
      return ramp(extent > 0 ? (number / 2 - low / 2) / extent : 0)
    }
  }

  private func shading(_ numbers: [Double], _ theme: Theme) -> Shading {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    guard low < 0 else { return Shading(ramp: theme.sequential, low: 0, high: high) }
    let most = max(-low, high)
    return Shading(ramp: theme.diverging, low: -most, high: most)
  }

  private func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let shown = rows.prefix(max(1, maximum))
    let frame = sketch.cellFrame(labels: shown.map(\.label))
    let columns = columns.prefix(frame.capacity)
    let values = shown.map { row in
      columns.indices.map { $0 < row.values.count ? row.values[$0] : ChartValue(nil, "") }
    }
    let shading = shading(values.joined().compactMap(\.number), theme)
    let grid = CellGrid(
      labels: shown.map(\.label), columns: Array(columns),
      cells: values.map { row in
        row.map { value in
          value.number.map {
            CellGrid.Cell(paint: BarPaint(fill: shading.colour($0)), text: value.text)
          } ?? CellGrid.Cell(paint: theme.noData, text: "")
        }
      })
    let hasMissing = values.joined().contains { $0.number == nil }
    var y = sketch.rampKey(
      shading.ramp, low: format(shading.low), middle: shading.low < 0 ? format(0) : "",
      high: shading.high > shading.low ? format(shading.high) : "",
      noData: hasMissing ? noData : "", y: top)
    let drawn = sketch.cellGrid(grid, frame: frame, y: y + 4)
    y = drawn.y
    let notes = [
      CellGrid.note(unwritten: drawn.unwritten, what: "numbers"),
      Cut.first.sentence(shown: shown.count, of: rows.count, what: "rows"),
      Cut.first.sentence(shown: columns.count, of: self.columns.count, what: "columns"),
    ]
    for note in notes where !note.isEmpty { y = sketch.note(note, y: y + 6) }
    return y
  }
}
