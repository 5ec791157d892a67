import Graphics
import Records

/// Writes a document as the parts of a mail: HTML that mail programs show, plain text, pictures.
///
/// Mail programs know tables and inline styles and little else, cut long messages and turn colours
/// round. So the HTML is nested tables 600 pixels wide, holds `mostBytes` at most, and its pictures
/// are PNGs that go along. Where it would be longer, the longest tables show fewer rows and say so;
/// then definitions and at last sections are left out, and that is said too.
public struct MailWriter: Sendable {
  /// The most bytes of HTML; some programs cut messages off at a little more than 100 KB.
  public static let mostBytes = 90 * 1024
  /// The most rows of a table: a mail is read in minutes, lists are for the attachment.
  public static let mostRows = 40

  private let templates: Templates
  private let canvas: CairoCanvas

  /// A writer of mails.
  ///
  /// - Parameters:
  ///   - templates: what mails look like.
  ///   - canvas: what draws their pictures.
  public init(templates: Templates, canvas: CairoCanvas) {
    self.templates = templates
    self.canvas = canvas
  }

  /// The parts of a document's mail; the same document gives the same bytes.
  ///
  /// - Parameters:
  ///   - document: the report.
  ///   - whereRest: where complete lists and all columns are, such as "in the attachment"; nil: that
  ///     is not said.
  ///   - drawn: pictures that were drawn for another reader of the edition, which are taken as they
  ///     are.
  /// - Returns: subject, HTML, text and pictures.
  /// - Throws: `GraphicsError` where a picture cannot be drawn.
  public func parts(
    of document: ReportDocument, whereRest: String? = "in the attachment",
    drawn: [MailParts.Image] = []
  ) throws(GraphicsError) -> MailParts {
    let page = MailPage(document: document, templates: templates, whereRest: whereRest)
    let fitted = page.fitted(to: MailWriter.mostBytes)
    var images: [MailParts.Image] = []
    for picture in page.pictures(of: fitted.extent) {
      if let known = drawn.first(where: { $0.contentID == picture.contentID }) {
        images.append(known)
        continue
      }
      images.append(
        MailParts.Image(
          contentID: picture.contentID, fileName: picture.fileName,
          png: try canvas.png(picture.scene, scale: 2), width: picture.width,
          height: picture.height, alternative: picture.alternative))
    }
    let text = TextWriter(mostRows: MailWriter.mostRows).text(of: document, whereRest: whereRest)
    return MailParts(
      subject: MailWriter.subject(of: document), html: fitted.html, text: text, images: images)
  }

  /// Report, edition and as-of date: `Weekly territory report: West, Nov 20, 2026`.
  ///
  /// No figure stands in it, for servers keep subjects in their logs and telephones show them while
  /// they are locked.
  static func subject(of document: ReportDocument) -> String {
    let name = PlainText.cut(CleanText.unmarked(document.edition.name.text), to: 80)
    return CleanText.unmarked("\(document.title): \(name), \(document.asOf.text)")
  }
}
