#!/usr/bin/env bash
# Tasks an hour of a queue in shards, each a process of its own on this machine, beside one process with as many slots; the
# embedded engine for both, on all cores that are granted. In turn, three times. Each begins with all that a start costs.
#
# Usage: src/bench/shards.sh [SHARDS [TASKS [WORK]]]
#   SHARDS  processes, and slots of the one (default: 4)
#   TASKS   of the whole queue (default: 400)
#   WORK    where to work (default: target/bench/shards); made anew
# RUNS is how often (default: 3). PANTHEON_NIGHT_HOME is the program as it is installed; target/pantheon-night without it. It
# takes git and jq.
set -euo pipefail
cd "$(dirname "$0")/../.."
shards=${1:-4}
tasks=${2:-400}
work=$(readlink -m "${3:-target/bench/shards}")
home=$(readlink -f "${PANTHEON_NIGHT_HOME:-target/pantheon-night}")
unset PANTHEON_NIGHT_HOME # the program knows no such variable
export HOME=/nonexistent

. src/bench/shard-night.sh

fail() { echo "shards.sh: $*" >&2; exit 1; }

# The document with a prompt injection takes as long as many others.
lay_out() { documents "$1" "$tasks" prompt-injection; configuration "$@"; }

night() { local place=$1; shift; "$home/bin/pantheon-night" --config "$place/pantheon-night.yaml" --quiet "$@"; }

one() { night "$1" > "$1/out.txt" 2>&1 || fail "one process ends with $?: $(tail -3 "$1/out.txt")"; }

# Each on its part of the queue, all at once; they share the repository, and nothing else.
all() {
    local place=$1 i pids=() pid
    for ((i = 0; i < shards; i++)); do
        PANTHEON_NIGHT_STATE=$place/shard-$i/state PANTHEON_NIGHT_LOG=$place/shard-$i/log \
            night "$place" --shard "$i/$shards" > "$place/$i.txt" 2>&1 &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || fail "a shard ends with $?; $place tells more"; done
}

# How long a night took, what it came to, and how many tasks that is an hour.
timed() {
    local how=$1 place=$2 began ended millis
    began=$(date +%s%N)
    "$how" "$place"
    millis=$((($(date +%s%N) - began) / 1000000))
    ended=$(find "$place" -name '*.jsonl' -path '*/log/*' -exec cat {} + | grep -c '"night.pantheon.task.finished.v1"' || true)
    [ "$ended" = "$tasks" ] || fail "$place: $ended of $tasks tasks ended"
    hourly=$((ended * 3600000 / millis))
    echo "$how: $millis ms, $hourly tasks an hour"
}

rm -rf "$work"
mkdir -p "$work"
echo "$tasks tasks, $shards shards on $(nproc) cores"
uptime
for ((run = 1; run <= ${RUNS:-3}; run++)); do
    lay_out "$work/one-$run" "    sequences: $shards" "slots: $shards"
    sed -i "s/^    threads: 1$/    threads: $(nproc)/" "$work/one-$run/pantheon-night.yaml"
    timed one "$work/one-$run"
    single=$hourly
    lay_out "$work/all-$run" "shards: $shards"
    timed all "$work/all-$run"
    echo "shards to one process: $((hourly * 100 / single)) %"
done
