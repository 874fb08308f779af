#!/usr/bin/env bash
# How long 100,000 queue lines take to validate, and in how much memory.
#
# Usage: src/bench/queue.sh [LINES]
set -euo pipefail
cd "$(dirname "$0")/../.."
lines=${1:-100000}
work=target/bench/queue
program=$PWD/target/pantheon-night

mkdir -p "$work"
seq "$lines" | sed 's|.*|{"id": "task-&", "agent": "docops.front-matter", "input": {"path": "docs/page-&.md"}, "labels": ["docs"]}|' \
    >"$work/queue.jsonl"
cat >"$work/pantheon-night.yaml" <<YAML
agents: $program/sample/agents
models:
  docops-front-matter:
    path: $program/models/docops-front-matter
  docops-fences:
    path: $program/models/docops-fences
YAML
started=$(date +%s%N)
"$program/bin/pantheon-night" validate --config "$work/pantheon-night.yaml" "$work/queue.jsonl"
echo "$((($(date +%s%N) - started) / 1000000)) ms, the program's start included"
