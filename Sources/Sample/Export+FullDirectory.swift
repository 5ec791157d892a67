extension Export {
  /// Writes the small files that only the full profile has.
  mutating func writeFullDirectory() throws {
    try writeOrganization()
    try writeRoles()
    try writeRules()
    try writeCurrencies()
  }

  private mutating func writeOrganization() throws {
    let asOf = organisation.asOf
    try write(
      "Organization.csv",
      [
        "Id", "Name", "Country", "FiscalYearStartMonth", "UsesStartDateAsFiscalYearName",
        "TimeZoneSidKey", "LanguageLocaleKey", "DefaultLocaleSidKey", "OrganizationType",
        "SystemModstamp",
      ]
    ) {
      $0.id(Export.stem(.organization), 1)
      $0.text(Catalogue.company)
      $0.text("United States")
      $0.number(2)
      $0.flag(false)
      $0.text("America/New_York")
      $0.text("en_US")
      $0.text("en_US")
      $0.text("Enterprise Edition")
      $0.datetime(asOf, 79_140)
      $0.endRow()
    }
  }

  private mutating func writeRoles() throws {
    let roles = organisation.staff.roles
    try write("UserRole.csv", ["Id", "Name", "DeveloperName", "ParentRoleId"]) {
      for (at, role) in roles.enumerated() {
        $0.id(Export.stem(.role), 1 + at)
        $0.text(role.name)
        $0.text(role.name.split(separator: " ").joined(separator: "_"))
        if let parent = role.parent {
          $0.id(Export.stem(.role), 1 + parent)
        } else {
          $0.cell(Token.nobody)
        }
        $0.endRow()
      }
    }
  }

  // MARK: Assignment rules

  private mutating func writeRules() throws {
    let models = self.models
    try write(
      "ObjectTerritory2AssignmentRule.csv",
      [
        "Id", "MasterLabel", "DeveloperName", "Territory2ModelId", "ObjectType", "BooleanFilter",
        "IsActive",
      ]
    ) {
      for model in models {
        for (at, rule) in model.rules.enumerated() {
          $0.id(Export.stem(.territoryRule), model.number * 10_000 + at)
          $0.text(rule.name)
          $0.text("\(model.developerName)_Rule_\(at + 1)")
          $0.id(Export.stem(.territoryModel), model.number)
          $0.text("Account")
          $0.text(rule.filter)
          $0.flag(true)
          $0.endRow()
        }
      }
    }
    try write(
      "ObjectTerritory2AssignmentRuleItem.csv",
      ["Id", "RuleId", "SortOrder", "Field", "Operation", "Value"]
    ) {
      for model in models {
        for (at, rule) in model.rules.enumerated() {
          for (position, item) in rule.items.enumerated() {
            $0.id(Export.stem(.territoryRuleItem), (model.number * 10_000 + at) * 16 + position)
            $0.id(Export.stem(.territoryRule), model.number * 10_000 + at)
            $0.number(position + 1)
            $0.text(item.field)
            $0.text(item.operation)
            $0.text(item.value)
            $0.endRow()
          }
        }
      }
    }
    try write("RuleTerritory2Association.csv", ["Id", "RuleId", "TerritoryId", "IsInherited"]) {
      for model in models { Export.writeUses(of: model, &$0) }
    }
  }

  /// The territory for which a rule was made; an inherited one acts on those below it too.
  private static func writeUses(of model: SampleTerritoryModel, _ file: inout CSVFile) {
    for (at, rule) in model.rules.enumerated() {
      file.id(stem(.territoryRuleUse), model.number * 10_000 + at)
      file.id(stem(.territoryRule), model.number * 10_000 + at)
      file.cell(model.territories[rule.territory].cell)
      file.flag(rule.isInherited)
      file.endRow()
    }
  }

  // MARK: Currencies

  private mutating func writeCurrencies() throws {
    let (asOf, rates) = (organisation.asOf, organisation.rates)
    try write(
      "CurrencyType.csv",
      ["Id", "IsoCode", "ConversionRate", "DecimalPlaces", "IsActive", "IsCorporate"]
    ) {
      for (at, code) in ["USD", "EUR"].enumerated() {
        $0.id(Export.stem(.currencyType), 1 + at)
        $0.text(code)
        $0.text(at == 0 ? "1" : Export.rate(rates.rate(on: asOf, asOf: asOf)))
        $0.number(2)
        $0.flag(true)
        $0.flag(at == 0)
        $0.endRow()
      }
    }
    let months = rates.months(until: asOf)
    let never = Civil.day(9999, 12, 31)
    try write(
      "DatedConversionRate.csv",
      ["Id", "IsoCode", "StartDate", "NextStartDate", "ConversionRate"]
    ) {
      $0.id(Export.stem(.datedRate), 1)
      $0.text("USD")
      $0.date(Rates.firstMonth)
      $0.date(never)
      $0.text("1")
      $0.endRow()
      for (at, month) in months.enumerated() {
        $0.id(Export.stem(.datedRate), 100 + at)
        $0.text("EUR")
        $0.date(month.start)
        $0.date(at + 1 < months.count ? months[at + 1].start : never)
        $0.text(Export.rate(month.rate))
        $0.endRow()
      }
    }
  }

  /// A rate of millionths with six decimals.
  private static func rate(_ millionths: Int) -> String {
    let fraction = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
