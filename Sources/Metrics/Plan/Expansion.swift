import Records

/// The members for which a code stands, where a row may have several: an account's territories, or
/// a territory with all above it.
struct Expansion: Sendable {
  let lists: Adjacency
  /// The member of a code without any, and of rows that lead nowhere (a negative code).
  let empty: Int32
  /// Whether codes are members themselves, so that figures of members can be added upwards.
  let isOfMembers: Bool

  init(_ lists: Adjacency, empty: Int32, isOfMembers: Bool = false) {
    self.lists = lists
    self.empty = empty
    self.isOfMembers = isOfMembers
  }

  @inline(__always)
  func forEach(_ code: Int32, _ body: (Int) -> Void) {
    guard code >= 0 else { return body(Int(empty)) }
    let (start, end) = (lists.starts[Int(code)], lists.starts[Int(code) + 1])
    if start == end { return body(Int(empty)) }
    for position in Int(start)..<Int(end) { body(Int(lists.targets[position])) }
  }

  /// How many members a code stands for.
  @inline(__always)
  func count(_ code: Int32) -> Int {
    code < 0 ? 1 : max(1, lists.degree(Int(code)))
  }
}
