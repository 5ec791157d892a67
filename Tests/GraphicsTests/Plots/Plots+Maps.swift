import Foundation
import Graphics

/// Maps, of the outlines that the program ships.
extension Plots {
  /// An outline with its names, as the program reads them.
  struct Atlas: Sendable {
    let outline: MapOutline
    let names: [String: String]
    /// The codes of the names, in their order.
    let codes: [String]

    init(_ outline: String, _ names: String, _ projection: MapProjection) throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../maps").standardizedFileURL
      func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      }
      self.outline = try MapOutline(text: try text(outline), projection: projection)
      let lines = try text(names).split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0.split(separator: "|").map(String.init) }
      self.names = Dictionary(uniqueKeysWithValues: lines.map { ($0[0], $0[2]) })
      codes = lines.map { $0[0] }
    }
  }

  /// Read once; an outline that cannot be read is `MapOutlineTests`' to report.
  static let world = try? Atlas("world.map", "countries.txt", .equalEarth)
  static let states = try? Atlas("us-states.map", "us-states.txt", .albersUSA)

  static func map(
    _ title: String, _ atlas: Atlas?, _ numbers: [(String, Double?)], subtitle: String = "",
    takeaway: String? = nil, elsewhere: ChoroplethMap.Elsewhere = .init([], sum: ""),
    words: ChoroplethMap.Words = .init(measure: "Won amount, US dollars", noData: "nothing won")
  ) -> [any Chart] {
    guard let atlas else { return [] }
    return [
      ChoroplethMap(
        heading: ChartHeading(
          takeaway: takeaway, title: title,
          subtitle: subtitle.isEmpty ? "US dollars, FY27 to date" : subtitle),
        outline: atlas.outline, names: atlas.names,
        regions: numbers.map {
          .init($0.0, ChartValue($0.1, $0.1.map(money) ?? ""))
        }, elsewhere: elsewhere, words: words, format: money)
    ]
  }

  static func mapPlots(_ name: String, _ charts: [any Chart]) -> [Plot] {
    charts.map { Plot(name, $0) }
  }

  static let sold: [(String, Double?)] = [
    ("US", 3.79e6), ("CA", 1.33e6), ("CN", 590e3), ("GB", 450e3), ("DE", 410e3), ("IN", 380e3),
    ("FR", 380e3), ("JP", 370e3), ("KR", 300e3), ("MX", 210e3), ("IT", 150e3), ("AU", 120e3),
    ("ES", 110e3), ("PL", 108e3), ("GR", 105e3), ("BE", 101e3), ("CH", 70e3), ("CZ", 68e3),
    ("BR", 66e3), ("NO", 60e3), ("CO", 52e3), ("AT", 50e3), ("SE", 41e3), ("SG", 40e3),
    ("SA", 39e3), ("IL", 38e3), ("BG", 37e3), ("AE", 30e3), ("PE", 29e3), ("NL", 28e3),
    ("IE", 27e3), ("FI", 26e3), ("DK", 25e3), ("UA", 20e3), ("TR", 19e3), ("IS", 18e3),
    ("EG", 17e3), ("CL", 16e3), ("TW", 9e3), ("ZA", 8e3), ("NG", 7e3), ("NZ", 6e3), ("MT", 5e3),
  ]

  static let european: [(String, Double?)] = [
    ("DE", 410e3), ("FR", 380e3), ("GB", 450e3), ("IT", 150e3), ("ES", 110e3), ("PL", 108e3),
    ("GR", 105e3), ("BE", 101e3), ("CH", 70e3), ("CZ", 68e3), ("AT", 50e3), ("SE", 41e3),
    ("NL", 28e3), ("DK", 25e3), ("MT", 5e3), ("LI", 4e3), ("LU", 12e3), ("PT", 0), ("NO", 60e3),
  ]

  static func some(_ atlas: Atlas?, _ count: Int, seed: UInt64 = 5) -> [(String, Double?)] {
    var numbers = Numbers(seed: seed)
    let codes = atlas?.codes ?? []
    return (0..<min(count, codes.count)).map {
      (
        codes[($0 * 37 + 11) % codes.count],
        (numbers.next() * numbers.next() * numbers.next() * 3e6).rounded()
      )
    }
  }

  static let salesAreas = [
    "Americas", "DACH", "France and Benelux", "Nordics", "South", "UK & Ireland",
  ]

  static let held: [any Chart] = {
    guard let world else { return [] }
    let areas = [
      "US": 0, "CA": 0, "MX": 0, "BR": 0, "DE": 1, "AT": 1, "CH": 1, "LI": 1, "FR": 2, "BE": 2,
      "NL": 2, "LU": 2, "SE": 3, "NO": 3, "DK": 3, "FI": 3, "IS": 3, "IT": 4, "ES": 4, "PT": 4,
      "GR": 4, "GB": 5, "IE": 5,
    ]
    func chart(_ codes: [String], _ title: String) -> ChoroplethMap {
      ChoroplethMap(
        heading: ChartHeading(title: title, subtitle: "By open pipeline, as of Nov 20, 2026"),
        outline: world.outline, names: world.names,
        regions: codes.enumerated().map { index, code in
          let number = Double(9_000_000 / (index + 2)).rounded()
          return .init(
            code, ChartValue(number, money(number)), group: salesAreas[areas[code] ?? 0])
        },
        colouring: .groups(salesAreas),
        words: .init(measure: "Territory with the most open pipeline", noData: "no open pipeline"),
        format: money)
    }
    let codes = areas.keys.sorted()
    return [
      chart(codes, "Territories by country"),
      chart(codes.filter { (areas[$0] ?? 0) > 0 }, "Territories by country in Europe"),
    ]
  }()

  static let maps: [Plot] = [
    mapPlots(
      "map-world",
      map(
        "Won amount, by country", world, sold,
        takeaway: "United States won the most: $3.79 M, 40.1% of $9.44 M.",
        elsewhere: .init(
          [.init("(none)", 210e3, "$210 k"), .init("Atlantis", 3e3, "$3 k")], sum: "$213 k"))),
    mapPlots("map-europe", map("Won amount, by country", world, european)),
    mapPlots("map-one", map("Won amount, by country", world, [("DE", 410e3)])),
    mapPlots("map-one-tiny", map("Won amount, by country", world, [("SG", 41e3)])),
    mapPlots(
      "map-three", map("Won amount, by country", world, [("DE", 41e4), ("AT", 5e4), ("CH", 7e4)])),
    mapPlots("map-60", map("Won amount, by country", world, some(world, 60))),
    mapPlots("map-all", map("Won amount, by country", world, some(world, 400))),
    mapPlots(
      "map-outlier", map("One huge outlier", world, Array(european) + [("US", 1e12)])),
    mapPlots(
      "map-changes",
      map(
        "Change of won amount, by country", world,
        european.enumerated().map { ($1.0, $0 % 3 == 0 ? $1.1.map { -$0 } : $1.1) })),
    mapPlots("map-all-zero", map("Nothing won", world, [("DE", 0), ("FR", 0)])),
    mapPlots("map-all-nil", map("Win rate, by country", world, [("DE", nil), ("FR", nil)])),
    mapPlots(
      "map-nowhere",
      map(
        "Won amount, by country", world, [],
        elsewhere: .init([.init("(none)", 210e3, "$210 k")], sum: "$210 k"))),
    mapPlots("map-states", map("Won amount, by state", states, some(states, 38))),
    mapPlots(
      "map-states-3", map("Won amount, by state", states, [("TX", 4e5), ("RI", 2e4), ("CA", 9e5)])),
    mapPlots("map-states-all", map("Won amount, by state", states, some(states, 51))),
    mapPlots("map-territories", Array(held.prefix(1))),
    mapPlots("map-territories-europe", Array(held.dropFirst())),
  ].flatMap { $0 }
}
