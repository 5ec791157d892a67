import Records

extension ExportLoader {
  /// The fields that the assignment rules of an export compare, read before everything else: which
  /// cells of an account have to be read depends on them.
  ///
  /// - Parameter request: where the export is; its fields do not matter.
  /// - Returns: names as the rules write them, such as `Account.BillingState`.
  /// - Throws: `FindingsError` where the rules cannot be read.
  public static func ruleFields(_ request: LoadRequest) throws -> Set<String> {
    var bare = request
    bare.fields = [.assignmentRuleItem: ["Field"]]
    bare.checked = [:]
    var loader = try ExportLoader(bare)
    try loader.load(.assignmentRuleItem)
    return Set(loader.tables[.assignmentRuleItem]?.categories("Field").values ?? [])
  }
}
