import Graphics
import Testing

/// What must hold in every picture, whatever is in it.
enum SceneCheck {
  static let widths = [240.0, 360, 600, 1200]

  /// The fonts of the machine, and widths that need none.
  static let measurers: [any TextMeasurer] = {
    let canvas: [any TextMeasurer] = (try? CairoCanvas()).map { [$0] } ?? []
    return canvas + [FixedWidthMeasurer()]
  }()

  /// Lays a chart out at every width, by every measurer, in both themes, and judges each scene.
  static func check(_ chart: any Chart, _ name: String) {
    #expect(!chart.textAlternative.isEmpty, "\(name) says nothing to who cannot see it")
    for measurer in measurers {
      for width in widths {
        let scene = chart.scene(width: width, theme: .light, measurer: measurer)
        check(scene, .light, "\(name) at \(Int(width))")
      }
    }
    let dark = chart.scene(width: 600, theme: .dark, measurer: FixedWidthMeasurer())
    checkContrast(dark, .dark, "\(name), dark")
  }

  static func check(_ scene: Scene, _ theme: Theme, _ name: String) {
    checkTexts(scene, name)
    for rect in scene.rects(.bar) + scene.rects(.box) + scene.rects(.cell) {
      #expect(scene.bounds.contains(rect), "\(name): a bar, box or cell leaves the canvas")
    }
    checkContrast(scene, theme, name)
  }

  private static func checkTexts(_ scene: Scene, _ name: String) {
    let texts = scene.texts
    // From left to right, so that only near neighbours need comparing.
    let order = texts.indices.sorted { texts[$0].box.x < texts[$1].box.x }
    for (place, index) in order.enumerated() {
      let (text, box) = (texts[index], texts[index].box)
      let isSomewhere = [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite)
      #expect(isSomewhere, "\(name): “\(text.text)” has no place")
      #expect(scene.bounds.contains(box), "\(name): “\(text.text)” leaves the canvas")
      for other in order[(place + 1)...].lazy.map({ texts[$0] }) {
        if other.box.x >= box.maxX { break }
        if other.box.inset(by: 0.01).intersects(box) {
          Issue.record("\(name): “\(text.text)” and “\(other.text)” overlap")
        }
      }
    }
  }

  /// Texts stand out by 4.5 to 1 from every rectangle that they touch and from the filled outline
  /// that they stand in, bars by 3 to 1.
  private static func checkContrast(_ scene: Scene, _ theme: Theme, _ name: String) {
    #expect(scene.background == theme.background)
    var rects: [RectMark] = []
    var fills: [PathMark] = []
    for mark in scene.marks {
      switch mark {
      case .rect(let rect):
        rects.append(rect)
        guard rect.role == .bar else { continue }
        let colours = [rect.fill, rect.hatch?.colour, rect.stroke?.colour].compactMap { $0 }
        let best = colours.map { $0.contrast(with: scene.background) }.max() ?? 0
        #expect(best >= 3, "\(name): a bar has a contrast of \(best)")
      case .text(let text):
        let fill = fills.last { $0.holds(text.box) }?.fill
        checkContrast(text, over: rects, fill ?? scene.background, name)
      case .path(let path): if path.fill != nil { fills.append(path) }
      }
    }
  }

  private static func checkContrast(
    _ text: TextMark, over rects: [RectMark], _ ground: Colour, _ name: String
  ) {
    // From the topmost down to the first that holds the whole text.
    for rect in rects.reversed() where rect.rect.inset(by: 0.5).intersects(text.box) {
      guard let fill = rect.fill else { continue }
      let grounds = [fill] + (rect.hatch.map { [$0.colour] } ?? [])
      for ground in grounds {
        let contrast = text.colour.contrast(with: ground)
        #expect(contrast >= 4.5, "\(name): “\(text.text)” stands on \(ground) with \(contrast)")
      }
      if rect.rect.contains(text.box) { return }
    }
    let contrast = text.colour.contrast(with: ground)
    #expect(contrast >= 4.5, "\(name): “\(text.text)” has a contrast of \(contrast)")
  }

  /// Bars are as long as their numbers, in any order, on one scale for all, to half a point.
  static func checkLengths(_ lengths: [Double], _ numbers: [Double], _ name: String) {
    #expect(lengths.count == numbers.count, "\(name): bars are missing")
    let (lengths, sizes) = (lengths.sorted(), numbers.map(abs).sorted())
    guard let longest = lengths.last, let largest = sizes.last, largest > 0 else { return }
    for (length, size) in zip(lengths, sizes) {
      #expect(abs(length - size / largest * longest) < 0.5, "\(name): \(size) is \(length) long")
    }
  }
}

extension PathMark {
  /// Whether the middle of a box lies inside the outlines, curves taken as their chords.
  fileprivate func holds(_ box: Rect) -> Bool {
    let point = box.centre
    var (isInside, start, last) = (false, Point(0, 0), Point(0, 0))
    func cross(_ a: Point, _ b: Point) {
      guard (a.y > point.y) != (b.y > point.y) else { return }
      if point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
    }
    for element in elements {
      switch element {
      case .move(let to):
        start = to
        last = to
      case .line(let to), .curve(_, _, let to):
        cross(last, to)
        last = to
      case .close:
        cross(last, start)
        last = start
      }
    }
    return isInside
  }
}
