#!/usr/bin/env bash
# Tries the package that mvn -Ppackage package made, as root on Debian: lintian, its size, and on a machine of its own,
# without any other Java, that docs/quickstart.md can be followed with it from the first line on, that installing it again
# keeps configuration, that a night that runs then or would begin then goes on with the new program, and that purging leaves
# nothing. Not part of mvn verify, as making the package alone takes a minute.
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

# Nothing of the machine outside may help, nor keep packages from starting and stopping units, as images of containers do;
# and only what is new counts at the end.
inside "rm -rf /usr/lib/jvm /usr/sbin/policy-rc.d; $belongings" | sort >"$work/before"
inside "useradd --create-home --shell /bin/bash ann; cp /mnt/$deb /home/ann/"
inside '/mnt/src/test/boot/follow /mnt/docs/quickstart.md ann /home/ann'
inside '[ "$(git -C /home/ann/docs -c safe.directory="*" rev-list --count main)" = 3 ]'
inside 'pantheon-night --version; [ -s /usr/lib/pantheon-night/cache/classes.aot ]; systemctl is-active pantheon-night.timer'
inside 'rm /home/ann/*.deb; [ -s /usr/share/man/man1/pantheon-night-setup.1.gz ]; [ -s /usr/share/bash-completion/completions/pantheon-night ]'
inside 'HOME=$(mktemp -d) pantheon-night demo /tmp/demo | tail -n 6'

# An upgrade in the middle of a night: it is carried over and goes on by itself, and each task is done once.
inside 'echo "# ours" >>/etc/pantheon-night/pantheon-night.yaml'
inside 'cd /home/ann/docs; for i in $(seq 400); do cp guide/upgrade.md guide/page-$i.md; sed -i /^title/d guide/page-$i.md; done
    chown -R ann: .; runuser -u ann -- bash -euc "git add .; git -c user.name=Ann -c user.email=ann@example.org commit -qm pages; git push -q night main"
    runuser -u ann -- pantheon-night enqueue --agent docops.front-matter "guide/page-*.md"; systemctl start --no-block pantheon-night
    until systemctl show --value --property=StatusText pantheon-night | grep -q "^[1-9][0-9]*/400"; do sleep 0.1; done'
inside "dpkg --install /mnt/$deb; [ \"\$(tail -n 1 /etc/pantheon-night/pantheon-night.yaml)\" = '# ours' ]"
state='systemctl show --value --property=ActiveState pantheon-night.service'
inside "systemctl is-active pantheon-night.timer; [ \"\$($state)\" = activating ]; while [ \"\$($state)\" = activating ]; do sleep 0.5; done"
inside '[ "$(systemctl show --value --property=ExecMainStatus pantheon-night)" = 0 ]
    cat /var/log/pantheon-night/*.jsonl | jq -r "select(.type == \"night.pantheon.night.finished.v1\") | .data.\"night.outcome\"" | grep -qx stopped
    [ "$(runuser -u ann -- pantheon-night list --all --json | jq -r .task | sort | uniq -d | wc -l)" = 0 ]
    cat /var/log/pantheon-night/*.jsonl | jq -r "select(.type == \"night.pantheon.task.finished.v1\" and .data.\"night.finish_reason\" == \"accepted\") | .subject" | sort >/tmp/ended
    [ "$(wc -l </tmp/ended)" = 402 ]; [ -z "$(uniq -d /tmp/ended)" ]; [ ! -e /run/pantheon-night-upgrade ]'

# An upgrade over the timer's hour, which passes between the new files and their setting up: the night begins behind it.
starts='journalctl --unit=pantheon-night --output=cat | grep -cE "nothing (to do|was begun)"'
inside 'mkdir -p /etc/systemd/system/pantheon-night.timer.d
    printf "[Timer]\nOnCalendar=\nOnCalendar=%s\nAccuracySec=1us\n" "$(date --date="15 seconds" "+%F %T")" >/etc/systemd/system/pantheon-night.timer.d/hour.conf
    systemctl daemon-reload; systemctl restart pantheon-night.timer'
inside "dpkg --unpack /mnt/$deb; ! systemctl is-active pantheon-night.timer; sleep 16; [ \"\$($starts)\" = 0 ]; dpkg --configure pantheon-night
    systemctl is-active pantheon-night.timer; for i in \$(seq 300); do [ \"\$($starts)\" = 0 ] || break; sleep 0.2; done; [ \"\$($starts)\" = 1 ]"
inside 'systemctl stop pantheon-night.timer; dpkg --install /mnt/'"$deb"'; ! systemctl is-active pantheon-night.timer'

# What setup wrote for a team goes too, and stays until then.
inside 'git init -q --bare --initial-branch=main /srv/team.git; pantheon-night setup --remote /srv/team.git --branch main --yes --no-timer
    getent passwd night-sync; [ -f /etc/sysusers.d/pantheon-night-team.conf ]'
inside 'dpkg --remove pantheon-night; [ -f /etc/systemd/system/pantheon-night-push.service ]; grep -q ours /etc/pantheon-night/pantheon-night.yaml'
inside 'dpkg --purge pantheon-night'
inside "$belongings" | sort >"$work/after"
diff "$work/before" "$work/after" || fail "purging left something"
inside '! getent passwd pantheon-night; ! getent group pantheon-night; ! getent passwd night-sync; [ ! -e /var/lib/night-sync ]; ! nft list table inet pantheon_night 2>/dev/null
    ! grep -q pantheon-night /etc/gitconfig /etc/group'
echo "package.sh: $deb is as it should be"
