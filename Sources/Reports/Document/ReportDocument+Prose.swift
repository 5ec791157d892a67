extension ReportDocument {
  /// The name of a record, with its page in the CRM where that is known.
  public struct Name: Hashable, Sendable {
    public let text: String
    public let link: RecordLink?

    public init(_ text: String, link: RecordLink? = nil) {
      self.text = CleanText.of(text)
      self.link = link
    }
  }

  /// A sentence or more, in which names and values keep their identity.
  ///
  /// Writers can link a name, keep its writing direction to itself and give the exact value of a
  /// figure, all of which a plain string would lose.
  public struct Prose: Hashable, Sendable, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation
  {
    /// A piece of prose.
    public enum Run: Hashable, Sendable {
      case words(String)
      case name(Name)
      case value(Shown)
    }

    public var runs: [Run]

    public init(runs: [Run]) {
      self.runs = runs
    }

    /// Prose of words alone.
    public init(_ words: String) {
      self.runs = words.isEmpty ? [] : [.words(CleanText.of(words))]
    }

    public init(stringLiteral value: String) {
      self.init(value)
    }

    public init(stringInterpolation: Interpolation) {
      self.runs = stringInterpolation.runs
    }

    /// Collects the pieces of a literal such as `"Won \(shown) in \(name)"`.
    public struct Interpolation: StringInterpolationProtocol {
      var runs: [Run] = []

      public init(literalCapacity: Int, interpolationCount: Int) {}

      public mutating func appendLiteral(_ literal: String) {
        if !literal.isEmpty { runs.append(.words(literal)) }
      }

      public mutating func appendInterpolation(_ value: Shown) { runs.append(.value(value)) }
      public mutating func appendInterpolation(_ name: Name) { runs.append(.name(name)) }
      public mutating func appendInterpolation(_ prose: Prose) { runs += prose.runs }

      /// Words of ours, never a customer's: those are names.
      public mutating func appendInterpolation(words: String) {
        appendLiteral(CleanText.of(words))
      }
    }

    public static func + (left: Prose, right: Prose) -> Prose {
      Prose(runs: left.runs + right.runs)
    }

    public var isEmpty: Bool { runs.isEmpty }

    /// The prose as plain text for data, without marks of writing direction that are not its own.
    public var unmarked: String {
      runs.map { run in
        switch run {
        case .words(let words): words
        case .name(let name): name.text
        case .value(let value): value.text
        }
      }.joined()
    }

    /// The prose as plain text, names isolated from the direction of the words around them.
    public var plain: String {
      runs.map { run in
        switch run {
        case .words(let words): words
        case .name(let name):
          name.text.utf8.allSatisfy { $0 < 0x80 } ? name.text : CleanText.isolated(name.text)
        case .value(let value): value.text
        }
      }.joined()
    }
  }
}
