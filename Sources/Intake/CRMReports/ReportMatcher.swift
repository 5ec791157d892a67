import Records

/// Joins the rows of a report to the records of the export.
struct ReportMatcher {
  private let file: ReportFile
  private let table: Table
  private let records: RecordSet
  private let load: LoadRequest
  private let index: KeyIndex?
  /// Whether reading found an Id a second time.
  private let hasRepeatedKeys: Bool

  init(_ file: ReportFile, _ records: RecordSet, _ load: LoadRequest, hasRepeatedKeys: Bool) {
    self.hasRepeatedKeys = hasRepeatedKeys
    self.file = file
    self.records = records
    self.load = load
    table = records[file.request.entity]
    index = table.keys.map { KeyIndex($0, threads: load.threads) }
  }

  private var entity: Entity { file.request.entity }
  private var keyForm: Mapping.KeyForm { load.mapping.keys }

  // MARK: By Id

  /// Sets what each row means by its Id; rows without one are left.
  ///
  /// - Parameters:
  ///   - rows: the rows of the report.
  ///   - valueField: the field that is the value of a record.
  /// - Throws: `FindingsError` where the Ids are of other records altogether.
  func matchByIds(_ rows: inout [CRMReport.Row], valueField: String) throws {
    guard let index else { return }
    var isMatched = false
    for row in rows.indices {
      guard let id = rows[row].id else { continue }
      if let found = index.row(named: normalised(id)) {
        rows[row].match = .record(found)
        isMatched = true
      }
    }
    if !isMatched { try refuseOtherRecords(rows) }
    try explainOthers(&rows, valueField: valueField)
  }

  /// A key in the form in which the export's are joined.
  private func normalised(_ id: String) -> String {
    guard keyForm == .number else { return id }
    var texts = Texts()
    texts.append(Array(id.utf8))
    return texts.asNumbers[0] ?? id
  }

  /// Says what became of the records that the export's tables do not hold, and which rows of the
  /// export repeat an Id.
  private func explainOthers(_ rows: inout [CRMReport.Row], valueField: String) throws {
    var keys: [Int: RowSearch.Key] = [:]
    for row in rows.indices {
      guard let id = rows[row].id else { continue }
      if case .record = rows[row].match, !hasRepeatedKeys { continue }
      keys[row] = RowSearch.Key(normalised(id), form: keyForm)
    }
    let search = try RowSearch(entity, in: load, valueField: valueField)
    let hits = try search.rows(of: Set(keys.values))
    let newest = NewestKey(table.keys)
    for (row, key) in keys {
      let found = hits[key] ?? []
      if case .salesforce(let key) = key { rows[row].id = SalesforceID.text(key) }
      if case .record = rows[row].match {
        rows[row].repeatedValues = found.dropFirst().filter { !$0.isDeleted }.compactMap(\.value)
        continue
      }
      if let hit = found.first(where: { !$0.isDeleted }) ?? found.first {
        if let master = hit.master, hit.isDeleted {
          rows[row].match = .merged(into: shown(master))
        } else if hit.isDeleted {
          rows[row].match = .deleted
        } else {
          rows[row].match = .setAside(code: hit.code, at: hit.at)
        }
      } else {
        rows[row].match = newest.isBefore(key) ? .newer : .absent
      }
    }
  }

  /// An Id as the export's are printed.
  private func shown(_ id: String) -> String {
    guard case .salesforce(let key) = RowSearch.Key(id, form: keyForm) else { return id }
    return SalesforceID.text(key)
  }

  private func refuseOtherRecords(_ rows: [CRMReport.Row]) throws {
    let ids = rows.prefix(1000).compactMap(\.id).map(normalised)
    for other in [Entity.account, .opportunity] where other != entity && !ids.isEmpty {
      guard let keys = records[other].keys else { continue }
      let index = KeyIndex(keys, threads: load.threads)
      guard ids.count(where: { index.row(named: $0) != nil }) * 2 > ids.count else { continue }
      throw FindingsError([
        ReportFindings.otherRecords(
          other, wanted: entity, column: file.headings[.id] ?? "", at: rows[0].at)
      ])
    }
  }

  // MARK: By name

  /// Sets what each row means that has a name and no Id: one record of the name, of the account and
  /// of the day that the row states, as far as these are needed to tell records apart.
  func matchByNames(_ rows: inout [CRMReport.Row]) {
    guard rows.contains(where: { $0.id == nil }) else { return }
    let names = table.texts("Name")
    var byName: [String: [Int32]] = [:]
    for row in 0..<table.count {
      if let name = names[row] {
        byName[ReportMatcher.folded(name), default: []].append(Int32(row))
      }
    }
    var taken: Set<Int32> = []
    for case .record(let row) in rows.map(\.match) { taken.insert(row) }
    let accounts = table.references("AccountId")
    let accountNames = records[.account].texts("Name")
    let days = table.days("CloseDate")
    let amounts = table.decimals("Amount")
    for index in rows.indices where rows[index].id == nil {
      let row = rows[index]
      guard let name = row.name else {
        rows[index].match = .unnamed
        continue
      }
      let all = byName[ReportMatcher.folded(name)] ?? []
      var left = all.filter { !taken.contains($0) }
      func narrow(_ isSame: (Int) -> Bool) {
        guard left.count > 1 else { return }
        let same = left.filter { isSame(Int($0)) }
        if !same.isEmpty { left = same }
      }
      if let account = row.account.map(ReportMatcher.folded) {
        narrow {
          accounts[$0] >= 0
            && accountNames[Int(accounts[$0])].map(ReportMatcher.folded) == account
        }
      }
      if let day = row.day { narrow { days[$0] == day.number } }
      if let value = row.value { narrow { amounts[$0] == value } }
      if left.count == 1 {
        rows[index].match = .record(left[0])
        taken.insert(left[0])
      } else {
        rows[index].match = all.isEmpty ? .unknownName : .severalNames(all.count)
      }
    }
  }

  private static func folded(_ name: String) -> String {
    name.split { $0.isWhitespace }.joined(separator: " ").lowercased()
  }

  /// The day of each row's record.
  func knownDays(_ rows: [CRMReport.Row]) -> [Day?] {
    let days = table.days("CloseDate")
    return rows.map { row in
      guard case .record(let record) = row.match, days[Int(record)] != Day.null else { return nil }
      return Day(number: days[Int(record)])
    }
  }
}

/// The newest keys that an export holds: CRMs count their Ids upwards.
private struct NewestKey {
  /// Of Salesforce's keys the largest by their first six characters: the object, and the server that
  /// made the record.
  private var ofPrefix: [UInt128: UInt128] = [:]
  private var number: Int?

  init(_ keys: Keys?) {
    switch keys {
    case .salesforce(let keys):
      for key in keys { ofPrefix[key >> 72] = max(ofPrefix[key >> 72] ?? 0, key) }
    case .text(let texts):
      var largest = 0
      for row in 0..<texts.count {
        guard let value = texts[row].flatMap({ Int($0) }) else { return }
        largest = max(largest, value)
      }
      number = largest
    case nil: break
    }
  }

  /// Whether a key was given out after all of the export.
  func isBefore(_ key: RowSearch.Key) -> Bool {
    switch key {
    case .salesforce(let key): ofPrefix[key >> 72].map { $0 < key } ?? false
    case .text(let text): number.flatMap { number in Int(text).map { number < $0 } } ?? false
    }
  }
}
