import Records

/// Names of the columns of a CRM's report, as data: what Salesforce, HubSpot, Pipedrive, Dynamics
/// and Zoho call them, the surest first, without case, spaces and signs.
enum ReportHeadings {
  /// What a column of a report holds.
  enum Role: CaseIterable {
    case id, name, account, value, currency, day, stage
  }

  /// The names of a column for the records of an entity.
  ///
  /// - Parameters:
  ///   - role: what the column holds.
  ///   - entity: what the rows of the report are.
  ///   - preferred: names of the value that go before the usual ones.
  /// - Returns: the names, the surest first.
  static func names(_ role: Role, of entity: Entity, preferred: [String] = []) -> [String] {
    switch (role, entity) {
    case (.id, .opportunity):
      [
        "opportunityid", "opportunityid18", "opportunityid18digits", "casesafeid", "dealid",
        "potentialid", "recordid", "opportunityrecordid", "id",
      ]
    case (.id, .account):
      [
        "accountid", "accountid18", "companyid", "organizationid", "organisationid", "recordid",
        "customerid", "id",
      ]
    case (.id, _):
      [
        "opportunityproductid", "opportunitylineitemid", "lineitemid", "lineid", "dealproductid",
        "recordid", "id",
      ]
    case (.name, .opportunity):
      ["opportunityname", "dealname", "dealtitle", "potentialname", "topic", "name", "title"]
    case (.name, .account):
      ["accountname", "companyname", "organizationname", "customername", "name"]
    case (.name, _): ["opportunityname", "dealname", "productname", "name"]
    case (.account, .account): []
    case (.account, _):
      [
        "accountname", "companyname", "associatedcompany", "dealorganization", "organization",
        "potentialcustomer", "account", "company", "customer",
      ]
    case (.value, .opportunity):
      preferred + [
        "amountconverted", "amountincompanycurrency", "amountincorporatecurrency",
        "estrevenuebase", "actualrevenuebase", "amount", "dealamount", "dealvalue", "value",
        "closevalue", "estrevenue", "actualrevenue", "estimatedrevenue", "totalvalue",
        "contractvalue", "revenue", "total",
      ]
    case (.value, .account):
      preferred + [
        "annualrevenueconverted", "annualrevenue", "revenue", "turnover", "amountconverted",
        "amount", "value",
      ]
    case (.value, _):
      preferred + [
        "totalpriceconverted", "totalprice", "subtotalconverted", "subtotal", "netamount",
        "amountconverted", "amount", "value", "total",
      ]
    case (.currency, _):
      [
        "currency", "currencyisocode", "opportunitycurrency", "dealcurrency", "accountcurrency",
        "currencycode",
      ]
    case (.day, _):
      [
        "closedate", "dealclosedate", "closingdate", "actualclosedate", "estclosedate",
        "expectedclosedate", "dealexpectedclosedate", "wontime", "dealwontime",
        "closeddate", "closedon", "closed",
      ]
    case (.stage, _):
      ["stage", "stagename", "dealstage", "salesstage", "opportunitystage", "status", "dealstatus"]
    }
  }

  /// A heading without what a report marks sorting and filters with.
  static func shown(_ heading: String) -> String {
    let kept = heading.unicodeScalars.filter { !(0x2190...0x21FF).contains($0.value) }
    return UserTable.trimmed(String(String.UnicodeScalarView(kept)))
  }

  /// Words that begin a line of totals.
  private static let totals: Set<String> = [
    "total", "totals", "subtotal", "subtotals", "grandtotal", "grandtotals", "sum", "count",
    "average",
    "avg", "summe", "gesamt", "gesamtsumme", "gesamtsummen", "zwischensumme", "zwischensummen",
    "anzahl", "soustotal", "totaux", "totalgeneral", "totalgénéral", "somme", "nombre", "suma",
    "recuento", "totale", "subtotale", "somma", "totaal", "subtotaal",
  ]

  /// Whether a text is the head of a line of totals, such as `Grand Totals (12 records)` or
  /// `Subtotal`; a deal may be called "Total Energies", so all its words must be of that kind.
  static func isTotal(_ text: String) -> Bool {
    let bare = text.prefix { $0 != "(" && $0 != ":" }
    let words = bare.split { !$0.isLetter }.map { $0.lowercased() }
    guard !words.isEmpty else { return false }
    return totals.contains(words.joined())
      || words.count > 1 && totals.contains(words[0])
        && words.dropFirst().allSatisfy { totals.contains($0) || ["records", "of"].contains($0) }
  }

  /// Whether a heading is that of a summary: `Sum of Amount`, `Record Count`.
  static func isSummary(_ heading: String) -> Bool {
    let folded = Synonyms.folded(heading)
    return folded.hasPrefix("sumof") || folded.hasPrefix("summevon")
      || folded.hasPrefix("averageof")
      || folded == "recordcount" || folded == "rowcount" || folded == "countofdeals"
  }
}
