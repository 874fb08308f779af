#!/usr/bin/env bash
# JDK 25.0.3 (Temurin), a cache of classes made with -XX:AOTCacheOutput (JEP 483, 514), on jars of Maven Central
#
# Expected: what a training run has loaded comes from the cache in the next run, as JEP 483 promises of the classes of an
# application, whatever jar it is packed in.
# Seen (2026-11-30): classes of a signed jar, classes of a version before 50 (Java 6), and the proxies that stand for
# annotations are read and made anew at every start. The run that makes the cache names each among its warnings ("Signed JAR",
# "Old class has been linked", "Unsupported location"); a run with the cache says nothing of it.
#
#     of a jar (commons-lang3 3.20.0)                from the cache
#     a lambda                                       from the cache
#     of a signed jar (org.eclipse.jgit 7.8.1)       read anew
#     of an old version (commons-logging 1.1, 45.3)  read anew
#     the proxy of an annotation                     made anew
#
# For us: JGit, which every start loads, is signed, so the launcher's cache brings less than the size of it says; what it is
# worth is seen by what is loaded (-Xlog:class+load).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
cat > pom.xml <<'XML'
<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>
<dependency><groupId>org.apache.commons</groupId><artifactId>commons-lang3</artifactId><version>3.20.0</version></dependency>
<dependency><groupId>org.eclipse.jgit</groupId><artifactId>org.eclipse.jgit</artifactId><version>7.8.1.202611041320-r</version></dependency>
<dependency><groupId>commons-logging</groupId><artifactId>commons-logging</artifactId><version>1.1</version>
<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>
</dependencies></project>
XML
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=lib > /dev/null
cat > Uses.java <<'JAVA'
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

public class Uses {
    @Retention(RetentionPolicy.RUNTIME)
    @interface Note {}

    @Note
    static class Noted {}

    public static void main(String[] arguments) {
        Runnable lambda = () -> System.out.println(org.apache.commons.lang3.StringUtils.reverse("abc"));
        lambda.run();
        System.out.println(org.eclipse.jgit.lib.ObjectId.zeroId().name());
        System.out.println(new org.apache.commons.logging.impl.NoOpLog().isInfoEnabled());
        System.out.println(Noted.class.getAnnotation(Note.class).annotationType());
    }
}
JAVA
"$jdk/bin/javac" -cp "lib/*" -d classes Uses.java
"$jdk/bin/jar" --create --file lib/uses.jar -C classes .
path=$(printf '%s:' lib/*.jar)
"$jdk/bin/java" -XX:AOTCacheOutput=cache -cp "${path%:}" Uses > made 2>&1
"$jdk/bin/java" -XX:AOTCache=cache -Xlog:class+load -cp "${path%:}" Uses > loaded
from() {
    printf '%-47s' "$1"
    case $(grep -m1 -E "$2" loaded) in
        *"source: shared objects file"*) echo "from the cache" ;;
        *"source: jar:"* | *"source: file:"*) echo "read anew" ;;
        *"source: "*) echo "made anew" ;;
        *) echo "not loaded" ;;
    esac
}
{
    from "of a jar (commons-lang3 3.20.0)" ' org\.apache\.commons\.lang3\.StringUtils '
    from "a lambda" ' Uses\$\$Lambda'
    from "of a signed jar (org.eclipse.jgit 7.8.1)" ' org\.eclipse\.jgit\.lib\.ObjectId '
    from "of an old version (commons-logging 1.1, 45.3)" ' org\.apache\.commons\.logging\.impl\.NoOpLog '
    from "the proxy of an annotation" ' (jdk\.proxy[0-9]*\.)?\$Proxy[0-9]+ '
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
of a jar (commons-lang3 3.20.0)                from the cache
a lambda                                       from the cache
of a signed jar (org.eclipse.jgit 7.8.1)       read anew
of an old version (commons-logging 1.1, 45.3)  read anew
the proxy of an annotation                     made anew
SEEN
