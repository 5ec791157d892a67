import Metrics

extension ReportDefinition {
  /// Something a reader must not overlook.
  public struct Callout: Sendable {
    public let kind: ReportDocument.Callout.Kind
    public let text: Pattern
  }

  /// Why a record is in a list.
  public struct Reason: Sendable {
    /// What the reader is told, with fields of the record in braces.
    public let words: Pattern
    /// Which records it is true of.
    public let condition: ExpressionText
  }

  /// Who gets a report.
  public enum Recipient: Hashable, Sendable {
    /// The manager of each edition's territory.
    case territoryManagers
    /// The managers who lose or gain an account.
    case managersAffected
    /// An address of mail.
    case address(String)

    /// The words that stand for people whom the export names.
    static let words = ["territory_managers", "managers_affected"]

    /// Reads a word or an address; nil where it is neither.
    init?(_ text: String) {
      switch text {
      case "territory_managers": self = .territoryManagers
      case "managers_affected": self = .managersAffected
      default:
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
          !parts[1].hasPrefix("."), !parts[1].hasSuffix("."),
          !text.unicodeScalars.contains(where: {
            $0.value <= 0x20 || "<>,;\"".unicodeScalars.contains($0)
          })
        else { return nil }
        self = .address(text)
      }
    }

    /// What a footer says.
    var shown: String {
      switch self {
      case .territoryManagers: "the manager of the territory"
      case .managersAffected: "the managers whom the change affects"
      case .address(let address): address
      }
    }
  }
}

/// A table about the data itself, which no engine makes.
public enum DataTable: String, CaseIterable, Hashable, Sendable {
  /// What was wrong with the data, the worst first.
  case findings = "data-findings"
  /// Which standard tables cannot be made whole, because of what, and how to get it.
  case lacks = "data-lacks"
  /// Figures of the company as runs that are kept saw them, the earliest first.
  case trend

  /// Names of its columns.
  var columns: [String] {
    switch self {
    case .findings: ["severity", "finding", "count", "place", "done", "remedy"]
    case .lacks: ["table", "level", "because", "remedy"]
    case .trend: ["as_of"] + TrendFigure.allCases.map(\.rawValue)
    }
  }
}
