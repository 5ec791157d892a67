extension GroupSpace {
  /// 1 for each group in whose spans of time a completed month ends, nil where no dimension is of time.
  ///
  /// A monthly state of any other group is not zero: nobody knows it.
  var groupsEndingMonth: [UInt8]? {
    let times = dimensions.indices.filter { dimensions[$0].members.endsMonth != nil }
    guard !times.isEmpty else { return nil }
    return (0..<count).map { group in
      let members = members(of: group)
      return times.allSatisfy { dimensions[$0].members.endsMonth?[members[$0]] == true } ? 1 : 0
    }
  }
}
