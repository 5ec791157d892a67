import Foundation
import Testing

@testable import Graphics

@Suite("Outlines of maps") struct MapOutlineTests {
  private static let atlases = [Plots.world, Plots.states].compactMap { $0 }
  /// Square kilometres in a square of the plane, whose unit is the radius of the Earth.
  private static let scale = 6371.0 * 6371

  @Test("Both outlines are read, with a name for every region but land without a code")
  func complete() throws {
    let (world, states) = (try #require(Plots.world), try #require(Plots.states))
    #expect(world.outline.regions.count == 248)
    #expect(states.outline.regions.count == 51)
    for atlas in [world, states] {
      let unnamed = atlas.outline.regions.filter { atlas.names[$0.code] == nil }.map(\.code)
      #expect(unnamed == (atlas.outline.projection == .equalEarth ? ["--"] : []))
      #expect(Set(atlas.outline.regions.map(\.code)).count == atlas.outline.regions.count)
    }
    let unplaced = Set(world.codes).subtracting(world.outline.regions.map(\.code))
    #expect(unplaced == ["AQ", "BV", "UM"])
  }

  /// What is too small for an outline: each of less than 1,000 square kilometres.
  private static let places = [
    "AI", "AS", "AW", "BL", "BM", "CC", "CK", "CX", "GG", "GI", "IO", "JE", "KN", "LI", "MC", "MF",
    "MH", "MO", "MP", "MS", "MV", "NF", "NR", "NU", "PN", "SH", "SM", "SX", "TC", "TK", "TV", "VA",
    "VG", "WF",
  ]

  @Test("Every region has an area, but for the smallest, which are places only")
  func areas() throws {
    for atlas in Self.atlases {
      let places = atlas.outline.regions.filter { $0.rings.isEmpty }.map(\.code)
      #expect(places == (atlas.outline.projection == .equalEarth ? Self.places : []))
      for region in atlas.outline.regions where !region.rings.isEmpty {
        #expect(region.area > 0, "\(region.code)")
        #expect(
          region.bulk.contains(Rect(x: region.centre.x, y: region.centre.y, width: 0, height: 0)))
      }
    }
  }

  @Test(
    "Areas are those of the gazetteers, in square kilometres, to three in a hundred",
    arguments: [
      ("DE", 357_022.0), ("CH", 41_284.0), ("AU", 7_688_000.0), ("ZA", 1_221_037.0),
      ("LS", 30_355.0), ("JP", 377_915.0), ("PL", 312_685.0), ("KE", 580_367.0),
    ])
  func gazetteer(_ code: String, _ area: Double) throws {
    let region = try #require(Plots.world?.outline.regions.first { $0.code == code })
    #expect(abs(region.area * Self.scale / area - 1) < 0.03, "\(region.area * Self.scale)")
  }

  @Test("All land but Antarctica is 135 million square kilometres")
  func land() throws {
    let world = try #require(Plots.world?.outline)
    let all = world.regions.reduce(0) { $0 + $1.area } * Self.scale
    #expect(abs(all / 135e6 - 1) < 0.02, "\(all)")
  }

  @Test("Neighbours share their border: one arc, once in each direction")
  func borders() throws {
    for atlas in Self.atlases {
      var users: [Int: [Int]] = [:]
      for region in atlas.outline.regions {
        for number in region.rings.joined() {
          users[number < 0 ? ~number : number, default: []].append(number)
        }
      }
      #expect(users.count == atlas.outline.arcs.count)
      for (arc, numbers) in users {
        #expect(numbers.count <= 2 && Set(numbers).count == numbers.count, "arc \(arc)")
      }
    }
    let world = try #require(Plots.world?.outline)
    func arcs(_ code: String) -> Set<Int> {
      let rings = world.regions.first { $0.code == code }?.rings ?? []
      return Set(rings.joined().map { $0 < 0 ? ~$0 : $0 })
    }
    for (a, b) in [
      ("DE", "FR"), ("US", "CA"), ("ES", "PT"), ("LS", "ZA"), ("UA", "RU"),
    ] {
      #expect(!arcs(a).isDisjoint(with: arcs(b)), "\(a) and \(b)")
    }
    #expect(arcs("DE").isDisjoint(with: arcs("ES")))
  }

  @Test("Rings are closed and do not cross themselves")
  func rings() throws {
    for atlas in Self.atlases {
      for region in atlas.outline.regions {
        for ring in region.rings {
          let points = atlas.outline.points(of: ring, in: atlas.outline.arcs)
          #expect(points.count > 2, "\(region.code)")
          for (number, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            #expect(end(number, atlas.outline) == end(~next, atlas.outline), "\(region.code)")
          }
          #expect(!crossesItself(points), "\(region.code)")
        }
      }
    }
  }

  private func end(_ number: Int, _ outline: MapOutline) -> Point? {
    number >= 0 ? outline.arcs[number].last : outline.arcs[~number].first
  }

  private func crossesItself(_ ring: [Point]) -> Bool {
    let edges = ring.indices.map { (ring[$0], ring[($0 + 1) % ring.count]) }
      .sorted { min($0.0.x, $0.1.x) < min($1.0.x, $1.1.x) }
    for (index, edge) in edges.enumerated() {
      let right = max(edge.0.x, edge.1.x)
      for other in edges[(index + 1)...] {
        if min(other.0.x, other.1.x) > right { break }
        if cross(edge, other) { return true }
      }
    }
    return false
  }

  /// Whether two segments cross between their ends.
  private func cross(_ a: (Point, Point), _ b: (Point, Point)) -> Bool {
    func side(_ p: Point, _ q: Point, _ r: Point) -> Double {
      (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
    }
    return side(a.0, a.1, b.0) * side(a.0, a.1, b.1) < -1e-24
      && side(b.0, b.1, a.0) * side(b.0, b.1, a.1) < -1e-24
  }

  @Test("On a canvas, what is left of a border is the same for both neighbours")
  func simplified() throws {
    let world = try #require(Plots.world?.outline)
    let frame = Rect(x: 0, y: 0, width: 800, height: 800 * world.bounds.height / world.bounds.width)
    let drawing = MapDrawing(world, view: world.bounds, frame: frame)
    func points(_ code: String) -> Set<Point> {
      let index = world.regions.firstIndex { $0.code == code } ?? 0
      return Set(drawing.shapes[index].rings.joined())
    }
    #expect(points("US").intersection(points("CA")).count > 5)
    #expect(points("CN").intersection(points("RU")).count > 5)
    let all = drawing.shapes.reduce(0) { $0 + $1.rings.joined().count }
    #expect(all < 20_000, "\(all)")
  }

  @Test(
    "A text that is no outline is refused with its line",
    arguments: [
      ("", 1), ("Title", 2), ("Title\narcs two\n", 2), ("Title\narcs 2\n??@@", 2),
      ("Title\narcs 1\n?? @", 3), ("Title\narcs 1\n??@", 3), ("Title\narcs 1\n??@@\nDE 1", 4),
      ("Title\narcs 1\n??@@\nDE 1 2 0;1", 4), ("Title\narcs 1\n??@@\nDE 1 2 0\nFR 1 2 x", 5),
    ])
  func malformed(_ text: String, _ line: Int) {
    #expect(throws: MapOutline.Malformed(line: line)) {
      try MapOutline(text: text, projection: .equalEarth)
    }
    #expect(
      MapOutline.Malformed(line: 3).description == "line 3 of the map's outline cannot be read")
  }
}
