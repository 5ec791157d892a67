extension Assignment {
  /// The territory that a deal would be in: METRICS §1, "Territory of a deal".
  ///
  /// - Parameters:
  ///   - own: row of its own territory, or a value of `Reference`.
  ///   - account: row of its account, or a value of `Reference`.
  ///   - isExcluded: whether the CRM keeps the deal out of territories.
  /// - Returns: an index of the model, or a value of `NoTerritory`.
  public func territory(own: Int32, account: Int32, isExcluded: Bool) -> Int32 {
    guard let model else {
      return own == Reference.null ? NoTerritory.unassigned : NoTerritory.former
    }
    if own >= 0 {
      let index = successors[Int(own)]
      return index >= 0 ? index : NoTerritory.former
    }
    if own == Reference.dangling { return NoTerritory.former }
    guard dealRule == .recordOrAccount, account >= 0, !isExcluded else {
      return NoTerritory.unassigned
    }
    return Assignment.highestPriority(among: territoriesOfAccount[Int(account)], of: model)
  }
}
