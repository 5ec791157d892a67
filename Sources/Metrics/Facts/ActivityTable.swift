import Records

/// Tasks, events and the user's file of activities as one table.
///
/// Grain: one row per task, event and row of the file, in that order. `Type` is as recorded, else
/// `Task` or `Event`. `IsDone` says that it has happened: a day up to the as-of date and, for a
/// task, not known to be open. `IsAhead` says that it is to come: an event, or a row of the file,
/// after the as-of date; an open task is a plan and neither. One without a day is neither, too.
struct ActivityTable {
  private var accounts: [Int32] = []
  private var deals: [Int32] = []
  private var owners: [Int32] = []
  private var days: [Int32] = []
  private var types: [Int32] = []
  private var isMeeting: [UInt8] = []
  private var isDone: [UInt8] = []
  private var isAhead: [UInt8] = []
  private var keys: [Keys?] = []
  private var names: [String] = []
  private var codeOfName: [String: Int32] = [:]

  /// The types of the user's file that are meetings, in lower case.
  private static let meetings: Set<String> = ["meeting", "event"]

  /// The fields of tasks and events from which the table is made.
  static let sources: [(Entity, String)] =
    [Entity.task, .event].flatMap { entity in
      [
        "Id", "WhatId", "WhatAccountId", "AccountId", "OwnerId", "ActivityDate", "Type",
        "IsDeleted",
      ]
      .map { (entity, $0) }
    } + [(.task, "IsClosed"), (.event, "ActivityDateTime")]

  static func table(_ records: RecordSet, _ activities: [Activity]) -> Table {
    var all = ActivityTable()
    all.add(records[.task], asOf: records.asOf)
    all.add(records[.event], asOf: records.asOf)
    for activity in activities { all.add(activity, asOf: records.asOf) }
    return all.table
  }

  private mutating func add(_ table: Table, asOf: Day) {
    let isEvent = table.entity == .event
    let dates = table.days("ActivityDate")
    let times = isEvent ? table.days("ActivityDateTime") : []
    let isClosed = isEvent ? [] : table.flags("IsClosed")
    accounts += table.references("AccountId")
    deals += table.references("WhatId")
    owners += table.references("OwnerId")
    isMeeting += [UInt8](repeating: isEvent ? 1 : 0, count: table.count)
    let own = code(of: isEvent ? "Event" : "Task")
    let recorded = table.categories("Type")
    let codes = recorded.values.map { code(of: $0) }
    types += recorded.codes.map { $0 < 0 ? own : codes[Int($0)] }
    for row in 0..<table.count {
      let day = isEvent && dates[row] == Day.null ? times[row] : dates[row]
      days.append(day)
      let isPast = day != Day.null && day <= asOf.number
      isDone.append(isPast && (isEvent || isClosed[row] != 0) ? 1 : 0)
      isAhead.append(isEvent && day > asOf.number ? 1 : 0)
    }
    keys.append(table.count == 0 ? .text(Texts()) : table.keys)
  }

  private mutating func add(_ activity: Activity, asOf: Day) {
    accounts.append(activity.account)
    deals.append(activity.deal)
    owners.append(activity.user)
    days.append(activity.day.number)
    let isMeeting = activity.kind.map { ActivityTable.meetings.contains($0.lowercased()) }
    self.isMeeting.append(isMeeting == true ? 1 : 0)
    types.append(activity.kind.map { code(of: $0) } ?? Categories.null)
    isDone.append(activity.day <= asOf ? 1 : 0)
    isAhead.append(activity.day > asOf ? 1 : 0)
  }

  private mutating func code(of name: String) -> Int32 {
    if let known = codeOfName[name] { return known }
    let code = Int32(names.count)
    names.append(name)
    codeOfName[name] = code
    return code
  }

  /// The Ids of tasks and events; rows of the file have none.
  private var allKeys: Keys? {
    let known = keys.compactMap { $0 }
    guard known.count == keys.count else { return nil }
    let filled = known.filter { $0.count > 0 }
    var numbers = SalesforceKeys()
    for keys in filled {
      if case .salesforce(let own) = keys { numbers.append(contentsOf: own) }
    }
    if numbers.count == accounts.count, !numbers.isEmpty { return .salesforce(numbers) }
    var texts = Texts()
    for keys in filled { for row in 0..<keys.count { texts.append(Array(keys.text(row).utf8)) } }
    while texts.count < accounts.count { texts.append([]) }
    return .text(texts)
  }

  private var table: Table {
    Table(
      entity: .activity, count: accounts.count, keys: allKeys,
      columns: [
        "AccountId": .references(accounts), "OpportunityId": .references(deals),
        "OwnerId": .references(owners), "ActivityDate": .days(days),
        "Type": .categories(Categories(codes: types, values: names)),
        "IsMeeting": .flags(isMeeting), "IsDone": .flags(isDone), "IsAhead": .flags(isAhead),
      ])
  }
}
