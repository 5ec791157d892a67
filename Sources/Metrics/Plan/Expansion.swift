import Records

/// The members for which a code stands, where a row may have several: an account's territories, a
/// territory with all above it, a user with all managers.
struct Expansion: Sendable {
  private let lists: Adjacency
  /// The member above each where codes are members of a tree that is walked upwards; nil: `lists`.
  private let parents: [Int32]?
  /// The member of a code without any, and of rows that lead nowhere (a negative code).
  let empty: Int32
  /// Whether codes are members themselves, so that figures of members can be added upwards.
  let isOfMembers: Bool

  init(_ lists: Adjacency, empty: Int32, isOfMembers: Bool = false) {
    self.lists = lists
    parents = nil
    self.empty = empty
    self.isOfMembers = isOfMembers
  }

  /// Members that stand in trees: each with all above it, which no list holds, because in a chain of
  /// fifty thousand the lists would be longer than any memory.
  ///
  /// - Parameters:
  ///   - parents: the member above each member, negative for a root; there are no cycles.
  ///   - empty: the member of rows that lead nowhere.
  init(parents: [Int32], empty: Int32) {
    lists = Adjacency(sources: 0, pairs: [])
    self.parents = parents
    self.empty = empty
    isOfMembers = true
  }

  @inline(__always)
  func forEach(_ code: Int32, _ body: (Int) -> Void) {
    guard code >= 0 else { return body(Int(empty)) }
    if let parents {
      var member = code
      while member >= 0 {
        body(Int(member))
        member = parents[Int(member)]
      }
      return
    }
    let (start, end) = (lists.starts[Int(code)], lists.starts[Int(code) + 1])
    if start == end { return body(Int(empty)) }
    for position in Int(start)..<Int(end) { body(Int(lists.targets[position])) }
  }

  /// How many members a code stands for.
  @inline(__always)
  func count(_ code: Int32) -> Int {
    guard code >= 0 else { return 1 }
    guard parents != nil else { return max(1, lists.degree(Int(code))) }
    var count = 0
    forEach(code) { _ in count += 1 }
    return count
  }
}
