import Foundation

/// A territory of a model.
struct SampleTerritory: Sendable {
  let name: String
  let developerName: String
  let parent: Int?
  let number: Int
  let isStrategic: Bool
  /// Leaf territories are worked by account executives, the others by managers.
  let isLeaf: Bool
  /// Whether most of the land pays in euros.
  let isEuro: Bool
  /// The share of the organisation's business that is expected here, in arbitrary units; 0 where
  /// nobody sells.
  let weight: Int
  /// The Id as a cell.
  let cell: [UInt8]
}

/// One criterion of an assignment rule.
struct SampleRuleItem: Sendable {
  let field: String
  let operation: String
  let value: String
}

/// An assignment rule, which is used by one territory.
struct SampleRule: Sendable {
  let name: String
  let items: [SampleRuleItem]
  let filter: String
  let territory: Int
  let isInherited: Bool
}

/// A territory model: worldwide, regions, areas and territories cut from states and countries,
/// and a branch for strategic accounts.
///
/// Every rule follows from the same cut that `assign` looks accounts up in, so that evaluating
/// the rules over the accounts gives the assignment again.
struct SampleTerritoryModel: Sendable {
  let name: String
  let developerName: String
  let number: Int
  private(set) var territories: [SampleTerritory] = []
  private(set) var rules: [SampleRule] = []
  /// The territory of each sales area.
  private(set) var areaTerritory: [Int] = []
  private(set) var regionTerritory: [Int] = []
  private(set) var strategicRoot = 0
  /// Accounts with so many employees are strategic.
  let strategicFloor: Int
  /// Leaf territory by atom × band of employees.
  private var leaf: [Int]
  private var bands: [Int]
  private var hasAreaRule: [Bool] = []
  private var strategicTerritory: [Int] = []
  private var usedNames: [String: Int] = [:]

  /// Cuts a model into about so many leaf territories.
  init(
    name: String, developerName: String, number: Int, leaves: Int, strategicFloor: Int,
    places: Places
  ) {
    self.name = name
    self.developerName = developerName
    self.number = number
    self.strategicFloor = strategicFloor
    leaf = Array(repeating: 0, count: places.atoms.count * 3)
    bands = Array(repeating: 1, count: places.atoms.count)
    let root = add("\(Catalogue.company) Worldwide", parent: nil)
    regionTerritory = Places.regions.map { add($0, parent: root) }
    strategicRoot = add("Strategic Accounts", parent: root, strategic: true)
    let areaAtoms = places.areas.indices.map { area in
      places.atoms.indices.filter { places.countries[places.atoms[$0].country].area == area }
    }
    let total = areaAtoms.joined().reduce(0) { $0 + places.atoms[$1].weight }
    for (area, atoms) in areaAtoms.enumerated() {
      let weight = atoms.reduce(0) { $0 + places.atoms[$1].weight }
      addArea(
        area, atoms: atoms, leaves: max(1, (leaves * weight + total / 2) / total), places: places)
    }
    for region in Places.regions.indices {
      let short = ["Americas", "EMEA", "APAC"][region]
      let territory = add(
        "Strategic \(short)", parent: strategicRoot, strategic: true, isLeaf: true,
        weight: places.weight(ofRegion: region) * 13 / 100)
      strategicTerritory.append(territory)
      let names = places.countries.filter { country in
        country.area.map { places.areas[$0].region == region } ?? false
      }.map(\.name)
      rules.append(
        SampleRule(
          name: "Strategic \(short)",
          items: [
            SampleRuleItem(
              field: "Account.BillingCountry", operation: "equals", value: unique(names)),
            SampleRuleItem(
              field: "Account.NumberOfEmployees", operation: "greaterOrEqual",
              value: String(strategicFloor)),
          ], filter: "", territory: territory, isInherited: false))
    }
  }

