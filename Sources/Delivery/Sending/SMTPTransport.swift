import CCURL
import Settings

/// A session with a server of mail, by libcurl: one connection for all messages, opened anew where the
/// server ends it.
///
/// Certificates are always checked. No secret is in an argument, an address or what libcurl logs, as it
/// logs nothing; where the server repeats one, it is taken out of what it said.
public struct SMTPTransport: Transport {
  /// The server and how to speak with it.
  public struct Server: Sendable {
    public var settings: Configuration.Server
    /// The password of the user, where one signs in by it.
    public var password: String?
    /// The token of XOAUTH2.
    public var token: String?
    /// The file of trusted certificates; nil: those of the machine.
    public var authorities: String?

    public init(
      settings: Configuration.Server, password: String? = nil, token: String? = nil,
      authorities: String? = nil
    ) {
      self.settings = settings
      self.password = password
      self.token = token
      self.authorities = authorities
    }
  }

  private let handle: Handle
  private let server: Server
  private let redaction: Redaction

  /// - Parameter server: the server, which is not spoken with yet.
  public init(_ server: Server) {
    self.server = server
    redaction = Redaction(
      user: server.settings.user, password: server.password, token: server.token)
    handle = Handle()
  }

  /// libcurl's handle, which holds the connection; closed when nobody uses it any more.
  ///
  /// Pointers: the handle is libcurl's own; it is used by one transport, one call at a time.
  private final class Handle {
    let curl: UnsafeMutableRawPointer?

    init() {
      _ = Handle.isReady
      curl = curl_easy_init()
    }

    deinit { curl_easy_cleanup(curl) }

    static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
  }

  /// What one transfer has given and heard.
  private final class Exchange {
    let bytes: [UInt8]
    var given = 0
    /// The last line that the server said, such as `550 5.1.1 no such user`.
    var reply = ""
    let redaction: Redaction

    init(_ bytes: [UInt8], _ redaction: Redaction) {
      self.bytes = bytes
      self.redaction = redaction
    }

    /// Whether the server may have all of it, so that it may have taken it.
    var isAllGiven: Bool { given >= bytes.count }

    /// The number of the last reply, 0 where there was none.
    var code: Int { Int(reply.prefix(3)) ?? 0 }
  }

  /// Delivers one message; see `Transport`.
  public mutating func deliver(_ bytes: [UInt8], from: String, to: String) -> DeliveryOutcome {
    guard let curl = handle.curl else { return .impossible(.library("no handle")) }
    let exchange = Exchange(bytes, redaction)
    let recipients = curl_slist_append(nil, "<\(to)>")
    defer { curl_slist_free_all(recipients) }
    // What was set for the message before is forgotten; its connection stays.
    curl_easy_reset(curl)
    for code in settings(curl, size: bytes.count, from: from) where code != CURLE_OK {
      return .impossible(
        code == CURLE_SSL_CACERT_BADFILE
          ? .authorities : .library(String(cString: curl_easy_strerror(code))))
    }
    _ = ccurl_list(curl, CURLOPT_MAIL_RCPT, recipients)
    // Pointers: `exchange` lives until the transfer has ended, and nobody else touches it meanwhile.
    let result = withExtendedLifetime(exchange) {
      let context = Unmanaged.passUnretained(exchange).toOpaque()
      _ = ccurl_reader(curl, SMTPTransport.give, context)
      _ = ccurl_replies(curl, SMTPTransport.hear, context)
      return curl_easy_perform(curl)
    }
    return outcome(result, exchange)
  }

