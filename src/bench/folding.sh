#!/usr/bin/env bash
# How long folding journals takes, and in how much memory: training data of 100,000 traces is mined (heap of 256 MB), and
# a dry run looks back on 30 nights of 10,000 tasks (512 MB); a program beside another one, in turn, in one run. What
# they say of what they read must be the same.
#
# Usage: src/bench/folding.sh [OTHER_PROGRAM]    OTHER_PROGRAM is the folder of another build, as target/pantheon-night
# ROUNDS (3), TRACES, NIGHTS and TASKS are variables, and WORK is where the data is made once (target/bench/folding).
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
other=${1:+$(realpath "$1")}
work=$(realpath -m "${WORK:-target/bench/folding}")
rounds=${ROUNDS:-3}
traces=${TRACES:-100000}
nights=${NIGHTS:-30}
tasks=${TASKS:-10000}
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java

# make FOLDER COMMAND...: fills a folder once.
make() {
    local folder=$1
    shift
    [ ! -e "$folder/done" ] || return 0
    rm -rf "$folder"
    mkdir -p "$folder"
    "$@" "$folder"
    touch "$folder/done"
}

java() {
    "$java" --enable-native-access=ALL-UNNAMED -cp "$program/lib/*" "$@"
}

traces() {
    local run=20261123-220000
    mkdir -p "$1/state/artifacts"
    java src/bench/PastNights.java "$1" "$traces"
    mv "$1/log/past.jsonl" "$1/log/$run.jsonl"
    mv "$1/artifacts" "$1/state/artifacts/$run"
    mkdir "$1/workspace" "$1/queue"
}

# By the other program where there is one: each reads what an older one wrote, and not the other way round.
nights() {
    "${other:-$program}/bin/pantheon-night" demo "$1/demo" >/dev/null
    mkdir "$1/log" "$1/state"
    java src/bench/RepeatedNights.java "$1"/demo/log/*.jsonl "$1/log" "$nights" "$tasks"
    mv "$1/demo/workspace" "$1/demo/queue" "$1"
}

# config PROGRAM FOLDER: prints the configuration of a program for a folder of data. Agents were in config once, and there
# was one model.
config() {
    local agents=$1/sample/agents
    [ -d "$agents" ] || agents=$1/config/agents
    printf '%s\n' "workspace: $2/workspace" "queue: $2/queue" "state: $2/state" "log: $2/log" \
        "agents: $agents" "tools: $1/config/tools" \
        "models:"
    for model in "$1"/models/*; do
        printf '  %s:\n    path: %s\n' "$(basename "$model")" "$model"
    done
}

# measured NAME TASK HEAP PROGRAM ARGUMENT...: runs a program, and adds a row of seconds, CPU seconds and KiB.
measured() {
    local name=$1 task=$2 heap=$3 program=$4
    shift 4
    JAVA_TOOL_OPTIONS="-Xmx$heap ${JAVA_TOOL_OPTIONS:-}" \
        /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$program/bin/pantheon-night" --json "$@" \
        >"$work/$task.$name.json" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
    awk -v row="$name $task" '{ print row, $1, $2 + $3, $4 }' "$work/time" | tee -a "$work/rows"
}

mine() {
    rm -rf "$work/data"
    config "$2" "$work/traces-$traces" >"$work/mine.yaml"
    measured "$1" mine "${MINE_HEAP:-256m}" "$2" mine --config "$work/mine.yaml" --to "$work/data"
}

dry_run() {
    config "$2" "$work/nights-$nights-$tasks" >"$work/dry-run.yaml"
    measured "$1" dry-run "${DRY_RUN_HEAP:-512m}" "$2" --dry-run --config "$work/dry-run.yaml" --start 22:00 --until 6h
}

# read_alike RESULT: prints what of a result says what was read; what versions make of it may differ.
read_alike() {
    jq -S '.sources // .track_record' "$1"
}

# figures TASK COLUMN DIVISOR UNIT: prints minimum, median and maximum of both programs, and of the ratio round by round.
figures() {
    awk -v task="$1" -v column="$2" -v divisor="$3" -v unit="$4" '
        function sorted(values, count,    i, j, value) {
            for (i = 2; i <= count; i++) {
                value = values[i]
                for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
                values[j + 1] = value
            }
            return sprintf("%10.2f %10.2f %10.2f", values[1], (values[int((count + 1) / 2)] + values[int(count / 2) + 1]) / 2, values[count])
        }
        $2 == task && $1 == "this" { this[++n] = $column / divisor }
        $2 == task && $1 == "other" { other[++m] = $column / divisor; ratio[m] = other[m] / this[m] }
        END {
            printf "%-8s %-14s %-12s %s\n", task, unit, "this", sorted(this, n)
            if (m) printf "%-8s %-14s %-12s %s\n", task, unit, "other", sorted(other, m)
            if (m) printf "%-8s %-14s %-12s %s\n", task, unit, "other / this", sorted(ratio, m)
        }' "$work/rows"
}

mkdir -p "$work"
# As the package does where it is installed; older programs have no such cache.
for folder in "$program" ${other:+"$other"}; do
    [ ! -x "$folder/bin/pantheon-night-cache" ] || "$folder/bin/pantheon-night-cache"
done
trap 'rm -rf "$program/cache"' EXIT
make "$work/traces-$traces" traces
make "$work/nights-$nights-$tasks" nights
cat "$work/traces-$traces"/log/*.jsonl "$work/nights-$nights-$tasks"/log/*.jsonl >/dev/null
find "$work/traces-$traces/state" -type f -exec cat {} + >/dev/null

: >"$work/rows"
for ((round = 1; round <= rounds; round++)); do
    for task in ${ONLY:-mine dry_run}; do
        "$task" this "$program"
        [ -z "$other" ] || "$task" other "$other"
        [ -z "$other" ] || diff <(read_alike "$work/${task/_/-}.this.json") <(read_alike "$work/${task/_/-}.other.json") >&2 ||
            { echo "$task: the two programs have not read the same" >&2; exit 1; }
    done
done
rm -rf "$work/data"
printf '%-36s %10s %10s %10s\n' "" minimum median maximum
for task in mine dry-run; do
    figures "$task" 3 1 seconds
    figures "$task" 4 1 "CPU seconds"
    figures "$task" 5 1024 "MiB resident"
done
