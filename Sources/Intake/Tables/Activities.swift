import Records

/// Whom activities are about: a Task or Event names by one key an account, a deal, or neither.
enum Activities {
  /// Fills the account of each activity that concerns an account, or a deal that has one.
  static func complete(_ tables: inout [Entity: Table], _ findings: inout FindingLog) {
    let accountOfDeal = tables[.opportunity]?.references("AccountId") ?? []
    for entity in [Entity.task, .event] {
      guard var table = tables[entity], table.has("WhatId") || table.has("WhatAccountId") else {
        continue
      }
      var deals = table.references("WhatId")
      var accounts = table.references("WhatAccountId")
      var own = table.references("AccountId")
      var strangers: [Int] = []
      for row in 0..<table.count {
        let isStranger = deals[row] == Reference.dangling && accounts[row] == Reference.dangling
        if isStranger, own[row] < 0 { strangers.append(row) }
        deals[row] = max(deals[row], Reference.null)
        accounts[row] = max(accounts[row], Reference.null)
        guard own[row] == Reference.null else { continue }
        if accounts[row] >= 0 {
          own[row] = accounts[row]
        } else if deals[row] >= 0 {
          own[row] = max(accountOfDeal[Int(deals[row])], Reference.null)
        }
      }
      table.columns["WhatId"] = .references(deals)
      table.columns["WhatAccountId"] = .references(accounts)
      table.columns["AccountId"] = .references(own)
      tables[entity] = table
      guard !strangers.isEmpty else { continue }
      let places = strangers.prefix(FindingLog.placesKept).compactMap(table.sources.position)
      findings.add(
        IntakeFindings.activityOfOthers(entity, at: places.first), count: strangers.count,
        places: places)
    }
  }
}

/// Persons who are accounts stand in Account and once more in Contact.
enum PersonAccounts {
  /// Rows of contacts that are the other half of a person account; nil where there are none.
  static func contacts(in tables: [Entity: Table]) -> [Int32]? {
    guard let contacts = tables[.contact] else { return nil }
    var isPerson = contacts.flags("IsPersonAccount").map { $0 == 1 }
    for row in tables[.account]?.references("PersonContactId") ?? [] where row >= 0 {
      isPerson[Int(row)] = true
    }
    let rows = (0..<Int32(contacts.count)).filter { isPerson[Int($0)] }
    return rows.isEmpty ? nil : rows
  }
}
