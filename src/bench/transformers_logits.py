"""What transformers computes for tiny decoders, for the test of the import. Usage: transformers_logits.py FILE

FILE is src/test/resources/model/transformers.json: for each case the config.json and the tokens. The numbers of its weights
follow from their names and places, here as in TinyFolder.java, so the file holds none; the first logits behind each token
are written into it anew.
"""

import json
import sys
import zlib

import numpy
import torch
import transformers

PER_TOKEN = 6


def numbers(name, count):
    x = numpy.arange(count, dtype=numpy.uint64) * 2654435761 + zlib.crc32(name.encode())
    x &= 0xFFFFFFFF
    x ^= x >> 16
    x = x * 0x45D9F3B & 0xFFFFFFFF
    x ^= x >> 16
    values = (x % 2001).astype(numpy.float64) - 1000
    return 1 + values / 4000 if name.endswith("norm.weight") else values / (5000 if name.endswith("bias") else 10000)


with open(sys.argv[1]) as file:
    cases = json.load(file)
for case in cases["cases"]:
    config = dict(case["config"])
    kind = {"llama": "Llama", "qwen2": "Qwen2", "qwen3": "Qwen3"}[config.pop("model_type")]
    settings = getattr(transformers, kind + "Config")(**config)
    model = getattr(transformers, kind + "ForCausalLM")(settings).eval()
    for name, weight in model.named_parameters():  # tied ones once
        values = torch.from_numpy(numbers(name, weight.numel()).astype(numpy.float32)).reshape(weight.shape)
        if case["type"] == "BF16":  # cut, not rounded
            values = (values.view(torch.int32) & -65536).view(torch.float32)
        elif case["type"] == "F16":
            values = values.half().float()
        with torch.no_grad():
            weight.copy_(values)
    with torch.no_grad():
        logits = model(torch.tensor([cases["tokens"]])).logits[0]
    case["logits"] = [[round(float(x), 6) for x in row[:PER_TOKEN]] for row in logits[::4]]
    case["likeliest"] = logits.argmax(-1).tolist()
cases["made"] = "transformers " + transformers.__version__
with open(sys.argv[1], "w") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
