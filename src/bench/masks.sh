#!/usr/bin/env bash
# Constrained decoding over a collection of JSON Schemas: which pass, and the times of compiling and masking.
#
# Usage: src/bench/masks.sh CASES TOKENIZER [explain]
#   CASES      JSON Lines in gzip; each line has id, schema, valid, invalid
#   TOKENIZER  a tokenizer.json of byte-level BPE
set -euo pipefail
cases=$(readlink -f "$1")
tokenizer=$(readlink -f "$2")
shift 2
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
exec "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx2g \
    -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives" \
    -cp "$program/lib/*" src/bench/MaskBench.java "$cases" "$tokenizer" "$@"
