import Records

/// The forecast category of deals by the API's values, whatever administrators call them.
public struct ForecastCategories: Sendable {
  /// The values in the order in which a forecast is read.
  public static let values = [
    "Pipeline", "BestCase", "MostLikely", "Forecast", "Closed", "Omitted",
  ]

  /// A value with the label that the organisation shows for it.
  public struct Label: Hashable, Sendable {
    public let value: String
    public let label: String
  }

  /// What the CRM calls the values where nobody has changed it: the value of a label in lower case.
  public static let usual = [
    "pipeline": "Pipeline", "best case": "BestCase", "bestcase": "BestCase",
    "most likely": "MostLikely", "mostlikely": "MostLikely", "commit": "Forecast",
    "forecast": "Forecast", "closed": "Closed", "omitted": "Omitted",
  ]

  /// The value of each deal; a label that stands for none of them stays itself.
  let cells: Categories
  /// The labels of the values that some deal has, in the order of `values`.
  public let labels: [Label]

  init(of deals: Table) {
    let values = deals.categories("ForecastCategory")
    let names = deals.categories("ForecastCategoryName")
    guard deals.has("ForecastCategoryName") else {
      cells = values
      labels = []
      return
    }
    // How often each value is shown by each label.
    let pairs = names.values.count
    var counts = [Int](repeating: 0, count: values.values.count * pairs)
    for (value, name) in zip(values.codes, names.codes) where value >= 0 && name >= 0 {
      counts[Int(value) * pairs + Int(name)] += 1
    }
    // The one that most deals have, then the first in order.
    func most(_ codes: Range<Int>, _ count: (Int) -> Int, precedes: (Int, Int) -> Bool) -> Int? {
      codes.filter { count($0) > 0 }.min {
        count($0) != count($1) ? count($0) > count($1) : precedes($0, $1)
      }
    }
    var labels: [Label] = []
    for (value, text) in values.values.enumerated() {
      let name = most(0..<pairs) {
        counts[value * pairs + $0]
      } precedes: {
        names.values[$0].utf8.lexicographicallyPrecedes(names.values[$1].utf8)
      }
      if let name { labels.append(Label(value: text, label: names.values[name])) }
    }
    func value(of name: Int) -> String? {
      most(values.values.indices) {
        counts[$0 * pairs + name]
      } precedes: {
        ForecastCategories.precedes(values.values[$0], values.values[$1])
      }.map { values.values[$0] }
    }
    var all = values.values
    var codeOfValue: [String: Int32] = [:]
    for (code, value) in all.enumerated() { codeOfValue[value] = Int32(code) }
    let codes = names.values.enumerated().map { index, name -> Int32 in
      let value = value(of: index) ?? ForecastCategories.usual[name.lowercased()] ?? name
      if let known = codeOfValue[value] { return known }
      codeOfValue[value] = Int32(all.count)
      all.append(value)
      return Int32(all.count - 1)
    }
    // Without a value of the API the usual labels say which is meant.
    if values.values.isEmpty {
      for (index, name) in names.values.enumerated() where all[Int(codes[index])] != name {
        labels.append(Label(value: all[Int(codes[index])], label: name))
      }
    }
    cells = Categories(
      codes: zip(values.codes, names.codes).map { value, name in
        value >= 0 || name < 0 ? value : codes[Int(name)]
      }, values: all)
    self.labels = labels.sorted {
      ForecastCategories.precedes($0.value, $1.value)
        || ($0.value == $1.value && $0.label.utf8.lexicographicallyPrecedes($1.label.utf8))
    }
  }

  /// Whether a value stands before another: in the forecast's order, any other after them by bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (one, other) = (values.firstIndex(of: left), values.firstIndex(of: right))
    switch (one, other) {
    case (let one?, let other?): return one < other
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil): return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}

extension LocalEngine {
  /// What the organisation calls the forecast categories; empty where it shows the values themselves.
  public var forecastLabels: [ForecastCategories.Label] {
    ledger.facts.forecasts.value.labels.filter { $0.label != $0.value }
  }
}
