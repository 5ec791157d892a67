/// Writes a document as XML of namespace `urn:cadastre:report:1` (templates/xml/report.rng).
///
/// Every value carries its unit and its exact data beside the text that readers of the page see.
/// The bytes are validated before they are handed out; invalid ones are never written.
public struct XMLWriter: Sendable {
  /// The namespace of report documents.
  public static let namespace = "urn:cadastre:report:1"

  private let schema: XMLSchema

  public init(templates: Templates) {
    self.schema = XMLSchema(text: templates.reportSchema)
  }

  /// The bytes of a document.
  public func bytes(of document: ReportDocument) throws(XMLFailure) -> [UInt8] {
    let xml = try XMLText()
    xml.element(
      "report",
      [
        "xmlns": XMLWriter.namespace, "name": document.report, "as-of": document.asOf.data,
        "locale": document.locale.rawValue, "currency": document.currency,
      ]
    ) {
      xml.element("title", text: document.title)
      xml.element("organisation", text: document.organisation)
      XMLWriter.write(document.edition, to: xml)
      XMLWriter.write("headline", document.headline, to: xml)
      for paragraph in document.comment { XMLWriter.write("comment", paragraph, to: xml) }
      for section in document.sections { XMLWriter.write(section, to: xml) }
      for quiet in document.quiet {
        xml.element("quiet", ["section": quiet.id]) {
          xml.element("title", text: quiet.title)
          XMLWriter.write("because", quiet.why, to: xml)
        }
      }
      for absent in document.absent {
        xml.element("absent", ["section": absent.id]) {
          xml.element("title", text: absent.title)
          xml.element("because", text: absent.because)
          xml.element("remedy", text: absent.remedy)
        }
      }
      xml.element("definitions") {
        for definition in document.definitions {
          xml.element("definition", ["id": definition.id]) {
            xml.element("term", text: definition.term)
            xml.element("text", text: definition.text)
          }
        }
      }
      XMLWriter.write(document.footer, to: xml)
    }
    let bytes = try xml.finished()
    try schema.validate(bytes, document: "\(document.report) for \(document.edition.name.text)")
    return bytes
  }

  private static func write(_ edition: ReportDocument.Edition, to xml: XMLText) {
    xml.element("edition", ["kind": edition.kind.rawValue, "id": edition.id]) {
      xml.element("name", ["href": edition.name.link?.url], text: edition.name.text)
      for name in edition.path {
        xml.element("within", ["href": name.link?.url], text: name.text)
      }
    }
  }

  private static func write(_ section: ReportDocument.Section, to xml: XMLText) {
    xml.element("section", ["id": section.id]) {
      xml.element("title", text: section.title)
      if let absence = section.absence { write("absence", absence, to: xml) }
      for block in section.blocks { write(block, to: xml) }
    }
  }

  private static func write(_ block: ReportDocument.Block, to xml: XMLText) {
    switch block {
    case .paragraph(let prose): write("paragraph", prose, to: xml)
    case .callout(let callout):
      write("callout", callout.text, attributes: ["kind": callout.kind.rawValue], to: xml)
    case .figures(let figures):
      xml.element("figures") { for figure in figures { write(figure, to: xml) } }
    case .chart(let chart):
      xml.element("chart", ["id": chart.id]) {
        xml.element("title", text: chart.title)
        write("takeaway", chart.takeaway, to: xml)
        xml.element("alternative", text: chart.picture.alternative)
        write(chart.data, to: xml)
      }
    case .table(let table): write(table, to: xml)
    case .tree(let tree):
      xml.element("tree", ["id": tree.id]) {
        xml.element("title", text: tree.title)
        write("takeaway", tree.takeaway, to: xml)
        write(tree.nodes, to: xml)
      }
    }
  }

  private static func write(_ figure: ReportDocument.KeyFigure, to xml: XMLText) {
    xml.element("figure", ["definition": figure.definition]) {
      xml.element("label", text: figure.label)
      write("value", figure.value, to: xml)
      if let change = figure.change {
        xml.element("change", ["direction": change.direction.rawValue, "tone": change.tone]) {
          write("value", change.value, to: xml)
          xml.element("against", text: change.against)
        }
      }
      if let note = figure.note { write("note", note, to: xml) }
    }
  }

  private static func write(_ footer: ReportDocument.Footer, to xml: XMLText) {
    xml.element("footer") {
      for fact in footer.facts {
        xml.element("fact", ["key": fact.key]) {
          xml.element("label", text: fact.label)
          write("value", fact.value, to: xml)
        }
      }
      for quality in footer.quality {
        xml.element("quality", ["code": quality.code, "severity": quality.severity]) {
          xml.element("text", text: quality.text)
          write("value", quality.count, to: xml)
        }
      }
      for note in footer.notes { write("note", note, to: xml) }
    }
  }
}
