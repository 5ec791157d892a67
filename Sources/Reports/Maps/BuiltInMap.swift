import BuiltIns
import Graphics
import Metrics

/// A map that the program carries: its outline, and what its regions are called.
///
/// The data are of Natural Earth, in the public domain; `maps/README.md` says how they were made.
public struct BuiltInMap: Sendable {
  /// Where the regions lie.
  public let outline: MapOutline
  /// What they are called.
  public let regions: RegionNames
  /// The dimension whose members are regions of it.
  public let dimension: Dimension

  /// The countries of the world; nil only where the program was built without its data.
  public static let world = BuiltInMap("world.map", "countries.txt", .equalEarth, .country)
  /// The states of the USA; nil only where the program was built without its data.
  public static let states = BuiltInMap("us-states.map", "us-states.txt", .albersUSA, .state)

  /// The code of the country whose states the map of states has.
  static let countryOfStates = "US"

  private init?(
    _ outline: String, _ names: String, _ projection: MapProjection, _ dimension: Dimension
  ) {
    guard let text = BuiltIns.text("maps/" + outline), let names = BuiltIns.text("maps/" + names),
      let read = try? MapOutline(text: text, projection: projection)
    else { return nil }
    self.outline = read
    self.regions = RegionNames(text: names, areCountries: dimension == .country)
    self.dimension = dimension
  }
}
