import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Charsets")
struct CharsetTests {
  /// An export of accounts in a charset of Foundation's.
  private func file(_ names: [String], _ encoding: String.Encoding) throws -> [UInt8] {
    var text = "Id,Name\n"
    for (number, name) in names.enumerated() { text += "\(ID.account(number + 1)),\"\(name)\"\n" }
    return Array(try #require(text.data(using: encoding)))
  }

  private func read(
    _ bytes: [UInt8], stated: String? = nil, blockSize: Int? = nil
  ) throws -> (names: [String], encoding: String, said: [String]) {
    let export = try Exports.load(
      bytes: ["Account.csv": bytes], fields: [.account: ["Name"]],
      stated: Dialect.Stated(encoding: stated), blockSize: blockSize)
    return (
      export.records[.account].words("Name"), export.files[0].dialect.encoding.description,
      export.said
    )
  }

  // 表, 能 and ソ end in the byte of a backslash, ポ in that of a pipe.
  private static let japanese = [
    "株式会社山田製作所", "表示能力ソニー", "ポート|表", "東京都千代田区丸の内", "三菱重工業", "日本電気",
  ]

  @Test("Shift_JIS is known by its bytes, and its second bytes are no separators")
  func shiftJIS() throws {
    let read = try read(file(Self.japanese, .shiftJIS), blockSize: 7)
    #expect(read.names == Self.japanese)
    #expect(read.encoding == "Shift_JIS by its bytes")
    #expect(read.said == [])
  }

  /// Exports of accounts that Python's codecs wrote.
  @Test(
    "Charsets of several bytes a character are known by their bytes",
    arguments: [
      (
        "EUC-JP", ["株式会社山田製作所", "表示能力ソニー", "ポート|表", "東京都千代田区丸の内", "三菱重工業", "日本電気"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIrP0vLCy8bzSu7PFxMC9uu696iIKMDAxMDAwMDAwMDAw"
          + "MDAyQUFBLCLJvbyox73Oz6W9pcuhvCIKMDAxMDAwMDAwMDAwMDAzQUFBLCKl3aG8pch8yb0iCjAwMTAw"
          + "MDAwMDAwMDAwNEFBQSwixey1/sXUwOnC5cXEtui03aTOxuIiCjAwMTAwMDAwMDAwMDAwNUFBQSwiu7DJ"
          + "qb3Fuam2yCIKMDAxMDAwMDAwMDAwMDA2QUFBLCLG/MvcxcW1pCIK"
      ),
      (
        "ISO-2022-JP", ["株式会社山田製作所", "表示能力ソニー", "ポート|表", "東京都千代田区丸の内", "三菱重工業", "日本電気"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIhskQjN0PDAycTxSOzNFREA9Om49ahsoQiIKMDAxMDAw"
          + "MDAwMDAwMDAyQUFBLCIbJEJJPTwoRz1OTyU9JUshPBsoQiIKMDAxMDAwMDAwMDAwMDAzQUFBLCIbJEIl"
          + "XSE8JUgbKEJ8GyRCST0bKEIiCjAwMTAwMDAwMDAwMDAwNEFBQSwiGyRCRWw1fkVUQGlCZUVENmg0XSRO"
          + "RmIbKEIiCjAwMTAwMDAwMDAwMDAwNUFBQSwiGyRCOzBJKT1FOSk2SBsoQiIKMDAxMDAwMDAwMDAwMDA2"
          + "QUFBLCIbJEJGfEtcRUU1JBsoQiIK"
      ),
      (
        "GB18030", ["北京科技有限公司", "上海市浦东新区", "中国移动通信", "深圳华为技术有限公司"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIrGxvqm/xry809DP3rmry74iCjAwMTAwMDAwMDAwMDAw"
          + "MkFBQSwiyc+6o8rQxta2q9DCx/giCjAwMTAwMDAwMDAwMDAwM0FBQSwi1tC5+tLGtq/NqNDFIgowMDEw"
          + "MDAwMDAwMDAwMDRBQUEsIsnu29q7qs6qvLzK9dPQz965q8u+Igo="
      ),
      (
        "Big5", ["台北市信義區", "鴻海精密工業股份有限公司", "台灣積體電路製造", "許功蓋"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIqV4pV+lq6tIuHGwzyIKMDAxMDAwMDAwMDAwMDAyQUFB"
          + "LCLCRa78uuuxS6R1t36q0aX3prOtraS9pXEiCjAwMTAwMDAwMDAwMDAwM0FBQSwipXjGV79uxem5cbj0"
          + "u3OzeSIKMDAxMDAwMDAwMDAwMDA0QUFBLCKzXKVcu1wiCg=="
      ),
      (
        "EUC-KR", ["삼성전자 주식회사", "서울특별시 강남구", "현대자동차", "엘지화학"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIrvvvLrA/MDaIMHWvcTIuLvnIgowMDEwMDAwMDAwMDAw"
          + "MDJBQUEsIrytv+/Gr7qwvcMgsK2zsrG4IgowMDEwMDAwMDAwMDAwMDNBQUEsIsf2tOvA2rW/wvciCjAw"
          + "MTAwMDAwMDAwMDAwNEFBQSwiv6TB9sitx9AiCg=="
      ),
      (
        "KOI8-R", ["ООО Ромашка", "Газпром нефть", "Санкт-Петербург", "Москва"],
        "SWQsTmFtZQowMDEwMDAwMDAwMDAwMDFBQUEsIu/v7yDyz83B28vBIgowMDEwMDAwMDAwMDAwMDJBQUEs"
          + "IufB2tDSz80gzsXG1NgiCjAwMTAwMDAwMDAwMDAwM0FBQSwi88HOy9Qt8MXUxdLC1dLHIgowMDEwMDAw"
          + "MDAwMDAwMDRBQUEsIu3P08vXwSIK"
      ),
    ])
  func written(charset: String, names: [String], base64: String) throws {
    let read = try read([UInt8](#require(Data(base64Encoded: base64))))
    #expect(read.names == names)
    #expect(read.encoding == "\(charset) by its bytes")
    #expect(read.said == [])
  }

  @Test(
    "Alphabets of one byte a letter are known by the frequency of letters",
    arguments: [
      (
        .windowsCP1251, ["ООО Ромашка", "Газпром нефть", "Санкт-Петербург", "Москва"],
        "Windows-1251"
      ),
      (
        .windowsCP1250,
        [
          "Spółka Akcyjna", "Łódź", "Wrocław", "Gdańsk", "Żywiec", "Świętokrzyskie", "Główny Urząd",
        ],
        "Windows-1250"
      ),
      (
        .windowsCP1253, ["Αθήνα", "Θεσσαλονίκη", "Εθνική Τράπεζα της Ελλάδος"], "ISO-8859-7"
      ),
    ] as [(String.Encoding, [String], String)])
  func alphabets(encoding: String.Encoding, names: [String], charset: String) throws {
    let read = try read(file(names, encoding))
    #expect(read.names == names)
    #expect(read.encoding == "\(charset) by its bytes")
  }

  @Test("Western names are Windows-1252, whether C1 bytes occur or not")
  func western() throws {
    for names in [
      ["Müller GmbH", "Zürich", "Straße 5"], ["L’Oréal", "Crédit Agricole", "5 €"], ["Pébéo"],
      ["Compañía", "Peñalolén", "Málaga"], ["Ærø", "Ågård", "Smørrebrød"],
    ] {
      let read = try read(file(names, .windowsCP1252))
      #expect(read.names == names)
      #expect(read.encoding.hasPrefix("Windows-1252"))
      #expect(read.said == [])
    }
  }

  @Test(
    "UTF-16 and UTF-32 are read with their mark and without, cut anywhere",
    arguments: [
      (.utf16LittleEndian, "UTF-16LE", [0xFF, 0xFE]), (.utf16BigEndian, "UTF-16BE", [0xFE, 0xFF]),
      (.utf32LittleEndian, "UTF-32LE", [0xFF, 0xFE, 0, 0]),
      (.utf32BigEndian, "UTF-32BE", [0, 0, 0xFE, 0xFF]),
    ] as [(String.Encoding, String, [UInt8])])
  func wide(encoding: String.Encoding, name: String, mark: [UInt8]) throws {
    let names = Self.japanese + ["Zürich 😀"]
    let bytes = try file(names, encoding)
    for size in [1, 5, nil] {
      let marked = try read(mark + bytes, blockSize: size)
      #expect(marked.names == names)
      #expect(marked.encoding == "\(name) by its byte-order mark")
    }
    let bare = try read(bytes)
    #expect(bare.names == names)
    #expect(bare.encoding == "\(name) by its bytes")
    #expect(bare.said == [])
  }

  @Test("The mark of UTF-16 before UTF-32, as the Data Loader's own files have it, is not believed")
  func wrongMark() throws {
    let bytes = try [0xFE, 0xFF] + file(["Acme"], .utf32LittleEndian)
    let read = try read(bytes)
    #expect(read.names == ["Acme"])
    #expect(read.encoding == "UTF-32LE by its bytes")
  }

  @Test(
    "The Data Loader's test files say the same in each of their encodings",
    .needsRealData("sf-dataloader"),
    arguments: [
      ("UTF8", "UTF-8 by its byte-order mark"), ("UTF16LE", "UTF-16LE by its byte-order mark"),
      ("UTF16BE", "UTF-16BE by its byte-order mark"), ("UTF32LE", "UTF-32LE by its bytes"),
      ("UTF32BE", "UTF-32BE by its bytes"),
    ])
  func dataLoader(name: String, encoding: String) throws {
    let folder = try RealData.require("sf-dataloader").appending(path: "tests")
    let path = folder.appending(path: "csvtext_BOM_\(name).csv").path
    let file = try OpenFile(#require(try ExportFiles(at: [path]).files.first))
    #expect(file.header.names == ["column1", "column2", "column3"])
    #expect(file.dialect.encoding.description == encoding)
    #expect(file.firstCells(1) == [Array("row1-2".utf8), Array("row2-2".utf8)])
  }

  @Test("A stated encoding is taken before every sign in the file, by any of its names")
  func stated() throws {
    let read = try read(file(["5 €"], .windowsCP1252), stated: "ISO-8859-15")
    #expect(read.names == ["5 \u{80}"])
    #expect(read.encoding == "ISO-8859-15 (stated)")
    let other = try self.read(file(["表"], .shiftJIS), stated: "sjis")
    #expect(other.names == ["表"])
    #expect(other.encoding == "Shift_JIS (stated)")
    let bytes = try file(["表"], .utf16BigEndian)
    #expect(try Dialect.Encoding.stated("UTF-16", for: bytes).description == "UTF-16BE (stated)")
  }

  @Test("An encoding that nobody knows is an error that names a near one")
  func unknown() throws {
    func complaints(_ name: String) throws -> [String] {
      try Exports.complaints {
        try Exports.load(bytes: [:], stated: Dialect.Stated(encoding: name))
      }
    }
    #expect(
      try complaints("Shift_JISS") == [
        "error: no encoding is called \"Shift_JISS\"; nothing was read; "
          + "did you mean \"Shift_JIS\"?"
      ])
    #expect(
      try complaints("Klingon") == [
        "error: no encoding is called \"Klingon\"; nothing was read; "
          + "name one such as UTF-8, Windows-1252 or Shift_JIS, or leave it to the files."
      ])
  }

  @Test("A mark that contradicts what is stated is an error")
  func markDiffers() throws {
    let bytes = Array("\u{FEFF}Id,Name\n".utf8)
    let complaints = try Exports.complaints {
      try Exports.load(
        bytes: ["Account.csv": bytes], stated: Dialect.Stated(encoding: "Shift_JIS"))
    }
    #expect(
      complaints == [
        "Account.csv:1: error: the file begins with the byte-order mark of UTF-8, but Shift_JIS is "
          + "stated; nothing was computed; state UTF-8, or leave it to the files."
      ])
  }

  @Test("Bytes that stand for no character are counted, located and replaced")
  func undecodable() throws {
    var bytes = try file(Self.japanese, .shiftJIS)
    // A lead byte with nothing that may follow it, twice, in the last two rows.
    let rows = "\(ID.account(7)),\"x".utf8
    bytes += Array(rows) + [0x81, 0x22, 0x0A] + Array("\(ID.account(8)),y".utf8) + [0xFD, 0x0A]
    let read = try read(bytes, stated: "Shift_JIS")
    #expect(read.names.suffix(2) == ["x\u{FFFD}", "y\u{FFFD}"])
    #expect(
      read.said == [
        "2 × Account.csv:8: warning: bytes stand here that Shift_JIS has no character for; each was "
          + "read as U+FFFD; state the file's encoding, or export it again as UTF-8."
      ])
  }

  @Test("A ruined character that is already U+FFFD passes unchanged and unsaid")
  func replacement() throws {
    let names = ["Caf\u{FFFD}", "\u{FFFD}\u{FFFD}"]
    for encoding in [String.Encoding.utf8, .utf16LittleEndian] {
      let read = try read(file(names, encoding))
      #expect(read.names == names)
      #expect(read.said == [])
    }
  }

  @Test("One ruined cell among many of UTF-8 does not ruin the others")
  func ruined() throws {
    var bytes = try file((1...20).map { "Zürich \($0)" }, .utf8)
    bytes += Array("\(ID.account(21)),Caf".utf8) + [0xE9, 0x0A]
    let read = try read(bytes)
    #expect(read.names.first == "Zürich 1")
    #expect(read.names.last == "Café")
    #expect(read.encoding == "UTF-8 by its bytes")
    #expect(read.said.count == 1)
  }

  @Test("Every charset of ICU that a person may state can be opened by the name it is shown with")
  func known() throws {
    let names = Dialect.Encoding.known
    #expect(names.count > 200)
    for name in ["UTF-8", "Shift_JIS", "EUC-KR", "Big5", "GB18030", "KOI8-R", "ISO-8859-15"] {
      #expect(Dialect.Encoding.commonName(name) == name)
      _ = try CharsetDecoder(name)
    }
    #expect(Dialect.Encoding.commonName("cp1252") == "Windows-1252")
    #expect(Dialect.Encoding.commonName("no such") == nil)
  }
}
