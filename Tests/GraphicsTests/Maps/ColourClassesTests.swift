import Testing

@testable import Graphics

@Suite("Classes of a map's colours") struct ColourClassesTests {
  private func key(_ numbers: [Double]) -> [String] {
    ColourClasses(numbers, theme: .light).key(numbers) { "\(Int($0))" }.map(\.text)
  }

  @Test(
    "The roundest number between two is taken",
    arguments: [
      (3.0, 7.0, 5.0), (98, 104, 100), (0, 9, 5), (0.03, 0.07, 0.05), (41, 43, 42), (7, 8, 8),
    ])
  func roundest(_ low: Double, _ high: Double, _ limit: Double) {
    #expect(abs(ColourClasses.roundest(above: low, upTo: high) - limit) < 1e-12)
  }

  @Test("Few numbers have a class each, many have five of like size")
  func classes() {
    #expect(key([]) == [])
    #expect(key([7]) == ["7"])
    #expect(key([7, 7]) == ["7"])
    #expect(key([3, 20]) == ["3", "20"])
    // Six numbers make three classes of two, cut above the second and the fourth.
    #expect(key([1, 2, 3, 14, 25, 36]) == ["under 3", "3 to under 20", "20 and more"])
    let hundred = (1...100).map(Double.init)
    #expect(
      key(hundred) == [
        "under 21", "21 to under 41", "41 to under 61", "61 to under 81", "81 and more",
      ])
  }

  @Test("Zero is a class by itself, and numbers below it mirror those above")
  func signs() {
    #expect(key([0, 0]) == ["0"])
    #expect(key([0, 5]) == ["0", "5"])
    #expect(key([-5, 0, 5, 100]) == ["-5", "0", "5", "100"])
    let classes = ColourClasses([-5, -100, 0, 5, 100], theme: .light)
    #expect(classes(-100)?.from == classes(100)?.from)
    #expect(classes(-100)?.colour != classes(100)?.colour)
    #expect(classes(0)?.colour == Theme.light.nothing)
    // Sizes 5, 20, 60 and 100 make three classes, cut above 5 and above 20.
    #expect(key([-100, -60, -20, -5]) == ["-50 and less", "-20", "-5"])
  }

  @Test("Every number has a class, whatever the numbers are")
  func complete() {
    var numbers = Plots.Numbers(seed: 3)
    for round in 0..<200 {
      let low = round % 2 == 0 ? 0 : -0.5
      let values = (0...round).map { _ in ((numbers.next() + low) * 1e6).rounded() }
      let classes = ColourClasses(values, theme: .dark)
      for value in values {
        #expect(classes.classes.filter { $0.holds(value) }.count == 1, "\(value)")
      }
      #expect(classes.classes.count <= 7)
    }
  }

  @Test("Neighbouring classes can be told apart and carry readable text, in both themes")
  func colours() {
    for theme in [Theme.light, .dark] {
      for numbers in [(1...40).map(Double.init), (-20...20).map(Double.init)] {
        let colours = ColourClasses(numbers, theme: theme).classes.map(\.colour)
        for colour in colours {
          #expect(theme.ink(on: colour).contrast(with: colour) >= 4.5)
        }
        for (a, b) in zip(colours, colours.dropFirst()) {
          #expect(a.oklab.distance(to: b.oklab) > 0.07, "\(a) and \(b) in \(theme.name)")
        }
        #expect(theme.axis.contrast(with: theme.background) >= 3)
      }
    }
  }
}
