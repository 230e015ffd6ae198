#!/usr/bin/env bash
# The page in a real browser: no console message, no script of a name that runs, nothing wider than a telephone or a desk.
# Usage: tests/browser.sh [PROGRAM [FOLDER FOR SCREENSHOTS]]. Without Chromium it says so and passes, unless BROWSER=required.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/headstart}
chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ]; then
    echo "no chromium here, so the page was not looked at in a browser (Debian: apt-get install chromium)"
    if [ "${BROWSER:-}" = required ]; then exit 1; fi
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

browse() {
    timeout 60 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --allow-file-access-from-files --enable-logging=stderr \
        --user-data-dir="$work/profile" --virtual-time-budget=2000 "$@"
}

"$program" run scenarios/takeoff.ron -q -n 20000 --export "$work/takeoff.html" >/dev/null
"$program" run tests/data/hostile.ron -q -n 2000 --export "$work/hostile.html" >/dev/null
"$program" run scenarios/wheat.ron -q -n 2000 --export "$work/wheat.html" >/dev/null

# Each page in frames of both widths, which also decide the queries of its style; what is measured is written into the outer page.
cat >"$work/outer.html" <<'PAGE'
<!doctype html><meta charset="utf-8"><body></body>
<script>
const pages = ["takeoff", "hostile", "wheat"], widths = [360, 1440];
let left = pages.length * widths.length;
for (const page of pages) for (const width of widths) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width:${width}px;height:800px;border:0`;
    frame.onload = () => {
        const inner = frame.contentDocument, root = inner.documentElement;
        const wide = [...inner.querySelectorAll("main > *, main > * > svg")].filter(e => {
            const scrolls = e.closest("figure, .scroll, pre, details");
            return !(scrolls && scrolls !== e) && e.getBoundingClientRect().right > width + 0.5;
        });
        const texts = [...inner.querySelectorAll("svg")].flatMap(svg => {
            const box = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter(t => {
                const b = t.getBoundingClientRect();
                return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1;
            }).map(t => t.textContent);
        });
        const line = document.createElement("p");
        line.textContent = `SEEN ${page} ${width}: scroll ${root.scrollWidth} wide ${wide.length} cut ${texts.length} ` +
            `scripts ${inner.scripts.length} images ${inner.images.length} pictures ${inner.querySelectorAll("svg").length} END ${texts[0] ?? ""}`;
        document.body.append(line);
        if (--left === 0) document.title = "done";
    };
    frame.src = page + ".html";
    document.body.append(frame);
}
</script>
PAGE
browse --window-size=1600,900 --dump-dom "file://$work/outer.html" >"$work/dom.html" 2>"$work/log.txt"
grep -o 'SEEN [^<]*' "$work/dom.html" | sort
fail() { echo "browser: $1"; exit 1; }
[ "$(grep -c 'SEEN [a-z]* [0-9]*:' <(grep -o 'SEEN [^<]*' "$work/dom.html"))" = 6 ] || fail "not every page was loaded"
for width in 360 1440; do
    for page in takeoff hostile wheat; do
        grep -Eq "SEEN $page $width: scroll $width wide 0 cut 0 scripts 0 images 0 pictures [1-9]" "$work/dom.html" ||
            fail "$page at $width pixels overflows, cuts a text, or has a script"
    done
done
if grep CONSOLE "$work/log.txt"; then fail "the console has messages"; fi
if [ -n "${2:-}" ]; then
    mkdir -p "$2"
    for width in 360 1440; do
        # A window has a least width, so the narrow one is a frame in a wider window.
        printf '<!doctype html><body style="margin:0"><iframe style="border:0;width:%spx;height:6000px" src="takeoff.html"></iframe>' \
            "$width" >"$work/frame.html"
        browse --window-size="$((width < 500 ? 500 : width)),6000" --screenshot="$(realpath "$2")/$width.png" "file://$work/frame.html" 2>/dev/null
    done
fi
echo "the pages are fine in $("$chromium" --version 2>/dev/null)"
