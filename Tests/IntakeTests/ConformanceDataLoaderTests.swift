import Foundation
import TestKit
import Testing

@testable import Intake

/// The files of the Data Loader's own tests, with the values that its authors wrote into them.
@Suite("Conformance: the Data Loader's test files", .needsRealData("sf-dataloader"))
struct ConformanceDataLoaderTests {
  private func read(_ name: String) throws -> ReadCSV {
    try ReadCSV(RealData.require("sf-dataloader").appending(path: "tests/\(name).csv"))
  }

  /// Expects a file's header and all its rows, none of them set aside.
  private func expect(
    _ name: String, _ header: [String], _ rows: [[String]],
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let read = try read(name)
    #expect(read.header == header, "\(name)", sourceLocation: location)
    #expect(read.rows == rows, "\(name)", sourceLocation: location)
    #expect(read.counts.read == rows.count, "\(name)", sourceLocation: location)
    #expect(read.counts.setAside == 0, "\(name)", sourceLocation: location)
  }

  // MARK: Encodings

  @Test(
    "The same table in every Unicode encoding gives the same rows",
    arguments: [
      "csvtext", "csvtext_BOM_UTF8", "csvtext_BOM_UTF16LE", "csvtext_BOM_UTF16BE",
      "csvtext_BOM_UTF32LE", "csvtext_BOM_UTF32BE",
    ])
  func encodings(name: String) throws {
    try expect(
      name, ["column1", "column2", "column3"],
      [["row1-1", "row1-2", "row1-3"], ["row2-1", "row2-2", "row2-3"]])
  }

  // MARK: Quotes and separators

  @Test("Doubled quotes stand for one, at the ends of a cell too")
  func escapedQuotes() throws {
    try expect(
      "csvEscapedQuotes", ["column1", "column2"],
      [["\"The Best\" Account", "bla"], ["The \"Best\" Account", "bla"]])
  }

  @Test("A character that separates elsewhere is a character of its cell here")
  func separators() throws {
    try expect(
      "csvSeparator", ["column1", "column2!some", "column3"],
      [["col11", "col12!somev1", "col13"], ["col21", "col22!somev2", "col23"]])
  }

  @Test("Rich text keeps its markup, its quotes and every space")
  func richText() throws {
    try expect(
      "accountsForInsert", ["Name", "NumEmp", "Industry", "RichText"],
      [
        [
          "Company A", "25", "Heavy Industry",
          "    4 <span style=\" font-size: 172px;\">leading spaces and</span> 2 trailing "
            + "<h1>spaces</h1>  ",
        ],
        ["Company B", "36", "Mining", "<p>    4 leading spaces and 2 trailing spaces  </p>"],
        [
          "Company C", "47", "Aerospace",
          "    4 leading spaces and 2 trailing spaces with 3 spaces after <   char  ",
        ],
        ["Company D", "58", "Fiber Optics", "    4 leading spaces and 2 trailing spaces  "],
      ])
  }

  @Test("A picture inside a cell keeps each of its letters, plus signs and equals signs")
  func binaryText() throws {
    try expect(
      "acctsWithBinaryDataInRTF", ["Name", "RICHTEXT__c"],
      [
        [
          "Company A",
          "<img alt=\"testBinaryDataInRTF\" src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAg"
            + "AAAAIAQMAAAD+wSzIAAAABlBMVEX///+/v7+jQ3Y5AAAADklEQVQI12P4AIX8EAgALgAD/aNpbtEAAAAASUV"
            + "ORK5CYII\"></img>",
        ]
      ])
  }

  @Test("Spaces of any script at the ends of a cell are part of it")
  func ideographicSpaces() throws {
    try expect(
      "insertTaskWithContactAsWhoCsv", ["Subject", "Who:Contact-email"],
      [
        [
          "testPolymorphicLookup",
          " contactFor@PolymorphicMappingOfTask.com\u{3000} \u{3000}",
        ]
      ])
  }

  // MARK: Small tables

