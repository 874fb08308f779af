#!/usr/bin/env bash
# Whether nothing is lost and nothing is done twice where machines fail: a queue in shards on three nodes that share a file
# system, with a scheduler that starts again what it takes for dead. While they work, processes are killed, stopped for longer
# than their lease holds and let go on, and started a second time beside the first. Then all is gathered, and the branch has to
# hold what one process makes of the queue.
#
# Usage: src/bench/drills.sh [DRILLS [TASKS [SHARDS [WORK]]]]
#   DRILLS  how many (default: 50)
#   TASKS   of each (default: 300)
#   SHARDS  of each (default: 6)
#   WORK    where to work (default: target/bench/drills); made anew
#
# A node is a namespace with a host name and a boot id of its own, which is all by which a process can tell that another one is
# of its machine. It takes unshare(1), jq, and either root or a kernel that lets users make namespaces. SEED decides what is
# disturbed; it is printed. PANTHEON_NIGHT_HOME is the program as it is installed; target/pantheon-night without it.
set -euo pipefail
cd "$(dirname "$0")/../.."
drills=${1:-50}
tasks=${2:-300}
shards=${3:-6}
work=$(readlink -m "${4:-target/bench/drills}")
home=$(readlink -f "${PANTHEON_NIGHT_HOME:-target/pantheon-night}")
unset PANTHEON_NIGHT_HOME # the program knows no such variable
lease=${LEASE:-3}
nodes=3
RANDOM=${SEED:=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')}
namespaces=(unshare --uts --mount)
[ "$(id -u)" = 0 ] || namespaces=(unshare --user --map-root-user --uts --mount)

. src/bench/shard-night.sh

fail() { echo "drills.sh: $*" >&2; exit 1; }

# The document with a prompt injection takes as long as many others.
lay_out() {
    documents "$1" "$tasks" prompt-injection
    configuration "$1" "lease: ${lease}s" window: "  attempts: 20"
    [ "$2" = 0 ] || echo "shards: $2" >> "$1/pantheon-night.yaml"
}

plain() { env -u PANTHEON_NIGHT_STATE -u PANTHEON_NIGHT_LOG HOME=/nonexistent "$home/bin/pantheon-night" "$@"; }

# Starts a shard on a node, as a scheduler does; its process is $!.
start() {
    local night=$1 shard=$2 node=$3 folder=$1/shard-$2
    mkdir -p "$folder/state" "$folder/log"
    "${namespaces[@]}" bash -c '
        hostname "node-$1"
        mount --bind "$2" /proc/sys/kernel/random/boot_id
        shift 2
        exec "$@"' node "$node" "$work/boot-$node" \
        env HOME=/nonexistent PANTHEON_NIGHT_CONFIG="$night/pantheon-night.yaml" PANTHEON_NIGHT_STATE="$folder/state" \
        PANTHEON_NIGHT_LOG="$folder/log" "$home/bin/pantheon-night" --quiet --shard "$shard/$shards" \
        > "$night/out-$shard-$(date +%s%N).txt" 2>&1 < /dev/null &
}

declare -A shard_of node_of stopped_until
declare -A is_done starts
kills=0 freezes=0 seconds=0 lefts=0

begin() {
    start "$1" "$2" "$3"
    shard_of[$!]=$2
    node_of[$!]=$3
    starts[$2]=$((${starts[$2]:-0} + 1))
}

# What became of the processes that have ended; a shard that none works on any more is started on the next node.
reap() {
    local night=$1 pid shard node code
    for pid in "${!shard_of[@]}"; do
        kill -0 "$pid" 2> /dev/null && continue
        shard=${shard_of[$pid]} node=${node_of[$pid]} code=0
        { wait "$pid" || code=$?; } 2> /dev/null
        unset "shard_of[$pid]" "node_of[$pid]" "stopped_until[$pid]"
        case $code in
            0) is_done[$shard]=1 ;;
            75) lefts=$((lefts + 1)) ;;
            137) ;;
            *) fail "shard $shard on node-$node ended with $code; look at $night" ;;
        esac
        [ -n "${is_done[$shard]:-}" ] || is_at_work "$shard" || begin "$night" "$shard" $(((node + 1) % nodes))
    done
}

is_at_work() { local pid; for pid in "${!shard_of[@]}"; do [ "${shard_of[$pid]}" != "$1" ] || return 0; done; return 1; }

wake() {
    local pid
    for pid in "${!stopped_until[@]}"; do
        [ "$(date +%s%N)" -lt "${stopped_until[$pid]}" ] || { kill -CONT "$pid" 2> /dev/null || true; unset "stopped_until[$pid]"; }
    done
}

