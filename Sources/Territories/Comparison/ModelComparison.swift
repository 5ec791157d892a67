import Metrics
import Records

/// Models side by side, as tables.
public struct ModelComparison: Sendable {
  private let models: [ComparedModel]

  /// - Parameter models: in the order of their columns; no two share a key.
  public init(_ models: [ComparedModel]) { self.models = models }

  /// The whole of each model.
  ///
  /// Grain: one row per measure; one column per model.
  public var table: MetricTable {
    // A row that no model has a figure for says nothing.
    let rows = ComparedMeasure.all.filter { measure in
      models.contains { measure.value($0)?.isDefined == true }
    }
    var measure = MetricColumn(
      name: "measure", title: "Measure", unit: .text, cells: .text(rows.map(\.key)))
    measure.labels = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.title) })
    return MetricTable(
      name: "territories-compare", grain: "a measure",
      columns: [measure]
        + models.map { model in
          MetricColumn(
            name: model.key, title: model.title, unit: .number,
            cells: .ratios(rows.map { $0.value(model) ?? Ratio(0, over: 0) }),
            definition: "What the model \(model.title) holds.", rowUnits: rows.map(\.unit))
        })
  }

  /// What territories hold under each model, those of one developer name beside each other.
  ///
  /// Grain: one row per territory of any of the models, by key, and a last one for what is in none;
  /// one column per measure and model. A cell is empty where the model has no such territory.
  ///
  /// - Parameters:
  ///   - measures: which measures; names of `territoryMeasures`.
  ///   - crosswalk: what became of territories.
  /// - Returns: the table; measures that are none are passed over.
  public func byTerritory(_ measures: [String], crosswalk: Crosswalk = Crosswalk()) -> MetricTable {
    let rows = TerritoryRows(models, crosswalk)
    var columns = [
      MetricColumn(
        name: "territory_key", title: "Territory key", unit: .text,
        cells: .text(rows.keys + ["(unassigned)"])),
      MetricColumn(
        name: "territory", title: "Territory", unit: .text,
        cells: .text(rows.names + ["(unassigned)"])),
    ]
    for measure in TerritoryMeasure.all where measures.contains(measure.key) {
      for (model, places) in zip(models, rows.places) {
        let values = measure.values(model)
        let cells = places.map { indices -> Ratio in
          sum(indices.map { values[$0] }) ?? Ratio(0, over: 0)
        }
        columns.append(
          MetricColumn(
            name: "\(measure.key).\(model.key)", title: "\(measure.title), \(model.title)",
            unit: measure.unit,
            cells: .ratios(cells + [measure.unassigned(model) ?? Ratio(0, over: 0)]),
            definition: measure.definition))
      }
    }
    return MetricTable(
      name: "territories-compare-by-territory", grain: "a territory of any of the models",
      columns: columns)
  }

  /// Names of the measures that territories can be compared by.
  public static var territoryMeasures: [String] { TerritoryMeasure.all.map(\.key) }

  private func sum(_ values: [Ratio?]) -> Ratio? {
    var sum: Ratio?
    for case let value? in values { sum = sum.map { $0.adding(value) } ?? value }
    return sum
  }
}

/// The territories of several models by their keys.
private struct TerritoryRows {
  /// Developer names, in the order of their lower-case forms.
  let keys: [String]
  let names: [String]
  /// For each model and key the indices of its territories; several where a crosswalk joins them.
  let places: [[[Int]]]

  init(_ models: [ComparedModel], _ crosswalk: Crosswalk) {
    let changes = Crosswalk(
      Dictionary(
        crosswalk.newKeys.sorted { $0.key < $1.key }
          .map { ($0.key.lowercased(), $0.value.lowercased()) },
        uniquingKeysWith: { first, _ in first }))
    var named: [String: (key: String, name: String)] = [:]
    let found = models.map { compared -> [String: [Int]] in
      let tree = compared.model.tree
      var indices: [String: [Int]] = [:]
      for index in 0..<tree.count {
        let own = tree.developerNames[index]
        let key = changes.current(own.lowercased())
        indices[key, default: []].append(index)
        // A territory is called as its present key is, in the last model that has it.
        if key == own.lowercased() || named[key] == nil {
          named[key] = (own, tree.names[index])
        }
      }
      return indices
    }
    let sorted = named.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    keys = sorted.map(\.value.key)
    names = sorted.map(\.value.name)
    places = found.map { indices in sorted.map { indices[$0.key] ?? [] } }
  }
}

/// A figure by which single territories are compared.
private struct TerritoryMeasure: Sendable {
  let key: String
  let title: String
  let unit: Unit
  let definition: String
  let values: @Sendable (ComparedModel) -> [Ratio?]
  let unassigned: @Sendable (ComparedModel) -> Ratio?

  /// A column of the standard table `territories`.
  private static func column(
    _ key: String, _ title: String, _ unit: Unit, _ definition: String
  ) -> TerritoryMeasure {
    TerritoryMeasure(
      key: key, title: title, unit: unit, definition: definition,
      values: { $0.figures.values(key, count: $0.count) },
      unassigned: { $0.figures.unassigned(key) })
  }

  static let all: [TerritoryMeasure] = [
    column("accounts", "Accounts", .count, "Number of accounts in the territory."),
    column("users", "Users", .count, "Number of users who work in the territory."),
    TerritoryMeasure(
      key: "family_revenue", title: "Family revenue", unit: .money,
      definition: "Consolidated annual revenue of the families with an account in the territory.",
      values: { compared in
        (0..<compared.count).map { index in
          compared.figures.familyRevenue.map { Ratio($0[index], over: Int128(Exact.scale)) }
        }
      }, unassigned: { _ in nil }),
    TerritoryMeasure(
      key: "arr", title: "ARR", unit: .money,
      definition: "Recurring revenue a year of the territory's accounts.",
      values: { compared in
        (0..<compared.count).map { compared.figures.recurringRevenue?[$0] }
      }, unassigned: { $0.figures.recurringRevenue?.last }),
    column("open_amount", "Open pipeline", .money, "Value of open bookings of the territory."),
    column(
      "weighted_pipeline", "Weighted pipeline", .money,
      "Value of open bookings of the territory, each times its probability."),
    column("open_count", "Open deals", .count, "Number of open bookings of the territory."),
    column("quota", "Quota", .money, "Quota of the fiscal year."),
  ]
}
