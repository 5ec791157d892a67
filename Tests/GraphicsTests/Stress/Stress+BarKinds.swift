import Graphics

/// Kinds of charts made of bars: waterfall, funnel, Pareto, histogram, Lorenz.
extension Stress {
  static let barKinds: [Kind] = []
}
