import Records

extension Configuration {
  /// How messages leave.
  public struct Mail: Sendable {
    /// Who sends them.
    public var from: MailAddress
    /// Who is told what could not be sent, and gets what nobody else can take.
    public var operatorAddress: MailAddress
    /// The server; nil: everything is delivered to folders.
    public var server: Server?
    /// The largest message that leaves, in bytes.
    public var maxSize = 10_000_000
    /// The time at which scheduled mail leaves, in minutes after midnight.
    public var sendAt = 7 * 60
    /// Days of the week on which scheduled mail leaves.
    public var sendOn: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]
    /// Days on which no scheduled mail leaves.
    public var holidays: [Day] = []
    /// Whether somebody with several editions of a report gets one message with all of them.
    public var isOneMessage = true
    /// Where messages go that are delivered to folders, relative to the project.
    public var folder = Located("delivered", at: SourcePosition(file: "cadastre.yaml"))
  }

  /// A server of mail and how to speak with it.
  public struct Server: Sendable {
    /// Whether TLS stands from the first byte.
    public let isImplicitTLS: Bool
    /// Its name or number, without a port.
    public let host: String
    /// nil: 465 with TLS from the first byte, else 587.
    public let port: Int?
    /// Where the address of the server was written.
    public let at: SourcePosition
    /// Who signs in; nil: nobody does.
    public var user: String?
    /// Where the password comes from.
    public var password: Located<Secret>?
    /// Where the token of XOAUTH2 comes from.
    public var token: Located<Secret>?
    /// How the user signs in; nil: as the server offers.
    public var auth: Auth?
    /// Whether the connection must be encrypted.
    public var tls = TLS.required
    /// A file of certificates that are trusted in place of the machine's.
    public var authorities: Located<String>?
    /// The most messages a minute; nil: as fast as the server takes them.
    public var perMinute: Int?
    /// Seconds after which a server that says nothing counts as gone.
    public var timeout = 60
    /// Seconds until what the server did not take for now is tried again; twice as many each time.
    public var retryAfter = 30

    /// Whether it runs on this machine, so that nobody listens between.
    public var isLoopback: Bool {
      host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
    }
  }

  /// How a user signs in.
  public enum Auth: String, Hashable, Sendable, CaseIterable {
    case plain, login, xoauth2
  }

  /// Whether a connection must be encrypted.
  public enum TLS: String, Hashable, Sendable, CaseIterable {
    /// From the first byte with smtps://, else by STARTTLS; only a server of this machine may do
    /// without.
    case required
    /// By STARTTLS, wherever the server runs.
    case starttls
    /// Not at all.
    case none
  }

  /// Where a secret comes from; the configuration never holds it.
  public enum Secret: Hashable, Sendable {
    /// A variable of the environment.
    case environment(String)
    /// The first line of a file, relative to the project.
    case file(String)
    /// What a command prints on its first line.
    case command(String)
  }

  /// How a report reaches its readers.
  public enum Deliver: String, Hashable, Sendable, CaseIterable {
    case mail, folder
  }

  /// The files of an edition that go along with its message.
  public enum Attachment: String, Hashable, Sendable, CaseIterable {
    case pdf, xlsx, xml, json, html
  }
}

extension Configuration.Mail {
  /// Reads `mail:`; nil where its sender is not known.
  init?(_ keys: KeyReader) {
    let findings = keys.findings
    let from = keys.required("from").flatMap { Configuration.Mail.address($0, findings) }
    let summary = keys.value("operator").flatMap { Configuration.Mail.address($0, findings) }
    let server = Configuration.Server(keys)
    let maxSize = keys.value("max_size").flatMap { Configuration.Mail.size($0, findings) }
    let sendAt = keys.value("send_at").flatMap { Configuration.Mail.time($0, findings) }
    let sendOn = keys.list("send_on").compactMap { $0.oneOf(Weekday.self, findings) }
    let holidays = keys.list("holidays").compactMap { $0.day(findings) }
    let isOne = keys.bool("one_message")
    let folder = keys.value("folder")?.located(name: findings)
    guard let from else { return nil }
    self.from = from
    self.operatorAddress = summary ?? from
    self.server = server
    if let maxSize { self.maxSize = maxSize }
    if let sendAt { self.sendAt = sendAt }
    if !sendOn.isEmpty { self.sendOn = Set(sendOn) }
    self.holidays = Set(holidays).sorted()
    isOneMessage = isOne ?? true
    if let folder { self.folder = folder }
  }

  private static func address(_ value: Value, _ findings: Findings) -> MailAddress? {
    guard let text = value.name(findings) else { return nil }
    if let address = MailAddress(text) { return address }
    value.refuse("an address such as Sales Operations <ops@acme.example>", findings)
    return nil
  }

  /// Bytes from a number with a unit, such as `10 MB`.
  private static func size(_ value: Value, _ findings: Findings) -> Int? {
    let parts = (value.text ?? "").split(separator: " ")
    if parts.count == 2, let number = Int(parts[0]), (1...1_000_000).contains(number),
      let unit = ["KB": 1_000, "MB": 1_000_000][parts[1].uppercased()]
    {
      return number * unit
    }
    value.refuse("a size such as 10 MB", findings)
    return nil
  }

