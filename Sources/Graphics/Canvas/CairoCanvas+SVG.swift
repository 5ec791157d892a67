import CCairo

extension CairoCanvas {
  /// The scene as an SVG document, its text drawn as outlines so that it looks alike everywhere.
  ///
  /// Title and text alternative are inside it. Ids are unique within the document only.
  ///
  /// - Throws: `GraphicsError.refused` where Cairo cannot write.
  public func svg(_ scene: Scene) throws(GraphicsError) -> String {
    let drawn = FontLibrary.locked { draw(scene) }
    return Self.named(Self.tidied(try drawn.get()), scene: scene)
  }

  private func draw(_ scene: Scene) -> Result<[UInt8], GraphicsError> {
    let sink = ByteSink()
    // Cairo keeps coordinates in 24 bits before the point; a larger poster is drawn smaller.
    let scale = min(1, 4_000_000 / max(scene.width, scene.height, 1))
    // The sink outlives the surface: see `withExtendedLifetime` below.
    guard
      let surface = cairo_svg_surface_create_for_stream(
        ByteSink.write, sink.pointer, scene.width * scale, scene.height * scale)
    else { return .failure(.refused(format: "SVG", reason: "out of memory")) }
    defer { cairo_surface_destroy(surface) }
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
    if let failure = paint(scene, on: surface, scale: scale, format: "SVG") {
      return .failure(failure)
    }
    // Outlines of letters are written now: the lock is still held.
    cairo_surface_finish(surface)
    if let failure = CairoCanvas.failure(of: cairo_surface_status(surface), format: "SVG") {
      return .failure(failure)
    }
    return .success(withExtendedLifetime(sink) { $0.bytes })
  }

  /// The document with ids counted from 1 and coordinates cut to two decimals.
  ///
  /// Cairo numbers surfaces through the whole process, so a second drawing of one scene would
  /// differ from the first. The decimals cut are a hundredth of a pixel, and a quarter of the file.
  static func tidied(_ svg: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(svg.count)
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    var isCoordinate = false
    var index = 0
    while index < svg.count {
      let byte = svg[index]
      result.append(byte)
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        isCoordinate = !isCoordinate && coordinates.contains { result.hasSuffix($0) }
        index = renumber(svg, index, &numbers, &result)
      case UInt8(ascii: "#"):
        index = renumber(svg, index, &numbers, &result)
      case UInt8(ascii: ".") where isCoordinate:
        let digits = svg[index...].prefix { (48...57).contains($0) }
        result += digits.prefix(2)
        index = digits.endIndex
      default: break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Writes the id at an index with its number counted anew, and gives the index behind it.
  private static func renumber(
    _ svg: [UInt8], _ index: Int, _ numbers: inout [ArraySlice<UInt8>: Int],
    _ result: inout [UInt8]
  ) -> Int {
    // Ids stand after a quote (`id="surface7"`) or a hash (`#surface7`, `url(#image9)`).
    guard let word = idWords.first(where: { svg[index...].starts(with: $0) }) else { return index }
    let digits = svg[(index + word.count)...].prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return index }
    let number = numbers[digits, default: numbers.count + 1]
    numbers[digits] = number
    result += word + Array("\(number)".utf8)
    return digits.endIndex
  }

  private static let idWords = ["surface", "image", "source"].map { Array($0.utf8) }
  private static let coordinates = [" d=\"", " x=\"", " y=\""].map { Array($0.utf8) }

  /// The document with title and description, and the role by which a screen reader knows it.
  private static func named(_ svg: String, scene: Scene) -> String {
    guard let tag = svg.firstRange(of: "<svg "),
      let end = svg[tag.upperBound...].firstIndex(of: ">")
    else { return svg }
    let inside = svg.index(after: end)
    return svg[..<tag.upperBound] + "role=\"img\" " + svg[tag.upperBound..<inside]
      + "\n<title>\(escaped(scene.title))</title>\n<desc>\(escaped(scene.textAlternative))</desc>"
      + svg[inside...]
  }

  private static func escaped(_ text: String) -> String {
    text.onOneLine.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
