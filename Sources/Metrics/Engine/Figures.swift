import Records

/// Figures of groups, exact.
struct Figures: Sendable {
  var numerators: Integers
  /// 0 where a figure is undefined; nil: all are defined.
  var defined: [UInt8]?
  /// Parts of a unit that one of the numerators stands for.
  var denominator: Int128
  /// What each figure is divided by besides, such as the rows of a mean; nil: nothing.
  var divisors: Integers?

  /// Figures of a number of groups, all undefined.
  static func none(_ count: Int) -> Figures {
    Figures(
      numerators: Integers(zeros: count), defined: [UInt8](repeating: 0, count: count),
      denominator: 1)
  }

  /// The figure of a group, nil where undefined.
  func value(_ group: Int) -> Ratio? {
    if let defined, defined[group] == 0 { return nil }
    let ratio = Ratio(
      numerators[group], over: divisors.map { $0[group] * denominator } ?? denominator)
    return ratio.isDefined ? ratio : nil
  }
}
