#!/usr/bin/env bash
# The fuzzing drill: looks for inputs that break a reader, from the kept ones on. What it finds is written beside them.
#
# Usage: src/test/fuzz.sh [EXECUTIONS [TEST...]]
set -euo pipefail
cd "$(dirname "$0")/../.."
executions=${1:-1000000}
shift $(($# > 0 ? 1 : 0))
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(ReplyParserFuzzTest QueueReaderFuzzTest JournalReaderFuzzTest FrontMatterFuzzTest YamlFileFuzzTest)
for test in "${tests[@]}"; do
    echo "== $test"
    JAZZER_FUZZ=1 JAZZER_MAX_EXECUTIONS=$executions \
        mvn -B -ntp -q test -Djazzer.hooks=true "-Dtest=$test" -Dsurefire.failIfNoSpecifiedTests=false
done
