#!/usr/bin/env bash
# Short turns of a server's model, held to our grammars: how many are no call on their schema. None is to be expected.
#
# Usage: src/bench/server-turns.sh SOCKET TOKENIZER [TURNS [VERDICTS]]
#   SOCKET     where llama.cpp's server or vLLM listens
#   TOKENIZER  a folder with the tokenizer.json of its model
#   TURNS      how many (default: 10000), as many at once as the server serves
#   VERDICTS   a file with a line for each turn, by its number (default: target/bench/server-turns.txt): what it has is not
#              done again, so a run that was ended goes on; remove it to begin anew. Ends with 0 once all are there, none off
# Build first with `mvn -q package -DskipTests`.
set -euo pipefail
socket=$(readlink -f "$1")
tokenizer=$(readlink -f "$2")
verdicts=$(readlink -m "${4:-$(dirname "$0")/../../target/bench/server-turns.txt}")
cd "$(dirname "$0")/../.."
mkdir -p "$(dirname "$verdicts")"
program=$PWD/target/pantheon-night
exec "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -Dai.djl.onnx.disable_alternative=true -Donnxruntime.native.path="$program/natives/onnxruntime" \
    -DENGINE_CACHE_DIR="$program/natives" -cp "$program/lib/*" src/bench/ServerTurns.java "$socket" "$tokenizer" "${3:-10000}" "$verdicts"
