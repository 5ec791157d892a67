extension ReportDefinition {
  /// The report with one of its sections alone, to see what that section takes.
  public func only(_ section: Section) -> ReportDefinition {
    ReportDefinition(name: name, title: title, editions: editions, sections: [section])
  }
}
