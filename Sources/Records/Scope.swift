/// What one reader may see: a parameter of every query, applied before anything is summed.
public enum Scope: Hashable, Sendable {
  /// Everything.
  case company
  /// The accounts and deals of a territory and its descendants, by index in the model.
  case territory(Int)
  /// One family, by the row of its ultimate parent.
  case family(Int)
}
