#!/usr/bin/env bash
# What TRL, LLaMA-Factory, ms-swift and Axolotl make of mined files: each is installed from the package registry into an
# environment of its own, some 6 GB each, and reads each file that docs/training-data.md says it can read.
#
# Usage: src/bench/loaders.sh FOLDER [TRAINER]..., FOLDER being one that mine made, best of two agents
set -euo pipefail
mined=$(readlink -f "$1")
shift
trainers=("$@")
[ "${#trainers[@]}" -gt 0 ] || trainers=(trl llamafactory swift axolotl)
cd "$(dirname "$0")/../.."
work=$PWD/target/loaders
export HF_HUB_OFFLINE=1 UV_CACHE_DIR=$work/cache
mkdir -p "$work/model"
cp src/main/models/docops-front-matter/*.json src/main/models/docops-front-matter/chat_template.jinja "$work/model/"
[ -d "$work/uv" ] || { python3 -m venv "$work/uv" && "$work/uv/bin/pip" install -q uv==0.13.9; }

packages() {
    case $1 in
    trl) echo trl==1.16.0 transformers==5.24.0 datasets==5.2.0 torch jinja2 ;;
    llamafactory) echo llamafactory==0.9.5 ;;
    swift) echo ms-swift==4.6.0 transformers==5.19.0 datasets==4.8.4 ;;
    axolotl) echo axolotl==0.19.0 ;;
    *) echo "no trainer $1" >&2 && exit 64 ;;
    esac
}

bad=0
for trainer in "${trainers[@]}"; do
    [ -d "$work/$trainer" ] || {
        "$work/uv/bin/uv" venv -q "$work/$trainer"
        # the words are split on purpose
        "$work/uv/bin/uv" pip install -q --python "$work/$trainer/bin/python" $(packages "$trainer")
    }
    "$work/$trainer/bin/python" src/test/readers/trainers.py "$mined" "$work/model" "$trainer" \
        >"$work/$trainer.txt" 2>"$work/$trainer.log" || bad=1
    grep "^$trainer: " "$work/$trainer.txt" || { cat "$work/$trainer.log" >&2; bad=1; }
done
exit $bad
