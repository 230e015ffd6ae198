#!/usr/bin/env bash
# Pages in three browsers, those that are here of Chromium, Firefox and WebKitGTK: the texts of every command and shipped scenario equal those of
# the command line, and how long a page takes. Minutes. Usage: tests/browsers.sh [PROGRAM]; BROWSERS="firefox webkit" asks
# those alone, TIMES=1 measures once.
# Debian: apt-get install chromium firefox-esr webkit2gtk-driver xvfb
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/headstart}
[ -d web/node_modules/puppeteer-core ] || npm ci --prefix web --no-audit --no-fund >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names=()
for file in scenarios/*.ron; do
    # Sweeps are no scenario, and a page does not know a clock.
    case $file in *-sweeps.ron | *-clock.ron | *-access-1.ron) continue ;; esac
    name=$(basename "$file" .ron)
    names+=("$name")
    mkdir "$work/$name"
    "$program" page "$file" -q -n 20000 -o "$work/$name/page.html" >/dev/null
done
mkdir "$work/timed"
"$program" page scenarios/takeoff.ron -q -o "$work/timed/page.html" >/dev/null
CHROMIUM=$(command -v chromium || true)
FIREFOX=$(command -v firefox-esr || command -v firefox || true)
WEBKIT=$(command -v WebKitWebDriver >/dev/null && ls /usr/lib/*/webkit2gtk-4.*/MiniBrowser 2>/dev/null | head -1 || true)
export CHROMIUM FIREFOX WEBKIT
uptime
node web/browsers.mjs "$work" "$program" "${names[@]}"
