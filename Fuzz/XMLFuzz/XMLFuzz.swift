// XML of strangers, any bytes: the reader comes to an end within its bounds and keeps starts and ends
// in balance; territory metadata made of it is read with findings, never a crash.
import CXML
import FuzzKit
import Metadata
import Records

private let limits = cadastre_xml_limits(bytes: 1 << 20, depth: 32, nodes: 20_000)

@_cdecl("LLVMFuzzerTestOneInput")
public func xmlFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  walk(start, count)
  metadata(bytes(start, count))
  return 0
}

private func walk(_ start: UnsafePointer<UInt8>?, _ count: Int) {
  guard let reader = cadastre_xml_open(start, count, limits) else { return }
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
}

/// The files of a project, in which the parts of an input stand, one behind the other.
private let names = [
  "territory2Models/M/M.territory2Model", "territory2Models/M/territories/West.territory2",
  "territory2Models/M/territories/All.territory2", "territory2Models/M/rules/R.territory2Rule",
  "territory2Types/Region.territory2Type-meta.xml",
]

/// Reads an input as the files of a model; NUL, which no XML holds, stands between them.
private func metadata(_ input: [UInt8]) {
  let parts = input.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
  // One document is tried as each kind of file.
  let contents = parts.count == 1 ? names.map { _ in input } : parts
  let texts = Dictionary(uniqueKeysWithValues: zip(names, contents))
  let files = MetadataFiles(root: "metadata", names: texts.keys.sorted()) { texts[$0] ?? [] }
  let read = TerritoryMetadata(reading: files)
  for finding in read.findings { hold(!finding.description.isEmpty, "a finding says nothing") }
  for plan in read.plans {
    let known = Set(plan.territories.map(\.developerName))
    hold(known.count == plan.territories.count, "two territories have one name")
    // Files are kept as they are, so that they can be written again: a circle is an error, not undone.
    let circle = read.findings.contains { $0.code == "territory-parent-cycle" }
    for territory in plan.territories where !circle {
      var above = territory.parent
      var steps = 0
      while let parent = above,
        let next = plan.territories.first(where: { $0.developerName == parent })
      {
        above = next.parent
        steps += 1
        hold(steps <= plan.territories.count, "territories turn in a circle without a finding")
      }
    }
  }
}
