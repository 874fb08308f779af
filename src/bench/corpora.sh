#!/usr/bin/env bash
# What the jobs do on repositories of many kinds: docops.front-matter as it is installed on each of some corpora, and the
# languages of fences and the pages of broken links on files of what people did.
#
# Usage: [HELD_OUT=] src/bench/corpora.sh CORPORA TRUTH [WORK [MOST]]
#   CORPORA  a folder of corpora, each a folder of Markdown documents with their paths; CORPUS.json beside one may say its
#            repository, commit and kind
#   TRUTH    a folder with fences and links, as fences.sh and links.sh take them, and links-trees where there are some; -
#            measures the front matter alone
#   WORK     where to work (default: target/bench/corpora); made anew
#   MOST     how many documents of a corpus, drawn by the SHA-256 of their paths (default: 300)
#   HELD_OUT= (empty) leaves out what takes longest, the links by rules that others chose
#
# Each corpus runs twice: as it is, where nearly all pages have their title, so that nearly nothing may change; and with the
# titles moved from front matter into the pages' headings, so that each is to be filled in and people's own is known. Prints
# tables of both, by corpus, kind of site and script of the title; WORK/rows.jsonl has a line for each task. Whether an owner
# would want a change a person has to say: look at some of the commits in WORK/NAME/night/workspace.
set -euo pipefail
corpora=$(readlink -f "$1")
[ "$2" = - ] && truth= || truth=$(readlink -f "$2")
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
        while read -r path; do echo "$(sha256sum <<<"$path" | cut -c1-16) $path"; done | sort | sed -n "1,${most}p" | cut -d' ' -f2- |
        tar -cf - -T -) | tar -xf - -C "$2"
}

verdicts() { python3 src/bench/front_matter_verdicts.py "$@"; }

night() { # NAME FOLDER [TRUTH]: a night on WORK/NAME/FOLDER
    local documents=$work/$1/$2 night=$work/$1/$2-night kind
    kind=$(jq -r '.kind // .site // "unknown"' "$corpora/$1.json" 2>/dev/null || echo unknown)
    if ! AGENT=target/pantheon-night/config/agents/docops.front-matter.yaml \
        src/bench/corpus.sh "$documents" "$night" >"$night.said" 2>&1; then
        echo "$1, $2: its night did not end; see $night.said" >&2
        return 0
    fi
    git -C "$night/workspace" worktree add -q --detach "$night/after" "$(jq -r '.branch // "main"' "$night/result.json")"
    verdicts judge "$1" "$kind" "$documents" "$night/after" "$night"/log/*.jsonl ${3:+"$3"} >>"$work/rows.jsonl"
}

for name in $names; do
    mkdir -p "$work/$name/as-they-are" "$work/$name/title-moved"
    documents "$name" "$work/$name/as-they-are"
    night "$name" as-they-are
    verdicts move "$work/$name/as-they-are" "$work/$name/title-moved" "$work/$name/truth.jsonl"
    [ ! -s "$work/$name/truth.jsonl" ] || night "$name" title-moved "$work/$name/truth.jsonl"
done

echo "Documents as they are"
jq -c 'select(.moved | not)' "$work/rows.jsonl" | verdicts tables
echo "Titles moved into headings"
jq -c 'select(.moved)' "$work/rows.jsonl" | verdicts tables
[ -n "$truth" ] || exit 0

echo "Languages of fences"
src/bench/fences.sh "$truth/fences"
echo
echo "Broken links"
trees=$truth/links-trees
[ -d "$trees" ] || trees=
HELD_OUT=${HELD_OUT-1} src/bench/links.sh "$truth/links" $trees
