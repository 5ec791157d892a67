/// Text made inert for HTML.
enum HTMLText {
  /// The text with every character that HTML gives a meaning as an entity.
  ///
  /// It works on scalars: a quote or `<` that joins with a neighbouring mark into one character of
  /// Swift is still one to a browser. (swift-mustache's own escaping compares whole characters and
  /// lets those pass; so values are escaped here, and templates print them as they are.)
  static func escaped(_ text: String) -> String {
    var isPlain = true
    for byte in text.utf8 where isSpecial(byte) || byte < 0x20 || byte == 0x7F {
      isPlain = false
      break
    }
    if isPlain { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Text of a record, kept to its own writing direction: `<bdi>`, whatever marks it holds.
  static func isolated(_ text: String) -> String { isolated(text, escaped(text)) }

  /// The name of a file or another thing of long words, which may part within them.
  static func file(_ name: String) -> String { isolated(name, wrapping(name)) }

  private static func isolated(_ text: String, _ markup: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? markup : "<bdi>" + markup + "</bdi>"
  }

  /// Words longer than this may part at a mark within them.
  private static let longWord = 20

  /// Escaped text of which long words part where a reader would part them.
  ///
  /// Behind a mark, and before a capital letter that begins the next word. Never a record's own name:
  /// its words must stay whole to be found.
  static func wrapping(_ text: String) -> String {
    guard text.utf8.count > longWord else { return escaped(text) }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.unicodeScalars.count > longWord else { return escaped(String(word)) }
      let scalars = Array(word.unicodeScalars)
      var parts: [String] = [""]
      for (position, scalar) in scalars.enumerated() {
        let before = position > 0 ? scalars[position - 1] : scalar
        // The ending of a file stays with its name.
        let isEnding = before == "." && scalars.count - position < 10
        let isBehindMark =
          "._-/!#".unicodeScalars.contains(before) && scalar != before && !isEnding
        let beginsWord =
          ("A"..."Z").contains(scalar) && position + 1 < scalars.count
          && ("a"..."z").contains(scalars[position + 1])
          && (("a"..."z").contains(before) || ("0"..."9").contains(before))
        if isBehindMark || beginsWord { parts.append("") }
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
      return parts.map(escaped).joined(separator: "<wbr>")
    }.joined(separator: " ")
  }

  /// The name of a record, linked to it where its page is known.
  static func name(_ text: String, link: RecordLink?) -> String {
    guard let link else { return isolated(text) }
    return "<a href=\"\(escaped(link.url))\" rel=\"noreferrer\">\(isolated(text))</a>"
  }

  /// A value with its exact form for machines and, where it is a short form, for people.
  static func value(_ value: Shown) -> String {
    guard value.strength != .undefined else {
      return "<span class=\"undefined\">" + escaped(value.text) + "</span>"
    }
    switch value.unit {
    case .text, .id: return isolated(value.text)
    default: break
    }
    let title = value.full.map { " title=\"\(escaped($0))\"" } ?? ""
    let weak = value.strength == .weak ? " class=\"weak\"" : ""
    if value.unit == .date {
      return "<time datetime=\"\(escaped(value.data))\">\(escaped(value.text))</time>"
    }
    return "<data value=\"\(escaped(value.data))\"\(title)\(weak)>\(escaped(value.text))</data>"
  }

  /// A sentence with its names and values.
  static func prose(_ prose: ReportDocument.Prose) -> String {
    prose.runs.map { run in
      switch run {
      case .words(let words): escaped(words)
      case .name(let name): HTMLText.name(name.text, link: name.link)
      case .value(let shown): value(shown)
      }
    }.joined()
  }
}
