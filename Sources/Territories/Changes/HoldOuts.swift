import Metrics
import Records
import Settings

/// Which accounts stay where they are when the planned model comes: those of a list, and those that
/// meet a condition, each until a day or for good; and named accounts, for good.
public struct HoldOuts: Sendable {
  /// Whether each account stays; empty: none does.
  public let isHeld: [Bool]
  private let until: [Int32: Day]
  private let untilByCondition: Day?
  private let isListed: Set<Int32>
  private let isNamed: Set<Int32>

  /// - Parameters:
  ///   - records: the files that users keep; their lists of hold-outs and of named accounts.
  ///   - handover: the condition and its last day.
  ///   - day: the day on which the model comes; what ends before it is no hold-out.
  ///   - engine: knows the fields of accounts.
  ///   - accounts: how many accounts there are.
  /// - Throws: what is wrong with the condition.
  public init(
    _ records: UserRecords, _ handover: Configuration.Handover, on day: Day, engine: LocalEngine,
    accounts: Int
  ) throws(FindingsError) {
    let listed = records.holdOuts.filter { records.heldUntil[$0].map { day <= $0 } ?? true }
    let named = records.namedAccounts.map(\.account)
    until = records.heldUntil
    isListed = Set(listed)
    isNamed = Set(named)
    var isHeld: [Bool] = []
    untilByCondition = handover.holdOutsUntil
    if let condition = handover.holdOutCondition, untilByCondition.map({ day <= $0 }) ?? true {
      isHeld = try engine.holds(
        ExpressionText(condition.value, at: condition.at), of: .accounts)
    }
    if isHeld.isEmpty, !(listed + named).isEmpty {
      isHeld = [Bool](repeating: false, count: accounts)
    }
    for account in listed + named { isHeld[Int(account)] = true }
    self.isHeld = isHeld
  }

  /// The last day on which an account that is held out stays; nil: for good.
  public func until(_ account: Int32) -> Day? {
    if isNamed.contains(account) { return nil }
    return isListed.contains(account) ? until[account] : untilByCondition
  }
}
