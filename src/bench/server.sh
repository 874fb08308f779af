#!/usr/bin/env bash
# The client of servers by itself, before a server in the same process that answers at once: the processor time that a
# request takes, and whether the heap stays as it is.
#
# Usage: src/bench/server.sh [REQUESTS] [AT_ONCE]   100,000 and 64 where nothing is said
set -euo pipefail
requests=${1:-100000}
at_once=${2:-64}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
classpath=${CLASSPATH:-$program/lib/*}
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
exec "$java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -cp "$classpath" src/bench/ServerBench.java "$requests" "$at_once"
