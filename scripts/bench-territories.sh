#!/usr/bin/env bash
# Times the rules of a territory model: 500 territories with 2,000 rules over accounts of the sample's
# core profile, at a quarter, a half and all of ACCOUNTS, so that a growth that is not linear is seen.
#
#   replay    the rules run over every account and held against the export's associations, which are
#             what the rules give, so that all agree: the step "Running the rules" of cadastre's log
#   changes   the change set to a model in metadata files in which leaves of two digits change
#             places, owners of accounts and open deals with them: "Running the rules" of the planned
#             model, then "Comparing the models" with the conflicts before and afterwards
#
# All of it is on top of reading, and before the lists are written.
#
#   ACCOUNTS=100000   size of the export
#   RUNS=3            runs of each; the best is printed
#   EXPORT_DIR=       another export of the sample's core profile than the one that is written
set -euo pipefail
cd "$(dirname "$0")/.."

accounts="${ACCOUNTS:-100000}"
runs="${RUNS:-3}"
cadastre="${CADASTRE_BINARY:-$PWD/.build/release/cadastre}"
folder="${BENCH_DIR:-$PWD/.build-bench}"
export_dir="${EXPORT_DIR:-$folder/core-$accounts}"
mkdir -p "$folder"
if [ ! -d "$export_dir" ]; then
  echo "bench: writing a core export of $accounts accounts"
  "$cadastre" sample "$export_dir" --accounts "$accounts" --profile core --quiet
fi

# The model: a root, 19 regions with rules for all below them, and 480 leaves, each for a country, the
# first digit of a postal code and a size, by four rules that must all match.
model() {
  awk -v out="$1" '
    function id(prefix, number) { return sprintf("%s%012dAAA", prefix, number) }
    function add_territory(number, name, parent) {
      printf "%s,%s,%s,%s,%s,%s\n", id("0MI", number), name, name, parent, id("0MA", 1),
        id("0M5", 1) > (out "/Territory2.csv")
    }
    function rule(territory, filter, inherited) {
      rules++
      printf "%s,Rule %d,Rule_%d,%s,Account,%s,1\n", id("0MH", rules), rules, rules, id("0MA", 1),
        filter > (out "/ObjectTerritory2AssignmentRule.csv")
      printf "%s,%s,%s,%d\n", id("0MJ", rules), id("0MH", rules), id("0MI", territory), inherited \
        > (out "/RuleTerritory2Association.csv")
      order = 0
    }
    function item(field, operation, value) {
      items++
      order++
      printf "%s,%s,%d,%s,%s,\"%s\"\n", id("0MG", items), id("0MH", rules), order, field, operation,
        value > (out "/ObjectTerritory2AssignmentRuleItem.csv")
    }
    BEGIN {
      print "Id,Name,DeveloperName,State\n" id("0MA", 1) ",Bench,Bench,Active" \
        > (out "/Territory2Model.csv")
      print "Id,MasterLabel,DeveloperName,Priority\n" id("0M5", 1) ",Land,Land,1" \
        > (out "/Territory2Type.csv")
      print "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId" \
        > (out "/Territory2.csv")
      print "Id,MasterLabel,DeveloperName,Territory2ModelId,ObjectType,BooleanFilter,IsActive" \
        > (out "/ObjectTerritory2AssignmentRule.csv")
      print "Id,RuleId,TerritoryId,IsInherited" > (out "/RuleTerritory2Association.csv")
      print "Id,RuleId,SortOrder,Field,Operation,Value" \
        > (out "/ObjectTerritory2AssignmentRuleItem.csv")
      count = split("United States;United Kingdom;Germany;France;Italy;Spain;Canada;Mexico;Brazil;" \
        "Japan;India;Australia;China;Netherlands;Belgium;Sweden;Poland;Austria;Switzerland", \
        countries, ";")
      add_territory(1, "World", "")
      for (region = 1; region <= count; region++) {
        add_territory(1 + region, "Region_" region, id("0MI", 1))
        for (number = 1; number <= 4; number++) {
          rule(1 + region, number == 1 ? "1 OR 2" : "", 1)
          if (number == 1) { item("BillingCountry", "equals", countries[region])
            item("BillingCountry", "startsWith", countries[region]) }
          if (number == 2) item("Name", "notContain", "do not use")
          if (number == 3) item("Type", "notEqual", "Competitor,Partner")
          if (number == 4) item("AnnualRevenue", "greaterOrEqual", "0")
        }
      }
      for (leaf = 0; leaf < 480; leaf++) {
        # Twice as many for the country that has the most accounts.
        region = leaf < 40 ? 1 : 2 + (leaf - 40) % (count - 1)
        digit = int(leaf / 2) % 10
        number = 2 + count + leaf
        add_territory(number, "Leaf_" leaf, id("0MI", 1 + region))
        rule(number, "", 0); item("BillingCountry", "equals", countries[region])
        rule(number, "", 0)
        list = ""
        for (last = 0; last < 10; last++) list = list (last ? "," : "") digit last
        item("BillingPostalCode", "startsWith", list)
        rule(number, "1 OR 2", 0)
        item("NumberOfEmployees", leaf % 2 ? "lessThan" : "greaterOrEqual", 20 + leaf)
        item("Industry", "equals", "Pharmaceuticals,Utilities")
        rule(number, "", 0); item("Industry", "notEqual", "Government")
        item("Name", "notContain", "(test " leaf ")")
      }
    }'
}

