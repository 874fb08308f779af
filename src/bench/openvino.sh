#!/usr/bin/env bash
# OpenVINO in this process beside OpenVINO's own pipelines, on the same graph with the same precision: 200 tokens compared
# one by one, eight rows against each alone, what is resident with eight rows of 1,000 tokens, and short tasks an hour (those
# of tasks.sh). Two threads each.
#
# Usage: src/bench/openvino.sh LIBRARIES MODEL PYTHON FOLDER [PRECISION] [TASKS] [STEPS]
#   LIBRARIES  the folder of OpenVINO's libraries
#   MODEL      a model folder as `pantheon-night model import` makes it of one of OpenVINO's
#   PYTHON     a Python with openvino 2026.4.1, openvino-genai and openvino-tokenizers 2026.4.1.0
#   FOLDER     the same graph with openvino_tokenizer.xml and openvino_detokenizer.xml beside it
#   PRECISION  f32 (the default), bf16 or int8
#   OPTIMUM    a variable: a Python with optimum-intel 2.2.0, whose tokens are compared too
#   TASKS      of each run (default: 24); STEPS of each of the eight rows (default: 10000 / 8)
set -euo pipefail
libraries=$(readlink -f "$1")
model=$(readlink -f "$2")
python=$3
folder=$(readlink -f "$4")
precision=${5:-f32}
tasks=${6:-24}
steps=${7:-1250}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
jdk=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}
classpath=${CLASSPATH:-$program/lib/*}
# Compiled before, for a compiler's memory would count; with the program's own flags.
"$jdk/bin/javac" -proc:none -d "$made/classes" -cp "$classpath" src/bench/OpenVinoTokens.java src/bench/Tasks.java
flags=$(sed -n '/exec "$java_home/,/-cp/s/^ *\(-X[^ ]*\) .*/\1/p' src/main/launcher/pantheon-night-java.sh)
run() {
    "$jdk/bin/java" $flags --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true \
        -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives" -cp "$made/classes:$classpath" "$@"
}
# Importing it in Python looks a host up and writes into the home folder, unless it was told not to.
"$(dirname "$python")/opt_in_out" --opt_out >/dev/null

run OpenVinoTokens "$libraries" "$model" "$precision" ids "$made/ids"
run OpenVinoTokens "$libraries" "$model" "$precision" tokens 200 | grep '^here' >"$made/here"
"$python" src/bench/openvino_pipelines.py "$folder" "$precision" tokens "$made/ids" 200 | grep '^there' >"$made/there"
tr ' ' '\n' <"$made/here" | tail -n +2 >"$made/ours"
tr ' ' '\n' <"$made/there" | tail -n +2 >"$made/theirs"
echo "tokens: $(paste "$made/ours" "$made/theirs" | awk '$1 != $2 {exit} {n++} END {print n + 0}') of $(wc -l <"$made/theirs") the same"

if [ "${OPTIMUM:-}" ]; then
    "$OPTIMUM" src/bench/optimum_tokens.py "$folder" "$precision" "$made/ids" 200 | tr ' ' '\n' >"$made/theirs"
    echo "optimum-intel's tokens: $(paste "$made/ours" "$made/theirs" | awk '$1 != $2 {exit} {n++} END {print n + 0}') of $(wc -l <"$made/theirs") the same"
fi

run OpenVinoTokens "$libraries" "$model" "$precision" rows "$steps"
run OpenVinoTokens "$libraries" "$model" "$precision" rows 100
run OpenVinoTokens "$libraries" "$model" "$precision" memory 1000
run Tasks "$model" "$tasks" "$libraries" "$precision"
run Tasks "$model" "$tasks" "$made/texts.json"
"$python" src/bench/openvino_pipelines.py "$folder" "$precision" tasks "$made/texts.json" "$tasks"
