import Records

/// Adds the groups of members to those of all above them: subtree figures from own ones.
struct RollUp: Sendable {
  /// The members above each member of the dimension, itself included.
  let above: Expansion
  /// Distance of two groups whose members differ by one.
  let stride: Int
  let members: Int

  /// Calls a body for each group with each group that it is added to.
  @inline(__always)
  func forEach(_ groups: Int, _ body: (_ group: Int, _ target: Int) -> Void) {
    for group in 0..<groups {
      let member = group / stride % members
      above.forEach(Int32(truncatingIfNeeded: member)) { target in
        body(group, group + (target - member) * stride)
      }
    }
  }
}
