import Metrics
import Records

/// The lists of suggested parents that people read and machines import.
public struct HierarchyLists: Sendable {
  private let accounts: Table

  public init(_ records: RecordSet) {
    accounts = records[.account]
  }

  /// A file that a data loader imports as it is.
  ///
  /// Grain: one row per account that is to get a parent, in the order given.
  public func imports(_ suggestions: [ParentSuggestion]) -> MetricTable {
    MetricTable(
      name: "account-parents", grain: "an account that is to get a parent",
      columns: [
        id("Id", "Account Id", suggestions.map(\.account)),
        id("ParentId", "Parent Id", suggestions.map(\.parent)),
        reasons("Reason", suggestions[...]), confidences("Confidence", suggestions[...]),
      ])
  }

  /// The first suggestions with the names of both accounts.
  public func readable(_ suggestions: [ParentSuggestion], limit: Int) -> MetricTable {
    let shown = suggestions.prefix(limit)
    return MetricTable(
      name: "account-parents", grain: "an account that is to get a parent",
      columns: [
        name("account", "Account", shown.map(\.account)),
        name("parent", "Suggested parent", shown.map(\.parent)),
        reasons("reason", shown), confidences("confidence", shown),
      ], totalRowCount: suggestions.count)
  }

  /// How many suggestions there are by reason and confidence, the surest first.
  public func summary(_ suggestions: [ParentSuggestion]) -> MetricTable {
    struct Kind: Hashable {
      let confidence: Int
      let reason: ParentSuggestion.Reason
    }
    let counts = Dictionary(
      suggestions.map { (Kind(confidence: $0.confidence, reason: $0.reason), 1) },
      uniquingKeysWith: +)
    let kinds = counts.keys.sorted { left, right in
      left.confidence != right.confidence
        ? left.confidence > right.confidence : left.reason.rawValue < right.reason.rawValue
    }
    return MetricTable(
      name: "account-parents-summary", grain: "a reason and a confidence",
      columns: [
        MetricColumn(
          name: "reason", title: "Reason", unit: .text, cells: .text(kinds.map(\.reason.rawValue))),
        MetricColumn(
          name: "confidence", title: "Confidence", unit: .count,
          cells: .integers(kinds.map { Int128($0.confidence) })),
        MetricColumn(
          name: "accounts", title: "Accounts", unit: .count,
          cells: .integers(kinds.map { counts[$0].map { Int128($0) } })),
      ])
  }

  private func id(_ name: String, _ title: String, _ rows: [Int32]) -> MetricColumn {
    MetricColumn(
      name: name, title: title, unit: .id(.account),
      cells: .text(TextCells(idsOf: accounts, at: rows)))
  }

  private func reasons(
    _ name: String, _ suggestions: ArraySlice<ParentSuggestion>
  ) -> MetricColumn {
    MetricColumn(
      name: name, title: "Reason", unit: .text, cells: .text(suggestions.map(\.reason.rawValue)))
  }

  private func confidences(
    _ name: String, _ suggestions: ArraySlice<ParentSuggestion>
  ) -> MetricColumn {
    MetricColumn(
      name: name, title: "Confidence", unit: .count,
      cells: .integers(suggestions.map { Int128($0.confidence) }))
  }

  private func name(_ name: String, _ title: String, _ rows: [Int32]) -> MetricColumn {
    MetricColumn(
      name: name, title: title, unit: .text,
      cells: .text(TextCells(namesOf: accounts, at: rows)))
  }
}
