import Foundation

/// The export being written: the files of a profile, and what was counted on the way.
struct Export {
  let organisation: Organisation
  var figures: Figures
  var planted = Planted()
  var changes: PlannedChanges
  var deals: DealMaker
  let subscriptions: SubscriptionMaker
  var account: CSVFile
  var opportunity: CSVFile
  var lineItem: CSVFile
  var contract: CSVFile
  var association: CSVFile
  /// The files of the full profile that grow with the accounts.
  var full: FullFiles?
  /// Rows and bytes of files that are closed, by name.
  private(set) var rows: [String: Int] = [:]
  private(set) var bytes = 0
  let directory: URL

  /// Creates the files that grow with the accounts.
  init(_ organisation: Organisation, in directory: URL) throws {
    self.organisation = organisation
    self.directory = directory
    figures = Figures(organisation)
    changes = PlannedChanges(organisation)
    deals = DealMaker(organisation)
    subscriptions = SubscriptionMaker(organisation: organisation)
    let isFull = organisation.isFull
    account = try CSVFile(
      "Account.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "Name", "Type", "ParentId", "BillingCity", "BillingState",
        "BillingPostalCode", "BillingCountry", "Industry", "AnnualRevenue", "NumberOfEmployees",
        "OwnerId", "CreatedDate", "LastActivityDate", "SystemModstamp",
      ]
        + (isFull
          ? [
            "MasterRecordId", "BillingStreet", "Website", "Phone", "IsPersonAccount",
            "CurrencyIsoCode",
          ] : []))
    opportunity = try CSVFile(
      "Opportunity.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "Probability", "CloseDate",
        "CreatedDate", "Type", "LeadSource", "IsClosed", "IsWon", "ForecastCategory", "OwnerId",
        "LastActivityDate", "Territory2Id", "SystemModstamp",
      ]
        + (isFull
          ? [
            "ForecastCategoryName", "IsExcludedFromTerritory2Filter", "CurrencyIsoCode",
            "Loss_Reason__c",
          ] : []))
    lineItem = try CSVFile(
      "OpportunityLineItem.csv", in: directory,
      columns: [
        "Id", "OpportunityId", "Product2Id", "Quantity", "UnitPrice", "TotalPrice", "ServiceDate",
      ] + (isFull ? ["IsDeleted", "CurrencyIsoCode"] : []))
    contract = try CSVFile(
      "Contract.csv", in: directory,
      columns: [
        "Id", "AccountId", "Status", "StartDate", "EndDate", "ContractTerm", "MonthlyValue__c",
        "SystemModstamp",
      ]
        + (isFull ? ["IsDeleted", "ContractNumber", "CreatedDate", "CurrencyIsoCode"] : []))
    association = try CSVFile(
      "ObjectTerritory2Association.csv", in: directory,
      columns: ["Id", "ObjectId", "Territory2Id", "AssociationCause"]
        + (isFull ? ["SobjectType", "LastModifiedDate"] : []))
    full = isFull ? try FullFiles(in: directory) : nil
  }

  /// Opens a small file, has it filled, and closes it.
  mutating func write(
    _ name: String, _ columns: [String], _ fill: (inout CSVFile) throws -> Void
  ) throws {
    var file = try CSVFile(name, in: directory, columns: columns)
    try fill(&file)
    try file.close()
    count(file)
  }

  /// Closes all files that grow with the accounts.
  mutating func close() throws {
    for path in [\Export.account, \.opportunity, \.lineItem, \.contract, \.association] {
      try self[keyPath: path].close()
      count(self[keyPath: path])
    }
    guard var files = full else { return }
    for path in FullFiles.all {
      try files[keyPath: path].close()
      count(files[keyPath: path])
    }
    full = files
  }

  private mutating func count(_ file: CSVFile) {
    rows[file.name] = file.rows
    bytes += file.written
  }

  /// Writes the blocks that are full.
  mutating func drain() throws {
    try account.drain()
    try opportunity.drain()
    try lineItem.drain()
    try contract.drain()
    try association.drain()
    try full?.drain()
  }
}
