import Testing

@testable import Graphics

@Suite("Trees on paper")
struct TreePagesTests {
  private func diagram(
    _ parents: [Int?], _ direction: TreeLayout.Direction = .horizontal
  ) throws -> TreeDiagram {
    try TreeDiagram(
      heading: ChartHeading(title: "Family of Acme"),
      nodes: parents.enumerated().map { index, parent in
        .init(
          parent: parent, lines: ["Account \(index)", "France", "$1"], value: 1,
          group: "Territory \(index % 9)")
      }, direction: direction, maximum: max(2, parents.count), foldLines: Plots.foldLines)
  }

  private static func random(_ count: Int, seed: UInt64, width: Int) -> [Int?] {
    var numbers = Plots.Numbers(seed: seed)
    return (0..<count).map { $0 == 0 ? nil : numbers.next(below: 1 + ($0 - 1) / width) }
  }

  @Test("Every box stands in one piece below its parent, and every branch that is cut goes on")
  func pieces() throws {
    for round in 0..<30 {
      let parents = Self.random(1 + round * 23, seed: UInt64(round), width: 1 + round % 5)
      let shape = try TreeShape(parents: parents)
      var numbers = Plots.Numbers(seed: 7)
      let breadths = parents.map { _ in Double(10 + numbers.next(below: 40)) }
      let cut = TreeCut(shape, breadths: breadths, room: 200, levels: 2 + round % 4)
      // Each node but the root stands once as a child of its parent.
      var seen = [Int](repeating: 0, count: parents.count)
      for (index, piece) in cut.pieces.enumerated() {
        let places = Set(piece.nodes)
        #expect(places.count == piece.nodes.count)
        for node in piece.nodes.dropFirst() {
          seen[node] += 1
          #expect(shape.parents[node].map(places.contains) == true)
        }
        for (place, branch) in piece.branches {
          #expect(cut.pieces[branch].nodes.first == piece.nodes[place])
          #expect(cut.pieces[branch].from == index)
          #expect(branch > index)
        }
        if let next = piece.next { #expect(cut.pieces[next].nodes.first == piece.nodes[0]) }
        if index > 0 { #expect(piece.from != nil) }
      }
      #expect(seen[shape.root] == 0)
      #expect(seen.enumerated().allSatisfy { $0.offset == shape.root || $0.element == 1 })
      // Siblings keep their order over all pieces.
      var order: [Int: [Int]] = [:]
      for piece in cut.pieces {
        for node in piece.nodes.dropFirst() {
          if let parent = shape.parents[node] { order[parent, default: []].append(node) }
        }
      }
      for (parent, children) in order { #expect(children == Array(shape.children(of: parent))) }
    }
  }

  @Test(
    "No text and no box of a page overlaps another or leaves the sheet",
    arguments: [TreeLayout.Direction.horizontal, .vertical], TreePaper.allCases)
  func sheets(direction: TreeLayout.Direction, paper: TreePaper) throws {
    let parents: [[Int?]] = [
      Self.random(220, seed: 3, width: 3), [nil] + Array(repeating: 0, count: 90),
      [nil] + (0..<60).map { $0 }, [nil],
    ]
    for (index, parents) in parents.enumerated() {
      let pages = try diagram(parents, direction)
        .pages(paper, theme: .light, measurer: FixedWidthMeasurer())
      for (number, page) in pages.enumerated() {
        #expect(Size(page.width, page.height) == paper.size)
        #expect(page.texts.contains { $0.text == "Page \(number + 1) of \(pages.count)" })
        let boxes = page.rects(.box)
        #expect(!boxes.isEmpty)
        for (first, box) in boxes.enumerated() {
          #expect(page.bounds.contains(box), "tree \(index), page \(number + 1)")
          for other in boxes[(first + 1)...] {
            #expect(!box.inset(by: 0.01).intersects(other), "tree \(index), page \(number + 1)")
          }
        }
        for (first, text) in page.texts.enumerated() {
          #expect(page.bounds.contains(text.box), "\(text.text)")
          for other in page.texts[(first + 1)...] {
            #expect(
              !text.box.inset(by: 0.6).intersects(other.box), "\(text.text) on \(other.text)")
          }
        }
      }
    }
  }

  @Test("A branch that goes on says on which page, and there it says where it came from")
  func references() throws {
    let pages = try diagram([nil] + Array(repeating: 0, count: 40))
      .pages(.a4, theme: .light, measurer: FixedWidthMeasurer())
    #expect(pages.count > 1)
    #expect(
      pages[0].texts.contains {
        $0.text == "more below it: page 1 ▸" || $0.text == "more below it: page 2 ▸"
      })
    #expect(pages[1].texts.contains { $0.text.hasPrefix("◂ from page ") })
    #expect(pages.last?.texts.contains { $0.text.hasPrefix("more below") } == false)
    let shown = pages.reduce(0) { $0 + $1.rects(.box).count }
    // Each account, and the root once more for each further piece.
    #expect(shown > 41)
    let names = Set(pages.flatMap(\.texts).map(\.text).filter { $0.hasPrefix("Account ") })
    #expect(names.count == 41)
  }

  @Test(
    "A small tree is a poster of one piece, a large one stands in columns about as wide as high")
  func posters() throws {
    let small = try diagram(Self.random(40, seed: 1, width: 3))
    #expect(
      small.poster(theme: .light, measurer: FixedWidthMeasurer()).rects(.box).count == 40)
    let large = try diagram([nil] + Array(repeating: 0, count: 3_000))
      .poster(theme: .light, measurer: FixedWidthMeasurer())
    #expect(large.texts.contains { $0.text.hasPrefix("Column 2 of ") })
    #expect(Set(large.texts.map(\.text).filter { $0.hasPrefix("Account ") }).count == 3_001)
    #expect((0.4...2.5).contains(large.width / large.height))
    #expect(large.rects(.box).allSatisfy { large.bounds.contains($0) })
  }