# An export of the first accounts with the model, and with the associations that its rules give.
prepare() {
  local count=$1 target=$2
  mkdir -p "$target.partial"
  head -n $((count + 1)) "$export_dir/Account.csv" >"$target.partial/Account.csv"
  ln -sf "$(cd "$export_dir" && pwd)/User.csv" "$target.partial/User.csv"
  ln -sf "$(cd "$export_dir" && pwd)/OpportunityStage.csv" "$target.partial/OpportunityStage.csv"
  model "$target.partial"
  "$cadastre" territories preview active --export "$target.partial" --out "$target.preview" \
    --format csv --quiet
  awk -F, -v OFS=, 'NR == 1 { print "Id,ObjectId,Territory2Id,AssociationCause,LastModifiedDate" }
    NR == FNR { if (FNR > 1) id[$3] = $1; next }
    FNR > 1 { match($0, /,(Leaf|Region)_[0-9]+,/)
      printf "0MQ%012dAAA,%s,%s,Territory2AssignmentRule,2026-01-01 00:00:00\n", FNR,
        substr($0, 1, 18), id[substr($0, RSTART + 1, RLENGTH - 2)] }' \
    "$target.partial/Territory2.csv" "$target.preview/preview-accounts.csv" \
    >"$target.partial/ObjectTerritory2Association.csv"
  rm -rf "$target.preview"
  owners "$target.partial"
  mv "$target.partial" "$target"
}