  /// Minutes after midnight from a time such as `07:30`.
  private static func time(_ value: Value, _ findings: Findings) -> Int? {
    let parts = (value.text ?? "").split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].count == 2, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    {
      return hour * 60 + minute
    }
    value.refuse("a time such as 07:30", findings)
    return nil
  }
}

extension Configuration.Server {
  /// Reads the keys about the server; nil where none is named.
  fileprivate init?(_ keys: KeyReader) {
    let findings = keys.findings
    let place = keys.value("smtp").flatMap { Configuration.Server.place($0, findings) }
    let user = keys.value("user")?.name(findings)
    let password = keys.value("password_from").flatMap { Configuration.Secret.read($0, findings) }
    let token = keys.value("token_from").flatMap { Configuration.Secret.read($0, findings) }
    let auth = keys.oneOf("auth", Configuration.Auth.self)
    let tls = keys.oneOf("tls", Configuration.TLS.self)
    let authorities = keys.value("ca_file")?.located(name: findings)
    let rate = keys.int("rate", in: 1...100_000)
    let timeout = keys.int("timeout", in: 1...3600)
    let retry = keys.int("retry_after", in: 1...3600)
    guard let smtp = keys.entry("smtp"), let place else {
      for key in ["user", "password_from", "token_from", "auth", "tls", "ca_file", "rate"] {
        guard !keys.has("smtp"), let entry = keys.entry(key) else { continue }
        findings.add(
          .value, at: entry.at, "key \"\(key)\" belongs to a server, and none is named",
          "add smtp: smtps://mail.acme.example")
      }
      return nil
    }
    isImplicitTLS = place.isImplicit
    (host, port, at) = (place.host, place.port, smtp.value.at)
    self.user = user
    self.password = password
    self.token = token
    self.auth = auth ?? (token == nil ? nil : .xoauth2)
    self.tls = tls ?? .required
    self.authorities = authorities
    perMinute = rate
    if let timeout { self.timeout = timeout }
    if let retry { retryAfter = retry }
    check(keys)
  }

  /// What does not go together.
  private func check(_ keys: KeyReader) {
    let findings = keys.findings
    if user == nil, let entry = keys.entry("password_from") ?? keys.entry("token_from") {
      findings.add(
        .value, at: entry.at, "key \"\(entry.key)\" stands without \"user\"", "add user: NAME")
    }
    if keys.has("user"), user != nil, !keys.has("password_from"), !keys.has("token_from"),
      let entry = keys.entry("user")
    {
      findings.add(
        .value, at: entry.at, "key \"user\" stands without \"password_from\"",
        "add password_from: env:NAME, or token_from: command:PROGRAM")
    }
    if auth == .xoauth2, !keys.has("token_from"), let entry = keys.entry("auth") {
      findings.add(
        .value, at: entry.at, "xoauth2 signs in by a token, and none is named",
        "add token_from: command:PROGRAM")
    }
    if isImplicitTLS, tls != .required, let entry = keys.entry("tls") {
      findings.add(
        .value, at: entry.at, "smtps:// is encrypted from the first byte, whatever \"tls\" says",
        "remove tls, or write smtp:// with tls: starttls")
    }
  }

  private static func place(
    _ value: Value, _ findings: Findings
  ) -> (isImplicit: Bool, host: String, port: Int?)? {
    guard let text = value.name(findings) else { return nil }
    let isImplicit = text.hasPrefix("smtps://")
    let needed = "an address such as smtps://mail.acme.example:465"
    guard isImplicit || text.hasPrefix("smtp://") else {
      value.refuse(needed, findings)
      return nil
    }
    var rest = text.dropFirst(isImplicit ? 8 : 7)
    if rest.hasSuffix("/") { rest.removeLast() }
    if rest.contains("@") {
      findings.add(
        .value, at: value.at, "the address of the server holds a user or a password",
        "write user: NAME and password_from: env:NAME beside it")
      return nil
    }
    var port: Int?
    // The number of a machine in IPv6 stands in brackets, as it has colons of its own.
    if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
      guard let number = Int(rest[rest.index(after: colon)...]), (1...65535).contains(number)
      else {
        value.refuse(needed, findings)
        return nil
      }
      port = number
      rest = rest[..<colon]
    }
    let allowed = rest.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || ".-_[]:".unicodeScalars.contains(scalar)
    }
    guard !rest.isEmpty, allowed else {
      value.refuse(needed, findings)
      return nil
    }
    return (isImplicit, String(rest), port)
  }
}

extension Configuration.Secret {
  /// `env:NAME`, `file:PATH` or `command:PROGRAM`.
  fileprivate static func read(_ value: Value, _ findings: Findings) -> Located<Self>? {
    guard let text = value.name(findings) else { return nil }
    let kinds: [(String, (String) -> Self)] = [
      ("env:", Self.environment), ("file:", Self.file), ("command:", Self.command),
    ]
    for (prefix, make) in kinds where text.hasPrefix(prefix) && text != prefix {
      return Located(make(String(text.dropFirst(prefix.count))), at: value.at)
    }
    // What stands there may be the secret itself, so it is not repeated.
    findings.add(
      .value, at: value.at, "\(value.label) must say where the secret is, never what it is",
      "write env:NAME, file:PATH or command:PROGRAM")
    return nil
  }
}
