#!/usr/bin/env bash
# Times the way of mail: EDITIONS territories, each with a manager of its own and a report of six
# pictures, made, put into the outbox and delivered to a server of mail on this machine.
#
#   run        the export is read, each edition rendered in every format, each message put together
#   send       every message over one connection, the ledger written before and after each
#   send again nothing is left, and nothing is sent
#
# The bar is 120 s for run and send together. Whatever is printed was counted at the server: it must
# have every message once, each with six pictures.
#
#   EDITIONS=1000     how many territories, the one above them included
#   ACCOUNTS=20000    accounts of the sample that they share
set -euo pipefail
cd "$(dirname "$0")/.."

editions="${EDITIONS:-1000}"
accounts="${ACCOUNTS:-20000}"
cadastre="${CADASTRE_BINARY:-$PWD/.build/release/cadastre}"
folder="${BENCH_DIR:-$PWD/.build-bench}/delivery-$editions-$accounts"
mkdir -p "$folder"

if [ ! -d "$folder/export" ]; then
  echo "bench: writing a core export of $accounts accounts in $editions territories" >&2
  rm -rf "$folder/partial" "$folder/sample"
  "$cadastre" sample "$folder/sample" --accounts "$accounts" --profile core --as-of 2026-11-20 --quiet >&2
  mkdir "$folder/partial"
  for file in Account Opportunity OpportunityStage OpportunityLineItem Product2 Contract; do
    mv "$folder/sample/$file.csv" "$folder/partial/"
  done
  # A manager a territory, and every account in one of them.
  awk -v editions="$editions" -v out="$folder/partial" '
    function id(prefix, number) { return sprintf("%s%012dAAA", prefix, number) }
    NR == 1 {
      columns = split($0, heads, "\",\"")
      gsub(/"/, "", heads[1]); gsub(/"/, "", heads[columns])
      print >(out "/User.csv")
      next
    }
    { print >(out "/User.csv") }
    END {
      print "Id,Name,DeveloperName,State\n" id("0MA", 1) ",Bench,Bench,Active" >(out "/Territory2Model.csv")
      print "Id,MasterLabel,DeveloperName,Priority\n" id("0M5", 1) ",Land,Land,1" >(out "/Territory2Type.csv")
      print "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId" >(out "/Territory2.csv")
      print "Id,UserId,Territory2Id,IsActive,RoleInTerritory2" >(out "/UserTerritory2Association.csv")
      for (number = 1; number <= editions; number++) {
        user = id("005", 900000 + number)
        line = ""
        for (column = 1; column <= columns; column++) {
          value = ""
          if (heads[column] == "Id") value = user
          if (heads[column] ~ /^(Username|Email)$/) value = "manager" number "@acme.example"
          if (heads[column] ~ /^(LastName|Name)$/) value = "Manager " number
          if (heads[column] == "IsActive") value = 1
          if (heads[column] ~ /^(CreatedDate|SystemModstamp)$/) value = "2020-01-01 12:00:00"
          line = line ((column > 1) ? "," : "") "\"" value "\""
        }
        print line >(out "/User.csv")
        printf "%s,T %d,T_%d,%s,%s,%s\n", id("0MI", number), number, number, (number > 1 ? id("0MI", 1) : ""),
          id("0MA", 1), id("0M5", 1) >(out "/Territory2.csv")
        printf "%s,%s,%s,1,Manager\n", id("0JU", number), user, id("0MI", number) \
          >(out "/UserTerritory2Association.csv")
      }
    }' "$folder/sample/User.csv"
  awk -v editions="$editions" '
    function id(prefix, number) { return sprintf("%s%012dAAA", prefix, number) }
    NR == 1 { print "Id,ObjectId,Territory2Id,AssociationCause"; next }
    {
      split($0, cells, "\",\"")
      printf "%s,%s,%s,Territory2AssignmentRule\n", id("0MQ", NR), substr(cells[1], 2), id("0MI", 2 + NR % (editions - 1))
    }' "$folder/partial/Account.csv" >"$folder/partial/ObjectTerritory2Association.csv"
  rm -rf "$folder/sample"
  mv "$folder/partial" "$folder/export"
fi

project="$folder/project"
rm -rf "$project" "$folder/server"
mkdir -p "$project/reports"
cat >"$project/reports/six.yaml" <<'REPORT'
report: six
title: Six pictures
editions: [territory]
sections:
  - kind: headline
    figures:
      won: {metric: won_amount, period: fiscal_year_to_date}
    parts: ["{edition} has won {won} in {year} to date", "."]
  - kind: key_figures
    title: In figures
    figures:
      - {metric: won_amount, label: Won, period: fiscal_year_to_date}
      - {metric: open_amount, label: Open pipeline}
      - {metric: accounts, label: Accounts}
  - {kind: chart, title: Created by quarter, chart: column, metric: created_count, by: fiscal_quarter, period: previous_eight_fiscal_quarters, empty: Nothing was created.}
  - {kind: chart, title: Closed by quarter, chart: line, metric: closed_count, by: fiscal_quarter, period: previous_eight_fiscal_quarters, empty: Nothing was closed.}
  - {kind: chart, title: Accounts by segment, chart: column, metric: accounts, by: segment, empty: There is no account.}
  - {kind: chart, title: Accounts by country, chart: bar, metric: accounts, by: country, limit: 8, empty: There is no account.}
  - {kind: chart, title: Accounts by industry, chart: bar, metric: accounts, by: industry, limit: 8, empty: There is no account.}
  - {kind: chart, title: Accounts by owner, chart: pareto, metric: accounts, by: owner, limit: 12, empty: There is no account.}
  - kind: table
    title: The largest open deals
    list: opportunities
    where: IsOpen
    columns: {Deal: Name, Account: Account.Name, Stage: StageName, Value: Value}
    order: Value descending
    limit: 15
    empty: No deal is open.
REPORT

python3 Benchmarks/mail/sink.py "$folder/server" &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do [ -s "$folder/server/port" ] && break; sleep 0.05; done
cat >"$project/cadastre.yaml" <<PROJECT
export: $folder/export
time_zone: America/New_York
fiscal_year: {starts: february, named_by: ending_year}
reports:
  - {report: six, editions: territory, to: territory_managers}
mail:
  from: Sales Operations <ops@acme.example>
  smtp: smtp://localhost:$(cat "$folder/server/port")
PROJECT

# timed NAME COMMAND…: wall and processor time of a command.
timed() {
  local name=$1
  shift
  TIMEFORMAT='%R %U %S'
  { time "$cadastre" "$@" --quiet --project "$project" >"$folder/$name.out" 2>"$folder/$name.err"; } \
    2>"$folder/time" || { cat "$folder/$name.err" >&2; exit 1; }
  read -r wall user system <"$folder/time"
  printf '%-12s %8s s   user %8s s   system %8s s\n' "$name" "$wall" "$user" "$system"
  total=$(awk -v a="${total:-0}" -v b="$wall" 'BEGIN { print a + b }')
}
timed run run
timed send send
awk -v total="$total" 'BEGIN { printf "%-12s %8.2f s   bar 120\n", "together", total }'
timed again send

awk -v editions="$editions" '
  { seen[$1]++; bytes += $2; if ($3 < 6) few++ }
  END {
    for (address in seen) if (seen[address] == 1) once++
    printf "%d messages of %.0f KB, each once to %d readers, %d with fewer than six pictures\n", NR,
      bytes / NR / 1000, once, few
    exit !(NR == editions && once == editions)
  }' "$folder/server/taken"
printf '%d connections\n' "$(cat "$folder/server/connections")"