# A user for each territory, who owns its accounts and their open deals.
owners() {
  awk -F, -v OFS=, 'BEGIN { print "Id,UserId,Territory2Id,IsActive,RoleInTerritory2" }
    FNR == 1 { next }
    NR == FNR { user[FNR] = substr($1, 2, 18); next }
    { printf "01D%012dAAA,%s,%s,1,Account Executive\n", FNR, user[100 + FNR], $1 }' \
    "$1/User.csv" "$1/Territory2.csv" >"$1/UserTerritory2Association.csv"
  awk -v deals="$1/Opportunity.csv" '
    # All cells of the sample stand in quotation marks.
    function quoted(cells, count,    line, cell) {
      line = cells[1]
      for (cell = 2; cell <= count; cell++) line = line "\",\"" cells[cell]
      return line
    }
    FILENAME ~ /UserTerritory2Association/ { split($0, cell, ","); user[cell[3]] = cell[2]; next }
    FILENAME ~ /ObjectTerritory2Association/ {
      split($0, cell, ",")
      if (!(cell[2] in owner)) owner[cell[2]] = user[cell[3]]
      next
    }
    { count = split($0, cell, "\",\"") }
    FILENAME ~ /Account/ {
      id = substr(cell[1], 2)
      if (FNR > 1) { known[id] = 1; if (id in owner) cell[13] = owner[id] }
      print quoted(cell, count)
      next
    }
    FNR == 1 { print > deals; next }
    cell[12] == "0" && cell[3] in known {
      if (cell[3] in owner) cell[15] = owner[cell[3]]
      cell[17] = "000000000000000AAA"
      print quoted(cell, count) > deals
    }' "$1/UserTerritory2Association.csv" "$1/ObjectTerritory2Association.csv" "$1/Account.csv" \
    "$export_dir/Opportunity.csv" >"$1/Account.owned.csv"
  mv "$1/Account.owned.csv" "$1/Account.csv"
}

# A project with a planned model: the present one, with the accounts of two leading digits exchanged.
plan() {
  local target=$1 project=$2
  rm -rf "$project" "$project.partial"
  mkdir -p "$project.partial"
  printf 'crm: salesforce\n' >"$project.partial/cadastre.yaml"
  "$cadastre" territories copy active plan --project "$project.partial" --export "$target" \
    --quiet >/dev/null
  printf 'territory_model: {planned: plan, users: plan/planned_users.csv, owner_role: %s}\n' \
    'Account Executive' >>"$project.partial/cadastre.yaml"
  local list='0,_1,_2,_3,_4,_5,_6,_7,_8,_9'
  sed -i -e "s#<value>4${list//_/4}<#<value>fifty<#" -e "s#<value>5${list//_/5}<#<value>4${list//_/4}<#" \
    -e "s#<value>fifty<#<value>5${list//_/5}<#" \
    "$project.partial"/plan/metadata/territory2Models/plan/rules/*
  mv "$project.partial" "$project"
}

for share in 4 2 1; do
  count=$((accounts / share))
  target="$folder/territories-$count"
  rm -rf "$target.partial"
  [ -d "$target" ] || prepare "$count" "$target"
  best=''
  for _ in $(seq "$runs"); do
    rm -rf "$folder/replay"
    "$cadastre" territories replay --export "$target" --out "$folder/replay" --verbose \
      >"$folder/replay.log" 2>&1
    seconds=$(sed -n 's/.*Running the rules: \([0-9.]*\) s, .*/\1/p' "$folder/replay.log")
    best=$(printf '%s\n' $seconds $best | sort -n | head -n 1)
  done
  agreed=$(awk -F, '$1 == "agreed" { print $2 }' "$folder/replay/replay.csv")
  printf 'replay  %9d accounts  %9d in a territory, all agree  best %8s s\n' \
    "$count" "$agreed" "$best"
  project="$folder/project-$count"
  [ -d "$project" ] || plan "$target" "$project"
  best=''
  for _ in $(seq "$runs"); do
    rm -rf "$folder/changes"
    "$cadastre" territories changes --project "$project" --export "$target" \
      --out "$folder/changes" --verbose >"$folder/changes.log" 2>&1
    times=$(sed -n 's/.*\(Running the rules\|Comparing the models\): \([0-9.]*\) s, .*/\2/p' \
      "$folder/changes.log" | paste -sd' ')
    best=$(printf '%s\n' "$(echo "$times" | awk '{ printf "%.3f %s", $1 + $2, $0 }')" \
      ${best:+"$best"} | sort -n | head -n 1)
  done
  changed=$(($(wc -l <"$folder/changes/accounts.csv") - 1))
  printf 'changes %9d accounts  %9d change hands              best %8s s (rules %s, comparing %s)\n' \
    "$count" "$changed" $best
done
