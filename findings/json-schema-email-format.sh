#!/usr/bin/env bash
# com.networknt:json-schema-validator 3.0.9 beside npm's ajv 8.20.0 with ajv-formats 3.0.1
#
# Expected: the format "email" is a mailbox of RFC 5321 (JSON Schema 2020-12, 7.3.2), so what stands behind the "@" is
# any host name; with its assertion switched on the two agree on plain addresses.
# Seen (2026-11-29): networknt's holds the last label against a list of top-level domains that it carries (the
# DomainValidator of Apache Commons), but only where there is a dot: an address at a bare name passes. So in-house names fail, "internal" among them, which is set
# aside for just that. ajv-formats is the other way round. The "hostname" of both takes all of these.
#
#     address                  networknt  ajv   as hostname, networknt  ajv
#     ann@example.com          yes        yes   yes                     yes
#     ann@example.internal     no         yes   yes                     yes
#     ann@example.lan          no         yes   yes                     yes
#     ann@mail.cluster.local   no         yes   yes                     yes
#     ann@x.localdomain        yes        yes   yes                     yes
#     ann@mail.xn--p1ai        yes        yes   yes                     yes
#     ann@db1                  yes        no    yes                     yes
#
# For us: the grammar writes addresses under country codes and the oldest domains only (docs/grammar.md), so what a
# model is led to write passes; a schema for in-house addresses wants a pattern in place of the format. Needs Node.js.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done
cat > pom.xml <<'XML'
<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>
<dependency><groupId>com.networknt</groupId><artifactId>json-schema-validator</artifactId><version>3.0.9</version></dependency>
</dependencies></project>
XML
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies \
    -DoutputDirectory=lib > /dev/null
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 > /dev/null

printf '%s\n' ann@example.com ann@example.internal ann@example.lan ann@mail.cluster.local ann@x.localdomain \
    ann@mail.xn--p1ai ann@db1 > addresses
cat > Formats.java <<'JAVA'
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;

boolean holds(String format, String text) {
    return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
            .getSchema("{\"format\": \"" + format + "\"}", InputFormat.JSON)
            .validate("\"" + text + "\"", InputFormat.JSON,
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
            .isEmpty();
}

void main() throws Exception {
    for (var address : Files.readAllLines(Path.of("addresses"))) {
        IO.println((holds("email", address) ? "yes" : "no") + " " + (holds("hostname", address.substring(4)) ? "yes" : "no"));
    }
}
JAVA
cat > formats.cjs <<'JAVASCRIPT'
const Ajv = require('ajv/dist/2020').default;
const ajv = require('ajv-formats').default(new Ajv());
for (const address of require('node:fs').readFileSync('addresses', 'utf8').trim().split('\n')) {
  const holds = (format, text) => (ajv.validate({ type: 'string', format }, text) ? 'yes' : 'no');
  console.log(holds('email', address), holds('hostname', address.slice(4)));
}
JAVASCRIPT
"$jdk/bin/java" -cp "lib/*" Formats.java > java 2> log || { cat log >&2; exit 1; }
node formats.cjs > javascript
{
    printf '%-25s%-11s%-6s%-24s%s\n' address networknt ajv 'as hostname, networknt' ajv
    paste -d ' ' addresses java javascript | while read -r address email host ajv_email ajv_host; do
        printf '%-25s%-11s%-6s%-24s%s\n' "$address" "$email" "$ajv_email" "$host" "$ajv_host"
    done
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
address                  networknt  ajv   as hostname, networknt  ajv
ann@example.com          yes        yes   yes                     yes
ann@example.internal     no         yes   yes                     yes
ann@example.lan          no         yes   yes                     yes
ann@mail.cluster.local   no         yes   yes                     yes
ann@x.localdomain        yes        yes   yes                     yes
ann@mail.xn--p1ai        yes        yes   yes                     yes
ann@db1                  yes        no    yes                     yes
SEEN
