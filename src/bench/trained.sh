#!/usr/bin/env bash
# A model that is trained with TRL on what mine wrote, and comes back: what the trainer changed and did not tell, and whether
# the imported model computes what transformers does. Then the GGUF file, saved by transformers, the same way.
#
# Usage: src/bench/trained.sh WORK GGUF
#   WORK   a folder for what is fetched (torch among it, some 5 GB) and made
#   GGUF   a file whose tokenizer the small models get, SmolLM2's for example
set -euo pipefail
mkdir -p "$1"
work=$(readlink -f "$1")
gguf=$(readlink -f "$2")
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
tool() {
    "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx1g -Dai.djl.offline=true \
        -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives" -cp "$program/lib/*" src/bench/TokenizerIds.java "$@"
}
if [ ! -e "$work/venv/ready" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install -q --no-compile torch==2.13.0 trl==1.16.0 transformers==5.24.0 datasets==5.2.0 gguf==0.19.0 onnxruntime==1.26.0
    touch "$work/venv/ready"
fi
if [ ! -e "$work/data" ]; then
    "$program/bin/pantheon-night" demo "$work/demo" >/dev/null
    "$program/bin/pantheon-night" mine --config "$work/demo/pantheon-night.yaml" --to "$work/data" >/dev/null
fi
rm -rf "$work/tokenizer" "$work/base-"* "$work/trained-"*
tool gguf "$gguf" "$work/tokenizer"
quiet() {
    HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false HF_HUB_DISABLE_PROGRESS_BARS=1 TRANSFORMERS_VERBOSITY=error "$@" 2>"$work/errors" ||
        { cat "$work/errors" >&2; exit 1; }
}
imported() {
    for precision in exact fast; do
        "$program/bin/pantheon-night" model import --replace --precision "$precision" "$2" "$work/imported" >/dev/null
        echo "$1, imported, $precision: $(stat -c %s "$work/imported/model.onnx.data") bytes"
        quiet "$work/venv/bin/python" src/bench/top_tokens.py "$2" "$work/imported" docs/engines.md
    done
}
data=$(find "$work/data" -name sft_gen.jsonl | head -1)
for family in llama qwen2; do
    HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false \
        "$work/venv/bin/python" src/bench/trained.py "$work/tokenizer" "$data" "$family" "$work/base-$family" "$work/trained-$family"
    echo "$family, beside its base: $(tool compare "$work/trained-$family" "$work/base-$family")"
    echo "$family, beside the GGUF: $(tool compare "$work/trained-$family" "$gguf")"
    grep -n rope "$work/trained-$family/config.json" || true
    imported "$family" "$work/trained-$family"
done
rm -rf "$work/saved"
quiet "$work/venv/bin/python" src/bench/as_huggingface.py "$gguf" "$work/saved" 200MB
ls "$work/saved"
"$program/bin/pantheon-night" model import --replace --base "$gguf" "$work/saved" "$work/imported-saved" || true
cp "$work/tokenizer/tokenizer.json" "$work/saved/" # the one that the trainer's library has replaced
"$program/bin/pantheon-night" model import --replace --base "$gguf" "$work/saved" "$work/imported-saved"
imported "the GGUF, saved" "$work/saved"
