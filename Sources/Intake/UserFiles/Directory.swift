import Records

/// Finds users, territories, accounts and deals by the names that people write.
struct Directory {
  private let records: RecordSet
  private let crosswalk: Crosswalk
  private let userRows: KeyIndex?
  private let accountRows: KeyIndex?
  private let dealRows: KeyIndex?
  private let leadRows: KeyIndex?
  private let territoryRows: KeyIndex?
  /// Rows by e-mail in lower case: the active ones where there are any.
  private let usersByEmail: [String: [Int32]]
  /// Rows by developer name, and by name, in lower case; those of the active model come first.
  private let territoriesByKey: [String: [Int32]]
  private let territoriesByName: [String: [Int32]]

  /// What was found by a name.
  enum Match: Hashable {
    case user(Int32)
    case territory(Int32)
    /// The name is that of several.
    case several
    case nobody
  }

  init(_ records: RecordSet, crosswalk: Crosswalk) {
    self.records = records
    self.crosswalk = crosswalk
    func index(_ entity: Entity) -> KeyIndex? {
      records[entity].keys.map { KeyIndex($0, threads: 1) }
    }
    userRows = index(.user)
    accountRows = index(.account)
    dealRows = index(.opportunity)
    leadRows = index(.lead)
    territoryRows = index(.territory)
    let users = records[.user]
    let (emails, isActive) = (users.texts("Email"), users.flags("IsActive"))
    usersByEmail = Directory.grouped(0..<users.count) { emails[$0] }.mapValues { rows in
      let active = rows.filter { isActive[Int($0)] != 0 }
      return active.isEmpty ? rows : active
    }
    let territories = records[.territory]
    let inModel = TerritoryModel(activeIn: records)?.indexOfRow ?? []
    func preferred(_ name: (Int) -> String?) -> [String: [Int32]] {
      Directory.grouped(0..<territories.count, name).mapValues { rows in
        let active = rows.filter { Int($0) < inModel.count && inModel[Int($0)] >= 0 }
        return active.isEmpty ? rows : active
      }
    }
    let (keys, names) = (territories.texts("DeveloperName"), territories.texts("Name"))
    territoriesByKey = preferred { keys[$0] }
    territoriesByName = preferred { names[$0] }
  }

  private static func grouped(
    _ rows: Range<Int>, _ name: (Int) -> String?
  ) -> [String: [Int32]] {
    var groups: [String: [Int32]] = [:]
    for row in rows {
      guard let name = name(row) else { continue }
      groups[name.lowercased(), default: []].append(Int32(row))
    }
    return groups
  }

  /// A user, by Id or e-mail.
  func user(_ text: String) -> Match {
    if let row = userRows?.row(named: text) { return .user(row) }
    return one(usersByEmail[text.lowercased()], Match.user)
  }

  /// A territory, by Id, developer name or name; an old key leads to the present one.
  func territory(_ text: String) -> Match {
    for key in [text, crosswalk.current(text)] {
      if let row = territoryRows?.row(named: key) { return .territory(row) }
      for names in [territoriesByKey, territoriesByName] {
        let match = one(names[key.lowercased()], Match.territory)
        if match != .nobody { return match }
      }
    }
    return .nobody
  }

  /// A user or a territory.
  func holder(_ text: String) -> Match {
    let user = user(text)
    return user == .nobody ? territory(text) : user
  }

  /// The row of an account, by Id; an old key leads to the present one.
  func account(_ text: String) -> Int32? {
    accountRows?.row(named: text) ?? accountRows?.row(named: crosswalk.current(text))
  }

  /// The row of a deal, by Id.
  func deal(_ text: String) -> Int32? { dealRows?.row(named: text) }

  /// The row of a lead, by Id.
  func lead(_ text: String) -> Int32? { leadRows?.row(named: text) }

  private func one(_ rows: [Int32]?, _ match: (Int32) -> Match) -> Match {
    guard let rows, let first = rows.first else { return .nobody }
    return rows.count == 1 ? match(first) : .several
  }

  /// Whether the export holds e-mails, without which only Ids name a user.
  var hasEmails: Bool { !usersByEmail.isEmpty }

  /// Words that a misspelt user or territory may mean: directory data, which findings may name.
  func candidates(users: Bool, territories: Bool) -> [String] {
    var candidates: [String] = []
    if users {
      let emails = records[.user].texts("Email")
      candidates += (0..<records[.user].count).compactMap { emails[$0] }
    }
    if territories {
      let table = records[.territory]
      let (keys, names) = (table.texts("DeveloperName"), table.texts("Name"))
      candidates += (0..<table.count).compactMap { keys[$0] }
      candidates += (0..<table.count).compactMap { names[$0] }
    }
    return candidates
  }
}

extension KeyIndex {
  /// The row of a key as a person writes it; nil where there is none.
  func row(named text: String) -> Int32? {
    let bytes = Array(text.utf8)
    let row: Int32 =
      switch self {
      case .salesforce(let index):
        // A spreadsheet may have destroyed the case of this one too.
        (SalesforceID.key(bytes.span) ?? SalesforceID.repairedKey(bytes.span))
          .map { index.row(of: $0) } ?? Reference.dangling
      case .text(let index): index.row(bytes.span)
      }
    return row >= 0 ? row : nil
  }
}
