extension ReportDefinition {
  /// The report with one of its sections alone, to see what that section takes.
  public func only(_ section: Section) -> ReportDefinition {
    ReportDefinition(name: name, title: title, editions: editions, sections: [section])
  }
}

extension ReportDefinition.Section {
  /// The section, and the parts below its heading.
  var withParts: [ReportDefinition.Section] {
    guard case .chapter(let parts) = content else { return [self] }
    return [self] + parts.flatMap(\.withParts)
  }
}
