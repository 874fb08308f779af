#!/usr/bin/env bash
# com.microsoft.onnxruntime:onnxruntime 1.28.0 and 1.29.0, the library for Linux on x86-64
#
# Expected: a library that computes, with no client of anything in it.
# Seen (2026-11-29): 1.28.0 has none. 1.29.0 has curl in it, the address of a collector of events, and the name of a
# folder that versions before it do not know.
#
#     1.28.0: libcurl no, mobile.events.data.microsoft.com no, Microsoft/DeveloperTools no
#     1.29.0: libcurl yes, mobile.events.data.microsoft.com yes, Microsoft/DeveloperTools yes
#
# For us: this program stays at 1.28 and sets ORT_DISABLE_TELEMETRY=1 all the same; NativeHostNamesTest searches every
# native library that ships. Nothing is loaded or run here.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for version in 1.28.0 1.29.0; do
    mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
        -Dartifact=com.microsoft.onnxruntime:onnxruntime:$version -DoutputDirectory=lib > /dev/null
    python3 -m zipfile -e lib/onnxruntime-$version.jar $version
    library=$version/ai/onnxruntime/native/linux-x64/libonnxruntime.so
    has() { grep -qaF "$1" "$library" && echo yes || echo no; }
    printf '%s: libcurl %s, %s %s, %s %s\n' $version "$(has libcurl)" \
        mobile.events.data.microsoft.com "$(has mobile.events.data.microsoft.com)" \
        Microsoft/DeveloperTools "$(has Microsoft/DeveloperTools)"
done | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
1.28.0: libcurl no, mobile.events.data.microsoft.com no, Microsoft/DeveloperTools no
1.29.0: libcurl yes, mobile.events.data.microsoft.com yes, Microsoft/DeveloperTools yes
SEEN
