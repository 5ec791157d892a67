import CXML

/// A RELAX NG schema against which finished bytes are held.
///
/// The schema is parsed anew for each document: libxml2 does not say that a parsed one may be used
/// by several threads, and parsing takes less than a millisecond.
struct XMLSchema: Sendable {
  let text: String

  /// Reads the bytes back as a stranger would and validates them.
  ///
  /// - Parameter document: what an error calls the document.
  /// - Throws: `XMLFailure.invalid` with the first complaint.
  func validate(_ bytes: [UInt8], document: String) throws(XMLFailure) {
    XMLText.start
    var complaint = cadastre_xml_complaint()
    // The pointers below live in libxml2; each is freed at the end of this function.
    let source = Array(text.utf8CString)
    guard let parser = xmlRelaxNGNewMemParserCtxt(source, Int32(source.count - 1)) else {
      throw .outOfMemory
    }
    defer { xmlRelaxNGFreeParserCtxt(parser) }
    cadastre_relaxng_parser_listen(parser, &complaint)
    guard let schema = xmlRelaxNGParse(parser) else {
      throw .schema(XMLSchema.message(complaint))
    }
    defer { xmlRelaxNGFree(schema) }

    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    let parsed = bytes.withUnsafeBytes { raw in
      xmlReadMemory(
        raw.bindMemory(to: CChar.self).baseAddress, Int32(clamping: raw.count), nil, "UTF-8",
        Int32(options))
    }
    guard let parsed else {
      throw .invalid(document: document, line: 0, complaint: "it is not well-formed")
    }
    defer { xmlFreeDoc(parsed) }
    guard let validator = xmlRelaxNGNewValidCtxt(schema) else { throw .outOfMemory }
    defer { xmlRelaxNGFreeValidCtxt(validator) }
    cadastre_relaxng_listen(validator, &complaint)
    guard xmlRelaxNGValidateDoc(validator, parsed) == 0 else {
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
