import Records

extension ValueFormatter {
  /// The change of an amount, such as `+$120.0 k (+14.2%)`.
  ///
  /// The percentage is left out where the earlier amount is not above zero. `against` says what it
  /// is compared with, such as "the first 112 days of FY2026".
  public func change(
    from earlier: Ratio, to later: Ratio, against: String, moreIsBetter: Bool? = true
  ) -> ReportDocument.Change? {
    guard let difference = ValueFormatter.difference(earlier, later) else { return nil }
    let short = shortMoney(difference)
    var text = signed(short.text, difference)
    if earlier.numerator.signum() * earlier.denominator.signum() > 0 {
      // later / earlier - 1, in tenths of a percent.
      let percent =
        difference.denominator == earlier.denominator
        ? Ratio(difference.numerator * 100, over: earlier.numerator)
        : Ratio(
          difference.numerator * earlier.denominator * 100,
          over: difference.denominator * earlier.numerator)
      if let places = percent.text(places: 1) {
        text += " (" + signed(grouped(places), percent) + locale.percent + ")"
      }
    }
    return ReportDocument.Change(
      value: Shown(text, data: short.data, unit: short.unit, full: short.full),
      direction: ValueFormatter.direction(difference), moreIsBetter: moreIsBetter,
      against: against)
  }

  /// The change of a rate in percent points, such as `+2.1 pts`.
  public func rateChange(
    from earlier: Ratio, to later: Ratio, against: String, moreIsBetter: Bool? = true
  ) -> ReportDocument.Change? {
    guard let difference = ValueFormatter.difference(earlier, later) else { return nil }
    let points = Ratio(difference.numerator * 100, over: difference.denominator)
    guard let text = points.text(places: 1), let data = difference.text(places: 6) else {
      return nil
    }
    return ReportDocument.Change(
      value: Shown(pointsText(text, difference), data: data, unit: .points),
      direction: ValueFormatter.direction(difference), moreIsBetter: moreIsBetter,
      against: against)
  }

  /// The change of a count, such as `+3`.
  public func countChange(
    from earlier: Ratio, to later: Ratio, against: String, moreIsBetter: Bool? = true
  ) -> ReportDocument.Change? {
    guard let difference = ValueFormatter.difference(earlier, later),
      let text = difference.text(places: 0)
    else { return nil }
    return ReportDocument.Change(
      value: Shown(signed(grouped(text), difference), data: text, unit: .count),
      direction: ValueFormatter.direction(difference), moreIsBetter: moreIsBetter,
      against: against)
  }

  /// The change of a mean or another number with one decimal, such as `+3.2`.
  public func numberChange(
    from earlier: Ratio, to later: Ratio, against: String, moreIsBetter: Bool? = true
  ) -> ReportDocument.Change? {
    guard let difference = ValueFormatter.difference(earlier, later),
      let text = difference.text(places: 1), let data = difference.text(places: 6)
    else { return nil }
    return ReportDocument.Change(
      value: Shown(signed(grouped(text), difference), data: data, unit: .number),
      direction: ValueFormatter.direction(difference), moreIsBetter: moreIsBetter,
      against: against)
  }

  /// The change of how many times one amount goes into another, such as `+0.3×`.
  public func multipleChange(
    from earlier: Ratio, to later: Ratio, against: String, moreIsBetter: Bool? = true
  ) -> ReportDocument.Change? {
    guard let difference = ValueFormatter.difference(earlier, later),
      let text = difference.text(places: 1), let data = difference.text(places: 6)
    else { return nil }
    return ReportDocument.Change(
      value: Shown(signed(grouped(text), difference) + "×", data: data, unit: .multiple),
      direction: ValueFormatter.direction(difference), moreIsBetter: moreIsBetter,
      against: against)
  }

  private func pointsText(_ text: String, _ difference: Ratio) -> String {
    signed(grouped(text), difference) + "\u{A0}" + locale.points
  }

  private func signed(_ text: String, _ value: Ratio) -> String {
    ValueFormatter.direction(value) == .up ? "+" + text : text
  }

  private static func difference(_ earlier: Ratio, _ later: Ratio) -> Ratio? {
    guard earlier.isDefined, later.isDefined else { return nil }
    if earlier.denominator == later.denominator {
      return Ratio(later.numerator - earlier.numerator, over: later.denominator)
    }
    return Ratio(
      later.numerator * earlier.denominator - earlier.numerator * later.denominator,
      over: later.denominator * earlier.denominator)
  }

  private static func direction(_ value: Ratio) -> ReportDocument.Change.Direction {
    switch value.numerator.signum() * value.denominator.signum() {
    case 1: .up
    case -1: .down
    default: .flat
    }
  }
}
