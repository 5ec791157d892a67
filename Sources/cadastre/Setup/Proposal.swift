import BuiltIns
import Foundation
import Intake
import Records
import Reports
import Settings

/// The configuration that an export suggests, with what was unsure about it.
struct Proposal {
  /// A value with where it comes from.
  struct Setting {
    var value: String
    var origin: Origin

    enum Origin {
      /// The export states it.
      case stated
      /// Proposed, and why.
      case proposed(String)
      /// Proposed without much ground, and why.
      case unsure(String)
      /// The user's own answer.
      case answered
    }

    var comment: String {
      switch origin {
      case .stated, .answered: ""
      case .proposed(let reason): "   # proposed: \(reason)"
      case .unsure(let reason): "   # unsure: \(reason)"
      }
    }

    /// Where the value comes from, in words.
    var reason: String {
      switch origin {
      case .stated: "from the export"
      case .answered: "your answer"
      case .proposed(let reason), .unsure(let reason): reason
      }
    }

    mutating func answer(_ text: String) {
      if text != value { (value, origin) = (text, .answered) }
    }
  }

  let look: ExportLook
  let facts: ExportFacts
  var organisation: Setting
  var timeZone: Setting
  var currency: Setting
  var fiscalStart: Setting
  let namedBy: String
  /// The field that values a deal.
  var valueField: Setting
  /// Classes of deals with the values of Type that make them, in order; empty: none.
  var classes: [(name: String, types: [String])]
  /// The stage from which a deal counts; empty: every deal does.
  var firstStage: Setting
  /// The role of those who lead a territory; empty: none is known.
  var managerRole: Setting
  /// Path of a sheet of quotas; empty: none.
  var quotas: Setting
  /// The object or the file of subscriptions; empty: none.
  var subscriptions: Setting
  private let exportPath: String
  private let crm: String

  /// - Throws: `FindingsError` where the export cannot be read.
  init(_ look: ExportLook, project: URL) throws {
    let facts = ExportFacts(look.export, valueFields: look.valueFields)
    self.look = look
    self.facts = facts
    let known = look.export.organisation
    organisation = Proposal.setting(
      known?.name, else: "My company", unsure: "the export does not name it")
    timeZone = Proposal.setting(known?.timeZone, else: "UTC", unsure: "the export names none")
    if let corporate = look.export.records.corporateCurrency {
      currency = Setting(value: corporate, origin: .stated)
    } else if facts.currencies.count == 1 {
      currency = Setting(
        value: facts.currencies[0], origin: .proposed("the currency of every deal"))
    } else {
      currency = Setting(
        value: "USD",
        origin: .unsure(
          facts.currencies.isEmpty
            ? "the export names no currency"
            : "deals are in \(facts.currencies.count) currencies, and no rates are exported"))
    }
    fiscalStart = Proposal.setting(
      known?.calendar.map { FiscalCalendar.monthNames[$0.startMonth - 1] },
      else: FiscalCalendar.monthNames[0],
      unsure: "the export does not say when the year starts")
    namedBy = (known?.calendar?.namedBy ?? .endingYear).rawValue
    valueField = facts.valueField
    classes = facts.classes
    firstStage = Setting(value: "", origin: .proposed("every deal counts"))
    managerRole = Setting(value: facts.managerRole ?? "", origin: .proposed("by its name"))
    quotas = Setting(value: "", origin: .proposed("none is named"))
    subscriptions =
      facts.hasSubscriptions
      ? Setting(value: "Contract", origin: .proposed("Contract has monthly values"))
      : Setting(value: "", origin: .proposed("no object with monthly values was found"))
    exportPath = Proposal.relative(look.path, to: project)
    crm =
      look.mappingFile.map { Proposal.relative($0, to: project) } ?? look.preset ?? "mapping.yaml"
  }

  private static func setting(_ stated: String?, else value: String, unsure: String) -> Setting {
    stated.map { Setting(value: $0, origin: .stated) }
      ?? Setting(value: value, origin: .unsure(unsure))
  }

  // MARK: The file

