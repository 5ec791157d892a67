import BuiltIns
import Foundation
import Intake
import Records

/// The configuration that an export suggests, with what was unsure about it.
struct Proposal {
  /// Text of cadastre.yaml.
  let configuration: String
  /// Text of the project's README.
  let readme: String
  /// What was proposed and why, a line each.
  let notes: [String]

  /// Looks at an export.
  ///
  /// - Throws: `FindingsError` where no mapping knows its files.
  init(export path: URL, mapping file: URL?, project: URL) throws {
    let preset = "presets/salesforce.yaml"
    let mapping =
      try file.map {
        try Mapping(text: Project.text(of: $0, named: $0.lastPathComponent), file: $0.path)
      }
      ?? Mapping(text: BuiltIns.text(preset) ?? "", file: preset)
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [path.path], mapping: mapping,
        fields: [
          .currencyType: ["IsoCode", "IsCorporate"], .territoryModel: ["State"],
          .territory: ["Territory2ModelId"],
        ],
        threads: ProcessInfo.processInfo.activeProcessorCount))
    let facts = Facts(export: export, mapping: mapping)
    let crm = file.map { Proposal.relative($0, to: project) } ?? mapping.name
    let exportPath = Proposal.relative(path, to: project)
    notes = facts.notes
    configuration = """
      # Cadastre: made by `cadastre init` from \(Proposal.comment(exportPath)).
      # It runs as it is; the lines marked "proposed" are worth a look.

      organisation: \(Proposal.quoted(facts.organisation.value))\(facts.organisation.comment)
      crm: \(Proposal.quoted(crm))
      export: \(Proposal.quoted(exportPath))   # a folder, a zip or a CSV; a pattern takes the newest
      as_of: export   # the newest change in the export; or today, or a date
      time_zone: \(facts.timeZone.value)\(facts.timeZone.comment)
      locale: en_US
      currency: \(facts.currency.value)\(facts.currency.comment)
      fiscal_year: {starts: \(facts.fiscalStart.value), named_by: \(facts.namedBy)}\(facts.fiscalStart.comment)
      week_starts: monday
      opportunity_territory: record_or_account   # a deal without a territory takes its account's
      # crm_url: https://example.my.salesforce.com   # names then link to their records
      # deals: {value: Amount, classes: {new: "Type = 'New Business'"}, bookings: [new]}   # left out: every deal is a booking
      segments: {field: NumberOfEmployees, bands: [50, 250, 1000, 5000]}   # proposed: the usual bands
      # metrics: [metrics.yaml]   # metrics of your own

      reports:
        - {report: weekly-territory, every: monday, editions: \(facts.hasTerritories ? "territory" : "company")}

      """
    readme = """
      # Reports of \(facts.organisation.value)

      `cadastre.yaml` says where the export is and which reports are made from it.

          cadastre check     # what the export holds and what is wrong with it
          cadastre run       # all reports, into out/<as-of date>/index.html
          cadastre tables    # the figures behind them

      """
  }

  /// A path as the project's file names it: relative where it lies inside or beside the project.
  private static func relative(_ url: URL, to project: URL) -> String {
    let parent = project.deletingLastPathComponent().path
    for (base, prefix) in [(project.path, ""), (parent, "../")] {
      let start = base.hasSuffix("/") ? base : base + "/"
      if base != "/", url.path.hasPrefix(start) {
        return prefix + url.path.dropFirst(start.count)
      }
    }
    return url.path
  }

  /// Text as a YAML scalar that no character of it can break.
  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\"\(quoted)\""
  }

  /// Text that stays on one line of a comment.
  private static func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}

extension Proposal {
  /// A proposed value with where it comes from.
  struct Proposed {
    let value: String
    /// Why it is proposed; nil where the export states it.
    let reason: String?

    var comment: String { reason.map { "   # proposed: \($0)" } ?? "" }
  }

  /// What an export says about its organisation, and what has to be guessed.
  struct Facts {
    let organisation: Proposed
    let timeZone: Proposed
    let currency: Proposed
    let fiscalStart: Proposed
    let namedBy: String
    let hasTerritories: Bool
    let notes: [String]

    private static let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]

    init(export: Export, mapping: Mapping) {
      let known = export.organisation
      organisation = Proposed(
        value: known?.name ?? "My company",
        reason: known?.name == nil ? "the export does not name it" : nil)
      timeZone = Proposed(
        value: known?.timeZone ?? "UTC",
        reason: known?.timeZone == nil ? "the export names none" : nil)
      let corporate = export.records.corporateCurrency
      currency = Proposed(
        value: corporate ?? "USD",
        reason: corporate == nil ? "the export names no currency" : nil)
      fiscalStart = Proposed(
        value: Facts.months[(known?.calendar?.startMonth ?? 1) - 1],
        reason: known?.calendar == nil ? "the export does not say when the year starts" : nil)
      namedBy = (known?.calendar?.namedBy ?? .endingYear).rawValue
      hasTerritories = Assignment(of: export.records).model != nil
      var notes = ["CRM: \(mapping.name), by the names of its files"]
      for (name, fact) in [
        ("organisation", organisation), ("time zone", timeZone), ("currency", currency),
        ("fiscal year starts", fiscalStart),
      ] {
        notes.append("\(name): \(fact.value) (\(fact.reason ?? "from the export"))")
      }
      notes.append(
        hasTerritories
          ? "reports: weekly-territory, one edition a territory"
          : "reports: weekly-territory for the company; the export holds no active territory model")
      self.notes = notes
    }
  }
}