  /// The territories that the rules give an account: by land, and by size.
  func assign(country: Country?, atom: Int?, employees: Int?, places: Places) -> (Int?, Int?) {
    guard let country, let area = country.area else { return (nil, nil) }
    var land = hasAreaRule[area] ? areaTerritory[area] : nil
    if let atom {
      switch (bands[atom], employees) {
      case (1, _): land = leaf[atom * 3]
      case (2, let size?): land = leaf[atom * 3 + (size < 200 ? 0 : 1)]
      case (_, let size?): land = leaf[atom * 3 + (size < 60 ? 0 : size < 400 ? 1 : 2)]
      default: break
      }
    }
    let isStrategic = (employees ?? 0) >= strategicFloor
    return (land, isStrategic ? strategicTerritory[places.areas[area].region] : nil)
  }

  // MARK: Cutting

  private mutating func addArea(_ area: Int, atoms: [Int], leaves: Int, places: Places) {
    let euro = atoms.reduce(0) {
      let atom = places.atoms[$1]
      return $0 + (places.countries[atom.country].isEuro ? atom.weight : -atom.weight)
    }
    let parent = add(
      places.areas[area].name, parent: regionTerritory[places.areas[area].region], euro: euro > 0)
    areaTerritory.append(parent)
    let names = atoms.map { places.countries[places.atoms[$0].country].name }
    // The United States are cut into several areas: there the country alone tells no area.
    let isShared = places.countries.contains { $0.area != area && names.contains($0.name) }
    hasAreaRule.append(!isShared)
    if !isShared {
      rules.append(
        SampleRule(
          name: "\(places.areas[area].name) countries",
          items: [
            SampleRuleItem(field: "BillingCountry", operation: "equals", value: unique(names))
          ], filter: "", territory: parent, isInherited: true))
    }
    if leaves <= atoms.count {
      addGroups(atoms, leaves: leaves, parent: parent, area: area, places: places)
    } else {
      addBands(atoms, leaves: leaves, parent: parent, places: places)
    }
  }

  /// Neighbouring atoms joined to territories of about equal weight.
  private mutating func addGroups(
    _ atoms: [Int], leaves: Int, parent: Int, area: Int, places: Places
  ) {
    let total = atoms.reduce(0) { $0 + places.atoms[$1].weight }
    var (group, weight, made): ([Int], Int, Int) = ([], 0, 0)
    for (at, atom) in atoms.enumerated() {
      group.append(atom)
      weight += places.atoms[atom].weight
      let left = atoms.count - at - 1
      // Whatever is nearer to the aim: with the next atom or without it.
      let next = left > 0 ? places.atoms[atoms[at + 1]].weight : 0
      let isFull = (weight + next / 2) * leaves >= total * (made + 1) || left < leaves - made
      guard left == 0 || (isFull && made < leaves - 1) else { continue }
      made += 1
      let title =
        group.count == 1
        ? places.title(group[0])
        : "\(places.areas[area].name) \(made)"
      addLeaf(title, group, parent: parent, places: places, band: nil, percent: 100)
      group = []
    }
  }

  /// Every atom a territory of its own, the heaviest cut by size of account.
  private mutating func addBands(_ atoms: [Int], leaves: Int, parent: Int, places: Places) {
    let byWeight = atoms.sorted {
      (places.atoms[$1].weight, $0) < (places.atoms[$0].weight, $1)
    }
    var extra = leaves - atoms.count
    for _ in 0..<2 {
      for atom in byWeight where extra > 0 {
        bands[atom] += 1
        extra -= 1
      }
    }
    for atom in atoms {
      let sizes: [(name: String, from: Int?, to: Int?, percent: Int)] =
        switch bands[atom] {
        case 1: [("", nil, nil, 100)]
        case 2: [(" Commercial", nil, 200, 45), (" Enterprise", 200, nil, 55)]
        default:
          [
            (" Small", nil, 60, 20), (" Mid-Market", 60, 400, 30), (" Enterprise", 400, nil, 50),
          ]
        }
      for (band, size) in sizes.enumerated() {
        addLeaf(
          places.title(atom) + size.name, [atom], parent: parent, places: places,
          band: sizes.count == 1 ? nil : (band, size.from, size.to), percent: size.percent)
      }
    }
  }

