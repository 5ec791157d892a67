#!/usr/bin/env bash
# Proves the two commands of the README where nothing is installed: makes a bare Debian in a folder
# with debootstrap, lends it this machine's Swift, clones the last commit into it, and runs them
# with an empty environment. Needs root.
#
#   scripts/clean-room.sh [make-target…]      demo test, unless said otherwise
#
#   ROOM=/tmp/clean-room   the folder; removed first, kept afterwards, so that it can be looked into
#   LEND=/opt/mirror       further folders of this machine to lend, separated by colons
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)
room=${ROOM:-/tmp/clean-room}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(demo test)
[ "$(id -u)" = 0 ] || { echo "clean-room: only root can make the room." >&2; exit 1; }
command -v debootstrap >/dev/null ||
  { echo "clean-room: install debootstrap first: apt-get install debootstrap" >&2; exit 1; }
swift_bin=$(dirname "$(readlink -f "$(command -v swift)")")

# What Swift itself asks of a Debian, and nothing of ours.
swift_needs=ca-certificates,binutils,git,libc6-dev,libcurl4,libedit2,libncurses6,libpython3.11
swift_needs+=,libsqlite3-0,libstdc++-12-dev,libxml2,make,tzdata,zlib1g-dev

lent=(/proc /dev "$(dirname "$swift_bin")")
IFS=: read -ra more <<<"${LEND:-}"
lent+=("${more[@]}")
release() {
  for place in "${lent[@]}"; do
    mountpoint -q "$room$place" && umount -l "$room$place"
  done
  return 0
}
trap release EXIT
release
# Never remove what is only lent.
! grep -q " $room/" /proc/mounts ||
  { echo "clean-room: something is still mounted below $room." >&2; exit 1; }
rm -rf --one-file-system "$room"
debootstrap --variant=minbase --include="$swift_needs" bookworm "$room" \
  "${MIRROR:-http://deb.debian.org/debian}" >"$room.log" 2>&1 || { tail "$room.log" >&2; exit 1; }
for place in "${lent[@]}"; do
  mkdir -p "$room$place"
  mount --rbind "$place" "$room$place"
  mount --make-rslave "$room$place"
  case "$place" in
    /proc | /dev) ;;
    *) mount -o remount,bind,ro "$room$place" ;;
  esac
done
# The machine's name service, authorities and git settings: a company's proxy needs them.
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt /etc/gitconfig; do
  [ ! -e "$file" ] || cp -L "$file" "$room$file"
done
git clone -q "$source_dir" "$room/cadastre"

for target in "${targets[@]}"; do
  printf '\n== make %s in %s\n' "$target" "$room"
  chroot "$room" env -i HOME=/root \
    PATH="$swift_bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    make -C /cadastre "$target"
done
