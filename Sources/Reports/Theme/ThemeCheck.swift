import Graphics
import Records
import Settings

/// Holds the colours of a theme against what readers need.
struct ThemeCheck {
  let colouring: ReportTheme.Colouring
  let places: ThemePlaces

  /// The least distance in OKLab of two series to eyes of any kind; 1 is from black to white.
  ///
  /// Okabe and Ito's colours, chosen for all eyes, keep 0.07; names stand at the lines besides.
  static let leastDistance = 0.07

  private typealias Named = (key: String, colour: Colour)

  func check(_ findings: Findings) {
    let chart = colouring.chart
    let grounds: [Named] = [("background", chart.background), ("surface", chart.surface)]
    let callouts: [Named] = [("wash", colouring.wash), ("warning", colouring.warning)]
    require(4.5, "text", ("ink", chart.ink), on: grounds + callouts, findings)
    for text in [
      ("muted_ink", chart.mutedInk), ("link", colouring.link), ("good_text", colouring.goodText),
      ("bad_text", colouring.badText),
    ] { require(4.5, "text", text, on: grounds, findings) }

    let series = chart.series.map { Named("series", $0) }
    let marks: [Named] = [
      ("neutral", chart.neutral), ("prior", chart.prior), ("good", chart.good), ("bad", chart.bad),
      ("axis", chart.axis),
    ]
    for mark in series + marks { require(3, "marks", mark, on: [grounds[0]], findings) }
    // Bars of a bullet chart stand on its ranges.
    let bands = chart.bands.map { Named("bands", $0) }
    for mark in series.prefix(1) + [("good", chart.good), ("bad", chart.bad)] {
      require(3, "marks", mark, on: bands, findings)
    }
    checkSeries(findings)
  }

  /// One finding a colour: the worst of its grounds, and the nearest colour that would do.
  private func require(
    _ least: Double, _ kind: String, _ mark: Named, on grounds: [Named], _ findings: Findings
  ) {
    let contrasts = grounds.map { ($0, mark.colour.contrast(with: $0.colour)) }
    guard let (ground, contrast) = contrasts.min(by: { $0.1 < $1.1 }), contrast < least else {
      return
    }
    let better = mark.colour.reaching(least, on: grounds.map(\.colour))
    findings.add(
      Finding(
        code: "theme-contrast", severity: .error, at: places.place([mark.key, ground.key]),
        what: """
          "\(mark.key)" \(mark.colour) stands out from "\(ground.key)" \(ground.colour) of the \
          \(places.name) theme by \(ThemeCheck.text(contrast)) to 1; \(kind) must reach \
          \(ThemeCheck.text(least)) to 1
          """,
        done: "nothing was drawn",
        suggestion: better.map { "write \($0.description.dropFirst()), the nearest that does" }
          ?? "change \"\(ground.key)\" as well: no colour of this hue does"))
  }

  private func checkSeries(_ findings: Findings) {
    let series = colouring.chart.series
    for (index, one) in series.enumerated() {
      for (place, other) in series.enumerated().dropFirst(index + 1) {
        let sights = [ColourVision.common, .deuteranopia, .protanopia]
        guard let sight = sights.first(where: { $0.distance(one, other) < Self.leastDistance })
        else { continue }
        let who = sight == .common ? "to everybody" : "to readers with \(sight.rawValue)"
        findings.add(
          Finding(
            code: "theme-alike", severity: .error, at: places.place(["series"]),
            what: """
              colours \(index + 1) and \(place + 1) of "series" of the \(places.name) theme, \(one) \
              and \(other), look alike \(who)
              """,
            done: "nothing was drawn",
            suggestion: "make one of them clearly lighter or darker, or of another hue"))
      }
    }
  }

  /// A ratio with one decimal, rounded down, so that 4.46 does not read as the 4.5 that it misses.
  private static func text(_ ratio: Double) -> String {
    let tenths = Int((ratio * 10).rounded(.down))
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
