#!/usr/bin/env bash
# How long a dry run of 1,000,000 queued tasks takes with a heap of 512 MB; with a folder of nights, such as that of
# src/bench/sizing.sh, by their rates and with the lengths of the files in their workspace.
#
# Usage: src/bench/dry-run.sh [TASKS [NIGHTS]]
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-1000000}
nights=${2:+$(realpath "$2")}
work=target/bench/dry-run
program=$PWD/target/pantheon-night

mkdir -p "$work"
{ [ -z "$nights" ] || sed -n 's/.*"path": "\([^"]*\)".*/\1/p' "$nights"/queue/*.jsonl; } | awk -v tasks="$tasks" '
    { path[NR] = $0 }
    END {
        for (i = 1; i <= tasks; i++) {
            file = NR == 0 ? "docs/page-" i ".md" : path[i % NR + 1]
            printf "{\"id\": \"task-%d\", \"agent\": \"docops.front-matter\", ", i
            printf "\"input\": {\"path\": \"%s\"}, \"labels\": [\"docs\"]}\n", file
        }
    }' >"$work/queue.jsonl"
cat >"$work/pantheon-night.yaml" <<YAML
agents: $program/sample/agents
queue: queue.jsonl
models:
  docops-front-matter:
    path: $program/models/docops-front-matter
  docops-fences:
    path: $program/models/docops-fences
YAML
if [ -n "$nights" ]; then
    printf '%s\n' "workspace: $nights/workspace" "state: $nights/state" "log: $nights/log" >>"$work/pantheon-night.yaml"
fi
export JAVA_TOOL_OPTIONS="-Xmx512m ${JAVA_TOOL_OPTIONS:-}"
/usr/bin/time -f '%e s, %U + %S CPU seconds, %M KiB resident at most' \
    "$program/bin/pantheon-night" --dry-run --config "$work/pantheon-night.yaml" --until 6h
