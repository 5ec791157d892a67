import Graphics
import Testing

@Suite struct ThemeTests {
  @Test("Contrast is that of WCAG: 21 for black on white, 4.54 for #767676")
  func contrast() {
    let (black, white) = (Colour(0x000000), Colour(0xFFFFFF))
    #expect(abs(black.contrast(with: white) - 21) < 1e-9)
    #expect(abs(Colour(0x767676).contrast(with: white) - 4.54) < 0.005)
    #expect(white.contrast(with: white) == 1)
  }

  @Test("A colour is written as in CSS")
  func css() {
    #expect(Colour(0x0072B2).description == "#0072B2")
    #expect(Colour(0x0A0B0C).mixed(with: Colour(0xFFFFFF), share: 1) == Colour(0xFFFFFF))
  }

  @Test("Text has a contrast of 4.5 to 1", arguments: [Theme.light, .dark])
  func text(_ theme: Theme) {
    for ground in [theme.background, theme.surface] {
      #expect(theme.ink.contrast(with: ground) >= 4.5)
      #expect(theme.mutedInk.contrast(with: ground) >= 4.5)
    }
  }

  @Test("Marks have a contrast of 3 to 1", arguments: [Theme.light, .dark])
  func marks(_ theme: Theme) {
    let marks = theme.series + [theme.neutral, theme.prior, theme.good, theme.bad, theme.axis]
    for colour in marks {
      #expect(colour.contrast(with: theme.background) >= 3, "\(colour) in \(theme.name)")
    }
    for band in theme.bands {
      for colour in [theme.series[0], theme.good, theme.bad, theme.ink] {
        #expect(colour.contrast(with: band) >= 3, "\(colour) on \(band) in \(theme.name)")
      }
    }
  }

  @Test("The palette does not repeat: what is beyond it is neutral")
  func palette() {
    for theme in [Theme.light, .dark] {
      let all = theme.series + theme.outlinedSeries + [theme.neutral]
      #expect(Set(all).count == all.count)
      #expect(theme.seriesColour(99) == theme.neutral)
      #expect(theme.seriesColour(0) == theme.series[0])
    }
  }
}
