#!/usr/bin/env bash
# How many nights are simulated in a second, with all their checks, and what processor time one takes.
#
# Usage: src/bench/simulation.sh [NIGHTS [FIRST_SEED]]
set -euo pipefail
cd "$(dirname "$0")/../.."
classpath=target/bench/simulation.classpath
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
mkdir -p target/bench
mvn -B -ntp -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$classpath"
uptime
time LC_ALL=C.UTF-8 "$java" -XX:+UseParallelGC --enable-native-access=ALL-UNNAMED \
    -cp "target/test-classes:target/classes:$(cat "$classpath")" pantheon.night.simulation.Drill "${@:-5000}"
