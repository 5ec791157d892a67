import Graphics

/// Kinds of charts on a map.
extension Stress {
  static let mapKinds: [Kind] = []
}
