import Records

extension Configuration {
  /// How an export is written, stated where its own bytes leave it open.
  ///
  /// What is nil is detected from each file.
  public struct ExportFormat: Sendable {
    /// How dates and numbers are written that are not 2026-11-20 and 1234.56.
    public var cells = CellForms()
    /// Name of the charset of every text file, such as Shift_JIS.
    public var encoding: Located<String>?
    /// What stands between the cells of every text file.
    public var delimiter: Delimiter?

    /// Everything is detected.
    public init() {}
  }

  /// What stands between two cells.
  public enum Delimiter: String, Hashable, Sendable, CaseIterable {
    case comma, tab, semicolon, pipe, caret, backquote

    /// The character itself, which is ASCII.
    public var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .tab: UInt8(ascii: "\t")
      case .semicolon: UInt8(ascii: ";")
      case .pipe: UInt8(ascii: "|")
      case .caret: UInt8(ascii: "^")
      case .backquote: UInt8(ascii: "`")
      }
    }
  }

  /// Paths of the files that users keep beside the export, relative to the project.
  ///
  /// Each is a CSV file or a workbook, `quotas.xlsx` or, for one sheet of it, `quotas.xlsx#FY27`.
  public struct UserFiles: Sendable {
    /// Targets of users and territories by period.
    public var quotas: Located<String>?
    /// Roles, joining and leaving, ramping and absences of users.
    public var people: Located<String>?
    /// Sales and marketing cost by month.
    public var costs: Located<String>?
    /// Days on which nobody works.
    public var holidays: Located<String>?
    /// Old keys of territories and accounts, and what they are today.
    public var crosswalk: Located<String>?
    /// Calls, meetings and mails that another system keeps.
    public var activities: Located<String>?
    /// Conflicts that are known and left as they are.
    public var acceptedConflicts: Located<String>?

    /// Accounts that rules and balancing leave where they are.
    public var namedAccounts: Located<String>?

    /// No files.
    public init() {}
  }

  /// Where recurring revenue comes from.
  public struct Subscriptions: Sendable {
    /// An object of the CRM, or a file of the user.
    public let source: Source
    /// Statuses whose subscriptions do not count, such as Draft.
    public let excludedStatuses: [String]

    /// The two places where subscriptions are kept.
    public enum Source: Sendable {
      case object(Object)
      /// The path of a file, relative to the project.
      case file(Located<String>)
    }

    /// An object of the CRM whose records are subscriptions, and the names of its fields.
    public struct Object: Sendable {
      /// API name of the object, such as Contract.
      public let name: Located<String>
      /// The field of the value.
      public let value: Located<String>
      /// The span of time that the value is for.
      public let per: Per
      /// The field of the account; nil: AccountId.
      public let account: Located<String>?
      /// The field of the first day; nil: StartDate.
      public let start: Located<String>?
      /// The field of the last day; nil: EndDate.
      public let end: Located<String>?
      /// The field of the status; nil: Status.
      public let status: Located<String>?
    }

    /// The span of time that a value is for.
    public enum Per: String, Hashable, Sendable, CaseIterable {
      case month, year
    }
  }

  /// The territory model that is to come.
  public struct PlannedModel: Sendable {
    /// A folder of territory metadata, or a table of accounts and their territories; the word
    /// `export` for the export's own model in state Planning.
    public let planned: Located<String>
    /// Who will hold which territory; nil where the plan's own table says it.
    public let users: Located<String>?
    /// The role whose one holder in a territory is the new owner of its accounts.
    public let ownerRole: String?
    /// The role of those who lead a territory.
    public let managerRole: String?
    /// The first day on which the model holds.
    public let effective: Located<Day>?
    /// The last day for objections.
    public let replyBy: Located<Day>?
    /// A table of accounts that stay where they are.
    public let holdOuts: Located<String>?
    /// Whether a territory takes an account that all of its rules match, or any.
    public let ruleCombination: RuleCombination
    /// How accounts and deals change hands.
    public var handover = Handover()
    /// Whether the model stands in the export, so that no file of it is read.
    public var isInExport: Bool { planned.value == "export" }

    /// A model that lies somewhere, about which nothing else is said.
    ///
    /// - Parameters:
    ///   - planned: its folder or table.
    ///   - users: the table of who will hold which territory.
    public init(planned: Located<String>, users: Located<String>?) {
      self.init(
        planned: planned, users: users, ownerRole: nil, managerRole: nil, effective: nil,
        replyBy: nil, holdOuts: nil, ruleCombination: .all)
    }

    init(
      planned: Located<String>, users: Located<String>?, ownerRole: String?, managerRole: String?,
      effective: Located<Day>?, replyBy: Located<Day>?, holdOuts: Located<String>?,
      ruleCombination: RuleCombination
    ) {
      self.planned = planned
      self.users = users
      self.ownerRole = ownerRole
      self.managerRole = managerRole
      self.effective = effective
      self.replyBy = replyBy
      self.holdOuts = holdOuts
      self.ruleCombination = ruleCombination
    }
  }

  /// How the rules of one territory combine.
  public enum RuleCombination: String, Hashable, Sendable, CaseIterable {
    case all, any
  }
}
