import Records

/// What leads are found by: their names, domains, telephone numbers and postcodes.
///
/// Grain: one entry per lead given, by its position in `rows`.
struct LeadIndex: Sendable {
  /// Rows of the leads.
  let rows: [Int32]
  private(set) var names = CompanyNames()
  private(set) var signatures: [UInt64] = []
  /// The domains of mail and of web, 0 for none.
  private(set) var domains: [(mail: UInt64, web: UInt64)] = []
  private(set) var phones: [UInt64] = []
  private(set) var postcodes: [UInt64] = []
  private(set) var byName = KeyBlocks([])
  private(set) var byDomain = KeyBlocks([])
  private(set) var byPhone = KeyBlocks([])
  private(set) var byPostcode = KeyBlocks([])

  init(_ leads: Table, rows: [Int32]) {
    self.rows = rows
    let (companies, mails) = (leads.texts("Company"), leads.texts("Email"))
    let (sites, numbers) = (leads.texts("Website"), leads.texts("Phone"))
    let (codes, countries) = (leads.categories("PostalCode"), leads.categories("Country"))
    let calling = countries.values.map(PhoneNumbers.callingCode)
    let postal = codes.values.map(Postcodes.key)
    var reader = CompanyNameReader()
    var domain = WebDomains()
    for row in rows.map({ Int($0) }) {
      names.append(companies.bytes, companies.range(row), &reader)
      signatures.append(NearNames.signature(reader.name))
      domain.read(mails.bytes, mails.range(row))
      let mail = domain.key
      domain.read(sites.bytes, sites.range(row))
      domains.append((mail, domain.key))
      let country = countries.codes[row]
      phones.append(
        PhoneNumbers.key(
          numbers.bytes, numbers.range(row),
          callingCode: country < 0 ? nil : calling[Int(country)]))
      let code = codes.codes[row]
      postcodes.append(code < 0 ? 0 : postal[Int(code)])
    }
    func blocks(_ keys: [UInt64]) -> KeyBlocks {
      KeyBlocks(keys.enumerated().map { ($1, Int32($0)) })
    }
    byName = blocks(names.keys)
    // Nothing but a name is ever near a name: a lead without one is found by nothing.
    func named(_ keys: [UInt64]) -> KeyBlocks {
      blocks(zip(keys, names.keys).map { $1 == 0 ? 0 : $0 })
    }
    byDomain = KeyBlocks(
      domains.enumerated().flatMap { item, keys in
        names.keys[item] == 0 ? [] : [(keys.mail, Int32(item)), (keys.web, Int32(item))]
      })
    byPhone = named(phones)
    byPostcode = named(postcodes)
  }
}
