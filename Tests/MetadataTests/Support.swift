import Metadata
import Records

/// Metadata written in a test: name to text, read as if it lay in a folder.
enum Written {
  static func files(_ texts: [String: String], root: String = "") -> MetadataFiles {
    MetadataFiles(root: root, names: Array(texts.keys)) { Array((texts[$0] ?? "").utf8) }
  }

  /// A file of the metadata namespace.
  static func file(_ element: String, _ body: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + "<\(element) xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n\(body)\n</\(element)>\n"
  }

  static func territory(
    _ name: String, under parent: String? = nil, type: String = "Region", more: String = ""
  ) -> String {
    file(
      "Territory2",
      "<name>\(name)</name>"
        + (parent.map { "<parentTerritory>\($0)</parentTerritory>" } ?? "")
        + "<territory2Type>\(type)</territory2Type>\(more)")
  }

  static func rule(
    _ name: String, filter: String? = nil, items: [(String, String, String)], active: Bool = true
  ) -> String {
    file(
      "Territory2Rule",
      "<active>\(active)</active>"
        + (filter.map { "<booleanFilter>\($0)</booleanFilter>" } ?? "")
        + "<name>\(name)</name><objectType>Account</objectType>\n"
        + items.map {
          "<ruleItems><field>\($0.0)</field><operation>\($0.1)</operation>"
            + "<value>\($0.2)</value></ruleItems>"
        }.joined(separator: "\n"))
  }

  static func uses(_ rule: String, inherited: Bool = false) -> String {
    "<ruleAssociations><inherited>\(inherited)</inherited><ruleName>\(rule)</ruleName>"
      + "</ruleAssociations>"
  }

  static let model = "territory2Models/FY27/FY27.territory2Model"
  static let type = "territory2Types/Region.territory2Type"

  /// A model of two territories, a rule and a type, with other files in place or beside.
  static func read(_ others: [String: String] = [:], without: [String] = []) -> TerritoryMetadata {
    var texts = [
      model: file("Territory2Model", "<name>Fiscal 27</name>"),
      type: file("Territory2Type", "<name>Region</name><priority>2</priority>"),
      "territory2Models/FY27/territories/West.territory2": territory("West"),
      "territory2Models/FY27/territories/Oregon.territory2": territory(
        "Oregon", under: "West", more: uses("Oregon", inherited: true)),
      "territory2Models/FY27/rules/Oregon.territory2Rule": rule(
        "Oregon", items: [("Account.BillingState", "equals", "OR,Oregon")]),
    ]
    texts.merge(others) { $1 }
    for name in without { texts[name] = nil }
    return TerritoryMetadata(reading: files(texts))
  }

  /// Name of a territory's file.
  static func path(_ territory: String) -> String {
    "territory2Models/FY27/territories/\(territory).territory2"
  }

  static func rulePath(_ rule: String) -> String {
    "territory2Models/FY27/rules/\(rule).territory2Rule"
  }
}

extension TerritoryMetadata {
  /// The findings as people read them.
  var said: [String] { findings.map(\.description) }
}
