#!/usr/bin/env bash
# A real model, exported by Optimum and by the builder of ONNX Runtime's generator, comes in as it is, and says what the model
# says that was imported from its weights.
#
# Usage: src/bench/exports.sh WORK HUGGINGFACE
#   WORK          a folder for what is fetched (torch among it, some 5 GB) and made
#   HUGGINGFACE   a folder with config.json, safetensors and tokenizer.json; trained.sh makes one, WORK/saved
set -euo pipefail
mkdir -p "$1"
work=$(readlink -f "$1")
model=$(readlink -f "$2")
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
export HF_HUB_OFFLINE=1
if [ ! -e "$work/optimum/ready" ]; then
    python3 -m venv "$work/optimum"
    "$work/optimum/bin/pip" install -q --no-compile torch==2.13.0 "optimum-onnx[onnxruntime]==0.1.0" transformers==4.57.6
    touch "$work/optimum/ready"
fi
if [ ! -e "$work/builder/ready" ]; then
    python3 -m venv "$work/builder"
    "$work/builder/bin/pip" install -q --no-compile torch==2.13.0 transformers==5.24.0 onnxruntime-genai==0.18.0 onnx-ir onnx
    touch "$work/builder/ready"
fi
rm -rf "$work/plain" "$work/from-"* "$work/imported-"*
# early transformers read the base of the angles at the top alone
python3 - "$model" "$work/plain" <<'PYTHON'
import json, shutil, sys
shutil.copytree(sys.argv[1], sys.argv[2])
with open(sys.argv[2] + "/config.json") as file:
    config = json.load(file)
config.setdefault("rope_theta", config.get("rope_parameters", {}).get("rope_theta"))
config.pop("rope_parameters", None)
with open(sys.argv[2] + "/config.json", "w") as file:
    json.dump(config, file)
PYTHON
"$work/optimum/bin/python" -m optimum.exporters.onnx --model "$work/plain" --task text-generation-with-past \
    "$work/from-optimum" >"$work/optimum.log" 2>&1
cp -n "$model"/tokenizer*.json "$work/from-optimum/" # which early transformers cannot read
"$work/builder/bin/python" -m onnxruntime_genai.models.builder -i "$model" -o "$work/from-builder" -p int4 -e cpu \
    -c "$work/cache" --extra_options int4_accuracy_level=4 >"$work/builder.log" 2>&1
"$program/bin/pantheon-night" model import --precision exact "$model" "$work/imported-weights"
for maker in optimum builder; do
    ls "$work/from-$maker"
    "$program/bin/pantheon-night" model import "$work/from-$maker" "$work/imported-$maker"
done
for made in weights optimum builder; do
    echo "$made: $("$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true \
        -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives" -Donnxruntime.native.path="$program/natives/onnxruntime" \
        -cp "$program/lib/*" src/bench/GreedyText.java "$work/imported-$made" "The capital of France is" 40 | tr '\n' ' ')"
done
