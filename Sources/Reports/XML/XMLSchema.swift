import CXML

/// A RELAX NG schema against which finished bytes are held.
///
/// The schema is parsed anew for each document: libxml2 does not say that a parsed one may be used
/// by several threads, and parsing takes less than a millisecond.
struct XMLSchema: Sendable {
  let text: String

  /// Reads the bytes back as a stranger would and validates them.
  ///
  /// An error calls the document by the given name and holds the first complaint.
  func validate(_ bytes: [UInt8], document: String) throws(XMLFailure) {
    XMLText.start
    var complaint = cadastre_xml_complaint()
    let schema = Array(text.utf8)
    let verdict = cadastre_relaxng_validate(
      schema, Int32(clamping: schema.count), bytes, Int32(clamping: bytes.count), &complaint)
    switch verdict {
    case CADASTRE_XML_VALID: return
    case CADASTRE_XML_NO_MEMORY: throw .outOfMemory
    case CADASTRE_XML_BAD_SCHEMA: throw .schema(XMLSchema.message(complaint))
    case CADASTRE_XML_MALFORMED:
      throw .invalid(document: document, line: 0, complaint: "it is not well-formed")
    default:
      throw .invalid(
        document: document, line: Int(complaint.line), complaint: XMLSchema.message(complaint))
    }
  }

  private static func message(_ complaint: cadastre_xml_complaint) -> String {
    var complaint = complaint
    let text = String(cString: cadastre_xml_message(&complaint))
    return text.split(separator: "\n").joined(separator: " ")
  }
}
