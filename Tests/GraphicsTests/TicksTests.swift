import Graphics
import Testing

@Suite struct TicksTests {
  @Test("The example of the authors' own package: four ticks from 8.1 to 14.1")
  func example() {
    #expect(Ticks.values(for: 8.1...14.1, count: 4) == [8, 10, 12, 14])
  }

  @Test("A hundred per cent is cut into quarters by five ticks")
  func quarters() {
    #expect(Ticks.values(for: 0...100, count: 5) == [0, 25, 50, 75, 100])
  }

  @Test("Ticks are the decimal numbers that their texts say")
  func decimals() {
    #expect(Ticks.values(for: 0...0.5, count: 6) == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
  }

  @Test("A range around zero has a tick at zero")
  func zero() {
    for high in [1.0, 7, 30, 999, 1e9] {
      #expect(Ticks.values(for: -high / 3...high, count: 5).contains(0))
    }
  }

  @Test("A range without extent has its one number, an endless one has none")
  func degenerate() {
    #expect(Ticks.values(for: 5...5, count: 5) == [5])
    #expect(Ticks.values(for: 0...0, count: 5) == [0])
    #expect(Ticks.values(for: 0...Double.infinity, count: 5).isEmpty)
  }

  @Test("Every range gets two to ten rising ticks at even distances")
  func evenness() {
    var numbers = Plots.Numbers(seed: 3)
    for round in 0..<300 {
      let low = (numbers.next() - 0.5) * 1e6
      let high = low + (0.1 + numbers.next()) * [1, 1e3, 1e6, 1e9][round % 4]
      let ticks = Ticks.values(for: low...high, count: 5)
      #expect((2...10).contains(ticks.count), "\(low) to \(high)")
      let steps = zip(ticks, ticks.dropFirst()).map { $1 - $0 }
      let step = steps.first ?? 0
      #expect(steps.allSatisfy { $0 > 0 && abs($0 - step) <= 1e-6 * step }, "\(low) to \(high)")
    }
  }

  @Test("The largest and the smallest numbers there are end the search")
  func extremes() {
    #expect(Ticks.values(for: 0...1e300, count: 5).count >= 2)
    #expect(Ticks.values(for: 0...1e-290, count: 5).count >= 2)
    #expect(Ticks.values(for: 1e15...(1e15 + 1), count: 5) == [1e15])
    #expect(Ticks.values(for: -1.7e308...1.7e308, count: 5).isEmpty)
  }
}

@Suite struct ScaleTests {
  @Test("A linear scale maps ends to ends, either way round")
  func linear() {
    let down = LinearScale(domain: 0...50, from: 200, to: 100)
    #expect(down(0) == 200)
    #expect(down(25) == 150)
    #expect(down(50) == 100)
  }

  @Test("A domain without extent maps to the start")
  func flat() {
    #expect(LinearScale(domain: 3...3, from: 10, to: 20)(3) == 10)
  }

  @Test("The distance between the largest numbers stays finite")
  func huge() {
    let limit = Double.greatestFiniteMagnitude
    #expect(LinearScale(domain: -limit...limit, from: 0, to: 10)(0) == 5)
  }

  @Test("Bands share the range evenly, with half a gap at each end")
  func bands() {
    let bands = BandScale(count: 4, from: 100, to: 180, gap: 0.5)
    #expect(bands.step == 20)
    #expect(bands.bandwidth == 10)
    #expect(bands(0) == 105)
    #expect(bands.centre(3) == 170)
    #expect(BandScale(count: 0, from: 0, to: 10).step == 0)
  }
}
