import Foundation
import Graphics
import Metrics
import Records
import Reports

/// The formats of a picture, by the ending of its file.
enum PictureFormat: String, CaseIterable {
  case svg
  case png
  case pdf
}

/// Asks the engine, draws the answer, and writes the picture.
struct ChartDrawing {
  /// How a picture looks.
  struct Style {
    let width: Int
    let isDark: Bool
    let scale: Int
  }

  let question: ChartQuestion
  let pipeline: Pipeline
  let catalogue: MetricCatalogue

  /// The chart of the answers.
  ///
  /// - Throws: Why the question cannot be answered or drawn.
  func chart() throws(FindingsError) -> any Chart {
    var answers = try pipeline.engine.run(question.queries)
    if QueryAnswer.holdsNothing(answers[0]) {
      let reason = try EmptyAnswer(question.queries[0], pipeline, catalogue: catalogue).reason
      answers[0].notes += [reason].compactMap { $0 }
    }
    return try question.chart(answers)
  }

  /// Draws a chart; letters that no installed font has are told on the console.
  ///
  /// - Returns: the bytes of the file; the same for the same chart, style and as-of date.
  func bytes(_ chart: any Chart, _ style: Style, as format: PictureFormat, _ console: Console)
    throws -> Data
  {
    let themes = try pipeline.project.templates().theme
    let theme = (style.isDark ? themes.dark : themes.light).chart
    let canvas = try CairoCanvas(families: theme.fontFamilies)
    defer { if let sentence = canvas.missingFonts { console.note(sentence) } }
    let scene = chart.scene(width: Double(style.width), theme: theme, measurer: canvas)
    return switch format {
    case .svg: Data(try canvas.svg(scene).utf8)
    case .png: Data(try canvas.png(scene, scale: style.scale))
    case .pdf: Data(try canvas.pdf([scene], created: pipeline.context.asOf.description))
    }
  }
}
