#!/usr/bin/env bash
# The share of real documents that docops.front-matter gets accepted, with its Wilson interval, and by kind of ending.
#
# Usage: [AGENT=FILE] src/bench/corpus.sh DOCUMENTS [WORK [CONSTRAINED]]
#   DOCUMENTS    a folder of Markdown documents; it is copied, never touched
#   WORK         where to work (default: target/bench/corpus); made anew
#   CONSTRAINED  true or false: whether turns are held to the schemas while they are generated (default: true)
#   AGENT        the agent's file (default: the sample's, which normalises four keys; the installed one fills in what is missing)
set -euo pipefail
documents=$(readlink -f "$1")
cd "$(dirname "$0")/../.."
work=$(readlink -m "${2:-target/bench/corpus}")
constrained=${3:-true}
program=$PWD/target/pantheon-night

rm -rf "$work"
mkdir -p "$work/workspace" "$work/agents"
cp -r "$documents/." "$work/workspace"
chmod -R u+w "$work"
git -C "$work/workspace" init -q -b main
git -C "$work/workspace" add -A
git -C "$work/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The corpus"
{
    cat "${AGENT:-$program/sample/agents/docops.front-matter.yaml}"
    echo "constrained: $constrained"
    echo "alike: 0" # all tasks are wanted, also where they end alike
} >"$work/agents/docops.front-matter.yaml"
cat >"$work/pantheon-night.yaml" <<YAML
agents: $work/agents
models:
  docops-front-matter:
    path: $program/models/docops-front-matter
YAML
night() { "$program/bin/pantheon-night" "$@" --config "$work/pantheon-night.yaml"; }
night enqueue -q --agent docops.front-matter '**.md' '**.markdown'
night --json >"$work/result.json"

jq -r '
  def wilson(k; n): 1.959963985 as $z | (k / n) as $p | ($z * $z / n) as $a
    | (($p + $a / 2) / (1 + $a)) as $mid
    | ($z / (1 + $a) * ((($p * (1 - $p) / n) + ($a / (4 * n))) | sqrt)) as $half
    | [$mid - $half, $mid + $half];
  wilson(.accepted; .tasks) as $w
  | "\(.accepted) of \(.tasks) accepted: \(.accepted / .tasks * 1000 | round / 10) %, Wilson 95 % \($w[0] * 1000 | round / 10) to \($w[1] * 1000 | round / 10) %",
    "\(.elapsed_ms / .tasks | round) ms a task"' "$work/result.json"
jq -rs '[.[] | select(.type == "night.pantheon.generation.received.v1") | .data] as $turns
  | "\($turns | length) turns, \($turns | map(."gen_ai.usage.output_tokens") | add) tokens, \($turns | map(."night.forced_tokens") | add) of them without asking the model",
    "\([.[] | select(.type == "night.pantheon.call.rejected.v1")] | length) turns off the schemas"' "$work"/log/*.jsonl
jq -r 'select(.type == "night.pantheon.task.finished.v1") | .data
  | ."night.finish_reason" + (if ."night.finish_reason" == "accepted" then "" else ": " + (."night.message" // "" | split(":")[0]) end)' \
    "$work"/log/*.jsonl | sort | uniq -c | sort -rn

# No wrong commit: what a commit changed, seen by git alone.
branch=$(jq -r '.branch // "main"' "$work/result.json")
wrong=0
for commit in $(git -C "$work/workspace" rev-list "main..$branch"); do
    files=$(git -C "$work/workspace" show --format= --name-only "$commit" | wc -l)
    keys=$(git -C "$work/workspace" show --format= -U0 "$commit" | grep -E '^[+-][^+-]' |
        grep -vcE '^[+-](title|slug|status|priority|created_at):( |$)|^[+]---' || true)
    if [ "$files" -ne 1 ] || [ "$keys" -ne 0 ]; then
        echo "look at $commit: $files files, $keys lines of other keys"
        wrong=$((wrong + 1))
    fi
done
echo "$wrong commits that changed more than one file or any other line"
