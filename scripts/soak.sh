#!/usr/bin/env bash
# The long versions of what CI runs for half a minute: each fuzzer for ten minutes (FUZZ_SECONDS), the
# tests of chance with many more seeds (CADASTRE_ROUNDS times as many), many more killed runs, and a hundred
# rounds of a run and its delivery killed at random moments.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
scripts/fuzz.sh "${FUZZ_SECONDS:-600}"
make --no-print-directory build
CADASTRE_ROUNDS="${CADASTRE_ROUNDS:-50}" CADASTRE_BINARY=.build/release/cadastre \
  PATH="$PWD/.build-tools/bin:$PATH" \
  swift test --filter 'DifferentialTests|DialectPropertyTests|ScanKernelTests|KilledRunTests|PageQualityTests'
# Each round runs, is killed, sends, is killed four times, and counts what arrived.
CADASTRE_ROUNDS=10 CADASTRE_BINARY=.build/release/cadastre PATH="$PWD/.build-tools/bin:$PATH" \
  swift test --skip-build --filter 'KilledDeliveryTests|HistoryCommandTests'
