#!/usr/bin/env bash
# Times cadastre beside DuckDB on the same core export, warm, both with all cores:
#
#   reading   the columns that the standard tables need, from files to records: cadastre's own log says
#             how long that took; DuckDB reads the same columns with Benchmarks/reading.sql
#   tables    the five standard tables from start to end: DuckDB reads with Benchmarks/core-prelude.sql,
#             which is written for speed, and answers with the second oracle's queries (Tests/Oracle);
#             what both wrote is then compared
#   eleven    the eleven tables of the bar, beside Benchmarks/eleven-tables.sql, a DuckDB script tuned for
#             nothing else; what both wrote is compared
#   all       every standard table that cadastre has, beside the same script
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
eleven=(territories win-rates families unassigned-accounts recurring-revenue sales-cycles conflicts
  split-families neglected-accounts balance penetration)
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

# GNU time knows the peak memory of a process; without it cadastre's own log tells its own, and no
# other's is printed.
peak_of() { "$@"; }
if /usr/bin/time -f %M true 2>/dev/null; then
  peak_of() { /usr/bin/time -o "$folder/peak" -f %M "$@"; }
fi

# measure NAME STEP COMMAND…: runs the command several times and sets `best` and `peak`. They are
# those of a step by cadastre's own log, or where STEP is empty those of the whole command; the peak
# is the largest of all runs.
TIMEFORMAT='%R'
measure() {
  local name=$1 step=$2 log="$folder/$1.log" all='' seconds used
  shift 2
  best='' peak=''
  for _ in $(seq "$runs"); do
    { seconds=$( { time peak_of "$@" >"$log" 2>&1; } 2>&1 1>&3); } 3>&1 ||
      { cat "$log" >&2; echo "bench: $name failed." >&2; exit 1; }
    if [ -n "$step" ]; then
      seconds=$(sed -n "s/.*$step: \([0-9.]*\) s, .*/\1/p" "$log")
      used=$(sed -n "s/.*$step: .* at most \([0-9]*\) MiB.*/\1/p" "$log")
    elif [ -f "$folder/peak" ]; then
      used=$(($(tail -n 1 "$folder/peak") / 1024))
    else
      used=$(sed -n "s/.* at most \([0-9]*\) MiB of memory so far.*/\1/p" "$log" | tail -n 1)
    fi
    peak=$(printf '%s\n' $used $peak | sort -n | tail -n 1)
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
measure duckdb-tables '' scripts/oracle.sh "$export_dir" "$(IFS=,; echo "${tables[*]}")" \
  --as-of "$as_of" \
  --prelude Benchmarks/core-prelude.sql --out "$folder/duckdb"
echo "bench: tables: cadastre $ours s, DuckDB $best s, ratio $(ratio "$ours" "$best")"

# A table that cadastre does not know yet is left out, said so, and costs DuckDB its time all the same.
known=() unknown=()
for table in "${eleven[@]}"; do
  if "$cadastre" tables "$table" --export Tests/Fixtures/small-org/export --as-of "$as_of" \
    --format csv --out "$folder/known" >/dev/null 2>&1; then known+=("$table"); else unknown+=("$table"); fi
done
[ ${#unknown[@]} = 0 ] || echo "bench: cadastre does not know yet, and leaves out: ${unknown[*]}"
{
  printf "SET VARIABLE input = '%s';\nSET VARIABLE output = '%s';\n" \
    "${export_dir//\'/\'\'}" "${folder//\'/\'\'}/duckdb-eleven"
  echo "SET VARIABLE as_of = '$as_of';"
  cat Benchmarks/eleven-tables.sql
} >"$folder/eleven-tables.sql"
make_with_duckdb() { duckdb -bail -batch -init /dev/null <"$folder/eleven-tables.sql"; }
export -f make_with_duckdb
rm -rf "$folder"/{cadastre,duckdb}-eleven "$folder/cadastre-all"
mkdir -p "$folder/duckdb-eleven"
make_tables=("$cadastre" tables --export "$export_dir" --as-of "$as_of" --format csv --verbose --out)
measure cadastre-eleven '' "${make_tables[@]}" "$folder/cadastre-eleven" "${known[@]}"
ours=$best
memory=$peak
measure duckdb-eleven '' bash -c make_with_duckdb
theirs=$best
echo "bench: ${#known[@]} of the eleven tables: cadastre $ours s, DuckDB $theirs s," \
  "ratio $(ratio "$ours" "$theirs"); peak ${memory:-?} MiB beside ${peak:-?} MiB"
measure cadastre-all '' "${make_tables[@]}" "$folder/cadastre-all"
echo "bench: all $(ls "$folder/cadastre-all" | wc -l) tables: cadastre $best s, DuckDB's eleven $theirs s," \
  "ratio $(ratio "$best" "$theirs"); peak ${peak:-?} MiB"

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

# compare TABLE OURS THEIRS: byte for byte; columns beyond METRICS' come last and are cut, as are the
# rows that the DuckDB script does not make.
same=1
compare() {
  local ours="$folder/compared.csv" cut='' extra rows
  extra=$(($(head -n 1 "$2/$1.csv" | tr -cd , | wc -c) - $(head -n 1 "$3/$1.csv" | tr -cd , | wc -c)))
  while [ "$extra" -gt 0 ]; do cut+='s/,[^,]*$//;' extra=$((extra - 1)); done
  rows=$([ "$1 $3" = "families $folder/duckdb-eleven" ] && echo 1001 || wc -l <"$2/$1.csv")
  head -n "$rows" "$2/$1.csv" | sed "$cut" >"$ours"
  if ! cmp -s "$ours" "$3/$1.csv"; then
    echo "bench: $1 differs: diff $2/$1.csv $3/$1.csv" >&2
    same=0
  fi
}
for table in "${tables[@]}"; do compare "$table" "$folder/cadastre" "$folder/duckdb"; done
for table in "${known[@]}"; do
  compare "$table" "$folder/cadastre-eleven" "$folder/duckdb-eleven"
done
[ "$same" = 1 ] || exit 1
echo "bench: the five tables and ${#known[@]} of the eleven are equal, byte for byte"
