import Graphics

/// Kinds of charts of lines, areas and points.
extension Stress {
  static let lineKinds: [Kind] = []
}
