#!/usr/bin/env bash
# Prints a standard table as the second oracle computes it (Tests/Oracle, DuckDB), as CSV.
#
#   scripts/oracle.sh EXPORT_DIR TABLE[,TABLE…] --as-of DATE [options]
#
#   --as-of DATE            the day D; required
#   --time-zone ZONE        UTC
#   --fiscal-start MONTH    1 to 12; 1
#   --named-by WHICH        ending_year or starting_year; accepted for symmetry, no table prints it
#   --territory HOW         record_or_account (default) or record
#   --segment FIELD         NumberOfEmployees (default) or AnnualRevenue
#   --bands LIST            50,250,1000,5000
#   --from DAY, --to DAY    of pipeline-movement; the last complete week before D
#   --shape FILE            first have an SQL file write the data of another CRM in Salesforce's shape
#   --prelude FILE          another prelude than Tests/Oracle/prelude.sql; for make bench
#   --out DIR               write DIR/<table>.csv instead; `all` names every table
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
usage() { sed -n '2,/^set/p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 64; }
[ $# -ge 2 ] || usage
export_dir=$(cd "$1" && pwd)
tables=$2
shift 2

shape='' as_of='' from_day='' to_day='' time_zone=UTC fiscal_start=1 record_only=false out=''
segment=NumberOfEmployees bands=50,250,1000,5000
prelude="$root/Tests/Oracle/prelude.sql"
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --as-of) as_of=$2 ;;
    --time-zone) time_zone=$2 ;;
    --fiscal-start) fiscal_start=$2 ;;
    --named-by) ;;
    --territory) [ "$2" = record ] && record_only=true ;;
    --segment) segment=$2 ;;
    --bands) bands=$2 ;;
    --from) from_day=$2 ;;
    --to) to_day=$2 ;;
    --shape) shape=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") ;;
    --prelude) prelude=$2 ;;
    --out) out=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -n "$as_of" ] || usage
[ "$tables" != all ] || tables=$(ls "$root/Tests/Oracle" | sed -n 's/^\([a-z-]*\)\.sql$/\1/p' |
  grep -vx -e exact -e prelude -e scope -e maven-crm | paste -sd,)
# Another prelude has no history of deals.
[ "$prelude" = "$root/Tests/Oracle/prelude.sql" ] || tables=${tables//pipeline-movement,/}
PATH="$root/.build-tools/bin:$PATH"
command -v duckdb >/dev/null ||
  { echo "oracle: duckdb is not installed; \`make test\` installs it." >&2; exit 1; }

# One folder an object: a header alone, so that no file and no column is ever missing, and a link
# to the export's file where there is one.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quote() { printf "'%s'" "${1//\'/\'\'}"; }
if [ -n "$shape" ]; then
  mkdir "$work/shape"
  {
    echo "SET VARIABLE input = $(quote "$export_dir");"
    echo "SET VARIABLE output = $(quote "$work/shape");"
    cat "$shape"
  } | duckdb -bail -batch -init /dev/null
  export_dir=$work/shape
fi
exported=''
while IFS=': ' read -r object columns; do
  mkdir "$work/$object"
  printf '%s\n' "$columns" >"$work/$object/0.csv"
  if [ -s "$export_dir/$object.csv" ]; then
    ln -s "$export_dir/$object.csv" "$work/$object/1.csv"
    exported+="'$object',"
  fi
done <"$root/Tests/Oracle/columns.txt"
# Whether activities are known may hang on this one column.
if head -n 1 "$export_dir/Account.csv" 2>/dev/null | grep -qi LastActivityDate; then
  exported+="'Account.LastActivityDate',"
fi

# Without --out the tables go to a folder first: DuckDB would empty the file behind /dev/stdout.
target=${out:-$work/tables}
mkdir -p "$target"
{
  echo "SET VARIABLE input = $(quote "$work");"
  echo "SET VARIABLE as_of = $(quote "$as_of");"
  echo "SET VARIABLE time_zone = $(quote "$time_zone");"
  echo "SET VARIABLE fiscal_start = $fiscal_start;"
  echo "SET VARIABLE record_only = $record_only;"
  echo "SET VARIABLE exported = [$exported'']::VARCHAR[];"
  echo "SET VARIABLE text_keys = $([ -n "$shape" ] && echo true || echo false);"
  echo "SET VARIABLE segment_field = $(quote "$segment");"
  echo "SET VARIABLE bands = $(quote "$bands");"
  echo "SET VARIABLE from_day = nullif($(quote "$from_day"), '');"
  echo "SET VARIABLE to_day = nullif($(quote "$to_day"), '');"
  cat "$root/Tests/Oracle/exact.sql" "$prelude"
  for table in ${tables//,/ }; do
    echo 'COPY ('
    cat "$root/Tests/Oracle/$table.sql"
    echo ") TO $(quote "$target/$table.csv") (FORMAT csv, HEADER);"
  done
} >"$work/script.sql"
duckdb -bail -batch -init /dev/null <"$work/script.sql"
if [ -z "$out" ]; then
  for table in ${tables//,/ }; do cat "$target/$table.csv"; done
fi
