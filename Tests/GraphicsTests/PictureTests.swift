import Foundation
import Graphics
import TestKit
import Testing

/// Looks at pixels: what was drawn before, and what other programs make of our SVG and PDF.
@Suite struct PictureTests {
  static let names: Set<String> = [
    "columns-forecast", "bars-notation", "bars-names", "lines-pipeline", "bullets-quota",
    "tree-family-horizontal",
  ]
  static let plots = Plots.all.filter { names.contains($0.name) }
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Pictures")

  private static func scene(_ plot: Plots.Plot, _ canvas: CairoCanvas) -> Scene {
    plot.chart.scene(width: 480, theme: .light, measurer: canvas)
  }

  /// Means of 4 and worst blocks of 60, of 255, are the seams of two renderers; a bar of another
  /// colour is 100 and more.
  private func expectAlike(_ one: Picture?, _ other: Picture?, _ name: String) {
    guard let one, let other, let difference = one.difference(from: other) else {
      Issue.record("\(name): the pictures differ in size, or one could not be read")
      return
    }
    #expect(difference.mean < 4 && difference.worst < 60, "\(name): \(difference)")
  }

  @Test("Pictures are as they were, to a tolerance", arguments: plots)
  func kept(_ plot: Plots.Plot) throws {
    let canvas = try CairoCanvas()
    let bytes = try canvas.png(Self.scene(plot, canvas), scale: 1)
    let file = Self.folder.appending(path: plot.name + ".png")
    if GoldenTests.records {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let now = Picture(png: bytes)
    expectAlike(now, Picture(png: Array(try Data(contentsOf: file))), plot.name)
  }

  @Test("A picture differs from one with another bar, and from one of another size")
  func different() throws {
    let canvas = try CairoCanvas()
    func picture(_ second: Double, width: Double = 300) throws -> Picture? {
      let chart = Plots.bar("Won", [.init("A", 10, "$10"), .init("B", second, "$?")])
      let scene = chart.scene(width: width, theme: .light, measurer: canvas)
      return Picture(png: try canvas.png(scene, scale: 1))
    }
    let (one, other) = (try #require(try picture(5)), try #require(try picture(6)))
    #expect((one.difference(from: other)?.worst ?? 0) > 60)
    #expect(one.difference(from: one)?.worst == 0)
    #expect(try picture(5, width: 320)?.difference(from: one) == nil)
  }

  @Test(
    "A PDF shows what the PNG shows", .needs(Tool("pdftoppm")), arguments: plots)
  func pdf(_ plot: Plots.Plot) async throws {
    let canvas = try CairoCanvas()
    let scene = Self.scene(plot, canvas)
    let program = try Tool("pdftoppm").require()
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "plot.pdf")
      try Data(try canvas.pdf([scene], created: "2026-11-20")).write(to: file)
      // Seventy-two dots an inch: a point is a pixel.
      let result = try await run(program, ["-r", "72", "-singlefile", file.path])
      expectAlike(
        Picture(png: try canvas.png(scene, scale: 1)), Picture(ppm: result.outputBytes), plot.name)
    }
  }

  @Test(
    "A browser shows of an SVG what the PNG shows", .needs(.chromium), arguments: plots)
  func svg(_ plot: Plots.Plot) async throws {
    let canvas = try CairoCanvas()
    let scene = Self.scene(plot, canvas)
    let program = try Tool.chromium.require()
    try await withTemporaryFolder { folder in
      let (file, shot) = (folder.appending(path: "plot.svg"), folder.appending(path: "shot.png"))
      try Data(try canvas.svg(scene).utf8).write(to: file)
      let size = "\(Int(scene.width)),\(Int(scene.height))"
      let result = try await run(
        program,
        [
          "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1",
          "--user-data-dir=\(folder.path)/profile", "--window-size=\(size)",
          "--screenshot=\(shot.path)", file.absoluteString,
        ], seconds: 120)
      let bytes = try? Data(contentsOf: shot)
      try #require(bytes != nil, "the browser took no picture: \(result.errors.suffix(400))")
      expectAlike(
        Picture(png: try canvas.png(scene, scale: 1)), Picture(png: Array(bytes ?? Data())),
        plot.name)
    }
  }
}
