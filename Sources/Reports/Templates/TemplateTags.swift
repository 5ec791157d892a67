import Records

/// A tag of a mustache template with its place.
struct TemplateTag: Equatable {
  /// What the tag does.
  enum Kind: Equatable {
    case value
    case section
    case inverted
    case close
    case partial
    case comment
    /// Something of mustache that these templates do not use.
    case other
  }

  let kind: Kind
  let name: String
  let at: SourcePosition

  /// The tags of a text in their order.
  static func all(in text: String, file: String) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    var line = 1
    var column = 1
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func advance(to end: Int) {
      while index < end {
        if scalars[index] == "\n" {
          line += 1
          column = 1
        } else {
          column += 1
        }
        index += 1
      }
    }
    while index + 1 < scalars.count {
      guard scalars[index] == "{", scalars[index + 1] == "{" else {
        advance(to: index + 1)
        continue
      }
      let at = SourcePosition(file: file, line: line, column: column)
      let isTriple = index + 2 < scalars.count && scalars[index + 2] == "{"
      let start = index + (isTriple ? 3 : 2)
      var end = start
      while end + 1 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "}") { end += 1 }
      let inner = String(
        String.UnicodeScalarView(scalars[min(start, end)..<end]))
      tags.append(TemplateTag(inner, isTriple: isTriple, at: at))
      advance(to: min(end + (isTriple ? 3 : 2), scalars.count))
    }
    return tags
  }

  private init(_ inner: String, isTriple: Bool, at: SourcePosition) {
    let sigil = inner.first ?? " "
    let kinds: [Character: Kind] = [
      "#": .section, "^": .inverted, "/": .close, ">": .partial, "!": .comment, "&": .value,
      "<": .other, "$": .other, "=": .other, "%": .other,
    ]
    let kind = isTriple ? nil : kinds[sigil]
    self.kind = kind ?? .value
    self.name = TemplateTag.trimmed(kind == nil ? inner[...] : inner.dropFirst())
    self.at = at
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
