import Graphics
import Testing

@Suite struct LogScaleTests {
  @Test("Equal ratios lie at equal distances, and what is not positive has no place")
  func places() throws {
    let scale = try #require(LogScale(domain: 1...10_000, from: 0, to: 400))
    #expect(scale(1) == 0)
    #expect(scale(100).map { abs($0 - 200) < 1e-9 } == true)
    #expect(scale(10_000) == 400)
    #expect(scale(0) == nil)
    #expect(scale(-5) == nil)
    #expect(LogScale(domain: 0...10, from: 0, to: 1) == nil)
    #expect(LogScale(domain: 5...5, from: 7, to: 9)?(5) == 7)
  }

  @Test("Ticks are 1, 2 and 5 in each decade where there is room")
  func decades() throws {
    let scale = try #require(LogScale(domain: 1...100, from: 0, to: 400))
    #expect(scale.ticks(count: 7) == [1, 2, 5, 10, 20, 50, 100])
    #expect(scale.ticks(count: 5) == [1, 5, 10, 50, 100])
    #expect(scale.ticks(count: 3) == [1, 10, 100])
  }

  @Test("Many decades have a tick every so many powers of ten")
  func powers() throws {
    let scale = try #require(LogScale(domain: 1...1e12, from: 0, to: 400))
    #expect(scale.ticks(count: 5) == [1, 1e3, 1e6, 1e9, 1e12])
    let small = try #require(LogScale(domain: 0.001...1, from: 0, to: 400))
    #expect(small.ticks(count: 4) == [0.001, 0.01, 0.1, 1])
  }

  @Test("A domain between two ticks has its own ends")
  func narrow() throws {
    #expect(LogScale(domain: 6...8, from: 0, to: 400)?.ticks(count: 5) == [6, 8])
    #expect(LogScale(domain: 60...130, from: 0, to: 400)?.ticks(count: 5) == [60, 100, 130])
  }
}

@Suite struct ColourRampTests {
  @Test("OKLab has white at one, black at zero, and gives every colour back")
  func roundTrip() {
    #expect(abs(Colour(0xFFFFFF).oklab.lightness - 1) < 1e-4)
    #expect(Colour(0x000000).oklab.lightness == 0)
    for hex: UInt32 in [0x0072B2, 0xD55E00, 0x123456, 0xFFFFFF, 0x000000, 0xF0E442] {
      #expect(Colour(hex).oklab.colour == Colour(hex))
    }
  }

  @Test("Equal steps of a ramp are equal steps for the eye", arguments: [Theme.light, .dark])
  func even(_ theme: Theme) {
    for ramp in [theme.sequential, theme.diverging] {
      let colours = ramp.colours(9).map(\.oklab)
      for half in [0..<4, 4..<8] {
        let steps = half.map { colours[$0].distance(to: colours[$0 + 1]) }
        for step in steps { #expect(abs(step - steps[0]) < 0.006) }
        #expect(steps[0] > 0.02)
      }
    }
  }

  @Test("A ramp rises or falls in lightness from zero on", arguments: [Theme.light, .dark])
  func ordered(_ theme: Theme) {
    let direction: Double = theme.name == "light" ? -1 : 1
    let rising = theme.sequential.colours(9).map { $0.oklab.lightness * direction }
    #expect(rising == rising.sorted())
    let both = theme.diverging.colours(9).map { $0.oklab.lightness * direction }
    #expect(Array(both[4...]) == both[4...].sorted())
    #expect(Array(both[...4].reversed()) == both[...4].sorted())
    #expect(abs(both[0] - both[8]) < 0.08)
  }

  @Test("What lies outside a ramp takes its nearest end")
  func ends() {
    let ramp = ColourRamp(from: Colour(0xFFFFFF), to: Colour(0x000000))
    #expect(ramp(-1) == Colour(0xFFFFFF))
    #expect(ramp(7) == Colour(0x000000))
    #expect(ramp(.nan) == Colour(0xFFFFFF))
    #expect(ramp.colours(1) == [Colour(0x000000)])
  }

  @Test("Text reads on every colour of a ramp", arguments: [Theme.light, .dark])
  func ink(_ theme: Theme) {
    for ramp in [theme.sequential, theme.diverging] {
      for colour in ramp.colours(41) {
        #expect(theme.ink(on: colour).contrast(with: colour) >= 4.5)
      }
    }
  }
}