  @Test("Small tables say what their authors wrote, with and without a last line end")
  func small() throws {
    try expect(
      "constantMappingInCsv", ["Name", "NumEmployees"],
      [["ABC Corp.", "25000"], ["XYZ Corp.", "62999"]])
    try expect(
      "constantMappingInCsvClashing", ["name", "Number of Employees", "Industry"],
      [["ABC Corp.", "25000", "Finance"], ["XYZ Corp.", "62999", "Heavy Metals"]])
    try expect(
      "oneToManySforceFieldsMappingInCsv", ["Name", "NumEmployees", "State"],
      [["ABC Corp.", "25000", "California"], ["XYZ Corp.", "62999", "New York"]])
    let bridges = ["Bay-Bridge.jpg", "BayBridgeBW.jpg", "BayBridgeFromTreasureIsland.jpg"]
    try expect(
      "createAttachmentMultipleFilesTemplate", ["Name", "Body", "ParentId"],
      bridges.map { [$0, $0, "XXX"] })
    try expect(
      "createAttachmentTemplate", ["Name", "Body", "ParentId"],
      [["TestAttachment_01.txt", "attachment.txt", "XXX"]])
    try expect(
      "emptyFirstRowFieldValueInCsvTemplate", ["ID", "NAME", "WEBSITE"],
      [
        ["001x00000035m0iAAA", "account Update #0", ""],
        ["001x00000035m0jAAA", "account Update #1", "updated"],
      ])
    let attachment = "target/test-classes/testfiles/data/attachment.txt"
    try expect(
      "polymorphicRelationshipInAttachment",
      ["Name", "Body", "Parent:Account-Oracle_Id__c", "Parent:Contact-Email"],
      [
        ["accountAttachment.txt", attachment, "1-000000", ""],
        ["contactAttachment.txt", attachment, "", "contact0@testcustomer.com"],
      ])
    try expect(
      "insertAccountWithMultipleBatchesCSV", ["oracle_id", "name", "CustomDateTime"],
      [
        ["o1", "o1acct", "2010-10-14T12:00:00.000GMT"], ["o2", "o2acct", "wrongdate"],
        ["o3", "o3acct", "2010-10-14T12:00:00.000GMT"],
      ])
    try expect(
      "SoqlInClauseFromCSV", ["name", "Oracle_Id__c", "AccountNumber__c"],
      (0..<20).map { ["acctNameXyz\($0)", "oracleIdXyz\($0)", "ACCT\($0)"] })
  }

  // A table of one column cannot tell an empty line from an empty cell. It is read as a cell, so that
  // no value is lost; with a key column the row would be set aside with a finding.
  @Test("Lists of one column keep every line, a blank one as an empty cell")
  func lists() throws {
    func ids(_ count: Int) -> [[String]] { (0..<count).map { ["id#\($0)"] } }
    try expect("deleteAccountCsvTemplate", ["ID"], ids(100))
    try expect("hardDeleteAccountCsvTemplate", ["ID"], ids(100))
    try expect("hardDeleteUserPermOffTemplate", ["ID"], ids(100))
    try expect("hardDelete1AccountCsvTemplate", ["ID"], ids(1) + [[""]])
    try expect("hardDeleteBulkApiSetToFalseTemplate", ["ID"], ids(1))
    try expect("hardDeleteEmptyCsvFileTemplate", ["ID"], [])
    try expect("hardDeleteIDFromOtherObjectFailsTemplate", ["ID"], ids(1))
    try expect("hardDeleteInvalidIDFailsOtherValidIDPassesTemplate", ["ID"], ids(3))
    try expect("hardDeleteInvalidInputTemplate", ["ID"], [["not an id"], [""]])
    try expect(
      "hardDeleteSameObjectIDSucceedsOtherObjectIDFailsTemplate", ["ID"], ids(2) + [[""]])
    let many = try read("20kRows")
    #expect(many.header == ["COLUMN1"])
    #expect(many.counts.read == 20_000 && many.counts.setAside == 0)
    #expect(many.lines == Array(2...20_001))
    #expect(many.rows.prefix(4) == [["0"], ["1"], ["2"], ["3"]])
    // Counted with sort and uniq; the header's line is no row.
    #expect(many.rows.count { $0 == ["5"] } == 3_636)
    #expect(many.rows.count { $0 == ["9"] } == 1_818)
  }

  // MARK: Accounts by rule

  private static let account = [
    "NAME", "TYPE", "PHONE", "ACCOUNTNUMBER__C", "WEBSITE", "ANNUALREVENUE", "ORACLE_ID__C",
  ]

  /// The row that the authors' pattern makes of a number.
  private func account(_ number: Int, _ verb: String, digits: Int = 6) -> [String] {
    let padded = String(number).padded(to: digits)
    let site = verb.prefix(1).uppercased() + verb.dropFirst()
    return [
      "account \(verb) #\(number)", "Account", "415-555-\(String(number).padded(to: 4))",
      "ACCT_\(number)", "http://www.account\(site)\(number).com", "\(number * 1_000)",
      "1-\(padded)",
    ]
  }

  @Test("A hundred accounts a file follow their authors' pattern row by row")
  func accounts() throws {
    try expect("insertAccountCsv", Self.account, (0..<100).map { account($0, "insert", digits: 5) })
    let upserts = (0..<100).map { account($0, "Upsert") }
    try expect("bulkV2MultipleJobsCsvTemplate", Self.account, upserts)
    // Its first Id stands between ideographic spaces.
    var spaced = upserts
    spaced[0][6] = "\u{3000} \u{3000}1-000000\u{3000} \u{3000}"
    try expect("upsertAccountCsvTemplate", Self.account, spaced)
    try expect("upsertAccountSmallTemplate", Self.account, Array(spaced.prefix(10)))
    try expect("upsertWithRowOffsetTemplate", Self.account, Array(upserts.prefix(10)))
  }

