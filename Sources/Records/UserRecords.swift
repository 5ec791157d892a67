/// What the files say that users keep beside the export, joined to the export's records.
///
/// Quotas and subscriptions are not here: they become the tables ForecastingQuota and Contract.
public struct UserRecords: Sendable {
  /// Grain: one entry per user whom the file names, in the order of the users' table.
  public var people: [Person] = []
  /// Grain: one entry per row of the file, by month.
  public var costs: [Cost] = []
  /// Days on which nobody works, ascending, each once.
  public var holidays: [Holiday] = []
  /// Grain: one entry per row of the file, by day.
  public var activities: [Activity] = []
  /// Keys of the past and what they are today.
  public var crosswalk = Crosswalk()
  /// The model that is to come; nil where no table of it is kept.
  public var plan: PlannedAssignment?
  /// Account rows that stay where they are when the planned model comes, ascending.
  public var holdOuts: [Int32] = []
  /// The last day on which an account of `holdOuts` stays, by row; the others stay for good.
  public var heldUntil: [Int32: Day] = [:]
  /// Grain: one entry per account of the file, by account.
  public var namedAccounts: [NamedAccount] = []
  /// Grain: one entry per row of the file, in its order; no two are about the same conflict.
  public var acceptedConflicts: [AcceptedConflict] = []
  /// Who held each deal when a run saw it open last, by its Id; from the history.
  public var lastHolders: [String: DealHolder] = [:]

  /// Nothing is kept beside the export.
  public init() {}
}

/// Who held a deal on the day of a run.
public struct DealHolder: Hashable, Sendable {
  /// Id of the owner; nil where there was none.
  public var owner: String?
  /// Id of the territory that the deal counted for; nil where it was in none.
  public var territory: String?

  public init(owner: String?, territory: String?) {
    self.owner = owner
    self.territory = territory
  }
}

/// What is known of a user beyond the CRM.
public struct Person: Hashable, Sendable {
  /// Row of the user.
  public let user: Int32
  /// Such as Account Executive; nil where not said.
  public var role: String?
  /// The first day of work, which the CRM does not know.
  public var startDate: Day?
  /// The first day on which the user is gone.
  public var leftDate: Day?
  /// Share of a full quota in each month from the start on, in 1/10,000 of a percent point; 100 %
  /// after the last.
  public var ramp: [Int64] = []
  /// Row of the manager, where it is another than the CRM's.
  public var manager: Int32?
  /// Absences, by their first day.
  public var absences: [Absence] = []
  /// Whether rules about neglect and conflicts leave the user out.
  public var isExempt = false

  public init(user: Int32) {
    self.user = user
  }

  /// A time away and who stands in.
  public struct Absence: Hashable, Sendable {
    /// The first day away.
    public let from: Day
    /// The last day away; nil where it is not known yet.
    public let to: Day?
    /// Row of the user who stands in; nil where nobody does.
    public let cover: Int32?

    public init(from: Day, to: Day?, cover: Int32?) {
      self.from = from
      self.to = to
      self.cover = cover
    }
  }
}

/// An account that somebody was named for: rules and balancing leave it where it is.
public struct NamedAccount: Hashable, Sendable {
  /// Row of the account.
  public let account: Int32
  /// Row of the user who keeps it; nil: the account's present owner.
  public let owner: Int32?
  /// Row of the territory in the export's Territory2 where it stays; nil: those where it is.
  public let territory: Int32?

  public init(account: Int32, owner: Int32?, territory: Int32?) {
    self.account = account
    self.owner = owner
    self.territory = territory
  }
}

/// Cost of sales and marketing in a month.
public struct Cost: Hashable, Sendable {
  /// The first day of the month.
  public let month: Day
  /// In 1/10,000 of a unit of the currency.
  public let amount: Int64
  /// Code of the currency; nil: the corporate one.
  public let currency: String?
  /// Such as Marketing; nil where not said.
  public let category: String?
  /// The segment it was spent on; nil: all.
  public let segment: String?

  public init(month: Day, amount: Int64, currency: String?, category: String?, segment: String?) {
    self.month = month
    self.amount = amount
    self.currency = currency
    self.category = category
    self.segment = segment
  }
}

/// A day on which nobody works.
public struct Holiday: Hashable, Sendable {
  public let day: Day
  /// Such as Thanksgiving; nil where not said.
  public let name: String?

  public init(day: Day, name: String?) {
    self.day = day
    self.name = name
  }
}

/// A call, meeting or mail that another system keeps.
public struct Activity: Hashable, Sendable {
  /// Row of the account, `Reference.null` where the activity is about a deal without one.
  public let account: Int32
  /// Row of the deal, `Reference.null` where it is about none.
  public let deal: Int32
  /// Row of the user, `Reference.null` where not said.
  public let user: Int32
  public let day: Day
  /// Such as Call; nil where not said.
  public let kind: String?

  public init(account: Int32, deal: Int32, user: Int32, day: Day, kind: String?) {
    self.account = account
    self.deal = deal
    self.user = user
    self.day = day
    self.kind = kind
  }
}

/// Keys that changed: developer names of territories and Ids of accounts.
public struct Crosswalk: Hashable, Sendable {
  /// What each old key became in one step.
  public var newKeys: [String: String]

  public init(_ newKeys: [String: String] = [:]) {
    self.newKeys = newKeys
  }

  /// What a key is today, over several changes; the key itself where it never changed.
  public func current(_ key: String) -> String {
    var key = key
    var steps = 0
    while let next = newKeys[key], steps < newKeys.count {
      key = next
      steps += 1
    }
    return key
  }
}
