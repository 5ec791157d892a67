/// Adds to a PDF of Cairo 1.16 what Cairo has no words for.
///
/// These are the alternative texts of figures, what heads of tables are heads of, the language, and
/// that the window is called by the title. The objects of the file are copied with their additions
/// and the table of their places is written anew (ISO 32000-1, 7.5.4, 14.7, 14.9). A file that is
/// not laid out as Cairo 1.16 does is left as it is.
struct TaggedPDF {
  let language: String
  /// The tags of the document in the order in which they begin, which is that of their objects.
  let tags: [PaperTag]

  func completed(_ bytes: [UInt8]) -> [UInt8] {
    guard let table = Table(of: bytes), let additions = additions(bytes, table) else {
      return bytes
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + additions.count * 64)
    result += bytes[..<table.objects[0].start]
    var places = table.places
    for object in table.objects {
      places[object.number] = result.count
      guard let addition = additions[object.number] else {
        result += bytes[object.start..<object.end]
        continue
      }
      result += bytes[object.start..<addition.at]
      result += addition.text.utf8
      result += bytes[addition.at..<object.end]
    }
    let start = result.count
    result += Array("xref\n0 \(places.count)\n".utf8)
    for (number, place) in places.enumerated() {
      let digits = String(place ?? 0)
      let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
      result += Array((number == 0 ? "\(padded) 65535 f \n" : "\(padded) 00000 n \n").utf8)
    }
    result += bytes[table.trailer..<table.end]
    result += Array("startxref\n\(start)\n%%EOF\n".utf8)
    return result
  }

  /// What is added to an object, and where.
  private struct Addition {
    var at: Int
    var text: String
  }

  /// The additions by the number of their object; nil where the file has other tags than expected.
  private func additions(_ bytes: [UInt8], _ table: Table) -> [Int: Addition]? {
    var additions: [Int: Addition] = [:]
    var figures = tags.compactMap { tag in
      if case .figure(let alternative) = tag {
        " /Alt \(TaggedPDF.hexadecimal(alternative))\n"
      } else {
        nil
      }
    }[...]
    var heads = tags.compactMap { tag -> String? in
      switch tag {
      case .columnHead: " /A << /O /Table /Scope /Column >>\n"
      case .rowHead: " /A << /O /Table /Scope /Row >>\n"
      default: nil
      }
    }[...]
    for object in table.objects.sorted(by: { $0.number < $1.number }) {
      let header = Array("\(object.number) 0 obj\n".utf8).count
      let body = bytes[(object.start + header)..<object.end]
      if body.starts(with: Self.figure) {
        guard let text = figures.popFirst() else { return nil }
        additions[object.number] = Addition(at: body.startIndex + Self.figure.count, text: text)
      } else if body.starts(with: Self.head) {
        guard let text = heads.popFirst() else { return nil }
        additions[object.number] = Addition(at: body.startIndex + Self.head.count, text: text)
      } else if body.starts(with: Self.catalog) {
        additions[object.number] = Addition(
          at: body.startIndex + Self.catalog.count,
          text: "   /Lang \(TaggedPDF.hexadecimal(language))\n"
            + "   /ViewerPreferences << /DisplayDocTitle true >>\n")
      }
    }
    return figures.isEmpty && heads.isEmpty ? additions : nil
  }

  private static let figure = Array("<< /Type /StructElem\n   /S /Figure\n".utf8)
  private static let head = Array("<< /Type /StructElem\n   /S /TH\n".utf8)
  private static let catalog = Array("<< /Type /Catalog\n".utf8)

  /// A text string of PDF: UTF-16 with its mark, in hexadecimal digits.
  private static func hexadecimal(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes = Array("<FEFF".utf8)
    for unit in text.utf16 {
      for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }
    return String(decoding: bytes + Array(">".utf8), as: UTF8.self)
  }
}

extension TaggedPDF {
  /// Where the objects of a file stand.
  private struct Table {
    struct Object {
      var number: Int
      var start: Int
      var end: Int
    }

    /// In the order of the file.
    var objects: [Object] = []
    /// The offset of each object by its number, nil where there is none.
    var places: [Int?] = []
    /// Where the trailer begins, and ends.
    var trailer = 0
    var end = 0

    init?(of bytes: [UInt8]) {
      let word = Array("startxref\n".utf8)
      guard let last = bytes.lastIndex(of: word[0], before: bytes.count, where: word),
        let start = Table.number(in: bytes, at: last + word.count)?.value,
        bytes.indices.contains(start), bytes[start...].starts(with: "xref\n0 ".utf8),
        let count = Table.number(in: bytes, at: start + 7), count.value > 1
      else { return nil }
      let rows = count.end + 1
      end = last
      trailer = rows + 20 * count.value
      guard trailer < last, bytes[trailer...].starts(with: "trailer".utf8) else { return nil }
      for number in 0..<count.value {
        let row = rows + 20 * number
        let isUsed = bytes[row + 17] == UInt8(ascii: "n")
        places.append(isUsed ? Table.number(in: bytes, at: row)?.value : nil)
      }
      let used = places.enumerated().compactMap { number, place in place.map { (number, $0) } }
        .sorted { $0.1 < $1.1 }
      for (index, (number, place)) in used.enumerated() {
        let end = index + 1 < used.count ? used[index + 1].1 : start
        guard place < end, bytes[place...].starts(with: "\(number) 0 obj\n".utf8) else {
          return nil
        }
        objects.append(Object(number: number, start: place, end: end))
      }
      guard !objects.isEmpty else { return nil }
    }

    private static func number(in bytes: [UInt8], at start: Int) -> (value: Int, end: Int)? {
      let digits = bytes[start...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty, digits.count < 16 else { return nil }
      return (digits.reduce(0) { $0 * 10 + Int($1) - 48 }, digits.endIndex)
    }
  }
}

extension [UInt8] {
  /// The last place before an index at which a word stands that begins with a byte.
  fileprivate func lastIndex(of first: UInt8, before end: Int, where word: [UInt8]) -> Int? {
    indices.prefix(end).last { self[$0] == first && self[$0...].starts(with: word) }
  }
}

extension PaperDocument {
  /// The tags in the order in which they begin.
  var tags: [PaperTag] {
    pages.flatMap(\.marks).compactMap { mark in
      if case .begin(let tag) = mark { tag } else { nil }
    }
  }
}
