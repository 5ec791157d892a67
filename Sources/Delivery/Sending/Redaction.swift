import Foundation

/// Takes secrets out of what a server says: some repeat the line that they refuse.
///
/// What a server says stands in errors, in the mail to the operator and in the ledger.
struct Redaction: Sendable {
  /// The longest first, so that none of them is left in part by another.
  private let secrets: [String]

  /// - Parameters:
  ///   - user: who signs in.
  ///   - password: by which password; nil: by none.
  ///   - token: by which token of XOAUTH2; nil: by none.
  init(user: String? = nil, password: String? = nil, token: String? = nil) {
    let user = user ?? ""
    // As they are, and as PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER send them.
    var texts = [password, token].compactMap { $0 }
    if let password { texts.append("\0\(user)\0\(password)") }
    if let token { texts.append("user=\(user)\u{1}auth=Bearer \(token)\u{1}\u{1}") }
    let encoded = texts.map { text -> String in
      var base64 = Data(text.utf8).base64EncodedString()
      while base64.hasSuffix("=") { base64.removeLast() }
      return base64
    }
    secrets = Set(texts + encoded).filter { !$0.isEmpty }.sorted {
      ($1.count, $0) < ($0.count, $1)
    }
  }

  /// A reply of the server without them; the number that it begins with stays.
  func applied(to reply: String) -> String {
    let number = reply.prefix { $0.isASCII && $0.isNumber }
    var text = String(reply.dropFirst(number.count))
    for secret in secrets { text = text.replacing(secret, with: "[secret]") }
    return String(number) + text
  }
}
