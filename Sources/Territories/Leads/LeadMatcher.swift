import Records

/// Finds the account that each lead belongs to: METRICS §2, "Lead match".
///
/// An account matches whose name equals the lead's company, or is near it while the domain, the
/// telephone number or the postcode is equal. Of accounts that match by an equal name those with any
/// of these equal too are meant before those with none, and an equal name before a near one; among
/// equals `AccountStanding` decides. Person accounts match nothing.
///
/// Leads are indexed and accounts streamed past them once, so that the time is that of reading the
/// accounts' names plus that of the pairs which share a name, domain, number or postcode.
struct LeadMatcher: Sendable {
  private let records: RecordSet
  private let threads: Int
  private let index: LeadIndex

  /// - Parameters:
  ///   - records: the export.
  ///   - isOpen: 1 for each lead that is still worked at; the others match nothing.
  ///   - threads: how many threads to use; the matches do not depend on it.
  init(_ records: RecordSet, isOpen: [UInt8], threads: Int) {
    self.records = records
    self.threads = threads
    index = LeadIndex(
      records[.lead], rows: (0..<Int32(isOpen.count)).filter { isOpen[Int($0)] == 1 })
  }

  /// For each lead row the account that is meant.
  func matches() -> [LeadMatch?] {
    var matches = [LeadMatch?](repeating: nil, count: records[.lead].count)
    guard !index.rows.isEmpty else { return matches }
    let standing = AccountStanding(records)
    let columns = AccountColumns(records[.account])
    let parts = (columns.count + LeadMatcher.part - 1) / LeadMatcher.part
    let found = Parallel.workers(items: parts, threads: threads) {
      MatchWorker(index: index, columns: columns, standing: standing)
    } body: { worker, part in
      let start = part * LeadMatcher.part
      worker.match(start..<min(start + LeadMatcher.part, columns.count))
    }
    guard var best = found.first?.best else { return matches }
    for worker in found.dropFirst() {
      for lead in best.indices { best[lead].take(worker.best[lead], standing) }
    }
    for (lead, row) in index.rows.enumerated() { matches[Int(row)] = best[lead].match }
    return matches
  }

  /// Accounts that a thread takes at a time.
  private static let part = 8192
}

/// The columns by which an account is matched.
struct AccountColumns: Sendable {
  let count: Int
  let names: Texts
  let sites: Texts
  let phones: Texts
  let billingCodes: [Int32]
  let shippingCodes: [Int32]
  let billingKeys: [UInt64]
  let shippingKeys: [UInt64]
  let countries: [Int32]
  let callingCodes: [UInt64?]
  let isPerson: [UInt8]

  init(_ accounts: Table) {
    count = accounts.count
    names = accounts.texts("Name")
    sites = accounts.texts("Website")
    phones = accounts.texts("Phone")
    let (billing, shipping) =
      (accounts.categories("BillingPostalCode"), accounts.categories("ShippingPostalCode"))
    (billingCodes, shippingCodes) = (billing.codes, shipping.codes)
    billingKeys = billing.values.map(Postcodes.key)
    shippingKeys = shipping.values.map(Postcodes.key)
    let countries = accounts.categories("BillingCountry")
    self.countries = countries.codes
    callingCodes = countries.values.map(PhoneNumbers.callingCode)
    isPerson = accounts.flags("IsPersonAccount")
  }

  func phone(_ row: Int) -> UInt64 {
    let country = countries[row]
    return PhoneNumbers.key(
      phones.bytes, phones.range(row),
      callingCode: country < 0 ? nil : callingCodes[Int(country)])
  }
}

/// The best match of a lead so far.
struct BestMatch: Sendable {
  private var account: Int32 = -1
  /// 0 for an equal name with evidence, 1 for an equal name, 2 for a near one.
  private var grade: UInt8 = .max
  private var evidence = LeadMatch.Evidence()
  /// How many accounts are of the grade.
  private var count = 0

  init() {}

  init(account: Int, isEqual: Bool, evidence: LeadMatch.Evidence) {
    self.account = Int32(account)
    grade = isEqual ? (evidence.isEmpty ? 1 : 0) : 2
    self.evidence = evidence
    count = 1
  }

