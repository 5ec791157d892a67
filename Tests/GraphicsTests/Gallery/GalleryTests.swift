import Foundation
import Graphics
import Testing

/// `make gallery` writes the page of all plots into the folder that GALLERY names.
@Suite struct GalleryTests {
  static let folder = ProcessInfo.processInfo.environment["GALLERY"]

  @Test("Every plot has a name of its own, and its program is found in its file")
  func sources() throws {
    let sources = try PlotSource()
    for plot in Plots.all {
      #expect(sources.source(of: plot.name) != nil, "\(plot.name) stands in no file under Plots")
    }
    #expect(Set(Plots.all.map(\.name)).count == Plots.all.count)
    let columns = sources.source(of: "columns-3")
    #expect(columns?.file == "Plots+Bars.swift")
    #expect(
      columns?.text
        == "Plot(\"columns-3\", bar(\"Won by month\", periods(3), orientation: .columns))")
  }

  @Test("The gallery is one page with every plot", .enabled(if: folder != nil))
  func page() throws {
    let folder = URL(filePath: try #require(Self.folder))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let page = GalleryPage(canvas: try CairoCanvas(), sources: try PlotSource())
    try Data(try page.html().utf8).write(to: folder.appending(path: "index.html"))
  }
}
