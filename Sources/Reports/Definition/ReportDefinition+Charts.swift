import Metrics
import Records

extension ReportDefinition {
  /// Numbers as a picture: any kind that `query --chart` draws, or a bridge.
  public struct Chart: Sendable {
    /// Where its numbers come from.
    public enum Source: Sendable {
      /// Metrics, sliced by at most two dimensions.
      case metrics([String], by: [Breakdown])
      /// The rows of a standard table: columns of figures, and the column that names the rows.
      case rows(StandardTable, values: [String], by: String)
      /// The bridge that a standard table is about, from its opening to its closing.
      case bridge(StandardTable)
    }

    /// What the figures are held against.
    public enum Earlier: Hashable, Sendable {
      case period(PeriodSpec)
      /// The same days a year earlier.
      case yearBefore
    }

    /// Which members are shown.
    public enum Among: String, CaseIterable, Hashable, Sendable {
      case all
      /// The leaf territories of one type that the standard table `balance` compares.
      case leaves
    }

    public let kind: ChartKind
    public let source: Source
    /// What is aimed at, as the second metric of a bullet chart.
    public let target: String?
    /// What is aimed at where the chart is sliced by owners.
    public let ownerTarget: String?
    public let period: PeriodSpec
    public let earlier: Earlier?
    /// The number of completed months, beside as many a year before; nil: days of `period`.
    public let months: Int?
    /// Whether monthly amounts of a bridge are those of a year, as ARR is.
    public let annualised: Bool
    public let among: Among
    /// What the metrics are called, where their own titles say too much; empty: their titles.
    public let labels: [String]
    /// Whether its message is where the middle lies, and not who has most.
    public let tellsMiddle: Bool
    public let filter: ExpressionText?
    public let order: [Order]
    public let limit: Int?
    /// What is shown and of which days, below the title.
    public let subtitle: Pattern?
    /// Why there may be nothing to show.
    public let empty: Pattern?

    /// The metrics and dimensions of one edition: with the target, and `parts` resolved.
    func asked(partsAreOwners: Bool) -> (metrics: [String], by: [Dimension]) {
      guard case .metrics(let metrics, let breakdowns) = source else { return ([], []) }
      let by = breakdowns.map { breakdown in
        switch breakdown {
        case .dimension(let dimension): dimension
        case .parts: partsAreOwners ? Dimension.owner : .territorySubtree
        }
      }
      let isByOwner = by.contains(.owner)
      let aim = isByOwner ? ownerTarget : target
      return (metrics + (aim.map { [$0] } ?? []), by)
    }

    /// Whether it is sliced by what an edition has below it.
    var isOfParts: Bool {
      guard case .metrics(_, let breakdowns) = source else { return false }
      return breakdowns.contains(.parts)
    }
  }
}
