#!/usr/bin/env bash
# A night on llama.cpp's server beside a bare Python client of the same server with the same prompts, grammars and lengths:
# how many tasks an hour. The client does nothing but ask: no tools, checks, commits or journal. A first night goes through
# a recorder, which writes down what is asked; then the night, the client in the night's order, and the client in the queue's
# order without regard to prefixes are run in turn, each before a server that was started anew.
#
# Usage: src/bench/server-python.sh [TASKS [ROUNDS [WORK]]]
#   TASKS   how many (default: 96), of eight agents in turn, whose prompts begin differently
#   ROUNDS  how often each is run (default: 3); the median counts
#   WORK    where to work (default: target/bench/server-python); made anew
# LLAMA_SERVER is a llama-server of one's own; without it the server of the tests is taken. THREADS (2) are those that it
# computes with. Build first with `mvn -q package -DskipTests`, and run src/test/setup.sh, which brings the weights. Ends with 1
# where the night has fewer than 0.97 of the client's tasks an hour, or fewer than 1.5 of those in the queue's order.
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-96}
rounds=${2:-3}
work=$(readlink -m "${3:-target/bench/server-python}")
program=$PWD/target/pantheon-night
gguf=$PWD/target/models/SmolLM2-135M-Instruct.Q4_1.gguf
rm -rf "$work"
mkdir -p "$work/fresh/workspace/docs" "$work/fresh/queue" "$work/agents"
"$program/bin/pantheon-night" model import "$gguf" "$work/model" >/dev/null

for ((i = 0; i < tasks; i++)); do
    printf -- '---\ntitle: Part %d\n---\n\n# Part %d\n\nIt is about %d things.\n' "$i" "$i" $((i % 7)) >"$work/fresh/workspace/docs/$i.md"
    echo "{\"id\": \"part-$i\", \"agent\": \"bench.status$((i % 8))\", \"input\": {\"path\": \"docs/$i.md\"}}"
done >"$work/fresh/queue/parts.jsonl"
git -C "$work/fresh/workspace" init -q -b main
git -C "$work/fresh/workspace" add -A
git -C "$work/fresh/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
for ((a = 0; a < 8; a++)); do
    cat >"$work/agents/bench.status$a.yaml" <<YAML
name: bench.status$a
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
  role: You are clerk number $a of an archive, and give a document a status.
  goals:
$(for ((g = 1; g <= 12; g++)); do echo "    - Rule $g of clerk $a says that a document of shelf $((a * 31 + g)) is a draft until it was read twice."; done)
    - Call set_front_matter once, then final.
checks:
  - use: only_changes
    with: {fields: [path]}
  - use: body_kept
YAML
done

server=
recorder=
stop() {
    for one in $recorder $server; do kill -9 "$one" 2>/dev/null || true; wait "$one" 2>/dev/null || true; done
    server=
    recorder=
    rm -f "$work"/*.sock
}
trap stop EXIT
serve() {
    if [ "${LLAMA_SERVER:-}" ]; then
        env -i PATH="$PATH" LC_ALL=C "$LLAMA_SERVER" -m "$gguf" --host "$work/llama.sock" -t "${THREADS:-2}" -np 4 -c 12288 \
            --cache-ram 0 --no-ui --offline >>"$work/server.log" 2>&1 </dev/null &
    else
        env -i PATH="$PATH" python3 src/test/resources/llama_server.py target/judges "$work/llama.sock" "$gguf" 4 12288 \
            >>"$work/server.log" 2>&1 </dev/null &
    fi
    server=$!
    for ((i = 0; i < 600; i++)); do
        ! curl -sf --unix-socket "$work/llama.sock" http://localhost/health >/dev/null || return 0
        sleep 0.2
    done
    echo "the server is not ready; see $work/server.log" >&2
    exit 1
}
# A night anew, from the first task's start to the last one's end: {"seconds", "tasks", "turns", "prompt", "cached"}.
night() {
    rm -rf "$work/night"
    cp -r "$work/fresh" "$work/night"
    cp -r "$work/agents" "$work/night/agents"
    cat >"$work/night/pantheon-night.yaml" <<YAML
models:
  smollm2:
    engine: server
    socket: $1
    tokenizer: $work/model
YAML
    "$program/bin/pantheon-night" --json --config "$work/night/pantheon-night.yaml" >"$work/night/result.json" 2>"$work/night/err.txt" \
        || { cat "$work/night/err.txt" >&2; exit 1; }
    jq -cs '
        def ms: (.time[0:19] + "Z" | fromdate) * 1000 + (.time[20:23] | tonumber);
        map(select(.type | test("task.started"))) as $begun
        | map(select(.type | test("task.finished"))) as $ended
        | map(select(.type | test("generation.received"))) as $turns
        | {seconds: ((($ended | map(ms) | max) - ($begun | map(ms) | min)) / 1000), tasks: ($ended | length), turns: ($turns | length),
           prompt: ($turns | map(.data["gen_ai.usage.input_tokens"]) | add),
           cached: ($turns | map(.data["gen_ai.usage.cache_read.input_tokens"]) | add)}' "$work"/night/log/*.jsonl
}

serve
python3 src/bench/server-python.py record "$work/recorder.sock" "$work/llama.sock" "$work/asked.jsonl" &
recorder=$!
while [ ! -e "$work/recorder.sock" ]; do sleep 0.1; done
night "$work/recorder.sock" >"$work/recorded.json"
# Of which task of the queue each is, in the order in which they began.
jq -cs 'map(select(.type | test("task.started")) | .subject | sub(".*part-"; "") | tonumber) as $numbers
    | [range(0; $numbers | length)] | sort_by($numbers[.])' "$work"/night/log/*.jsonl >"$work/asked.jsonl.order"
stop
for ((round = 1; round <= rounds; round++)); do
    serve
    night "$work/llama.sock" >>"$work/night.jsonl"
    stop
    for order in night queue; do
        serve
        python3 src/bench/server-python.py run "$work/llama.sock" "$work/asked.jsonl" "$order" >>"$work/python-$order.jsonl"
        stop
    done
done
jq -rn --slurpfile night "$work/night.jsonl" --slurpfile same "$work/python-night.jsonl" --slurpfile queue "$work/python-queue.jsonl" '
    def hour: map(.tasks * 3600 / .seconds) | sort | .[length / 2 | floor];
    def line: "\(hour | round) tasks an hour (\(map(.seconds * 10 | round / 10) | join(", ")) s), \(.[0].turns) turns, \(100 * (map(.cached) | add) / (map(.prompt) | add) | round) % of the prompts cached";
    def against(other): (hour / (other | hour) * 1000 | round) / 1000;
    "night: \($night | line)", "bare client, the same order: \($same | line)", "bare client, the queue'"'"'s order: \($queue | line)",
    "night against the client: \($night | against($same)), against the queue'"'"'s order: \($night | against($queue))",
    (if ($night | against($same)) >= 0.97 and ($night | against($queue)) >= 1.5 then empty else "missed: 0.97 and 1.5 are asked for" | halt_error(1) end)'
