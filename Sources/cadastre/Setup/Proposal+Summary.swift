import Intake
import Records

extension Proposal {
  /// What `init` prints: what was recognised and why, what was proposed, what was unsure, and what
  /// is absent with what that costs.
  func summary(writtenTo file: String) -> String {
    var lines = [
      look.mappingText == nil
        ? "\(file) was written." : "\(file) was written, and mapping.yaml beside it."
    ]
    lines += section("Recognised:", look.reasons)
    lines += section("Read:", files)
    lines += section("Read where a report asks for it:", look.readLater)
    lines += section("Proposed:", notes)
    lines += section(
      "Unsure:",
      look.doubts
        + [
          ("organisation", organisation), ("time zone", timeZone), ("currency", currency),
          ("fiscal year", fiscalStart), ("value of a deal", valueField),
        ].compactMap { name, setting in
          if case .unsure(let reason) = setting.origin {
            "\(name) \(setting.value): \(reason)"
          } else {
            nil
          }
        })
    lines += section("Absent:", absences)
    lines += section("Read as nothing:", look.unread)
    return lines.joined(separator: "\n")
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [title] + lines.map { "  \($0)" }
  }

  private var files: [String] {
    look.export.files.map { file in
      "\(file.file) as \(file.entity.rawValue): \(file.counts.used) of \(file.counts.read) rows, "
        + file.dialect.description
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    for (name, setting) in [
      ("organisation", organisation), ("time zone", timeZone), ("currency", currency),
      ("fiscal year starts", fiscalStart), ("value of a deal", valueField),
    ] {
      notes.append("\(name): \(setting.value) (\(setting.reason))")
    }
    if let dates = look.forms.dates {
      notes.append("dates: \(dates.rawValue) (as they are written)")
    }
    if let numbers = look.forms.numbers {
      notes.append("numbers: \(numbers.rawValue) (as they are written)")
    }
    if !classes.isEmpty {
      notes.append("deal classes: \(Dialogue.text(of: classes)) (by the values of Type)")
    }
    if !firstStage.value.isEmpty { notes.append("deals count from \(firstStage.value) on") }
    notes.append("segments: \(facts.segments.note)")
    if !subscriptions.value.isEmpty {
      notes.append("recurring revenue: \(subscriptions.value) (\(subscriptions.reason))")
    }
    notes.append(
      "reports: weekly-territory, "
        + (facts.hasTerritories ? "one edition a territory" : "for the company"))
    return notes
  }

  /// What the export does not hold, and what the reports lack for it.
  private var absences: [String] {
    let records = look.export.records
    let deals = records[.opportunity]
    var absences: [String] = []
    func note(_ isAbsent: Bool, _ text: String) {
      if isAbsent { absences.append(text) }
    }
    note(
      deals.count == 0, "deals: no pipeline, bookings, win rates or sales cycles")
    note(
      records[.account].count == 0, "accounts: no families, no segments, no accounts without owner")
    note(
      !facts.hasTerritories,
      "territories: one edition for the company, and no table by territory")
    let hasOwners = deals.references("OwnerId").contains { $0 >= 0 }
    note(deals.count > 0 && !hasOwners, "owners of deals: no table by owner")
    note(
      hasOwners && records[.user].columns["Name"] == nil,
      "users: owners are shown as the deals name them, without managers")
    note(
      records[.account].count > 0 && !records[.account].references("ParentId").contains { $0 >= 0 },
      "parents of accounts: every account is a family of its own")
    note(
      !facts.hasQuotas && quotas.value.isEmpty,
      "quotas: no attainment (quotas: quotas.csv adds them)")
    note(
      subscriptions.value.isEmpty,
      "subscriptions: no recurring revenue (subscriptions: subscriptions.csv adds them)")
    note(
      deals.count > 0 && records[.opportunityHistory].count == 0,
      "stage histories: sales cycles run from a deal's creation to its close date")
    return absences
  }
}
