import Delivery
import Foundation
import History
import Records
import Reports
import Settings
import Synchronization

/// Makes the messages of a run and puts them into the outbox, all of them in one step at its end.
final class Mailroom: Sendable {
  let mail: Configuration.Mail
  let letters: [Letter]
  /// What was found out about the people who get them.
  let findings: [Finding]
  private let jobs: [ReportRun.Job]
  private let asOf: Day
  private let writer: MailWriter
  private let corrects: Bool
  /// What was made or sent of each message before, the newest revision.
  private let known: [MessageKey: Ledger.Entry]
  /// What those that may have arrived said.
  private let said: [MessageKey: Envelope]
  private let staging: URL
  private let state = Mutex(State())

  private struct State {
    var entries: [Ledger.Entry] = []
    var changed = 0
    var tooLarge: [Finding] = []
    /// Documents that lead letters of several editions, by their place among the jobs.
    var leads: [Int: (document: ReportDocument, images: [MailParts.Image])] = [:]
    var contents: [Int: String] = [:]
  }

  /// The letters of a run; nil where no report goes to anybody.
  ///
  /// - Parameters:
  ///   - source: the export read for reports.
  ///   - reports: the reports of the run, each with its jobs.
  ///   - run: what renders them.
  ///   - post: outbox and ledger.
  ///   - corrects: whether a message that was sent and says something else now is sent again.
  /// - Throws: `FindingsError` where somebody is to get reports and no sender is configured.
  init?(
    _ source: ReportSource, reports: [(report: ConfiguredReport, jobs: [ReportRun.Job])],
    run: ReportRun, post: Post, corrects: Bool
  ) throws {
    let project = source.pipeline.project
    let wished = reports.filter {
      !$0.report.distribution.to.isEmpty || $0.report.distribution.deliver != nil
    }
    guard let mail = project.configuration.mail else {
      guard let first = wished.first else { return nil }
      throw FindingsError([
        Finding(
          code: "mail-missing", severity: .error, at: first.report.at,
          what: "the report \"\(first.report.definition.name)\" is to be delivered, and nobody is "
            + "named who sends it",
          done: "nothing was rendered",
          suggestion: "add mail: {from: Sales Operations <ops@acme.example>} to cadastre.yaml")
      ])
    }
    self.mail = mail
    self.corrects = corrects
    asOf = source.pipeline.context.asOf
    writer = MailWriter(templates: run.templates, canvas: run.canvas)
    var resolver = RecipientResolver(
      records: source.pipeline.export.records, assignment: source.pipeline.assignment,
      families: source.pipeline.engine.families, context: source.context,
      operatorAddress: mail.operatorAddress)
    var letters: [Letter] = []
    var jobs: [ReportRun.Job] = []
    for (report, own) in reports {
      let rules =
        report.distribution.to.isEmpty ? report.definition.recipients : report.distribution.to
      let start = jobs.count
      jobs += own
      guard !rules.isEmpty else { continue }
      let readers = own.indices.map { index in
        (job: start + index, addressees: resolver.addressees(of: own[index].edition, by: rules))
      }
      letters += Letter.letters(
        of: report.definition.name, readers, isOneMessage: mail.isOneMessage,
        distribution: report.distribution, needsApproval: report.needsApproval)
    }
    self.letters = letters
    self.jobs = jobs
    findings = resolver.findings
    var known: [MessageKey: Ledger.Entry] = [:]
    for entry in try post.states().values.sorted(by: { $0.key < $1.key }) {
      var key = entry.key
      key.revision = 0
      // Entries come in the order of revisions: the last stands.
      known[key] = entry
    }
    self.known = known
    said = try Dictionary(
      (post.outbox.delivered() + post.outbox.messages()).map { ($0.envelope.key, $0.envelope) }
    ) { first, _ in first }
    staging = try WrittenWhole.emptyFolder(
      aside: post.outbox.folder.appending(path: asOf.description), .reports)
  }

  /// Removes what was made and not put into the outbox.
  func clear() {
    try? FileManager.default.removeItem(at: staging)
  }

  /// Makes the messages that an edition leads, as soon as it is rendered.
  ///
  /// - Parameters:
  ///   - index: its place among the jobs.
  ///   - document: the edition.
  ///   - images: the pictures that were drawn for the preview of its mail.
  ///   - folder: where the files of the run are.
  /// - Throws: what cannot be drawn or written.
  func take(
    _ index: Int, _ document: ReportDocument, _ images: [MailParts.Image], in folder: URL
  ) throws {
    let own = letters.filter { $0.lead == index }
    let content = MessageDocument(document).content
    state.withLock { $0.contents[index] = content }
    for letter in own where letter.jobs.count == 1 {
      try make(letter, document, images, in: folder)
    }
    if own.contains(where: { $0.jobs.count > 1 }) {
      state.withLock { $0.leads[index] = (document, images) }
    }
  }

