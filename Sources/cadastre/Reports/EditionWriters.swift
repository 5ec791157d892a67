import Delivery
import Foundation
import Graphics
import History
import Records
import Reports
import Settings

/// Writes an edition into files, in each format that is asked for.
struct EditionWriters: Sendable {
  let formats: [ReportFormat]
  /// Who sends the mails, and in a preview gets them.
  private let sender: MailAddress
  private let html: HTMLWriter
  private let mail: MailWriter
  private let pdf: PDFWriter
  private let workbook: WorkbookWriter
  private let xml: XMLWriter

  init(
    templates: Templates, canvas: CairoCanvas, formats: [ReportFormat], sender: MailAddress?
  ) {
    self.formats = formats
    self.sender = sender ?? MailAddress(name: nil, address: "cadastre@localhost")
    html = HTMLWriter(templates: templates, canvas: canvas)
    mail = MailWriter(templates: templates, canvas: canvas)
    pdf = PDFWriter(templates: templates, canvas: canvas)
    workbook = WorkbookWriter(templates: templates)
    xml = XMLWriter(templates: templates)
  }

  /// Writes an edition.
  ///
  /// - Parameters:
  ///   - document: the edition.
  ///   - stem: the names of its files without their endings, from the folder.
  ///   - folder: where the files of the run go.
  /// - Returns: the edition's line in the index, and the pictures that were drawn for its mail.
  /// - Throws: what cannot be drawn or is refused by a schema or by the file system.
  func write(
    _ document: ReportDocument, to stem: String, in folder: URL
  ) throws -> (entry: RunIndex.Entry, images: [MailParts.Image]) {
    var files: [(label: String, path: String)] = []
    var parts: [String] = []
    var images: [MailParts.Image] = []
    func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try WrittenWhole.put(Data(bytes), at: file)
    }
    /// The first of several files stands for them in the index.
    func write(_ several: [(name: String, bytes: Data)], label: String, to place: String) throws {
      for file in several { try write(file.bytes, to: place + file.name) }
      files += several.prefix(1).map { (label, place + $0.name) }
      parts += several.dropFirst().map { place + $0.name }
    }
    // The page comes last and stands first: it links to the others.
    for format in formats.filter({ $0 != .html }) + formats.filter({ $0 == .html }) {
      let path = "\(stem).\(format.ending)"
      switch format {
      case .html:
        let page = try html.text(
          of: document, home: "../index.html", findings: "../findings.html",
          files: files.map { ($0.label, EditionWriters.beside($0.path)) })
        try write(page.utf8, to: path)
        files.insert((format.label, path), at: 0)
        continue
      case .mail:
        let mail = try mail.parts(of: document, whereRest: whereRest(stem))
        images = mail.images
        try write(
          [
            ("index.html", Data(mail.preview().utf8)), ("message.txt", Data(mail.text.utf8)),
            ("message.eml", Data(preview(mail, of: document, stem).bytes())),
          ]
            + mail.images.map { ($0.fileName, Data($0.png)) }, label: format.label, to: path + "/")
        continue
      case .text:
        try write(TextWriter().text(of: document, whereRest: whereRest(stem)).utf8, to: path)
      case .pdf: try write(pdf.bytes(of: document), to: path)
      case .xlsx: try write(workbook.bytes(of: document), to: path)
      case .csv:
        // A folder of its own, with a file a table.
        try write(
          CSVWriter().files(of: document).map { ($0.name, Data($0.bytes)) }, label: format.label,
          to: stem + "/")
        continue
      case .json: try write(JSONWriter().bytes(of: document), to: path)
      case .xml: try write(xml.bytes(of: document), to: path)
      }
      files.append((format.label, path))
    }
    return (RunIndex.Entry(of: document, files: files, parts: parts), images)
  }

  /// The mail as a message that any mail program opens, from its sender to itself.
  private func preview(_ parts: MailParts, of document: ReportDocument, _ stem: String)
    -> MailMessage
  {
    let asOf = Day(iso: document.asOf.data) ?? Day(number: 0)
    return MailMessage(
      key: MessageKey(
        report: document.report, edition: stem, asOf: asOf, recipient: sender.address),
      from: sender, to: sender, subject: parts.subject, date: Post.date(of: asOf),
      title: document.title, parts: parts)
  }

  /// A path from the folder of the run as the page of an edition says it, which stands one below.
  private static func beside(_ path: String) -> String {
    path.firstIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Where mail and text send a reader for complete lists: the file beside that holds them.
  private func whereRest(_ stem: String) -> String {
    let complete = [ReportFormat.xlsx, .xml, .json].first { formats.contains($0) }
    let name = stem.split(separator: "/").last.map(String.init) ?? stem
    return complete.map { "in \(name).\($0.ending)" } ?? "with --format xlsx"
  }
}
