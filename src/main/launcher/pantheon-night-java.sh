# What pantheon-night and pantheon-night-cache have in common: where a JDK 25 or later is, and the flags that the program
# needs. It is read by them, with home set to the program's folder.

# File names are bytes in UTF-8, and names are sorted alike, whatever the caller's locale is.
export LC_ALL=C.UTF-8
export ORT_DISABLE_TELEMETRY=1

# is_new_enough FOLDER: asks its file "release", in which a line is JAVA_VERSION="25.0.3".
is_new_enough() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    version=0
    while IFS='="' read -r key _ value _; do
        [ "$key" != JAVA_VERSION ] || version=${value%%[!0-9]*}
    done <"$1/release"
    [ "${version:-0}" -ge 25 ]
}

# find_java: sets java_home to the first that is new enough, or to nothing.
find_java() {
    java_home=${PANTHEON_NIGHT_JAVA_HOME:-$home/jre}
    ! is_new_enough "$java_home" || return 0
    [ -z "${PANTHEON_NIGHT_JAVA_HOME:-}" ] || java_home=
    [ "$java_home" ] || return 0
    on_path=$(readlink -f "$(command -v java || echo /none)")
    for java_home in "${JAVA_HOME:-/none}" "${on_path%/bin/java}" /usr/lib/jvm/*; do
        ! is_new_enough "$java_home" || return 0
    done
    java_home=
}

find_java
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
