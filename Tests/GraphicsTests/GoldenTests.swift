import Foundation
import Graphics
import Testing

/// Compares scenes with the texts kept in `Golden/`, measured without fonts.
///
/// They are recorded anew only with RECORD_GOLDENS=1, and the difference is read.
@Suite struct GoldenTests {
  static let names: Set<String> = [
    "bars-won", "bars-empty", "bars-negative", "bars-grouped", "bars-names", "bars-400-rest",
    "columns-3", "columns-12-negative", "columns-grouped", "lines-pipeline", "lines-gaps",
    "lines-months", "bullets-quota", "bullets-negative", "tree-family-horizontal",
    "tree-family-vertical", "tree-folded-horizontal", "stack-bars-kind", "stack-columns-quarters",
    "diverging-bars-accounts", "diverging-columns-quarters", "waterfall-pipeline",
    "waterfall-recurring", "funnel-stages", "pareto-families", "lorenz-models",
    "histogram-sizes-ratios", "histogram-outlier",
    "lines-forecast", "areas-stages", "areas-one", "slopes-territories", "scatter-sizes",
    "heat-change", "cohorts-three", "spark-cell", "multiples-columns", "treemap-plain",
    "treemap-families",
  ]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  static let records = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"

  @Test("Scenes are as they were", arguments: Plots.all.filter { names.contains($0.name) })
  func golden(_ plot: Plots.Plot) throws {
    let scene = plot.chart.scene(width: 480, theme: .light, measurer: FixedWidthMeasurer())
    let file = Self.folder.appending(path: plot.name + ".txt")
    if Self.records {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(scene.description.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let (now, then) = (scene.description.split(separator: "\n"), kept.split(separator: "\n"))
    let line = zip(now, then).enumerated().first { $1.0 != $1.1 }
    #expect(
      scene.description == kept,
      "line \((line?.offset ?? min(now.count, then.count)) + 1) of \(plot.name) changed")
  }

  @Test("Every golden belongs to a plot", .enabled(if: !records))
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files.map { $0.replacing(".txt", with: "") }) == Self.names)
  }

  @Test("A scene reads as one mark a line, rounded to three decimals")
  func description() {
    let scene = Scene(
      width: 100, height: 20.5, background: Colour(0xFFFFFF), title: "A \"b\"",
      textAlternative: "Says.",
      marks: [
        .rect(
          RectMark(
            Rect(x: 1, y: 2.00049, width: 1.0 / 3, height: -0.0001), fill: Colour(0x0072B2),
            stroke: Stroke(Colour(0), width: 1.5, dash: [3, 2]), cornerRadius: 2, role: .bar)),
        .path(PathMark(through: [Point(0, 0), Point(5, 5)], stroke: Stroke(Colour(0)))),
        .text(
          TextMark(
            "West", at: Point(5, 10), anchor: .end, style: TextStyle(12, .bold),
            colour: Colour(0x1B1E23), box: Rect(x: 0, y: 1, width: 5, height: 12))),
      ])
    #expect(
      scene.description == """
        scene 100 × 20.5 on #FFFFFF "A \\"b\\""
        says "Says."
        bar 1 2 0.333 0 radius 2 fill #0072B2 stroke #000000 1.5 dash 3 2
        path M 0 0 L 5 5 stroke #000000 1
        text "West" end at 5 10 12 bold #1B1E23 box 0 1 5 12

        """)
  }
}
