import Intake
import Metrics
import Records
import Settings
import Territories

/// The leads of an export, to be matched and routed when a figure asks for it.
enum LeadRouting {
  /// - Returns: nil where the export holds no leads.
  static func desk(
    _ export: Export, _ assignment: Assignment, _ metrics: MetricSettings,
    _ configuration: Configuration, threads: Int
  ) -> LeadDesk? {
    guard export.records.has(.lead) else { return nil }
    return LeadDesk(
      export.records, assignment, metrics: metrics, people: export.userRecords.people,
      named: export.userRecords.namedAccounts,
      settings: LeadRoutingSettings(
        ownerRole: configuration.leadRouting.ownerRole ?? configuration.plannedModel?.ownerRole,
        toHeadquarters: configuration.leadRouting.toHeadquarters),
      rules: {
        LeadTerritories(
          export.records, assignment,
          combination: configuration.plannedModel?.ruleCombination ?? .all, threads: threads)
      }, threads: threads)
  }
}
