import Graphics

/// The colours of a mail, from the theme's light ones.
///
/// Many programs turn light colours dark at night, some only grounds, some only text. So every
/// colour that says something is as light as text may be on the paper: it is seen on a dark ground
/// as well.
struct MailColours {
  let paper, ink, muted, line, strong, link, good, bad, wash, warning: Colour

  init(_ theme: ReportTheme) {
    let colours = theme.light
    let paper = colours.chart.background
    self.paper = paper
    ink = colours.chart.ink
    muted = colours.chart.mutedInk
    line = colours.chart.grid
    strong = colours.chart.axis
    link = MailColours.midTone(colours.link, on: paper)
    good = MailColours.midTone(colours.goodText, on: paper)
    bad = MailColours.midTone(colours.badText, on: paper)
    wash = colours.wash
    warning = colours.warning
  }

  /// The lightest tint of a colour that stands out from its ground by 4.5 to 1.
  static func midTone(_ colour: Colour, on ground: Colour) -> Colour {
    let tints = (0...64).map { colour.mixed(with: Colour(0xFFFFFF), share: Double($0) / 64) }
    return tints.last { $0.contrast(with: ground) >= 4.5 } ?? colour
  }
}

/// Pieces of a document as the HTML of a mail: text, links and few tags.
struct MailMarkup {
  let colours: MailColours

  /// A text of the export, made inert, without marks that turn the direction of writing, and cut
  /// where it is long.
  static func text(_ text: String) -> String { HTMLText.isolated(PlainText.name(text)) }

  /// The name of a record, linked to it where its page is known.
  ///
  /// In a table of links colour alone says what they are; underlines would hide the names.
  func name(_ text: String, link: RecordLink?, isInTable: Bool = false) -> String {
    let text = MailMarkup.text(text)
    guard let link else { return text }
    let style = "color:\(colours.link)" + (isInTable ? ";text-decoration:none" : "")
    return "<a href=\"\(HTMLText.escaped(link.url))\" style=\"\(style)\">\(text)</a>"
  }

  func value(_ value: Shown) -> String {
    switch (value.unit, value.strength) {
    case (_, .undefined): HTMLText.escaped(value.text)
    case (.text, _), (.id, _): MailMarkup.text(value.text)
    case (_, .weak): "<i>" + HTMLText.escaped(value.text) + "</i>"
    default: HTMLText.escaped(value.text)
    }
  }

  func cell(_ cell: ReportDocument.Cell) -> String {
    cell.link == nil
      ? value(cell.value) : name(cell.value.text, link: cell.link, isInTable: true)
  }

  /// The word that marks a value; empty where there is none.
  func mark(_ cell: ReportDocument.Cell) -> String {
    guard let mark = cell.mark else { return "" }
    return "<b style=\"color:\(colours.bad)\">\(HTMLText.escaped(mark))</b>"
  }

  func prose(_ prose: ReportDocument.Prose) -> String {
    prose.runs.map { run in
      switch run {
      case .words(let words): HTMLText.escaped(PlainText.cut(words, to: MailMarkup.longestWords))
      case .name(let name): self.name(name.text, link: name.link)
      case .value(let shown): value(shown)
      }
    }.joined()
  }

  /// Words longer than this are cut with an ellipsis: no comment may fill the whole mail.
  static let longestWords = 4_000
}
