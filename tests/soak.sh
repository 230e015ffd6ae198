#!/usr/bin/env bash
# Large runs, with the memory that they take: 10^9 draws, and sweeps of 1,000 and of 10,000 points, of which a point may take what its
# numbers take, and no more. Takes minutes; for a quiet machine. Usage: tests/soak.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/headstart}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Runs a command and sets `peak` to its largest resident memory in KiB, and `seconds`.
measured() {
    local start=$SECONDS
    peak=0
    "$@" >"$folder/out" &
    local pid=$!
    local now
    # One that has ended has no memory any more, but stays until it is waited for.
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        if [ "$now" -gt "$peak" ]; then peak=$now; fi
        sleep 0.1
    done
    wait "$pid"
    seconds=$((SECONDS - start))
}

at_most() {
    if [ "$2" -gt "$3" ]; then
        echo "FAILED: $1: $2, and no more than $3 are allowed"
        exit 1
    fi
}

measured "$program" run scenarios/takeoff.ron -n 1e6 -q
small=$peak
measured "$program" run scenarios/takeoff.ron -n "${SOAK_DRAWS:-1e9}" -q
echo "${SOAK_DRAWS:-1e9} draws: $seconds s, $peak KiB (10^6: $small KiB)"
at_most "memory of a long run beyond a short one, KiB" $((peak - small)) 8192

sweep() { measured "$program" sweep scenarios/takeoff.ron --vary 'weight.insight = 0..=5' --points "$1" -n 1000 --format json -q; }
sweep 1000
few=$peak
sweep "${SOAK_POINTS:-10000}"
echo "${SOAK_POINTS:-10000} points: $seconds s, $peak KiB (1000: $few KiB)"
each=$(((peak - few) / (${SOAK_POINTS:-10000} - 1000)))
echo "$each KiB a point"
at_most "memory of a point of a sweep, KiB" "$each" "${SOAK_A_POINT:-6}"
