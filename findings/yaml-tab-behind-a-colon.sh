#!/usr/bin/env bash
# org.snakeyaml:snakeyaml-engine 3.0.1 and 3.2, PyYAML 6.0.4, ruamel.yaml 0.19.1, npm's yaml 2.9.1 and js-yaml 5.5.0
#
# Expected: a tab that separates, and indents nothing, is white space to all of them: YAML 1.2 says so (6.1 and 6.2,
# "s-white"), and snakeyaml-engine and ruamel.yaml are for YAML 1.2.
# Seen (2026-11-29): snakeyaml-engine learned it between 3.0.1 and 3.2, all but a plain text that goes on behind a tab.
# PyYAML and ruamel.yaml refuse a tab even before a comment.
#
#     document            engine 3.0.1  engine 3.2  PyYAML   ruamel   yaml     js-yaml
#     title:\tHello       refused       read        refused  refused  read     read
#     title: Hello\t# c   read          read        refused  refused  read     read
#     tags:\n-\ta         refused       read        refused  refused  read     read
#     a: 1\n\t\nb: 2      refused       read        refused  refused  read     read
#     a: x\n  \ty         refused       refused     refused  refused  read     read
#
# For us: front matter with such tabs can be worked on since snakeyaml-engine 3.2, and a value that a night sets is
# written with a blank, which all six read (FrontMatterTest). Needs Python 3 and Node.js.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
for version in 3.0.1 3.2; do
    mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
        -Dartifact=org.snakeyaml:snakeyaml-engine:$version -DoutputDirectory=lib > /dev/null
done
python3 -m venv python && python/bin/pip -q --disable-pip-version-check install PyYAML==6.0.4 ruamel.yaml==0.19.1
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 > /dev/null

printf '%s\n' 'title:\tHello' 'title: Hello\t# c' 'tags:\n-\ta' 'a: 1\n\t\nb: 2' 'a: x\n  \ty' > documents
cat > Read.java <<'JAVA'
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

void main() throws Exception {
    for (var document : Files.readAllLines(Path.of("documents"))) {
        try {
            new Load(LoadSettings.builder().build()).loadFromString(document.translateEscapes());
            IO.println("read");
        } catch (YamlEngineException e) {
            IO.println("refused");
        }
    }
}
JAVA
cat > read.py <<'PYTHON'
import sys
import ruamel.yaml
import yaml

read = yaml.safe_load if sys.argv[1] == "PyYAML" else ruamel.yaml.YAML(typ="safe", pure=True).load
refusal = (yaml.YAMLError, ruamel.yaml.error.YAMLError)
for document in open("documents"):
    try:
        read(document.rstrip("\n").replace("\\t", "\t").replace("\\n", "\n"))
        print("read")
    except refusal:
        print("refused")
PYTHON
cat > read.mjs <<'JAVASCRIPT'
import fs from 'node:fs';
import YAML from 'yaml';
import * as jsYaml from 'js-yaml';

const read = process.argv[2] === 'yaml' ? YAML.parse : jsYaml.load;
for (const document of fs.readFileSync('documents', 'utf8').trim().split('\n')) {
  try {
    read(document.replaceAll('\\t', '\t').replaceAll('\\n', '\n'));
    console.log('read');
  } catch (e) {
    console.log('refused');
  }
}
JAVASCRIPT
"$jdk/bin/java" -cp lib/snakeyaml-engine-3.0.1.jar Read.java > 1
"$jdk/bin/java" -cp lib/snakeyaml-engine-3.2.jar Read.java > 2
python/bin/python read.py PyYAML > 3
python/bin/python read.py ruamel > 4
node read.mjs yaml > 5
node read.mjs js-yaml > 6
{
    printf '%-20s%-14s%-12s%-9s%-9s%-9s%s\n' document 'engine 3.0.1' 'engine 3.2' PyYAML ruamel yaml js-yaml
    paste -d '|' documents 1 2 3 4 5 6 | while IFS='|' read -r document one two three four five six; do
        printf '%-20s%-14s%-12s%-9s%-9s%-9s%s\n' "$document" "$one" "$two" "$three" "$four" "$five" "$six"
    done
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
document            engine 3.0.1  engine 3.2  PyYAML   ruamel   yaml     js-yaml
title:\tHello       refused       read        refused  refused  read     read
title: Hello\t# c   read          read        refused  refused  read     read
tags:\n-\ta         refused       read        refused  refused  read     read
a: 1\n\t\nb: 2      refused       read        refused  refused  read     read
a: x\n  \ty         refused       refused     refused  refused  read     read
SEEN
