#!/usr/bin/env bash
# Times cadastre beside DuckDB on the same core export, warm, both with all cores:
#
#   reading   the columns that the standard tables need, from files to records: cadastre's own log says
#             how long that took; DuckDB reads the same columns with Benchmarks/reading.sql
#   tables    the five standard tables from start to end: DuckDB reads with Benchmarks/core-prelude.sql,
#             which is written for speed, and answers with the second oracle's queries (Tests/Oracle);
#             what both wrote is then compared
#   zipped    reading the same export from a zip, beside inflating that zip and no more
#
#   ACCOUNTS=100000   size of the export; a million accounts are 2.8 GB
#   RUNS=3            runs of each; the best and all of them are printed
#   EXPORT_DIR=       another export of the sample's core profile than the one that is written
set -euo pipefail
cd "$(dirname "$0")/.."

accounts="${ACCOUNTS:-100000}"
runs="${RUNS:-3}"
as_of=2026-11-20
cadastre="${CADASTRE_BINARY:-$PWD/.build/release/cadastre}"
folder="$PWD/.build-bench"
export_dir="${EXPORT_DIR:-$folder/core-$accounts}"
zip="$folder/$(basename "$export_dir").zip"
tables=(territories win-rates families unassigned-accounts owners)
mkdir -p "$folder"

# The sample is the same bytes for the same arguments and the same program: keep it between runs,
# make it anew when the program is newer. Renamed when whole, so that a killed run leaves no half.
if [ -z "${EXPORT_DIR:-}" ] && { [ ! -d "$export_dir" ] || [ "$cadastre" -nt "$export_dir" ]; }; then
  rm -rf "$export_dir" "$export_dir.partial" "$export_dir.partial.truth.json" "$zip"
  echo "bench: writing a core export of $accounts accounts"
  "$cadastre" sample "$export_dir.partial" --accounts "$accounts" --profile core \
    --as-of "$as_of" --quiet
  mv "$export_dir.partial" "$export_dir"
  touch "$export_dir"
fi
du -shL "$export_dir" | awk '{print "bench: the export holds " $1}'

# GNU time knows the peak memory of a process; without it no peak is printed.
peak_of() { "$@"; }
if /usr/bin/time -f %M true 2>/dev/null; then
  peak_of() { /usr/bin/time -o "$folder/peak" -f %M "$@"; }
fi

# measure NAME STEP COMMAND…: runs the command several times and sets `best` and `peak`. They are
# those of a step by cadastre's own log, or where STEP is empty those of the whole command.
TIMEFORMAT='%R'
measure() {
  local name=$1 step=$2 log="$folder/$1.log" all='' seconds
  shift 2
  best='' peak=''
  for _ in $(seq "$runs"); do
    { seconds=$( { time peak_of "$@" >"$log" 2>&1; } 2>&1 1>&3); } 3>&1 ||
      { cat "$log" >&2; echo "bench: $name failed." >&2; exit 1; }
    if [ -n "$step" ]; then
      seconds=$(sed -n "s/.*$step: \([0-9.]*\) s, .*/\1/p" "$log")
      peak=$(sed -n "s/.*$step: .* at most \([0-9]*\) MiB.*/\1/p" "$log")
    elif [ -f "$folder/peak" ]; then
      peak=$(($(tail -n 1 "$folder/peak") / 1024))
    fi
    all+=" $seconds"
    best=$(printf '%s\n' $seconds $best | sort -n | head -n 1)
  done
  printf '%-18s best %8s s   peak %6s MiB   all:%s\n' "$name" "$best" "${peak:-?}" "$all"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a > 0) printf "%.2f", b / a; else printf "?" }'; }

run_tables=("$cadastre" tables "${tables[@]}" --as-of "$as_of" --format csv --verbose)
step='Reading the export'
cat "$export_dir"/*.csv >/dev/null

{ printf "SET VARIABLE input = '%s';\n" "${export_dir//\'/\'\'}"; cat Benchmarks/reading.sql; } \
  >"$folder/reading.sql"
read_with_duckdb() { duckdb -bail -batch -init /dev/null <"$folder/reading.sql"; }
export -f read_with_duckdb
export folder
rm -rf "$folder/cadastre" "$folder/duckdb"
measure cadastre-reading "$step" "${run_tables[@]}" --export "$export_dir" --out "$folder/cadastre"
ours=$best
measure duckdb-reading '' bash -c read_with_duckdb
echo "bench: reading: cadastre $ours s, DuckDB $best s, ratio $(ratio "$ours" "$best")"

measure cadastre-tables '' "${run_tables[@]}" --export "$export_dir" --out "$folder/cadastre"
ours=$best
measure duckdb-tables '' scripts/oracle.sh "$export_dir" all --as-of "$as_of" \
  --prelude Benchmarks/core-prelude.sql --out "$folder/duckdb"
echo "bench: tables: cadastre $ours s, DuckDB $best s, ratio $(ratio "$ours" "$best")"

if command -v bsdtar >/dev/null; then
  inflate=(bsdtar -xOf)
  pack() { bsdtar -a -cf "$1" -C "$export_dir" .; }
elif command -v zip >/dev/null && command -v unzip >/dev/null; then
  inflate=(unzip -p)
  pack() { (cd "$export_dir" && zip -qr "$1" .); }
else
  inflate=()
  echo "bench: zipped: skipped, neither bsdtar nor zip and unzip are installed"
fi
if [ ${#inflate[@]} -gt 0 ]; then
  if [ ! -f "$zip" ]; then
    rm -f "$folder/partial.zip"
    pack "$folder/partial.zip"
    mv "$folder/partial.zip" "$zip"
  fi
  measure inflating '' bash -c '"$@" >/dev/null' inflate "${inflate[@]}" "$zip"
  inflating=$best
  measure cadastre-zipped "$step" "${run_tables[@]}" --export "$zip" --out "$folder/zipped"
  echo "bench: zipped: inflating $inflating s, reading $best s, ratio $(ratio "$inflating" "$best")"
fi

same=1
for table in "${tables[@]}"; do
  # Columns beyond METRICS' come last (territory_key): the contract is compared.
  if [ "$table" = territories ]; then
    sed -i 's/,[^,]*$//' "$folder/cadastre/$table.csv"
  fi
  if ! cmp -s "$folder/cadastre/$table.csv" "$folder/duckdb/$table.csv"; then
    echo "bench: $table differs: diff $folder/cadastre/$table.csv $folder/duckdb/$table.csv" >&2
    same=0
  fi
done
[ "$same" = 1 ] || exit 1
echo "bench: the five tables are equal, byte for byte"
