#!/usr/bin/env bash
# What is too long for the gate, one step after the other. Times are those of two quiet cores.
#
#     tests/nightly.sh                     all steps: a night and a day
#     tests/nightly.sh suite cross_check   some steps
#
#     suite          every test as far as it can prove something, and those that are ignored otherwise: 10 minutes
#     cross_check    both engines against each other on every shipped scenario, 10^8 draws each: 10 minutes
#     soak           memory over 10^9 draws and over 10,000 points: 5 minutes
#     kills          500 kills over exports, checkpoints, sweeps and parts, with nothing torn: 10 minutes
#     differential   4,000 random scenarios, each answered in several ways: two hours
#     artefacts      what a release has, built for every target that is there, with equal numbers: 15 minutes
#     page           the page that answers back in Chromium, every verb of it: 3 minutes; needs node
#     engine         the engine of pages, built anew from the sources, answers as the library does: 5 minutes; needs node and xz
#     slurm          runs and sweeps as job arrays of a real Slurm, where it is installed: 4 minutes
#     coverage       how often every kind of interval covers the truth, the table of docs/method.md: a day
#
# Every step is made, whatever those before it have found; the exit code is 1 if one of them failed.
set -uo pipefail
cd "$(dirname "$0")/.."

suite() { HEADSTART_NIGHTLY=1 cargo test --release --test it -- --include-ignored; }
cross_check() { tests/cross_check.sh; }
soak() { tests/soak.sh; }
kills() { tests/kills.py; }
differential() { tests/differential.sh; }
artefacts() { .ci/artefacts target/artefacts; }
page() { BROWSER=required tests/page.sh target/release/headstart; }
engine() {
    node web/build.mjs engine target/engine &&
        HEADSTART_ENGINE=$PWD/target/engine/engine.wasm.lzma cargo test --release --test it -- web::bits
}
slurm() { tests/slurm.sh target/release/headstart; }
coverage() { cargo bench --bench coverage; }

steps=("$@")
if [ ${#steps[@]} = 0 ]; then steps=(suite cross_check soak kills differential page engine artefacts slurm coverage); fi
for step in "${steps[@]}"; do
    case $step in
        suite | cross_check | soak | kills | differential | page | engine | artefacts | slurm | coverage) ;;
        *)
            echo "no step is called $step" >&2
            exit 2
            ;;
    esac
done

cargo build --release || exit 1
failed=()
for step in "${steps[@]}"; do
    printf '\n== %s\n' "$step"
    start=$SECONDS
    if ! "$step"; then failed+=("$step"); fi
    echo "$step: $((SECONDS - start)) s"
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}"
    exit 1
fi
