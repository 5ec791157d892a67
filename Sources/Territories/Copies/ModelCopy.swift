import Foundation
import Metadata
import Metrics
import Records

/// A model to explore, made from another: files that people edit, that this program reads as a planned
/// model, and that the CRM's own tools deploy.
///
/// A model with rules becomes metadata XML in the folder `metadata`, with the `package.xml` of a
/// deployment; a table of accounts stays one, as `plan.csv`. Who works where stands beside either in
/// `planned_users.csv`, because metadata never says it.
public struct ModelCopy: Sendable {
  /// A file, named relative to the folder of the copy.
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  /// In the order of their names.
  public let files: [File]
  /// Developer name of the copy.
  public let developerName: String
  /// The file of planned users; nil where nobody says who works where.
  public let users: String?
  /// Names of the files that the CRM's tools deploy; none where the copy is a table.
  public var metadataNames: [String] {
    files.map(\.name).filter { $0.hasPrefix("\(ModelCopy.metadataFolder)/territory2") }
  }

  /// Sentences about what a copy cannot take along.
  public let notes: [String]

  /// The folder with the files that the CRM's tools deploy.
  public static let metadataFolder = "metadata"

  /// - Parameters:
  ///   - model: what is copied.
  ///   - name: what the copy is called; its developer name follows from it.
  ///   - layout: how metadata files are named; nil: as those that the model was read from.
  ///   - records: the export.
  /// - Throws: What keeps a part of the model from being a file.
  public init(
    _ model: ResolvedModel, named name: String, layout: WrittenMetadata.Layout? = nil,
    records: RecordSet
  ) throws(WrittenMetadata.Failure) {
    var files: [File] = []
    let users = ModelCopy.plannedUsers(model, records)
    developerName = ModelCopy.developerName(of: name)
    self.users = users?.name
    if let users { files.append(users) }
    if case .table = model.source {
      files.append(ModelCopy.table(model, records))
    } else {
      let plan = ModelCopy.plan(model, developerName: developerName, name: name)
      let written = try WrittenMetadata(
        plan, layout: layout ?? WrittenMetadata.Layout(of: model.plan))
      for file in [try WrittenMetadata.package()] + written.files {
        files.append(
          File(name: "\(ModelCopy.metadataFolder)/\(file.name)", bytes: file.bytes))
      }
    }
    self.files = files.sorted { $0.name < $1.name }
    notes = ModelCopy.notes(model)
  }

  /// The model under its new name, as a deployment takes it.
  private static func plan(
    _ model: ResolvedModel, developerName: String, name: String
  ) -> TerritoryPlan {
    var plan = model.plan
    plan.developerName = developerName
    plan.name = name
    // The state is the CRM's to say: what is deployed is in planning.
    plan.state = nil
    let used = Set(plan.territories.compactMap { $0.type?.lowercased() })
    plan.types.removeAll { !used.contains($0.developerName.lowercased()) }
    if case .export = model.source {
      for rule in plan.rules.indices {
        for item in plan.rules[rule].items.indices {
          // Records of rules may leave the object out, metadata names it.
          let field = plan.rules[rule].items[item].field
          guard !field.isEmpty, !field.contains(".") else { continue }
          plan.rules[rule].items[item].field = "\(plan.rules[rule].objectType).\(field)"
        }
      }
    }
    return plan
  }

  /// A developer name as the CRM demands it: letters, digits and single underscores, beginning with a
  /// letter.
  static func developerName(of name: String) -> String {
    let plain = name.folding(options: .diacriticInsensitive, locale: nil)
    let words = plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var developerName = words.joined(separator: "_")
    if developerName.first?.isLetter != true {
      developerName = developerName.isEmpty ? "Model" : "Model_\(developerName)"
    }
    // The CRM keeps 80 characters.
    developerName = String(developerName.prefix(80))
    return developerName.hasSuffix("_") ? String(developerName.dropLast()) : developerName
  }

  // MARK: Tables

  private static func plannedUsers(_ model: ResolvedModel, _ records: RecordSet) -> File? {
    guard model.knowsMembers, model.members.contains(where: { !$0.isEmpty }) else { return nil }
    return file(PlanFiles.users(model, records))
  }

  /// Accounts and their territories, in the order of the accounts' rows.
  private static func table(_ model: ResolvedModel, _ records: RecordSet) -> File {
    file(
      PlanFiles.accounts(
        model.assigned.map { entry in
          // Others follow from the roles of planned users, wherever these may go.
          var owner: Int32?
          if entry.isOwnerNamed, case .user(let user) = entry.owner { owner = user }
          return PlanFiles.Row(
            account: entry.account, territory: Int32(entry.territory), owner: owner)
        }, of: model, records))
  }

  private static func file(_ table: MetricTable) -> File {
    File(name: "\(table.name).csv", bytes: Array(table.csv(moneyPlaces: 2).utf8))
  }

  // MARK: What stays behind

  private static func notes(_ model: ResolvedModel) -> [String] {
    var notes: [String] = []
    if case .table = model.source {
      notes.append(
        "The model is a table: it has no rules, so nothing of it can be deployed but its accounts.")
    } else {
      let manual = model.associations.count { $0.isManual }
      if manual > 0 {
        notes.append(
          count(manual, "account is", "accounts are")
            + " in the model by hand; metadata does not say so, and the copy is without "
            + (manual == 1 ? "it." : "them."))
      }
      if !model.exclusions.isEmpty {
        notes.append(
          count(model.exclusions.count, "exclusion of an account", "exclusions of accounts")
            + (model.exclusions.count == 1 ? " stays" : " stay")
            + " with the model it is copied from; metadata holds none.")
      }
      let untyped = model.plan.territories.count { $0.type == nil }
      if untyped > 0 {
        notes.append(
          count(untyped, "territory has", "territories have")
            + " no type, which a deployment demands: write <territory2Type> in the file.")
      }
      if model.plan.rules.isEmpty {
        notes.append(
          "The model has no rules: add files of rules, or its territories take no accounts.")
      }
    }
    if !model.knowsMembers {
      notes.append(
        "Nobody says who works in the model's territories; write planned_users.csv beside it.")
    }
    return notes
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
