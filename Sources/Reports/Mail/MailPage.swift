import Graphics

/// The HTML of a mail and the pictures in it.
struct MailPage {
  let document: ReportDocument
  let templates: Templates
  let whereRest: String?
  let markup: MailMarkup

  init(document: ReportDocument, templates: Templates, whereRest: String?) {
    self.document = document
    self.templates = templates
    self.whereRest = whereRest
    markup = MailMarkup(colours: MailColours(templates.theme))
  }

  /// How much of a document a mail holds.
  struct Extent: Equatable {
    /// The most rows of a table.
    var rows = MailWriter.mostRows
    var hasDefinitions = true
    /// How many of the sections, from the top.
    var sections: Int
  }

  /// A picture of the mail, to be drawn where it is shown.
  struct Picture {
    let contentID: String
    let fileName: String
    let scene: Scene
    /// Size in which it is shown, in CSS pixels: a wide one is scaled to the width of a mail.
    let width: Int
    let height: Int
    let alternative: String

    fileprivate init(_ picture: ReportDocument.Picture, name: String, of document: ReportDocument) {
      let edition =
        document.edition.id.isEmpty ? document.edition.kind.rawValue : document.edition.id
      let place = [document.report, edition, document.asOf.data].map(MailPage.plain)
      let own = MailPage.plain(name)
      contentID = (place + [own]).joined(separator: ".") + "@cadastre"
      fileName = own + ".png"
      scene = picture.light
      width = min(picture.width, Int(MailTable.room))
      height = picture.height * width / max(1, picture.width)
      alternative = PlainText.cut(picture.alternative, to: 600)
    }
  }

  /// Widest picture that mails show; a wider one would be too small to read, so rows stand instead.
  static let widestPicture = MailTable.room

  /// The HTML with as much of the document as goes into a number of bytes.
  ///
  /// The longest tables are cut first, all to one length.
  func fitted(to bytes: Int) -> (html: String, extent: Extent) {
    let whole = Extent(sections: document.sections.count)
    let page = html(whole)
    if page.utf8.count <= bytes { return (page, whole) }
    // The largest number of rows that fits, by halves.
    var (low, high) = (1, whole.rows - 1)
    var best: (html: String, extent: Extent)?
    while low <= high {
      var extent = whole
      extent.rows = (low + high) / 2
      let page = html(extent)
      if page.utf8.count <= bytes {
        best = (page, extent)
        low = extent.rows + 1
      } else {
        high = extent.rows - 1
      }
    }
    if let best { return best }
    var extent = Extent(rows: 1, hasDefinitions: false, sections: whole.sections)
    var shorter = html(extent)
    while shorter.utf8.count > bytes, extent.sections > 0 {
      extent.sections -= 1
      shorter = html(extent)
    }
    return (shorter, extent)
  }

  /// The pictures that the HTML of an extent refers to.
  func pictures(of extent: Extent) -> [Picture] {
    document.sections.prefix(extent.sections).flatMap(\.blocks).compactMap { block in
      switch block {
      case .chart(let chart): Picture(chart.picture, name: chart.id, of: document)
      case .tree(let tree): shown(tree)
      default: nil
      }
    }
  }

  func picture(of chart: ReportDocument.Chart) -> Picture {
    Picture(chart.picture, name: chart.id, of: document)
  }

  /// The drawing of a tree, nil where its rows are shown in its place.
  func shown(_ tree: ReportDocument.Tree) -> Picture? {
    guard let picture = tree.picture, Double(picture.width) <= MailPage.widestPicture else {
      return nil
    }
    return Picture(picture, name: tree.id, of: document)
  }

  /// A word of letters, digits and hyphens, as file names and Content-IDs may hold.
  static func plain(_ text: String) -> String {
    let word = String(
      text.utf8.map { byte -> Character in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"):
          Character(Unicode.Scalar(byte))
        default: "-"
        }
      })
    return word.isEmpty ? "-" : word
  }

  func html(_ extent: Extent) -> String {
    templates.renderMail(
      fields(extent), title: MailWriter.subject(of: document), locale: document.locale)
  }
}
