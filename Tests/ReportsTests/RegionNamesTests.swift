import BuiltIns
import Metrics
import Records
import Testing

@testable import Reports

@Suite("Names of regions") struct RegionNamesTests {
  @Test(
    "A country is found by its codes, its names and the spellings of CRMs",
    arguments: [
      ("DE", "DE"), ("deu", "DE"), ("Germany", "DE"), (" GERMANY ", "DE"), ("Deutschland", "DE"),
      ("Alemania", "DE"), ("US", "US"), ("USA", "US"), ("U.S.A.", "US"), ("U.S.", "US"),
      ("United States", "US"), ("The United States of America", "US"), ("Vereinigte Staaten", "US"),
      ("UK", "GB"), ("England", "GB"), ("Great Britain", "GB"), ("United Kingdom", "GB"),
      ("Korea, Republic of", "KR"), ("South Korea", "KR"), ("North Korea", "KP"),
      ("Viet Nam", "VN"), ("Vietnam", "VN"), ("Turkey", "TR"), ("Türkiye", "TR"), ("Turkiye", "TR"),
      ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Côte d'Ivoire", "CI"), ("Cote d’Ivoire", "CI"),
      ("Ivory Coast", "CI"), ("Swaziland", "SZ"), ("Eswatini", "SZ"), ("Österreich", "AT"),
      ("Schweiz", "CH"), ("Suisse", "CH"), ("España", "ES"), ("日本", "JP"), ("中国", "CN"),
      ("Россия", "RU"), ("Holland", "NL"), ("The Netherlands", "NL"),
      ("Bosnia & Herzegovina", "BA"),
      ("Congo", "CG"), ("Democratic Republic of the Congo", "CD"), ("Niger", "NE"),
      ("Nigeria", "NG"), ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Georgia", "GE"),
      ("Hong Kong SAR", "HK"), ("Taiwan, Province of China", "TW"), ("Kosovo", "XK"),
      ("Frankreich", "FR"), ("Royaume-Uni", "GB"), ("Ungarn", "HU"), ("Norge", "NO"),
    ])
  func countries(_ spelling: String, _ code: String) throws {
    let world = try #require(BuiltInMap.world)
    #expect(world.regions.code(of: spelling) == code)
  }

  @Test(
    "What means no country has none",
    arguments: [
      "", " ", "(none)", "(unknown)", "other", "Atlantis", "Europe", "EMEA", "ZZ", "-", "--",
    ])
  func unknown(_ spelling: String) throws {
    #expect(try #require(BuiltInMap.world).regions.code(of: spelling) == nil)
  }

  @Test(
    "A state of the USA is found by its codes and its name",
    arguments: [
      ("CA", "CA"), ("US-CA", "CA"), ("us ca", "CA"), ("California", "CA"), ("calif.", "CA"),
      ("New York", "NY"), ("N.Y.", "NY"), ("Washington", "WA"), ("Washington, D.C.", "DC"),
      ("District of Columbia", "DC"), ("Hawai'i", "HI"), ("Georgia", "GA"),
    ])
  func states(_ spelling: String, _ code: String) throws {
    #expect(try #require(BuiltInMap.states).regions.code(of: spelling) == code)
  }

  @Test("No province of another country is a state of the USA")
  func provinces() throws {
    let states = try #require(BuiltInMap.states).regions
    for name in ["Bavaria", "Ontario", "ON", "New South Wales", "NSW", "(none)", "Deutschland"] {
      #expect(states.code(of: name) == nil, "\(name)")
    }
  }

  @Test("No spelling means two regions", arguments: ["countries.txt", "us-states.txt"])
  func unique(_ file: String) throws {
    let text = try #require(BuiltIns.text("maps/" + file))
    var owners: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      #expect((3...4).contains(parts.count) && parts.allSatisfy { !$0.isEmpty }, "\(line)")
      for spelling in parts.prefix(3)
        + parts.dropFirst(3).flatMap({ $0.split(separator: ";").map(String.init) })
      {
        let folded = RegionNames.folded(spelling)
        if let owner = owners.updateValue(parts[0], forKey: folded) {
          #expect(owner == parts[0], "\(spelling) means \(owner) and \(parts[0])")
        }
      }
    }
  }

  private func grid(
    _ groups: [String], _ values: [[Int?]], series: [String] = [""], unit: Unit = .money,
    cases: [Int128?]? = nil
  ) -> ChartGrid {
    ChartGrid(
      noun: Noun("country", "countries"), isTime: false,
      groups: groups.map { ChartGrid.Group(key: $0, name: $0) },
      series: zip(series, values).map { name, values in
        ChartGrid.Series(
          name: name, unit: unit, values: values.map { $0.map { Ratio(Int128($0), over: 1) } },
          cases: cases ?? values.map { _ in nil })
      })
  }

  private func lines(_ found: RegionGrid?) -> [String] {
    guard let found else { return [] }
    return found.placed.map { region in
      let whole = region.whole.map { " of \($0.numerator)" } ?? ""
      return "\(region.code) \(region.value?.numerator ?? -1)\(whole) \(region.holder ?? "")"
    } + found.unplaced.map { "\($0.name): \($0.value?.numerator ?? -1)" }
  }

  @Test("Spellings of one country add up; what is unknown is counted and named")
  func spellings() {
    let grid = grid(
      ["USA", "Germany", "United States", "Atlantis", "(none)", "UK"], [[5, 4, 3, 2, 1, nil]])
    let found = RegionGrid(grid, axis: .country, other: nil, adds: true)
    #expect(lines(found) == ["US 8 ", "DE 4 ", "GB -1 ", "Atlantis: 2", "(none): 1"])
    #expect(found?.unknown == 1)
    let joined = grid.joiningRegions(axis: .country, other: nil, adds: true)
    #expect(joined.groups.map(\.name) == ["United States", "Germany", "Atlantis", "(none)", "UK"])
    #expect(joined.series[0].values.map { $0?.numerator } == [8, 4, 2, 1, nil])
  }

  @Test("Rates of two spellings are not added: the one of more cases stands, the other is named")
  func rates() {
    let grid = grid(
      ["USA", "United States", "France"], [[30, 20, 10]], unit: .rate, cases: [2, 9, 4])
    let found = RegionGrid(grid, axis: .country, other: nil, adds: false)
    #expect(lines(found) == ["US 20 ", "FR 10 ", "USA (another spelling): 30"])
    #expect(grid.joiningRegions(axis: .country, other: nil, adds: false).groups.count == 3)
  }

  @Test("With its country, a state is never taken for one of another country")
  func statesOfCountries() {
    let grid = grid(
      ["United States", "Australia", "(none)"],
      [[7, 2, nil], [5, nil, 1], [3, nil, nil], [nil, 4, nil]],
      series: ["WA", "Texas", "(none)", "NSW"])
    let found = RegionGrid(grid, axis: .country, other: .state, adds: true)
    #expect(
      lines(found) == ["WA 7 ", "TX 6 ", "United States, (none): 3", "Australia: 6"])
  }

  @Test("The territory with most holds a country; the first of equals, and nobody's last")
  func holders() {
    let grid = grid(
      ["Germany", "Deutschland", "France", "(none)"],
      [[5, 2, 4, 1], [6, nil, 4, nil], [nil, nil, nil, 3]],
      series: ["(unassigned)", "East", "West"])
    let found = RegionGrid(grid, axis: .country, other: .territory, adds: true)
    #expect(lines(found) == ["DE 7 of 13 (unassigned)", "FR 4 of 8 (unassigned)", "(none): 4"])
    #expect(found?.holders == ["(unassigned)"])
  }
}
