#!/bin/sh
# Installs the system libraries that Qt needs, and a Chinese font; with "test" also a virtual screen and a mouse.
# As root on Debian or Ubuntu it installs what is missing; otherwise it prints the one line to type.
set -eu

libraries="libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libnss3 libnspr4 libxcomposite1
libxdamage1 libxrandr2 libxtst6 libxkbfile1 libxi6 libxrender1 libxcursor1 libasound2 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libx11-xcb1 fontconfig fonts-noto-cjk"
[ "${1:-}" = test ] && libraries="$libraries xvfb xdotool"

command -v dpkg-query >/dev/null 2>&1 || {
  echo "Not a Debian system: please make sure that Qt 6's libraries and a Chinese font are installed." >&2
  exit 0
}

missing=""
for package in $libraries; do
  # Newer releases renamed some packages (libasound2 -> libasound2t64): either name will do.
  for name in "$package" "${package}t64"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)
    [ "$state" = installed ] && continue 2
  done
  missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
  echo "Installing system packages:$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "These system packages are missing. Please type this one line, then run make again:" >&2
  echo "  sudo apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi
