/// The checked address of a record in the CRM.
///
/// Only `https` addresses of a plain host exist as links; so no name or Id in an export can put a
/// script or another site behind one.
public struct RecordLink: Hashable, Sendable {
  public let url: String

  /// The address of a record, nil where there is no Id or the base is not a plain https address.
  ///
  /// - Parameters:
  ///   - base: `crm_url` of the configuration, such as `https://acme.my.salesforce.com`.
  ///   - id: the Id of the record; every byte but letters, digits, `-`, `_` and `.` is
  ///     percent-encoded.
  public init?(base: String, id: String) {
    guard !id.isEmpty, id != ".", id != "..", let base = RecordLink.checkedBase(base) else {
      return nil
    }
    var path = ""
    for byte in id.utf8 {
      if RecordLink.isPlain(byte) || byte == UInt8(ascii: "_") {
        path.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        path += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    self.url = base + "/" + path
  }

  /// The base without its last slash, nil where it is not `https://host[:port][/path]`.
  public static func checkedBase(_ base: String) -> String? {
    let scheme = "https://"
    guard base.lowercased().hasPrefix(scheme) else { return nil }
    var rest = base.dropFirst(scheme.count)
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    guard let first = rest.utf8.first, first != UInt8(ascii: "/") else { return nil }
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    let hostAndPort = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    guard hostAndPort.count <= 2, !hostAndPort[0].isEmpty,
      hostAndPort[0].utf8.allSatisfy(isPlain),
      hostAndPort.count == 1
        || (!hostAndPort[1].isEmpty && hostAndPort[1].utf8.allSatisfy { (0x30...0x39).contains($0) }),
      parts.dropFirst().allSatisfy({ part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "_") }
      })
    else { return nil }
    return scheme + rest
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
}
