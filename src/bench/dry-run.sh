#!/usr/bin/env bash
# How long a dry run of 1,000,000 queued tasks takes with a heap of 512 MB.
#
# Usage: src/bench/dry-run.sh [TASKS]
set -euo pipefail
cd "$(dirname "$0")/../.."
tasks=${1:-1000000}
work=target/bench/dry-run
program=$PWD/target/pantheon-night

mkdir -p "$work"
seq "$tasks" | sed 's|.*|{"id": "task-&", "agent": "docops.front-matter", "input": {"path": "docs/page-&.md"}, "labels": ["docs"]}|' \
    >"$work/queue.jsonl"
cat >"$work/pantheon-night.yaml" <<YAML
agents: $program/config/agents
queue: queue.jsonl
models:
  docops-front-matter:
    path: $program/models/docops-front-matter
YAML
export JAVA_TOOL_OPTIONS="-Xmx512m ${JAVA_TOOL_OPTIONS:-}"
/usr/bin/time -f '%e s, %U + %S CPU seconds, %M KiB resident at most' \
    "$program/bin/pantheon-night" --dry-run --config "$work/pantheon-night.yaml" --until 6h
