import Expressions
import Records

/// Which accounts nobody has been in touch with for too long.
struct Neglect: Sendable {
  /// 0: in touch; 1: neglected; 2: the account does not count.
  let states: [UInt8]

  /// The derived field of accounts that says so; a rule of the coverage policy cannot ask for it.
  static let field = "IsNeglected"

  /// An account is neglected where its last activity, else its creation, is before D less the days
  /// that the coverage policy allows it; one of which neither is known is not.
  static func of(_ ledger: Ledger) -> Ledger.Derived<Neglect> {
    let activities = ledger.lastActivities.value
    let settings = ledger.settings.coverage
    let accounts = ledger.records[.account]
    let asOf = ledger.records.asOf.number
    let exempt = Exemptions.users(
      ledger.records, ledger.userRecords.people, named: settings.neglectExemptUsers,
      key: "exempt_users")
    var findings = exempt.findings
    let types = accounts.categories("Type")
    let isExemptType = Exemptions.categories(
      types, settings.neglectExemptTypes, key: "exempt_types", subject: "type of an account",
      &findings)
    let allowed = allowedDays(ledger, &findings)
    let owners = accounts.references("OwnerId")
    let created = accounts.days("CreatedDate")
    let states = (0..<accounts.count).map { row -> UInt8 in
      if owners[row] >= 0, exempt.value[Int(owners[row])] { return 2 }
      if types.codes[row] >= 0, isExemptType[Int(types.codes[row])] { return 2 }
      let last = activities.days[row] != Day.null ? activities.days[row] : created[row]
      let days = allowed.isEmpty ? Int32(settings.neglectedAfter) : allowed[row]
      return last != Day.null && last < asOf - days ? 1 : 0
    }
    return Ledger.Derived(value: Neglect(states: states), findings: findings)
  }

  /// Days that each account may go without activity; empty where all may go the same.
  static func allowedDays(_ ledger: Ledger, _ findings: inout FindingLog) -> [Int32] {
    let settings = ledger.settings.coverage
    guard !settings.neglectRules.isEmpty else { return [] }
    let count = ledger.records[.account].count
    var days = [Int32](repeating: Int32(settings.neglectedAfter), count: count)
    // The last rule first, so that the first one that holds stays.
    for rule in settings.neglectRules.reversed() {
      do {
        let expression = try Expression(parsing: rule.condition.text, at: rule.condition.at)
        guard !Neglect.asksForItself(expression) else {
          findings.add(circle(rule.condition.at))
          continue
        }
        let predicate = try Predicate(
          expression, resolver: FactResolver(.accounts, ledger: ledger), asOf: ledger.records.asOf)
        predicate.forEachRow(below: count) { days[$0] = Int32(rule.after) }
      } catch {
        findings.add(error.finding)
      }
    }
    return days
  }

  private static func asksForItself(_ expression: Expression) -> Bool {
    expression.fields.contains { $0.last?.lowercased() == field.lowercased() }
  }

  private static func circle(_ at: SourcePosition) -> Finding {
    Finding(
      code: "coverage-policy-circle", severity: .error, at: at,
      what: "a rule of the coverage policy asks for \(field), which it decides",
      done: "nothing was computed", suggestion: "write the rule without \(field)")
  }
}

extension Ledger {
  /// Which accounts are neglected, with what was wrong in the coverage policy.
  var neglect: Derived<Neglect> { neglects.value { Neglect.of(self) } }

  /// `IsNeglected` of accounts; null where an account does not count or nothing is known.
  var neglectedFlags: [UInt8] {
    guard lastActivities.value.isKnown else {
      return [UInt8](repeating: 2, count: records[.account].count)
    }
    return neglect.value.states
  }
}
