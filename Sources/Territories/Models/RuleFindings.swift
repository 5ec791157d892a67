import Metadata
import Records

/// What is wrong with the rules of a model that stands in an export, as with one in files.
enum RuleFindings {
  static func findings(_ plan: TerritoryPlan) -> [Finding] {
    TerritoryMetadata.ruleFindings(of: plan)
  }
}