  private mutating func addLeaf(
    _ title: String, _ atoms: [Int], parent: Int, places: Places,
    band: (index: Int, from: Int?, to: Int?)?, percent: Int
  ) {
    let weight = atoms.reduce(0) { $0 + places.atoms[$1].weight }
    let territory = add(title, parent: parent, isLeaf: true, weight: weight * percent / 100)
    for atom in atoms {
      if let band { leaf[atom * 3 + band.index] = territory } else { leaf[atom * 3] = territory }
    }
    var items: [SampleRuleItem] = []
    var alternatives: [String] = []
    var whole: [String] = []
    var countries: [Int] = []
    for atom in atoms where !countries.contains(places.atoms[atom].country) {
      countries.append(places.atoms[atom].country)
    }
    for country in countries {
      let states = atoms.filter { places.atoms[$0].country == country }
        .compactMap { places.atoms[$0].state }
      if states.isEmpty {
        whole.append(places.countries[country].name)
      } else {
        items.append(
          SampleRuleItem(
            field: "BillingCountry", operation: "equals", value: places.countries[country].name))
        items.append(
          SampleRuleItem(
            field: "BillingState", operation: "equals", value: states.joined(separator: ",")))
        alternatives.append("(\(items.count - 1) AND \(items.count))")
      }
    }
    if !whole.isEmpty {
      items.append(
        SampleRuleItem(
          field: "BillingCountry", operation: "equals", value: whole.joined(separator: ",")))
      alternatives.append(String(items.count))
    }
    var filter = alternatives.count > 1 ? alternatives.joined(separator: " OR ") : ""
    for (limit, operation) in [(band?.from, "greaterOrEqual"), (band?.to, "lessThan")] {
      guard let limit else { continue }
      items.append(
        SampleRuleItem(
          field: "NumberOfEmployees", operation: operation, value: String(limit)))
      if !filter.isEmpty { filter = "(\(filter)) AND \(items.count)" }
    }
    rules.append(
      SampleRule(
        name: title, items: items, filter: filter, territory: territory, isInherited: false))
  }

  private mutating func add(
    _ name: String, parent: Int?, strategic: Bool = false, isLeaf: Bool = false,
    euro: Bool = false, weight: Int = 0
  ) -> Int {
    // Letters and single underscores only, as the CRM demands it.
    let words = name.folding(options: .diacriticInsensitive, locale: nil)
      .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var developerName = words.joined(separator: "_")
    let uses = usedNames[developerName, default: 0]
    usedNames[developerName] = uses + 1
    if uses > 0 { developerName += "_\(uses + 1)" }
    let number = number * 10_000 + territories.count
    territories.append(
      SampleTerritory(
        name: uses == 0 ? name : "\(name) \(uses + 1)", developerName: developerName,
        parent: parent, number: number, isStrategic: strategic, isLeaf: isLeaf,
        isEuro: euro || (parent.map { territories[$0].isEuro } ?? false),
        weight: weight, cell: RecordID.cell(.territory, number)))
    return territories.count - 1
  }

  private func unique(_ names: [String]) -> String {
    var seen: [String] = []
    for name in names where !seen.contains(name) { seen.append(name) }
    return seen.joined(separator: ",")
  }
}

extension Places {
  /// What a territory that holds one atom is called.
  func title(_ atom: Int) -> String { atoms[atom].state ?? countries[atoms[atom].country].name }

  /// The weight of all atoms of a region.
  func weight(ofRegion region: Int) -> Int {
    atoms.reduce(0) { sum, atom in
      let area = countries[atom.country].area
      return area.map { areas[$0].region } == region ? sum + atom.weight : sum
    }
  }
}
