/// Shares as text that rounding does not make wrong.
enum Share {
  /// A share, 1 for all, as text.
  ///
  /// One near nothing or all that would read as nothing or all says on which side it lies.
  static func text(_ share: Double, by rate: (Double) -> String) -> String {
    let text = rate(share)
    for whole in [0.0, 1] where share != whole && text == rate(whole) {
      return (share < whole ? "< " : "> ") + text
    }
    return text
  }
}
