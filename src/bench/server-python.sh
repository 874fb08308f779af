#!/usr/bin/env bash
# A night on llama.cpp's server beside a bare Python client of the same server with the same prompts, grammars and lengths:
# how many tasks an hour. The client does nothing but ask: no tools, checks, commits or journal. A first night goes through
# a recorder, which writes down what is asked; then the night, the client in the night's order, and the client in the queue's
# order without regard to prefixes are run in turn, each before a server that was started anew.
#
# Usage: src/bench/server-python.sh [TASKS [ROUNDS [WORK]]]
#   TASKS   how many (default: 96), of eight agents in turn, whose prompts begin differently. Each of the four slots computes each
#           agent's beginning once, so that with fewer than some 80 there is too little to share for 1.5
#   ROUNDS  how often each is run (default: 1, 14 minutes on two cores that nothing else uses); the median counts
#   WORK    where to work (default: target/bench/server-python); made anew
# What it needs, and which server it takes, is in src/bench/llama-night.sh. Ends with 1 where the night has fewer than 0.97 of the
# client's tasks an hour, or fewer than 1.5 of those in the queue's order.
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-96}
rounds=${2:-1}
work=$(readlink -m "${3:-target/bench/server-python}")
. src/bench/llama-night.sh
rm -rf "$work"
lay_out "$work/fresh" "$tasks" 8
agents "$work/agents" 8 12
"$program/bin/pantheon-night" model import "$gguf" "$work/model" >/dev/null

server=
recorder=
stop() {
    for one in $recorder $server; do kill -9 "$one" 2>/dev/null || true; wait "$one" 2>/dev/null || true; done
    server=
    recorder=
    rm -f "$work"/*.sock
}
trap stop EXIT
anew() {
    serve "$work/llama.sock" "$work/server.log" 12288
    ready "$work/llama.sock" "$work/server.log"
}
# A night anew, from the first task's start to the last one's end: {"seconds", "tasks", "turns", "prompt", "cached"}.
night() {
    rm -rf "$work/night"
    cp -r "$work/fresh" "$work/night"
    cp -r "$work/agents" "$work/night/agents"
    configuration "$work/night/pantheon-night.yaml" "$1" "$work/model"
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

anew
python3 src/bench/server-python.py record "$work/recorder.sock" "$work/llama.sock" "$work/asked.jsonl" &
recorder=$!
while [ ! -e "$work/recorder.sock" ]; do sleep 0.1; done
night "$work/recorder.sock" >"$work/recorded.json"
stop
for ((round = 1; round <= rounds; round++)); do
    anew
    night "$work/llama.sock" >>"$work/night.jsonl"
    stop
    for order in night queue; do
        anew
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
