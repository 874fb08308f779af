#!/usr/bin/env bash
# A command tool's overhead: /bin/true from start to end, confined, and as the JDK starts it.
#
# Usage: src/bench/command.sh [COUNT]
set -euo pipefail
cd "$(dirname "$0")/../.."
exec "${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC \
    -cp "target/pantheon-night/lib/*" src/bench/CommandBench.java "${1:-200}"
