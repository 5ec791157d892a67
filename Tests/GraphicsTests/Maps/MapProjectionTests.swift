import Foundation
import Testing

@testable import Graphics

@Suite("Projections of maps") struct MapProjectionTests {
  private func place(_ longitude: Double, _ latitude: Double) -> MapPlace {
    MapPlace(longitude: longitude, latitude: latitude)
  }

  private func isNear(_ a: Double, _ b: Double, within error: Double) -> Bool { abs(a - b) < error }

  @Test(
    "Equal Earth has the proportions of its authors: 2.05458 wide, poles 0.59247 of the equator")
  func equalEarth() {
    // The map is centred at 11° E, so its right edge is at 191°.
    let project = MapProjection.equalEarth.point
    let edge = project(place(191, 0))
    let pole = project(place(191, 90))
    #expect(isNear(edge.x, 2.706630, within: 1e-6))
    #expect(isNear(pole.y, -1.317363, within: 1e-6))
    #expect(isNear(edge.x / -pole.y, 2.05458, within: 1e-5))
    #expect(isNear(pole.x / edge.x, 0.59247, within: 1e-5))
    #expect(project(place(11, 0)) == Point(0, 0))
    #expect(project(place(191, -45)).y == -project(place(191, 45)).y)
  }

  @Test("Albers' conic gives the numbers of Snyder's example (page 291)")
  func albers() {
    let conic = MapProjection.Conic(parallels: (29.5, 45.5), meridian: -96, latitude: 23)
    let point = conic.point(place(-75, 35))
    #expect(isNear(point.x, 0.2952720, within: 1e-7))
    #expect(isNear(-point.y, 0.2416774, within: 1e-7))
  }

  @Test(
    "A square degree is as large on the map as on Earth",
    arguments: [-60.0, -30, 0, 15, 30, 37, 45, 60, 75])
  func areas(_ latitude: Double) {
    let width = Double.pi / 180
    let sphere = width * (sin((latitude + 1) * .pi / 180) - sin(latitude * .pi / 180))
    for (projection, longitude) in [(MapProjection.equalEarth, 100.0), (.albersUSA, -110)] {
      // In steps, since a parallel is a curve on the conic.
      let steps = (0...50).map { Double($0) / 50 }
      let ring =
        steps.map { place(longitude + $0, latitude) }
        + steps.reversed().map { place(longitude + $0, latitude + 1) }
      let area = abs(signedArea(ring.map(projection.point)))
      #expect(isNear(area / sphere, 1, within: 1e-3), "\(projection)")
    }
  }

  @Test("Alaska and Hawaii stand below the other states, Alaska at its scale")
  func insets() {
    let project = MapProjection.albersUSA.point
    let california = project(place(-124, 34))
    #expect(project(place(-150, 64)).y > california.y)
    #expect(project(place(-157, 21)).y > california.y)
    // The Aleutians beyond 180° are a part of Alaska.
    #expect(abs(project(place(173, 52)).x - project(place(-179, 52)).x) < 0.06)
    let (a, b) = (project(place(-154, 62)), project(place(-154, 63)))
    let degree = MapProjection.alaskaScale * .pi / 180
    #expect(isNear(a.y - b.y, degree, within: 0.01 * degree))
  }
}
