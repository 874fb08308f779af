#!/usr/bin/env bash
# npm's commonmark 0.31.2 (the reference parser) beside org.commonmark:commonmark 0.32.0 and markdown-it 15.0.3
#
# Expected: all three strip the same from the ends of a heading: "leading and trailing spaces or tabs" (specification
# 0.31.2, 4.2), so a no-break space there is part of the heading.
# Seen (2026-11-29): the reference parser strips no-break spaces and line separators too. Found by reading the
# title headings of 9,276 documents, real ones and variants with odd characters, with all three: they part in 3, all so.
#
#     heading         commonmark.js  commonmark-java  markdown-it
#     # \u00a0Title   Title          \u00a0Title      \u00a0Title
#     # Title\u00a0   Title          Title\u00a0      Title\u00a0
#     # Title\u2028   Title          Title\u2028      Title\u2028
#
# For us: the title of a document keeps them (HeadingsTest), as the specification says.
# Needs Node.js.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
    -Dartifact=org.commonmark:commonmark:0.32.0 -DoutputDirectory=lib > /dev/null
npm install --silent --no-audit --no-fund commonmark@0.31.2 markdown-it@15.0.3 > /dev/null

printf '%s\n' '# \u00a0Title' '# Title\u00a0' '# Title\u2028' > headings
cat > Heading.java <<'JAVA'
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

void main() throws Exception {
    for (var line : Files.readAllLines(Path.of("headings"))) {
        var text = line.replace("\\u00a0", "\u00a0").replace("\\u2028", "\u2028");
        var title = ((Text) Parser.builder().build().parse(text).getFirstChild().getFirstChild()).getLiteral();
        IO.println(title.replace("\u00a0", "\\u00a0").replace("\u2028", "\\u2028"));
    }
}
JAVA
cat > heading.cjs <<'JAVASCRIPT'
const { Parser } = require('commonmark');
const markdownIt = require('markdown-it');
const it = (markdownIt.default ?? markdownIt)('commonmark');
for (const line of require('node:fs').readFileSync('headings', 'utf8').trim().split('\n')) {
  const text = line.replaceAll('\\u00a0', '\u00a0').replaceAll('\\u2028', '\u2028');
  const titles = [new Parser().parse(text).firstChild.firstChild.literal, it.parse(text, {})[1].children[0].content];
  console.log(titles.map((title) => title.replaceAll('\u00a0', '\\u00a0').replaceAll('\u2028', '\\u2028')).join('|'));
}
JAVASCRIPT
"$jdk/bin/java" -cp "lib/*" Heading.java > java
node heading.cjs > javascript
{
    printf '%-16s%-15s%-17s%s\n' heading commonmark.js commonmark-java markdown-it
    paste -d '|' headings java javascript | while IFS='|' read -r heading java reference it; do
        printf '%-16s%-15s%-17s%s\n' "$heading" "$reference" "$java" "$it"
    done
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
heading         commonmark.js  commonmark-java  markdown-it
# \u00a0Title   Title          \u00a0Title      \u00a0Title
# Title\u00a0   Title          Title\u00a0      Title\u00a0
# Title\u2028   Title          Title\u2028      Title\u2028
SEEN
