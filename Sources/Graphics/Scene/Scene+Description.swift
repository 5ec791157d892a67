extension Scene: CustomStringConvertible {
  /// The scene as text, one mark a line, numbers rounded to three decimals.
  ///
  /// Goldens are of this text: a person can read it in a diff, and it does not move with the
  /// version of Cairo.
  public var description: String {
    var lines = [
      "scene \(rounded(width)) × \(rounded(height)) on \(background) \(quoted(title))",
      "says \(quoted(textAlternative))",
    ]
    lines += marks.map(describe)
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ mark: Mark) -> String {
    switch mark {
    case .rect(let rect):
      var words = ["\(rect.role.rawValue) \(describe(rect.rect))"]
      if rect.cornerRadius > 0 { words.append("radius \(rounded(rect.cornerRadius))") }
      return (words + paint(rect.fill, rect.hatch, rect.stroke)).joined(separator: " ")
    case .path(let path):
      return (["path"] + path.elements.map(describe) + paint(path.fill, path.hatch, path.stroke))
        .joined(separator: " ")
    case .text(let text):
      return "text \(quoted(text.text)) \(text.anchor.rawValue) at \(describe(text.origin))"
        + " \(rounded(text.style.size)) \(text.style.weight.rawValue) \(text.colour)"
        + " box \(describe(text.box))"
    }
  }

  private func describe(_ element: PathMark.Element) -> String {
    switch element {
    case .move(let point): "M \(describe(point))"
    case .line(let point): "L \(describe(point))"
    case .curve(let a, let b, let end): "C \(describe(a)) \(describe(b)) \(describe(end))"
    case .close: "Z"
    }
  }

  private func describe(_ point: Point) -> String { "\(rounded(point.x)) \(rounded(point.y))" }

  private func describe(_ rect: Rect) -> String {
    [rect.x, rect.y, rect.width, rect.height].map(rounded).joined(separator: " ")
  }

  private func paint(_ fill: Colour?, _ hatch: Hatch?, _ stroke: Stroke?) -> [String] {
    var words: [String] = []
    if let fill { words.append("fill \(fill)") }
    if let hatch {
      words.append("hatch \(hatch.colour) \(rounded(hatch.width)) every \(rounded(hatch.spacing))")
    }
    if let stroke {
      words.append("stroke \(stroke.colour) \(rounded(stroke.width))")
      if !stroke.dash.isEmpty {
        words.append("dash \(stroke.dash.map(rounded).joined(separator: " "))")
      }
    }
    return words
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private func rounded(_ number: Double) -> String {
    let value = (number * 1000).rounded() / 1000
    // A negative zero would make two equal pictures read differently.
    if value == 0 { return "0" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
