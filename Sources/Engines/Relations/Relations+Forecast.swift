import Metrics
import Records

// The forecast category of deals by the API's values, whatever administrators call them.
extension Relations {
  /// The value of a deal, else that which most deals of its label have, else that of the usual label.
  func forecast(_ joins: inout [String]) throws -> String {
    let value = column("ForecastCategory", of: .opportunity, "deal")
    guard let label = column("ForecastCategoryName", of: .opportunity, "deal") else {
      return value ?? dialect.null("VARCHAR")
    }
    let usual = ForecastCategories.usual.sorted { $0.key < $1.key }.map {
      "WHEN \(dialect.literal($0.key)) THEN \(dialect.literal($0.value))"
    }
    let byLabel = "CASE lower(\(label)) \(usual.joined(separator: " ")) ELSE \(label) END"
    guard let value else { return byLabel }
    let order = ForecastCategories.values.enumerated().map {
      "WHEN \(dialect.literal($1)) THEN \($0)"
    }
    try define("forecast_label", "The forecast category that most deals of a label have.") {
      """
      SELECT label, category FROM (
        SELECT ForecastCategoryName AS label, ForecastCategory AS category,
          row_number() OVER (
            PARTITION BY ForecastCategoryName
            ORDER BY count(*) DESC, CASE ForecastCategory \(order.joined(separator: " "))
              ELSE \(order.count) END, ForecastCategory) AS place
        FROM Opportunity
        WHERE ForecastCategoryName IS NOT NULL AND ForecastCategory IS NOT NULL
        GROUP BY ForecastCategoryName, ForecastCategory
      ) AS counted WHERE place = 1
      """
    }
    joins.append("LEFT JOIN forecast_label ON forecast_label.label = \(label)")
    return "coalesce(\(value), forecast_label.category, \(byLabel))"
  }
}
