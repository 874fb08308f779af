#!/usr/bin/env bash
# Makes the package of the program as mvn package laid it out: jars, a runtime of the modules that they need, natives,
# units, configuration, manual pages, completion, licences. mvn -Ppackage package runs it. The same program, JDK, binutils
# and dpkg give the same bytes; the cache of classes is not, so it is made where the package is installed.
#
#   build.sh PROGRAM BOM VERSION TIME TO     the runtime is of the JDK that would start the program
set -euo pipefail

program=$(readlink -f "$1")
bom=$(readlink -f "$2")
[ -s "$bom" ] || {
    echo "build.sh: there is no $2; expected the list of what all is made of, which Maven makes where it is not offline. Run mvn without -o." >&2
    exit 69
}
version=$3
time=$4
to=$5
maintainer='The pantheon-night project <pantheon-night@pantheon.night>'
here=$(dirname "$(readlink -f "$0")")
export LC_ALL=C.UTF-8 TZ=UTC
jdk=$(
    home=$program
    # shellcheck source=../main/launcher/pantheon-night-java.sh
    . "$program/bin/pantheon-night-java.sh"
    echo "$java_home"
)
SOURCE_DATE_EPOCH=$(date --date="$time" +%s)
export SOURCE_DATE_EPOCH
umask 022

for tool in dpkg-deb strip unzip gzip "$jdk/bin/jlink"; do
    command -v "$tool" >/dev/null || {
        echo "build.sh: there is no $tool here; expected Debian's dpkg, binutils and unzip. Install them." >&2
        exit 69
    }
done

rm -rf "$to"
root=$to/root
home=$root/usr/lib/pantheon-night
doc=$root/usr/share/doc/pantheon-night
mkdir -p "$home" "$doc" "$root/DEBIAN"

# The program. What is laid out beside it for a desk stays where it was.
cp -r "$program/." "$home"
rm -rf "$home/lib" "$home/cache" "$home/LICENSE" "$home/systemd"/*.conf
mkdir "$home/lib"
"$jdk/bin/java" "$here/Repack.java" "$program/lib" "$home/lib" "$time"

# The runtime: the modules that the program was seen to need, and those that its libraries name for it.
"$jdk/bin/jlink" \
    --add-modules java.base,java.logging,java.management,java.naming,java.sql,java.xml,jdk.management,jdk.unsupported \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output "$home/jre"
find "$home/jre" "$home/natives" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper -o -name jexec \) \
    -exec strip --strip-unneeded --enable-deterministic-archives {} +
rm -rf "$home/jre/bin/"{keytool,rmiregistry,jwebserver,jrunscript} "$home/jre/lib/"{jexec,jrt-fs.jar,classlist}

# Where the system looks for things. Configuration is the administrator's: dpkg keeps what was changed.
install -d "$root/usr/bin" "$root/usr/lib/systemd/system" "$root/usr/lib/sysusers.d" "$root/usr/lib/tmpfiles.d" \
    "$root/etc/pantheon-night"
ln -s ../lib/pantheon-night/bin/pantheon-night "$root/usr/bin/pantheon-night"
cp "$program/systemd/"*.{service,socket,timer} "$root/usr/lib/systemd/system"
cp "$program/systemd/pantheon-night.sysusers.conf" "$root/usr/lib/sysusers.d/pantheon-night.conf"
cp "$program/systemd/pantheon-night.tmpfiles.conf" "$root/usr/lib/tmpfiles.d/pantheon-night.conf"
cp -r "$program/config/"{pantheon-night.yaml,agents,tools} "$program/systemd/egress.nft" "$root/etc/pantheon-night"
ln -s /usr/lib/pantheon-night/config/schema "$root/etc/pantheon-night/schema"
(cd "$root" && find etc -type f -printf '/%p\n' | sort) >"$root/DEBIAN/conffiles"

# Manual pages, and completion, which each shell looks for in its own place.
night() {
    PANTHEON_NIGHT_JAVA_HOME=$jdk "$program/bin/pantheon-night" "$@"
}
man=$root/usr/share/man/man1
night man-pages "$man"
gzip -9n "$man"/*.1
complete=$root/usr/share/bash-completion/completions/pantheon-night
install -d "$(dirname "$complete")" "$root/usr/share/zsh/vendor-completions" "$root/usr/share/fish/vendor_completions.d"
night completion bash >"$complete"
{
    echo '#compdef pantheon-night'
    echo 'source /usr/share/bash-completion/completions/pantheon-night'
} >"$root/usr/share/zsh/vendor-completions/_pantheon-night"
night completion fish >"$root/usr/share/fish/vendor_completions.d/pantheon-night.fish"

# Licences: the project's own, those that jars carry, those of the runtime, and what all is made of.
cp "$here/copyright" "$doc/copyright"
gzip -9nc "$here/../../CHANGELOG.md" >"$doc/CHANGELOG.md.gz"
gzip -9nc >"$doc/changelog.gz" <<END
pantheon-night ($version) unstable; urgency=medium

  * What changed is in CHANGELOG.md.gz.

 -- $maintainer  $(date --date="$time" --rfc-email)
END
gzip -9nc "$bom" >"$doc/bom.cdx.json.gz"
for jar in "$program"/lib/*.jar; do
    name=$(basename "$jar" .jar)
    texts=$(unzip -Z1 "$jar" | grep -iE '^(META-INF/)?(licen[cs]e|notice|about|copying|thirdpartynotices)[^/]*$' || true)
    if [ "$texts" ]; then
        mkdir -p "$doc/licences/$name"
        echo "$texts" | xargs -d '\n' unzip -qoj -d "$doc/licences/$name" "$jar"
    fi
done

install -D -m 644 "$here/lintian-overrides" "$root/usr/share/lintian/overrides/pantheon-night"
for script in postinst prerm postrm; do
    install -m 755 "$here/$script" "$root/DEBIAN/$script"
done
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/bin/*' ! -name jspawnhelper ! -path '*/DEBIAN/*' -exec chmod 644 {} +
chmod 644 "$home/bin/pantheon-night-java.sh" "$root/DEBIAN/conffiles"
size=$(du -sk --apparent-size "$root" --exclude=DEBIAN | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" -e "s/@SIZE@/$size/" -e "s/@MAINTAINER@/$maintainer/" "$here/control" \
    >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -printf '%P\0' | sort -z | sed -z 's|^|usr/|' | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz -z3 --threads-max=1 --build "$root" "$to" >/dev/null
rm -rf "$root"
ls "$to"/*.deb
