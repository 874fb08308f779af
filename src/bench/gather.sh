#!/usr/bin/env bash
# How long it takes to gather a night that was done in shards, and in how much memory, beside `verify` of a night of one
# machine with as many tasks; three times, side by side. Every nine tasks in ten have a commit on their night's branch.
#
# Usage: src/bench/gather.sh [SHARDS [TASKS [WORK]]]
#   SHARDS  how many (default: 100)
#   TASKS   of each (default: 1000)
#   WORK    where to work (default: target/bench/gather); what lies there already is taken
# HEAP is what the program's heap may grow to (default: 512m), for both; it is the same however many tasks there are.
set -euo pipefail
cd "$(dirname "$0")/../.."
shards=${1:-100}
tasks=${2:-1000}
work=$(readlink -m "${3:-target/bench/gather}")
home=$(readlink -f "${PANTHEON_NIGHT_HOME:-target/pantheon-night}")
unset PANTHEON_NIGHT_HOME # the program knows no such variable
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
export HOME=/nonexistent

lay_out() {
    [ ! -e "$1/pantheon-night.yaml" ] || return 0
    rm -rf "$1"
    mkdir -p "$1/queue" "$1/agents"
    cp "$home/sample/agents/docops.front-matter.yaml" "$1/agents/"
    "$java" --enable-native-access=ALL-UNNAMED -cp "$home/lib/*" src/bench/PastShards.java "$1" "$2" "$3" 2> /dev/null
    cat > "$1/pantheon-night.yaml" << CONF
agents: agents
models:
  docops-front-matter:
    path: $home/models/docops-front-matter
CONF
}

# Says the seconds and the most memory that a command takes; what it says goes to a file.
timed() {
    local name=$1 began ended
    shift
    began=$(date +%s%N)
    JDK_JAVA_OPTIONS="-Xmx${HEAP:-512m}" /usr/bin/time -f '%M' -o "$work/memory" "$@" > "$work/$name.txt" 2> "$work/$name.err" \
        || { echo "gather.sh: $name ends with $?: $(tail -3 "$work/$name.err")" >&2; exit 1; }
    ended=$(date +%s%N)
    echo "$name: $(((ended - began) / 1000000)) ms, $(($(cat "$work/memory") / 1024)) MB"
}

mkdir -p "$work"
command -v /usr/bin/time > /dev/null || { echo "gather.sh: it takes GNU time (apt-get install time)" >&2; exit 1; }
lay_out "$work/one" 1 $((shards * tasks))
lay_out "$work/shards" "$shards" "$tasks"
uptime
for run in 1 2 3; do
    timed verify "$home/bin/pantheon-night" --config "$work/one/pantheon-night.yaml" verify 20261123-220000
    rm -rf "$work/shards/log" "$work/shards/state"
    git -C "$work/shards/workspace" for-each-ref --format='delete %(refname)' refs/heads/night | grep -v -- '-s[0-9]*$' \
        | git -C "$work/shards/workspace" update-ref --stdin || true
    timed gather "$home/bin/pantheon-night" --config "$work/shards/pantheon-night.yaml" gather "$work"/shards/shard-*
done
timed again "$home/bin/pantheon-night" --config "$work/shards/pantheon-night.yaml" gather "$work"/shards/shard-*
