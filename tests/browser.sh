#!/usr/bin/env bash
# The pages in a real browser: no console message, no script of a name that runs, nothing wider than a telephone or a desk, no label
# that is too small to read.
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
        --user-data-dir="$work/profile" --virtual-time-budget=4000 "$@"
}

pages=(takeoff hostile wheat sweep map levers diff rankings hostilelevers)
widths=(360 390 768 1440)
takeoff=scenarios/takeoff.ron
make() { "$program" "${@:2}" -q --export "$work/$1.html" >/dev/null 2>&1; }
make takeoff run "$takeoff" -n 20000
make hostile run tests/data/hostile.ron -n 2000
make wheat run scenarios/wheat.ron -n 2000
make sweep sweep "$takeoff" -n 2000 --vary 'weight.feedback_quality = 0..=5'
make map sweep "$takeoff" -n 2000 --vary 'weight.insight = 0..=5' --vary 'spread.score *= [0.5, 1, 2]' --points 5
make levers levers "$takeoff" -n 2000
make diff diff "$takeoff" scenarios/takeoff-slow-evals-2.ron -n 2000
make rankings rankings "$takeoff" -n 2000
make hostilelevers levers tests/data/hostile.ron -n 2000

# Each page in frames of all widths, which also decide the queries of its style; what is measured is written into the outer page.
list() { printf '"%s",' "$@"; }
{
    printf '<!doctype html><meta charset="utf-8"><body></body>\n<script>\nconst pages = [%s], widths = [%s];\n' \
        "$(list "${pages[@]}")" "$(list "${widths[@]}")"
    cat <<'PAGE'
let left = pages.length * widths.length;
for (const page of pages) for (const width of widths) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width:${width}px;height:800px;border:0`;
    frame.onload = () => {
        const inner = frame.contentDocument, root = inner.documentElement;
        const wide = [...inner.querySelectorAll("main > *, section > *, figure > svg")].filter(e => {
            const scrolls = e.closest("figure.large, .scroll, pre, details");
            return !(scrolls && scrolls !== e) && e.getBoundingClientRect().right > Number(width) + 0.5;
        });
        const texts = [], small = [];
        for (const svg of inner.querySelectorAll("svg")) {
            const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
            if (box.width === 0) continue;
            for (const t of svg.querySelectorAll("text")) {
                const b = t.getBoundingClientRect();
                if (b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1)
                    texts.push(t.textContent);
                if (scale * t.getAttribute("font-size") < 8) small.push(t.textContent);
            }
        }
        const line = document.createElement("p");
        line.textContent = `SEEN ${page} ${width}: scroll ${root.scrollWidth} wide ${wide.length} cut ${texts.length} ` +
            `small ${small.length} scripts ${inner.scripts.length} images ${inner.images.length} ` +
            `pictures ${inner.querySelectorAll("svg").length} height ${root.scrollHeight} END ${texts[0] ?? ""}`;
        document.body.append(line);
        if (--left === 0) document.title = "done";
    };
    frame.src = page + ".html";
    document.body.append(frame);
}
</script>
PAGE
} >"$work/outer.html"
browse --window-size=1600,900 --dump-dom "file://$work/outer.html" >"$work/dom.html" 2>"$work/log.txt"
grep -o 'SEEN [a-z]* [0-9][^<]*' "$work/dom.html" | sort >"$work/seen.txt"
cat "$work/seen.txt"
fail() { echo "browser: $1"; exit 1; }
[ "$(wc -l <"$work/seen.txt")" = $((${#pages[@]} * ${#widths[@]})) ] || fail "not every page was loaded"
for width in "${widths[@]}"; do
    for page in "${pages[@]}"; do
        grep -Eq "SEEN $page $width: scroll $width wide 0 cut 0 small 0 scripts 0 images 0 pictures [1-9]" "$work/seen.txt" ||
            fail "$page at $width pixels overflows, cuts a text, has one that is too small, or has a script"
    done
done
# The page of the shipped scenario stays short enough to be read.
for width in 390 1440; do
    height=$(sed -n "s/^SEEN takeoff $width: .* height \([0-9]*\) END.*/\1/p" "$work/seen.txt")
    [ "$height" -lt 8200 ] || fail "the page of takeoff is $height pixels tall at $width pixels"
done
if grep CONSOLE "$work/log.txt"; then fail "the console has messages"; fi
if [ -n "${2:-}" ]; then
    mkdir -p "$2"
    for page in "${pages[@]}"; do
        for width in 390 1280; do
            for scheme in light dark; do
                # A window has a least width, so the narrow one is a frame in a wider window.
                printf '<!doctype html><body style="margin:0"><iframe style="border:0;width:%spx;height:8000px" src="%s.html"></iframe>' \
                    "$width" "$page" >"$work/frame.html"
                dark=()
                if [ "$scheme" = dark ]; then dark=(--blink-settings=preferredColorScheme=0); fi
                browse "${dark[@]}" --window-size="$((width < 500 ? 500 : width)),8000" \
                    --screenshot="$(realpath "$2")/$page-$width-$scheme.png" "file://$work/frame.html" 2>/dev/null
            done
        done
    done
fi
echo "the pages are fine in $("$chromium" --version 2>/dev/null)"