  private func settings(
    _ curl: UnsafeMutableRawPointer, size: Int, from: String
  ) -> [CURLcode] {
    let settings = server.settings
    let port = settings.port.map { ":\($0)" } ?? (settings.isImplicitTLS ? ":465" : ":587")
    let scheme = settings.isImplicitTLS ? "smtps" : "smtp"
    var codes = [
      ccurl_text(curl, CURLOPT_URL, "\(scheme)://\(settings.host)\(port)/\(domain(of: from))"),
      ccurl_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
      // Mail goes where the configuration says, not where the environment would send it.
      ccurl_text(curl, CURLOPT_PROXY, ""),
      ccurl_number(curl, CURLOPT_UPLOAD, 1),
      ccurl_size(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)),
      ccurl_text(curl, CURLOPT_MAIL_FROM, "<\(from)>"),
      ccurl_number(curl, CURLOPT_USE_SSL, encryption),
      ccurl_number(curl, CURLOPT_SSL_VERIFYPEER, 1),
      ccurl_number(curl, CURLOPT_SSL_VERIFYHOST, 2),
      ccurl_number(curl, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      ccurl_number(curl, CURLOPT_CONNECTTIMEOUT, settings.timeout),
      ccurl_number(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, settings.timeout),
      ccurl_number(curl, CURLOPT_LOW_SPEED_LIMIT, 1),
      ccurl_number(curl, CURLOPT_LOW_SPEED_TIME, settings.timeout),
    ]
    if let authorities = server.authorities {
      codes.append(ccurl_text(curl, CURLOPT_CAINFO, authorities))
    }
    if let user = settings.user {
      codes.append(ccurl_text(curl, CURLOPT_USERNAME, user))
      if let token = server.token {
        codes.append(ccurl_text(curl, CURLOPT_XOAUTH2_BEARER, token))
      } else if let password = server.password {
        codes.append(ccurl_text(curl, CURLOPT_PASSWORD, password))
      }
      codes.append(ccurl_number(curl, CURLOPT_SASL_IR, 1))
    }
    if let auth = settings.auth {
      codes.append(
        ccurl_text(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=\(auth.rawValue.uppercased())"))
    }
    return codes
  }

  /// What the greeting to the server says: the sender's domain in plain letters.
  private func domain(of from: String) -> String {
    HeaderText.word(from.split(separator: "@").last.map(String.init) ?? "localhost")
  }

  /// Whether STARTTLS is asked for: always but where the server runs here, or somebody said so.
  private var encryption: Int {
    let settings = server.settings
    switch settings.tls {
    case .none: return Int(CURLUSESSL_NONE.rawValue)
    case .starttls: return Int(CURLUSESSL_ALL.rawValue)
    case .required:
      // A server of this machine is spoken with as it offers.
      return Int((settings.isLoopback ? CURLUSESSL_TRY : CURLUSESSL_ALL).rawValue)
    }
  }

  private func outcome(_ code: CURLcode, _ exchange: Exchange) -> DeliveryOutcome {
    let reply = exchange.reply
    if code == CURLE_OK { return .delivered(reply: reply) }
    switch code {
    case CURLE_USE_SSL_FAILED: return .impossible(.unencrypted)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: return .impossible(.certificate)
    case CURLE_SSL_CACERT_BADFILE: return .impossible(.authorities)
    case CURLE_LOGIN_DENIED where exchange.code != 0 && !(400..<500).contains(exchange.code):
      return .impossible(.signIn(reply: reply))
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
      CURLE_OPERATION_TIMEDOUT where exchange.reply.isEmpty && exchange.given == 0:
      return .unreachable(reason: String(cString: curl_easy_strerror(code)))
    default: break
    }
    // The server said no: by its number for now or for good, whatever it was told last.
    let saysNo =
      code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_SEND_ERROR
      || code == CURLE_RECV_ERROR || code == CURLE_LOGIN_DENIED
      || code == CURLE_REMOTE_ACCESS_DENIED
      || code == CURLE_UPLOAD_FAILED
    if saysNo, (500..<600).contains(exchange.code) { return .refused(reply: reply) }
    if saysNo, (400..<500).contains(exchange.code) { return .later(reply: reply) }
    let reason = String(cString: curl_easy_strerror(code))
    return exchange.isAllGiven ? .inDoubt(reason: reason) : .later(reply: reason)
  }

  /// Gives libcurl as much of the message as it has room for.
  private static let give: ccurl_transfer = { buffer, size, count, context in
    guard let buffer, let context else { return 0 }
    // Pointers: libcurl's buffer has room for `size` times `count` bytes.
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let room = min(size * count, exchange.bytes.count - exchange.given)
    guard room > 0 else { return 0 }
    exchange.bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        UnsafeMutableRawPointer(buffer).copyMemory(
          from: start.advanced(by: exchange.given), byteCount: room)
      }
    }
    exchange.given += room
    return room
  }

  /// Hears a line of the server's replies.
  private static let hear: ccurl_transfer = { buffer, size, count, context in
    guard let buffer, let context else { return 0 }
    // Pointers: libcurl's buffer holds `size` times `count` bytes until this returns.
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: buffer, count: size * count)
    // Before it is cut, which might leave a part of a secret.
    let reply = HeaderText.line(
      exchange.redaction.applied(to: String(decoding: bytes, as: UTF8.self)))
    // The answer to a farewell says nothing of what went before it.
    if !reply.hasPrefix("221") { exchange.reply = reply }
    return size * count
  }
}
