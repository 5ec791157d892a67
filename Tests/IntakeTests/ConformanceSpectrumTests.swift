import Foundation
import TestKit
import Testing

@testable import Intake

@Suite("Conformance: csv-spectrum")
struct ConformanceSpectrumTests {
  @Test(
    "The files hold the cells that the JSON beside them says", .needsRealData("csv-spectrum"),
    arguments: [
      "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
      "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
    ])
  func cells(name: String) throws {
    let folder = try RealData.require("csv-spectrum")
    let json = try Data(contentsOf: folder.appending(path: "json/\(name).json"))
    let expected = try JSONDecoder().decode([[String: String]].self, from: json)
    let read = try ReadCSV(folder.appending(path: "csvs/\(name).csv"))
    #expect(read.records == expected)
    #expect(read.counts.used == expected.count && read.counts.setAside == 0)
  }

  // Its JSON is not UTF-8 and tells of another telephone number, so the cells are stated here.
  @Test("The quote inside an unquoted field stays", .needsRealData("csv-spectrum"))
  func coordinates() throws {
    let folder = try RealData.require("csv-spectrum")
    let expected = [
      "Contact Phone Number": "2095257564",
      "Location Coordinates": "37\u{FFFD}36'37.8\"N 121\u{FFFD}2'17.9\"W",
      "Cities": "Modesto", "Counties": "Stanislaus",
    ]
    #expect(
      try ReadCSV(folder.appending(path: "csvs/location_coordinates.csv")).records == [expected])
  }

  @Test("These tests know every file of the set", .needsRealData("csv-spectrum"))
  func allFiles() throws {
    let files = try RealData.require("csv-spectrum").appending(path: "csvs").filesBelow()
    #expect(files.count == 12)
  }
}