  @Test("A chain of 50,000 and a star of 50,000 are cut without running out of stack")
  func extremes() throws {
    let chain = try TreeShape(parents: (0..<50_000).map { $0 == 0 ? nil : $0 - 1 })
    let star = try TreeShape(parents: [nil] + Array(repeating: 0, count: 49_999))
    for shape in [chain, star] {
      let breadths = [Double](repeating: 60, count: shape.count)
      let cut = TreeCut(shape, breadths: breadths, room: 600, levels: 4)
      #expect(cut.pieces.reduce(0) { $0 + $1.nodes.count - 1 } == 49_999)
    }
  }
}

@Suite("A tree before and after")
struct TreePairTests {
  private func diagram(_ second: String, _ mark: String?) throws -> TreeDiagram {
    try TreeDiagram(
      heading: ChartHeading(title: "Family"),
      nodes: [
        .init(parent: nil, lines: ["Acme", "$1"], group: "West"),
        .init(parent: 0, lines: ["Acme Bayern", "$2"], value: 2, group: second, mark: mark),
        .init(parent: 0, lines: ["Acme Osaka", "$3"], value: 3, group: "East"),
      ], foldLines: Plots.foldLines)
  }

  @Test(
    "Each box has its place in both, and a change is told by border and words, not colour alone",
    arguments: [TreeLayout.Direction.horizontal, .vertical])
  func places(direction: TreeLayout.Direction) throws {
    var before = try diagram("West", "will be East, which is a longer text than any other here")
    var after = try diagram("East", "was West")
    before.direction = direction
    after.direction = direction
    let pair = try #require(
      TreePair(before: before, after: after, titles: ("Before: FY27", "After: FY28")))
    let scene = pair.scene(width: 400, theme: .light, measurer: FixedWidthMeasurer())
    let boxes = scene.rects(.box)
    #expect(boxes.count == 6)
    let (dx, dy) = (boxes[3].x - boxes[0].x, boxes[3].y - boxes[0].y)
    #expect(direction == .horizontal ? dy == 0 && dx > 0 : dx == 0 && dy > 0)
    for index in 0..<3 {
      #expect(abs(boxes[index + 3].x - boxes[index].x - dx) < 0.001)
      #expect(abs(boxes[index + 3].y - boxes[index].y - dy) < 0.001)
      #expect(boxes[index].width == boxes[index + 3].width)
      #expect(boxes[index].height == boxes[index + 3].height)
    }
    let thick = scene.marks.filter { mark in
      if case .rect(let rect) = mark {
        rect.role == .box && rect.stroke?.width == 2.5
      } else {
        false
      }
    }
    #expect(thick.count == 2)
    for text in ["Before: FY27", "After: FY28", "was West"] {
      #expect(scene.texts.contains { $0.text == text })
    }
    #expect(pair.textAlternative.contains("Marked: Acme Bayern (was West)."))
  }

  @Test("Two trees of different shapes are no pair")
  func shapes() throws {
    let one = try diagram("West", nil)
    let other = try TreeDiagram(
      heading: ChartHeading(title: "Other"), nodes: [.init(parent: nil, lines: ["A"])],
      foldLines: Plots.foldLines)
    #expect(TreePair(before: one, after: other, titles: ("", "")) == nil)
  }

  @Test("A folded box says how many of the marked ones are in it")
  func folded() throws {
    var chart = try TreeDiagram(
      heading: ChartHeading(title: "Family"),
      nodes: [.init(parent: nil, lines: ["Acme"], value: 9)]
        + (1...5).map {
          .init(parent: 0, lines: ["A\($0)"], value: Int64($0), mark: $0 < 3 ? "was West" : nil)
        },
      maximum: 4, foldLines: Plots.foldLines, foldMark: { "\($0) of them change" })
    #expect(chart.folded(maximum: 4).marked.reduce(0, +) == 2)
    chart.direction = .vertical
    let scene = chart.scene(width: 300, theme: .light, measurer: FixedWidthMeasurer())
    #expect(scene.texts.contains { $0.text == "2 of them change" })
  }
}
