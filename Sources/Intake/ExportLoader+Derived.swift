import Foundation
import Records

/// What the records say beyond their cells, once all tables are read.
extension ExportLoader {
  mutating func readOrganisation() {
    guard let table = tables[.organization], table.count > 0 else { return }
    let month = table.decimals("FiscalYearStartMonth")[0]
    let zone = table.categories("TimeZoneSidKey")[0]
    organisation = Export.Organisation(
      name: table.texts("Name")[0], timeZone: zone,
      calendar: month == Exact.null
        ? nil
        : FiscalCalendar(
          startMonth: Int(month / Exact.scale),
          namedBy: table.flags("UsesStartDateAsFiscalYearName")[0] == 1
            ? .startingYear : .endingYear))
    if request.timeZone == nil, let zone, let known = TimeZone(identifier: zone) {
      localDays = LocalDays(known)
    }
  }

  mutating func deriveOutcomes() {
    guard var deals = tables[.opportunity] else { return }
    Outcomes(stages: tables[.stage], mapping: request.mapping).complete(&deals, &findings)
    tables[.opportunity] = deals
  }

  mutating func setAsidePersonContacts() {
    guard let rows = PersonAccounts.contacts(in: tables), let contacts = tables[.contact] else {
      return
    }
    for row in rows {
      findings.add(
        IntakeFindings.personContact(at: contacts.sources.position(of: Int(row))))
      if let report = contacts.sources.file(of: Int(row)).flatMap({ report($0, of: .contact) }) {
        reports[report].counts.setAside += 1
      }
    }
    var remaining = UnresolvedTable(table: contacts, references: [:])
    remaining.remove(rows)
    tables[.contact] = remaining.table
    tables[.account]?.columns["PersonContactId"] = nil
  }

  mutating func findMisspellings() {
    guard let accounts = tables[.account] else { return }
    for field in ["Industry", "BillingCountry"] {
      guard case .categories(let categories) = accounts.columns[field] else { continue }
      for (code, value) in categories.values.enumerated() {
        guard let known = Vocabulary.correction(of: value, in: field) else { continue }
        let rows = categories.codes.indices.filter { categories.codes[$0] == Int32(code) }
        findings.add(
          IntakeFindings.misspelt(
            .account, field, value: value, like: known,
            at: rows.first.flatMap(accounts.sources.position)),
          count: rows.count,
          places: rows.prefix(FindingLog.placesKept).compactMap(accounts.sources.position))
      }
    }
  }

  /// METRICS §1: the newest modification, else the newest date of what has happened.
  mutating func asOf() throws -> Day {
    if let asOf = request.asOf { return asOf }
    if let stamp = newestStamp { return Day(number: localDays.day(of: stamp)) }
    var newest = Day.null
    // What is read only where someone asks for it must not decide the day.
    for (entity, table) in tables where !entity.isOptional && entity != .accountTerritory {
      newest = max(newest, table.days("CreatedDate").max() ?? Day.null)
    }
    if let deals = tables[.opportunity] {
      for (day, isClosed) in zip(deals.days("CloseDate"), deals.flags("IsClosed"))
      where isClosed == 1 {
        newest = max(newest, day)
      }
    }
    guard newest != Day.null else { throw FindingsError([IntakeFindings.asOfUnknown()]) }
    findings.add(IntakeFindings.asOfGuessed(Day(number: newest)))
    return Day(number: newest)
  }
}
