import Records

/// What a section of a report, or a standard table, will be on an export.
///
/// Grain: one row per section of a report in the order of its definition, or per standard table.
public struct SectionReadiness: Hashable, Sendable {
  /// How much of it can be made.
  public enum Level: String, CaseIterable, Hashable, Sendable, Comparable {
    case ready
    /// It is made, and part of it is missing or says less.
    case degraded
    /// Not one figure of it can be made.
    case absent

    public static func < (left: Level, right: Level) -> Bool { left.order < right.order }

    private var order: Int {
      switch self {
      case .ready: 0
      case .degraded: 1
      case .absent: 2
      }
    }
  }

  /// Name of the report; empty for a standard table.
  public let report: String
  /// The section's anchor in its report, or the table's name.
  public let id: String
  public let title: String
  public let level: Level
  /// What is missing, and of what, as a clause; empty where it is ready.
  public let because: String
  /// What a person can do, as a clause; empty where it is ready.
  public let remedy: String

  public init(
    report: String, id: String, title: String, level: Level, because: String = "",
    remedy: String = ""
  ) {
    self.report = CleanText.of(report)
    self.id = CleanText.of(id)
    self.title = CleanText.of(title)
    self.level = level
    self.because = CleanText.of(because)
    self.remedy = CleanText.of(remedy)
  }
}
