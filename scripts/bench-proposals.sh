#!/usr/bin/env bash
# Times what proposes: leads against accounts, parents of accounts, and families over territories.
#
#   leads      `leads route`: a lead for every tenth account, at a quarter, a half and all of ACCOUNTS, so
#              that a growth that is not linear is seen; nine of ten leads have an account
#   parents    `hierarchy suggest` over the same accounts, with domains, telephone numbers and DUNS numbers
#   balance    `territories balance` of 20,000 families over 200 territories of uneven size, three measures:
#              of twenty regions and of one, and with at most a twentieth of the accounts to move
#
# What is printed is the step of the proposal by cadastre's own log, on top of reading, and the gap to
# the bound of a balance as the command says it.
#
#   ACCOUNTS=100000   accounts of leads and parents; a million accounts are 2.8 GB
#   FAMILIES=20000    families of a balance
#   RUNS=3            runs of each; the best is printed
#   EXPORT_DIR=       another export of the sample's core profile than the one that is written
set -euo pipefail
cd "$(dirname "$0")/.."

accounts="${ACCOUNTS:-100000}"
families="${FAMILIES:-20000}"
runs="${RUNS:-3}"
cadastre="${CADASTRE_BINARY:-$PWD/.build/release/cadastre}"
folder="${BENCH_DIR:-$PWD/.build-bench}"
mkdir -p "$folder"

# A core export of so many accounts, written once.
core() {
  local target="${EXPORT_DIR:-$folder/core-$1}"
  if [ ! -d "$target" ]; then
    echo "bench: writing a core export of $1 accounts" >&2
    rm -rf "$target.partial"
    "$cadastre" sample "$target.partial" --accounts "$1" --profile core --as-of 2026-11-20 \
      --quiet >&2
    mv "$target.partial" "$target"
  fi
  echo "$target"
}

# seconds STEP COMMAND…: the best time of a step of the command by its own log.
seconds() {
  local step=$1 best=''
  shift
  for _ in $(seq "$runs"); do
    "$@" --verbose >"$folder/proposal.log" 2>&1
    best=$({ sed -n "s/.*$step: \([0-9.]*\) s, .*/\1/p" "$folder/proposal.log"; echo "$best"; } |
      grep . | sort -n | head -n 1)
  done
  echo "$best"
}

