#!/usr/bin/env bash
# How many code fences a night of docops.fences gives a language, and how many of those the right one: by the real program, with
# the embedded model, on documents whose languages are known and hidden from it.
#
# Usage: [FENCES=FOLDER] src/bench/fence-nights.sh SOURCE [WORK]
#   SOURCE  OWNER+NAME.jsonl as fences.sh takes them, where the fences that people labelled later have no language; or a
#           folder of Markdown documents, where every fourth document's fences have none
#   WORK    where to work (default: target/bench/fence-nights); made anew
#   FENCES  the folder that the program's weights were learnt from: they are learnt anew without SOURCE
#   RANK=1  also prints what the ranking alone would say, at several least probabilities
#   LEAST   the least probability of the agent's file, in place of the one that ships
#
# Prints a line of JSON: fences, those that were given a language, those that were right, the same with each commit counted
# once (with each document, where SOURCE is a folder), tasks, and milliseconds a task.
set -euo pipefail
source=$(readlink -f "$1")
fences=${FENCES:+$(readlink -f "$FENCES")}
cd "$(dirname "$0")/../.."
work=$(readlink -m "${2:-target/bench/fence-nights}")
program=$PWD/target/pantheon-night
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
documents() { "$java" -cp "$program/lib/*" src/bench/FenceDocuments.java "$@"; }

rm -rf "$work"
mkdir -p "$work/workspace" "$work/agents"
if [ -n "$fences" ]; then
    cp -r "$program" "$work/program"
    mkdir "$work/fence"
    "$java" -cp "$program/lib/*" src/bench/FenceBench.java "$fences" "$work/fence/languages.bin" "$(basename "$source")"
    (cd "$work" && "${java%java}jar" --update --file "$(ls program/lib/pantheon-night-*.jar)" fence/languages.bin)
    program=$work/program
fi
documents hidden "$source" "$work/workspace" "$work/truth.jsonl"
if [ -n "${RANK:-}" ]; then
    "$java" -cp "$work:$program/lib/*" src/bench/FenceDocuments.java rank "$work/truth.jsonl" "$work/workspace"
fi
git -C "$work/workspace" init -q -b main
git -C "$work/workspace" add -A
git -C "$work/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
sed -E "s/(least: \{value: )([0-9.]+)/\1${LEAST:-\2}/" "$program/config/more-agents/docops.fences.yaml" \
    >"$work/agents/docops.fences.yaml"
cat >"$work/pantheon-night.yaml" <<YAML
agents: $work/agents
models:
  docops-fences:
    path: $program/models/docops-fences
YAML
night() { "$program/bin/pantheon-night" "$@" --config "$work/pantheon-night.yaml"; }
mkdir "$work/queue"
jq -r .path "$work/truth.jsonl" | sort -u | jq -Rc '{id: "f\(input_line_number)", agent: "docops.fences", input: {path: .}}' \
    >"$work/queue/fences.jsonl"
night --json >"$work/result.json" 2>"$work/said" || { cat "$work/said" >&2; exit 70; }
git -C "$work/workspace" worktree add -q "$work/night" "$(jq -r .branch "$work/result.json")"
documents score "$work/truth.jsonl" "$work/night" |
    jq -c --slurpfile night "$work/result.json" --arg name "$(basename "$source" .jsonl)" '{name: $name} + .
        + {tasks: $night[0].tasks, accepted: $night[0].accepted, finished: $night[0].finished,
           ms_a_task: ($night[0].elapsed_ms / $night[0].tasks | round)}'
