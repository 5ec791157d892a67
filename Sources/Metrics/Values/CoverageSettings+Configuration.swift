import Records
import Settings

extension CoverageSettings {
  /// What `cadastre.yaml` says.
  init(_ configuration: Configuration) {
    func names(_ located: [Located<String>]) -> [Name] {
      located.map { Name($0.value, at: $0.at) }
    }
    let (conflicts, neglect) = (configuration.conflicts, configuration.neglect)
    ancestorsAreInsiders = conflicts.ancestorsAreInsiders
    minAmount = conflicts.minAmount
    conflictExemptUsers = names(conflicts.exemptUsers)
    conflictExemptRoles = names(conflicts.exemptRoles)
    conflictExemptClasses = conflicts.exemptClasses
    overlayTypes = names(conflicts.overlayTypes)
    neglectedAfter = neglect.after
    neglectRules = neglect.rules.map {
      NeglectRule(
        condition: ExpressionText($0.condition.value, at: $0.condition.at), after: $0.after)
    }
    neglectExemptUsers = names(neglect.exemptUsers)
    neglectExemptTypes = names(neglect.exemptTypes)
    catchAllTerritories = names(configuration.catchAllTerritories)
  }
}
