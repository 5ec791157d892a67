/// For each of a number of sources the targets it is joined to, in ascending order and without repeats.
public struct Adjacency: Sendable {
  /// Where the targets of each source start in `targets`; one more entry than sources.
  public let starts: [Int32]
  public let targets: [Int32]

  /// Builds the lists from pairs in any order; pairs with a negative end are left out.
  public init(sources count: Int, pairs: [(source: Int32, target: Int32)]) {
    self.init(sources: count, from: pairs.map(\.source), to: pairs.map(\.target))
  }

  /// Builds the lists from two columns, whose rows are pairs; those with a negative end are left out.
  ///
  /// - Parameters:
  ///   - count: how many sources there are.
  ///   - from: the source of each pair.
  ///   - to: the target of each pair.
  public init(sources count: Int, from: [Int32], to: [Int32]) {
    // Sorted by counting how many targets each source has, then each source's own few.
    var starts = [Int32](repeating: 0, count: count + 1)
    for row in from.indices where from[row] >= 0 && to[row] >= 0 {
      starts[Int(from[row]) + 1] += 1
    }
    for source in 0..<count { starts[source + 1] += starts[source] }
    // Each start moves to the end of its list while the list is filled, and back afterwards.
    var all = [Int32](repeating: 0, count: Int(starts[count]))
    for row in from.indices where from[row] >= 0 && to[row] >= 0 {
      let source = Int(from[row])
      all[Int(starts[source])] = to[row]
      starts[source] += 1
    }
    // What is kept of each list is moved up over what the lists before it lost.
    var (start, kept) = (0, 0)
    for source in 0..<count {
      let range = start..<Int(starts[source])
      start = range.upperBound
      starts[source] = Int32(kept)
      if range.count > 1 { all[range].sort() }
      var last: Int32 = -1
      for position in range where all[position] != last {
        last = all[position]
        all[kept] = last
        kept += 1
      }
    }
    starts[count] = Int32(kept)
    all.removeLast(all.count - kept)
    self.starts = starts
    targets = all
  }

  /// Builds the lists source by source.
  ///
  /// - Parameters:
  ///   - count: how many sources there are.
  ///   - append: appends the targets of a source, ascending and each once.
  public init(sources count: Int, append: (_ source: Int, _ targets: inout [Int32]) -> Void) {
    var starts = [Int32](repeating: 0, count: count + 1)
    var targets: [Int32] = []
    targets.reserveCapacity(count)
    for source in 0..<count {
      append(source, &targets)
      starts[source + 1] = Int32(targets.count)
    }
    self.starts = starts
    self.targets = targets
  }

  /// Lists that are made already.
  ///
  /// - Parameters:
  ///   - starts: where the targets of each source start, and one entry more: how many there are.
  ///   - targets: of each source ascending and each once.
  public init(starts: [Int32], targets: [Int32]) {
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
