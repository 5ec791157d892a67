import Records

/// A shell script that fetches just the wanted fields with Salesforce's own command line.
struct FetchScript {
  let wanted: WantedExport

  /// The script; it stops at the first query that fails.
  var text: String {
    """
    \(head)
    \(features.map(ask).joined(separator: "\n"))

    \(queries)
    echo "$folder: $count files" >&2

    """
  }

  /// The features that decide about something in the script.
  private var features: [ExportFeature] {
    let used = Set(
      wanted.objects.flatMap { object in
        [object.feature].compactMap { $0 } + object.fields.compactMap(\.feature)
      })
    return ExportFeature.allCases.filter { used.contains($0) }
  }

  private func ask(_ feature: ExportFeature) -> String {
    let probe = "\(feature.probe.entity.rawValue) \(feature.probe.field)"
    return """
      # \(feature.name)
      \(feature.rawValue)=${\(feature.rawValue):-$(has \(probe))}
      echo "\(feature.rawValue)=$\(feature.rawValue)" >&2
      """
  }

  /// The queries in the order of objects; neighbours that need the same feature stand together.
  private var queries: String {
    var lines: [String] = []
    var feature: ExportFeature?
    for object in wanted.objects {
      if object.feature != feature {
        if feature != nil { lines.append("fi") }
        feature = object.feature
        if let feature { lines.append("if [ \"$\(feature.rawValue)\" = 1 ]; then") }
      }
      lines.append((feature == nil ? "" : "  ") + query(object))
    }
    if feature != nil { lines.append("fi") }
    return lines.joined(separator: "\n")
  }

  private func query(_ object: WantedExport.Object) -> String {
    // A name that is none of Salesforce's, such as one of another CRM, cannot be asked for.
    let fields = object.fields.filter { FetchScript.isName($0.name) }
    var list = fields.filter { $0.feature == nil || $0.feature == object.feature }
      .map(\.name).joined(separator: ",")
    for feature in features where feature != object.feature {
      let more = fields.filter { $0.feature == feature }.map(\.name)
      guard !more.isEmpty else { continue }
      list += "$(with \"$\(feature.rawValue)\" ,\(more.joined(separator: ",")))"
    }
    let kind = FetchScript.isSmall(object.entity) ? "small" : "bulk"
    // Accounts that were merged into others are deleted rows.
    let more = object.entity == .account ? " --all-rows" : ""
    return "\(kind) \(wanted.name(of: object.entity)) \"\(list)\"\(more)"
  }

  /// Whether a name may stand in a query, and in a script without quoting.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 80
      && name.wholeMatch(of: #/[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*/#) != nil
  }

  /// Objects of setup: few records, and not all of them are known to the Bulk API.
  private static func isSmall(_ entity: Entity) -> Bool {
    switch entity {
    case .organization, .period, .recordType, .userRole, .currencyType, .datedRate, .stage,
      .territoryModel, .territoryType, .territory, .splitType, .assignmentRule,
      .assignmentRuleItem, .ruleTerritory:
      true
    default: false
    }
  }

  private var head: String {
    #"""
    #!/usr/bin/env bash
    # Fetches what Cadastre reads for \#(wanted.reports.joined(separator: ", ")), and nothing else.
    #
    # Usage: fetch.sh ORG [FOLDER]
    #   ORG     user name or alias of an organisation that "sf org login" knows
    #   FOLDER  where the files go, new or empty; "export" where none is given
    #
    # The user of ORG needs:
    \#(permissions)
    #
    # What the organisation lacks is found out and left out. To decide yourself, set a variable such
    # as MULTI_CURRENCY=0. WAIT_MINUTES says how long to wait for one object (60).
    #
    # Large objects come through the Bulk API. Those of setup are small, and some of them are unknown
    # to the Bulk API ("is not supported by the Bulk API"): they come through the REST API.
    set -euo pipefail

    if [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then
      echo "usage: $0 ORG [FOLDER]" >&2
      exit 64
    fi
    org=$1
    folder=${2:-export}
    minutes=${WAIT_MINUTES:-60}
    count=0
    # Without it sf stops after 10,000 records of the REST API.
    export SF_ORG_MAX_QUERY_LIMIT="${SF_ORG_MAX_QUERY_LIMIT:-1000000}"

    fail() {
      echo "$0: $1" >&2
      exit 1
    }

    # 1 where the organisation has a field and its user may see it, else 0.
    has() {
      if sf sobject describe --sobject "$1" --target-org "$org" --json 2>/dev/null |
        grep -c "\"name\": *\"$2\"" >/dev/null; then
        echo 1
      else
        echo 0
      fi
    }

    # More fields, where the organisation has them.
    with() {
      if [ "$1" = 1 ]; then printf '%s' "$2"; fi
    }

    # Fetches an object through the Bulk API: object, fields, more flags.
    bulk() {
      local object=$1 fields=$2
      shift 2
      echo "$object" >&2
      sf data export bulk --target-org "$org" --query "SELECT $fields FROM $object" \
        --output-file "$folder/$object.csv" --result-format csv --wait "$minutes" "$@" >&2 ||
        fail "$object was not fetched; see above, and run this again with a new folder"
      [ -s "$folder/$object.csv" ] ||
        fail "$object did not come within $minutes minutes; set WAIT_MINUTES, and use a new folder"
      count=$((count + 1))
    }

    # Fetches an object through the REST API: object, fields.
    small() {
      local object=$1 first=
      echo "$object" >&2
      sf data query --target-org "$org" --query "SELECT $2 FROM $object" --result-format csv \
        >"$folder/$object.csv" ||
        fail "$object was not fetched; see above, and run this again with a new folder"
      # Without records there is no header: no file is then better than one that cannot be read.
      IFS= read -r first <"$folder/$object.csv" || true
      case $first in
        *Id*) count=$((count + 1)) ;;
        *) rm -f "$folder/$object.csv" ;;
      esac
    }

    command -v sf >/dev/null || fail "the Salesforce CLI (sf) is not installed"
    sf org display --target-org "$org" >/dev/null || fail "log in first: sf org login web --alias $org"
    if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
      fail "$folder is not empty: name a new folder, so that no old file stays"
    fi
    mkdir -p "$folder"
    """#
  }

  private var permissions: String {
    wanted.permissions.filter { $0.name != "Weekly Data Export" }
      .map { "#   \($0.name): \($0.why)" }.joined(separator: "\n")
  }
}
