#!/usr/bin/env bash
# A night on the real server of llama.cpp that is killed again and again: whether a task is lost, or done twice.
#
# Usage: src/bench/server-night.sh [TASKS [KILLS [WORK]]]
#   TASKS  how many (default: 300)
#   KILLS  how often the server is ended by SIGKILL, after about as many tasks each (default: 20)
#   WORK   where to work (default: target/bench/server-night); made anew
# What it needs, and which server it takes, is in src/bench/llama-night.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-300}
kills=${2:-20}
work=$(readlink -m "${3:-target/bench/server-night}")
socket=$work/llama.sock
. src/bench/llama-night.sh
rm -rf "$work"
lay_out "$work" "$tasks" 1
agents "$work/agents" 1 0
"$program/bin/pantheon-night" model import "$gguf" "$work/model" >/dev/null
configuration "$work/pantheon-night.yaml" "$socket" "$work/model"

server=
night=
stop() {
    for one in $night $server; do kill -9 "$one" 2>/dev/null || true; done
}
trap stop EXIT
# How many tasks have ended for good, in all journals.
ended() { cat "$work"/log/*.jsonl 2>/dev/null | jq -rR 'fromjson? | select(.type == "night.pantheon.task.finished.v1") | select(.data["night.finish_reason"] != "engine_lost") | .subject' | sort | uniq | wc -l; }

killed=0
begun=$SECONDS
starts=0
serve "$socket" "$work/server.log" 8192
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
            serve "$socket" "$work/server.log" 8192
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
