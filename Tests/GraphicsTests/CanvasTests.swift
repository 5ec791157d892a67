import Testing

@testable import Graphics

@Suite struct CanvasTests {
  static let scene = BarChart(
    heading: Plots.wonHeading, items: Plots.wonItems, format: Plots.money
  ).scene(width: 480, theme: .light, measurer: FixedWidthMeasurer())

  private static let canvases = Result { (try CairoCanvas(), try CairoCanvas()) }

  @Test("The same chart gives the same bytes, from any canvas", arguments: Plots.all)
  func reproducible(_ plot: Plots.Plot) throws {
    let (first, second) = try Self.canvases.get()
    let scene = plot.chart.scene(width: 600, theme: .dark, measurer: first)
    #expect(scene == plot.chart.scene(width: 600, theme: .dark, measurer: second))
    #expect(try first.svg(scene) == second.svg(scene))
    #expect(try first.svg(scene) == first.svg(scene))
    for scale in [1, 2] {
      #expect(try first.png(scene, scale: scale) == second.png(scene, scale: scale))
    }
    #expect(
      try first.pdf([scene], created: "2026-11-20") == second.pdf([scene], created: "2026-11-20"))
  }

  @Test("Many threads draw on one canvas and get what one thread gets")
  func threads() async throws {
    let canvas = try CairoCanvas()
    let plots = Plots.all
    let alone = try plots.map { try Self.draw($0, canvas) }
    try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for _ in 0..<2 {
        for (index, plot) in plots.enumerated() {
          group.addTask { (index, try Self.draw(plot, canvas)) }
        }
      }
      for try await (index, svg) in group { #expect(svg == alone[index]) }
    }
  }

  private static func draw(_ plot: Plots.Plot, _ canvas: CairoCanvas) throws -> String {
    try canvas.svg(plot.chart.scene(width: 500, theme: .light, measurer: canvas))
  }

  @Test("A machine without the fonts gets a sentence that says which to install")
  func noFont() {
    let error = #expect(throws: GraphicsError.self) {
      try CairoCanvas(families: ["No Such Sans", "Nor This"])
    }
    #expect(
      error?.description
        == "No font to draw with: neither No Such Sans nor Nor This is installed. "
        + "Nothing was drawn. Install one, on Debian and Ubuntu with: "
        + "apt-get install fonts-dejavu-core fonts-noto-core")
  }

  @Test("Letters that no font has are told by their script, and never by the text")
  func missingFonts() throws {
    let canvas = try CairoCanvas()
    _ = canvas.extent(of: "West Łódź", style: TextStyle(12))
    #expect(canvas.missingFonts == nil)
    _ = canvas.extent(of: "West \u{F8123}", style: TextStyle(12))
    #expect(
      canvas.missingFonts
        == "No installed font has letters of private or unassigned code points. Boxes stand for "
        + "them in charts. Install fonts, on Debian and Ubuntu with: "
        + "apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji")
  }

  @Test("A PNG has the size of the scene times the scale, no alpha and no date", arguments: [1, 2])
  func png(_ scale: Int) throws {
    let bytes = try CairoCanvas().png(Self.scene, scale: scale)
    #expect(bytes.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
    let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
    let height = bytes[20..<24].reduce(0) { $0 << 8 | Int($1) }
    #expect(width == 480 * scale)
    #expect(height == Int(Self.scene.height) * scale)
    // Eight bits a channel, colour type 2: red, green and blue.
    #expect(bytes[24] == 8)
    #expect(bytes[25] == 2)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("tIME"))
  }

  @Test("A picture too large for PNG is refused before any memory is taken")
  func tooLarge() throws {
    var scene = Self.scene
    scene.width = 50_000
    let canvas = try CairoCanvas()
    let error = #expect(throws: GraphicsError.self) { try canvas.png(scene, scale: 2) }
    #expect(
      error?.description
        == "A picture of 100000 × \(Int(scene.height) * 2) pixels is too large for PNG here, which "
        + "takes 16384 at most on a side. Nothing was drawn. Write SVG or PDF, or show fewer boxes."
    )
  }

  @Test("An SVG holds title and text alternative, escaped, and ids counted from 1")
  func svg() throws {
    var scene = Self.scene
    scene.title = "R&D <West>"
    let svg = try CairoCanvas().svg(scene)
    #expect(svg.contains("<svg role=\"img\" "))
    #expect(svg.contains("<title>R&amp;D &lt;West&gt;</title>"))
    #expect(svg.contains("<desc>West won $1.2 M, more than Central and East together. "))
    #expect(svg.contains("width=\"480px\""))
    #expect(svg.contains("id=\"surface1\""))
  }

  @Test("Ids that Cairo counted through the process are counted anew")
  func tidied() {
    let svg = "<g id=\"surface27\"><use xlink:href=\"#image31\"/><g id=\"image31\"/>surface27"
    #expect(
      CairoCanvas.tidied(Array(svg.utf8))
        == "<g id=\"surface1\"><use xlink:href=\"#image2\"/><g id=\"image2\"/>surface27")
  }

  @Test("Coordinates keep two decimals, factors of a matrix all of theirs")
  func decimals() {
    let svg =
      "<path d=\"M 0.456789 10.5 L -3.999 7\" transform=\"matrix(0.007812,0,0,1.5,0.1234)\"/>"
    #expect(
      CairoCanvas.tidied(Array(svg.utf8))
        == "<path d=\"M 0.45 10.5 L -3.99 7\" transform=\"matrix(0.007812,0,0,1.5,0.1234)\"/>")
  }

  @Test("A PDF has a page a scene and no date but the one given")
  func pdf() throws {
    let bytes = try CairoCanvas().pdf(
      [Self.scene, Self.scene], created: "2026-11-20", title: "Two pages")
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1.5"))
    #expect(text.contains("/Count 2"))
    #expect(text.contains("/CreationDate (20261120)"))
    #expect(!text.contains("/ModDate"))
  }

  @Test("A PDF without a date of the caller is refused rather than dated by the clock")
  func undated() throws {
    let canvas = try CairoCanvas()
    let error = #expect(throws: GraphicsError.self) {
      try canvas.pdf([Self.scene], created: "today")
    }
    #expect(
      error?.description
        == "The PDF could not be written: “today” is not a date like 2026-11-20. Nothing was drawn."
    )
  }

  @Test("A poster larger than any PDF page is drawn smaller")
  func poster() throws {
    var scene = Self.scene
    scene.width = 28_800
    let text = String(
      decoding: try CairoCanvas().pdf([scene], created: "2026-11-20"), as: UTF8.self)
    #expect(text.contains("/MediaBox [ 0 0 14400 "))
  }

  @Test("Text is as wide in every script as its parts say, and bold is wider")
  func measures() throws {
    let canvas = try CairoCanvas()
    let (plain, bold) = (TextStyle(12), TextStyle(12, .bold))
    for name in Plots.names.map(\.onOneLine) {
      let extent = canvas.extent(of: name, style: plain)
      #expect(extent.width > 0)
      #expect(extent.ascent >= 0.8 * 12 && extent.descent > 0)
    }
    #expect(
      canvas.extent(of: "West", style: bold).width > canvas.extent(of: "West", style: plain).width)
    #expect(canvas.extent(of: "", style: plain).width == 0)
    // Twice the size is twice the width: no hinting, no rounding.
    let twice = canvas.extent(of: "West", style: TextStyle(24)).width
    #expect(abs(twice - 2 * canvas.extent(of: "West", style: plain).width) < 0.05)
  }
}
