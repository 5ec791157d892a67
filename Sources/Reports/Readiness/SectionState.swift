import Metrics
import Records

/// What is missing of the parts of one section: its figures, columns or lines.
struct SectionState {
  /// A figure, column or line of a section.
  struct Part {
    /// The name by which a writer finds it: of a metric, a column, or a figure's number.
    let key: String
    /// What people see it called.
    let label: String
    /// Without these it cannot be made.
    let missing: [Lack]
    /// Without these it says less.
    let poorer: [Lack]
  }

  let parts: [Part]

  /// A section is absent where nothing of it can be made.
  var level: SectionReadiness.Level {
    if !parts.isEmpty, parts.allSatisfy({ !$0.missing.isEmpty }) { return .absent }
    return parts.allSatisfy { $0.missing.isEmpty && $0.poorer.isEmpty } ? .ready : .degraded
  }

  /// Why a part cannot be made; empty where it can.
  func missing(_ key: String) -> [Lack] { parts.first { $0.key == key }?.missing ?? [] }

  /// What keeps the whole from being made: what every part lacks, else all that any lacks.
  var reasons: [Lack] {
    let all = SectionState.unique(parts.flatMap(\.missing))
    let shared = all.filter { lack in parts.allSatisfy { $0.missing.contains(lack) } }
    return shared.isEmpty ? all : shared
  }

  /// The parts that cannot be made, those together that lack the same.
  var lost: [(labels: [String], missing: [Lack])] {
    var groups: [(labels: [String], missing: [Lack])] = []
    for part in parts where !part.missing.isEmpty {
      if let known = groups.firstIndex(where: { $0.missing == part.missing }) {
        groups[known].labels.append(part.label)
      } else {
        groups.append(([part.label], part.missing))
      }
    }
    return groups
  }

  /// What makes parts that can be made say less.
  var poorer: [Lack] {
    SectionState.unique(parts.filter { $0.missing.isEmpty }.flatMap(\.poorer))
  }

  static func unique(_ lacks: [Lack]) -> [Lack] {
    lacks.reduce(into: []) { all, lack in if !all.contains(lack) { all.append(lack) } }
  }
}
