#!/usr/bin/env bash
# The main job from nothing: a sample export, a configuration made for it, and its reports.
# ACCOUNTS sets the size (10,000). The folder demo/ is made anew each time; git ignores it.
set -euo pipefail
cd "$(dirname "$0")/.."

accounts="${ACCOUNTS:-10000}"
cadastre="${CADASTRE_BINARY:-.build/release/cadastre}"
demo=demo

# Two at once would write into the same folder: the second one waits for the first.
mkdir -p .build
exec 9>.build/demo.lock
flock 9

rm -rf "$demo"
mkdir "$demo"
step() { printf '\n$ cadastre %s\n' "$*"; "$cadastre" "$@"; }
step sample "$demo/export" --accounts "$accounts"
step init "$demo" --export "$demo/export" --yes
step run --project "$demo"

index=$(find "$demo/out" -mindepth 2 -maxdepth 2 -name index.html | sort | tail -n 1)
[ -n "$index" ] || { echo "demo: the run left no page under $demo/out." >&2; exit 1; }
# The first page that the index links to for a territory, in the index's own order.
folder=$(dirname "$index")
page=$(grep -o 'href="[^"#]*weekly-territory[^"#]*\.html"' "$index" | head -n 1 |
  sed 's/^href="//; s/"$//') || true
[ -n "$page" ] && [ -f "$folder/$page" ] ||
  { echo "demo: $index links to no territory's page." >&2; exit 1; }

printf '\nOpen these in a browser:\n'
printf '  %s   the run\n' "$PWD/$index"
printf '  %s   a territory\n' "$PWD/$folder/$page"
