#!/usr/bin/env bash
# Times trees: the layout of 5,000 and 50,000 boxes of unequal size beside Graphviz dot (5,000: it takes
# minutes for more) and d3-hierarchy, then a family of 50,000 folded to 2,000 boxes as SVG, whole as one
# PDF page, and whole on sheets of A4. A chain and a star are the extremes of depth and width.
#
# What is missing of graphviz, node and d3-hierarchy is left out by name.
set -euo pipefail
cd "$(dirname "$0")/.."

folder="$PWD/.build-bench/trees"
mkdir -p "$folder"

# As for the charts: Graphics sees no other room, so it is compiled with the program that times it.
read -ra flags <<<"$(pkg-config --cflags-only-I pangocairo libpng | sed 's/-I/-Xcc -I/g')"
mapfile -t sources < <(find Sources/Graphics -name '*.swift' | sort)
swiftc -O -wmo -swift-version 6 -module-name trees -I Sources/CCairo -I Sources/CPNG "${flags[@]}" \
  "${sources[@]}" Benchmarks/trees/main.swift -o "$folder/trees"

line() { printf '%-34s best %8s s%s\n' "$1" "$2" "${3:+   $3}"; }

for count in 5000 50000; do
  for shape in random chain star; do
    line "layout, $shape, $count boxes" "$("$folder/trees" layout "$shape" "$count")" \
      "$([ "$count" = 50000 ] && echo 'bar 0.050' || true)"
  done
  "$folder/trees" edges random "$count" >"$folder/random-$count.txt"
  if command -v node >/dev/null && NODE_PATH=/usr/share/nodejs node -e 'require("d3-hierarchy")' 2>/dev/null
  then
    line "d3-hierarchy, random, $count boxes" \
      "$(NODE_PATH=/usr/share/nodejs node Benchmarks/trees/d3.js "$folder/random-$count.txt")"
  else
    echo "d3-hierarchy: left out, node or Debian's node-d3-hierarchy is not installed"
  fi
done

if command -v dot >/dev/null; then
  awk 'BEGIN { print "digraph { node [shape=box fixedsize=true label=\"\"]" }
    { printf "n%s [width=%.2f height=%.2f]\n", $1, $3 / 72, $4 / 72
      if ($2 >= 0) printf "n%s -> n%s\n", $2, $1 }
    END { print "}" }' "$folder/random-5000.txt" >"$folder/random-5000.dot"
  TIMEFORMAT='%R'
  line "graphviz dot, random, 5000 boxes" \
    "$( { time dot -Tplain "$folder/random-5000.dot" -o "$folder/random-5000.plain"; } 2>&1 | tail -n 1)"
else
  echo "graphviz dot: left out, graphviz is not installed"
fi

read -r seconds bytes <<<"$("$folder/trees" svg random 50000 2000)"
line "SVG, 2000 boxes of 50000" "$seconds" "bar 0.5; $((bytes / 1024)) KiB"
read -r seconds bytes <<<"$("$folder/trees" poster random 50000)"
line "PDF poster, 50000 boxes" "$seconds" "bar 10; $((bytes / 1024)) KiB"
read -r seconds bytes <<<"$("$folder/trees" pages random 50000)"
line "PDF on A4, 50000 boxes" "$seconds" "$((bytes / 1024)) KiB"
