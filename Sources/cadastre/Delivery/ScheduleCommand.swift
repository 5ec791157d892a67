import ArgumentParser
import Foundation
import Records
import Settings

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Write what makes a machine run and send by itself: a systemd timer, a cron line",
    discussion: """
      The time is send_at of cadastre.yaml, in its time zone. Every day runs; a report is made on its \
      days, and mail leaves on the days of send_on, from Monday to Friday where left out, but for the \
      holidays of cadastre.yaml.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "The folder to write the units into; without it everything is printed")
  var out: String?

  @Option(help: "The program that is run, in place of this one")
  var program: String?

  func run() throws {
    let project = try Project(withoutExport: options.project)
    let files = ServiceUnits(
      program: program ?? ScheduleCommand.ownPath, folder: project.folder.path,
      time: project.configuration.mail?.sendAt ?? 7 * 60,
      zone: project.configuration.timeZone,
      user: ScheduleCommand.owner(of: project.folder)
    ).files
    guard let out else {
      for file in files { options.console.print("# \(file.name)\n\(file.text)") }
      return
    }
    let folder = URL(filePath: out, directoryHint: .isDirectory)
    for file in files {
      let url = folder.appending(path: file.name)
      try WrittenWhole.file(Data(file.text.utf8), at: url)
      options.console.print(Project.shown(url))
    }
  }

  /// Who owns a folder; nil where that is nobody by name, or root, who is left to who installs it.
  private static func owner(of folder: URL) -> String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
    let name = attributes?[.ownerAccountName] as? String
    return name == "root" ? nil : name
  }

  /// The file of the program that runs, links followed.
  private static var ownPath: String {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    return own == "/proc/self/exe" ? "/usr/local/bin/cadastre" : own
  }
}

/// The units of systemd, and the line of cron that does the same.
struct ServiceUnits {
  let program: String
  /// The folder of the project.
  let folder: String
  /// Minutes after midnight.
  let time: Int
  /// Name of the time zone; nil: the machine's.
  let zone: String?
  /// Whose rights it has; nil: to be filled in.
  let user: String?

  /// Names and contents.
  var files: [(name: String, text: String)] {
    [
      ("cadastre.service", service), ("cadastre.timer", timer), ("cadastre.cron", cron),
    ]
  }

  private var clock: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(time / 60)):\(two(time % 60))"
  }

  private var service: String {
    let project = ServiceUnits.quoted(folder)
    let command = ServiceUnits.quoted(program)
    return """
      [Unit]
      Description=Sales reports of Cadastre
      Wants=network-online.target
      After=network-online.target

      [Service]
      Type=oneshot
      \(user.map { "User=\($0)" } ?? "# User=NAME: whoever owns the project; without it, root.")
      # Secrets: systemd-creds, or a file that only this user reads; see docs/delivery.md.
      EnvironmentFile=-/etc/cadastre/environment
      WorkingDirectory=\(ServiceUnits.escaped(folder))
      # What could be made leaves, whatever else could not; either failure is the service's.
      ExecStart=/bin/sh -c '"$$0" run --quiet --tell-operator --project "$$1"; made=$$?;\
       "$$0" send --scheduled --project "$$1" && exit $$made' \(command) \(project)
      TimeoutStartSec=2h
      # It reads the export and writes its project, and nothing else.
      ReadWritePaths=\(project)
      ProtectSystem=strict
      ProtectHome=read-only
      PrivateTmp=yes
      PrivateDevices=yes
      NoNewPrivileges=yes
      ProtectKernelTunables=yes
      ProtectKernelModules=yes
      ProtectKernelLogs=yes
      ProtectControlGroups=yes
      ProtectClock=yes
      ProtectHostname=yes
      ProtectProc=invisible
      RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
      RestrictNamespaces=yes
      RestrictRealtime=yes
      RestrictSUIDSGID=yes
      LockPersonality=yes
      CapabilityBoundingSet=
      SystemCallArchitectures=native
      SystemCallFilter=@system-service
      SystemCallFilter=~@privileged
      UMask=0077

      """
  }

  private var timer: String {
    """
    [Unit]
    Description=Sales reports of Cadastre, every day at \(clock)

    [Timer]
    OnCalendar=*-*-* \(clock):00\(zone.map { " \($0)" } ?? "")
    # A machine that was off makes up for it as soon as it is on again.
    Persistent=true
    AccuracySec=1min
    Unit=cadastre.service

    [Install]
    WantedBy=timers.target

    """
  }

  private var cron: String {
    let zone = zone.map { "CRON_TZ=\($0)\n" } ?? ""
    let command = ServiceUnits.shell(program)
    let project = ServiceUnits.shell(folder)
    // In a crontab a percent sign ends the command.
    let line =
      "\(command) run --quiet --tell-operator --project \(project); \(command) send --scheduled --project \(project)"
    return "\(zone)\(time % 60) \(time / 60) * * * \(line.replacing("%", with: "\\%"))\n"
  }

  /// A word of a unit: in quotes, with what systemd would replace written twice.
  private static func quoted(_ text: String) -> String {
    "\""
      + escaped(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("$", with: "$$") + "\""
  }

  private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }

  /// A word of a shell's command.
  private static func shell(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
