import Metrics
import Records

// Activities, leads and credit as facts.
extension Relations {
  /// Defines tasks, events and the rows of the user's file of activities as one fact.
  func activities() throws {
    guard lacks(.activities) else { return }
    let kinds = [Entity.task, .event].filter(schema.has)
    for kind in kinds { try exported(kind) }
    try exported(.account)
    try exported(.opportunity)
    try define(Fact.activities.rawValue, "Tasks, events and the file of activities.") {
      var parts = kinds.map(activities)
      if !schema.userRecords.activities.isEmpty { parts.append(keptActivities) }
      let asOf = dialect.literal(schema.asOf)
      let columns = "AccountId, OpportunityId, OwnerId, ActivityDate, Type, IsMeeting"
      guard !parts.isEmpty else {
        let text = dialect.null("VARCHAR")
        return "SELECT \(text) AS AccountId, \(text) AS OpportunityId, \(text) AS OwnerId,"
          + " \(dialect.null("DATE")) AS ActivityDate, \(text) AS Type, false AS IsMeeting,"
          + " false AS IsDone, false AS IsAhead WHERE false"
      }
      // An open task is a plan, and a later day a meeting to come: neither is done.
      return """
        SELECT \(columns), coalesce(ActivityDate <= \(asOf), false) AND NOT is_plan AS IsDone,
          coalesce(ActivityDate > \(asOf), false) AND NOT is_task AS IsAhead
        FROM (
        \(indented(parts.joined(separator: "\nUNION ALL\n"), by: 2))
        ) AS activity
        """
    }
  }

  /// Tasks or events: of the account that they name, else that which their WhatId leads to.
  private func activities(_ kind: Entity) -> String {
    func cell(_ name: String, _ type: String) -> String {
      column(name, of: kind, "activity") ?? dialect.null(type)
    }
    let isEvent = kind == .event
    let date = cell("ActivityDate", "DATE")
    let day = isEvent ? "coalesce(\(date), \(cell("ActivityDateTime", "DATE")))" : date
    let closed = isEvent ? nil : column("IsClosed", of: kind, "activity")
    let dealAccount = column("AccountId", of: .opportunity, "deal") ?? dialect.null("VARCHAR")
    return """
      SELECT coalesce(\(cell("AccountId", "VARCHAR")), about.Id, \(dealAccount)) AS AccountId,
        deal.Id AS OpportunityId, \(cell("OwnerId", "VARCHAR")) AS OwnerId,
        \(day) AS ActivityDate,
        coalesce(\(cell("Type", "VARCHAR")), '\(isEvent ? "Event" : "Task")') AS Type,
        \(isEvent) AS IsMeeting, \(!isEvent) AS is_task,
        \(closed.map { "\($0) IS FALSE" } ?? "false") AS is_plan
      FROM \(dialect.identifier(kind.rawValue)) AS activity
      LEFT JOIN Account AS about ON about.Id = \(cell("WhatAccountId", "VARCHAR"))
      LEFT JOIN Opportunity AS deal ON deal.Id = \(cell("WhatId", "VARCHAR"))
      """
  }

  /// The rows of the user's file of activities.
  private var keptActivities: String {
    func text(_ value: String?) -> String { value.map(dialect.literal) ?? dialect.null("VARCHAR") }
    let rows = schema.userRecords.activities.map { activity in
      let isMeeting = ["meeting", "event"].contains(activity.kind?.lowercased() ?? "")
      return [
        text(activity.account), text(activity.deal), text(activity.user),
        dialect.literal(activity.day), text(activity.kind), "\(isMeeting)", "false", "false",
      ]
    }
    return dialect.values(
      [
        "AccountId", "OpportunityId", "OwnerId", "ActivityDate", "Type", "IsMeeting", "is_task",
        "is_plan",
      ], rows)
  }

