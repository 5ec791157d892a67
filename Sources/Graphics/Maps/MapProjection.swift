import Foundation

/// A place on Earth, in degrees.
public struct MapPlace: Sendable, Hashable {
  /// Degrees east of Greenwich; places west of the map's cut have more than 180.
  public var longitude: Double
  /// Degrees north of the equator.
  public var latitude: Double

  /// A place by its longitude and latitude.
  public init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// How places on Earth become points of a plane; both ways keep areas true to one another.
///
/// A map coloured by regions must: the eye adds up area.
public enum MapProjection: Sendable, Hashable {
  /// The whole world around the meridian 11° E, so that it is cut in the Bering Strait.
  ///
  /// Equal Earth of Šavrič, Patterson and Jenny 2018 (doi:10.1080/13658816.2018.1504949).
  case equalEarth
  /// The states of the USA: Alaska and Hawaii stand below the others.
  ///
  /// Albers' equal-area conic with the parallels that the US Geological Survey uses for each
  /// (Snyder 1987, Map Projections: A Working Manual, pages 98 to 103). Alaska is drawn at
  /// `alaskaScale`.
  case albersUSA

  /// How much smaller than the other states Alaska is drawn.
  public static let alaskaScale = 0.35

  /// The point of a place in radii of the Earth; y grows southwards, as on a canvas.
  public func point(_ place: MapPlace) -> Point {
    switch self {
    case .equalEarth: MapProjection.equalEarth(place)
    case .albersUSA: MapProjection.albersUSA(place)
    }
  }

  private static func equalEarth(_ place: MapPlace) -> Point {
    let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)
    let root = 3.0.squareRoot()
    let t = asin(root / 2 * sin(radians(place.latitude)))
    let (t2, t6) = (t * t, t * t * t * t * t * t)
    let slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    let x = 2 * root / 3 * radians(place.longitude - 11) * cos(t) / slope
    return Point(x, -t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1))
  }

  private static let states = Conic(parallels: (29.5, 45.5), meridian: -96, latitude: 37.5)
  private static let alaska = Conic(parallels: (55, 65), meridian: -154, latitude: 62)
  private static let hawaii = Conic(parallels: (8, 18), meridian: -157, latitude: 20.5)

  private static func albersUSA(_ place: MapPlace) -> Point {
    // Nothing of the other states is as far north or, below the tropic, as far west.
    if place.latitude > 50, place.longitude < -129 || place.longitude > 170 {
      let point = alaska.point(place)
      return Point(-0.315 + alaskaScale * point.x, 0.215 + alaskaScale * point.y)
    }
    if place.latitude < 24, place.longitude < -150 {
      let point = hawaii.point(place)
      return Point(-0.175 + point.x, 0.235 + point.y)
    }
    return states.point(place)
  }

  /// Albers' equal-area conic on a sphere of radius 1.
  struct Conic: Sendable {
    let meridian: Double
    private let n: Double
    private let c: Double
    private let origin: Double

    init(parallels: (Double, Double), meridian: Double, latitude: Double) {
      self.meridian = meridian
      let (first, second) = (radians(parallels.0), radians(parallels.1))
      n = (sin(first) + sin(second)) / 2
      c = cos(first) * cos(first) + 2 * n * sin(first)
      origin = (c - 2 * n * sin(radians(latitude))).squareRoot() / n
    }

    func point(_ place: MapPlace) -> Point {
      var east = place.longitude - meridian
      if east > 180 { east -= 360 }
      let rho = (c - 2 * n * sin(radians(place.latitude))).squareRoot() / n
      let theta = n * radians(east)
      return Point(rho * sin(theta), rho * cos(theta) - origin)
    }
  }
}

private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