  /// Takes another match where it is better; the order of takes does not matter.
  mutating func take(_ other: BestMatch, _ standing: AccountStanding) {
    guard other.account >= 0, other.grade <= grade else { return }
    if other.grade < grade {
      self = other
      return
    }
    let both = count + other.count
    if standing.precedes(Int(other.account), Int(account)) { self = other }
    count = both
  }

  var match: LeadMatch? {
    guard account >= 0 else { return nil }
    return LeadMatch(
      account: account, name: grade == 2 ? .near : .equal, evidence: evidence, rivals: count - 1)
  }
}

/// What a thread finds of the accounts it takes.
private struct MatchWorker: Sendable {
  let index: LeadIndex
  let columns: AccountColumns
  let standing: AccountStanding
  var best: [BestMatch]
  private var reader = CompanyNameReader()
  private var domains = WebDomains()
  private var near = NearNames()

  init(index: LeadIndex, columns: AccountColumns, standing: AccountStanding) {
    self.index = index
    self.columns = columns
    self.standing = standing
    best = [BestMatch](repeating: BestMatch(), count: index.rows.count)
  }

  /// What an account is known by besides its name.
  private struct Known {
    let domain: UInt64
    let phone: UInt64
    let billing: UInt64
    let shipping: UInt64
  }

  mutating func match(_ accounts: Range<Int>) {
    for account in accounts where columns.isPerson[account] != 1 {
      reader.read(columns.names.bytes, columns.names.range(account))
      guard reader.key != 0 else { continue }
      domains.read(columns.sites.bytes, columns.sites.range(account))
      let (billing, shipping) = (columns.billingCodes[account], columns.shippingCodes[account])
      let known = Known(
        domain: domains.key, phone: columns.phone(account),
        billing: billing < 0 ? 0 : columns.billingKeys[Int(billing)],
        shipping: shipping < 0 ? 0 : columns.shippingKeys[Int(shipping)])
      for position in index.byName.range(of: reader.key) {
        let lead = Int(index.byName.items[position])
        guard index.names.areEqual(lead, reader.name) else { continue }
        take(lead, account, isEqual: true, evidence(lead, known))
      }
      let signature = NearNames.signature(reader.name)
      near(account, known, signature, index.byDomain, known.domain, .domain)
      near(account, known, signature, index.byPhone, known.phone, .phone)
      near(account, known, signature, index.byPostcode, known.billing, .postcode)
      if known.shipping != known.billing {
        near(account, known, signature, index.byPostcode, known.shipping, .postcode)
      }
    }
  }

  /// Takes the leads of a block whose names are near; each pair in the first block that holds it.
  private mutating func near(
    _ account: Int, _ known: Known, _ signature: UInt64, _ blocks: KeyBlocks, _ key: UInt64,
    _ kind: LeadMatch.Evidence
  ) {
    for position in blocks.range(of: key) {
      let lead = Int(blocks.items[position])
      let evidence = evidence(lead, known)
      // Of the parts that are equal the first has the lowest bit.
      let first = evidence.rawValue & (~evidence.rawValue &+ 1)
      let words = index.names.words
      guard first == kind.rawValue, !index.names.areEqual(lead, reader.name),
        near.areNear(
          words.bytes[words.range(lead)], index.signatures[lead], reader.name, signature,
          withWords: evidence != .postcode)
      else { continue }
      take(lead, account, isEqual: false, evidence)
    }
  }

  private mutating func take(
    _ lead: Int, _ account: Int, isEqual: Bool, _ evidence: LeadMatch.Evidence
  ) {
    best[lead].take(
      BestMatch(account: account, isEqual: isEqual, evidence: evidence), standing)
  }

  private func evidence(_ lead: Int, _ known: Known) -> LeadMatch.Evidence {
    var evidence = LeadMatch.Evidence()
    let domains = index.domains[lead]
    if known.domain != 0, domains.mail == known.domain || domains.web == known.domain {
      evidence.insert(.domain)
    }
    if known.phone != 0, index.phones[lead] == known.phone { evidence.insert(.phone) }
    let code = index.postcodes[lead]
    if code != 0, code == known.billing || code == known.shipping { evidence.insert(.postcode) }
    return evidence
  }
}
