/// Whether something holds, where not everything is known: Kleene's three values.
enum Truth: UInt8, Comparable, Sendable {
  case no = 0
  /// It depends on what is not known.
  case unknown = 1
  case yes = 2

  init(_ holds: Bool) { self = holds ? .yes : .no }

  static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }
}
