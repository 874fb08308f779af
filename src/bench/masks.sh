#!/usr/bin/env bash
# Constrained decoding over a collection of JSON Schemas: which pass, and the times of compiling and masking, by the
# clock and as processor time, with the schemas behind the longest ones.
#
# Usage: [LLGUIDANCE=PYTHON] src/bench/masks.sh CASES TOKENIZER [explain]
#   CASES       JSON Lines, also in gzip; each line has id, schema, valid, invalid. src/bench/mask-kinds.jsonl has the
#               kinds of schemas that are the hardest to mask
#   TOKENIZER   a tokenizer.json of byte-level BPE, or a folder with one, as src/bench/tokenizers.sh writes it
#   LLGUIDANCE  a Python with llguidance, numpy and tokenizers: the same cases by it at the same time, on the other core
set -euo pipefail
cases=$(readlink -f "$1")
tokenizer=$(readlink -f "$2")
[ ! -d "$tokenizer" ] || tokenizer=$tokenizer/tokenizer.json
shift 2
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
ours=("$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx2g
    -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives"
    -cp "$program/lib/*" src/bench/MaskBench.java "$cases" "$tokenizer" "$@")
if [ -z "${LLGUIDANCE:-}" ]; then
    exec "${ours[@]}"
fi
theirs=$(mktemp)
trap 'rm -f "$theirs"' EXIT
taskset -c 0 "$LLGUIDANCE" src/bench/llguidance-masks.py "$cases" "$tokenizer" > "$theirs" &
taskset -c 1 "${ours[@]}"
wait
echo "--- llguidance, on the other core"
cat "$theirs"
