import Foundation

/// Numbers sorted into few classes with round limits, each with a colour.
///
/// Positive numbers get one ramp, from pale to strong. Where some are negative, each side of zero
/// has a hue of its own, and numbers equally far from zero are equally strong. Zero is a class by
/// itself.
struct ColourClasses {
  /// Numbers of one sign whose size is from a limit up to, but without, the next.
  struct Class: Equatable {
    /// −1, 0 or 1.
    let sign: Int
    /// The smallest size of the class.
    let from: Double
    /// The first size beyond it, nil for the outermost class.
    let below: Double?
    let colour: Colour

    func holds(_ number: Double) -> Bool {
      number.signum == sign && abs(number) >= from && abs(number) < below ?? .infinity
    }
  }

  /// From the lowest to the highest; only classes that hold a number.
  let classes: [Class]

  init(_ numbers: [Double], theme: Theme) {
    let hasNegative = numbers.contains { $0 < 0 }
    // More shades than these cannot be told apart on a map.
    let limits = ColourClasses.limits(
      numbers.filter { $0 != 0 }.map(abs), classes: hasNegative ? 3 : 5)
    func side(_ sign: Int, _ hue: Colour) -> [Class] {
      theme.ramp(hue, limits.count + 1).enumerated().map { index, colour in
        Class(
          sign: sign, from: index == 0 ? 0 : limits[index - 1],
          below: index < limits.count ? limits[index] : nil, colour: colour)
      }
    }
    let all =
      side(-1, theme.bad).reversed()
      + [Class(sign: 0, from: 0, below: nil, colour: theme.nothing)]
      + side(1, hasNegative ? theme.good : theme.seriesColour(0))
    classes = all.filter { candidate in numbers.contains(where: candidate.holds) }
  }

  /// The class of a number.
  func callAsFunction(_ number: Double) -> Class? { classes.first { $0.holds(number) } }

  /// What a key says of each class, and its colour.
  ///
  /// - Parameters:
  ///   - numbers: The numbers that were sorted.
  ///   - format: Turns a number into text.
  /// - Returns: One text a class, such as "$10 k to under $50 k".
  func key(
    _ numbers: [Double], format: (Double) -> String
  ) -> [(text: String, colour: Colour)] {
    classes.map { group in
      let held = numbers.filter(group.holds)
      let (low, high) = (held.min() ?? 0, held.max() ?? 0)
      let sign = Double(group.sign)
      let text =
        switch (group.from > 0, group.below) {
        case _ where low == high: format(low)
        case (false, nil): "\(format(low)) to \(format(high))"
        case (false, let below?):
          (sign > 0 ? "under " : "above ") + format(sign * below)
        case (true, nil): format(sign * group.from) + (sign > 0 ? " and more" : " and less")
        case (true, let below?):
          format(sign * group.from) + (sign > 0 ? " to under " : " to above ")
            + format(sign * below)
        }
      return (text, group.colour)
    }
  }

  /// Round limits between classes that hold about as many numbers each; fewer for few numbers.
  static func limits(_ numbers: [Double], classes most: Int) -> [Double] {
    let sorted = Set(numbers).sorted()
    let count = min(most, sorted.count < 4 ? sorted.count : 2 + sorted.count / 4)
    var limits: [Double] = []
    for part in stride(from: 1, to: count, by: 1) {
      let index = part * sorted.count / count
      let limit = roundest(above: sorted[index - 1], upTo: sorted[index])
      if limit > limits.last ?? 0 { limits.append(limit) }
    }
    return limits
  }

  /// The roundest number in a span open at its lower end: 1, 2 or 5 times the highest power of ten
  /// a multiple of which lies in it.
  static func roundest(above low: Double, upTo high: Double) -> Double {
    guard low < high, low >= 0 else { return high }
    var power = log10(high).rounded(.up)
    for _ in 0..<20 {
      for step in [10.0, 5, 2] {
        let unit = step * pow(10, power - 1)
        let multiple = (high / unit).rounded(.down) * unit
        if multiple > low, multiple <= high { return multiple }
      }
      power -= 1
    }
    return high
  }
}

extension Double {
  fileprivate var signum: Int { self > 0 ? 1 : self < 0 ? -1 : 0 }
}

extension Theme {
  /// Shades of a hue from pale to strong, each further from the background than the one before.
  func ramp(_ hue: Colour, _ count: Int) -> [Colour] {
    guard count > 1 else { return [hue] }
    // The last is stronger than the hue itself, so that five steps can be told apart.
    let deepest = hue.mixed(with: ink, share: 0.45)
    return (0..<count).map { index in
      let place = Double(index) / Double(count - 1)
      let share = 0.22 + 1.28 * place
      return share <= 1
        ? background.mixed(with: hue, share: share)
        : hue.mixed(with: deepest, share: (share - 1) / 0.5)
    }
  }

  /// The fill of a region whose number is zero: not white, and no shade of a ramp.
  var nothing: Colour { background.mixed(with: mutedInk, share: 0.16) }

  /// The colour of text on a fill: ink or background, whichever can be read better.
  func text(on fill: Colour) -> Colour {
    ink.contrast(with: fill) >= background.contrast(with: fill) ? ink : background
  }
}
