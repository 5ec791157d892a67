import Records

/// What decides about a change set beside the two models.
public struct ChangeRules: Sendable {
  /// Territories that are the same under other names.
  public var crosswalk = Crosswalk()
  /// The role whose one holder in a territory owns its accounts; nil: every new owner is to be
  /// named.
  public var ownerRole: String?
  /// Whether who works in a territory above counts as working in it.
  public var ancestorsAreInsiders = true
  /// Whether each account stays where it is; empty: none does.
  public var isHeld: [Bool] = []
  /// Whether each deal is at a late stage; empty: none is.
  public var isLateStage: [Bool] = []
  /// A deal that closes on this day or before is as good as late.
  public var closingBy: Day?
  /// The disruption of the deals that new owners take over; the others stay with their owners.
  public var handedOver: Set<Disruption> = [.early, .late]
  /// The account of each lead, negative where none is known; empty: of no lead.
  public var accountOfLead: [Int32] = []
  /// Whether each lead is still worked at; empty: all are.
  public var isOpenLead: [UInt8] = []
  public var threads = 1

  /// No crosswalk, no roles, no hold-outs.
  public init() {}
}
