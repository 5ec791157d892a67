#!/usr/bin/env bash
# Times `cadastre tables` beside DuckDB on the same core export, the five standard tables each, and
# then compares what they wrote. DuckDB reads with Benchmarks/core-prelude.sql, which is written for
# speed, and answers with the second oracle's queries (Tests/Oracle).
#
#   ACCOUNTS=100000   size of the export; a million accounts are 2.9 GB
#   RUNS=3            runs of each; the best and all of them are printed
set -euo pipefail
cd "$(dirname "$0")/.."

accounts="${ACCOUNTS:-100000}"
runs="${RUNS:-3}"
as_of=2026-11-20
cadastre="${CADASTRE_BINARY:-$PWD/.build/release/cadastre}"
folder="$PWD/.build-bench"
export_dir="$folder/core-$accounts"
tables=(territories win-rates families unassigned-accounts owners)

# The sample is the same bytes for the same arguments and the same program: keep it between runs,
# make it anew when the program is newer. Renamed when whole, so that a killed run leaves no half.
if [ ! -d "$export_dir" ] || [ "$cadastre" -nt "$export_dir" ]; then
  rm -rf "$export_dir" "$export_dir.partial" "$export_dir.partial.truth.json"
  mkdir -p "$folder"
  echo "bench: writing a core export of $accounts accounts"
  "$cadastre" sample "$export_dir.partial" --accounts "$accounts" --profile core \
    --as-of "$as_of" --quiet
  mv "$export_dir.partial" "$export_dir"
  touch "$export_dir"
fi
du -shL "$export_dir" | awk '{print "bench: the export holds " $1}'

TIMEFORMAT='%R'
measure() {
  local name=$1 best='' all='' seconds
  shift
  for _ in $(seq "$runs"); do
    { seconds=$( { time "$@" >"$folder/$name.log" 2>&1; } 2>&1 1>&3); } 3>&1 ||
      { cat "$folder/$name.log" >&2; echo "bench: $name failed." >&2; exit 1; }
    all+=" $seconds"
    best=$(printf '%s\n' $seconds $best | sort -n | head -n 1)
  done
  printf '%-10s best %8s s   all:%s\n' "$name" "$best" "$all"
  eval "best_$name=$best"
}

rm -rf "$folder/cadastre" "$folder/duckdb"
measure cadastre "$cadastre" tables "${tables[@]}" --export "$export_dir" --as-of "$as_of" \
  --out "$folder/cadastre" --format csv --quiet
measure duckdb scripts/oracle.sh "$export_dir" all --as-of "$as_of" \
  --prelude Benchmarks/core-prelude.sql --out "$folder/duckdb"
awk -v a="$best_cadastre" -v b="$best_duckdb" \
  'BEGIN { if (a > 0) printf "bench: cadastre is %.1f times as fast as DuckDB here\n", b / a }'

same=1
for table in "${tables[@]}"; do
  if ! cmp -s "$folder/cadastre/$table.csv" "$folder/duckdb/$table.csv"; then
    echo "bench: $table differs: diff $folder/cadastre/$table.csv $folder/duckdb/$table.csv" >&2
    same=0
  fi
done
[ "$same" = 1 ] || exit 1
echo "bench: the five tables are equal, byte for byte"
