import CCairo

/// Where a piece of text on paper leads.
public enum PaperLink: Sendable, Hashable {
  /// An address outside the document.
  case address(String)
  /// A place inside the document, by its name.
  case place(String)
}

/// A piece of text in one look.
public struct PaperRun: Sendable, Hashable {
  /// What is written.
  public var text: String
  /// Size and weight.
  public var style: TextStyle
  /// The colour of the letters.
  public var colour: Colour
  /// Whether the letters lean.
  public var isItalic: Bool
  /// Where it leads, if anywhere.
  public var link: PaperLink?
  /// The colour of a thin line below it, if there is one.
  public var underline: Colour?

  /// A piece of text, upright and leading nowhere unless told otherwise.
  public init(
    _ text: String, style: TextStyle, colour: Colour, isItalic: Bool = false,
    link: PaperLink? = nil, underline: Colour? = nil
  ) {
    self.text = text
    self.style = style
    self.colour = colour
    self.isItalic = isItalic
    self.link = link
    self.underline = underline
  }

  /// The same with flags as their letters: "US" for the flag of the United States.
  ///
  /// Where a row of flags and half flags is broken, Pango 1.50 ends the program when it is drawn
  /// into a PDF: "assertion failed: (iter->end_char <= item->num_chars)".
  var withFlagsAsLetters: PaperRun {
    // Flags are beyond the first plane, whose scalars begin with another byte.
    guard text.utf8.contains(0xF0) else { return self }
    var spelled = self
    spelled.text = ""
    for scalar in text.unicodeScalars {
      let letter = Unicode.Scalar(scalar.value &- 0x1F1E6 &+ 0x41)
      let isFlag = (0x1F1E6...0x1F1FF).contains(scalar.value)
      spelled.text.unicodeScalars.append(isFlag ? letter ?? scalar : scalar)
    }
    return spelled
  }
}

/// A text set by Pango: broken into lines, measured, and ready to be drawn any number of times.
///
/// It belongs to the typesetter that set it, and stays on that one's thread.
public struct SetText {
  /// A line of it.
  public struct Line: Sendable, Hashable {
    /// The distance of the upper edge from that of the text.
    public var top: Double
    /// The height, what stands out of the font's line included.
    public var height: Double
    /// The distance of the baseline from the upper edge of the line.
    public var ascent: Double
    /// How far it runs.
    public var width: Double
  }

  /// Keeps the layout alive and to itself.
  let owner: Typesetter
  let runs: [PaperRun]
  private let content: TypeShelf.Text

  init(owner: Typesetter, runs: [PaperRun], set: TypeShelf.Text) {
    self.owner = owner
    self.runs = runs
    content = set
  }

  /// Pango's layout.
  var layout: OpaquePointer { content.layout }

  /// The lines from top to bottom; at least one.
  public var lines: [Line] { content.lines }

  /// The width of the longest line and the height of all.
  public var size: Size { content.size }

  /// The height of some of its lines.
  public func height(of range: Range<Int>) -> Double {
    lines[range].reduce(0) { $0 + $1.height }
  }
}
