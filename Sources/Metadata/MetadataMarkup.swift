import CXML

/// An element of a metadata file: its text, or the elements inside it.
struct MetadataElement: Sendable {
  let name: String
  let namespace: String
  /// `xsi:type`, which the values of custom fields carry.
  var type: String?
  let line: Int
  /// As written; only white space in an element with children.
  var text = ""
  var children: [MetadataElement] = []
}

/// Reads the XML of one metadata file, which a stranger may have written.
enum MetadataMarkup {
  /// The namespace of every metadata file.
  static let namespace = "http://soap.sforce.com/2006/04/metadata"
  // Bounds that no metadata of territories comes near.
  static let mostBytes = 4 << 20
  static let deepest = 16
  static let mostNodes = 500_000

  /// Why a file cannot be read.
  struct Refusal: Error {
    /// A clause such as `the file is larger than 4 MB`.
    let what: String
    let line: Int
  }

  /// The outermost element of a file.
  static func parse(_ bytes: [UInt8]) throws(Refusal) -> MetadataElement {
    let limits = cadastre_xml_limits(
      bytes: mostBytes, depth: Int32(deepest), nodes: mostNodes)
    guard let reader = cadastre_xml_open(bytes, bytes.count, limits) else {
      throw Refusal(what: "there is not enough memory to read the file", line: 0)
    }
    defer { cadastre_xml_close(reader) }
    var open: [MetadataElement] = []
    var outermost: MetadataElement?
    while true {
      let event = cadastre_xml_next(reader)
      let line = Int(cadastre_xml_line(reader))
      switch event {
      case CADASTRE_XML_START:
        open.append(
          MetadataElement(
            name: String(cString: cadastre_xml_name(reader)),
            namespace: String(cString: cadastre_xml_namespace(reader)),
            type: cadastre_xml_attribute(reader, "xsi:type").map { String(cString: $0) },
            line: line))
      case CADASTRE_XML_TEXT:
        if !open.isEmpty { open[open.count - 1].text += String(cString: cadastre_xml_text(reader)) }
      case CADASTRE_XML_END:
        guard let closed = open.popLast() else { continue }
        if open.isEmpty {
          outermost = closed
        } else {
          open[open.count - 1].children.append(closed)
        }
      case CADASTRE_XML_DONE:
        guard let outermost else { throw Refusal(what: "the file is empty", line: 0) }
        return outermost
      default:
        throw Refusal(what: reason(event, reader), line: line)
      }
    }
  }

  private static func reason(
    _ event: cadastre_xml_event, _ reader: UnsafeMutablePointer<cadastre_xml_reader>
  ) -> String {
    switch event {
    case CADASTRE_XML_HAS_DOCTYPE:
      "the file declares a document type, which metadata never does"
    case CADASTRE_XML_TOO_LARGE: "the file is larger than \(mostBytes >> 20) MB"
    case CADASTRE_XML_TOO_DEEP: "its elements stand more than \(deepest) deep"
    case CADASTRE_XML_TOO_MANY_NODES: "it has more than \(mostNodes) elements and texts"
    case CADASTRE_XML_OUT_OF_MEMORY: "there is not enough memory to read it"
    default: "the file is no well-formed XML (\(complaint(reader)))"
    }
  }

  /// The parser's first sentence, without the bytes that it may show after it.
  private static func complaint(_ reader: UnsafeMutablePointer<cadastre_xml_reader>) -> String {
    let text = String(cString: cadastre_xml_complaint_of(reader))
    return text.split(separator: "\n").first.map(String.init) ?? "it ends too early"
  }
}
