import CXML

/// A well-formed XML document in the making, through libxml2's text writer.
///
/// One is used by one thread and then finished. A failure of the writer (out of memory) is kept and
/// thrown by `finished()`, so that callers stay readable.
final class XMLText {
  // libxml2 owns what these point to; both are freed in deinit, and neither leaves this class.
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr
  private var depth = 0
  private var hasFailed = false
  /// Whether the open element holds elements of its own on lines of their own.
  private var holdsLines: [Bool] = []

  init() throws(XMLFailure) {
    XMLText.start
    guard let buffer = xmlBufferCreate() else { throw XMLFailure.outOfMemory }
    guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
      xmlBufferFree(buffer)
      throw XMLFailure.outOfMemory
    }
    self.buffer = buffer
    self.writer = writer
    note(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil))
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// libxml2's tables are set up once, before threads use it.
  static let start: Void = xmlInitParser()

  /// An element on a line of its own.
  func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
    _ content: () -> Void = {}
  ) {
    newLine()
    open(name, attributes)
    holdsLines.append(false)
    content()
    let hadLines = holdsLines.removeLast()
    depth -= 1
    if hadLines { breakLine() }
    note(xmlTextWriterEndElement(writer))
  }

  /// An element on a line of its own with text.
  func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
  ) {
    element(name, attributes) { self.text(text) }
  }

  /// An element in the middle of text.
  func inline(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
  ) {
    open(name, attributes)
    depth -= 1
    self.text(text)
    note(xmlTextWriterEndElement(writer))
  }

  /// Text; what XML gives a meaning is escaped.
  func text(_ text: String) {
    note(xmlTextWriterWriteString(writer, CleanText.of(text)))
  }

  /// The document's bytes.
  func finished() throws(XMLFailure) -> [UInt8] {
    note(xmlTextWriterEndDocument(writer))
    note(xmlTextWriterFlush(writer))
    guard !hasFailed, let content = xmlBufferContent(buffer) else { throw XMLFailure.outOfMemory }
    // The buffer holds as many bytes as it says; they are copied before it is freed.
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  private func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    note(xmlTextWriterStartElement(writer, name))
    for (name, value) in attributes {
      guard let value else { continue }
      note(xmlTextWriterWriteAttribute(writer, name, CleanText.of(value)))
    }
    depth += 1
  }

  private func newLine() {
    guard !holdsLines.isEmpty else { return }
    holdsLines[holdsLines.count - 1] = true
    breakLine()
  }

  /// The line breaks of documents with what stands before the next line, by depth.
  private static let breaks = (0..<16).map { "\n" + String(repeating: "  ", count: $0) }

  private func breakLine() {
    // Nothing in it has a meaning in XML.
    note(xmlTextWriterWriteRaw(writer, XMLText.breaks[min(depth, XMLText.breaks.count - 1)]))
  }

  private func note(_ result: Int32) {
    if result < 0 { hasFailed = true }
  }
}

/// Why an XML document was not written.
public enum XMLFailure: Error, Equatable, CustomStringConvertible {
  case outOfMemory
  /// The schema itself does not parse: a built-in file is damaged.
  case schema(String)
  /// The document does not follow the schema.
  case invalid(document: String, line: Int, complaint: String)

  /// What happened, what was done, and what to do.
  public var description: String {
    switch self {
    case .outOfMemory: "libxml2 ran out of memory; no XML was written; free memory and run again."
    case .schema(let complaint):
      "the XML schema does not parse: \(complaint); no XML was written; report this as a defect."
    case .invalid(let document, let line, let complaint):
      "\(document):\(line): the XML does not follow its schema: \(complaint); it was not written; "
        + "report this as a defect."
    }
  }
}
