import CCairo

extension Shaper {
  /// The scripts of the letters on a line that no font of the machine has; boxes stand for them.
  ///
  /// Codes of ISO 15924, such as `Deva`.
  static func scriptsWithoutFont(on line: UnsafeMutablePointer<PangoLayoutLine>) -> Set<String> {
    var scripts: Set<String> = []
    // Pango's list of runs and the glyphs in them live as long as the text of the layout stays.
    var next = line.pointee.runs
    while let run = next {
      next = run.pointee.next
      let item = run.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self).pointee
      guard let glyphs = item?.glyphs?.pointee else { continue }
      for index in 0..<Int(glyphs.num_glyphs) {
        let glyph = glyphs.glyphs[index].glyph
        // Pango marks a letter without a glyph by this bit over its number in Unicode.
        guard glyph & 0x1000_0000 != 0, glyph != UInt32.max else { continue }
        scripts.insert(code(of: g_unichar_get_script(glyph & 0x0FFF_FFFF)))
      }
    }
    return scripts
  }

  private static func code(of script: GUnicodeScript) -> String {
    let code = g_unicode_script_to_iso15924(script)
    return String(
      decoding: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> $0) }, as: UTF8.self)
  }
}

extension CairoCanvas {
  /// A sentence about letters that were measured and that no font of the machine has; nil where
  /// there were none.
  ///
  /// It names scripts and no text, so it may stand in a log.
  public var missingFonts: String? {
    let scripts = Set(scriptsWithoutFont.map { CairoCanvas.scriptNames[$0] ?? $0 }).sorted()
    guard !scripts.isEmpty else { return nil }
    return "No installed font has letters of \(scripts.joined(separator: ", ")). Boxes stand for "
      + "them in charts. Install fonts, on Debian and Ubuntu with: apt-get install "
      + "fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
  }

  private static let scriptNames = [
    "Arab": "Arabic", "Beng": "Bengali", "Cyrl": "Cyrillic", "Deva": "Devanagari",
    "Grek": "Greek", "Hang": "Korean", "Hani": "Chinese and Japanese", "Hebr": "Hebrew",
    "Hira": "Chinese and Japanese", "Kana": "Chinese and Japanese", "Latn": "Latin",
    "Taml": "Tamil", "Telu": "Telugu", "Thai": "Thai", "Zinh": "symbols and emoji",
    "Zyyy": "symbols and emoji", "Zzzz": "private or unassigned code points",
  ]
}
