import Metrics
import Records

/// How to get what an export lacks: a small catalogue of clauses by entity and field.
enum Remedies {
  /// How to get one thing, as a clause.
  ///
  /// - Parameters:
  ///   - lack: what is missing.
  ///   - settings: which fields the configuration chose.
  ///   - mapping: name of the mapping file where the CRM is not Salesforce, nil where it is.
  /// - Returns: a clause such as `export User`.
  static func remedy(_ lack: Lack, settings: MetricSettings, mapping: String?) -> String {
    switch lack {
    case .all(let lacks):
      return Suggestion.list(
        lacks.map { remedy($0, settings: settings, mapping: mapping) }, conjunction: "or")
    case .records(let entity): return records(entity, mapping)
    case .activeModel:
      return mapping.map { "map Territory2Model with its State in \($0)" }
        ?? "tick Territory2Model in the Data Export, with its State; \(permission)"
    case .plannedModel:
      return "name it under territory_model: planned in cadastre.yaml, or export with the Manage "
        + "Territories permission where a model is in planning"
    case .column(let entity, let field):
      let get =
        mapping.map { "map a column to \(entity.rawValue).\(field) in \($0)" }
        ?? "export \(entity.rawValue) with \(field)"
      return get + (another(entity, field, settings).map { ", or \($0)" } ?? "")
    case .values(let entity, let field):
      return "fill \(field) in the CRM"
        + (another(entity, field, settings).map { ", or \($0)" } ?? "")
    }
  }

  private static func records(_ entity: Entity, _ mapping: String?) -> String {
    let export: String =
      if let mapping {
        "map a file to \(entity.rawValue) in \(mapping)"
      } else {
        switch entity {
        case .territory:
          "tick Territory2, Territory2Model, ObjectTerritory2Association and "
            + "UserTerritory2Association in the Data Export; \(permission)"
        case .territoryModel, .territoryType, .accountTerritory, .userTerritory:
          "tick \(entity.rawValue) in the Data Export; \(permission)"
        default: "export \(entity.rawValue)"
        }
      }
    return export + (beside(entity).map { ", or \($0)" } ?? "")
  }

  private static let permission = "it needs the Manage Territories permission"

  /// The file that users keep in place of an object.
  private static func beside(_ entity: Entity) -> String? {
    switch entity {
    case .quota: "name a file of them under quotas in cadastre.yaml"
    case .contract: "name a file of them under subscriptions in cadastre.yaml"
    default: nil
    }
  }

  /// Which other field the configuration could name.
  private static func another(
    _ entity: Entity, _ field: String, _ settings: MetricSettings
  ) -> String? {
    switch (entity, field) {
    case (.opportunity, settings.valueField):
      "name the field that values a deal as deals: value in cadastre.yaml"
    case (.account, settings.segmentField): "name another field under segments in cadastre.yaml"
    default: nil
    }
  }
}
