import Records
import Settings
import Territories

// What a section takes from the change between two territory models.
extension ReportDefinition {
  /// A list of the change set, or some of its rows.
  public struct ChangeRows: Sendable {
    public let list: ChangeList
    /// Columns of words, each with those that rows must have; all rows where there are none.
    public let only: [(column: String, words: [String])]
    /// The column whose like values stand together, in the place of the first of them.
    public let group: String?
  }

  /// The families of which most changes hands, before and after.
  public struct ChangedFamilies: Sendable {
    /// How many families.
    public let limit: Int
    /// The most boxes drawn of each.
    public let boxes: Int
    public let empty: Pattern?
  }

  /// Whether any section is about the change between two models.
  public var isAboutChange: Bool {
    sections.flatMap(\.withParts).contains { section in
      switch section.content {
      case .table(let table):
        if case .changes = table.source { return true }
        return false
      case .keyFigures(let figures): return figures.contains(where: \.isOfChange)
      case .changedFamilies, .changedModels: return true
      default: return false
      }
    }
  }
}

extension ReportDefinition {
  /// Whether a section shows both territory models as trees.
  public var showsModels: Bool {
    sections.flatMap(\.withParts).contains { section in
      if case .changedModels = section.content { return true }
      return false
    }
  }
}

extension DefinitionReader {
  /// A list of the change set with the rows that are chosen.
  func changes(_ keys: KeyReader) -> ReportDefinition.ChangeRows? {
    guard let list = keys.oneOf("changes", ChangeList.self) else { return nil }
    func known(_ name: String, _ at: SourcePosition) -> Bool {
      guard !list.columns.contains(name) else { return true }
      findings.add(
        .value, at: at, "the list \(list.rawValue) has no column \"\(name)\"",
        Suggestion.sentence(
          for: name, in: list.columns, otherwise: "use \(Suggestion.list(list.columns.sorted()))"))
      return false
    }
    let only = keys.entries("only").compactMap { entry -> (column: String, words: [String])? in
      let words = words(entry.value)
      return known(entry.key, entry.at) ? (entry.key, words) : nil
    }
    let group = keys.located("group").flatMap { known($0.value, $0.at) ? $0.value : nil }
    return ReportDefinition.ChangeRows(list: list, only: only, group: group)
  }

  /// One word or several.
  private func words(_ value: Value) -> [String] {
    if case .sequence(let values) = value.kind { return values.compactMap { $0.string(findings) } }
    return value.string(findings).map { [$0] } ?? []
  }

  /// The name of a figure of the change; one that there is not is a finding.
  func changeFigure(_ value: Value?) -> String? {
    guard let name = value?.located(findings) else { return nil }
    guard !ChangeFigure.names.contains(name.value) else { return name.value }
    findings.add(
      .value, at: name.at, "no figure of a change is called \"\(name.value)\"",
      Suggestion.sentence(
        for: name.value, in: ChangeFigure.names, otherwise: "docs/reports.md lists them"))
    return nil
  }

  /// Families or models before and after, as a tree section shows them.
  func changedTree(_ keys: KeyReader) -> ReportDefinition.Content? {
    let what = keys.oneOf("changes", ["families", "models"])
    let limit = keys.int("limit", in: 1...20) ?? 3
    let boxes = keys.int("boxes", in: 2...200) ?? 24
    let empty = pattern(keys, "empty", names: [])
    switch what {
    case nil: return nil
    case "models": return .changedModels
    default:
      return .changedFamilies(
        ReportDefinition.ChangedFamilies(limit: limit, boxes: boxes, empty: empty))
    }
  }
}