# An export of the first accounts of another, with what leads and parents are found by: three accounts
# share a domain, every fourth has the DUNS number of the one before as its parent's.
prepare_leads() {
  local source=$1 count=$2 target=$3
  rm -rf "$target.partial"
  mkdir -p "$target.partial"
  for file in "$source"/*.csv; do ln -s "$(realpath "$file")" "$target.partial/"; done
  rm "$target.partial/Account.csv"
  awk -v count="$count" -v out="$target.partial" '
    NR == 1 {
      print $0 ",\"Website\",\"Phone\",\"DunsNumber\",\"ParentOrHqDunsNumber\"" >(out "/Account.csv")
      print "Id,Company,Email,Phone,PostalCode,Country,Status,OwnerId,IsConverted,CreatedDate" \
        >(out "/Lead.csv")
      next
    }
    NR > count + 1 { exit }
    {
      number = NR - 2
      printf "%s,\"www.company%d.example\",\"+49 30 %07d\",\"%09d\",\"%s\"\n", $0, int(number / 3),
        number % 10000000, number + 1, number % 4 ? "" : sprintf("%09d", number) \
        >(out "/Account.csv")
      if (number % 10) next
      split($0, cells, "\",\"")
      name = cells[3]
      # A name as it is, with a slip, shortened, or of nobody.
      kind = (number / 10) % 10
      if (kind == 9) name = "Nobody " number
      else if (kind % 3 == 1) name = substr(name, 1, length(name) - 1)
      else if (kind % 3 == 2) name = name " Group"
      printf "00Q%012dAAA,\"%s\",info@company%d.example,+49 30 %07d,%s,\"%s\",Working,%s,0,%s\n",
        number, name, int(number / 3), number % 10000000, cells[8], cells[9], cells[13],
        "2026-05-01 10:00:00" >(out "/Lead.csv")
    }' "$source/Account.csv"
  rm -rf "$target"
  mv "$target.partial" "$target"
}

source_dir=$(core "$accounts")
for share in 4 2 1; do
  count=$((accounts / share))
  target="$folder/leads-$count"
  [ -d "$target" ] || prepare_leads "$source_dir" "$count" "$target"
  best=$(seconds "Routing the leads" "$cadastre" leads route --export "$target" --out "$folder/routes")
  printf 'leads    %9d accounts  %8d leads    best %8s s\n' "$count" "$((count / 10))" "$best"
  best=$(seconds "Looking for families" "$cadastre" hierarchy suggest --export "$target" \
    --out "$folder/parents")
  found=$(($(wc -l <"$folder/parents/account-parents.csv") - 1))
  printf 'parents  %9d accounts  %8d parents  best %8s s\n' "$count" "$found" "$best"
done

# The first families of an export, in 200 territories below 20 regions, each of a size of its own.
prepare_balance() {
  local source=$1 target=$2
  rm -rf "$target.partial"
  mkdir -p "$target.partial"
  for file in Opportunity OpportunityStage OpportunityLineItem Product2 Contract User; do
    ln -s "$(realpath "$source/$file.csv")" "$target.partial/"
  done
  awk -v families="$families" -v out="$target.partial" '
    function id(prefix, number) { return sprintf("%s%012dAAA", prefix, number) }
    BEGIN {
      srand(1)
      print "Id,Name,DeveloperName,State\n" id("0MA", 1) ",Bench,Bench,Active" \
        >(out "/Territory2Model.csv")
      print "Id,MasterLabel,DeveloperName,Priority\n" id("0M5", 1) ",Land,Land,1" \
        >(out "/Territory2Type.csv")
      print "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId" \
        >(out "/Territory2.csv")
      for (number = 1; number <= 221; number++) {
        parent = number == 1 ? "" : id("0MI", number <= 21 ? 1 : 2 + int((number - 22) / 10))
        printf "%s,T %d,T_%d,%s,%s,%s\n", id("0MI", number), number, number, parent, id("0MA", 1),
          id("0M5", 1) >(out "/Territory2.csv")
        if (number > 21) { total += 0.4 + 1.4 * rand(); upto[number] = total }
      }
      print "Id,ObjectId,Territory2Id,AssociationCause" >(out "/ObjectTerritory2Association.csv")
      print "Id,UserId,Territory2Id" >(out "/UserTerritory2Association.csv")
    }
    FNR == 1 { if (NR > 1) print >(out "/Account.csv"); next }
    { split($0, cells, "\",\""); own = substr(cells[1], 2); above = cells[5] }
    NR == FNR { if (above !~ /^0+AAA$/) parent_of[own] = above; next }
    {
      root = own
      for (steps = 0; (root in parent_of) && steps < 100; steps++) root = parent_of[root]
      if (!(root in home)) {
        if (known == families) next
        known++
        spot = total * rand()
        for (number = 22; upto[number] < spot; number++) {}
        home[root] = number
      }
      print >(out "/Account.csv")
      printf "%s,%s,%s,Territory2AssignmentRule\n", id("0MQ", FNR), own, id("0MI", home[root]) \
        >(out "/ObjectTerritory2Association.csv")
    }' "$source/Account.csv" "$source/Account.csv"
  rm -rf "$target"
  mv "$target.partial" "$target"
}

# Half of the sample's accounts are families.
EXPORT_DIR='' source_dir=$(core $((families * 21 / 10)))
target="$folder/balance-$families"
[ -d "$target" ] || prepare_balance "$source_dir" "$target"
balance() {
  local name=$1
  shift
  printf 'export: %s\nbalance: {reach: %s}\n' "$target" "$1" >"$folder/balance-project/cadastre.yaml"
  shift
  best=$(runs=1 seconds "Balancing the territories" "$cadastre" territories balance \
    --project "$folder/balance-project" --out proposal "$@")
  printf 'balance  %s  best %8s s\n' "$name" "$best"
  sed -n 's/^balance-before-after: \([0-9]* famil.* move[s;].*\|The proposal costs.*\)$/           \1/p' \
    "$folder/proposal.log"
}
mkdir -p "$folder/balance-project"
balance "$families families, 20 regions of 10 territories   " region
balance "$families families, one of 200 territories         " model
balance "$families families, one of 200 territories, 5% move" model --max-moves 5%
