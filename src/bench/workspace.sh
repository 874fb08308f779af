#!/usr/bin/env bash
# What a task costs in a small workspace and in a large one: the same tasks of docops.front-matter on the same documents,
# beside files that nobody touches. Measured is the time from one task's start to the next one's, by the journal, and the
# processor time of the whole program, the start and the checkout of every file included.
#
# Usage: src/bench/workspace.sh [OTHER_PROGRAM]    OTHER_PROGRAM is the folder of another build, as target/pantheon-night
# ROUNDS (2), TASKS (100), SMALL (300) and LARGE (15000) are variables, and WORK is where it works (target/bench/workspace).
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
other=${1:+$(realpath "$1")}
work=$(realpath -m "${WORK:-target/bench/workspace}")
rounds=${ROUNDS:-2}
tasks=${TASKS:-100}
sizes="${SMALL:-300} ${LARGE:-15000}"

# workspace DOCUMENTS: copies of the sample's documents, a hundred to a folder and a hundred folders to a folder, so that no
# folder's tree is long. One is left out: it makes the model repeat itself for 1,200 tokens.
workspace() {
    local folder=$work/workspace-$1 i
    [ ! -e "$folder/.git/refs/heads/main" ] || return 0
    rm -rf "$folder"
    mkdir -p "$folder"
    mapfile -t sample < <(cd "$program/sample/workspace" && find . -name '*.md' ! -name prompt-injection.md | sort)
    for ((i = 0; i < $1; i++)); do
        [ $((i % 100)) -ne 0 ] || mkdir -p "$folder/$((i / 10000))/$((i / 100))"
        cp "$program/sample/workspace/${sample[i % ${#sample[@]}]}" "$folder/$((i / 10000))/$((i / 100))/$i.md"
    done
    git -C "$folder" init -q -b main
    git -C "$folder" add -A
    git -C "$folder" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
    git -C "$folder" gc -q
}

# night NAME PROGRAM DOCUMENTS: runs a night in a workspace that no night has worked on, and adds its row.
night() {
    local folder=$work/night
    rm -rf "$folder"
    mkdir -p "$folder/queue"
    cp -r "$work/workspace-$3" "$folder/workspace"
    for ((i = 0; i < tasks; i++)); do
        echo "{\"id\": \"t-$i\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"$((i / 10000))/$((i / 100))/$i.md\"}}"
    done >"$folder/queue/tasks.jsonl"
    # 53adb37 had the sample's rules in the agent that it installed, and one model.
    local agents=$2/sample/agents
    [ -d "$agents" ] || agents=$2/config/agents
    {
        printf '%s\n' "agents: $agents" "tools: $2/config/tools" "models:"
        for model in "$2"/models/*; do
            printf '  %s:\n    path: %s\n    threads: 1\n' "$(basename "$model")" "$model"
        done
    } >"$folder/pantheon-night.yaml"
    (cd "$folder" && /usr/bin/time -f '%U %S' -o time "$2/bin/pantheon-night" --json >result.json 2>errors) ||
        { cat "$folder/errors" >&2; exit 1; }
    # Of the first tenth of the tasks the JVM makes its code; the median is of those after it.
    wall=$(jq -r 'select(.type == "night.pantheon.task.started.v1") | .time' "$folder"/log/*.jsonl |
        jq -Rrs 'split("\n")[:-1] | map(sub("\\.(?<f>[0-9]+)Z"; "Z") as $s | ($s | fromdate) + (capture("\\.(?<f>[0-9]+)Z") | "0." + .f | tonumber)) | . as $t
            | [range(1; length) | $t[.] - $t[. - 1]] | .[(length / 10 | floor):] | sort | .[length / 2 | floor] * 1000')
    accepted=$(jq -r .accepted "$folder/result.json")
    awk -v row="$1 $3" -v wall="$wall" -v tasks="$tasks" -v accepted="$accepted" \
        '{ printf "%s %.1f %.1f %d\n", row, wall, ($1 + $2) * 1000 / tasks, accepted }' "$folder/time" | tee -a "$work/rows"
}

# figures NAME COLUMN UNIT: prints minimum, median and maximum for both workspaces, and of large / small round by round.
figures() {
    awk -v name="$1" -v column="$2" -v unit="$3" -v sizes="$sizes" '
        function sorted(values, count,    i, j, value) {
            for (i = 2; i <= count; i++) {
                value = values[i]
                for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
                values[j + 1] = value
            }
            return sprintf("%10.2f %10.2f %10.2f", values[1], (values[int((count + 1) / 2)] + values[int(count / 2) + 1]) / 2, values[count])
        }
        BEGIN { split(sizes, size, " ") }
        $1 == name && $2 == size[1] { small[++n] = $column }
        $1 == name && $2 == size[2] { large[++m] = $column; ratio[m] = large[m] / small[m] }
        END {
            printf "%-6s %-34s %s\n", name, unit ", " size[1] " documents", sorted(small, n)
            printf "%-6s %-34s %s\n", name, unit ", " size[2] " documents", sorted(large, m)
            printf "%-6s %-34s %s\n", name, unit ", large / small", sorted(ratio, m)
        }' "$work/rows"
}

mkdir -p "$work"
for documents in $sizes; do
    workspace "$documents"
done
: >"$work/rows"
echo "program, documents, ms from a task to the next (median), CPU ms a task with the night's start, accepted"
for ((round = 1; round <= rounds; round++)); do
    for documents in $sizes; do
        night this "$program" "$documents"
        [ -z "$other" ] || night other "$other" "$documents"
    done
done
rm -rf "$work/night"
printf '%-41s %10s %10s %10s\n' "" minimum median maximum
for name in this ${other:+other}; do
    figures "$name" 3 "ms a task"
    figures "$name" 4 "CPU ms a task"
done
