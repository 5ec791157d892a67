import Graphics
import Records

/// A tree as one self-contained page that unfolds, searches, zooms and prints.
///
/// The page holds the tree twice: as data, from which the script builds the branches that a reader
/// unfolds and no others, so that 50,000 nodes open at once; and as nested lists, which a browser
/// reads only where scripts are off. Nothing in either can become markup or script.
public struct TreePage {
  private let document: TreeDocument
  private let shape: TreeShape
  private let hasChildren: [Bool]
  /// The place of each group's colour; groups beyond the palette share the last.
  private let colours: [String: Int]
  private let groups: [String]

  /// Groups with a colour of their own.
  private let palette: Int

  /// - Parameters:
  ///   - document: the tree.
  ///   - theme: the colours of the groups; the templates' own.
  /// - Throws: `TreeError` unless the nodes are one tree.
  public init(_ document: TreeDocument, theme: ReportTheme = .builtIn) throws(TreeError) {
    self.document = document
    let diagram = try document.diagram()
    shape = diagram.shape
    hasChildren = document.hasChildren
    groups = diagram.groups
    let palette = theme.groupCount
    self.palette = palette
    colours = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, min($0, palette)) })
  }

  /// The page.
  public func html(templates: Templates) -> String {
    templates.render(
      "tree-page", fields, title: document.title, locale: document.formatter.locale, kit: .tree)
  }

  var fields: [String: TemplateValue] {
    let count = document.formatter.count(Int128(document.nodes.count)).text
    var fields: [String: TemplateValue] = [
      "title": .text(document.title), "organisation": .text(document.organisation),
      "asOf": .markup(HTMLText.value(document.formatter.day(document.asOf))),
      "takeaway": .text(document.takeaway),
      "legend": .text(document.legend), "count": .text(count), "key": .list(key),
      "hasKey": .flag(!groups.isEmpty), "data": .markup(data), "plain": .markup(plain),
    ]
    fields.merge(
      HTMLWriter.footer(
        ReportDocument.Footer(
          facts: document.facts, notes: document.formatter.words.notes), document.formatter.words,
        findings: nil)
    ) { first, _ in first }
    return fields
  }

  private var key: [TemplateValue] {
    var entries = groups.prefix(palette).enumerated().map { index, group in
      TemplateValue.object([
        "colour": .text("g\(index)"), "name": .markup(HTMLText.isolated(group)),
      ])
    }
    let others = groups.count - entries.count
    if others > 0 {
      let words = others == 1 ? document.groupWords.one : document.groupWords.several
      entries.append(
        .object([
          "colour": .text("g\(palette)"), "name": .text("\(others) more \(words)"),
        ]))
    }
    return entries
  }

  /// The class of a node's box.
  private func colour(_ node: TreeDocument.Node) -> Int {
    node.groups.first.flatMap { colours[$0] } ?? -1
  }

  private func figures(_ index: Int) -> String {
    document.measures.indices.map {
      document.line($0, of: document.nodes[index], hasChildren: hasChildren[index])
    }.joined(separator: "; ")
  }

  private func details(_ node: TreeDocument.Node) -> String {
    node.details.compactMap { $0 }.joined(separator: " · ")
  }

  // MARK: Data

  /// The nodes as columns of JSON, in preorder; texts that many nodes share stand once.
  private var data: String {
    var place = [Int](repeating: 0, count: document.nodes.count)
    for (index, node) in shape.preorder.enumerated() { place[node] = index }
    let nodes = shape.preorder
    func column(_ name: String, _ value: (Int) -> String) -> (name: String, json: String) {
      (name, "[" + nodes.map(value).joined(separator: ",") + "]")
    }
    var texts = Texts()
    var members = [
      column("parent") { node in shape.parents[node].map { String(place[$0]) } ?? "-1" },
      column("name") { JSONText.string(document.nodes[$0].name) },
      column("detail") { texts.place(of: details(document.nodes[$0])) },
      column("group") { texts.place(of: document.groupLine(document.nodes[$0]) ?? "") },
      column("colour") { String(colour(document.nodes[$0])) },
      column("figures") { JSONText.string(figures($0)) },
    ]
    members.append(("texts", "[" + texts.all.map(JSONText.string).joined(separator: ",") + "]"))
    func sparse(_ name: String, _ value: (TreeDocument.Node) -> String?) {
      let pairs = nodes.enumerated().compactMap { index, node in
        value(document.nodes[node]).map { ("\(index)", $0) }
      }
      members.append((name, JSONText.object(pairs.map { (name: $0.0, json: $0.1) })))
    }
    sparse("mark") { $0.mark.map(JSONText.string) }
    sparse("link") { $0.link.map { JSONText.string($0.url) } }
    sparse("placeholder") { $0.isPlaceholder ? "true" : nil }
    members.append(
      (
        "words",
        JSONText.object([
          ("one", JSONText.string(document.below.one)),
          ("several", JSONText.string(document.below.several)),
        ])
      ))
    // Within a script only the beginning of a tag could end it.
    return JSONText.object(members.map { (name: $0.0, json: $0.1) })
      .replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026")
  }

  /// Texts that stand once and are named by their place.
  private struct Texts {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    mutating func place(of text: String) -> String {
      if let known = places[text] { return String(known) }
      places[text] = all.count
      all.append(text)
      return String(all.count - 1)
    }
  }

  // MARK: Nested lists

  /// The tree as nested lists, for browsers without scripts; the first two levels are open.
  private var plain: String {
    var html: [String] = []
    // What is still to be written: a node, or the end of one.
    var stack: [(node: Int, isEnd: Bool)] = [(shape.root, false)]
    while let (node, isEnd) = stack.popLast() {
      if isEnd {
        html.append("</ul></details></li>\n")
        continue
      }
      let box = box(node)
      guard hasChildren[node] else {
        html.append("<li>\(box)</li>\n")
        continue
      }
      let open = shape.depths[node] < 2 ? " open" : ""
      html.append("<li><details\(open)><summary>\(box)</summary><ul>\n")
      stack.append((node, true))
      stack += shape.children(of: node).reversed().map { ($0, false) }
    }
    return html.joined()
  }

  private func box(_ index: Int) -> String {
    let node = document.nodes[index]
    var parts = [HTMLText.name(node.name, link: node.link)]
    parts += [details(node), document.groupLine(node) ?? ""].filter { !$0.isEmpty }
      .map(HTMLText.isolated)
    parts.append(HTMLText.escaped(figures(index)))
    if let mark = node.mark {
      parts.append("<span class=\"mark\">\(HTMLText.escaped(mark))</span>")
    }
    return parts.joined(separator: " · ")
  }
}
