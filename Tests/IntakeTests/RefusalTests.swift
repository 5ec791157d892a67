import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Exports that cannot be read")
struct RefusalTests {
  @Test("A path with nothing there is named")
  func missingPath() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "gone").path
      let complaints = try Exports.complaints {
        try ExportLoader.load(
          LoadRequest(paths: [path], mapping: try Exports.salesforce(), fields: [:]))
      }
      #expect(
        complaints == [
          "\(path): error: there is no export here; nothing was read; "
            + "give the path of a folder, a zip or a CSV."
        ])
    }
  }

  @Test("A folder that is empty or holds no CSV is no export", arguments: [[], ["notes.txt"]])
  func emptyFolder(names: [String]) throws {
    try withTemporaryFolder { folder in
      try folder.write(files: Dictionary(uniqueKeysWithValues: names.map { ($0, "Id\n") }))
      let complaints = try Exports.complaints { try Exports.load(at: folder) }
      #expect(
        complaints == [
          "\(folder.path): error: the export holds no CSV file; nothing was read; "
            + "export the CRM's objects as CSV into it."
        ])
    }
  }

  @Test("An export of another CRM is not taken for Salesforce's")
  func unrecognised() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: ["companies.csv": "id\n1\n"])
      let complaints = try Exports.complaints { try Exports.load(at: folder) }
      #expect(
        complaints == [
          "\(folder.path): error: no file of the export has a name that mapping salesforce knows; "
            + "nothing was read; name the mapping of your CRM as \"crm\" in cadastre.yaml."
        ])
    }
  }

  @Test("Without accounts and without deals there is nothing to report")
  func missingEntity() throws {
    #expect(
      try Exports.complaints(["User.csv": "Id,Name\n\(ID.user(1)),Ann\n"]) == [
        "error: the export holds neither an Account nor an Opportunity, without which there is "
          + "nothing to report; nothing was computed; export one of them under a name that mapping "
          + "salesforce knows."
      ])
  }

  @Test("Accounts alone load, and so do deals alone; what is not there is an empty table")
  func oneEntity() throws {
    let accounts = try Exports.load(
      ["Account.csv": Exports.accounts], asOf: Day(iso: "2026-11-20"))
    #expect(accounts.records[.account].count > 0)
    #expect(accounts.records[.opportunity].count == 0)
    let deals = try Exports.load(
      ["Opportunity.csv": Exports.deals], asOf: Day(iso: "2026-11-20"))
    #expect(deals.records[.opportunity].count > 0)
    #expect(deals.records[.account].count == 0)
  }

  @Test("A file without a header row is named")
  func emptyFile() throws {
    #expect(
      try Exports.complaints(Exports.files(["Account.csv": ""])) == [
        "Account.csv:1: error: the file has no header row; nothing was computed; "
          + "export it again, or remove it."
      ])
  }

  @Test(
    "A quote that is never closed is shown where it opens",
    arguments: [
      (
        "Id,City,Name\n\(ID.account(1)),\"two\nlines\",x\n\(ID.account(2)),Zürich,\"Acme\n\n",
        "4:27"
      ),
      ("Id,Name\n\(ID.account(1)),\"Acme\n", "2:20"),
      ("Id,Name\n\(ID.account(1)),\"Acme", "2:20"),
      ("Id,Name\n\(ID.account(1)),5\" disk\n\(ID.account(2)),\"Acme\n", "3:20"),
      ("Id,\"Name\n\(ID.account(1)),Acme\n", "1:4"),
      ("Id,Zürich,\"Name\n", "1:11"),
    ])
  func unclosedQuote(text: String, place: String) throws {
    #expect(
      try Exports.complaints(Exports.files(["Account.csv": text])) == [
        "Account.csv:\(place): error: a quoted field opens here and is never closed; "
          + "nothing was computed; close the quote, or double it where it belongs to the text."
      ])
  }

  @Test("A required column that is missing is named with its nearest neighbour, all at once")
  func missingColumn() throws {
    let deals = "Id,Stage_Name,ClosedOn\n\(ID.deal(1)),Won,2026-01-01\n"
    #expect(
      try Exports.complaints(Exports.files(["Opportunity.csv": deals])) == [
        "Opportunity.csv:1: error: column \"StageName\" is missing, which holds "
          + "Opportunity.StageName; nothing was computed; did you mean \"Stage_Name\"?",
        "Opportunity.csv:1: error: column \"CloseDate\" is missing, which holds "
          + "Opportunity.CloseDate; nothing was computed; did you mean \"ClosedOn\"?",
      ])
    #expect(
      try Exports.complaints(Exports.files(["Account.csv": "Number,Name\n1,Acme\n"])) == [
        "Account.csv:1: error: column \"Id\" is missing, which holds Account.Id; "
          + "nothing was computed; export it, or map another column to it."
      ])
  }

  @Test("A column that the mapping names and the file lacks is missing, required or not")
  func missingMappedColumn() throws {
    let mapping = try Mapping(
      text: """
        name: other
        entities:
          Account: {files: [firms], fields: {Id: firm, Industry: sector}}
          Opportunity: {files: [deals], fields: {Id: deal, StageName: stage, CloseDate: closed}}
        """, file: "mapping.yaml")
    let files = ["firms.csv": "firm,sektor\nAcme,x\n", "deals.csv": "deal,stage,closed\n"]
    #expect(
      try Exports.complaints(files, mapping: mapping) == [
        "firms.csv:1: error: column \"sector\" is missing, which holds Account.Industry; "
          + "nothing was computed; did you mean \"sektor\"?"
      ])
  }

  @Test("A lookup in a file that is not there, or without its columns, is a fault of the mapping")
  func missingLookup() throws {
    let mapping = try Mapping(
      text: """
        name: other
        entities:
          Account:
            files: [firms]
            fields:
              Id: firm
              OwnerId: {column: firm, lookup: {file: teams, match: firm, take: agent}}
          Opportunity: {files: [deals], fields: {Id: deal, StageName: stage, CloseDate: closed}}
        """, file: "mapping.yaml")
    var files = ["firms.csv": "firm\nAcme\n", "deals.csv": "deal,stage,closed\n"]
    let complaint =
      "teams: error: the mapping looks up \"agent\" by \"firm\" in this file, which is not there "
      + "or lacks one of the columns; nothing was computed; add the file, or change the mapping."
    #expect(try Exports.complaints(files, mapping: mapping) == [complaint])
    files["teams.csv"] = "firm,person\nAcme,Ada\n"
    #expect(try Exports.complaints(files, mapping: mapping) == [complaint])
  }

  @Test("A file that calls itself a zip and is none is named")
  func noZip() throws {
    let complaints = try Exports.complaints(Exports.files(["WE_1.zip": "this is no archive"]))
    let complaint = try #require(complaints.first)
    #expect(complaint.hasPrefix("WE_1.zip: error: the file cannot be read: "))
    #expect(
      complaint.hasSuffix("; nothing was computed; make the export again or mend the file."))
    #expect(complaints.count == 1)
  }

  @Test("An export without any date has no as-of date")
  func noDate() throws {
    let deals = "Id,StageName,CloseDate,IsClosed,IsWon\n\(ID.deal(1)),Talks,2026-12-01,0,0\n"
    #expect(
      try Exports.complaints(Exports.files(["Opportunity.csv": deals])) == [
        "error: the export holds no date from which the as-of date could be taken; "
          + "nothing was computed; state as_of in cadastre.yaml or give --as-of."
      ])
  }
}
