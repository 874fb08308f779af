#!/usr/bin/env bash
# Tries the package that mvn -Ppackage package made, as root on Debian: lintian, its size, and on a machine of its own,
# without any other Java, that it installs, proves its gate, runs a night, keeps configuration when it is installed again,
# and leaves nothing when it is purged. Not part of mvn verify, as making the package alone takes a minute.
#
#   src/test/package.sh [OTHER.deb]     with the package of a second build, that both are the same bytes
set -euo pipefail
cd "$(dirname "$0")/../.."

deb=$(echo target/package/pantheon-night_*.deb)
command -v lintian >/dev/null || { echo "package.sh: there is no lintian here; install it." >&2; exit 69; }
fail() {
    echo "package.sh: $1" >&2
    exit 1
}

[ $# = 0 ] || cmp "$deb" "$1" || fail "two builds are not the same bytes"
lintian --fail-on error "$deb" || fail "lintian found errors"
[ "$(stat -c %s "$deb")" -lt 150000000 ] || fail "the package has 150 MB or more"

work=$(mktemp -d)
mkfifo "$work/life"
src/test/boot/machine "$PWD" /usr/lib/jvm <"$work/life" >"$work/booted" &
exec 9>"$work/life"
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT
for _ in $(seq 200); do
    [ ! -s "$work/booted" ] || break
    sleep 0.3
done
read -r _ pid <"$work/booted" || fail "the machine did not boot"

inside() {
    nsenter --target "$pid" --mount --pid --uts --ipc --net --cgroup --root --wd \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive bash -euc "$1" || fail "this failed: $1"
}
belongings='find /etc /usr /var /run /opt /home -name "*pantheon-night*"'

# Nothing of the machine outside may help, and only what is new counts at the end.
inside "rm -rf /usr/lib/jvm; $belongings" | sort >"$work/before"
inside "dpkg --install /mnt/$deb"
inside 'pantheon-night --version; [ -s /usr/lib/pantheon-night/cache/classes.aot ]; id pantheon-night'
inside 'systemctl start pantheon-night-gate.service'
inside 'HOME=$(mktemp -d) pantheon-night demo /tmp/demo | tail -n 6'
inside 'echo "# ours" >>/etc/pantheon-night/pantheon-night.yaml'
inside "dpkg --install /mnt/$deb; [ \"\$(tail -n 1 /etc/pantheon-night/pantheon-night.yaml)\" = '# ours' ]"
inside 'dpkg --remove pantheon-night; grep -q ours /etc/pantheon-night/pantheon-night.yaml'
inside 'dpkg --purge pantheon-night'
inside "$belongings" | sort >"$work/after"
diff "$work/before" "$work/after" || fail "purging left something"
inside '! getent passwd pantheon-night; ! getent group pantheon-night; ! nft list table inet pantheon_night 2>/dev/null'
echo "package.sh: $deb is as it should be"
