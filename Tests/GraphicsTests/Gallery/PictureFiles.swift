import Foundation
import Graphics
import Testing

/// Writes every plot as a picture to look at, into the folder that PICTURES names.
@Suite struct PictureFiles {
  static let folder = ProcessInfo.processInfo.environment["PICTURES"]

  @Test(
    "Every plot becomes a picture in both themes", .enabled(if: folder != nil),
    arguments: Plots.all)
  func pictures(_ plot: Plots.Plot) throws {
    let folder = URL(filePath: try #require(Self.folder))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let canvas = try CairoCanvas()
    for theme in [Theme.light, .dark] {
      let scene = plot.chart.scene(width: 640, theme: theme, measurer: canvas)
      let file = folder.appending(path: "\(plot.name)-\(theme.name)")
      try Data(try canvas.png(scene, scale: 1)).write(to: file.appendingPathExtension("png"))
      try Data(try canvas.svg(scene).utf8).write(to: file.appendingPathExtension("svg"))
      try Data(try canvas.pdf([scene], created: "2026-11-20"))
        .write(to: file.appendingPathExtension("pdf"))
    }
  }
}
