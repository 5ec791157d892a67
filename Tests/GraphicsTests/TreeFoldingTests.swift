import Testing

@testable import Graphics

@Suite struct TreeFoldingTests {
  private func diagram(_ nodes: [(parent: Int?, value: Int64)]) throws -> TreeDiagram {
    try TreeDiagram(
      heading: ChartHeading(title: "Family"),
      nodes: nodes.enumerated().map {
        .init(parent: $1.parent, lines: ["Account \($0)"], value: $1.value)
      }, foldLines: Plots.foldLines)
  }

  @Test("A family that fits is not folded")
  func fits() throws {
    let folded = try diagram([(nil, 1), (0, 2), (0, 3)]).folded(maximum: 3)
    #expect(folded.boxes == [.node(0), .node(1), .node(2)])
    #expect(folded.hidden == 0)
  }

  @Test("The most valuable children stay and the rest becomes one box with count and sum")
  func rest() throws {
    let folded = try diagram([(nil, 1), (0, 5), (0, 50), (0, 7), (0, 40), (4, 2)])
      .folded(maximum: 4)
    // 50 and 40 + 2 stay; opening account 4 would cost a box for its own child, so it does not.
    #expect(
      folded.boxes == [.node(0), .node(2), .rest(parent: 0, count: 4, sum: 5 + 7 + 40 + 2)])
    #expect(folded.shape.parents == [nil, 0, 0])
  }

  @Test("A remainder of one leaf is shown as itself")
  func single() throws {
    let folded = try diagram([(nil, 1), (0, 5), (0, 50), (0, 7), (2, 40), (2, 30)])
      .folded(maximum: 5)
    #expect(
      folded.boxes == [
        .node(0), .node(2), .node(4), .node(5), .rest(parent: 0, count: 2, sum: 12),
      ])
  }

  @Test("A negative value counts by its size and keeps its sign in the sum")
  func negative() throws {
    let folded = try diagram([(nil, 0), (0, 5), (0, -90), (0, 4), (0, -3)]).folded(maximum: 3)
    #expect(folded.boxes == [.node(0), .node(2), .rest(parent: 0, count: 3, sum: 6)])
  }

  @Test("Sums beyond 64 bits are exact")
  func overflow() throws {
    let folded = try diagram([(nil, 0), (0, .max), (0, .max), (0, .max)]).folded(maximum: 2)
    #expect(folded.boxes.last == .rest(parent: 0, count: 3, sum: 3 * Int128(Int64.max)))
  }

  @Test("Nothing is lost in random families, and no more boxes are shown than allowed")
  func random() throws {
    var numbers = Plots.Numbers(seed: 5)
    for round in 0..<60 {
      let count = 2 + numbers.next(below: 400)
      let nodes: [(parent: Int?, value: Int64)] = (0..<count).map { index in
        (
          index == 0 ? nil : numbers.next(below: 1 + (index - 1) / (1 + round % 5)),
          Int64(numbers.next(below: 2_000_000) - (round % 3) * 500_000)
        )
      }
      let maximum = 2 + numbers.next(below: 80)
      let folded = try diagram(nodes).folded(maximum: maximum)
      #expect(folded.boxes.count <= maximum || count <= maximum)
      let shown = folded.boxes.reduce(0) { if case .node = $1 { $0 + 1 } else { $0 } }
      #expect(shown + folded.hidden == count)
      let sum = folded.boxes.reduce(Int128(0)) { sum, box in
        switch box {
        case .node(let index): sum + Int128(nodes[index].value)
        case .rest(_, _, let rest): sum + rest
        }
      }
      #expect(sum == nodes.reduce(Int128(0)) { $0 + Int128($1.value) })
    }
  }

  @Test("A family of 50,000 is folded, laid out and drawn")
  func large() throws {
    let chart = try TreeDiagram(
      heading: ChartHeading(title: "Large"), nodes: Plots.randomTree(50_000, seed: 1, groups: 9),
      maximum: 200, foldLines: Plots.foldLines)
    let scene = chart.scene(width: 800, theme: .light, measurer: FixedWidthMeasurer())
    #expect(scene.rects(.box).count == 200)
  }

  @Test("The text alternative says how large the family is and who stands below its root")
  func textAlternative() throws {
    let chart = try diagram([(nil, 1), (0, 2), (0, 3), (1, 1)])
    #expect(
      chart.textAlternative
        == "Family. A tree of 4 boxes under Account 0, 3 levels deep. "
        + "Directly below: Account 1; Account 2.")
  }
}
