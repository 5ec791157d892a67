import Graphics
import Testing

@Suite struct ColourVisionTests {
  @Test("Grey looks the same to all eyes, and red is dark without its cones")
  func simulation() {
    for vision in ColourVision.allCases {
      let grey = vision.seen(Colour(0x808080))
      for (one, other) in [(grey.red, 128), (grey.green, 128), (grey.blue, 128)] {
        #expect(abs(Int(one) - other) <= 1)
      }
    }
    let red = Colour(0xFF0000)
    #expect(ColourVision.common.seen(red) == red)
    #expect(ColourVision.protanopia.seen(red).relativeLuminance < 0.6 * red.relativeLuminance)
  }

  @Test("Red and green of one lightness are alike without either cones")
  func confusion() {
    let (red, green) = (Colour(0xB86A2B), Colour(0x3D9440))
    #expect(ColourVision.common.distance(red, green) > 0.15)
    #expect(ColourVision.deuteranopia.distance(red, green) < 0.07)
  }

  /// The least distance is that which Okabe and Ito's colours keep, in OKLab: 0.07 of that from
  /// black to white.
  @Test(
    "The palette is told apart with and without red-green blindness",
    arguments: [Theme.light, .dark])
  func palette(_ theme: Theme) {
    let all = theme.series + theme.outlinedSeries + [theme.neutral]
    for vision in [ColourVision.common, .protanopia, .deuteranopia] {
      for (index, one) in all.enumerated() {
        for other in all[(index + 1)...] {
          let distance = vision.distance(one, other)
          #expect(distance >= 0.07, "\(one) and \(other) in \(theme.name), \(vision): \(distance)")
        }
      }
    }
  }

  @Test("Good and bad are told apart, and so are both ends of what is on both sides of zero")
  func goodAndBad() {
    for theme in [Theme.light, .dark] {
      for vision in ColourVision.allCases {
        #expect(vision.distance(theme.good, theme.bad) > 0.1, "\(vision) in \(theme.name)")
        let ends = (theme.diverging(0), theme.diverging(1))
        #expect(vision.distance(ends.0, ends.1) > 0.07, "\(vision) in \(theme.name)")
      }
    }
  }

  @Test("The nearest colour that reaches a contrast keeps its hue")
  func reaching() {
    let white = Colour(0xFFFFFF)
    let orange = Colour(0xE69F00)
    let darker = orange.reaching(3, on: [white])
    #expect(darker.map { $0.contrast(with: white) >= 3 } == true)
    #expect(darker.map { $0.oklab.lightness < orange.oklab.lightness } == true)
    #expect(Colour(0x0072B2).reaching(4.5, on: [white]) == Colour(0x0072B2))
    #expect(orange.reaching(21, on: [Colour(0x808080)]) == nil)
  }

  @Test("A colour is read as CSS writes it")
  func css() {
    #expect(Colour(css: "#0072B2") == Colour(0x0072B2))
    #expect(Colour(css: "0072b2") == Colour(0x0072B2))
    for text in ["", "#0072B", "0072B2F", "orange", "+072B2", "٠٠٧٢٢٢"] {
      #expect(Colour(css: text) == nil)
    }
  }
}
