import Metrics
import Records

/// The formats in which `check` says what it found.
public enum CheckFormat: String, CaseIterable, Hashable, Sendable {
  case text
  case html
  case json
  case xml
}

/// Writes a check as text for a terminal, as a page, as JSON or as XML.
public struct CheckWriter: Sendable {
  private let templates: Templates

  public init(templates: Templates) {
    self.templates = templates
  }

  /// The check in a format.
  ///
  /// - Throws: `XMLFailure` where XML does not follow its schema.
  public func bytes(
    of document: CheckDocument, as format: CheckFormat
  ) throws(XMLFailure) -> [UInt8] {
    switch format {
    case .text: Array(document.text.utf8)
    case .html: Array(CheckPage(document: document).html(templates: templates).utf8)
    case .json: Array(document.json.utf8)
    case .xml: try xml(of: document)
    }
  }

  /// XML of namespace `urn:cadastre:check:1` (templates/xml/check.rng).
  private func xml(of document: CheckDocument) throws(XMLFailure) -> [UInt8] {
    let xml = try XMLText()
    xml.element(
      "check",
      [
        "xmlns": "urn:cadastre:check:1", "as-of": document.asOf?.description,
        "organisation": document.organisation, "run": document.run,
      ]
    ) {
      xml.element("summary", text: document.summary)
      for section in document.readiness { CheckWriter.write(section, to: xml) }
      for file in document.files { CheckWriter.write(file, to: xml) }
      for name in document.ignored { xml.element("ignored", text: name) }
      for entry in document.findings.entries { CheckWriter.write(entry, to: xml) }
    }
    let bytes = try xml.finished()
    try XMLSchema(text: templates.checkSchema).validate(bytes, document: "check")
    return bytes
  }

  private static func write(_ section: SectionReadiness, to xml: XMLText) {
    xml.element(
      "section",
      [
        "report": section.report.isEmpty ? nil : section.report, "id": section.id,
        "will-be": section.level.rawValue,
      ]
    ) {
      xml.element("title", text: section.title)
      if section.level != .ready {
        xml.element("because", text: section.because)
        xml.element("remedy", text: section.remedy)
      }
    }
  }

  private static func write(_ file: CheckDocument.File, to xml: XMLText) {
    xml.element(
      "file",
      [
        "name": file.name, "entity": file.entity, "read": String(file.read),
        "used": String(file.used), "set-aside": String(file.setAside),
        "deleted": String(file.deleted),
      ], text: file.dialect)
  }

  private static func write(_ entry: FindingLog.Entry, to xml: XMLText) {
    let finding = entry.first
    xml.element(
      "finding",
      [
        "severity": finding.severity.rawValue, "code": finding.code,
        "manual": FindingManual.place(of: finding.code), "count": String(entry.count),
      ]
    ) {
      xml.element("what", text: finding.what)
      xml.element("done", text: finding.done)
      xml.element("suggestion", text: finding.suggestion)
      for place in entry.places {
        xml.element(
          "place",
          [
            "file": place.file, "line": place.line == 0 ? nil : String(place.line),
            "column": place.column == 0 ? nil : String(place.column),
          ])
      }
    }
  }
}
