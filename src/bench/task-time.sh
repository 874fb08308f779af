#!/usr/bin/env bash
# What one more task costs, of docops.front-matter and of docops.fences, on the same documents: those of the sample that have code
# fences without a language. It is the difference between a night of many tasks and one of few, by the clock and in processor
# time of the whole program, so that its start counts for neither.
#
# Usage: src/bench/task-time.sh [OTHER_PROGRAM]    OTHER_PROGRAM is the folder of another build, as target/pantheon-night
# ROUNDS (5), FEW (20) and MANY (220) are variables, and WORK is where it works (target/bench/task-time). One thread a model.
#
# Prints a row for each night, then for each kind minimum, median and maximum of the rounds, and what share it is of this
# program's front matter, and that of the other program's, round by round. Front matter goes by the sample's rules, which both
# builds have; `installed` is the agent that fills in titles. Nights go in turn, so that a machine that slows down slows all.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
other=${1:+$(realpath "$1")}
work=$(realpath -m "${WORK:-target/bench/task-time}")
rounds=${ROUNDS:-5}
few=${FEW:-20}
many=${MANY:-220}

# The sample once, whose fences teach, and copies of the documents that are worked on.
rm -rf "$work"
mkdir -p "$work"
cp -r "$program/sample/workspace" "$work/workspace"
mapfile -t fenced < <(jq -r .input.path "$program"/sample/queue/fences.jsonl)
for ((i = 0; i < many; i++)); do
    mkdir -p "$work/workspace/copies/$((i / 100))"
    cp "$program/sample/workspace/${fenced[i % ${#fenced[@]}]}" "$work/workspace/copies/$((i / 100))/$i.md"
done
git -C "$work/workspace" init -q -b main
git -C "$work/workspace" add -A
git -C "$work/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
git -C "$work/workspace" gc -q

# one KIND PROGRAM AGENT_FILE TASKS: a night, in a copy of the workspace; prints milliseconds by the clock and of the processor.
one() {
    local night=$work/night model
    rm -rf "$night"
    mkdir -p "$night/queue" "$night/agents"
    cp -r "$work/workspace" "$night/workspace"
    cp "$3" "$night/agents"
    for ((i = 0; i < $4; i++)); do
        echo "{\"id\": \"t-$i\", \"agent\": \"$(basename "$3" .yaml)\", \"input\": {\"path\": \"copies/$((i / 100))/$i.md\"}}"
    done >"$night/queue/tasks.jsonl"
    {
        printf '%s\n' "agents: $night/agents" "tools: $2/config/tools" "models:"
        for model in "$2"/models/*; do
            printf '  %s:\n    path: %s\n    threads: 1\n' "$(basename "$model")" "$model"
        done
    } >"$night/pantheon-night.yaml"
    (cd "$night" && /usr/bin/time -f '%e %U %S' -o time "$2/bin/pantheon-night" --json >result.json 2>errors) ||
        { cat "$night/errors" >&2; exit 70; }
    awk '{ printf "%d %d", $1 * 1000, ($2 + $3) * 1000 }' "$night/time"
}

# task ROUND KIND PROGRAM AGENT_FILE
task() {
    local less more
    less=$(one "${@:2:3}" "$few")
    more=$(one "${@:2:3}" "$many")
    echo "$1 $2 $less $more $(jq -r .accepted "$work/night/result.json")" |
        awk -v tasks=$((many - few)) '{ printf "%s %s %.1f %.1f %d\n", $1, $2, ($5 - $3) / tasks, ($6 - $4) / tasks, $7 }' |
        tee -a "$work/rows"
}

: >"$work/rows"
echo "round, kind, ms a task, CPU ms a task, accepted of $many"
for ((round = 1; round <= rounds; round++)); do
    task "$round" front-matter "$program" "$program/sample/agents/docops.front-matter.yaml"
    [ -z "$other" ] || task "$round" other "$other" "$other/config/agents/docops.front-matter.yaml"
    task "$round" fences "$program" "$program/config/more-agents/docops.fences.yaml"
    task "$round" installed "$program" "$program/config/agents/docops.front-matter.yaml"
done
rm -rf "$work/night"

awk '
    function row(name, values, count,    i, j, value) {
        for (i = 2; i <= count; i++) {
            value = values[i]
            for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
            values[j + 1] = value
        }
        printf "%-34s %10.2f %10.2f %10.2f\n", name, values[1],
            (values[int((count + 1) / 2)] + values[int(count / 2) + 1]) / 2, values[count]
    }
    function each(kind, base, column, name,    r, n, values) {
        n = 0
        for (r = 1; r <= rounds; r++)
            if ((r, kind, column) in cost)
                values[++n] = base == "" ? cost[r, kind, column] : cost[r, kind, column] / cost[r, base, column]
        if (n > 0) row(name, values, n)
    }
    { rounds = $1; cost[$1, $2, 3] = $3; cost[$1, $2, 4] = $4 }
    END {
        printf "%-34s %10s %10s %10s\n", "", "minimum", "median", "maximum"
        kinds = split("front-matter other fences installed", kind, " ")
        for (i = 1; i <= kinds; i++) {
            each(kind[i], "", 3, kind[i] ", ms a task")
            each(kind[i], "", 4, kind[i] ", CPU ms a task")
        }
        if ((1, "other", 3) in cost) {
            each("front-matter", "other", 3, "front-matter / other, ms")
            each("front-matter", "other", 4, "front-matter / other, CPU")
        }
        each("fences", "front-matter", 3, "fences / front-matter, ms")
        each("fences", "front-matter", 4, "fences / front-matter, CPU")
    }' "$work/rows"
