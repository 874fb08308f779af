# What pantheon-night and pantheon-night-cache have in common: where a JDK 25 or later is, and the flags that the program
# needs. It is read by them, with home set to the program's folder.

# File names are bytes in UTF-8, and names are sorted alike, whatever the caller's locale is.
export LC_ALL=C.UTF-8
export ORT_DISABLE_TELEMETRY=1

is_new_enough() {
    [ -x "$1/bin/java" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    [ "${version:-0}" -ge 25 ]
}

find_java() {
    if [ -n "${PANTHEON_NIGHT_JAVA_HOME:-}" ]; then
        if is_new_enough "$PANTHEON_NIGHT_JAVA_HOME"; then
            echo "$PANTHEON_NIGHT_JAVA_HOME"
        fi
        return
    fi
    if is_new_enough "$home/jre"; then
        echo "$home/jre"
        return
    fi
    on_path=$(readlink -f "$(command -v java || echo /none)")
    for candidate in "${JAVA_HOME:-/none}" "${on_path%/bin/java}" /usr/lib/jvm/*; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

java_home=$(find_java)
if [ -z "$java_home" ]; then
    echo "pantheon-night needs a JDK 25 or later; looked at PANTHEON_NIGHT_JAVA_HOME, JAVA_HOME, PATH and /usr/lib/jvm." >&2
    echo "Install one, or set PANTHEON_NIGHT_JAVA_HOME to its folder." >&2
    exit 69
fi

jars=$(printf '%s:' "$home"/lib/*.jar)
cache=$home/cache/classes.aot

# What the cache of classes is made of. The JVM runs what is in its cache also where a jar has changed. Check sums are
# enough, and the fastest: who could forge them may write the cache itself.
cached_from() {
    cksum "$java_home/release" "$home"/lib/*.jar
}

# run FLAG... CLASS WORD...: this shell becomes the program. Natives are loaded from where they are installed.
run() {
    exec "$java_home/bin/java" \
        --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow \
        -XX:+UseSerialGC \
        -XX:-UsePerfData \
        -DOPT_OUT_TRACKING=true \
        -Dai.djl.offline=true \
        -Dai.djl.onnx.disable_alternative=true \
        -Donnxruntime.native.path="$home/natives/onnxruntime" \
        -DENGINE_CACHE_DIR="$home/natives" \
        -Dpantheon.night.home="$home" \
        -cp "${jars%:}" \
        "$@"
}
