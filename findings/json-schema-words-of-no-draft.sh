#!/usr/bin/env bash
# com.networknt:json-schema-validator 3.0.9 beside PyPI's jsonschema 4.26.0, both on draft 2020-12 with formats asserted
#
# Expected: what no draft defines means nothing. JSON Schema Core 2020-12, 6.5, says of unknown keywords that they should
# be taken for annotations, and Validation, 7.2.3, the same of unknown formats.
# Seen (2026-11-30): the Java validator asserts a keyword "notAllowed" and one named "false", whichever draft is asked for,
# and the formats phone, color, style, utc-millisec and ip-address of draft 3, and alpha and alphanumeric of none, by
# patterns of its own. A national telephone number is no "phone", a named colour no "color".
#
#     {"notAllowed": ["a"]}    {"a": 1}      Java refuses  Python takes
#     {"false": 1}             1             Java refuses  Python takes
#     {"format": "phone"}      "030 1234"    Java refuses  Python takes
#     {"format": "color"}      "sky"         Java refuses  Python takes
#     {"format": "alpha"}      "1"           Java refuses  Python takes
#     {"format": "ipv4"}       "x"           Java refuses  Python refuses
#
# For us: one list of formats for grammars and for validation (FormatsTest), and of keywords (VocabularyTest).
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
cat > pom.xml <<'XML'
<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>
<dependency><groupId>com.networknt</groupId><artifactId>json-schema-validator</artifactId><version>3.0.9</version></dependency>
</dependencies></project>
XML
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=lib > /dev/null
python3 -m venv venv && venv/bin/pip install -q --disable-pip-version-check jsonschema==4.26.0 rfc3339-validator==0.1.4

cat > cases <<'CASES'
{"notAllowed": ["a"]}|{"a": 1}
{"false": 1}|1
{"format": "phone"}|"030 1234"
{"format": "color"}|"sky"
{"format": "alpha"}|"1"
{"format": "ipv4"}|"x"
CASES
cat > Validate.java <<'JAVA'
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

void main() throws Exception {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (var line : Files.readAllLines(Path.of("cases"))) {
        var parts = line.split("\\|");
        var errors = registry.getSchema(parts[0], InputFormat.JSON)
                .validate(parts[1], InputFormat.JSON, run -> run.executionConfig(with -> with.formatAssertionsEnabled(true)));
        IO.println(errors.isEmpty() ? "takes" : "refuses");
    }
}
JAVA
cat > validate.py <<'PYTHON'
import json, jsonschema
for line in open('cases'):
    schema, value = map(json.loads, line.split('|'))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    print('takes' if validator.is_valid(value) else 'refuses')
PYTHON
"$jdk/bin/java" -cp "lib/*" Validate.java 2> /dev/null > java
venv/bin/python validate.py > python
paste -d '|' cases java python | while IFS='|' read -r schema value java python; do
    printf '%-24s %-13s Java %-8s Python %s\n' "$schema" "$value" "$java" "$python"
done | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
{"notAllowed": ["a"]}    {"a": 1}      Java refuses  Python takes
{"false": 1}             1             Java refuses  Python takes
{"format": "phone"}      "030 1234"    Java refuses  Python takes
{"format": "color"}      "sky"         Java refuses  Python takes
{"format": "alpha"}      "1"           Java refuses  Python takes
{"format": "ipv4"}       "x"           Java refuses  Python refuses
SEEN