  /// Defines leads with what is derived for them.
  func leads() throws {
    try exported(.lead)
    guard lacks(.leads) else { return }
    func cell(_ name: String, _ type: String) -> String {
      column(name, of: .lead, "lead") ?? dialect.null(type)
    }
    let statuses = settings.closedLeadStatuses.map { dialect.literal($0.lowercased()) }
    let isClosed =
      statuses.isEmpty
      ? ""
      : " AND coalesce(lower(\(cell("Status", "VARCHAR"))) NOT IN"
        + " (\(statuses.joined(separator: ", "))), true)"
    let isOpen = "\(cell("IsConverted", "BOOLEAN")) IS NOT TRUE\(isClosed)"
    let asOf = dialect.literal(schema.asOf)
    let end = "CASE WHEN \(isOpen) THEN \(asOf) ELSE \(cell("ConvertedDate", "DATE")) END"
    try define(Fact.leads.rawValue, "Leads, with what is derived for each.") {
      let columns = schema.columns(of: .lead).map { "lead.\(dialect.identifier($0.name))" }
      let derived = [
        "(\(isOpen)) AS IsOpen",
        "\(elapsed(from: cell("CreatedDate", "DATE"), to: end)) AS AgeDays",
      ]
      return "SELECT \((columns + derived).joined(separator: ",\n  "))\nFROM Lead AS lead"
    }
  }

  /// Days that have passed, at least 0.
  func elapsed(from start: String, to end: String) -> String {
    let days = dialect.days(from: start, to: end)
    // greatest() of a null is the other value.
    return "CASE WHEN \(days) < 0 THEN 0 ELSE \(days) END"
  }

  // MARK: Time to assign

  /// Defines the day on which each account first came into a territory of the active model or of an
  /// archived one.
  func firstAssignments() throws {
    try territories()
    try exported(.accountTerritory)
    try exported(.territoryModel)
    try define("first_assignment", "The day on which each account first came into a territory.") {
      func cell(_ name: String) -> String {
        column(name, of: .accountTerritory, "held") ?? dialect.null("DATE")
      }
      guard schema.has(.accountTerritory), schema.has(.territory) else {
        return "SELECT Id AS account, \(dialect.null("DATE")) AS day FROM Account WHERE false"
      }
      let model = column("Territory2ModelId", of: .territory, "t")
      let state = column("State", of: .territoryModel, "model")
      let isArchived =
        model == nil || state == nil
        ? ""
        : " OR EXISTS (SELECT 1 FROM Territory2Model AS model"
          + " WHERE model.Id = \(model ?? "") AND lower(\(state ?? "")) = 'archived')"
      return """
        SELECT a.Id AS account,
          min(coalesce(\(cell("CreatedDate")), \(cell("LastModifiedDate")))) AS day
        FROM ObjectTerritory2Association AS held
        JOIN Account AS a ON a.Id = held.ObjectId
        JOIN Territory2 AS t ON t.Id = held.Territory2Id
        WHERE t.Id IN (SELECT id FROM territory)\(isArchived)
        GROUP BY a.Id
        """
    }
  }

  /// Adds the days and waits of accounts, as far as they are read.
  func assignmentTimes(_ cells: inout [String], _ joins: inout [String]) throws {
    let created = column("CreatedDate", of: .account, "a") ?? dialect.null("DATE")
    if reads("assigneddate", of: .account) || reads("daystoassign", of: .account) {
      try firstAssignments()
      joins.append("LEFT JOIN first_assignment ON first_assignment.account = a.Id")
      cells.append("first_assignment.day AS AssignedDate")
      cells.append("\(elapsed(from: created, to: "first_assignment.day")) AS DaysToAssign")
    }
    if reads("daysunassigned", of: .account) {
      let isUnassigned =
        schema.coversAccounts
        ? "NOT EXISTS (SELECT 1 FROM account_territory AS t WHERE t.account = a.Id)" : "false"
      if schema.coversAccounts { try accountTerritories() }
      cells.append(
        "CASE WHEN \(isUnassigned) THEN"
          + " \(elapsed(from: created, to: dialect.literal(schema.asOf))) END AS DaysUnassigned")
    }
  }
}
