#!/usr/bin/env bash
# The example of docs/sizing.md: two nights of the sample, then a dry run of the same documents under new ids.
#
# Usage: src/bench/sizing.sh [UNTIL [OPTION...]]    UNTIL as --until takes it, 8s without it; OPTIONs of the dry run
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/bench/sizing
program=target/pantheon-night/bin/pantheon-night
until=${1:-8s}
shift || true

if [ ! -e "$work/done" ]; then
    rm -rf "$work"
    mkdir -p target/bench
    "$program" demo "$work" >/dev/null
    sed -i 's/"id": "/"id": "second-/' "$work"/queue/*.jsonl
    "$program" --config "$work/pantheon-night.yaml" >/dev/null
    sed -i 's/"id": "second-/"id": "third-/' "$work"/queue/*.jsonl
    touch "$work/done"
fi
"$program" --config "$work/pantheon-night.yaml" --dry-run --start 22:00 --until "$until" "$@"
