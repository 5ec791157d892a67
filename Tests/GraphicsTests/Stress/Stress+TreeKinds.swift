import Graphics

/// Kinds of charts of trees.
extension Stress {
  static let treeKinds: [Kind] = []
}
