#!/usr/bin/env bash
# org.apache.lucene:lucene-core 10.6.0, the automata
#
# Expected: ByteRunAutomaton over "any character" (Automata.makeAnyChar, RegExp's "." and "[^a]") accepts the UTF-8 of
# every character, and nothing that is no UTF-8.
# Seen (2026-11-29): it accepts the three bytes ED A0 80 to ED BF BF too, which would be halves of surrogate pairs and
# which UTF-8 forbids (RFC 3629, section 3): its code points run from 0 to 10FFFF without a gap. Bytes that are no
# characters in any other way (FF, overlong forms, beyond 10FFFF) are rejected.
#
#     bytes         any char  .     [^a]  valid UTF-8
#     c3 a9         yes       yes   yes   yes
#     ed 9f bf      yes       yes   yes   yes
#     ed a0 80      yes       yes   yes   no
#     ed bf bf      yes       yes   yes   no
#     c0 80         no        no    no    no
#     f4 90 80 80   no        no    no    no
#     ff            no        no    no    no
#
# For us: a mask of tokens built from such an automaton would let a model write what is no text. The automata here are
# made of ranges that leave the gap out (Automatons, PatternNode).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -Dartifact=org.apache.lucene:lucene-core:10.6.0 \
    -DoutputDirectory=lib > /dev/null

cat > Halves.java <<'JAVA'
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.RegExp;

String accepts(Automaton automaton, byte[] bytes) {
    return new ByteRunAutomaton(automaton).run(bytes, 0, bytes.length) ? "yes" : "no";
}

String isUtf8(byte[] bytes) {
    try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        return "yes";
    } catch (CharacterCodingException e) {
        return "no";
    }
}

void main() {
    IO.println("bytes         any char  .     [^a]  valid UTF-8");
    for (var hex : List.of("c3 a9", "ed 9f bf", "ed a0 80", "ed bf bf", "c0 80", "f4 90 80 80", "ff")) {
        var bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        IO.println("%-14s%-10s%-6s%-6s%s".formatted(hex, accepts(Automata.makeAnyChar(), bytes),
                accepts(new RegExp(".").toAutomaton(), bytes), accepts(new RegExp("[^a]").toAutomaton(), bytes), isUtf8(bytes)));
    }
}
JAVA
"$jdk/bin/java" -cp "lib/*" Halves.java 2> /dev/null | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
bytes         any char  .     [^a]  valid UTF-8
c3 a9         yes       yes   yes   yes
ed 9f bf      yes       yes   yes   yes
ed a0 80      yes       yes   yes   no
ed bf bf      yes       yes   yes   no
c0 80         no        no    no    no
f4 90 80 80   no        no    no    no
ff            no        no    no    no
SEEN
