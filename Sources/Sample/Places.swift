/// A country in which the organisation sells, or in which it has an account by chance.
struct Country: Sendable {
  let name: String
  /// Index of the sales area, or nil where no territory covers the country.
  let area: Int?
  let tongue: Tongue
  let isEuro: Bool
  let weight: Int
  /// The atoms of the country in `Places.atoms`: its states, or itself.
  let atoms: Range<Int>
  let hasStates: Bool
  let nameCell: [UInt8]
}

/// The smallest piece of land that a territory can hold: a state, or a country without states.
struct Atom: Sendable {
  let country: Int
  /// Nil for a country without states.
  let state: String?
  let weight: Int
  let cities: [[UInt8]]
  let stateCell: [UInt8]
}

/// Where accounts are: areas, countries and states, read once from a table of words.
struct Places: Sendable {
  struct Area: Sendable {
    let name: String
    let region: Int
  }

  static let regions = ["Americas", "EMEA", "Asia Pacific"]
  let areas: [Area]
  let countries: [Country]
  let atoms: [Atom]
  /// Cumulative weights of the countries.
  let countryWeights: [Int]
  /// Cumulative weights of the atoms of each country.
  let stateWeights: [[Int]]

  static let shared = Places(table: placeTable)

  /// Reads a table of lines `area|region`, `  country|tongue|euro|weight|cities` and
  /// `    state|weight|cities`.
  init(table: String) {
    var areas: [Area] = []
    var rows: [(area: Int?, parts: [Substring], states: [[Substring]])] = []
    var area: Int?
    for line in table.split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count
      let parts = line.dropFirst(depth).split(separator: "|", omittingEmptySubsequences: false)
      switch depth {
      case 0:
        area = nil
        if let region = Int(parts[1]) {
          areas.append(Area(name: String(parts[0]), region: region))
          area = areas.count - 1
        }
      case 2: rows.append((area, parts, []))
      default: rows[rows.count - 1].states.append(parts)
      }
    }
    var (atoms, countries, weights): ([Atom], [Country], [Int]) = ([], [], [])
    // A country may stand in several areas (the United States do): its states follow one another
    // there, so each part is a country of its own here, under one name.
    for row in rows {
      let start = atoms.count
      let index = countries.count
      for state in row.states {
        atoms.append(
          Atom(
            country: index, state: String(state[0]), weight: Int(state[1]) ?? 1,
            cities: state[2].split(separator: ",").map { Array($0.utf8) },
            stateCell: Token.of(String(state[0]))))
      }
      if row.states.isEmpty {
        atoms.append(
          Atom(
            country: index, state: nil, weight: Int(row.parts[3]) ?? 1,
            cities: row.parts[4].split(separator: ",").map { Array($0.utf8) },
            stateCell: Token.empty))
      }
      let weight = atoms[start...].reduce(0) { $0 + $1.weight }
      let name = String(row.parts[0])
      countries.append(
        Country(
          name: name, area: row.area, tongue: Tongue(rawValue: String(row.parts[1])) ?? .english,
          isEuro: row.parts[2] == "E", weight: weight, atoms: start..<atoms.count,
          hasStates: !row.states.isEmpty, nameCell: Token.of(name)))
      weights.append((weights.last ?? 0) + weight)
    }
    self.areas = areas
    self.countries = countries
    self.atoms = atoms
    countryWeights = weights
    stateWeights = countries.map { country in
      atoms[country.atoms].reduce(into: []) { $0.append(($0.last ?? 0) + $1.weight) }
    }
  }
}

/// The language in which an account's name is written.
enum Tongue: String, Sendable {
  case english, german, french, spanish, portuguese, italian, dutch, nordic, polish, czech, turkish
  case ukrainian, bulgarian, greek, japanese, chinese, korean, arabic, hebrew, hindi
}
