// The reader of strangers' XML on any bytes: it comes to an end within its bounds, starts and ends
// are in balance as long as it has not refused the document, and nothing is kept.
import CXML
import FuzzKit

private let limits = cadastre_xml_limits(bytes: 1 << 20, depth: 32, nodes: 20_000)

@_cdecl("LLVMFuzzerTestOneInput")
public func xmlFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let reader = cadastre_xml_open(start, count, limits) else { return 0 }
  defer { cadastre_xml_close(reader) }
  var depth = 0
  var steps = 0
  var event = CADASTRE_XML_TEXT
  while cadastre_xml_is_over(reader) == 0 {
    event = cadastre_xml_next(reader)
    steps += 1
    hold(steps <= 2 * limits.nodes + 1, "the reader steps beyond its bound of nodes")
    _ = cadastre_xml_line(reader)
    switch event {
    case CADASTRE_XML_START:
      depth += 1
      hold(depth <= Int(limits.depth), "an element is deeper than the bound")
      hold(!String(cString: cadastre_xml_name(reader)).isEmpty, "an element without a name")
      _ = String(cString: cadastre_xml_namespace(reader))
      if let value = cadastre_xml_attribute(reader, "r") { _ = String(cString: value) }
    case CADASTRE_XML_END:
      depth -= 1
      hold(depth >= 0, "an end without a start")
    case CADASTRE_XML_TEXT:
      _ = String(cString: cadastre_xml_text(reader))
    default: break
    }
  }
  if event == CADASTRE_XML_DONE { hold(depth == 0, "a document is done inside an element") }
  if event == CADASTRE_XML_NOT_WELL_FORMED {
    _ = String(cString: cadastre_xml_complaint_of(reader))
  }
  return 0
}
