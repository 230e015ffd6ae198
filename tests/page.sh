#!/usr/bin/env bash
# The page that answers back in a real browser, opened from a file: ready, an edit answered, errors, undo, a link there and back, damaged
# links, no request and no console message, accessibility, widths. Usage: tests/page.sh [PROGRAM [FOLDER FOR SCREENSHOTS]]. Where node,
# its packages or Chromium cannot be had it says so and passes, unless BROWSER=required.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/headstart}
skip() {
    echo "$1, so the page that answers back was not opened in a browser"
    if [ "${BROWSER:-}" = required ] && [ "${2:-}" != node ]; then exit 1; fi
    exit 0
}
chromium=$(command -v chromium || command -v chromium-browser || true)
[ -n "$chromium" ] || skip "no chromium here (Debian: apt-get install chromium)"
command -v node >/dev/null || skip "no node here" node
[ -d web/node_modules/playwright-core ] || npm ci --prefix web --no-audit --no-fund >/dev/null 2>&1 || skip "no packages of node here" node
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" page scenarios/takeoff.ron -q -o "$work/takeoff.html" >/dev/null
"$program" page scenarios/wheat.ron -q -n 20000 -o "$work/wheat.html" >/dev/null
"$program" page tests/data/hostile.ron -q -n 2000 -o "$work/hostile.html" >/dev/null
CHROMIUM=$chromium node web/test.mjs "$work" "$program" "${2:-}"
