#!/usr/bin/env bash
# Grammars as other engines hold them: a collection of schemas, written in each engine's language and judged by its own
# matcher, against our own verdicts.
#
# Usage: src/bench/export.sh CASES PYTHON [EVERY]
#   CASES   JSON Lines in gzip; each line has id, schema, valid, invalid
#   PYTHON  a Python with xllamacpp 2026.10.11549, llguidance 1.9.1 and xgrammar 0.2.8 (of its dependencies
#           apache-tvm-ffi, numpy, pydantic, typing-extensions suffice)
#   EVERY   takes one of so many schemas, 1 where nothing is said
set -euo pipefail
cases=$(readlink -f "$1")
python=$2
every=${3:-1}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
classpath=${CLASSPATH:-$program/lib/*}
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
written=$(mktemp)
trap 'rm -f "$written"' EXIT
"$java" -XX:+UseSerialGC -Xmx2g -cp "$classpath" src/bench/ExportBench.java "$cases" "$written" "$every"
exec "$python" src/bench/export_verdicts.py "$written"
