import Records

/// What the files say that users keep beside the export, by keys instead of rows.
struct UserRecordKeys: Sendable {
  /// What is known of a user beyond the CRM.
  struct PersonKeys: Sendable {
    let user: String
    /// The manager, where the file names one.
    let manager: String?
    let person: Person
  }

  /// A row of the file of activities; null keys where it says nothing.
  struct ActivityKeys: Sendable {
    let account: String?
    let deal: String?
    let user: String?
    let day: Day
    let kind: String?
  }

  let people: [PersonKeys]
  let activities: [ActivityKeys]
  /// The rows of the file of costs.
  let costs: [Cost]
  let holidays: [Holiday]

  /// - Parameters:
  ///   - records: the export, whose rows the files name.
  ///   - user: what the files say.
  ///   - key: an Id as it is joined.
  init(_ records: RecordSet, _ user: UserRecords, key: (String) -> String) {
    func found(_ row: Int32, _ table: Table) -> String? {
      row < 0 ? nil : key(table.id(Int(row)))
    }
    let users = records[.user]
    people = user.people.map { person in
      PersonKeys(
        user: key(users.id(Int(person.user))),
        manager: person.manager.flatMap { found($0, users) }, person: person)
    }
    let (accounts, deals) = (records[.account], records[.opportunity])
    activities = user.activities.map { activity in
      ActivityKeys(
        account: found(activity.account, accounts), deal: found(activity.deal, deals),
        user: found(activity.user, users), day: activity.day, kind: activity.kind)
    }
    costs = user.costs
    holidays = user.holidays
  }
}
