import Foundation
import TestKit
import Testing

/// The instruments are tested before they measure.
@Suite("The instruments of the tests")
struct TestKitTests {
  @Test("The CSV reader keeps quotes, commas and line breaks inside quoted fields")
  func quoting() throws {
    let rows = try CSVReader.rows("a,\"b,\"\"c\"\"\"\r\n\"1\r\n2\",\n,\n")
    #expect(rows == [["a", "b,\"c\""], ["1\r\n2", ""], ["", ""]])
    #expect(try CSVReader.rows("") == [])
    #expect(try CSVReader.rows("x") == [["x"]])
    #expect(try CSVReader.rows("\"\"") == [[""]])
  }

  @Test(
    "The CSV reader refuses what RFC 4180 refuses",
    arguments: [
      ("a\nb\"c", "line 2: a quote inside an unquoted field"),
      ("\"a\"b", "line 1: text after a closing quote"),
      ("\"a\n", "line 2: the file ends inside a quoted field"),
    ])
  func malformed(text: String, sentence: String) throws {
    let error = #expect(throws: CSVReader.Malformed.self) { try CSVReader.rows(text) }
    #expect(error?.description == sentence)
  }

  @Test(
    "The CSV reader agrees with csv-spectrum", .needsRealData("csv-spectrum"),
    arguments: ["comma_in_quotes", "escaped_quotes", "newlines", "newlines_crlf", "utf8", "json"])
  func spectrum(name: String) throws {
    let folder = try RealData.require("csv-spectrum")
    let json = try Data(contentsOf: folder.appending(path: "json/\(name).json"))
    let expected = try JSONDecoder().decode([[String: String]].self, from: json)
    #expect(try CSVReader.records(of: folder.appending(path: "csvs/\(name).csv")) == expected)
  }

  @Test("A child that writes much to both streams neither blocks nor loses a byte")
  func streams() async throws {
    let script = "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero; cat; exit 7"
    let shell = URL(fileURLWithPath: "/bin/sh")
    let finished = try await run(shell, ["-c", script], input: Data("end".utf8))
    #expect(finished.status == 7)
    #expect(finished.outputBytes.count == 300_003)
    #expect(finished.errors.utf8.count == 300_000)
  }

  @Test("A child that hangs is ended and says so")
  func hanging() async throws {
    let finished = try await run(URL(fileURLWithPath: "/bin/sleep"), ["60"], seconds: 1)
    #expect(finished.status == 128 + 9)
    #expect(finished.errors == "\n(ended by the test: it ran longer than 1 seconds)")
  }

  @Test("A temporary folder is gone afterwards")
  func temporary() throws {
    let folder = try withTemporaryFolder { folder in
      try folder.write(files: ["a/b.csv": "x"])
      #expect(folder.filesBelow() == ["a/b.csv"])
      return folder
    }
    #expect(folder.filesBelow() == [])
  }

  @Test("DuckDB tells null from empty, and takes variables", .needs(.duckdb))
  func duckdb() async throws {
    let rows = try await DuckDB.query(
      "SELECT NULL, '', getvariable('word'), 1.50::DECIMAL(9,2)", variables: ["word": "it's"])
    #expect(rows == [[nil, "", "it's", "1.50"]])
  }

  @Test("The browser finds what a reader would trip over", .needs(.chromium, .python))
  func pages() async throws {
    try await withTemporaryFolder { folder in
      let style = "<style>body{margin:0;font:16px sans-serif}</style>"
      try folder.write(files: [
        "sound.html": "<!doctype html><title>t</title>\(style)<p>Sound",
        "wide.html": "<!doctype html><title>t</title>\(style)<div style='width:500px'>Wide</div>",
        "clipped.html": """
        <!doctype html><title>t</title>\(style)
        <p style='width:40px;overflow:hidden;white-space:nowrap'>Cut off in the middle</p>
        """,
        "over.html": """
        <!doctype html><title>t</title>\(style)<p>Below</p>
        <p style='position:absolute;top:16px;margin:0'>Above</p>
        """,
        "error.html": """
        <!doctype html><title>t</title>\(style)<p>x</p><script>console.error('a fault')</script>
        """,
      ])
      func problems(_ name: String) async throws -> [String] {
        try await PageCheck.problems(of: folder.appending(path: name), in: .init(width: 390))
      }
      #expect(try await problems("sound.html") == [])
      #expect(
        try await problems("wide.html") == [
          "The page is 500 px wide in a window of 390 px: <div> “Wide” reaches to 500 px."
        ])
      #expect(
        try await problems("clipped.html").map { $0.prefix(46) } == [
          "<p> “Cut off in the middle” is cut off: it nee"
        ])
      #expect(
        try await problems("over.html") == ["<p> “Above” lies over <p> “Below”."])
      #expect(try await problems("error.html") == ["Console error: a fault"])
    }
  }
}
