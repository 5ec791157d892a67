import CXML

extension MetadataMarkup {
  /// Why a file cannot be written.
  enum WritingFailure: Error {
    case outOfMemory
    /// XML has no way to write a character, by its number.
    case character(UInt32)
  }

  /// The bytes of a file, as the CRM writes them: an element a line, four spaces a level.
  static func bytes(of root: MetadataElement) throws(WritingFailure) -> [UInt8] {
    try check(root)
    // libxml2 owns what these point to; both are freed here, and neither leaves this function.
    guard let buffer = xmlBufferCreate() else { throw .outOfMemory }
    defer { xmlBufferFree(buffer) }
    guard let writer = xmlNewTextWriterMemory(buffer, 0) else { throw .outOfMemory }
    defer { xmlFreeTextWriter(writer) }
    // Each call answers with a negative number where memory is short.
    var worst = min(
      xmlTextWriterSetIndent(writer, 1), xmlTextWriterSetIndentString(writer, "    "),
      xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil))
    write(root, inside: "", prefixes: typePrefixes(root), to: writer, &worst)
    worst = min(worst, xmlTextWriterEndDocument(writer), xmlTextWriterFlush(writer))
    guard worst >= 0, let content = xmlBufferContent(buffer) else { throw .outOfMemory }
    // The buffer holds as many bytes as it says; they are copied before it is freed.
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  /// Writes an element; the outermost declares the namespaces of the types that occur.
  private static func write(
    _ element: MetadataElement, inside namespace: String, prefixes: [String],
    to writer: xmlTextWriterPtr, _ worst: inout Int32
  ) {
    worst = min(worst, xmlTextWriterStartElement(writer, element.name))
    if element.namespace != namespace {
      worst = min(worst, xmlTextWriterWriteAttribute(writer, "xmlns", element.namespace))
    }
    if !prefixes.isEmpty {
      worst = min(worst, xmlTextWriterWriteAttribute(writer, "xmlns:xsi", instance))
    }
    for prefix in prefixes {
      worst = min(worst, xmlTextWriterWriteAttribute(writer, "xmlns:\(prefix)", schema))
    }
    if let type = element.type {
      worst = min(worst, xmlTextWriterWriteAttribute(writer, "xsi:type", type))
    }
    if element.children.isEmpty {
      if !element.text.isEmpty {
        worst = min(worst, xmlTextWriterWriteString(writer, element.text))
      }
    } else {
      for child in element.children {
        write(child, inside: element.namespace, prefixes: [], to: writer, &worst)
      }
    }
    worst = min(worst, xmlTextWriterEndElement(writer))
  }

  private static let instance = "http://www.w3.org/2001/XMLSchema-instance"
  private static let schema = "http://www.w3.org/2001/XMLSchema"

  /// The prefixes of the types of values, such as `xsd`, sorted.
  private static func typePrefixes(_ element: MetadataElement) -> [String] {
    var found: Set<String> = []
    var waiting = [element]
    while let next = waiting.popLast() {
      if let type = next.type {
        found.insert(type.firstIndex(of: ":").map { String(type[..<$0]) } ?? "xsd")
      }
      waiting += next.children
    }
    return found.sorted()
  }

  /// Looks for characters that XML 1.0 has no way to write.
  private static func check(_ root: MetadataElement) throws(WritingFailure) {
    var waiting = [root]
    while let next = waiting.popLast() {
      for text in [next.text, next.type ?? ""] {
        for scalar in text.unicodeScalars where !isAllowed(scalar.value) {
          throw .character(scalar.value)
        }
      }
      waiting += next.children
    }
  }

  private static func isAllowed(_ value: UInt32) -> Bool {
    value >= 0x20 ? value != 0xFFFE && value != 0xFFFF : [0x09, 0x0A, 0x0D].contains(value)
  }
}
