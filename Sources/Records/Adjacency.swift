/// For each of a number of sources the targets it is joined to, in ascending order and without repeats.
public struct Adjacency: Sendable {
  /// Where the targets of each source start in `targets`; one more entry than sources.
  public let starts: [Int32]
  public let targets: [Int32]

  /// Builds the lists from pairs in any order; pairs with a negative end are left out.
  public init(sources count: Int, pairs: [(source: Int32, target: Int32)]) {
    let sorted = pairs.filter { $0.source >= 0 && $0.target >= 0 }
      .sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    var starts = [Int32](repeating: 0, count: count + 1)
    var targets: [Int32] = []
    targets.reserveCapacity(sorted.count)
    var last: (source: Int32, target: Int32) = (-1, -1)
    for pair in sorted where pair != last {
      targets.append(pair.target)
      starts[Int(pair.source) + 1] += 1
      last = pair
    }
    for source in 0..<count { starts[source + 1] += starts[source] }
    self.starts = starts
    self.targets = targets
  }

  /// The targets of a source.
  public subscript(source: Int) -> ArraySlice<Int32> {
    targets[Int(starts[source])..<Int(starts[source + 1])]
  }

  /// How many targets a source has.
  public func degree(_ source: Int) -> Int { Int(starts[source + 1] - starts[source]) }
}
