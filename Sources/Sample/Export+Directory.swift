extension Export {
  /// Writes the small files of both profiles: people, products, stages, territories, quotas.
  mutating func writeDirectory() throws {
    try writeUsers()
    try writeProducts()
    try writeStages()
    try writeTerritories()
    try writeUserTerritories()
    try writeQuotas()
  }

  private var isFull: Bool { organisation.isFull }

  private mutating func writeUsers() throws {
    let (asOf, staff, isFull) = (organisation.asOf, organisation.staff, organisation.isFull)
    try write(
      "User.csv",
      [
        "Id", "Username", "FirstName", "LastName", "Name", "Email", "Title", "ManagerId",
        "UserRoleId", "IsActive", "CreatedDate", "SystemModstamp",
      ] + (isFull ? ["UserType", "TimeZoneSidKey", "DefaultCurrencyIsoCode"] : [])
    ) { file in
      for (index, person) in staff.people.enumerated() where person.start <= asOf {
        let address = "\(Export.ascii(person.first)).\(Export.ascii(person.last)).\(person.number)"
        file.cell(person.cell)
        file.text("\(address)@meridian-instruments.example")
        file.text(person.first)
        file.text(person.last)
        file.text("\(person.first) \(person.last)")
        file.text("\(address)@meridian-instruments.example")
        file.text(person.title)
        file.cell(person.manager.map { staff.people[$0].cell } ?? Token.nobody)
        file.id(Export.stem(.role), 1 + person.role)
        file.flag(person.isActive(on: asOf))
        file.datetime(person.start, 50_000)
        // The integration user works every day.
        let modified = index == 0 ? asOf : max(person.start, person.leave ?? 0)
        file.datetime(modified, index == 0 ? 79_140 : 62_000)
        if isFull {
          file.text("Standard")
          file.text(person.isEuro ? "Europe/Paris" : "America/New_York")
          file.text(person.isEuro ? "EUR" : "USD")
        }
        file.endRow()
      }
    }
  }

  private mutating func writeProducts() throws {
    try write("Product2.csv", ["Id", "Name", "ProductCode", "Family", "IsActive", "CreatedDate"]) {
      for product in Catalogue.products {
        $0.cell(product.cell)
        $0.text(product.name)
        $0.text(product.code)
        $0.text(product.family)
        $0.flag(product.isActive)
        $0.datetime(Organisation.opening, 50_000)
        $0.endRow()
      }
    }
  }

  private mutating func writeStages() throws {
    try write(
      "OpportunityStage.csv",
      [
        "Id", "MasterLabel", "ApiName", "IsActive", "SortOrder", "IsClosed", "IsWon",
        "ForecastCategory", "ForecastCategoryName", "DefaultProbability",
      ]
    ) {
      for (at, stage) in Catalogue.stages.enumerated() {
        $0.id(Export.stem(.opportunityStage), 1 + at)
        $0.text(stage.name)
        $0.text(stage.name)
        $0.flag(true)
        $0.number(at + 1)
        $0.flag(stage.isClosed)
        $0.flag(stage.isWon)
        $0.text(stage.forecastCategory)
        $0.text(stage.forecastLabel)
        $0.number(stage.probability)
        $0.endRow()
      }
    }
  }

  /// The territory models of the profile on the as-of date.
  var models: [SampleTerritoryModel] {
    isFull && organisation.asOf >= Organisation.planningDay
      ? [organisation.active, organisation.planned] : [organisation.active]
  }

  private mutating func writeTerritories() throws {
    let models = self.models
    try write(
      "Territory2Model.csv", ["Id", "Name", "DeveloperName", "State", "ActivatedDate"]
    ) {
      for model in models {
        $0.id(Export.stem(.territoryModel), model.number)
        $0.text(model.name)
        $0.text(model.developerName)
        $0.text(model.number == 1 ? "Active" : "Planning")
        if model.number == 1 { $0.datetime(Organisation.opening, 50_000) } else { $0.empty() }
        $0.endRow()
      }
    }
    try write("Territory2Type.csv", ["Id", "MasterLabel", "DeveloperName", "Priority"]) {
      for (at, name) in ["Geographic", "Strategic"].enumerated() {
        $0.id(Export.stem(.territoryType), 1 + at)
        $0.text(name)
        $0.text(name)
        $0.number(at + 1)
        $0.endRow()
      }
    }
    let staff = organisation.staff
    try write(
      "Territory2.csv",
      [
        "Id", "Name", "DeveloperName", "ParentTerritory2Id", "Territory2ModelId",
        "Territory2TypeId", "ForecastUserId",
      ]
    ) {
      for model in models {
        for (index, territory) in model.territories.enumerated() {
          $0.cell(territory.cell)
          $0.text(territory.name)
          $0.text(territory.developerName)
          $0.cell(territory.parent.map { model.territories[$0].cell } ?? Token.nobody)
          $0.id(Export.stem(.territoryModel), model.number)
          $0.id(Export.stem(.territoryType), territory.isStrategic ? 2 : 1)
          let manager = model.number == 1 && !territory.isLeaf ? staff.managerOf[index] : nil
          $0.cell(manager.map { staff.people[$0].cell } ?? Token.nobody)
          $0.endRow()
        }
      }
    }
  }

  private mutating func writeUserTerritories() throws {
    let organisation = self.organisation
    var users = figures.territoryUsers
    let planned = models.count > 1 ? organisation.plannedUsers : []
    try write(
      "UserTerritory2Association.csv",
      ["Id", "UserId", "Territory2Id", "IsActive", "RoleInTerritory2"]
    ) { file in
      for person in organisation.staff.people {
        guard let territory = person.territory, person.start <= organisation.asOf else { continue }
        let isActive = person.isActive(on: organisation.asOf)
        file.id(Export.stem(.userTerritory), person.number)
        file.cell(person.cell)
        file.cell(organisation.active.territories[territory].cell)
        file.flag(isActive)
        file.text(person.territoryRole)
        file.endRow()
        if isActive { users[territory] += 1 }
      }
      for (index, territory) in planned {
        let person = organisation.staff.people[index]
        file.id(Export.stem(.userTerritory), 50_000_000 + person.number * 1_000 + territory)
        file.cell(person.cell)
        file.cell(organisation.planned.territories[territory].cell)
        file.flag(person.isActive(on: organisation.asOf))
        file.text(person.territoryRole)
        file.endRow()
      }
    }
    figures.territoryUsers = users
  }

  /// Text in lower-case ASCII, for addresses.
  static func ascii(_ text: String) -> String {
    let folded: [Character: String] = [
      "é": "e", "è": "e", "ë": "e", "ê": "e", "í": "i", "ï": "i", "á": "a", "ã": "a", "â": "a",
      "ä": "ae", "ö": "oe", "ü": "ue", "ó": "o", "ô": "o", "ú": "u", "ç": "c", "ş": "s", "ñ": "n",
      "ğ": "g", "ı": "i", "ø": "o", "å": "a",
    ]
    return text.lowercased().reduce(into: "") { result, letter in
      if letter.isASCII, letter.isLetter {
        result.append(letter)
      } else if let plain = folded[letter] {
        result += plain
      }
    }
  }
}

extension Organisation {
  /// Who is to work where in the planned model.
  ///
  /// A territory that keeps its name keeps its people, a new one gets those of a seat elsewhere;
  /// every seventh new one is vacant still. Those who left before planning began are not in it.
  var plannedUsers: [(person: Int, territory: Int)] {
    var result: [(person: Int, territory: Int)] = []
    let byName = Dictionary(
      uniqueKeysWithValues: active.territories.enumerated().map { ($1.developerName, $0) })
    let known = staff.people.indices.filter {
      staff.people[$0].start <= asOf && staff.people[$0].isActive(on: Self.planningDay)
    }
    for (index, territory) in planned.territories.enumerated() {
      if let old = byName[territory.developerName] {
        for at in known where staff.people[at].territory == old { result.append((at, index)) }
      } else if territory.isLeaf, index % 7 != 3 {
        let seat = staff.seats[scramble(index, 11) % staff.seats.count]
        let holders = Set(seat.holders.map(\.person))
        for at in known where holders.contains(at) { result.append((at, index)) }
      }
    }
    return result
  }
}
