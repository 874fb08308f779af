#!/usr/bin/env bash
# What the decode loop itself takes of a step of eight rows: picking tokens under masks, forced bytes, and the rest of it.
#
# Usage: src/bench/step.sh TOKENIZER
#   TOKENIZER  a tokenizer.json, for example one of Qwen 2.5 with its 151,665 tokens
set -euo pipefail
tokenizer=$(readlink -f "$1")
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
exec "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -DENGINE_CACHE_DIR="$program/natives" -cp "$program/lib/*" src/bench/StepCost.java "$tokenizer"
