import Metrics
import Records

/// All that is known about the change from one model to another: made once a run, and cut for each
/// reader.
public struct ChangeBook: Sendable {
  public let whole: ChangeSet
  public let terms: Terms
  public let readers: ChangeReaders
  let records: RecordSet
  let stakes: Stakes
  let families: Forest
  let holdOuts: HoldOuts?
  /// What each of the two models holds.
  let before: ComparedModel
  let after: ComparedModel
  /// In what the models differ, which is the same for every reader.
  let differences: ModelDifferences
  /// Contacts of each account, and its tasks that are not done.
  let contacts: Adjacency
  let tasks: Adjacency

  /// When the change comes and what it rests on.
  public struct Terms: Sendable {
    /// The first day on which the planned model holds; nil where none is configured.
    public var effective: Day?
    /// The last day for objections.
    public var replyBy: Day?
    /// A deal that closes by then is late.
    public var closingBy: Day
    /// What to call quarters.
    public var calendar = FiscalCalendar()
    /// Names of territory types of which an account may be in several.
    public var overlayTypes: [String] = []
    /// Developer names or names of territories that take what no other does.
    public var catchAlls: [String] = []
    /// The rules of the model before, held against the export; nil where it has none to be run.
    public var replay: Replay?
    /// Whether the model afterwards is in force already.
    public var isLive = false

    public init(closingBy: Day) { self.closingBy = closingBy }
  }

  /// - Parameters:
  ///   - whole: the change set between the two models.
  ///   - terms: when the change comes and what it rests on.
  ///   - readers: whom it concerns.
  ///   - records: the export.
  ///   - stakes: what is at stake with accounts and deals.
  ///   - families: the families of accounts.
  ///   - holdOuts: until when accounts are held out; nil: nobody is.
  ///   - compared: what each of the two models holds.
  public init(
    _ whole: ChangeSet, terms: Terms, readers: ChangeReaders, records: RecordSet, stakes: Stakes,
    families: Forest, holdOuts: HoldOuts?, compared: (before: ComparedModel, after: ComparedModel)
  ) {
    self.whole = whole
    self.terms = terms
    self.readers = readers
    self.records = records
    self.stakes = stakes
    self.families = families
    self.holdOuts = holdOuts
    differences = ModelDifferences(whole)
    before = compared.before
    after = compared.after
    let count = records[.account].count
    let contactTable = records[.contact]
    contacts = Adjacency(
      sources: count, from: contactTable.references("AccountId"),
      to: (0..<Int32(contactTable.count)).map { $0 })
    let taskTable = records[.task]
    let (direct, related) = (
      taskTable.references("AccountId"), taskTable.references("WhatAccountId")
    )
    let deals = taskTable.references("WhatId")
    let accountOfDeal = records[.opportunity].references("AccountId")
    let isClosed = taskTable.flags("IsClosed")
    func account(ofTask row: Int) -> Int32 {
      if direct[row] >= 0 { return direct[row] }
      if related[row] >= 0 { return related[row] }
      return deals[row] < 0 ? -1 : accountOfDeal[Int(deals[row])]
    }
    tasks = Adjacency(
      sources: count,
      from: (0..<taskTable.count).map { row in
        isClosed[row] == 0 ? account(ofTask: row) : -1
      }, to: (0..<Int32(taskTable.count)).map { $0 })
  }

  /// The change as the whole company sees it.
  public var company: ChangePart {
    ChangePart(
      book: self, changes: whole,
      tops: (
        ChangeBook.roots(whole.from.model.tree.forest), ChangeBook.roots(whole.to.model.tree.forest)
      ), reader: nil)
  }

  /// The change as one reader may see it: nothing of it is about what others hold.
  public func part(for reader: ChangeReader) -> ChangePart {
    let scope = ChangeScope(
      territories: reader.before, reader.after, of: whole, users: records[.user].count)
    return ChangePart(
      book: self,
      changes: whole.cut(
        to: scope, owners: records[.account].references("OwnerId"), families: families),
      tops: (reader.before, reader.after), reader: reader)
  }

  /// Id and name of a user.
  public func user(_ row: Int32) -> (id: String, name: String) {
    let users = records[.user]
    return (users.id(Int(row)), users.name(Int(row)))
  }

  private static func roots(_ forest: Forest) -> [Int] {
    forest.parents.indices.filter { forest.parents[$0] < 0 }
  }
}
