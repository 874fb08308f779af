#!/usr/bin/env bash
# Titles that the program writes into front matter, read again by other programs' readers of YAML.
#
# Usage: src/bench/front-matter.sh [VALUES [WORK]]
#   VALUES  how many titles (default: 15000)
#   WORK    where to work (default: target/bench/front-matter); made anew
#
# Installs pinned versions of the readers into WORK with pip, npm and go; Ruby's is the one that Ruby has.
# Prints for each reader how many titles it reads as another text or not as text; none is the claim.
set -euo pipefail
values=${1:-15000}
cd "$(dirname "$0")/../.."
work=$(readlink -m "${2:-target/bench/front-matter}")
program=$PWD/target/pantheon-night
for tool in python3 npm go ruby; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; install it" >&2; exit 69; }
done

rm -rf "$work"
mkdir -p "$work/go"
"${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java" \
    -cp "$program/lib/*" src/bench/FrontMatterValues.java "$work/values.jsonl" "$values"
cd "$work"

python3 -m venv py
py/bin/pip -q --disable-pip-version-check install PyYAML==6.0.2
cat >read.py <<'PY'
import json, sys, yaml
wrong = 0
for line in open("values.jsonl", encoding="utf-8"):
    case = json.loads(line)
    try:
        wrong += yaml.safe_load(case["document"].split("\n---\n")[0][4:])["title"] != case["title"]
    except Exception as e:
        wrong += 1
print(f"PyYAML {yaml.__version__}: {wrong} wrong")
PY
py/bin/python read.py

cat >read.rb <<'RB'
require "json"
require "psych"
wrong = 0
File.foreach("values.jsonl", encoding: "UTF-8") do |line|
  value = JSON.parse(line)
  begin
    read = Psych.safe_load(value["document"].split("\n---\n")[0][4..], permitted_classes: [Date, Time, Symbol])
    wrong += 1 if read["title"] != value["title"]
  rescue StandardError
    wrong += 1
  end
end
puts "psych #{Psych::VERSION}: #{wrong} wrong"
RB
ruby -rdate read.rb

npm init -y >npm.log
npm install --no-audit --no-fund js-yaml3@npm:js-yaml@3.14.1 js-yaml4@npm:js-yaml@4.1.0 gray-matter@4.0.3 yaml@2.9.1 >>npm.log
cat >read.js <<'JS'
const lines = require("fs").readFileSync("values.jsonl", "utf8").trim().split("\n").map((line) => JSON.parse(line));
const yaml = require("yaml");
const block = (document) => document.split("\n---\n")[0].slice(4);
const readers = {
  "js-yaml 3.14.1": (d) => require("js-yaml3").safeLoad(block(d)),
  "js-yaml 4.1.0": (d) => require("js-yaml4").load(block(d)),
  "gray-matter 4.0.3": (d) => require("gray-matter")(d, {}).data,
  "yaml 2.9.1, YAML 1.2": (d) => yaml.parse(block(d)),
  "yaml 2.9.1, YAML 1.1": (d) => yaml.parse(block(d), { version: "1.1" }),
};
for (const [name, read] of Object.entries(readers)) {
  const wrong = lines.filter(({ title, document }) => {
    try {
      return read(document).title !== title;
    } catch (e) {
      return true;
    }
  });
  console.log(`${name}: ${wrong.length} wrong`);
}
JS
node read.js

cd go
cat >go.mod <<'GO'
module readers

go 1.24

require (
	github.com/goccy/go-yaml v1.18.0
	gopkg.in/yaml.v2 v2.4.0
	gopkg.in/yaml.v3 v3.0.1
)
GO
cat >main.go <<'GO'
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	goccy "github.com/goccy/go-yaml"
	v2 "gopkg.in/yaml.v2"
	v3 "gopkg.in/yaml.v3"
)

type unmarshal func([]byte, *map[string]any) error

func main() {
	readers := []struct {
		name string
		read unmarshal
	}{
		{"yaml.v2 2.4.0", func(b []byte, m *map[string]any) error { return v2.Unmarshal(b, m) }},
		{"yaml.v3 3.0.1", func(b []byte, m *map[string]any) error { return v3.Unmarshal(b, m) }},
		{"goccy/go-yaml 1.18.0", func(b []byte, m *map[string]any) error { return goccy.Unmarshal(b, m) }},
	}
	for _, reader := range readers {
		fmt.Printf("%s: %d wrong\n", reader.name, wrong(reader.read))
	}
}

func wrong(read unmarshal) int {
	file, err := os.Open("../values.jsonl")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	count := 0
	for lines.Scan() {
		var value struct{ Title, Document string }
		if err := json.Unmarshal(lines.Bytes(), &value); err != nil {
			panic(err)
		}
		block := strings.SplitN(value.Document, "\n---\n", 2)[0][4:]
		var found map[string]any
		if err := read([]byte(block), &found); err != nil || found["title"] != value.Title {
			count++
			if os.Getenv("EXPLAIN") != "" {
				fmt.Printf("  %q read as %q (%v)\n", block, found["title"], err)
			}
		}
	}
	return count
}
GO
go mod tidy >../go.log 2>&1
go run .
