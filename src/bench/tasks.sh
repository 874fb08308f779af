#!/usr/bin/env bash
# Short tasks of one agent an hour, with masks on: 600 tokens that all begin with, four calls of 40 to 50 tokens, results of
# 100. Decoded exactly and fast, 1, 4 and 8 beside one another, and one by one with full prefill; beside llama.cpp's server
# on the same file, with its prompt cache and the calls' schema. Two threads each.
#
# Usage: [LLAMA_SERVER=PROGRAM] src/bench/tasks.sh FILE.gguf MODEL [TASKS]
#   MODEL         the folder that `pantheon-night model import` made of the file
#   TASKS         of each run (default: 24)
#   LLAMA_SERVER  llama.cpp's server; left out, only this program is measured. llama-bench beside it, if any, tells prefill
#                 and decode of one sequence
set -euo pipefail
file=$(readlink -f "$1")
model=$(readlink -f "$2")
tasks=${3:-24}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
run() {
    "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true \
        -DOPT_OUT_TRACKING=true -Dai.djl.onnx.disable_alternative=true \
        -Donnxruntime.native.path="$program/natives/onnxruntime" -DENGINE_CACHE_DIR="$program/natives" \
        -cp "$program/lib/*" src/bench/Tasks.java "$model" "$tasks" "$@"
}
run
if [ "${LLAMA_SERVER:-}" ]; then
    run "$made/texts.json"
    python3 src/bench/tasks_server.py "$LLAMA_SERVER" "$file" "$made/texts.json" "$tasks" 1 4 8
    bench=$(dirname "$LLAMA_SERVER")/llama-bench
    [ ! -x "$bench" ] || "$bench" -m "$file" -t 2 -p 600 -n 64 -r 5
fi
