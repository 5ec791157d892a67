import Metrics
import Records

/// Which account each lead of an export belongs to, and where it should go.
///
/// Each part is made once, when it is first asked for.
public final class LeadDesk: Sendable {
  public let records: RecordSet
  /// 1 for each lead that is still worked at.
  public let isOpen: [UInt8]
  private let lazyMatches: Lazy<[LeadMatch?]>
  private let lazyRoutes: Lazy<[LeadRoute]>
  private let lazySubsidiaries: Lazy<[SubsidiaryRoute]>

  /// - Parameters:
  ///   - records: the export.
  ///   - assignment: who holds what in the active model.
  ///   - metrics: at which statuses a lead is done with.
  ///   - people: who has left, is away and who stands in.
  ///   - named: accounts that somebody was named for.
  ///   - settings: how leads are routed.
  ///   - rules: where the active model's rules would put each lead; nil where there are none.
  ///   - threads: how many threads to use; nothing depends on it.
  public init(
    _ records: RecordSet, _ assignment: Assignment, metrics: MetricSettings, people: [Person],
    named: [NamedAccount] = [], settings: LeadRoutingSettings,
    rules: @escaping @Sendable () -> LeadTerritories?, threads: Int
  ) {
    self.records = records
    let isOpen = DerivedLeads.openFlags(records, metrics)
    self.isOpen = isOpen
    let matches = Lazy { LeadMatcher(records, isOpen: isOpen, threads: threads).matches() }
    lazyMatches = matches
    let router = Lazy {
      LeadRouter(
        records, assignment, people: people, named: named, settings: settings, rules: rules())
    }
    lazyRoutes = Lazy { router.value.routes(matches.value, isOpen: isOpen, threads: threads) }
    lazySubsidiaries = Lazy { router.value.subsidiaries() }
  }

  /// The account of each lead row; nil where none matches, and for leads that are done with.
  public var matches: [LeadMatch?] { lazyMatches.value }

  /// Where each lead row should go.
  public var routes: [LeadRoute] { lazyRoutes.value }

  /// The subsidiaries that should go to the region of their headquarters.
  var subsidiaries: [SubsidiaryRoute] { lazySubsidiaries.value }

  /// The same for figures that are made of it.
  public var answers: LeadAnswers {
    LeadAnswers(matches: { self.matches }, routes: { self.routes })
  }
}
