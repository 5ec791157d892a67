// Times the drawing of trees; compiled together with Sources/Graphics by scripts/bench-trees.sh.
//
//   trees layout SHAPE COUNT     seconds for one layout, the best of several
//   trees svg SHAPE COUNT MAX    the tree folded to MAX boxes, as SVG
//   trees poster SHAPE COUNT     the whole tree as a PDF of one page
//   trees pages SHAPE COUNT      the whole tree on A4; a file may be named last
//                                behind a number of boxes, for posters and pages
//   trees edges SHAPE COUNT      the tree itself: a line "child parent width height" a node
//
// SHAPE is random, chain or star.
import Foundation

/// The same numbers in every run: a linear congruential generator.
struct Numbers {
  var state: UInt64 = 20_261_120

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((Double(state >> 11) / Double(1 << 53)) * Double(bound))
  }
}

func parents(_ shape: String, _ count: Int) -> [Int?] {
  var numbers = Numbers()
  return (0..<count).map { index in
    guard index > 0 else { return nil }
    switch shape {
    case "chain": return index - 1
    case "star": return 0
    default: return numbers.next(below: max(1, min(index, 1 + index / 3)))
    }
  }
}

func nodes(_ parents: [Int?]) -> [TreeDiagram.Node] {
  var numbers = Numbers()
  return parents.enumerated().map { index, parent in
    let value = numbers.next(below: 1_000_000)
    return TreeDiagram.Node(
      parent: parent,
      lines: [
        "Company \(index) of the family", "Country \(index % 30) · Owner \(index % 99)",
        "Territory \(index % 9)", "$\(value) · $\(value + index) in all",
      ], value: Int64(value), group: "Territory \(index % 9)")
  }
}

func best(_ rounds: Int, _ work: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<rounds {
    let start = ContinuousClock.now
    try work()
    best = min(best, (ContinuousClock.now - start) / .seconds(1))
  }
  return best
}

let arguments = CommandLine.arguments
let (task, shape) = (arguments[1], arguments[2])
let count = Int(arguments[3]) ?? 0
let family = parents(shape, count)
var numbers = Numbers()
let sizes = family.map { _ in
  Size(Double(60 + numbers.next(below: 140)), Double(30 + numbers.next(below: 50)))
}

switch task {
case "edges":
  for (node, parent) in family.enumerated() {
    print(node, parent ?? -1, sizes[node].width, sizes[node].height)
  }
case "layout":
  let seconds = try best(7) {
    let tree = try TreeShape(parents: family)
    let layout = TreeLayout(
      tree, sizes: sizes, direction: .vertical, siblingGap: 10, levelGap: 36)
    precondition(layout.boxes.count == count)
  }
  print(String(format: "%.4f", seconds))
default:
  let canvas = try CairoCanvas()
  let diagram = try TreeDiagram(
    heading: ChartHeading(title: "A family of \(count)"), nodes: nodes(family),
    maximum: arguments.count > 4 ? Int(arguments[4]) ?? count : count,
    foldLines: { ["+\($0) subsidiaries", "$\($1)"] })
  var bytes = 0
  let seconds = try best(task == "svg" ? 3 : 1) {
    switch task {
    case "svg":
      let scene = diagram.scene(width: 800, theme: .light, measurer: canvas)
      bytes = try canvas.svg(scene).utf8.count
    case "poster":
      let scene = diagram.poster(theme: .light, measurer: canvas)
      let file = try canvas.pdf([scene], created: "2026-11-20")
      bytes = file.count
      if arguments.count > 5 { try Data(file).write(to: URL(filePath: arguments[5])) }
    default:
      let scenes = diagram.pages(.a4, theme: .light, measurer: canvas)
      let file = try canvas.pdf(scenes, created: "2026-11-20")
      bytes = file.count
      if arguments.count > 5 { try Data(file).write(to: URL(filePath: arguments[5])) }
    }
  }
  print(String(format: "%.3f", seconds), bytes)
}
