#!/usr/bin/env bash
# Times the charts of Graphics beside matplotlib: the same COUNT charts of four kinds, with the same data
# and texts, as PNG at 2× (960 pixels wide).
#
#   charts    ours on one thread and on all, as reports are drawn; matplotlib, which has one
#
# What is compared is seconds from start to end, reading of fonts and loading of libraries included.
#
#   COUNT=200   how many charts
#   RUNS=3      runs of each; the best is printed
set -euo pipefail
cd "$(dirname "$0")/.."

count="${COUNT:-200}"
runs="${RUNS:-3}"
folder="$PWD/.build-bench/graphics"
mkdir -p "$folder/ours" "$folder/matplotlib"

# Graphics sees no other room, so it is compiled with the program that times it, in half a minute.
read -ra flags <<<"$(pkg-config --cflags-only-I pangocairo libpng | sed 's/-I/-Xcc -I/g')"
mapfile -t sources < <(find Sources/Graphics -name '*.swift' | sort)
swiftc -O -wmo -swift-version 6 -module-name charts -I Sources/CCairo -I Sources/CPNG "${flags[@]}" \
  "${sources[@]}" Benchmarks/charts/main.swift -o "$folder/charts"

# best NAME COMMAND…: runs the command several times and sets `best` to the fewest seconds.
TIMEFORMAT='%R'
best() {
  local name=$1 all='' seconds
  shift
  best=''
  for _ in $(seq "$runs"); do
    seconds=$( { time "$@" >"$folder/$name.log" 2>&1; } 2>&1) ||
      { cat "$folder/$name.log" >&2; echo "bench: $name failed." >&2; exit 1; }
    all+=" $seconds"
    best=$(printf '%s\n' $seconds $best | sort -n | head -n 1)
  done
  printf '%-18s best %8s s   all:%s\n' "$name" "$best" "$all"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a > 0) printf "%.1f", b / a; else printf "?" }'; }

best charts "$folder/charts" "$count" "$folder/ours"
alone=$best
best charts-parallel "$folder/charts" "$count" "$folder/ours" parallel
together=$best

python=.build-tools/bin/python3
if "$python" -c 'import matplotlib' 2>/dev/null; then
  best matplotlib "$python" Benchmarks/charts/charts.py "$count" "$folder/matplotlib"
  echo "bench: $count charts: cadastre $alone s on one thread ($together s on all), matplotlib $best s," \
    "$(ratio "$alone" "$best") times as long ($(ratio "$together" "$best"))"
else
  echo "bench: $count charts: cadastre $alone s on one thread, $together s on all; matplotlib is not" \
    "installed (make bench installs it into .build-tools)"
fi

scripts/bench-trees.sh
