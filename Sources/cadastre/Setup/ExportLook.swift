import BuiltIns
import Foundation
import Intake
import Records

/// An export as `init` sees it: what it is recognised as, and the records that proposals rest on.
struct ExportLook {
  let path: URL
  /// The mapping file that the user gave; nil where the export was recognised.
  let mappingFile: URL?
  let mapping: Mapping
  /// Text of a mapping file to write; nil where a preset or the user's own file fits.
  let mappingText: String?
  /// Name of the preset; nil where a mapping file is used.
  let preset: String?
  let reasons: [String]
  let doubts: [String]
  let forms: CellForms
  let unread: [String]
  let export: Export
  /// Files that the mapping reads and proposals do not need.
  let readLater: [String]
  /// Whether the export says on which day it was made.
  let isDated: Bool
  /// Fields of deals, beside Amount, that look like money.
  let valueFields: [String]

  /// Looks at an export.
  ///
  /// - Throws: `FindingsError` where nothing in it is recognised, or it cannot be read.
  init(at path: URL, mapping file: URL?) throws {
    self.path = path
    mappingFile = file
    let files = try ExportFiles(at: [path.path])
    let (sampled, unreadable) = files.sampled()
    if let file {
      mapping = try Mapping(
        text: Project.text(of: file, named: file.lastPathComponent), file: file.path)
      (mappingText, preset, doubts) = (nil, nil, [])
      reasons = ["\(mapping.name), as the mapping file \(file.lastPathComponent) says"]
      forms = CellForms()
      unread = []
    } else {
      if sampled.isEmpty, !unreadable.isEmpty { throw FindingsError(unreadable) }
      let recognised = try Recognition(
        of: sampled, presets: try ExportLook.presets(), synonyms: try ExportLook.synonyms())
      (mappingText, preset) = (recognised.mappingText, recognised.preset)
      // What is written is what is read.
      mapping =
        try mappingText.map { try Mapping(text: $0, file: "mapping.yaml") }
        ?? recognised.mapping
      (reasons, doubts) = (recognised.reasons, recognised.doubts)
      forms = recognised.forms
      unread = recognised.unread + unreadable.map(\.description)
    }
    valueFields = Recognition.valueFields(of: sampled, mapping)
    let (export, isDated) = try ExportLook.load(path, mapping, forms, valueFields)
    (self.export, self.isDated) = (export, isDated)
    let mapping = mapping
    readLater = sampled.compactMap { sample in
      guard !export.files.contains(where: { $0.file == sample.name }) else { return nil }
      return mapping.entity(of: sample).map { "\(sample.name) as \($0.rawValue)" }
    }
  }

  /// Loads what proposals rest on; an export without a date of its own is read as of a far day.
  private static func load(
    _ path: URL, _ mapping: Mapping, _ forms: CellForms, _ valueFields: [String]
  ) throws -> (Export, isDated: Bool) {
    func request(_ asOf: Day?) -> LoadRequest {
      LoadRequest(
        paths: [path.path], mapping: mapping,
        fields: [
          .currencyType: ["IsoCode", "IsCorporate"], .territoryModel: ["State", "Name"],
          .territory: ["Territory2ModelId", "Name"], .user: ["Name"],
          .account: ["NumberOfEmployees", "AnnualRevenue"],
          .opportunity: Set(["Type", "StageName", "Amount", "CurrencyIsoCode"] + valueFields),
          .stage: ["MasterLabel", "SortOrder", "IsClosed"],
          .userTerritory: ["RoleInTerritory2"], .contract: ["MonthlyValue__c"],
          .opportunityHistory: ["StageName"], .quota: ["QuotaAmount"],
        ], asOf: asOf, forms: forms, threads: ProcessInfo.processInfo.activeProcessorCount)
    }
    do {
      return (try ExportLoader.load(request(nil)), true)
    } catch let error as FindingsError {
      guard error.findings.map(\.code) == ["as-of-unknown"] else { throw error }
      return (try ExportLoader.load(request(Day(year: 2100, month: 1, day: 1))), false)
    }
  }

  /// The presets that are built in, in byte order of their names.
  static func presets() throws -> [Mapping] {
    try BuiltIns.paths(in: "presets").filter { $0 != synonymsPath }.map {
      try Mapping(text: BuiltIns.text($0) ?? "", file: $0)
    }
  }

  private static func synonyms() throws -> Synonyms {
    try Synonyms(text: BuiltIns.text(synonymsPath) ?? "", file: synonymsPath)
  }

  private static let synonymsPath = "presets/synonyms.yaml"
}
