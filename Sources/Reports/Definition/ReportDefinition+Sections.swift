extension ReportDefinition {
  /// The report with one of its sections alone, to see what that section takes.
  public func only(_ section: Section) -> ReportDefinition {
    ReportDefinition(
      name: name, title: title, editions: editions, figures: figures, recipients: recipients,
      needsApproval: needsApproval, sections: [section])
  }
}

extension ReportDefinition.Section {
  /// The section, and after it those that it groups.
  var withParts: [ReportDefinition.Section] {
    if case .group(let parts) = content { return [self] + parts }
    return [self]
  }
}
