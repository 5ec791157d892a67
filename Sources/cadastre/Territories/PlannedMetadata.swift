import Foundation
import Metadata
import Records
import Reports
import Settings

/// The planned territory model of a project, where it stands in metadata files.
struct PlannedMetadata {
  /// The one model; nil where there is none or more than one.
  let plan: TerritoryPlan?
  let findings: [Finding]

  /// nil where the project plans no model, or plans it in a table of accounts.
  init?(of project: Project) {
    guard let model = project.configuration.plannedModel, !model.isInExport else { return nil }
    self.init(at: model.planned, in: project)
  }

  /// A model in a folder of the project; nil where it is no folder but a table of accounts.
  init?(at planned: Located<String>, in project: Project) {
    let folder = URL(filePath: planned.value, relativeTo: project.folder).standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
    // A file is a table of accounts, which those who read tables answer for; a missing one too.
    let isTable = [".csv", ".xlsx"].contains { planned.value.lowercased().contains($0) }
    if exists ? !isFolder.boolValue : isTable { return nil }
    guard exists, let files = try? MetadataFiles(folder: folder, shownAs: planned.value) else {
      plan = nil
      findings = [
        Finding(
          code: "planned-model-missing", severity: .error, at: planned.at,
          what: "the folder \"\(planned.value)\" of the planned model "
            + (exists ? "cannot be read" : "is not there"),
          done: "no planned model was read", suggestion: "correct the path")
      ]
      return
    }
    let metadata = TerritoryMetadata(reading: files)
    plan = metadata.plan()
    guard metadata.plans.count > 1 else {
      findings = metadata.findings
      return
    }
    let names = Suggestion.list(metadata.plans.map(\.developerName), conjunction: "and")
    findings =
      metadata.findings + [
        Finding(
          code: "planned-model-several", severity: .error, at: planned.at,
          what: "the folder \"\(planned.value)\" holds several models: \(names)",
          done: "none was taken as the planned one",
          suggestion: "name the folder of one, such as "
            + "territory2Models/\(metadata.plans[0].developerName)")
      ]
  }

  /// What was read, as a line of the files; a row of it is a territory, a rule or a type.
  var file: CheckDocument.File? {
    guard let plan else { return nil }
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(number) \(number == 1 ? one : many)"
    }
    let active = plan.rules.count { $0.isActive }
    let things = plan.territories.count + plan.rules.count + plan.types.count
    return CheckDocument.File(
      name: plan.at?.file ?? plan.developerName, entity: "planned model", read: things,
      used: things, setAside: 0, deleted: 0,
      dialect: "metadata XML: \(count(plan.territories.count, "territory", "territories")), "
        + "\(count(plan.rules.count, "rule", "rules")) (\(active) active), "
        + count(plan.types.count, "type", "types"))
  }
}
