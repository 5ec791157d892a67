import Foundation
import Records

extension Configuration {
  /// Reads `cadastre.yaml`.
  ///
  /// - Parameters:
  ///   - text: content of the file.
  ///   - file: its name, as errors print it.
  /// - Throws: everything that is wrong with it, in the order of the file.
  public init(text: String, file: String = "cadastre.yaml") throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let read = document.root.read(findings) { keys in Configuration(keys) }
    try findings.throwIfAny()
    self = read ?? Configuration()
  }

  private init(_ keys: KeyReader) {
    organisation = keys.name("organisation")
    if let value = keys.value("crm"), let crm = Configuration.crm(value, keys.findings) {
      self.crm = Located(crm, at: value.at)
    }
    export = keys.names("export")
    if let value = keys.value("as_of") { asOf = Configuration.asOf(value, keys.findings) }
    timeZone = keys.value("time_zone").flatMap { Configuration.timeZone($0, keys.findings) }
    if let name = keys.oneOf("locale", Configuration.locales) { locale = name }
    currency = keys.value("currency").flatMap { Configuration.currency($0, keys.findings) }
    fiscalYear = keys.read("fiscal_year", Configuration.fiscalYear)
    weekStarts = keys.oneOf("week_starts", Weekday.self) ?? .monday
    let rules = [Assignment.DealRule.recordOrAccount, .record].map(\.rawValue)
    opportunityTerritory =
      keys.oneOf("opportunity_territory", rules).flatMap(Assignment.DealRule.init)
      ?? .recordOrAccount
    crmURL = keys.value("crm_url").flatMap { Configuration.url($0, keys.findings) }
    deals = keys.read("deals", Configuration.deals) ?? Deals()
    segments = keys.read("segments", Configuration.segments) ?? nil
    churnSignals = Configuration.conditions(
      keys, "churn_signals", noun: "signal", such: "Seats_Used__c < 10")
    peopleMetrics = keys.oneOf("people_metrics", PeopleMetrics.self) ?? .managementLine
    metrics = keys.names("metrics")
    if let path = keys.value("history")?.located(name: keys.findings) { history = path }
    classification = keys.name("classification")
    reports = keys.list("reports").compactMap { item in
      item.read(keys.findings, Configuration.report) ?? nil
    }
    readFiles(keys)
    readCoverage(keys)
    readAccountValues(keys)
    readBalance(keys)
    mail = keys.read("mail", Mail.init) ?? nil
    spark = keys.read("engine", Spark.engine) ?? nil
  }

  private static func crm(_ value: Value, _ findings: Findings) -> CRM? {
    guard let text = value.name(findings) else { return nil }
    if text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") {
      return .mapping(text)
    }
    let known = CRM.presets
    if known.contains(text.lowercased()) { return .preset(text.lowercased()) }
    findings.add(
      .value, at: value.at, "\"crm\" cannot be \"\(text)\"",
      Suggestion.sentence(
        for: text, in: known,
        otherwise: "use \(Suggestion.list(known)), or the path of a mapping file such as "
          + "mapping.yaml"))
    return nil
  }

  private static func asOf(_ value: Value, _ findings: Findings) -> AsOf {
    switch value.text {
    case "export": return .export
    case "today": return .today
    default:
      if let day = value.text.flatMap({ Day(iso: $0) }) { return .day(day) }
      value.refuse("export, today or a date such as 2026-11-20", findings)
      return .export
    }
  }

  private static func timeZone(_ value: Value, _ findings: Findings) -> String? {
    guard let name = value.name(findings) else { return nil }
    if TimeZone(identifier: name) != nil { return name }
    findings.add(
      .value, at: value.at, "\"time_zone\" cannot be \"\(name)\"",
      Suggestion.sentence(
        for: name, in: TimeZone.knownTimeZoneIdentifiers,
        otherwise: "use a name such as America/New_York or UTC"))
    return nil
  }

  private static func currency(_ value: Value, _ findings: Findings) -> String? {
    guard let code = value.name(findings) else { return nil }
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      value.refuse("the code of a currency such as USD", findings)
      return nil
    }
    return code
  }

  private static func fiscalYear(_ keys: KeyReader) -> FiscalCalendar {
    let months = FiscalCalendar.monthNames
    let month = keys.oneOf("starts", months).flatMap { months.firstIndex(of: $0) } ?? 0
    let names = [FiscalCalendar.NamedBy.endingYear, .startingYear].map(\.rawValue)
    let namedBy = keys.oneOf("named_by", names).flatMap(FiscalCalendar.NamedBy.init)
    return FiscalCalendar(startMonth: month + 1, namedBy: namedBy ?? .endingYear)
  }

  private static func url(_ value: Value, _ findings: Findings) -> String? {
    guard let text = value.name(findings) else { return nil }
    guard ["https://", "http://"].contains(where: { text.hasPrefix($0) && text != $0 }),
      !text.contains(where: { $0.isWhitespace || "\"'<>".contains($0) })
    else {
      value.refuse("an address such as https://acme.my.salesforce.com", findings)
      return nil
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// The conditions under a key, by their names; one that is empty is a finding.
  private static func conditions(
    _ keys: KeyReader, _ key: String, noun: String, such example: String
  ) -> [NamedCondition] {
    keys.entries(key).compactMap { entry in
      guard !entry.value.isNull, entry.value.text != "" else {
        keys.findings.add(
          .value, at: entry.at, "\(noun) \"\(entry.key)\" has no condition",
          "write one, such as \"\(example)\"")
        return nil
      }
      return entry.value.located(keys.findings)
        .map { NamedCondition(name: entry.key, condition: $0) }
    }
  }

  private static func deals(_ keys: KeyReader) -> Deals {
    var deals = Deals()
    deals.value = keys.value("value")?.located(name: keys.findings)
    deals.ownerAtClose = keys.value("owner_at_close")?.located(name: keys.findings)
    deals.term = keys.value("term")?.located(name: keys.findings)
    deals.bands = keys.value("bands").flatMap { bands($0, keys.findings) }
    deals.bookingsFrom = keys.value("bookings_from")?.located(name: keys.findings)
    deals.lateStages = keys.value("late_stages")?.located(name: keys.findings)
    deals.classes = conditions(
      keys, "classes", noun: "class", such: "Type = 'New Business'")
    guard keys.has("bookings") else { return deals }
    deals.bookings = classes(
      keys.names("bookings"), of: "bookings", among: deals.classes.map(\.name), keys.findings)
    return deals
  }

  private static func segments(_ keys: KeyReader) -> Segments? {
    let field = keys.value("field")?.located(name: keys.findings)
    guard let bands = keys.required("bands").flatMap({ bands($0, keys.findings) }) else {
      return nil
    }
    return Segments(field: field ?? Located("NumberOfEmployees", at: keys.group.at), bands: bands)
  }

  /// Lower ends of bands, ascending; nil where there are none or one does not fit.
  private static func bands(_ value: Value, _ findings: Findings) -> [Int]? {
    var bands: [Int] = []
    for value in value.list(findings) {
      guard let band = value.int(in: 1...1_000_000_000_000, findings) else { return nil }
      if let last = bands.last, band <= last {
        findings.add(
          .value, at: value.at, "band \(band) does not follow \(last)", "list the bands ascending")
        return nil
      }
      bands.append(band)
    }
    return bands.isEmpty ? nil : bands
  }

  private static func report(_ keys: KeyReader) -> Report? {
    let name = keys.required("report")?.located(name: keys.findings)
    let every = keys.oneOf("every", Schedule.words).flatMap(Schedule.init)
    let editions = keys.oneOf("editions", Editions.self)
    let families = keys.value("families").flatMap { Configuration.families($0, keys.findings) }
    let before = keys.entry("before_effective").flatMap { entry in
      entry.value.days(keys.findings).map { Located($0, at: entry.at) }
    }
    let distribution = Distribution(keys)
    return name.map {
      Report(
        name: $0, every: every, editions: editions, families: families, beforeEffective: before,
        distribution: distribution)
    }
  }

  /// A number of families, or Ids of accounts.
  private static func families(_ value: Value, _ findings: Findings) -> Families? {
    if let text = value.text, Int(text) != nil {
      return value.int(in: 1...10_000, findings).map { .largest($0) }
    }
    return .named(value.list(findings).compactMap { $0.name(findings) })
  }
}

extension Value {
  /// Text that is not empty.
  func name(_ findings: Findings) -> String? {
    guard let text = string(findings) else { return nil }
    if !text.isEmpty { return text }
    refuse("text", findings)
    return nil
  }

  /// Text that is not empty, with the place of its first character.
  func located(name findings: Findings) -> Located<String>? {
    name(findings).map { Located($0, at: textStart) }
  }
}

extension KeyReader {
  /// Text that is not empty.
  func name(_ key: String) -> String? { value(key)?.name(findings) }

  /// One text or a list of them, none empty.
  func names(_ key: String) -> [Located<String>] {
    list(key).compactMap { $0.located(name: findings) }
  }
}
