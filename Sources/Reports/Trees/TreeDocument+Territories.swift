import Records

extension TreeDocument {
  /// A territory of a model as a drawing shows it.
  public struct Territory: Sendable {
    /// Index of the territory above; nil at the top.
    public var parent: Int?
    public var name: String
    /// Page in the CRM; nil where the territory stands in files only.
    public var id: String?
    /// Its type; nil where it has none.
    public var type: String?
    /// Who works in it; nil where that is not known.
    public var users: [String]?
    /// Its accounts, and the value of its open deals in 1/10,000 units.
    public var accounts: Int
    public var openAmount: Int128

    /// A territory with what it holds itself.
    public init(
      parent: Int?, name: String, id: String?, type: String?, users: [String]?, accounts: Int,
      openAmount: Int128
    ) {
      self.parent = parent
      self.name = name
      self.id = id
      self.type = type
      self.users = users
      self.accounts = accounts
      self.openAmount = openAmount
    }
  }

  /// The territories of a model with their users, accounts and open value.
  ///
  /// A territory at the end of its branch with nobody in it is marked as vacant; those above others
  /// may stand empty. A model with several territories at the top gets a box of its own above them.
  ///
  /// - Parameters:
  ///   - territories: the territories of the model.
  ///   - model: the model's name.
  ///   - unassigned: what is in no territory: accounts, and open value in 1/10,000 units.
  ///   - context: what all documents of a run have in common.
  public init(
    _ territories: [Territory], of model: String,
    unassigned: (accounts: Int, openAmount: Int128), in context: ReportContext
  ) {
    let format = context.formatter
    let name = CleanText.unmarked(model)
    let roots = territories.indices.filter { territories[$0].parent == nil }
    let isTopped = roots.count != 1
    var isLeaf = [Bool](repeating: true, count: territories.count)
    for territory in territories { if let parent = territory.parent { isLeaf[parent] = false } }
    func isVacant(_ index: Int) -> Bool {
      isLeaf[index] && territories[index].users?.isEmpty == true
    }
    // Siblings by name, as models are read.
    let shape = TreeDocument.Order(territories.map(\.parent)) { left, right in
      let (one, other) = (territories[left], territories[right])
      return (one.name, one.id ?? "", left) < (other.name, other.id ?? "", right)
    }
    var place = [Int](repeating: 0, count: territories.count)
    for (index, territory) in shape.order.enumerated() {
      place[territory] = index + (isTopped ? 1 : 0)
    }
    var nodes = shape.order.map { index -> Node in
      let territory = territories[index]
      return Node(
        parent: territory.parent.map { place[$0] } ?? (isTopped ? 0 : nil),
        name: CleanText.unmarked(territory.name), link: context.link(territory.id),
        details: [
          territory.users.flatMap { users in
            users.isEmpty ? nil : users.map(CleanText.unmarked).joined(separator: ", ")
          }
        ],
        groups: territory.type.map { [CleanText.unmarked($0)] } ?? [],
        own: [territory.openAmount, Int128(territory.accounts)],
        rolledUp: [territory.openAmount, Int128(territory.accounts)],
        mark: isVacant(index) ? "vacant" : nil, isPlaceholder: false)
    }
    if isTopped {
      nodes.insert(
        Node(
          parent: nil, name: name, link: nil, details: [nil], groups: [], own: [0, 0],
          rolledUp: [0, 0], mark: nil, isPlaceholder: true), at: 0)
    }
    for index in nodes.indices.reversed() {
      guard let parent = nodes[index].parent else { continue }
      for measure in 0..<2 { nodes[parent].rolledUp[measure] += nodes[index].rolledUp[measure] }
    }
    self.nodes = nodes
    measures = [.money("Open"), .count("Accounts", one: "account", several: "accounts")]
    headings = ("Territory", ["Users"], "Type")
    below = ("territory", "territories")
    groupWords = ("type", "types")
    markWords = ("is vacant", "are vacant")
    noGroup = nil
    formatter = format
    organisation = context.organisation
    asOf = context.asOf
    title = "Territory model \(name)"
    let vacant = territories.indices.count(where: isVacant)
    let knowsUsers = territories.contains { $0.users != nil }
    let count = format.count(Int128(territories.count)).text
    let vacancy =
      !knowsUsers
      ? "who works in them is not known"
      : vacant == 0 ? "none is vacant" : "\(format.count(Int128(vacant)).text) vacant"
    takeaway = "\(count) \(territories.count == 1 ? "territory" : "territories"); \(vacancy)."
    let currency = format.currency == "XXX" ? "" : ", \(format.currency)"
    legend =
      "Open pipeline\(currency) and accounts of each territory itself; “in all” with those below it"
      + (territories.contains { $0.type != nil } ? "; colour shows the type" : "")
    facts = [
      ReportDocument.Fact(
        key: "unassigned", label: "In no territory",
        value: format.text(
          "\(format.count(Int128(unassigned.accounts)).text) accounts, "
            + "\(format.shortMoney(unassigned.openAmount).text) open")),
      ReportDocument.Fact(key: "made-by", label: "Made by", value: format.text(context.run)),
    ]
  }

  /// Nodes in preorder, siblings in an order of their own.
  private struct Order {
    let order: [Int]

    init(_ parents: [Int?], by precedes: (Int, Int) -> Bool) {
      var children = [[Int]](repeating: [], count: parents.count)
      var roots: [Int] = []
      for (index, parent) in parents.enumerated() {
        if let parent { children[parent].append(index) } else { roots.append(index) }
      }
      var order: [Int] = []
      var stack = Array(roots.sorted(by: precedes).reversed())
      while let node = stack.popLast() {
        order.append(node)
        stack += children[node].sorted(by: precedes).reversed()
      }
      self.order = order
    }
  }
}
