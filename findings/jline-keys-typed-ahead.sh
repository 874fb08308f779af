#!/usr/bin/env bash
# org.jline:jline-terminal-ffm 4.6.0 beside 3.30.6, in a pseudo terminal that answers no question
#
# Expected: a key that was typed before a program takes the terminal is read by it, as with any program of a Unix terminal.
# Seen (2026-11-30): 4.6.0 asks the terminal six things when it opens it, and what is there to read it takes for an answer: the
# key is lost. 3.30.6 asks nothing.
#
#     3.30.6  asks nothing; reads k
#     4.6.0   asks [?u [?2026$p [?2027$p [?2048$p [c [6n; reads nothing
#
#     (each behind an escape)
#
# For us: review reads its keys with 3.30.6; a person who types ahead while the program starts would lose what was typed.
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
cat > Line.java <<'JAVA'
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.TerminalBuilder;

void main() throws Exception {
    System.out.println("ready");
    Thread.sleep(1000); // keys are typed now
    try (var terminal = TerminalBuilder.builder().provider("ffm").dumb(false).build()) {
        System.out.println("opened");
        terminal.enterRawMode(); // keys are there one by one
        int key = terminal.reader().read(3000);
        System.out.println("\r\nread " + (key < 0 ? "nothing" : Character.toString(key)));
    }
}
JAVA
cat > type.py <<'PYTHON'
"""Types one key before a program opens its terminal, and prints what the program asked the terminal then, and what it read."""
import os
import pty
import re
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execv(sys.argv[1], sys.argv[1:])
said = b""
typed = False
while True:
    try:
        said += os.read(terminal, 4096)
    except OSError:
        break
    if b"ready" in said and not typed:
        typed = True
        os.write(terminal, b"k")
os.waitpid(pid, 0)
asked = re.findall(rb"\x1b(\S[^\x1b]*)", said.split(b"opened")[0])
read = re.search(rb"read (\w+)", said)
print(f"asks {b' '.join(asked).decode() or 'nothing'}; reads {read[1].decode() if read else 'nothing that was told'}")
PYTHON
for version in 3.30.6 4.6.0; do
    cat > pom.xml <<XML
<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>
<dependency><groupId>org.jline</groupId><artifactId>jline-terminal-ffm</artifactId><version>$version</version></dependency>
<dependency><groupId>org.jline</groupId><artifactId>jline-reader</artifactId><version>$version</version></dependency>
</dependencies></project>
XML
    mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory="lib-$version" > /dev/null
    printf '%-8s' "$version"
    python3 type.py "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -cp "lib-$version/*" Line.java
done | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
3.30.6  asks nothing; reads k
4.6.0   asks [?u [?2026$p [?2027$p [?2048$p [c [6n; reads nothing
SEEN
