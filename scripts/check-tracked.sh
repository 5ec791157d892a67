#!/usr/bin/env bash
# Fails where git tracks what was built, written or must stay secret.
set -euo pipefail
cd "$(dirname "$0")/.."

git rev-parse --is-inside-work-tree >/dev/null 2>&1 || { echo "tracked: no git here."; exit 0; }
failed=0

built=$(git ls-files -- '.build*' '*/.build*' 'Package.resolved' 'out/*' 'demo/*' 'gallery/*' \
  '*.db' '*.sqlite' '*.profraw' '*.o' '*.zip' '.env' '.env.*' '*.pem' '*.key' '*.p12' 'id_rsa*' \
  ':(exclude)Tests/Fixtures/*.zip')
if [ -n "$built" ]; then
  printf 'tracked: these files do not belong in git:\n%s\n' "$built" >&2
  failed=1
fi

# Keys and tokens as their issuers shape them; the pattern itself is split so as not to match here.
secrets='-----BEGIN [A-Z ]*PRIVATE'' KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}'
secrets+='|xox[abprs]-[A-Za-z0-9-]{10,}|00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}'
if hits=$(git grep -nIE -e "$secrets" -- . ':(exclude)Tests/Fixtures'); then
  printf 'tracked: these lines look like secrets:\n%s\n' "$hits" >&2
  failed=1
fi

large=$(git ls-files -z | xargs -0 -r stat -c '%s %n' 2>/dev/null | awk '$1 > 2000000')
if [ -n "$large" ]; then
  printf 'tracked: these files are larger than 2 MB:\n%s\n' "$large" >&2
  failed=1
fi
exit "$failed"
