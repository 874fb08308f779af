#!/usr/bin/env bash
# What a short command costs, beside another build of the program: processor time, user and system, of the launcher and of all
# that it starts, in turn. The program here gets its cache of classes first, as the package does where it is installed.
#
# Usage: src/bench/startup.sh OTHER [RUNS] [WORD...]     OTHER: the folder target/pantheon-night of another checkout, or an
#                                                       unpacked package's usr/lib/pantheon-night; 20 runs of --help
set -euo pipefail
cd "$(dirname "$0")/../.."

other=$(readlink -f "${1:?the folder of another program is missing}")
runs=${2:-20}
shift $(($# < 2 ? $# : 2))
words=("${@:---help}")
here=${PROGRAM:-target/pantheon-night}
"$here/bin/pantheon-night-cache"

# once PROGRAM: the milliseconds of one run.
once() {
    local TIMEFORMAT='%3U %3S' times
    times=$({ time "$1/bin/pantheon-night" "${words[@]}" </dev/null >/dev/null 2>&1; } 2>&1) || true
    echo "$times" | awk '{print int(($1 + $2) * 1000 + 0.5)}'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ((i = 0; i <= runs; i++)); do
    # The first run of each reads its files from the disk, and does not count.
    [ "$i" = 0 ] && to=/dev/null || to=
    once "$here" >>"${to:-$work/here}"
    once "$other" >>"${to:-$work/other}"
done
for name in other here; do
    sort -n "$work/$name" | awk -v name="$name" '{ms[NR] = $1}
        END {printf "%-6s min %4d  median %4d  max %4d ms\n", name, ms[1], ms[int((NR + 1) / 2)], ms[NR]}'
done
paste <(sort -n "$work/here") <(sort -n "$work/other") | awk '{here[NR] = $1; other[NR] = $2}
    END {middle = int((NR + 1) / 2); printf "here of other: %.2f by the medians\n", here[middle] / other[middle]}'
