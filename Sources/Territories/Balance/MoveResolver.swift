import Expressions
import Metrics
import Records

/// Finds what the condition of a move may name: the fields of the account that stands highest among
/// those that move, and of the territories that they would leave, `From.`, and reach, `To.`: Name,
/// DeveloperName, Parent and Region (developer names), and Type.
struct MoveResolver: FieldResolver {
  static let fields = ["DeveloperName", "Name", "Parent", "Region", "Type"]

  let accounts: any FieldResolver
  let model: ResolvedModel
  /// For each account row the territory that it would leave, -1 for none.
  let from: [Int32]
  /// The territory that it would reach.
  let to: Int32

  func resolve(_ path: [String]) -> ResolvedField? {
    guard path.count == 2 else { return accounts.resolve(path) }
    let rows: [Int32]
    switch path[0].lowercased() {
    case "from": rows = from
    case "to": rows = [Int32](repeating: to, count: from.count)
    default: return accounts.resolve(path)
    }
    let tree = model.tree
    guard
      let field = MoveResolver.fields.first(where: { $0.lowercased() == path[1].lowercased() })
    else { return nil }
    let texts = (0..<tree.count).map { territory -> String? in
      func name(_ territory: Int32) -> String? {
        territory < 0 ? nil : tree.developerNames[Int(territory)]
      }
      switch field {
      case "DeveloperName": return tree.developerNames[territory]
      case "Name": return tree.names[territory]
      case "Parent": return name(tree.forest.parents[territory])
      case "Region": return name(tree.region(of: Int32(territory)))
      default:
        let type = model.types[territory]
        return type < 0 ? nil : model.plan.types[Int(type)].developerName
      }
    }
    var codes: [String: Int32] = [:]
    var values: [String] = []
    let coded = texts.map { text -> Int32 in
      guard let text else { return Categories.null }
      if let code = codes[text] { return code }
      let code = Int32(values.count)
      codes[text] = code
      values.append(text)
      return code
    }
    return ResolvedField(
      column: .categories(Categories(codes: coded, values: values)), via: rows, unit: .text)
  }

  var knownNames: [String] {
    accounts.knownNames
      + ["From", "To"].flatMap { side in MoveResolver.fields.map { "\(side).\($0)" } }
  }
}

extension TerritoryModel {
  /// The territory of the second level that a territory is in, itself where it is at the top.
  func region(of territory: Int32) -> Int32 {
    var territory = territory
    while forest.depths[Int(territory)] > 1 { territory = forest.parents[Int(territory)] }
    return territory
  }
}

extension ResolvedModel {
  /// The territories that are compared in a balance: those with none below them, of the type that most
  /// of them have, then of the highest priority, then the first; none a catch-all.
  func comparedLeaves(isCatchAll: [Bool]) -> [Int32] {
    var byType: [Int32: [Int32]] = [:]
    for index in 0..<tree.count
    where tree.forest.ends[index] - tree.forest.positions[index] == 1 && !isCatchAll[index] {
      byType[types[index], default: []].append(Int32(index))
    }
    let most = byType.min { left, right in
      if left.value.count != right.value.count { return left.value.count > right.value.count }
      let one = left.value.first.map { tree.priorities[Int($0)] } ?? 0
      let other = right.value.first.map { tree.priorities[Int($0)] } ?? 0
      return one != other ? one > other : left.key < right.key
    }
    return most?.value ?? []
  }
}
