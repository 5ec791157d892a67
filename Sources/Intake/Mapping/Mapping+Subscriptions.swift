import Records
import Settings

extension Mapping {
  /// The mapping with an object of the CRM as the source of subscriptions.
  ///
  /// Fields that the configuration does not name are taken by their own names, where there are any.
  /// An object that the mapping makes of other files stays what the mapping says, and the
  /// configuration speaks of the mapping's fields.
  public func reading(_ subscriptions: Configuration.Subscriptions?) -> Mapping {
    guard case .object(let object) = subscriptions?.source else { return self }
    var fields = ["MonthlyValue__c": [FieldSource(object.value.value)]]
    let named = [
      ("AccountId", object.account), ("StartDate", object.start), ("EndDate", object.end),
      ("Status", object.status),
    ]
    for (field, column) in named {
      if let column { fields[field] = [FieldSource(column.value)] }
    }
    var mapping = self
    let isContract = object.name.value.lowercased() == Entity.contract.rawValue.lowercased()
    if isContract, let mapped = sources[.contract], mapped.allSatisfy({ $0.fields != nil }) {
      mapping.sources[.contract] = mapped.map { source in
        var source = source
        let own = source.fields ?? [:]
        for (field, ways) in fields {
          let name = ways[0].columns[0].lowercased()
          source.fields?[field] = own.first { $0.key.lowercased() == name }?.value ?? ways
        }
        return source
      }
    } else {
      var source = Source(files: [object.name.value], fields: fields)
      source.takesOwnNames = true
      mapping.sources[.contract] = [source]
    }
    return mapping
  }
}

extension Export {
  /// Makes monthly values of yearly ones, and says where the export lacks the object.
  mutating func complete(_ subscriptions: Configuration.Subscriptions?) {
    guard case .object(let object) = subscriptions?.source else { return }
    guard var contracts = records.tables[.contract] else {
      findings.add(
        UserFileFindings.subscriptionObjectMissing(object.name.value, at: object.name.at))
      return
    }
    guard object.per == .year else { return }
    contracts.columns["MonthlyValue__c"] = .decimals(
      contracts.decimals("MonthlyValue__c").map(MonthlyValue.ofYear))
    records.tables[.contract] = contracts
  }
}
