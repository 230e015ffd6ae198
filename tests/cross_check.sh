#!/usr/bin/env bash
# Both engines against each other on every shipped scenario, with a hundred million draws: minutes on two cores.
#
#     tests/cross_check.sh                       with target/release/headstart
#     tests/cross_check.sh FOLDER/headstart      with another program
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/headstart}
for scenario in scenarios/*.ron; do
    case $scenario in *-sweeps.ron) continue ;; esac
    printf '%s: ' "$(basename "$scenario")"
    "$program" run "$scenario" --cross-check -n 1e8 --quiet --format json |
        python3 -c 'import json, sys; check = json.load(sys.stdin)["manifest"]["cross_check"]; print(check["compared"], "probabilities, at most", round(check["largest"], 2), "standard errors apart:", check["of"])'
done
