import Metrics
import Records

/// A column of a standard table, and the columns of the SELECT that it is made of.
struct TableColumn: Sendable {
  enum Kind: Sendable {
    /// The key of a record.
    case id
    case text
    /// A month by its first day.
    case month
    /// The name of the record whose key stands beside it; that key where it has none.
    case name
    case count
    /// Parts of a unit of 1/10,000.
    case money
    /// A numerator and a denominator.
    case ratio(Unit)
    /// A numerator and a denominator, and whether both are money, whose unit differs from row to row.
    case mixed
    /// The coefficient of variation: count, sum, sum of squares and least value.
    case variation
    /// A metric of the catalogue, from the figures of its measures, and where it is counted the number
    /// of rows behind it.
    case metric(String, [MeasureFigure], isCounted: Bool)
  }

  /// How a figure of a measure stands in the SELECT: the figure, and what it is divided by.
  struct MeasureFigure: Sendable {
    let name: String
    let denominator: Int128
  }

  let name: String
  let kind: Kind

  /// How many columns of the SELECT it takes.
  var width: Int {
    switch kind {
    case .id, .text, .month, .count, .money: 1
    case .name, .ratio: 2
    case .mixed: 3
    case .variation: 4
    case .metric(_, let figures, let isCounted): 2 * figures.count + (isCounted ? 1 : 0)
    }
  }

  func column(
    _ cells: [[String?]], schema: ExportSchema, catalogue: MetricCatalogue
  ) throws -> MetricColumn {
    func column(_ unit: Unit, _ cells: Cells, _ rowUnits: [Unit]? = nil) -> MetricColumn {
      MetricColumn(name: name, title: name, unit: unit, cells: cells, rowUnits: rowUnits)
    }
    func whole(_ cell: String?) throws -> Int128? {
      guard let cell else { return nil }
      guard let value = Int128(cell) else { throw PrintedAnswer.damaged }
      return value
    }
    func ratio(_ cells: ArraySlice<String?>) throws -> Ratio? {
      let parts = Array(cells)
      guard let above = try whole(parts[0]), let below = try whole(parts[1]), below != 0 else {
        return nil
      }
      return Ratio(above, over: below)
    }
    switch kind {
    case .id: return column(.text, .text(cells.map { $0[0].map(schema.printed) }))
    case .text: return column(.text, .text(cells.map { $0[0] }))
    case .month: return column(.text, .text(cells.map { $0[0].map { String($0.prefix(7)) } }))
    case .name: return column(.text, .text(cells.map { $0[1] ?? $0[0].map(schema.printed) }))
    case .count: return column(.count, .integers(try cells.map { try whole($0[0]) }))
    case .money: return column(.money, .money(try cells.map { try whole($0[0]) }))
    case .ratio(let unit):
      return column(unit, Cells(try cells.map { try ratio($0[...]) }, unit: unit))
    case .mixed:
      let units = cells.map { $0[2] == "money" ? Unit.money : $0[2] == "mean" ? .mean : .count }
      return column(
        .number, .ratios(try cells.map { try ratio($0[0..<2]) ?? Ratio(0, over: 0) }), units)
    case .variation:
      let values = try cells.map { cells -> Ratio? in
        guard let count = try whole(cells[0]), let sum = try whole(cells[1]),
          let squares = try whole(cells[2]), let least = try whole(cells[3])
        else { return nil }
        return Ratio.variation(count: count, sum: sum, squares: squares, least: least)
      }
      return column(.rate, Cells(values, unit: .rate))
    case .metric(let metric, let figures, let isCounted):
      let unit = catalogue[metric]?.unit ?? .number
      let values = try cells.map { cells -> Ratio? in
        var known: [String: Ratio] = [:]
        for (index, figure) in figures.enumerated() {
          let parts = cells[2 * index..<2 * index + 2]
          if let ratio = try ratio(parts) {
            known[figure.name] = Ratio(
              ratio.numerator, over: ratio.denominator * figure.denominator)
          }
        }
        return catalogue.value(of: metric) { known[$0] }
      }
      let n = isCounted ? try cells.map { try whole($0.last ?? nil) ?? 0 } : nil
      return MetricColumn(
        name: name, title: name, unit: unit, cells: Cells(values, unit: unit), n: n)
    }
  }
}
