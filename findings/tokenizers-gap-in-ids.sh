#!/usr/bin/env bash
# PyPI's tokenizers 0.23.3 and ai.djl.huggingface:tokenizers 0.38.0 (both the Rust library) beside npm's
# @huggingface/tokenizers 0.2.0, on a tokenizer.json whose added tokens have a gap in their ids
#
# Expected: a token has the id that the file gives it, in every reader of Hugging Face's form, or the file is refused. A
# model's rows are numbered by these ids.
# Seen (2026-11-30): the Rust library numbers added tokens through where an id is left out, without a word; the one of
# JavaScript keeps the file's. The file: a is 0, b is 1, <x> is 2, <y> is 4; the text is a<x>b<y>.
#
#     PyPI  tokenizers 0.23.3               0 2 1 3
#     Maven tokenizers 0.38.0               0 2 1 3
#     npm   @huggingface/tokenizers 0.2.0   0 2 1 4
#
# For us: a model folder whose tokenizer gives out other ids than its file says is refused when it is loaded
# (TokenizerTest); a model that dropped one control token would else be fed the next one in its place.
# Needs Python 3 and Node.js.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
python3 -m venv py && py/bin/pip install -q --disable-pip-version-check tokenizers==0.23.3
npm install --silent --no-audit --no-fund @huggingface/tokenizers@0.2.0 > /dev/null
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>ai.djl.huggingface</groupId><artifactId>tokenizers</artifactId><version>0.38.0</version>
  </dependency></dependencies>
</project>
XML
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies \
    -DoutputDirectory=lib > /dev/null

cat > tokenizer.json <<'JSON'
{"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "pre_tokenizer": null,
 "post_processor": null, "decoder": null,
 "added_tokens": [
  {"id": 2, "content": "<x>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
  {"id": 4, "content": "<y>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
  "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
  "vocab": {"a": 0, "b": 1}, "merges": []}}
JSON
cat > Ids.java <<'JAVA'
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

void main() throws Exception {
    try (var tokenizer = HuggingFaceTokenizer.newInstance(Path.of("tokenizer.json"))) {
        var ids = tokenizer.encode("a<x>b<y>", false, false).getIds();
        IO.println(java.util.stream.LongStream.of(ids).mapToObj(String::valueOf).collect(java.util.stream.Collectors.joining(" ")));
    }
}
JAVA
cat > ids.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
const tokenizer = new Tokenizer(JSON.parse(readFileSync('tokenizer.json', 'utf8')), {});
console.log(tokenizer.encode('a<x>b<y>').ids.join(' '));
JAVASCRIPT
{
    printf '%-38s' 'PyPI  tokenizers 0.23.3'
    py/bin/python -c 'import tokenizers
print(*tokenizers.Tokenizer.from_file("tokenizer.json").encode("a<x>b<y>").ids)'
    printf '%-38s' 'Maven tokenizers 0.38.0'
    OPT_OUT_TRACKING=true ENGINE_CACHE_DIR="$work" "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -cp "lib/*" Ids.java 2> /dev/null
    printf '%-38s' 'npm   @huggingface/tokenizers 0.2.0'
    node ids.mjs
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
PyPI  tokenizers 0.23.3               0 2 1 3
Maven tokenizers 0.38.0               0 2 1 3
npm   @huggingface/tokenizers 0.2.0   0 2 1 4
SEEN