# One of the processes at work is killed, stopped for one to four leases, or gets a second beside it on another node.
disturb() {
    local night=$1 pids=("${!shard_of[@]}") pid
    [ "${#pids[@]}" -gt 0 ] || return 0
    pid=${pids[$((RANDOM % ${#pids[@]}))]}
    case $((RANDOM % 3)) in
        0)
            kill -KILL "$pid" 2> /dev/null || true
            kills=$((kills + 1))
            ;;
        1)
            if [ -z "${stopped_until[$pid]:-}" ] && kill -STOP "$pid" 2> /dev/null; then
                freezes=$((freezes + 1))
                stopped_until[$pid]=$(($(date +%s%N) + lease * (1000000000 + RANDOM * 100000)))
                begin "$night" "${shard_of[$pid]}" $(((node_of[$pid] + 1) % nodes))
            fi
            ;;
        2)
            seconds=$((seconds + 1))
            begin "$night" "${shard_of[$pid]}" $(((node_of[$pid] + 1) % nodes))
            ;;
    esac
}

ended() { cat "$1"/shard-*/log/*.jsonl | jq -r 'select(.type == "night.pantheon.task.finished.v1")
    | select(.data["night.finish_reason"] | IN("window_closed", "stopped", "conflict", "engine_lost") | not) | .subject'; }

check() {
    local night=$1 json run lost doubled commits keys shard
    for shard in "$night"/shard-*; do
        for run in "$shard"/log/*.jsonl; do
            [ -s "$run" ] || continue
            PANTHEON_NIGHT_CONFIG=$night/pantheon-night.yaml PANTHEON_NIGHT_STATE=$shard/state PANTHEON_NIGHT_LOG=$shard/log \
                HOME=/nonexistent "$home/bin/pantheon-night" verify "$(basename "$run" .jsonl)" > "$night/verify.txt" 2>&1 \
                || fail "verify of $run ends with $?: $(cat "$night/verify.txt")"
        done
    done
    json=$(cd "$night" && plain --json gather shard-* 2> gather.txt) || fail "gathering $night ends with $?: $(cat "$night/gather.txt")"
    run=$(jq -r .run <<< "$json")
    ended "$night" | sort > "$night/ended.txt"
    lost=$(comm -13 <(sort -u "$night/ended.txt") <(jq -r .id "$night"/queue/*.jsonl | sort) | wc -l)
    doubled=$(uniq -d "$night/ended.txt" | wc -l)
    git -C "$night/workspace" log --format='%(trailers:key=Night-Task,valueonly,separator=)' "main..night/$run" | sed '/^$/d' | sort > "$night/committed.txt"
    commits=$(wc -l < "$night/committed.txt")
    keys=$(uniq -d "$night/committed.txt" | wc -l)
    [ "$(git -C "$night/workspace" rev-parse "night/$run^{tree}")" = "$(cat "$work/one.tree")" ] \
        || fail "$night: the tree is not that of one process"
    [ "$lost$doubled$keys" = 000 ] || fail "$night: $lost tasks lost, $doubled ended twice, $keys committed twice"
    echo "$((SECONDS - began)) s: $commits commits, 0 lost, 0 doubled, the tree of one process; $kills killed, $freezes stopped, $seconds second owners, $lefts left with 75"
}

drill() {
    local night=$1 shard began=$SECONDS next most=$((4 * shards))
    shard_of=() node_of=() stopped_until=() is_done=() starts=()
    kills=0 freezes=0 seconds=0 lefts=0
    lay_out "$night" "$shards"
    for shard in $(seq 0 $((shards - 1))); do begin "$night" "$shard" $((shard % nodes)); done
    next=$((SECONDS + 3))
    while [ "${#shard_of[@]}" -gt 0 ]; do
        sleep 0.2
        wake
        reap "$night"
        if [ "$SECONDS" -ge "$next" ] && [ $((kills + freezes + seconds)) -lt "$most" ]; then
            disturb "$night"
            next=$((SECONDS + 1 + RANDOM % 3))
        fi
    done
    check "$night"
}

one_process() {
    lay_out "$work/one" 0
    (cd "$work/one" && plain --quiet > out.txt 2>&1) || fail "one process ends with $?: $(tail -3 "$work/one/out.txt")"
    git -C "$work/one/workspace" for-each-ref --format='%(tree)' refs/heads/night > "$work/one.tree"
}

rm -rf "$work"
mkdir -p "$work"
for ((node = 0; node < nodes; node++)); do cat /proc/sys/kernel/random/uuid > "$work/boot-$node"; done
trap 'for pid in "${!shard_of[@]}"; do kill -KILL "$pid" 2> /dev/null || true; done' EXIT
echo "seed $SEED, $tasks tasks in $shards shards on $nodes nodes, leases of $lease s"
one_process
for ((i = 1; i <= drills; i++)); do
    echo -n "drill $i: "
    drill "$work/$i"
    rm -rf "${work:?}/$i"
done
echo "$drills drills: 0 tasks lost, 0 doubled"
