import Records

/// Columns derived for leads.
public enum DerivedLeads {
  /// Whether each lead is still worked at: not converted, and at no status that ends it.
  public static func openFlags(_ records: RecordSet, _ settings: MetricSettings) -> [UInt8] {
    let leads = records[.lead]
    let closed = Set(settings.closedLeadStatuses.map { $0.lowercased() })
    let statuses = leads.categories("Status")
    let isClosed = statuses.values.map { closed.contains($0.lowercased()) }
    return zip(leads.flags("IsConverted"), statuses.codes).map { isConverted, status in
      isConverted == 1 || (status >= 0 && isClosed[Int(status)]) ? 0 : 1
    }
  }

  /// The days until which a lead has waited: D for one that is open, the day of its conversion for
  /// one that was converted, null for any other.
  static func ends(_ records: RecordSet, isOpen: [UInt8]) -> [Int32] {
    let converted = records[.lead].days("ConvertedDate")
    return zip(isOpen, converted).map { $0 == 1 ? records.asOf.number : $1 }
  }
}