  @Test("Accounts that name a parent do so in the last cell, with or without a last line end")
  func parents() throws {
    func child(_ number: Int, of parent: Int, digits: Int) -> [String] {
      let text = String(number).padded(to: digits)
      return [
        "account UpsertFk #\(text)", "Account", "415-555-\(String(number).padded(to: 4))",
        "ACCT_\(text)", "http://www.accountUpsertFk\(text).com", "\(text)000",
        "1-\(String(number).padded(to: 6))", "1-\(String(parent).padded(to: 6))",
      ]
    }
    try expect(
      "upsertFkAccountOldFormatCsvTemplate", Self.account + ["PARENT"],
      (50..<100).map { child($0, of: $0 - 50, digits: 2) })
    try expect(
      "upsertFkAccountNewFormatCsvTemplate", Self.account + ["PARENT"],
      (5..<10).map { child($0, of: $0 - 5, digits: 2) })
  }

  @Test("Updates carry Ids of 18 characters, or the name of an owner in another column")
  func updates() throws {
    let updates = try read("updateAccountCsvTemplate")
    #expect(updates.header == ["ID", "NAME", "WEBSITE", "ANNUALREVENUE", "PHONE"])
    #expect(updates.counts.read == 100 && updates.counts.setAside == 0)
    #expect(updates.rows.first?[0] == "001x00000035m0iAAA")
    #expect(updates.rows.last?[0] == "001x00000035m2JAAQ")
    #expect(
      updates.rows.map { Array($0.dropFirst()) }
        == (0..<100).map {
          [
            "account Update #\($0)", "http://www.accountUpdate\($0).com", "\($0 * 1_000)",
            "1234567890",
          ]
        })
    try expect(
      "updateAccountWithExternalIdCsvTemplate",
      ["NAME", "WEBSITE", "ANNUALREVENUE", "PHONE", "ORACLE_ID__C", "OWNER:User-username"],
      (0..<5).map {
        [
          "account Update #\($0)", "http://www.accountUpdate\($0).com", "\($0 * 1_000)",
          "1234567890", "1-00000\($0)", "standard@org.com",
        ]
      })
  }

  // MARK: Dates

  @Test("Dates stand in their cells as their authors wrote them")
  func dates() throws {
    func row(_ number: Int, _ dates: String...) -> [String] {
      [
        "account insert #\(number)", "Account", "415-555-0000", "ACCT_\(number)",
        "http://www.accountInsert\(number).com", "0", "1-0000\(number)",
      ] + dates
    }
    let noon = "2010-10-14T12:00:00.000"
    let midnight = "2010-10-14T00:00:00.000"
    let both = Self.account + ["DATE", "DATE_ONLY"]
    try expect("dateEndingInZ", both, [row(0, noon + "Z", noon + "Z")])
    try expect("dateUsingDefaultTimeZone", both, [row(0, noon, noon)])
    try expect(
      "dateWithTimeZone", both,
      [row(0, noon + "Z-0300", noon + "Z"), row(1, noon + "Z-0300", midnight)])
    try expect(
      "dateOnlyWithTimeZone", Self.account + ["DATE_ONLY"],
      [row(0, midnight + "Z"), row(1, midnight)])
    try expect(
      "timeZoneFormatTesting", ["Name", "Date"],
      [
        ["A", "07/15/2009 02:14:45+0800"], ["B", "07/13/2009 22:14:45-0800"],
        ["C", "07/14/2009 14:14:45+0200"], ["D", "2009-07-14 22:14:45+0800"],
        ["E", "2009-07-14 02:14:45-0800"], ["F", "2009-07-14 14:14:45+0200"],
        ["AT", "07/15/2009T02:14:45+0800"], ["BT", "07/13/2009T22:14:45-0800"],
        ["CT", "07/14/2009T14:14:45+0200"], ["DT", "2009-07-14T22:14:45+0800"],
        ["ET", "2009-07-14T02:14:45-0800"], ["FT", "2009-07-14T14:14:45+0200"],
      ])
    try expect(
      "timeZoneFormatTestingWithErrors", ["Name", "Date"],
      [
        ["A", "07/15/2009 02:14:45+0800"], ["D", #"2009\7\14 22:14:45+0800"#],
        ["E", "2009-07/14 02:14:45-0800"], ["B", "07/13/2009 22:14:45-0800"],
        ["C", "07/14/2009 14:14:45+0200"], ["F", "2009-07-14T14:14:45+02:00"],
      ])
  }

  @Test("These tests know every file of the set")
  func allFiles() throws {
    #expect(try RealData.require("sf-dataloader").appending(path: "tests").filesBelow().count == 46)
  }
}

extension String {
  /// The text with zeros before it.
  fileprivate func padded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
