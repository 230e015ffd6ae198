#!/usr/bin/env bash
# Which changes of the code does no test notice? `cargo mutants` makes them one at a time and runs the tests on each.
#
#     tests/mutants.sh                           all of five folders
#     tests/mutants.sh --shard 3/64              one part of 64, so that machines can share the work
#     tests/mutants.sh src/tally/events.rs       some files only
#
# It costs days: about 8,700 mutants, each a build of the library and of the tests, and then the tests until one fails: some three
# minutes on two cores. A shard of 64 takes an afternoon. What survives stands in mutants.out/missed.txt, and some of it always
# will: what no number meets, what is there for speed only, the last digit of a constant.
# Needs `cargo install cargo-mutants`. It works on a copy, so the tree can be edited meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

files=() options=()
for argument in "$@"; do
    if [[ $argument == *.rs ]]; then files+=(--file "$argument"); else options+=("$argument"); fi
done
if [ ${#files[@]} = 0 ]; then
    for folder in distribution scenario tally sampler analysis; do files+=(--file "src/$folder/**"); done
fi

# Builds are most of the time: many units of code, and nothing to debug with.
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
exec cargo mutants "${files[@]}" --profile release --timeout-multiplier 5 --minimum-test-timeout 60 \
    "${options[@]}" -- --test it
