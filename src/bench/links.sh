#!/usr/bin/env bash
# How often the page of a broken link is found without a model, how often a wrong one, and how often one is named where
# people took the link away; and the same on whole states of repositories, where links have to be found first.
#
# Usage: [HELD_OUT=1] src/bench/links.sh LINKS [TREES]
#   LINKS  a folder of NAME.jsonl (file, broken, link, text, target, source, git, candidates) and NAME.pages.jsonl
#   HELD_OUT=1 also measures each repository with rules that go by what the others showed, and in two halves
#   TREES  a folder of folders with docs, files.txt, truth.jsonl, renames.jsonl and about.json; VERBOSE=1 shows what is wrong
set -euo pipefail
links=$(readlink -f "$1")
trees=${2:+$(readlink -f "$2")}
cd "$(dirname "$0")/../.."
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
"$java" -cp "target/pantheon-night/lib/*" src/bench/LinkBench.java "$links"
if [ -n "${HELD_OUT:-}" ]; then
    "$java" -cp "target/pantheon-night/lib/*" src/bench/LinkBench.java "$links" held-out
fi
if [ -n "$trees" ]; then
    "$java" -cp "target/pantheon-night/lib/*" src/bench/LinkTreesBench.java "$trees"
fi
