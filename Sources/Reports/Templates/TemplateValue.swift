import Mustache

/// What a template is given: escaped text, switches, lists and named parts.
enum TemplateValue: Sendable {
  /// Markup that is printed as it is; false in a section where it is empty.
  case markup(String)
  case flag(Bool)
  case list([TemplateValue])
  case object([String: TemplateValue])
  /// A part that is not there: false in a section.
  case absent

  /// Plain text, made inert.
  static func text(_ text: String) -> TemplateValue { .markup(HTMLText.escaped(text)) }

  /// Plain text where there is any.
  static func text(_ text: String?) -> TemplateValue { .text(text ?? "") }

  /// The value as swift-mustache sees it.
  var mustache: Any {
    switch self {
    case .markup(let text): Markup(text: text)
    case .flag(let flag): flag
    case .list(let values): values.map(\.mustache)
    case .object(let fields): fields.mapValues(\.mustache)
    case .absent: false
    }
  }

  /// Text that swift-mustache prints without looking into it.
  private struct Markup: MustacheCustomRenderable, MustacheParent {
    let text: String
    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
    func child(named: String) -> Any? { nil }
  }
}

/// What a template may ask for: the form of a `TemplateValue`, known before there is one.
indirect enum TemplateShape: Sendable {
  case markup
  case flag
  case list(TemplateShape)
  case object([String: TemplateShape])

  /// Where a value differs from the form, as a path; nil where it fits.
  ///
  /// A test holds every page against its form, so that the check of templates tells the truth.
  func mismatch(_ value: TemplateValue, at path: String = "page") -> String? {
    switch (self, value) {
    case (.markup, .markup), (.flag, .flag), (.object, .absent): return nil
    case (.list(let element), .list(let values)):
      for (index, value) in values.enumerated() {
        if let found = element.mismatch(value, at: "\(path)[\(index)]") { return found }
      }
      return nil
    case (.object(let shapes), .object(let fields)):
      for name in Set(shapes.keys).union(fields.keys).sorted() {
        guard let shape = shapes[name], let field = fields[name] else { return "\(path).\(name)" }
        if let found = shape.mismatch(field, at: "\(path).\(name)") { return found }
      }
      return nil
    default: return path
    }
  }
}
