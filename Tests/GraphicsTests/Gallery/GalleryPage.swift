import Foundation
import Graphics

/// The page that shows every plot: its pictures, what it says, and the program that made it.
struct GalleryPage {
  let canvas: CairoCanvas
  let sources: PlotSource

  /// Widths of the pictures on a screen and on a telephone.
  private static let width = 560.0
  private static let narrow = 340.0

  func html() throws -> String {
    var sections: [(kind: String, plots: [Plots.Plot])] = []
    for plot in Plots.all {
      let kind = plot.name.split(separator: "-").first.map(String.init) ?? plot.name
      if let index = sections.firstIndex(where: { $0.kind == kind }) {
        sections[index].plots.append(plot)
      } else {
        sections.append((kind, [plot]))
      }
    }
    let contents = sections.map {
      "<li><a href=\"#\($0.kind)\">\(title($0.kind))</a> <span>\($0.plots.count)</span></li>"
    }
    let body = try sections.map { section in
      "<section id=\"\(section.kind)\">\n<h2>\(title(section.kind))</h2>\n"
        + (try section.plots.map(article)).joined() + "</section>\n"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Gallery of Cadastre's charts</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <header>
      <h1>Gallery</h1>
      <p>\(Plots.all.count) plots, each drawn light and dark beside the program that makes it. \
      They are also the tests of Graphics: believable ones first, then the awkward.</p>
      <nav aria-label="Kinds of charts"><ul>\(contents.joined(separator: "\n"))</ul></nav>
      </header>
      <main>
      \(body.joined())</main>
      </body>
      </html>

      """
  }

  private func article(_ plot: Plots.Plot) throws -> String {
    let pictures = try [Theme.light, .dark].map { theme in
      // Both say the same, so a reader who hears the page is told once.
      let alternative = theme.name == "light" ? escaped(plot.chart.textAlternative) : ""
      let wide = plot.chart.scene(width: Self.width, theme: theme, measurer: canvas)
      let narrow = plot.chart.scene(width: Self.narrow, theme: theme, measurer: canvas)
      let fits = wide.width <= Self.width
      let source =
        fits ? "<source media=\"(max-width: 30rem)\" srcset=\"\(try url(narrow))\">" : ""
      return "<picture class=\"\(theme.name)\">\(source)<img\(fits ? " class=\"fits\"" : "") "
        + "width=\"\(Int(wide.width))\" height=\"\(Int(wide.height))\" alt=\"\(alternative)\" "
        + "src=\"\(try url(wide))\"></picture>"
    }
    let source = sources.source(of: plot.name)
    return """
      <article id="\(plot.name)">
      <h3><a href="#\(plot.name)">\(plot.name)</a></h3>
      <div class="pair">
      <div class="pictures" tabindex="0" role="group" aria-label="\(plot.name), light and dark">
      \(pictures.joined(separator: "\n"))
      </div>
      <div class="words">
      <p>\(escaped(plot.chart.textAlternative))</p>
      <p class="file">\(escaped(source?.file ?? ""))</p>
      <pre tabindex="0" aria-label="Source of \(plot.name)"><code>\(escaped(source?.text ?? ""))</code></pre>
      </div>
      </div>
      </article>

      """
  }

  /// Vectors, or points where those are fewer bytes, as of a map of the world.
  private func url(_ scene: Scene) throws -> String {
    let (svg, png) = (Data(try canvas.svg(scene).utf8), Data(try canvas.png(scene, scale: 2)))
    return svg.count <= png.count
      ? "data:image/svg+xml;base64," + svg.base64EncodedString()
      : "data:image/png;base64," + png.base64EncodedString()
  }

  private func title(_ kind: String) -> String {
    let titles = [
      "diverging": "Diverging bars", "heat": "Heat maps", "map": "Maps",
      "multiples": "Small multiples", "spark": "Sparklines", "stack": "Stacked bars",
      "tree": "Trees",
    ]
    return titles[kind] ?? kind.prefix(1).uppercased() + kind.dropFirst()
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private static let style = """

    :root { --paper: #fff; --ink: #1b1e23; --muted: #565c66; --line: #e3e6ea; --code: #f7f8fa;
      --link: #0066a1; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --paper: #14171c; --ink: #eceef1; --muted: #aab0ba; --line: #2c313a; --code: #1f232a;
        --link: #6cbdec; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 82rem; padding: 0 1.5rem 3rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif;
      overflow-wrap: anywhere; }
    h1 { font-size: 2.25rem; line-height: 1.15; margin: 2.25rem 0 .5rem; letter-spacing: -.015em; }
    h2 { font-size: 1.5rem; margin: 3rem 0 0; }
    h3 { font-size: 1rem; margin: 0 0 .75rem; font-weight: 600; }
    h3 a { color: inherit; text-decoration: none; }
    header p { max-width: 46rem; color: var(--muted); margin: 0 0 1rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0;
      padding: .75rem 0 0; border-top: 1px solid var(--line); }
    nav a { color: var(--link); } nav span { color: var(--muted); font-size: .875rem; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    article { padding: 1.5rem 0; border-bottom: 1px solid var(--line); }
    .pair { display: grid; grid-template-columns: minmax(0, 35rem) minmax(0, 1fr); gap: 2rem; }
    .pictures { display: grid; gap: 1rem; align-content: start; overflow-x: auto; }
    /* Trees keep their size and scroll; charts fit. */
    .pictures img { display: block; height: auto; border: 1px solid var(--line); border-radius: 6px; }
    .pictures .fits { max-width: 100%; }
    .words p { margin: 0 0 .75rem; }
    .file { color: var(--muted); font-size: .8125rem; }
    pre { margin: 0; padding: 1rem; max-height: 24rem; overflow: auto; white-space: pre-wrap; background: var(--code);
      border-radius: 6px; font: .8125rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
    @media (max-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr); gap: 1rem; } }
    @media print {
      body { max-width: none; padding: 0; font-size: .8125rem; }
      .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; }
      .pictures img { max-width: 100%; }
      .dark { display: none !important; }
      article { break-inside: avoid; padding: .75rem 0; }
      h2 { break-after: avoid; }
      pre { max-height: none; white-space: pre-wrap; padding: .5rem; font-size: .625rem; }
    }

    """
}
