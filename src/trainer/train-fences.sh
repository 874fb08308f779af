#!/usr/bin/env bash
# Makes the embedded model for code fences: the one for front matter, trained on with documents whose fences say their language.
#
# Usage: src/trainer/train-fences.sh DOCUMENTS VALIDATION OUT [STEPS]
#   DOCUMENTS   a folder of repositories, each a folder of Markdown documents, to learn from
#   VALIDATION  the same, to validate on; no repository is in both
#   OUT         the folder to write the model to; where it holds a checkpoint, training goes on from there
#   STEPS       of 4,800 tokens each (default: 1500)
#
# A file of fences as src/bench/fences.sh takes them becomes such a folder by src/bench/FenceDocuments.java, labelled.
set -euo pipefail
documents=$(readlink -f "$1")
validation=$(readlink -f "$2")
out=$(readlink -m "$3")
steps=${4:-1500}
cd "$(dirname "$0")/../.."
mkdir -p "$out"
trainer() { mvn -q -Ptrainer compile exec:exec -Dtrainer.main="$1" -Dtrainer.args="$2"; }

trainer FenceTraces "$documents $out/examples.jsonl 1"
trainer FenceTraces "$validation $out/validation.jsonl 2"
trainer TrainTinyModel "--from src/main/models/docops-front-matter --examples $out/examples.jsonl \
--validation $out/validation.jsonl --steps $steps --learning-rate 0.002 --out $out"
