#!/usr/bin/env bash
# Our conversations against the chat templates of real models, byte for byte: as llama.cpp carries them in
# llama-cpp-python's source (77 MB are fetched), and TRL in its wheel. Needs a Python with venv.
#
# Usage: src/bench/templates.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=$PWD/target/bench/templates
classpath=$bench/classpath
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
mkdir -p "$bench"
if [ ! -d "$bench/trl" ]; then
    python3 -m venv "$bench/venv"
    "$bench/venv/bin/pip" install -q jinja2==3.1.6
    "$bench/venv/bin/pip" download -q --no-deps --no-binary llama-cpp-python -d "$bench" llama-cpp-python==0.3.36
    tar xzf "$bench"/llama_cpp_python-0.3.36.tar.gz -C "$bench" --strip-components=4 --wildcards '*/models/templates/*'
    "$bench/venv/bin/pip" download -q --no-deps -d "$bench" trl==1.16.0
    (cd "$bench" && python3 -m zipfile -e trl-1.16.0-py3-none-any.whl .)
fi
mvn -B -ntp -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$classpath"
"$java" -cp "target/test-classes:target/classes:$(cat "$classpath")" pantheon.night.prompt.Conversations \
    | "$bench/venv/bin/python" src/bench/templates.py "$bench/templates" "$bench/trl/chat_templates"
