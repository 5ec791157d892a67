import ArgumentParser
import Foundation
import Graphics
import Records
import Reports

/// Options of every command that draws a tree.
struct DrawingOptions: ParsableArguments {
  @Option(help: "Which way the tree grows: horizontal or vertical")
  var direction = TreeLayout.Direction.horizontal

  @Option(
    name: .customLong("max-boxes"),
    help: ArgumentHelp(
      "The most boxes or rows shown, the rest folded by value; left out: 60 in SVG and PNG, 200 in a "
        + "terminal, else all", valueName: "boxes"))
  var maxBoxes: Int?

  @Flag(help: "PDF on sheets of paper that refer to each other, in place of one large page")
  var paged = false

  @Option(help: "With --paged: a4 or letter")
  var paper = TreePaper.a4

  @Flag(help: "Light on dark, in SVG, PNG and PDF; an HTML page follows its reader's screen")
  var dark = false

  @Option(help: "How many pixels of a PNG stand for one: 1 or 2")
  var scale = 2

  func validate() throws {
    if let maxBoxes, maxBoxes < 2 {
      throw ValidationError("--max-boxes \(maxBoxes) is too few: write 2 or more")
    }
    guard (1...2).contains(scale) else {
      throw ValidationError("--scale \(scale) is not drawn: write 1 or 2")
    }
  }
}

extension TreeLayout.Direction: ExpressibleByArgument {}
extension TreePaper: ExpressibleByArgument {}

/// A form in which a tree is written.
enum TreeFormat: String, CaseIterable, ExpressibleByArgument {
  case svg
  case png
  case pdf
  case html
  case text

  /// The format of a file by its ending, nil where that is none of a drawing.
  init?(endingOf file: String) {
    let ending = URL(filePath: file).pathExtension.lowercased()
    self.init(rawValue: ending == "txt" ? "text" : ending == "htm" ? "html" : ending)
  }

  /// The most boxes where nothing is said; nil: all.
  func usualBoxes(isFile: Bool) -> Int? {
    switch self {
    case .svg, .png: 60
    case .text: isFile ? nil : 200
    case .pdf, .html: nil
    }
  }
}

/// Where a tree goes, and how it is drawn.
struct TreeOutput {
  let format: TreeFormat
  let options: DrawingOptions
  private let url: URL?

  /// The most boxes; nil: all.
  var maximum: Int? { options.maxBoxes ?? format.usualBoxes(isFile: url != nil) }

  /// - Parameters:
  ///   - format: the format asked for; nil: by the ending of the file, text where there is none.
  ///   - out: the file, from the project's folder; nil: standard output, for text only.
  ///   - options: how it is drawn.
  ///   - project: where the file's path starts.
  init(format: TreeFormat?, out: String?, options: DrawingOptions, project: Project) {
    url = out.map { URL(filePath: $0, relativeTo: project.folder).standardizedFileURL }
    self.format = format ?? out.flatMap { TreeFormat(endingOf: $0) } ?? .text
    self.options = options
  }

  /// Stops where options do not fit each other.
  ///
  /// - Parameters:
  ///   - format: the format asked for.
  ///   - out: the file asked for.
  ///   - options: how it is drawn.
  /// - Throws: A validation error that says what to write.
  static func check(format: TreeFormat?, out: String?, options: DrawingOptions) throws {
    let known = out.flatMap { TreeFormat(endingOf: $0) }
    if let out, format == nil, known == nil {
      throw ValidationError(
        "--out \"\(out)\" does not say in which format: end it in .svg, .png, .pdf, .html or .txt, "
          + "or give --format")
    }
    if let format, format != .text, out == nil {
      throw ValidationError(
        "--format \(format.rawValue) needs a file: give --out FILE.\(format.rawValue)")
    }
    if options.paged, (format ?? known ?? .text) != .pdf {
      throw ValidationError("--paged is for PDF: give --out FILE.pdf, or leave it out")
    }
  }

  /// Writes a tree.
  ///
  /// - Parameters:
  ///   - document: the tree.
  ///   - pair: the tree before and after a change, drawn in its place in SVG, PNG and PDF on one page.
  ///   - project: whose templates pages are made from.
  ///   - context: the day of the document.
  ///   - console: where it is printed, or told what was written.
  /// - Throws: `GraphicsError`, `TreeError`, findings about templates, and what the file system
  ///   refuses.
  func write(
    _ document: TreeDocument, pair: TreePair? = nil, project: Project, context: ReportContext,
    console: Console
  ) throws {
    guard let url else {
      let text = try TreeText(document, maximum: maximum, width: Terminal.width).text()
      return console.print(text)
    }
    console.step("Drawing the tree")
    try WrittenWhole.file(try bytes(document, pair, project, context, console), at: url)
    console.print(Project.shown(url))
  }

  private func page(_ document: TreeDocument, _ project: Project) throws -> String {
    let templates = try project.templates()
    return try TreePage(document, theme: templates.theme).html(templates: templates)
  }

  private func bytes(
    _ document: TreeDocument, _ pair: TreePair?, _ project: Project, _ context: ReportContext,
    _ console: Console
  ) throws -> Data {
    switch format {
    case .text:
      return Data(
        try TreeText(document, maximum: maximum, width: Terminal.usualWidth).text().utf8)
    case .html: return Data(try page(document, project).utf8)
    case .svg, .png, .pdf: break
    }
    let themes = try project.templates().theme
    let theme = (options.dark ? themes.dark : themes.light).chart
    let canvas = try CairoCanvas(families: theme.fontFamilies)
    defer { if let sentence = canvas.missingFonts { console.note(sentence) } }
    let diagram = try document.diagram(direction: options.direction, maximum: maximum)
    func scene() -> Scene {
      let chart: any Chart = pair ?? diagram
      return chart.scene(width: 640, theme: theme, measurer: canvas)
    }
    switch format {
    case .svg: return Data(try canvas.svg(scene()).utf8)
    case .png: return Data(try canvas.png(scene(), scale: options.scale))
    default:
      let scenes =
        options.paged
        ? diagram.pages(options.paper, theme: theme, measurer: canvas)
        : [pair == nil ? diagram.poster(theme: theme, measurer: canvas) : scene()]
      return Data(
        try canvas.pdf(scenes, created: context.asOf.description, title: document.title))
    }
  }
}
