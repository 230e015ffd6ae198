#!/usr/bin/env bash
# Random scenarios by the thousand, each answered in several ways that have to agree: engines, precisions, threads, edits, widths, formats,
# reports made again, sweeps that go on, signals. About two seconds a scenario on one core.
#
#     tests/differential.sh               scenarios 1,000 to 5,000
#     tests/differential.sh 5000..20000   others
#
# A scenario that breaks a law is left in the folder for temporary files, named after the law and the scenario.
set -euo pipefail
cd "$(dirname "$0")/.."

HEADSTART_SCENARIOS=${1:-1000..5000} cargo test --release --test it -- differential:: --nocapture
