#!/usr/bin/env bash
# How long an import takes and how much memory it has at its most: a GGUF file, and a synthetic Hugging Face folder in the shape of
# a model of 7 billion weights (13.6 GB in BF16; what is made of it, 8 GB).
#
# Usage: src/bench/import.sh WORK GGUF [LAYERS]
#   WORK     a folder for what is made; with 32 layers it needs room for 22 GB, which is freed again
#   GGUF     a file; its tokenizer is the synthetic model's too
#   LAYERS   of the synthetic model, 32 unless it is said
set -euo pipefail
mkdir -p "$1"
work=$(readlink -f "$1")
gguf=$(readlink -f "$2")
layers=${3:-32}
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
trap 'rm -rf "$work/synthetic" "$work/made"' EXIT
measured() {
    /usr/bin/time -f '%e s wall, %U s user, %S s system, %M kB resident at most' -o "$work/time" "$@" >/dev/null
    cat "$work/time"
}
rm -rf "$work/synthetic" "$work/made"
for precision in fast exact; do
    echo "$(basename "$gguf"), $(stat -c %s "$gguf") bytes, $precision:" \
        "$(measured "$program/bin/pantheon-night" model import --replace --precision $precision "$gguf" "$work/made")"
done
mkdir -p "$work/synthetic"
cp "$work/made/tokenizer.json" "$work/synthetic/"
rm -rf "$work/made"
python3 - "$work/synthetic" "$layers" <<'PYTHON'
import json
import os
import random
import struct
import sys

folder, layers = sys.argv[1], int(sys.argv[2])
width, feed, vocabulary = 4096, 11008, 49152
with open(folder + "/config.json", "w") as file:
    json.dump({
        "model_type": "llama", "hidden_size": width, "intermediate_size": feed, "num_hidden_layers": layers,
        "num_attention_heads": 32, "vocab_size": vocabulary, "max_position_embeddings": 4096, "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0, "tie_word_embeddings": False, "eos_token_id": 2,
    }, file)
shapes = {"model.embed_tokens.weight": (vocabulary, width), "lm_head.weight": (vocabulary, width), "model.norm.weight": (width,)}
for layer in range(layers):
    name = "model.layers.%d." % layer
    for part in "qkvo":
        shapes[name + "self_attn.%s_proj.weight" % part] = (width, width)
    for part, shape in (("gate", (feed, width)), ("up", (feed, width)), ("down", (width, feed))):
        shapes[name + "mlp.%s_proj.weight" % part] = shape
    shapes[name + "input_layernorm.weight"] = shapes[name + "post_attention_layernorm.weight"] = (width,)
# random bf16 numbers between 0.008 and 0.03 in size, the same few again and again
random.seed(7)
some = b"".join(struct.pack("<H", random.getrandbits(1) << 15 | 0x3C00 | random.getrandbits(8)) for _ in range(1 << 20))
shards, size = [{}], 0
for name, shape in shapes.items():
    count = shape[0] * (shape[1] if len(shape) > 1 else 1) * 2
    if size + count > 5_000_000_000:
        shards.append({})
        size = 0
    shards[-1][name] = {"dtype": "BF16", "shape": shape, "data_offsets": [size, size + count]}
    size += count
where = {}
for i, shard in enumerate(shards):
    file_name = "model-%05d-of-%05d.safetensors" % (i + 1, len(shards))
    where.update(dict.fromkeys(shard, file_name))
    header = json.dumps(shard).encode()
    with open(folder + "/" + file_name, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        left = max(entry["data_offsets"][1] for entry in shard.values())
        while left:
            left -= file.write(some[: min(left, len(some))])
        os.fsync(file.fileno())
with open(folder + "/model.safetensors.index.json", "w") as file:
    json.dump({"weight_map": where}, file)
PYTHON
echo "$layers layers of a 7B, $(du -b --total "$work/synthetic"/*.safetensors | tail -1 | cut -f1) bytes of BF16, fast:" \
    "$(measured "$program/bin/pantheon-night" model import "$work/synthetic" "$work/made")"
echo "made: $(stat -c %s "$work/made/model.onnx.data") bytes"
