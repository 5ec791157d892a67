/// A report as the parts of a mail, ready to be put into a message.
///
/// Grain: one per edition. Recipients, sender, dates and boundaries are the message's.
public struct MailParts: Equatable, Sendable {
  /// What stands in the subject: one line without control characters.
  public let subject: String
  /// The HTML part, in UTF-8 at most `MailWriter.mostBytes` long; pictures are `cid:` addresses.
  public let html: String
  /// The part for readers without HTML: the same report, its lines at most 78 cells wide.
  public let text: String
  /// The pictures that the HTML part refers to, in their order.
  public let images: [Image]

  /// A picture that goes along with the HTML part.
  public struct Image: Equatable, Sendable {
    /// The Content-ID without its angle brackets.
    public let contentID: String
    /// A name that is no other picture's of the mail.
    public let fileName: String
    /// An opaque PNG of twice the size in which it is shown.
    public let png: [UInt8]
    /// Width in CSS pixels.
    public let width: Int
    /// Height in CSS pixels.
    public let height: Int
    /// What a reader who cannot see it is told.
    public let alternative: String

    public init(
      contentID: String, fileName: String, png: [UInt8], width: Int, height: Int,
      alternative: String
    ) {
      self.contentID = contentID
      self.fileName = fileName
      self.png = png
      self.width = width
      self.height = height
      self.alternative = alternative
    }
  }

  public init(subject: String, html: String, text: String, images: [Image] = []) {
    self.subject = subject
    self.html = html
    self.text = text
    self.images = images
  }

  /// The HTML part as a page to look at before anything is sent.
  ///
  /// - Parameter folder: where the page finds the pictures by their file names, such as `images/`.
  /// - Returns: the page, its pictures at relative addresses.
  public func preview(imagesIn folder: String = "") -> String {
    images.reduce(html) { page, image in
      // Quotes in names are escaped, so nothing but the pictures' own addresses has this form.
      page.replacing(
        "src=\"cid:\(image.contentID)\"",
        with: "src=\"\(RunIndex.address(folder + image.fileName))\"")
    }
  }
}