  /// Makes the messages of several editions, when all editions are rendered.
  func finish(in folder: URL) throws {
    for letter in letters where letter.jobs.count > 1 {
      guard let lead = state.withLock({ $0.leads[letter.lead] }) else { continue }
      try make(letter, lead.document, lead.images, in: folder)
    }
  }

  private func key(of letter: Letter) -> MessageKey {
    let edition = jobs[letter.lead].edition
    let name = edition.id.isEmpty ? edition.kind.rawValue : "\(edition.kind.rawValue):\(edition.id)"
    return MessageKey(
      report: letter.report, edition: name, asOf: asOf, recipient: letter.reader.address)
  }

  /// Makes one message and lays it aside; nothing where it was sent before and says the same.
  private func make(
    _ letter: Letter, _ document: ReportDocument, _ images: [MailParts.Image], in folder: URL
  ) throws {
    var key = key(of: letter)
    let contents = state.withLock { state in letter.jobs.map { state.contents[$0] ?? "" } }
    let content = contents.count == 1 ? contents[0] : contents.joined(separator: "+")
    let before = known[key]
    var earlier: Envelope?
    if let before {
      key.revision = before.key.revision
      if before.state.mayHaveArrived {
        if before.content == content { return }
        guard corrects else {
          state.withLock { $0.changed += 1 }
          return
        }
        earlier = said[before.key]
        key.revision += 1
      }
    }
    var message = MessageDocument(document)
    message.reader = letter.reader.shown
    // What was approved stays approved as long as it says the same.
    let isKnown =
      before?.key == key && before?.content == content && before?.state != .superseded
    if letter.needsApproval {
      let approved = before?.events.last { $0.event == "approved" }
      message.approvalMark =
        isKnown && before?.state == .ready
        ? approved.map { document.words.approved(by: $0.who ?? "", on: Post.shown($0.at)) }
        : Envelope.approvalMark(key)
    }
    if key.revision > 0 {
      message.corrects = MessageDocument.Said(
        figures: (earlier?.figures ?? []).map { ($0.label, $0.value) },
        sections: (earlier?.sections ?? []).map { ($0.title, $0.digest) })
    }
    var bytes = try written(letter, key, message, images, in: folder)
    if bytes.count > mail.maxSize {
      // Without its attachments it still says everything that a mail can hold, and what is missing.
      message.leftOut = letter.jobs.flatMap { names(of: $0, letter).map(\.name) }
      bytes = try written(letter, key, message, images, in: folder)
    }
    guard bytes.count <= mail.maxSize else {
      let finding = tooLarge(letter, bytes.count)
      state.withLock { $0.tooLarge.append(finding) }
      return
    }
    let said = MessageDocument(document).said
    let envelope = Envelope(
      key: key, recipientName: letter.reader.name, from: mail.from.address,
      subject: message.subject(letter.distribution.subject),
      editions: letter.jobs.map { jobs[$0].edition.name }, needsApproval: letter.needsApproval,
      deliver: letter.distribution.deliver ?? .mail,
      content: content,
      figures: said.figures.map { Envelope.Figure(label: $0.label, value: $0.value) },
      sections: said.sections.map { Envelope.Section(title: $0.title, digest: $0.digest) })
    try Outbox.write(bytes, envelope, into: staging)
    let fresh: Ledger.State = letter.needsApproval ? .waiting : .ready
    let entry = Ledger.Entry(
      key: key, state: isKnown ? before?.state ?? fresh : fresh,
      attempts: isKnown ? before?.attempts ?? 0 : 0, content: content,
      reply: isKnown ? before?.reply : nil,
      events: isKnown ? [] : [Ledger.Event(event: "made", at: Post.now())])
    state.withLock { $0.entries.append(entry) }
  }

