import Foundation
import TestKit
import Testing

@testable import Intake

/// The files of univocity-parsers' own tests, with the values that those tests state.
///
/// Its authors read some of them with options that no CRM's export needs, so that Intake has none:
/// comment lines, lines to skip, trimming, backslash escapes. Where a test reads such a file it says so
/// and states what stands in the file instead.
@Suite("Conformance: univocity-parsers", .needsRealData("univocity-csv"))
struct ConformanceUnivocityTests {
  /// A file of the set without the lines that its authors skip, and without blank ones before the
  /// header, read as a CSV whatever its name is.
  private func read(
    _ name: String, newline: String = "\n", skipping skipped: [String] = []
  ) throws -> ReadCSV {
    let file = try RealData.require("univocity-csv").appending(path: name)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let scalars = Array(text.unicodeScalars).split(
      separator: Array(newline.unicodeScalars), omittingEmptySubsequences: false)
    let lines = scalars.map { line in String(String.UnicodeScalarView(line)) }
      .filter { line in !skipped.contains { line.hasPrefix($0) } }
      .drop { $0.isEmpty }
    return try ReadCSV(Array(lines.joined(separator: newline).utf8))
  }

  private static let cars = ["Year", "Make", "Model", "Description", "Price"]

  // MARK: The essential file

  /// Lines that the authors' test passes over: a preamble, a comment, a line by its number.
  private static let preamble = ["This line and", "#this is", "-->skipping"]

  /// The rows that authors and we read alike.
  private static let essential = [
    ["1997", "Ford", "E350", "ac, abs, moon", "3000.00"],
    ["1999", "Chevy", "Venture \"Extended Edition\"", "", "4900.00"],
    ["1996", "Jeep", "Grand Cherokee", "MUST SELL!\nair, moon roof, loaded", "4799.00"],
    ["1999", "Chevy", "Venture \"Extended Edition, Very Large\"", "", "5000.00"],
    ["", "", "Venture \"Extended Edition\"", "", "4900.00"],
    ["", "", "", "", ""],
    [" ", " ", " ", " ", " "],
    ["", "", " 5 ", "", ""],
  ]

