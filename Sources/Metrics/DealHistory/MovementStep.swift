/// A bar of the bridge from one pipeline to a later one, in the order in which they stand.
public enum MovementStep: Int, CaseIterable, Sendable {
  case opening, created, movedIn, reopened, transferredIn, increased, decreased, won, lost, pushed,
    deleted, transferredOut, closing

  static let count = allCases.count

  /// Its name in data formats.
  public var name: String {
    switch self {
    case .opening: "opening"
    case .created: "created"
    case .movedIn: "moved_in"
    case .reopened: "reopened"
    case .transferredIn: "transferred_in"
    case .increased: "increased"
    case .decreased: "decreased"
    case .won: "won"
    case .lost: "lost"
    case .pushed: "pushed"
    case .deleted: "deleted"
    case .transferredOut: "transferred_out"
    case .closing: "closing"
    }
  }
}
