import CXML

/// One XML part of a workbook, read forward: elements by their names without prefix, and text.
///
/// Hardened: no network, no DTD, no entities; depth, names and texts are bounded.
final class WorkbookPart {
  /// What the reader met.
  enum Event: Equatable {
    case start(String)
    case end(String)
    case text(String)
  }

  /// Why a part cannot be read.
  enum Fault: Error {
    case malformed
    /// The part holds a document type or an entity, which no spreadsheet program writes.
    case documentType
    case tooDeep
  }

  /// How deep elements may nest; sheets need ten levels.
  static let maximumDepth = 64

  // libxml2 reads from these bytes until the end: they are C's memory, released with the reader.
  private let bytes: UnsafeMutableBufferPointer<CChar>
  private let reader: xmlTextReaderPtr
  private var depth = 0
  /// The end of an element without content comes as an event of its own.
  private var pendingEnd: String?

  init(_ content: [UInt8]) throws {
    bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(content.count, 1))
    _ = bytes.initialize(from: content.lazy.map { CChar(bitPattern: $0) })
    guard let reader = cadastre_part_reader(bytes.baseAddress, Int32(content.count)) else {
      bytes.deallocate()
      throw Fault.malformed
    }
    self.reader = reader
  }

  deinit {
    xmlFreeTextReader(reader)
    bytes.deallocate()
  }

  /// The next element, end or text; nil at the end of the part.
  func next() throws -> Event? {
    if let name = pendingEnd {
      pendingEnd = nil
      return .end(name)
    }
    switch cadastre_part_next(reader) {
    case CADASTRE_PART_END_OF_PART: return nil
    case CADASTRE_PART_START:
      depth += 1
      guard depth <= WorkbookPart.maximumDepth else { throw Fault.tooDeep }
      return .start(name)
    case CADASTRE_PART_EMPTY:
      pendingEnd = name
      return .start(name)
    case CADASTRE_PART_END:
      depth -= 1
      return .end(name)
    case CADASTRE_PART_TEXT: return .text(value)
    case CADASTRE_PART_DTD: throw Fault.documentType
    default: throw Fault.malformed
    }
  }

  /// The attributes of the element that was just met, by their names without prefix.
  func attributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while xmlTextReaderMoveToNextAttribute(reader) == 1 { attributes[name] = value }
    _ = xmlTextReaderMoveToElement(reader)
    return attributes
  }

  /// Goes over all elements.
  ///
  /// - Parameter body: gets the name of each element as it begins, and the part to ask further.
  func forEachElement(_ body: (String) throws -> Void) throws {
    while let event = try next() {
      if case .start(let name) = event { try body(name) }
    }
  }

  private var name: String { cadastre_part_name(reader).map { String(cString: $0) } ?? "" }
  private var value: String { cadastre_part_value(reader).map { String(cString: $0) } ?? "" }
}
