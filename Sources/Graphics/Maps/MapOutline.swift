/// The outlines of regions in a plane: countries of the world, or states of a country.
///
/// Grain: one region per code. Borders are kept as *arcs*, pieces of line between places where more
/// than two regions meet; neighbours refer to the same arc, so that whatever is done to it fits both.
public struct MapOutline: Sendable {
  /// Land with one code.
  public struct Region: Sendable {
    /// The code by which values find their region, such as `DE` or `TX`.
    public let code: String
    /// A point well inside the largest part.
    public let centre: Point
    /// Closed outlines as numbers of arcs, the largest first; `~n` is arc `n` backwards.
    ///
    /// Holes run the other way round. A region too small for the source has none.
    public let rings: [[Int]]
    /// The area of all rings, in squares of the plane's unit.
    public let area: Double
    /// The bounds of the rings that make up the bulk of it: no far island.
    let bulk: Rect
  }

  /// Why a text is no outline.
  public struct Malformed: Error, Equatable, CustomStringConvertible {
    /// The line that could not be read, from 1.
    public let line: Int
    /// The reason with the line.
    public var description: String { "line \(line) of the map's outline cannot be read" }
  }

  /// How places became points.
  public let projection: MapProjection
  /// Lines through points of the plane, each from one node to the next.
  public let arcs: [[Point]]
  /// The regions in the order of their codes.
  public let regions: [Region]
  /// The bounds of all arcs.
  public let bounds: Rect

  /// Reads the text that `scripts/make-maps.py` writes and projects it.
  ///
  /// The first line is a title and the second the number of arcs; an arc a line follows, then a
  /// region a line: code, centre, rings with semicolons between and arcs with commas between.
  ///
  /// - Throws: `Malformed` at the first line that is none of these.
  public init(text: String, projection: MapProjection) throws(Malformed) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    let head = lines.dropFirst().first.map { $0.split(separator: UInt8(ascii: " ")) } ?? []
    guard head.count == 2, let count = Int(Substring(head[1])), count >= 0,
      count <= lines.count - 2
    else { throw Malformed(line: min(2, lines.count + 1)) }
    var arcs: [[Point]] = []
    arcs.reserveCapacity(count)
    for line in 2..<(2 + count) {
      guard let places = MapOutline.places(lines[line]) else { throw Malformed(line: line + 1) }
      arcs.append(places.map(projection.point))
    }
    var regions: [Region] = []
    for line in (2 + count)..<lines.count {
      guard let region = MapOutline.region(lines[line], arcs: arcs, projection) else {
        throw Malformed(line: line + 1)
      }
      regions.append(region)
    }
    self.projection = projection
    self.arcs = arcs
    self.regions = regions
    self.bounds = Rect(around: arcs.joined())
  }

  /// The points of a ring, without the first again at the end.
  func points(of ring: [Int], in arcs: [[Point]]) -> [Point] {
    ring.reduce(into: []) { points, number in
      // The last point of an arc is the first of the next.
      if number >= 0 {
        points += arcs[number].dropLast()
      } else {
        points += arcs[~number].dropFirst().reversed()
      }
    }
  }

  /// Hundredths of a degree: what the numbers of the text count.
  private static let grid = 100.0

  /// The places of an arc: differences of five bits a character, the lowest first.
  private static func places(_ line: Substring.UTF8View) -> [MapPlace]? {
    var numbers: [Int] = []
    var (number, shift) = (0, 0)
    for byte in line {
      guard (63...126).contains(byte), shift < 40 else { return nil }
      let bits = Int(byte) - 63
      number |= (bits & 31) << shift
      shift += 5
      guard bits < 32 else { continue }
      numbers.append(number & 1 == 1 ? ~(number >> 1) : number >> 1)
      (number, shift) = (0, 0)
    }
    guard shift == 0, numbers.count >= 4, numbers.count.isMultiple(of: 2) else { return nil }
    var (x, y) = (0, 0)
    return stride(from: 0, to: numbers.count, by: 2).map { index in
      x += numbers[index]
      y += numbers[index + 1]
      return MapPlace(longitude: Double(x) / grid, latitude: Double(y) / grid)
    }
  }

  private static func region(
    _ line: Substring.UTF8View, arcs: [[Point]], _ projection: MapProjection
  ) -> Region? {
    let words = line.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    guard words.count >= 3, words.count <= 4, let x = Int(words[1]), let y = Int(words[2]) else {
      return nil
    }
    var rings: [[Int]] = []
    for part in words.count == 4 ? words[3].split(separator: ";") : [] {
      let ring = part.split(separator: ",").compactMap { Int($0) }
      guard ring.count == part.split(separator: ",").count,
        ring.allSatisfy({ arcs.indices.contains($0 < 0 ? ~$0 : $0) })
      else { return nil }
      rings.append(ring)
    }
    let centre = projection.point(
      MapPlace(longitude: Double(x) / grid, latitude: Double(y) / grid))
    return Region(words[0], centre: centre, rings: rings, arcs: arcs)
  }
}

extension MapOutline.Region {
  fileprivate init(_ code: String, centre: Point, rings: [[Int]], arcs: [[Point]]) {
    self.code = code
    self.centre = centre
    self.rings = rings
    let parts = rings.map { ring -> (area: Double, bounds: Rect) in
      let points = ring.flatMap { arcs[$0 < 0 ? ~$0 : $0] }
      let outline = ring.reduce(into: [Point]()) { points, number in
        points += number >= 0 ? arcs[number].dropLast() : arcs[~number].dropFirst().reversed()
      }
      return (signedArea(outline), Rect(around: points))
    }
    area = abs(parts.reduce(0) { $0 + $1.area })
    let largest = parts.map { abs($0.area) }.max() ?? 0
    // Alaska is a sixth of the USA, the South Island a bit more than the North Island.
    let main = parts.filter { abs($0.area) > 0.25 * largest }.map(\.bounds)
    bulk = main.dropFirst().reduce(
      main.first ?? Rect(x: centre.x, y: centre.y, width: 0, height: 0)
    ) {
      $0.union($1)
    }
  }
}

/// Twice-halved shoelace formula: the area of a ring, negative where it runs against the clock.
func signedArea(_ ring: [Point]) -> Double {
  guard var last = ring.last else { return 0 }
  var sum = 0.0
  for point in ring {
    sum += last.x * point.y - point.x * last.y
    last = point
  }
  return sum / 2
}

extension Rect {
  /// The smallest rectangle with all points in it; empty at the origin where there is none.
  init(around points: some Sequence<Point>) {
    var bounds: (minX: Double, minY: Double, maxX: Double, maxY: Double)?
    for point in points {
      guard let known = bounds else {
        bounds = (point.x, point.y, point.x, point.y)
        continue
      }
      bounds = (
        min(known.minX, point.x), min(known.minY, point.y), max(known.maxX, point.x),
        max(known.maxY, point.y)
      )
    }
    let found = bounds ?? (0, 0, 0, 0)
    self.init(from: Point(found.minX, found.minY), to: Point(found.maxX, found.maxY))
  }

  /// The smallest rectangle that holds both.
  func union(_ other: Rect) -> Rect {
    Rect(
      from: Point(min(x, other.x), min(y, other.y)),
      to: Point(max(maxX, other.maxX), max(maxY, other.maxY)))
  }
}
