import Foundation
import Records

extension WantedExport {
  /// What people read: permissions, objects and fields, and how to get them.
  var text: String {
    let title = "What to export from \(crm) for \(Suggestion.list(reports, conjunction: "and"))"
    var parts = [WantedExport.wrapped(title, indent: 0).joined(separator: "\n")]
    if !permissions.isEmpty {
      parts.append(
        "Permissions of the user who exports\n"
          + permissions.flatMap { WantedExport.wrapped("\($0.name): \($0.why)", indent: 2) }
          .joined(separator: "\n"))
    }
    if isSalesforce {
      parts.append("Objects and fields\n" + objects.map(described).joined(separator: "\n"))
      parts.append(contentsOf: [weekly, loader, script, metadata])
    } else {
      parts.append(
        "Files and columns (\"or\": one is enough)\n"
          + objects.compactMap(mapped).joined(separator: "\n"))
      if let absent { parts.append(absent) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  // MARK: Objects

  private func described(_ object: Object) -> String {
    let feature = object.feature.map { " (only with \($0.name))" } ?? ""
    var lines = ["  \(name(of: object.entity))\(feature)"]
    lines += WantedExport.wrapped("for \(reasons(object))", indent: 4)
    let names = object.fields.filter { $0.feature == nil || $0.feature == object.feature }
      .map(\.name)
    lines += WantedExport.wrapped(names.joined(separator: ", "), indent: 4)
    for feature in ExportFeature.allCases where feature != object.feature {
      let more = object.fields.filter { $0.feature == feature }.map(\.name)
      if !more.isEmpty {
        lines += WantedExport.wrapped(
          "with \(feature.name): \(more.joined(separator: ", "))", indent: 4)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// What an object is for, such as `every report; weekly-territory (Bookings, Win rate)`.
  private func reasons(_ object: Object) -> String {
    var reasons = object.isAlwaysRead ? ["every report"] : []
    for (report, titles, isAll) in object.sections {
      reasons.append(
        isAll
          ? "every section of \(report)"
          : "\(report) (\(titles.joined(separator: ", ")))")
    }
    if !object.tables.isEmpty {
      let noun = object.tables.count == 1 ? "table" : "tables"
      reasons.append(
        "the \(noun) \(Suggestion.list(object.tables, conjunction: "and"))")
    }
    return reasons.isEmpty
      ? "what refers to it" : reasons.joined(separator: "; ")
  }

  private func mapped(_ object: Object) -> String? {
    let files = files(of: object.entity)
    guard !files.isEmpty else { return nil }
    var lines = WantedExport.wrapped(
      "\(object.entity.rawValue): a file named \(Suggestion.list(files))", indent: 2)
    lines += WantedExport.wrapped("for \(reasons(object))", indent: 4)
    for field in object.fields {
      guard let columns = columns(field.source, of: object.entity) else { continue }
      lines += WantedExport.wrapped(
        "\(field.source): \(Suggestion.list(columns))", indent: 4)
    }
    return lines.joined(separator: "\n")
  }

  /// What the CRM's mapping does not give.
  private var absent: String? {
    let names = objects.map(\.entity).filter { files(of: $0).isEmpty }.map(\.rawValue)
    guard !names.isEmpty else { return nil }
    return WantedExport.wrapped(
      "What no file of \(crm) is read for, so that sections which need it stay empty: "
        + names.joined(separator: ", "), indent: 0
    ).joined(separator: "\n")
  }

  // MARK: Ways

  private var weekly: String {
    let names = objects.map { name(of: $0.entity) }.joined(separator: ", ")
    return
      (["Setup → Data Export → Export Now or Schedule Export"]
      + [
        "Export File Encoding: Unicode (UTF-8); others are recognised too.",
        "Include images, documents, and attachments; Salesforce Files: leave unticked.",
        "Replace carriage returns with spaces: leave unticked, line breaks are read.",
        "Include all data, or tick these objects: \(names).",
        "Download every part: they belong together.",
      ].flatMap { WantedExport.wrapped($0, indent: 2) }).joined(separator: "\n")
  }

  private var loader: String {
    (["Data Loader"]
      + [
        "Settings: write all CSVs with UTF-8 encoding; batch size as it is.",
        "Export All for Account, so that merged accounts are known; Export for the others.",
        "One file an object, named after it, such as Account.csv, with the fields above.",
      ].flatMap { WantedExport.wrapped($0, indent: 2) }).joined(separator: "\n")
  }

  private var script: String {
    """
    Salesforce CLI
      cadastre wants --out fetch.sh writes a script that fetches just these fields:
      ./fetch.sh ORG export
    """
  }

  private var metadata: String {
    """
    A planned territory model
      Its hierarchy and rules, for the key territory_model, in a Salesforce DX project:
      sf project retrieve start --metadata Territory2Model --metadata Territory2 \\
        --metadata Territory2Rule --metadata Territory2Type
    """
  }

  /// A paragraph of at most 100 columns, its later lines two columns further in.
  private static func wrapped(_ text: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > 100 {
        lines.append(line)
        line = String(repeating: " ", count: indent + 2)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return lines + [line]
  }
}

// MARK: JSON

extension WantedExport {
  /// The same as data.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Encoded(self)), as: UTF8.self) + "\n"
  }

  private struct Encoded: Encodable {
    struct Permission: Encodable {
      let name: String
      let without: String
    }
    struct Sections: Encodable {
      let report: String
      let sections: [String]
    }
    struct Field: Encodable {
      let name: String
      /// Headers of the CRM's files, of which one is enough.
      let columns: [String]?
      let onlyWith: String?
    }
    struct Object: Encodable {
      let name: String
      let files: [String]
      let fields: [Field]
      let alwaysRead: Bool
      let onlyWith: String?
      let sections: [Sections]
      let tables: [String]
    }
    let crm: String
    let reports: [String]
    let permissions: [Permission]
    let objects: [Object]

    init(_ wanted: WantedExport) {
      crm = wanted.crm
      reports = wanted.reports
      permissions = wanted.permissions.map { Permission(name: $0.name, without: $0.why) }
      objects = wanted.objects.map { object in
        Object(
          name: object.entity.rawValue, files: wanted.files(of: object.entity),
          fields: object.fields.map {
            Field(
              name: $0.source, columns: wanted.columns($0.source, of: object.entity),
              onlyWith: $0.feature?.rawValue)
          },
          alwaysRead: object.isAlwaysRead, onlyWith: object.feature?.rawValue,
          sections: object.sections.map { Sections(report: $0.report, sections: $0.titles) },
          tables: object.tables)
      }
    }
  }
}
