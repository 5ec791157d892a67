import Graphics
import Records
import Settings

extension ReportTheme {
  /// Reads a theme file; keys that it lacks stay as they are in another theme.
  ///
  /// - Parameters:
  ///   - text: content of the file.
  ///   - file: its name, as errors print it.
  ///   - base: what the file changes.
  /// - Throws: Every finding about the file in the order of places: what cannot be read, text and
  ///   marks that do not stand out from their ground, series that some readers cannot tell apart.
  public init(
    text: String, file: String, over base: ReportTheme = .builtIn
  ) throws(FindingsError) {
    self = base
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let reader = ThemeReader(findings: findings)
    var theme = base
    var places: [ThemePlaces] = []
    _ = document.root.read(findings) { keys in
      let fonts = keys.has("fonts") ? reader.fonts(keys) : nil
      for colouring in [\ReportTheme.light, \.dark] {
        if let fonts { theme[keyPath: colouring].chart.fontFamilies = fonts }
      }
      _ = keys.read("sizes") { reader.sizes($0, &theme) }
      for (name, colouring) in [("light", \ReportTheme.light), ("dark", \.dark)] {
        var read = ThemePlaces(name: name, whole: SourcePosition(file: file))
        if let value = keys.value(name) {
          read.whole = value.at
          _ = value.read(findings) { reader.colours($0, &theme[keyPath: colouring], &read) }
        }
        places.append(read)
      }
    }
    if findings.isEmpty {
      for (place, colouring) in zip(places, [theme.light, theme.dark]) {
        ThemeCheck(colouring: colouring, places: place).check(findings)
      }
    }
    try findings.throwIfAny()
    self = theme
  }
}

/// Where the colours of one colouring were written, by their keys.
struct ThemePlaces {
  var name: String
  /// Where the group begins.
  var whole: SourcePosition
  var keys: [String: SourcePosition] = [:]

  /// The place of the first of some keys that was written.
  func place(_ keys: [String]) -> SourcePosition {
    keys.lazy.compactMap { self.keys[$0] }.first ?? whole
  }
}

/// Reads the groups of a theme file.
struct ThemeReader {
  let findings: Findings

  func fonts(_ keys: KeyReader) -> [String]? {
    let fonts = keys.strings("fonts").filter { !$0.isEmpty }
    return fonts.isEmpty ? nil : fonts
  }

  func sizes(_ keys: KeyReader, _ theme: inout ReportTheme) {
    let styles: [(String, WritableKeyPath<Theme, TextStyle>)] = [
      ("takeaway", \.takeaway), ("title", \.title), ("label", \.label), ("small", \.small),
    ]
    for (key, path) in styles {
      guard let size = size(key, keys, in: 8...40) else { continue }
      theme.light.chart[keyPath: path].size = size
      theme.dark.chart[keyPath: path].size = size
    }
    if let margin = size("margin", keys, in: 0...100) {
      theme.light.chart.margin = margin
      theme.dark.chart.margin = margin
    }
  }

  private func size(_ key: String, _ keys: KeyReader, in range: ClosedRange<Int64>) -> Double? {
    guard let value = keys.value(key), let number = value.decimal(findings) else { return nil }
    guard (range.lowerBound * 10_000...range.upperBound * 10_000).contains(number) else {
      value.refuse("a number from \(range.lowerBound) to \(range.upperBound)", findings)
      return nil
    }
    return Double(number) / 10_000
  }

  func colours(
    _ keys: KeyReader, _ colouring: inout ReportTheme.Colouring, _ places: inout ThemePlaces
  ) {
    let single: [(String, WritableKeyPath<ReportTheme.Colouring, Colour>)] = [
      ("background", \.chart.background), ("surface", \.chart.surface), ("ink", \.chart.ink),
      ("muted_ink", \.chart.mutedInk), ("axis", \.chart.axis), ("grid", \.chart.grid),
      ("neutral", \.chart.neutral), ("prior", \.chart.prior), ("good", \.chart.good),
      ("bad", \.chart.bad), ("link", \.link), ("good_text", \.goodText),
      ("bad_text", \.badText), ("wash", \.wash), ("warning", \.warning),
    ]
    for (key, path) in single {
      guard let value = keys.value(key), let colour = colour(value) else { continue }
      colouring[keyPath: path] = colour
      places.keys[key] = value.at
    }
    let lists: [(String, WritableKeyPath<ReportTheme.Colouring, [Colour]>, ClosedRange<Int>)] = [
      ("series", \.chart.series, 1...8), ("outlined_series", \.chart.outlinedSeries, 0...8),
      ("bands", \.chart.bands, 1...3),
    ]
    for (key, path, count) in lists {
      guard let colours = list(key, keys, count, &places) else { continue }
      colouring[keyPath: path] = colours
    }
    if let ends = list("sequential", keys, 2...2, &places) {
      colouring.chart.sequential = ColourRamp(from: ends[0], to: ends[1])
    }
    if let ends = list("diverging", keys, 3...3, &places) {
      colouring.chart.diverging = ColourRamp(from: ends[0], through: ends[1], to: ends[2])
    }
  }

  private func list(
    _ key: String, _ keys: KeyReader, _ count: ClosedRange<Int>, _ places: inout ThemePlaces
  ) -> [Colour]? {
    guard let value = keys.value(key) else { return nil }
    let values = value.list(findings)
    let colours = values.compactMap(colour)
    guard colours.count == values.count else { return nil }
    guard count.contains(values.count) else {
      let many =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      findings.add(
        .value, at: value.at, "\"\(key)\" must be a list of \(many) colours, found \(values.count)",
        "write \(many) colours in square brackets")
      return nil
    }
    places.keys[key] = value.at
    return colours
  }

  private func colour(_ value: Value) -> Colour? {
    guard let text = value.string(findings) else { return nil }
    if let colour = Colour(css: text) { return colour }
    value.refuse(
      "a colour of six hexadecimal digits such as 0072B2", findings,
      suggestion:
        "write six digits from 0 to 9 and A to F: two for red, two for green, two for blue")
    return nil
  }
}
