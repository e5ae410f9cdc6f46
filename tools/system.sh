#!/bin/sh
# Installs the system libraries that Qt needs, and a Chinese font; with "test" also a virtual screen and a mouse.
# As root on Debian or Ubuntu it installs what is missing; otherwise it prints the one line to type.
set -eu

libraries="libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libnss3 libnspr4 libxcomposite1
libxdamage1 libxrandr2 libxtst6 libxkbfile1 libxi6 libxrender1 libxcursor1 libasound2 libpulse0 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libx11-xcb1 fontconfig fonts-noto-cjk"
[ "${1:-}" = test ] && libraries="$libraries xvfb xdotool"

command -v dpkg-query >/dev/null 2>&1 || {
  echo "Not a Debian system: please make sure that Qt 6's libraries and a Chinese font are installed." >&2
  exit 0
}

installed() {
  state=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)
  [ "$state" = installed ]
}

# Newer releases renamed some packages (libasound2 -> libasound2t64); the old name then has no candidate.
name_here() {
  if apt-cache policy "${1}t64" 2>/dev/null | grep -q 'Candidate: [^(]'; then echo "${1}t64"; else echo "$1"; fi
}

missing=""
for package in $libraries; do
  installed "$package" || installed "${package}t64" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

[ "$(id -u)" = 0 ] && apt-get update -qq
names=""
for package in $missing; do names="$names $(name_here "$package")"; done

if [ "$(id -u)" = 0 ]; then
  echo "Installing system packages:$names"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >/dev/null
else
  echo "These system packages are missing. Please type this one line, then run make again:" >&2
  echo "  sudo apt-get install -y --no-install-recommends$names" >&2
  exit 1
fi
