#!/usr/bin/env bash
# How well the languages of code fences are guessed that people labelled later: right of all, and of those that are sure.
#
# Usage: src/bench/fences.sh FENCES [MODEL]
#   FENCES  a folder of OWNER+NAME.jsonl, a fence a line: kind ("labelled", or "labelled later"), commit, file, language,
#           group (its languages taken together) and code
#   MODEL   also learns the model that ships from all labelled fences, and writes it there
#           (src/main/resources/fence/languages.bin)
set -euo pipefail
fences=$(readlink -f "$1")
model=${2:+$(readlink -m "$2")}
cd "$(dirname "$0")/../.."
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
"$java" -cp "target/pantheon-night/lib/*" src/bench/FenceBench.java "$fences" $model
