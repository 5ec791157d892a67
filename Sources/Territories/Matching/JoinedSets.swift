/// Sets that are joined and asked whether two items are in one (Tarjan, 1975).
struct JoinedSets {
  private var tops: [Int32]

  /// - Parameter tops: for each item another one of its set, and in the end the set's top, which has
  ///   itself.
  init(tops: [Int32]) {
    self.tops = tops
  }

  /// The item that stands for a set.
  mutating func top(of item: Int32) -> Int32 {
    var item = item
    while tops[Int(item)] != item {
      // Halving the path keeps later walks short.
      tops[Int(item)] = tops[Int(tops[Int(item)])]
      item = tops[Int(item)]
    }
    return item
  }

  /// Joins two sets.
  ///
  /// - Parameters:
  ///   - item: an item of the set whose top stays.
  ///   - other: one of the set that joins it.
  /// - Returns: whether they were two.
  @discardableResult
  mutating func join(_ item: Int32, with other: Int32) -> Bool {
    let (top, joined) = (top(of: item), top(of: other))
    guard top != joined else { return false }
    tops[Int(joined)] = top
    return true
  }
}
