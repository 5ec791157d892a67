import Foundation

/// The files that only the full profile has and that grow with the accounts.
struct FullFiles {
  var history: CSVFile
  var fieldHistory: CSVFile
  var contact: CSVFile
  var lead: CSVFile
  var task: CSVFile
  var event: CSVFile
  var exclusion: CSVFile

  /// Every file of these.
  static var all: [WritableKeyPath<FullFiles, CSVFile>] {
    [\.history, \.fieldHistory, \.contact, \.lead, \.task, \.event, \.exclusion]
  }

  init(in directory: URL) throws {
    history = try CSVFile(
      "OpportunityHistory.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "OpportunityId", "StageName", "Amount", "Probability",
        "ForecastCategory", "CloseDate", "CreatedById", "CreatedDate", "CurrencyIsoCode",
      ])
    fieldHistory = try CSVFile(
      "OpportunityFieldHistory.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "OpportunityId", "CreatedById", "CreatedDate", "Field", "OldValue",
        "NewValue",
      ])
    contact = try CSVFile(
      "Contact.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "AccountId", "FirstName", "LastName", "Title", "Email", "Phone",
        "OwnerId", "CreatedDate", "SystemModstamp",
      ])
    lead = try CSVFile(
      "Lead.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "FirstName", "LastName", "Company", "Email", "Website", "Phone", "City",
        "State", "PostalCode", "Country", "NumberOfEmployees", "Industry", "LeadSource", "Status",
        "OwnerId", "IsConverted", "ConvertedDate", "ConvertedAccountId", "CreatedDate",
        "SystemModstamp",
      ])
    task = try CSVFile(
      "Task.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "WhatId", "AccountId", "Subject", "ActivityDate", "Status", "IsClosed",
        "Priority", "OwnerId", "CreatedDate", "SystemModstamp",
      ])
    event = try CSVFile(
      "Event.csv", in: directory,
      columns: [
        "Id", "IsDeleted", "WhatId", "AccountId", "Subject", "ActivityDate", "ActivityDateTime",
        "OwnerId", "CreatedDate", "SystemModstamp",
      ])
    exclusion = try CSVFile(
      "Territory2ObjectExclusion.csv", in: directory,
      columns: ["Id", "ObjectId", "Territory2Id", "SystemModstamp"])
  }

  /// Writes the blocks that are full.
  mutating func drain() throws {
    try history.drain()
    try fieldHistory.drain()
    try contact.drain()
    try lead.drain()
    try task.drain()
    try event.drain()
    try exclusion.drain()
  }
}
