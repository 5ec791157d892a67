import Testing

@testable import Graphics

@Suite struct TreeLayoutTests {
  static func layout(
    _ parents: [Int?], _ sizes: [Size], _ direction: TreeLayout.Direction = .vertical,
    aligned: Bool = true
  ) throws -> (TreeShape, TreeLayout) {
    let shape = try TreeShape(parents: parents)
    return (
      shape,
      TreeLayout(
        shape, sizes: sizes, direction: direction, siblingGap: 2, levelGap: 10, aligned: aligned)
    )
  }

  @Test("A parent stands over the middle of its children")
  func two() throws {
    let (_, layout) = try Self.layout(
      [nil, 0, 0], [Size(10, 4), Size(10, 4), Size(30, 6)])
    #expect(layout.boxes[0] == Rect(x: 16, y: 0, width: 10, height: 4))
    #expect(layout.boxes[1] == Rect(x: 0, y: 14, width: 10, height: 4))
    #expect(layout.boxes[2] == Rect(x: 12, y: 14, width: 30, height: 6))
    #expect(layout.size == Size(42, 20))
  }

  @Test("A horizontal tree is the vertical one with its axes swapped")
  func horizontal() throws {
    let (_, layout) = try Self.layout(
      [nil, 0, 0], [Size(4, 10), Size(4, 10), Size(6, 30)], .horizontal)
    #expect(layout.boxes[0] == Rect(x: 0, y: 16, width: 4, height: 10))
    #expect(layout.boxes[2] == Rect(x: 14, y: 12, width: 6, height: 30))
  }

  @Test("A small subtree between large ones stands in the middle of its room")
  func between() throws {
    // The root has three children; the outer ones are 10 wide with three children of 10 each.
    let parents: [Int?] = [nil, 0, 0, 0, 1, 1, 1, 3, 3, 3]
    let (_, layout) = try Self.layout(parents, parents.map { _ in Size(10, 4) })
    let middles = (1...3).map { layout.boxes[$0].centre.x }
    #expect(middles == [17, 35, 53])
    #expect(layout.boxes[0].centre.x == 35)
  }

  @Test("One box is a tree")
  func one() throws {
    let (_, layout) = try Self.layout([nil], [Size(7, 3)])
    #expect(layout.boxes == [Rect(x: 0, y: 0, width: 7, height: 3)])
  }

  @Test(
    "Boxes never overlap and parents are centred, in random trees of unequal boxes",
    arguments: [true, false])
  func random(_ aligned: Bool) throws {
    var numbers = Plots.Numbers(seed: 99)
    for round in 0..<40 {
      let count = 1 + numbers.next(below: 150)
      let parents = (0..<count).map { index in
        index == 0 ? nil : numbers.next(below: 1 + (index - 1) / (1 + round % 4))
      }
      let sizes = parents.map { _ in
        Size(5 + (numbers.next() * 60).rounded(), 5 + (numbers.next() * 30).rounded())
      }
      let direction: TreeLayout.Direction = round % 2 == 0 ? .vertical : .horizontal
      let (shape, layout) = try Self.layout(parents, sizes, direction, aligned: aligned)
      for a in 0..<count {
        for b in (a + 1)..<max(a + 1, count) {
          #expect(
            !layout.boxes[a].inset(by: 0.001).intersects(layout.boxes[b]),
            "boxes \(a) and \(b) of round \(round)")
        }
        checkCentred(a, shape, layout)
      }
      if aligned { checkEdges(shape, layout, "round \(round)") }
    }
  }

  private func checkCentred(_ node: Int, _ shape: TreeShape, _ layout: TreeLayout) {
    let children = shape.children(of: node)
    guard let first = children.first, let last = children.last else { return }
    let (box, a, b) = (layout.boxes[node], layout.boxes[first], layout.boxes[last])
    let vertical = layout.direction == .vertical
    let middle = vertical ? (a.x + b.maxX) / 2 : (a.y + b.maxY) / 2
    #expect(abs((vertical ? box.centre.x : box.centre.y) - middle) < 0.001)
  }

  /// Edges of different parents do not touch, and no edge runs through a box.
  private func checkEdges(_ shape: TreeShape, _ layout: TreeLayout, _ name: String) {
    let edges = (0..<shape.count).flatMap { parent in
      layout.edges(from: parent, to: shape.children(of: parent), levelGap: 10).map {
        (parent: parent, area: Rect(from: $0.from, to: $0.to).inset(by: -0.001))
      }
    }
    for (index, edge) in edges.enumerated() {
      for other in edges[(index + 1)...] where other.parent != edge.parent {
        #expect(!edge.area.intersects(other.area), "\(name): edges cross")
      }
      for box in layout.boxes {
        #expect(!edge.area.intersects(box.inset(by: 0.01)), "\(name): an edge runs through a box")
      }
    }
  }

  @Test("A family 50,000 levels deep is laid out without running out of stack")
  func chain() throws {
    let count = 50_000
    let parents: [Int?] = (0..<count).map { $0 == 0 ? nil : $0 - 1 }
    let (shape, layout) = try Self.layout(parents, parents.map { _ in Size(10, 4) })
    #expect(shape.depths.last == count - 1)
    #expect(layout.boxes.allSatisfy { $0.x == 0 })
    #expect(layout.boxes.last?.y == Double((count - 1) * 14))
  }

  @Test("Two combs of 10,000 teeth share their room without overlap")
  func combs() throws {
    // Contours of deep neighbours are what makes naive layouts quadratic.
    var parents: [Int?] = [nil, 0, 0]
    for index in 3..<20_003 { parents.append(index - 2) }
    let (_, layout) = try Self.layout(parents, parents.map { _ in Size(10, 4) })
    #expect(layout.size.width == 22)
  }
}

@Suite struct TreeShapeTests {
  private func failure(_ parents: [Int?]) -> String? {
    do {
      _ = try TreeShape(parents: parents)
      return nil
    } catch { return error.description }
  }

  @Test("Siblings keep the order of their indices, and parents may come later")
  func order() throws {
    let shape = try TreeShape(parents: [2, 0, nil, 2, 0])
    #expect(shape.root == 2)
    #expect(shape.preorder == [2, 0, 1, 4, 3])
    #expect(shape.depths == [1, 2, 0, 1, 2])
    #expect(Array(shape.children(of: 0)) == [1, 4])
  }

  @Test("What is not a tree is refused with the reason")
  func failures() {
    #expect(failure([]) == "A tree without nodes cannot be drawn.")
    #expect(failure([nil, 7]) == "Node 1 of the tree has the parent 7, which is not in it.")
    #expect(failure([1, 0]) == "The tree has no root: every node has a parent.")
    #expect(failure([nil, nil]) == "The tree has several roots, nodes 0 and 1 among them.")
    #expect(failure([nil, 2, 3, 2, 1]) == "Node 2 of the tree is its own ancestor.")
  }
}