  /// Text of cadastre.yaml; the same export and answers give the same bytes.
  var configuration: String {
    var lines = [
      "# Cadastre: made by `cadastre init` from \(Proposal.comment(exportPath)).",
      "# It runs as it is; lines marked \"proposed\" are worth a look, those marked \"unsure\" a second.",
      "",
      "organisation: \(YAMLScalar.quoted(organisation.value))\(organisation.comment)",
      "crm: \(YAMLScalar.quoted(crm))\(look.doubts.isEmpty ? "" : "   # unsure: see below")",
      "export: \(YAMLScalar.quoted(exportPath))   # a folder, a zip or a CSV; a pattern takes the newest",
    ]
    lines += format
    lines += [
      look.isDated
        ? "as_of: export   # the newest change in the export; or today, or a date"
        : "as_of: today   # proposed: the export holds no date that has passed",
      "time_zone: \(timeZone.value)\(timeZone.comment)",
      "locale: en_US",
      "currency: \(currency.value)\(currency.comment)",
      "fiscal_year: {starts: \(fiscalStart.value), named_by: \(namedBy)}\(fiscalStart.comment)",
      "week_starts: monday",
      "opportunity_territory: record_or_account   # a deal without a territory takes its account's",
      "# crm_url: https://example.my.salesforce.com   # names then link to their records",
    ]
    lines += deals
    lines.append(facts.segments.line)
    lines += recurring
    if !quotas.value.isEmpty {
      lines.append(Proposal.active("quotas: \(YAMLScalar.quoted(quotas.value))", quotas.comment))
    } else if !facts.hasQuotas {
      lines.append("# quotas: quotas.csv   # the export holds none: without them no attainment")
    }
    if !managerRole.value.isEmpty {
      lines.append(
        "# territory_model: {planned: plan.csv, manager_role: \(YAMLScalar.quoted(managerRole.value))}"
          + "   # a model to come")
    }
    lines += ["# metrics: [metrics.yaml]   # metrics of your own", "", "reports:"]
    lines.append(
      "  - {report: weekly-territory, every: monday, "
        + "editions: \(facts.hasTerritories ? "territory" : "company")}")
    if !look.doubts.isEmpty {
      lines += ["", "# unsure about the export:"]
      lines += look.doubts.map { "#   \(Proposal.comment($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var format: [String] {
    var parts: [String] = []
    if let dates = look.forms.dates { parts.append("dates: \(dates.rawValue)") }
    if let numbers = look.forms.numbers {
      parts.append("numbers: \(YAMLScalar.quoted(numbers.rawValue))")
    }
    guard !parts.isEmpty else { return [] }
    return [
      Proposal.active(
        "export_format: {\(parts.joined(separator: ", "))}",
        "   # proposed: as the first rows are written")
    ]
  }

  private var deals: [String] {
    var parts: [String] = []
    if valueField.value != "Amount" {
      parts.append("value: \(YAMLScalar.quoted(valueField.value))")
    }
    if !firstStage.value.isEmpty {
      parts.append("bookings_from: \(YAMLScalar.quoted(firstStage.value))")
    }
    if !classes.isEmpty {
      let conditions = classes.map {
        "\($0.name): \(YAMLScalar.quoted(Proposal.condition($0.types)))"
      }
      parts.append("classes: {\(conditions.joined(separator: ", "))}")
    }
    guard !parts.isEmpty else {
      return [
        "# deals: {value: Amount, classes: {new: \"Type = 'New Business'\"}, bookings: [new]}"
          + "   # left out: every deal is a booking, valued by Amount"
      ]
    }
    return [
      Proposal.active(
        "deals: {\(parts.joined(separator: ", "))}",
        classes.isEmpty ? valueField.comment : "   # proposed: by the values of Type")
    ] + renewals
  }

  /// Which classes are bookings changes every figure of deals: it is the user's to say.
  private var renewals: [String] {
    let others = classes.map(\.name).filter { $0 != "renewal" }
    guard !others.isEmpty, others.count < classes.count else { return [] }
    return [
      "#   every deal is a booking; bookings: [\(others.joined(separator: ", "))] in it leaves renewals out"
    ]
  }

  private var recurring: [String] {
    guard !subscriptions.value.isEmpty else {
      return [
        "# subscriptions: subscriptions.csv   # none was found: without it no recurring revenue"
      ]
    }
    let text =
      subscriptions.value == "Contract"
      ? "{object: Contract, value: MonthlyValue__c, per: month}"
      : YAMLScalar.quoted(subscriptions.value)
    return [Proposal.active("subscriptions: \(text)", subscriptions.comment)]
  }

  /// `Type in ('New Business', 'New Logo')`.
  private static func condition(_ types: [String]) -> String {
    let texts = types.map { "'\($0.replacingOccurrences(of: "'", with: "''"))'" }
    return texts.count == 1 ? "Type = \(texts[0])" : "Type in (\(texts.joined(separator: ", ")))"
  }

  /// A line as it stands where this version accepts it, else as a comment.
  private static func active(_ line: String, _ comment: String) -> String {
    let isAccepted = (try? Configuration(text: line + "\n")) != nil
    return (isAccepted ? "" : "# ") + line + comment
  }

  /// Text of the project's README.
  var readme: String {
    """
    # Reports of \(organisation.value)

    `cadastre.yaml` says where the export is and which reports are made from it.

        cadastre check     # what the export holds and what is wrong with it
        cadastre run       # all reports, into out/<as-of date>/index.html
        cadastre tables    # the figures behind them

    """
  }
}

extension Proposal {
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

  /// Text that stays on one line of a comment.
  private static func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
