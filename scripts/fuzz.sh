#!/usr/bin/env bash
# Runs the fuzzers of Fuzz/ under libFuzzer with AddressSanitizer and LeakSanitizer:
#
#   scripts/fuzz.sh SECONDS [TARGET…]
#
# Each begins with the kept corpus in Fuzz/Corpus and with what earlier runs on this machine found
# worth keeping (.build-fuzz/corpus). A crash, a leak, a hang or too much memory fails the run; the
# input that caused it stays in .build-fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'fuzz: %s\n' "$*"; }

seconds="${1:-}"
case "$seconds" in
  '' | *[!0-9]*) echo "usage: scripts/fuzz.sh SECONDS [TARGET…]" >&2; exit 64 ;;
esac
shift
if [ $# -gt 0 ]; then
  targets=("$@")
else
  targets=()
  for folder in Fuzz/*Fuzz/; do targets+=("$(basename "$folder")"); done
fi

# SwiftPM hands each sanitizer over on its own and the compiler honours the last: hence both at once.
# Release, because a fuzzer lives by its speed; testable, because it calls what the rooms keep inside.
mkdir -p .build-fuzz/logs .build-fuzz/found
for target in "${targets[@]}"; do
  [ -d "Fuzz/$target" ] || { say "There is no fuzzer Fuzz/$target." >&2; exit 64; }
done
CADASTRE_FUZZ=1 swift build -c release --scratch-path .build-fuzz \
  --sanitize fuzzer --sanitize address -Xswiftc -sanitize=fuzzer,address \
  -Xcc -fsanitize=fuzzer-no-link -Xswiftc -enable-testing > .build-fuzz/logs/build.log 2>&1 ||
  { cat .build-fuzz/logs/build.log >&2; say "The fuzzers do not build." >&2; exit 1; }

# The words of libFuzzer name the place; Swift's own walk over a dead process trips AddressSanitizer.
export SWIFT_BACKTRACE=enable=no

# One target, its words in a log; the status is libFuzzer's.
fuzz() {
  local target="$1" options=()
  mkdir -p ".build-fuzz/corpus/$target"
  [ ! -f "Fuzz/Dictionaries/$target.dict" ] || options+=("-dict=Fuzz/Dictionaries/$target.dict")
  # libFuzzer looks at its clock between inputs only; timeout(1) is there for what it cannot stop.
  timeout --kill-after=10 $((seconds + 120)) ".build-fuzz/release/$target" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -detect_leaks=1 \
    -print_final_stats=1 -artifact_prefix=".build-fuzz/found/$target-" "${options[@]}" \
    ".build-fuzz/corpus/$target" "Fuzz/Corpus/$target" > ".build-fuzz/logs/$target.log" 2>&1
}

report() {
  local target="$1" status="$2" log=".build-fuzz/logs/$1.log" found
  if [ "$status" = 0 ]; then
    say "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions in" \
      "$seconds s, memory at most $(sed -n 's/^stat::peak_rss_mb: *//p' "$log") MB, nothing found"
    return
  fi
  failed=1
  grep -vE '^#[0-9]+|^"' "$log" | tail -n 60 >&2
  found=$(sed -n "s/.*Test unit written to //p" "$log" | tail -n 1)
  say "$target failed with status $status; its log is $log." >&2
  if [ -n "$found" ]; then
    say "See it again:  .build-fuzz/release/$target $found" >&2
    say "Once it is put right, keep the input:  cp $found Fuzz/Corpus/$target/<what-it-is>" >&2
  fi
}

# As many at a time as there are processors, two at most: the memory of each is bounded, not free.
jobs=$(($(nproc) < 2 ? 1 : 2))
failed=0
running=()
names=()
finish_first() {
  local status=0
  wait "${running[0]}" || status=$?
  report "${names[0]}" "$status"
  running=("${running[@]:1}")
  names=("${names[@]:1}")
}
for target in "${targets[@]}"; do
  [ ${#running[@]} -lt "$jobs" ] || finish_first
  fuzz "$target" &
  running+=($!)
  names+=("$target")
done
while [ ${#running[@]} -gt 0 ]; do finish_first; done
exit "$failed"