  private func written(
    _ letter: Letter, _ key: MessageKey, _ message: MessageDocument, _ images: [MailParts.Image],
    in folder: URL
  ) throws -> [UInt8] {
    var message = message
    let files = message.leftOut.isEmpty ? letter.jobs.map { names(of: $0, letter) } : []
    message.others = letter.jobs.dropFirst().enumerated().map { place, job in
      (jobs[job].edition.name, files.isEmpty ? "" : files[place + 1].first?.name ?? "")
    }
    let rest = files.first?.first { $0.format != .pdf && $0.format != .html }
    let parts = try writer.parts(
      of: message.addressed, whereRest: rest.map { "in \($0.name)" }, drawn: images)
    let attachments = try files.joined().map { file in
      MailMessage.Attachment(
        name: file.name, type: file.format.mediaType,
        bytes: Array(try Data(contentsOf: folder.appending(path: file.path))))
    }
    let mail = MailMessage(
      key: key, from: mail.from,
      to: MailAddress(name: letter.reader.name, address: letter.reader.address),
      subject: message.subject(letter.distribution.subject), date: Post.date(of: asOf),
      title: message.document.title, parts: parts, attachments: attachments,
      corrects: key.revision > 0 ? key.revision - 1 : nil)
    return mail.bytes()
  }

  /// The files of an edition that go along, by name and place.
  private func names(
    of job: Int, _ letter: Letter
  ) -> [(name: String, path: String, format: ReportFormat)] {
    var formats = (letter.distribution.attach ?? [.xlsx]).compactMap {
      ReportFormat(rawValue: $0.rawValue)
    }
    // An edition that does not stand in the message itself is one to read.
    if job != letter.lead, !formats.contains(.pdf), !formats.contains(.html) {
      formats.insert(.pdf, at: 0)
    }
    let stem = jobs[job].stem
    return formats.map { format in
      let name = "\(stem.replacing("/", with: "-"))-\(asOf).\(format.ending)"
      return (name, "\(stem).\(format.ending)", format)
    }
  }

  private func tooLarge(_ letter: Letter, _ size: Int) -> Finding {
    Finding(
      code: "message-too-large", severity: .error,
      what: "the message of \"\(letter.report)\" about \(jobs[letter.lead].edition.name) has "
        + "\((size + 999) / 1000) kB, more than the \(mail.maxSize / 1000) kB of max_size",
      done: "it was not put into the outbox",
      suggestion: "raise max_size where the server takes more, or leave out charts of the report")
  }

  /// Puts all messages into the outbox, in one step.
  ///
  /// - Parameter post: outbox and ledger.
  /// - Returns: what the operator should know.
  /// - Throws: what the ledger or the file system refuses; the outbox is then as it was.
  func fill(_ post: Post) throws -> [Finding] {
    let made = state.withLock { $0 }
    let keys = Set(made.entries.map(\.key))
    let reports = Set(letters.map(\.report))
    do {
      let before = try post.outbox.messages()
      let states = try post.states()
      // Messages of these reports that nobody is to get any more, and older ones that never left.
      let stale = before.filter { message in
        let key = message.envelope.key
        return reports.contains(key.report) && key.asOf <= asOf && !keys.contains(key)
          && states[key]?.state.mayHaveArrived != true
      }
      let staleKeys = Set(stale.map(\.envelope.key))
      let kept = before.filter {
        let key = $0.envelope.key
        return key.asOf == asOf && !keys.contains(key) && !staleKeys.contains(key)
      }
      let day = post.outbox.folder.appending(path: asOf.description)
      if !made.entries.isEmpty || !kept.isEmpty {
        try WrittenWhole.folder(at: day) { partial in
          let files = FileManager.default
          for name in try files.contentsOfDirectory(atPath: staging.path) {
            try files.moveItem(
              at: staging.appending(path: name), to: partial.appending(path: name))
          }
          for message in kept {
            try files.copyItem(
              at: message.folder,
              to: partial.appending(path: message.folder.lastPathComponent))
          }
        }
      }
      for message in stale where message.envelope.key.asOf < asOf || made.entries.isEmpty {
        try post.outbox.remove(message)
      }
      try post.ledger().record(
        made.entries.sorted { $0.key < $1.key }
          + stale.map { message in
            let known = states[message.envelope.key]
            return Ledger.Entry(
              key: message.envelope.key, state: .superseded, attempts: known?.attempts ?? 0,
              content: message.envelope.content,
              events: [Ledger.Event(event: "superseded", at: Post.now())])
          })
    }
    clear()
    var findings = made.tooLarge.sorted { $0.what < $1.what }
    if made.changed > 0 {
      let messages =
        made.changed == 1
        ? "1 message that was sent says" : "\(made.changed) messages that were sent say"
      findings.append(
        Finding(
          code: "sent-changed", severity: .warning,
          what: "\(messages) something else by now",
          done: "nobody is sent one of them again",
          suggestion: "cadastre run --correct sends them as corrected, with what changed"))
    }
    return findings
  }

  /// How many messages were made.
  var count: Int { state.withLock { $0.entries.count } }
}
