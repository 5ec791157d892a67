import Records

/// Reading what `cadastre.yaml` says about the export's form and the files beside it.
extension Configuration {
  /// Reads the keys of this file's subject.
  mutating func readFiles(_ keys: KeyReader) {
    exportFormat = keys.read("export_format", ExportFormat.init) ?? ExportFormat()
    if let value = keys.value("max_age"), let days = value.days(keys.findings) {
      maxAge = Located(days, at: value.at)
    }
    userFiles.quotas = keys.path("quotas")
    userFiles.people = keys.path("people")
    userFiles.costs = keys.path("costs")
    userFiles.holidays = keys.path("holidays")
    userFiles.crosswalk = keys.path("crosswalk")
    userFiles.activities = keys.path("activities")
    userFiles.acceptedConflicts = keys.path("accepted_conflicts")
    userFiles.namedAccounts = keys.path("named_accounts")
    if let value = keys.value("subscriptions") {
      subscriptions = Subscriptions(value, keys.findings)
    }
    renewalGrace = keys.value("renewal_grace")?.days(keys.findings) ?? 0
    grossMargin = keys.value("gross_margin")?.percentage(keys.findings)
    plannedModel = keys.read("territory_model", PlannedModel.init) ?? nil
  }
}

extension Configuration.ExportFormat {
  fileprivate init(_ keys: KeyReader) {
    cells.dates = keys.oneOf("dates", CellForms.DateOrder.self)
    cells.numbers = keys.oneOf("numbers", CellForms.NumberForm.self)
    encoding = keys.value("encoding")?.located(name: keys.findings)
    delimiter = keys.oneOf("delimiter", Configuration.Delimiter.self)
  }
}

extension Configuration.Subscriptions {
  /// A group of keys, or just the path of a file.
  fileprivate init?(_ value: Value, _ findings: Findings) {
    if value.text != nil {
      guard let path = value.path(findings) else { return nil }
      self.init(source: .file(path), excludedStatuses: [])
      return
    }
    guard let read = value.read(findings, Configuration.Subscriptions.init), let read else {
      return nil
    }
    self = read
  }

  private init?(_ keys: KeyReader) {
    let excluded = keys.strings("exclude_status")
    guard let object = Object(keys) else {
      guard let path = keys.path("file") else { return nil }
      self.init(source: .file(path), excludedStatuses: excluded)
      return
    }
    if let file = keys.entry("file") {
      keys.findings.add(
        .value, at: file.at, "\"subscriptions\" has both \"object\" and \"file\"",
        "keep one of them")
      return nil
    }
    self.init(source: .object(object), excludedStatuses: excluded)
  }
}

extension Configuration.Subscriptions.Object {
  /// nil where the subscriptions stand in a file, and where something is wrong.
  fileprivate init?(_ keys: KeyReader) {
    func field(_ key: String) -> Located<String>? {
      keys.value(key)?.located(name: keys.findings)
    }
    let isObject = keys.has("object")
    let value = (isObject ? keys.required("value") : keys.value("value"))?
      .located(name: keys.findings)
    let per = keys.oneOf("per", Configuration.Subscriptions.Per.self)
    let (account, start) = (field("account"), field("start"))
    let (end, status) = (field("end"), field("status"))
    guard isObject else {
      Configuration.Subscriptions.Object.refuse(keys)
      return nil
    }
    guard let name = field("object"), let value else { return nil }
    self.init(
      name: name, value: value, per: per ?? .month, account: account, start: start, end: end,
      status: status)
  }

  /// Says what is wrong with keys that name no object.
  private static func refuse(_ keys: KeyReader) {
    guard keys.has("file") else {
      keys.findings.add(
        .missingKey, at: keys.group.at, "\"subscriptions\" has no key \"object\" or \"file\"",
        "name an object of the CRM, or the path of a file")
      return
    }
    for entry in ["value", "per", "account", "start", "end", "status"].compactMap(keys.entry) {
      keys.findings.add(
        .value, at: entry.at, "key \"\(entry.key)\" belongs to an object of the CRM, not to a file",
        "remove it: the columns of the file have names of their own")
    }
  }
}

extension Configuration.PlannedModel {
  fileprivate init?(_ keys: KeyReader) {
    let planned = keys.required("planned")?.path(keys.findings)
    let users = keys.path("users")
    let ownerRole = keys.name("owner_role")
    let managerRole = keys.name("manager_role")
    func day(_ key: String) -> Located<Day>? {
      guard let value = keys.value(key) else { return nil }
      return value.day(keys.findings).map { Located($0, at: value.at) }
    }
    let effective = day("effective")
    let replyBy = day("reply_by")
    if let effective, let replyBy, replyBy.value > effective.value {
      keys.findings.add(
        .value, at: replyBy.at, "\"reply_by\" is after \"effective\"",
        "give a day before the model holds")
    }
    let holdOuts = keys.path("hold_outs")
    let combination = keys.oneOf("rule_combination", Configuration.RuleCombination.self)
    let handover = Configuration.Handover(keys)
    guard let planned else { return nil }
    self.init(
      planned: planned, users: users, ownerRole: ownerRole, managerRole: managerRole,
      effective: effective, replyBy: replyBy, holdOuts: holdOuts,
      ruleCombination: combination ?? .all)
    self.handover = handover
  }
}

extension Value {
  /// A number of days such as `4 days`.
  func days(_ findings: Findings) -> Int? {
    let parts = text?.split(separator: " ") ?? []
    if parts.count == 2, ["day", "days"].contains(parts[1].lowercased()),
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let days = Int(parts[0]),
      days <= 36_500
    {
      return days
    }
    refuse("a number of days such as 4 days", findings)
    return nil
  }

  /// A percentage such as `72.5 %`, above 0 and at most 100, in 1/10,000 of the whole.
  fileprivate func percentage(_ findings: Findings) -> Int64? {
    let words = (text ?? "").split(separator: "%", omittingEmptySubsequences: false)
    let number = words.count == 2 && words[1].isEmpty ? words[0].filter { $0 != " " } : ""
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let places = parts.count > 1 ? parts[1] : "0"
    if parts.count <= 2, places.count <= 2, let whole = UInt8(parts[0]), let part = UInt8(places) {
      // A hundredth of a percent is 1/10,000 of the whole.
      let share = Int64(whole) * 100 + Int64(part) * (places.count == 1 ? 10 : 1)
      if (1...10_000).contains(share) { return share }
    }
    refuse("a percentage such as 72.5 %, above 0 and at most 100", findings)
    return nil
  }

  /// The path of a file or folder.
  fileprivate func path(_ findings: Findings) -> Located<String>? { located(name: findings) }
}

extension KeyReader {
  fileprivate func path(_ key: String) -> Located<String>? { value(key)?.path(findings) }
}