  @Test(
    "The essential file says the same with the line ends of Unix, DOS and the old Mac",
    arguments: [
      ("csv-essential.csv", "\n"), ("csv-essential-dos.csv", "\r\n"),
      ("csv-essential-mac.csv", "\r"),
    ])
  func essential(name: String, newline: String) throws {
    let read = try read(name, newline: newline, skipping: Self.preamble)
    #expect(read.header == Self.cars)
    // A newline inside quotes is kept as it stands; the authors' test has it normalised.
    let inside = newline
    let alike = Self.essential.map { $0.map { $0.replacing("\n", with: inside) } }
    #expect(Array(read.rows.prefix(8)) == alike)
    // White space between a closing quote and the separator, which the authors drop: RFC 4180 has no
    // such cell, and Intake never trims, so that the cell is kept as it stands in the file.
    #expect(
      Array(read.rows.dropFirst(8)) == [
        ["1997 ", " Ford ", "E350", "\"ac, abs, moon\"\t", " \"3000.00\" \t"],
        ["1997", " Ford ", "E350", "\" ac, abs, moon \"\t", "3000.00  \t"],
        ["  1997", " Ford ", "E350", "\" ac, abs, moon \"\t", "3000.00"],
        ["    19 97 ", " Fo rd ", "E350", "\" ac, abs, moon \"\t", "3000.00"],
        ["\t\t", "\" \"  ", "  ", " \"  \"\t", "30 00.00\t"],
        ["1997", "Ford", "E350", " \" ac, abs, moon \" ", "3000.00"],
        ["1997", "Ford", "E350", "\" ac, abs, moon \" ", "3000.00"],
      ])
    // The line of two spaces, which the authors read as a row of one cell.
    #expect(read.counts.read == 16 && read.counts.setAside == 1)
  }

  @Test(
    "The essential file with tabs says the same, its backslashes being characters",
    arguments: [
      ("tsv-essential.tsv", "\n"), ("tsv-essential-dos.tsv", "\r\n"),
      ("tsv-essential-mac.tsv", "\r"),
    ])
  func essentialTabs(name: String, newline: String) throws {
    let read = try read(name, newline: newline, skipping: Self.preamble)
    #expect(read.header == Self.cars)
    // The authors' format is another TSV, in which \n and \t are escapes; a CRM quotes instead.
    var alike = Self.essential
    alike[2][3] = "MUST SELL!\\nair, moon roof, loaded"
    #expect(
      read.rows == alike + [
        ["1997 ", " Ford ", "E350", "ac, abs, moon\\t", " \"3000.00\" \\t"],
        ["1997", " Ford ", "E350", " ac, abs, moon \\t", "3000.00  \\t"],
        ["  1997", " Ford ", "E350", " ac, abs, moon \\t", "3000.00"],
        ["    19 97 ", " Fo rd ", "E350", " ac, abs, moon \\t", "3000.00"],
        ["\\t\\t", " ", "  ", " \"  \"\\t", "30 00.00\\t"],
        ["1997", "Ford", "E350", " \" ac, abs, moon \" ", "3000.00"],
        ["1997", "Ford", "E350", "\" ac, abs, moon \" ", "3000.00"],
      ])
    #expect(read.counts.setAside == 1)
  }

  // MARK: The examples

  @Test("The example of Wikipedia keeps its line break and its empty cells, with commas and tabs")
  func example() throws {
    // The authors skip comments, and blank lines even of spaces: these are set aside with a finding.
    let commas = try read("examples-example.csv", skipping: ["#"])
    let rows = Array(Self.essential.prefix(5))
    #expect(commas.header == Self.cars)
    #expect(commas.rows == rows)
    #expect(commas.counts.read == 7 && commas.counts.setAside == 2)
    let tabs = try read("examples-example.tsv", skipping: ["#"])
    var withEscape = rows
    withEscape[2][3] = "MUST SELL!\\nair, moon roof, loaded"
    #expect(tabs.header == Self.cars)
    #expect(tabs.rows == withEscape)
    #expect(tabs.counts.setAside == 2)
  }

  @Test("Cells padded with tabs keep their padding; the tab-separated twin has none")
  func beans() throws {
    let tabs = try read("examples-bean_test.tsv")
    #expect(tabs.header == ["date", "amount", "quantity", "pending", "comments"])
    #expect(
      tabs.rows == [
        ["10-oct-2001", "555.999", "1", "yEs", "?"],
        ["2001-10-10", "", "?", "N", "  \" something \"  "],
      ])
    // The authors trim what stands outside quotes; Intake never does.
    let commas = try read("examples-bean_test.csv")
    #expect(
      commas.header == ["date", "\t\t\tamount", "\t\tquantity", "\tpending\t", "comments"])
    #expect(
      commas.rows == [
        ["10-oct-2001", "\t555.999", "\t1", "\t\t\tyEs\t\t", "?"],
        ["2001-10-10", "\t\t", "\t\t\t?", "\t\t\tN\t\t", "  \" something \"  "],
      ])
  }

  @Test("Blank lines between groups are no rows, whatever stands before and after them")
  func masterDetail() throws {
    let amounts = ["50", "40", "10", "100", "170", "30", "200"]
    let items = ["Item1", "Item2", "Item3", "Total", "Item1", "Item2", "Total"]
    let tabs = try read("examples-master_detail.tsv")
    #expect(tabs.header == ["Description", "Amount"])
    #expect(tabs.rows == zip(items, amounts).map { [$0, $1] })
    #expect(tabs.lines == [3, 4, 5, 6, 9, 10, 11])
    let commas = try read("examples-master_detail.csv")
    #expect(commas.header == ["Description", "\tAmount"])
    #expect(commas.rows == zip(items, amounts).map { [$0, "\t\t\t" + $1] })
    #expect(commas.counts.read == 7 && commas.counts.setAside == 0)
  }

  @Test("Rows of another length than the header's are set aside by their lines, never bent")
  func otherLengths() throws {
    let schemas = try read("examples-multi_schema.csv")
    #expect(schemas.header == ["Client", "1", "Foo"])
    #expect(schemas.rows == [["Client", "2", "BAR"]])
    #expect(schemas.setAside == ["cells.csv:2:1", "cells.csv:3:1", "cells.csv:5:1"])
    let ragged = try read("csv-iterating_test.csv")
    #expect(ragged.header == ["a", " b", " c"])
    #expect(ragged.rows == [["d", " e", " f"], ["g", " h", " i"]])
    #expect(ragged.setAside == ["cells.csv:4:1", "cells.csv:5:1", "cells.csv:6:1"])
    // The authors keep the fourth cell; under a header of three it would belong to no field.
    let fourth = try read("issues-github_1-input.csv")
    #expect(fourth.header == ["column 1", "column 2", "column 3"])
    #expect(fourth.rows == [])
    #expect(fourth.setAside == ["cells.csv:2:1", "cells.csv:3:1"])
  }

  // MARK: Escapes that RFC 4180 does not have

  @Test("A backslash escapes quotes where they pair only so, and is a character elsewhere")
  func backslashes() throws {
    // The authors set the backslash as the escape of quotes; Intake sees that quotes pair only so.
    let escape = try read("examples-escape.csv")
    #expect(escape.header == [#"You are "beautiful""#])
    #expect(escape.rows == [[#"Yes, \"in the inside"\"#]])
    // Here they pair without escapes as well, and a backslash is as likely a path: it stays.
    let ticket = try read("issues-ticket_3-input.csv")
    #expect(ticket.header == [#"0\"#, #"\"0""#])
    #expect(ticket.rows == [[#"1\\"#, #"\"1""#], [#"2\\\"#, #"\"2""#]])
  }

  @Test("A European file with backslashes says what its authors say")
  func european() throws {
    let read = try read("examples-european.csv")
    #expect(read.header == Self.cars)
    #expect(
      read.rows == [
        ["1997", "Ford", "E350", "ac; abs; moon", "3000,00"],
        ["1999", "Chevy", "Venture \"Extended Edition\"", "", "4900,00"],
        ["1996", "Jeep", "Grand Cherokee", "MUST SELL!\nair; moon roof; loaded", "4799,00"],
        ["1999", "Chevy", "Venture \"Extended Edition; Very Large\"", "", "5000,00"],
        ["", "", "Venture \"Extended Edition\"", "", "4900,00"],
      ])
    #expect(read.counts.setAside == 0)
  }

  @Test("Text behind a closing quote belongs to the cell")
  func textBehindQuote() throws {
    let read = try read("csv-test.csv")
    #expect(read.header == ["1997", "\"value\"x"])
    #expect(read.counts.read == 0)
  }

  // MARK: Files of issues

  @Test("A Salesforce log with line breaks after doubled quotes has 32 cells a row")
  func salesforceLog() throws {
    let read = try read("issues-github_177-input.csv")
    #expect(read.header.count == 32)
    #expect(read.counts.read == 2 && read.counts.setAside == 0)
    #expect(read.records.map { $0["Name"] } == ["API-021382027", "API-021382123"])
    #expect(read.records.map { $0["CreatedDate"] }.first == "2016-11-16T18:47:46.000Z")
    #expect(read.records.first?["Field4"] == "")
    #expect(read.rows[0][9] == "Request:\n\n\nResponse:\n{ }")
    #expect(
      read.rows[1][9]
        == "Request:\n\n\nResponse:\n{\n  \"createdDate\" : \"2016-09-01T02:54:01.000Z\"\n}")
    #expect(read.rows.map { $0[31] } == ["", ""])
  }

  @Test("Five hundred addresses with the line ends of the old Mac")
  func addresses() throws {
    let read = try read("issues-github_194-uk-500.csv", newline: "\r")
    #expect(
      read.header == [
        "first_name", "last_name", "company_name", "address", "city", "county", "postal", "phone1",
        "phone2", "email", "web",
      ])
    #expect(read.counts.read == 500 && read.counts.setAside == 0)
    #expect(
      read.rows[0] == [
        "Aleshia", "Tomkiewicz", "Alan D Rosenburg Cpa Pc", "14 Taylor St", "St. Stephens Ward",
        "Kent", "CT2 7PP", "01835-703597", "01944-369967", "atomkiewicz@hotmail.com",
        "http://www.alandrosenburgcpapc.co.uk",
      ])
    #expect(read.rows[2][2] == "Elliott, John W Esq")
    #expect(read.lines == Array(2...501))
  }

  @Test("A comment is no header once it is taken away")
  func comment() throws {
    let read = try read("issues-github_7-input.csv", skipping: ["#"])
    #expect(read.header == ["A", "B", "C"])
    #expect(read.rows == [["1", "2", "3"]])
    #expect(read.counts.read == 1)
  }

  @Test("These tests know every file of the set")
  func allFiles() throws {
    #expect(try RealData.require("univocity-csv").filesBelow().count == 22)
  }
}
