import CXML

/// One XML part of a workbook, read forward: elements by their names without prefix, and text.
///
/// Read as XML that strangers wrote: no network, no DTD, no entities; bytes, depth and nodes bounded.
final class WorkbookPart {
  /// What the reader met.
  enum Event: Equatable {
    case start(String)
    case end(String)
    case text(String)
  }

  /// Why a part cannot be read, as the end of a sentence that begins with the workbook.
  struct Fault: Error {
    let reason: String
  }

  // Ten levels are a sheet's depth; five million cells make fewer nodes than this.
  private static let limits = cadastre_xml_limits(
    bytes: Workbook.maximumPart, depth: 64, nodes: 50_000_000)

  // libxml2's memory, released with this object.
  private let reader: UnsafeMutablePointer<cadastre_xml_reader>

  private let path: String

  /// Begins to read a part.
  ///
  /// - Parameters:
  ///   - content: its bytes.
  ///   - path: where it lies in the zip, which faults name.
  /// - Throws: `Fault` where memory is short.
  init(_ content: [UInt8], at path: String) throws {
    guard let reader = cadastre_xml_open(content, content.count, WorkbookPart.limits) else {
      throw Fault(reason: "\(path) is too large for the memory")
    }
    self.reader = reader
    self.path = path
  }

  deinit { cadastre_xml_close(reader) }

  /// The next element, end or text; nil at the end of the part.
  func next() throws -> Event? {
    switch cadastre_xml_next(reader) {
    case CADASTRE_XML_START: return .start(name)
    case CADASTRE_XML_END: return .end(name)
    case CADASTRE_XML_TEXT: return .text(value)
    case CADASTRE_XML_DONE: return nil
    case CADASTRE_XML_HAS_DOCTYPE:
      throw fault("has a document type, which a workbook never has")
    case CADASTRE_XML_TOO_DEEP: throw fault("nests too deep")
    case CADASTRE_XML_TOO_LARGE, CADASTRE_XML_TOO_MANY_NODES, CADASTRE_XML_OUT_OF_MEMORY:
      throw fault("is too large")
    default: throw fault("is not well-formed XML")
    }
  }

  /// The attributes of the element that was just met, by their names without prefix.
  func attributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while xmlTextReaderMoveToNextAttribute(reader.pointee.reader) == 1 { attributes[name] = value }
    _ = xmlTextReaderMoveToElement(reader.pointee.reader)
    return attributes
  }

  /// Goes over all elements.
  ///
  /// - Parameter body: gets the name of each element as it begins.
  /// - Throws: `Fault`, and what the body throws.
  func forEachElement(_ body: (String) throws -> Void) throws {
    while let event = try next() {
      if case .start(let name) = event { try body(name) }
    }
  }

  private func fault(_ what: String) -> Fault { Fault(reason: "\(path) \(what)") }

  private var name: String { String(cString: cadastre_xml_name(reader)) }
  private var value: String { String(cString: cadastre_xml_text(reader)) }
}
