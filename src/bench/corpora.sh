#!/usr/bin/env bash
# What the jobs do on repositories of many kinds: docops.front-matter on each of some corpora, and the languages of fences and
# the pages of broken links on files of what people did.
#
# Usage: [HELD_OUT=] src/bench/corpora.sh CORPORA TRUTH [WORK [MOST]]
#   CORPORA  a folder of corpora, each a folder of Markdown documents with their paths; CORPUS.json beside one may say its
#            repository, commit and kind
#   TRUTH    a folder with fences and links, as fences.sh and links.sh take them, and links-trees where there are some
#   WORK     where to work (default: target/bench/corpora); made anew
#   HELD_OUT= (empty) leaves out what takes longest, the links by rules that others chose
#   MOST     how many documents of a corpus, drawn by the SHA-256 of their paths (default: 300)
#
# Prints a line a corpus: accepted of all, its Wilson interval, milliseconds a task, and the other endings by how often they
# came; then all corpora together, and a row for each kind. It says whether a document changed as the agent's rules have it;
# whether an owner would want the change a person has to say: look at some of WORK/NAME's commits.
set -euo pipefail
corpora=$(readlink -f "$1")
truth=$(readlink -f "$2")
cd "$(dirname "$0")/../.."
work=$(readlink -m "${3:-target/bench/corpora}")
most=${4:-300}
least=8

names=$(find "$corpora" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
if [ "$(wc -l <<<"$names")" -lt "$least" ]; then
    echo "$corpora has fewer than $least corpora; expected a folder for each" >&2
    exit 64
fi
rm -rf "$work"
mkdir -p "$work"

documents() { # the first MOST of a corpus by the hash of their paths, copied with their paths
    (cd "$corpora/$1" && find . -type f \( -name '*.md' -o -name '*.markdown' \) -size -1024k | sort |
        while read -r path; do echo "$(sha256sum <<<"$path" | cut -c1-16) $path"; done | sort | head -n "$most" | cut -d' ' -f2- |
        tar -cf - -T -) | tar -xf - -C "$2"
}

for name in $names; do
    mkdir -p "$work/$name/documents"
    documents "$name" "$work/$name/documents"
    if src/bench/corpus.sh "$work/$name/documents" "$work/$name/night" >"$work/$name/said" 2>&1; then
        kind=$(jq -r '.kind // .site // "unknown"' "$corpora/$name.json" 2>/dev/null || echo unknown)
        jq -c --arg name "$name" --arg kind "$kind" '{name: $name, kind: $kind, tasks, accepted, elapsed_ms, finished}' \
            "$work/$name/night/result.json" >>"$work/results.jsonl"
    else
        echo "$name: its night did not end; see $work/$name/said" >&2
    fi
done

jq -rs '
  def wilson(k; n): 1.959963985 as $z | (k / n) as $p | ($z * $z / n) as $a
    | (($p + $a / 2) / (1 + $a)) as $mid
    | ($z / (1 + $a) * ((($p * (1 - $p) / n) + ($a / (4 * n))) | sqrt)) as $half
    | "\(($mid - $half) * 1000 | round / 10)–\(($mid + $half) * 1000 | round / 10) %";
  def row(name): (map(.tasks) | add) as $n | (map(.accepted) | add) as $k
    | "| \(name) | \($k) of \($n) | \($k / $n * 1000 | round / 10) % | \(wilson($k; $n)) | \((map(.elapsed_ms) | add) / $n | round) | "
      + ([.[].finished | to_entries[] | select(.key != "accepted")] | group_by(.key) | map("\(.[0].key) \(map(.value) | add)") | join(", ")) + " |";
  "| Corpus | Accepted | | Wilson 95 % | ms a task | Other endings |", "|---|---|---|---|---|---|",
  (.[] as $one | [$one] | row($one.name)),
  row("all"),
  (group_by(.kind)[] | . as $some | $some | row("kind: " + $some[0].kind))' "$work/results.jsonl"

echo
echo "Languages of fences"
src/bench/fences.sh "$truth/fences"
echo
echo "Broken links"
trees=$truth/links-trees
[ -d "$trees" ] || trees=
HELD_OUT=${HELD_OUT-1} src/bench/links.sh "$truth/links" $trees
