import Foundation
import Graphics

/// The pictures of a document as SVG in base64, as a page holds them, by the Id of chart or tree.
struct DrawnPictures {
  /// A picture in both colourings.
  struct Pair {
    var light = ""
    var dark = ""
  }

  private var pairs: [String: Pair] = [:]

  /// No picture.
  init() {}

  /// Draws every picture of a document.
  init(of document: ReportDocument, canvas: CairoCanvas) throws(GraphicsError) {
    for section in document.sections {
      for block in section.blocks {
        switch block {
        case .chart(let chart): try draw(chart.picture, chart.id, canvas)
        case .tree(let tree):
          if let picture = tree.picture { try draw(picture, tree.id, canvas) }
        default: break
        }
      }
    }
  }

  subscript(id: String) -> Pair { pairs[id] ?? Pair() }

  private mutating func draw(
    _ picture: ReportDocument.Picture, _ id: String, _ canvas: CairoCanvas
  ) throws(GraphicsError) {
    pairs[id] = Pair(
      light: Data(try canvas.svg(picture.light).utf8).base64EncodedString(),
      dark: Data(try canvas.svg(picture.dark).utf8).base64EncodedString())
  }
}
