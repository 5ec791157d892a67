/// Something that a test needs and that this machine lacks.
public struct Missing: Error, CustomStringConvertible {
  /// A sentence that says what is missing and what brings it.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
