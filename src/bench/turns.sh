#!/usr/bin/env bash
# Turns of a real model in each call format, with masks: how many are no call on its schema. None is to be expected.
#
# Usage: src/bench/turns.sh MODEL [TURNS [FIRST [FORMAT...]]]
#   MODEL  a folder that the embedded engine loads; formats whose end of turn its tokenizer does not have are named
#   TURNS  of each format (default: 10000), FIRST the number of the first (default: 0): what was done in parts adds up
#   FORMAT of calls (default: each)
set -euo pipefail
model=$(readlink -f "$1")
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
exec "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -Dai.djl.onnx.disable_alternative=true -Donnxruntime.native.path="$program/natives/onnxruntime" \
    -DENGINE_CACHE_DIR="$program/natives" -cp "$program/lib/*" src/bench/Turns.java "$model" "${2:-10000}" "${3:-0}" "${@:4}"
