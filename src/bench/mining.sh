#!/usr/bin/env bash
# How many traces of past nights become training data in a second, in how much memory; three times.
#
# Usage: src/bench/mining.sh [TRACES]
set -euo pipefail
traces=${1:-100000}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
work=$PWD/target/bench/mining
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
rm -rf "$work"
mkdir -p "$work"
"$java" --enable-native-access=ALL-UNNAMED -cp "$program/lib/*" src/bench/PastNights.java "$work" "$traces"
for run in 1 2 3; do
    rm -rf "$work/data"
    "$java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC "-Xmx${HEAP:-256m}" \
        -cp "$program/lib/*" src/bench/MiningBench.java "$work"
done
