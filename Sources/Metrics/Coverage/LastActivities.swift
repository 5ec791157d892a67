import Records

/// When something last happened with each account: a task, an event, an activity of the user's
/// file, or the date that the CRM itself keeps.
///
/// A day after the as-of date is a next meeting, and a task that is still open is a plan: neither
/// is an activity.
struct LastActivities: Sendable {
  /// Day of each account's last activity; `Day.null` where there is none.
  private(set) var days: [Int32]
  /// Whether the export or the user's file says anything about activities.
  let isKnown: Bool

  init(_ records: RecordSet, _ activities: [Activity]) {
    let accounts = records[.account]
    let asOf = records.asOf.number
    isKnown =
      accounts.has("LastActivityDate") || records.has(.task) || records.has(.event)
      || !activities.isEmpty
    var days = accounts.days("LastActivityDate").map { $0 <= asOf ? $0 : Day.null }
    func add(_ day: Int32, _ account: Int32) {
      guard account >= 0, day <= asOf else { return }
      days[Int(account)] = max(days[Int(account)], day)
    }
    for entity in [Entity.task, .event] {
      let table = records[entity]
      let (accounts, dates) = (table.references("AccountId"), table.days("ActivityDate"))
      let times = entity == .event ? table.days("ActivityDateTime") : []
      let isClosed = entity == .task ? table.flags("IsClosed") : []
      for row in 0..<table.count where entity == .event || isClosed[row] != 0 {
        let hasNoDate = dates[row] == Day.null && entity == .event
        add(hasNoDate ? times[row] : dates[row], accounts[row])
      }
    }
    for activity in activities { add(activity.day.number, activity.account) }
    self.days = days
  }
}
