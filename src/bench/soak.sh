#!/usr/bin/env bash
# Whether a long night stays as small as a short one: resident memory, file descriptors and threads of the process while
# it works through a queue with the embedded model, and how far they are apart after a tenth of it and at its end.
#
# Usage: src/bench/soak.sh [TASKS [WORK]]
#   TASKS  how many (default: 10000); they take turns with at most 500 documents
#   WORK   where to work (default: target/bench/soak); made anew
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-10000}
work=$(readlink -m "${2:-target/bench/soak}")
program=$PWD/target/pantheon-night

# Copies of the sample's documents, a hundred to a folder, so that no folder's tree is long. One is left out: it makes the
# model repeat itself for 1,200 tokens, ten times as long as the others.
rm -rf "$work"
mkdir -p "$work/workspace" "$work/queue"
mapfile -t sample < <(cd "$program/sample/workspace" && find . -name '*.md' ! -name prompt-injection.md | sort)
documents=$((tasks < 500 ? tasks : 500))
for ((i = 0; i < documents; i++)); do
    folder=$work/workspace/$((i / 100))
    [ $((i % 100)) -ne 0 ] || mkdir "$folder"
    cp "$program/sample/workspace/${sample[i % ${#sample[@]}]}" "$folder/$i.md"
done
git -C "$work/workspace" init -q -b main
git -C "$work/workspace" add -A
git -C "$work/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
for ((i = 0; i < tasks; i++)); do
    document=$((i % documents))
    echo "{\"id\": \"soak-$i\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"$((document / 100))/$document.md\"}}"
done >"$work/queue/soak.jsonl"
mkdir "$work/agents"
cp "$program/sample/agents/docops.front-matter.yaml" "$work/agents/"
cat >"$work/pantheon-night.yaml" <<YAML
agents: agents
models:
  docops-front-matter:
    path: $program/models/docops-front-matter
    threads: 1 # so small a model gains nothing from a second one, and waits for it on a machine that does more
YAML

"$program/bin/pantheon-night" --json --config "$work/pantheon-night.yaml" >"$work/result.json" 2>"$work/err.txt" &
night=$!
# A task has its folder of artifacts from its beginning on.
while kill -0 "$night" 2>/dev/null; do
    begun=$({ find "$work/state/artifacts" -mindepth 2 -maxdepth 2 -type d 2>/dev/null || true; } | wc -l)
    memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$night/status" 2>/dev/null) || true
    threads=$(awk '/^Threads/ { print $2 }' "/proc/$night/status" 2>/dev/null) || true
    descriptors=$({ find "/proc/$night/fd" -mindepth 1 2>/dev/null || true; } | wc -l)
    [ -z "$memory" ] || echo "$begun $memory $descriptors $threads"
    sleep 1
done >"$work/samples.txt"
wait "$night" || { cat "$work/err.txt"; exit 1; }

jq -r '"\(.tasks) tasks, \(.accepted) accepted, \(.elapsed_ms / .tasks | round) ms a task"' "$work/result.json"
echo "tasks begun: memory, descriptors, threads"
awk -v tasks="$tasks" '
    { begun = $1; memory = $2; descriptors = $3; threads = $4 }
    begun >= tasks / 10 && !first { first = memory; at = begun; print begun ": " memory " kB, " descriptors ", " threads }
    begun >= next_line { if (first) print begun ": " memory " kB, " descriptors ", " threads; next_line = begun + tasks / 10 }
    begun > tasks / 10 && !at_end { if (begun == tasks) at_end = 1; last = memory }
    begun > tasks / 10 { if (descriptors > most) most = descriptors; if (threads > mostThreads) mostThreads = threads }
    memory > peak { peak = memory }
    END {
        printf "from %d to %d tasks: memory %+.1f %%, at most %d descriptors and %d threads\n", at, begun, (last / first - 1) * 100, most, mostThreads
        printf "while the report was written: up to %d kB\n", peak
    }
' "$work/samples.txt"
