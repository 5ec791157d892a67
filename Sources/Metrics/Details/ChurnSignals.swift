import Expressions
import Records

/// What the configuration calls signals that an account may be lost, under `churn_signals`.
struct ChurnSignals: Sendable {
  /// For each signal its name and, for each account, whether its condition holds.
  let signals: [(name: String, holds: [Bool])]

  static func of(_ ledger: Ledger) -> Ledger.Derived<ChurnSignals> {
    var findings = FindingLog()
    let count = ledger.records[.account].count
    var signals: [(name: String, holds: [Bool])] = []
    for signal in ledger.settings.churnSignals {
      do {
        let predicate = try Predicate(
          Expression(parsing: signal.condition.text, at: signal.condition.at),
          resolver: FactResolver(.accounts, ledger: ledger), asOf: ledger.records.asOf)
        var holds = [Bool](repeating: false, count: count)
        predicate.forEachRow(below: count) { holds[$0] = true }
        signals.append((signal.name, holds))
      } catch {
        findings.add(error.finding)
      }
    }
    return Ledger.Derived(value: ChurnSignals(signals: signals), findings: findings)
  }

  /// The names of those that an account gives.
  func names(_ account: Int) -> [String] { signals.filter { $0.holds[account] }.map(\.name) }
}

extension Ledger {
  /// What speaks for losing which accounts, with what was wrong in the conditions.
  var churnSignals: Derived<ChurnSignals> { churnSignalCache.value { ChurnSignals.of(self) } }
}
