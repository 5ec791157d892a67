/// A product of the price list.
struct Product: Sendable {
  let name: String
  let family: String
  let code: String
  /// List price in whole units of either currency.
  let price: Int
  let cell: [UInt8]
  /// Retired products are still on old lines.
  let isActive: Bool
}

/// A stage of the sales process.
struct Stage: Sendable {
  let name: String
  /// Percent.
  let probability: Int
  let forecastCategory: String
  let forecastLabel: String
  let nameCell: [UInt8]
  let probabilityCell: [UInt8]
  let categoryCell: [UInt8]
  let categoryNameCell: [UInt8]
  let isClosed: Bool
  let isWon: Bool
}

/// What Meridian Instruments sells, and how.
enum Catalogue {
  static let company = "Meridian Instruments"

  static let products: [Product] = [
    ("Coriolis flow meter F4", "Flow", 4_850, true),
    ("Magnetic flow meter M2", "Flow", 2_150, true),
    ("Ultrasonic clamp-on U1", "Flow", 3_400, true), ("Vortex flow meter V3", "Flow", 1_900, true),
    ("Turbine meter T1", "Flow", 950, false), ("Radar level gauge R5", "Level", 1_650, true),
    ("Guided-wave level G2", "Level", 1_280, true), ("Hydrostatic level H1", "Level", 620, true),
    ("Vibrating fork switch S1", "Level", 340, true),
    ("Pressure transmitter P7", "Pressure & temperature", 890, true),
    ("Differential pressure D3", "Pressure & temperature", 1_120, true),
    ("Temperature assembly TA", "Pressure & temperature", 410, true),
    ("Wireless node W9", "Pressure & temperature", 730, true),
    ("pH and redox analyser A1", "Analysers", 2_780, true),
    ("Dissolved oxygen analyser A2", "Analysers", 3_150, true),
    ("Gas chromatograph GC8", "Analysers", 38_500, true),
    ("Turbidity analyser A4", "Analysers", 2_240, true),
    ("Process spectrometer NIR", "Analysers", 52_000, true),
    ("Gateway and edge server", "Software", 5_400, true),
    ("Asset health licence", "Software", 7_800, true),
    ("Historian connector", "Software", 3_600, true),
    ("Calibration service", "Services", 1_450, true),
    ("Service contract, gold", "Services", 9_600, true),
    ("Commissioning", "Services", 4_200, true),
  ].enumerated().map { index, row in
    Product(
      name: row.0, family: row.1, code: "MI-\(1_000 + index * 7)", price: row.2,
      cell: RecordID.cell(.product, 100 + index), isActive: row.3)
  }

  /// Indexes of the stages; the two last are the closed ones.
  static let won = 5
  static let lost = 6

  static let stages: [Stage] = [
    ("Prospecting", 10, "Pipeline", "Pipeline"), ("Qualification", 20, "Pipeline", "Pipeline"),
    ("Needs Analysis", 35, "BestCase", "Best Case"), ("Proposal", 60, "BestCase", "Best Case"),
    ("Negotiation", 80, "Forecast", "Commit"), ("Closed Won", 100, "Closed", "Closed"),
    ("Closed Lost", 0, "Omitted", "Omitted"),
  ].enumerated().map { index, row in
    Stage(
      name: row.0, probability: row.1, forecastCategory: row.2, forecastLabel: row.3,
      nameCell: Token.of(row.0), probabilityCell: Token.of(String(row.1)),
      categoryCell: Token.of(row.2), categoryNameCell: Token.of(row.3), isClosed: index >= won,
      isWon: index == won)
  }

  static let omittedCell = Token.of("Omitted")

  /// Kinds of deals.
  static let types = ["New Business", "Expansion", "Renewal"].map { Token.of($0) }

  static let leadSources = [
    "Web", "Trade Show", "Partner Referral", "Existing Customer", "Cold Call", "Webinar",
    "Distributor",
  ].map { Token.of($0) }

  /// Why deals are lost, and of how many of a hundred it is said; of the rest nobody says it.
  private static let lossReasons = [
    ("Price", 24), ("Competitor", 21), ("No decision", 18), ("No budget", 12), ("Timing", 9),
    ("Product fit", 6),
  ].map { (cell: Token.of($0.0), share: $0.1) }
  static let noReason = Token.of("")

  /// The cell that says why a deal was lost.
  static func lossReason(of deal: Int) -> [UInt8] {
    var draw = scramble(deal, 47) % 100
    for reason in lossReasons {
      if draw < reason.share { return reason.cell }
      draw -= reason.share
    }
    return noReason
  }

  static let industries = [
    "Water & Wastewater", "Chemicals", "Food & Beverage", "Pharmaceuticals", "Oil & Gas",
    "Power Generation", "Pulp & Paper", "Mining & Metals", "Marine", "Semiconductors",
  ]
  static let industryCells = industries.map { Token.of($0) }

  /// What a deal is about, for its name, by product.
  static let subjects = products.map { Array(" – \($0.name), ".utf8) }

  /// Where in the customer's plant it belongs.
  static let sites = [
    "line 2", "plant extension", "tank farm", "utilities", "pilot plant", "phase 2", "replacement",
    "water treatment", "boiler house", "loading station", "clean room", "revamp",
  ].map { Array($0.utf8) }
}
