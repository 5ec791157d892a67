import Graphics

/// A picture on paper: as large as on a page of the web where it fits, smaller down to a limit,
/// on a page turned, or in parts on several pages.
struct PaperPicture {
  let picture: ReportDocument.Picture
  let parts: PaperParts

  /// A pixel is three quarters of a point.
  static let natural = 0.75
  /// Below this the smallest letters of charts, 11 pixels, would be smaller than six points.
  static let least = 0.55

  init(_ picture: ReportDocument.Picture, parts: PaperParts) {
    self.picture = picture
    self.parts = parts
  }

  private var scene: Scene { picture.light }

  /// The picture in a width, with something above it that stays with it.
  func pieces(width: Double, above: Double) throws(GraphicsError) -> PaperFlow {
    let upright = Size(width, parts.format.room(isLandscape: false).height - above)
    let turned = Size(
      parts.format.room(isLandscape: true).width,
      parts.format.room(isLandscape: true).height - above)
    for (room, isLandscape) in [(upright, false), (turned, true)] {
      let scale = min(Self.natural, room.width / scene.width, room.height / scene.height)
      if scale >= Self.least {
        return PaperFlow(pieces: [whole(scale: scale, isLandscape: isLandscape)])
      }
    }
    return try inParts(upright: upright, turned: turned)
  }

  private func whole(scale: Double, isLandscape: Bool) -> PaperPiece {
    PaperPiece(
      height: scene.height * scale,
      marks: [
        .begin(.figure(alternative: picture.alternative)),
        .picture(scene, window: scene.bounds, at: Point(0, 0), scale: scale), .end,
      ], isLandscape: isLandscape)
  }

  /// The picture cut where it cuts no box, on pages upright or turned, whichever takes fewer.
  private func inParts(upright: Size, turned: Size) throws(GraphicsError) -> PaperFlow {
    let scale = (Self.natural + Self.least) / 2
    let caption = 14.0
    let choices = [(upright, false), (turned, true)].map { room, isLandscape in
      let room = Size(room.width / scale, (room.height - caption) / scale)
      return (windows: windows(room), isLandscape: isLandscape)
    }
    guard let best = choices.min(by: { $0.windows.count < $1.windows.count }) else {
      return PaperFlow()
    }
    var flow = PaperFlow()
    for (index, window) in best.windows.enumerated() {
      let words = parts.words.part(index + 1, best.windows.count)
      let alternative = index == 0 ? picture.alternative : words
      let line = try parts.text.block(
        .caption, [parts.text.words(words, parts.text.look(PaperParts.small, parts.text.muted))],
        at: Point(0, window.height * scale + 2), width: upright.width)
      flow.append(
        PaperPiece(
          height: window.height * scale + 2 + line.height,
          marks: [
            .begin(.figure(alternative: alternative)),
            .picture(part(window), window: window, at: Point(0, 0), scale: scale), .end,
          ] + line.marks, before: 8, isLandscape: best.isLandscape))
    }
    return flow
  }

  /// The scene with the words inside a window only, so that no reader of the text meets them twice.
  private func part(_ window: Rect) -> Scene {
    var part = scene
    part.marks = scene.marks.filter { mark in
      switch mark {
      case .text(let text): text.box.intersects(window)
      case .rect(let rect): rect.rect.intersects(window)
      case .path: true
      }
    }
    return part
  }

  /// The windows of the parts, row by row.
  private func windows(_ room: Size) -> [Rect] {
    let boxes = scene.rects(.box)
    let whole = boxes.isEmpty ? scene.texts.map(\.box) : boxes
    let columns = PaperPicture.cuts(
      scene.width, room: room.width, around: whole.map { $0.x...max($0.x, $0.maxX) })
    let rows = PaperPicture.cuts(
      scene.height, room: room.height, around: whole.map { $0.y...max($0.y, $0.maxY) })
    return rows.flatMap { row in
      columns.map { column in
        Rect(
          x: column.lowerBound, y: row.lowerBound,
          width: column.upperBound - column.lowerBound,
          height: row.upperBound - row.lowerBound)
      }
    }.filter { window in whole.contains { $0.intersects(window) } }
  }

  /// Parts of a length, none longer than a room, cut between spans where half a room allows it.
  static func cuts(
    _ length: Double, room: Double, around spans: [ClosedRange<Double>]
  ) -> [ClosedRange<Double>] {
    let room = max(room, 50)
    var parts: [ClosedRange<Double>] = []
    var start = 0.0
    let sorted = spans.sorted { $0.upperBound > $1.upperBound }
    while length - start > room {
      var cut = start + room
      for span in sorted where span.lowerBound < cut && cut < span.upperBound {
        cut = span.lowerBound - 1
      }
      // Moved up past one span, the cut may fall into another that ends earlier: they come later.
      if cut < start + room / 2 { cut = start + room }
      parts.append(start...cut)
      start = cut
    }
    return parts + [start...max(start, length)]
  }
}
