"""What an imported model computes beside transformers. Usage: top_tokens.py HUGGINGFACE IMPORTED TEXT [TOKENS]

HUGGINGFACE is a folder of transformers, IMPORTED what pantheon-night model import made of it, TEXT a file of which the first
TOKENS tokens (200) are computed. Says of how many positions the likeliest token is the same, how far logits are apart, the
perplexity of both, and whether both tokenizers make the same ids.
"""

import sys

import numpy
import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer

folder, imported, text = sys.argv[1:4]
most = int(sys.argv[4]) if len(sys.argv) > 4 else 200
text = open(text, encoding="utf-8").read()[: 8 * most]
theirs = AutoTokenizer.from_pretrained(folder).encode(text, add_special_tokens=False)[:most]
ours = Tokenizer.from_file(imported + "/tokenizer.json").encode(text, add_special_tokens=False).ids[:most]
with torch.no_grad():
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    expected = model(torch.tensor([theirs])).logits[0].numpy()

session = onnxruntime.InferenceSession(imported + "/model.onnx", providers=["CPUExecutionProvider"])
count = len(theirs)
feed = {
    "input_ids": numpy.array([theirs], dtype=numpy.int64),
    "seqlens_k": numpy.array([count - 1], dtype=numpy.int32),
    "total_sequence_length": numpy.array(count, dtype=numpy.int32),
    "logit_rows": numpy.arange(count, dtype=numpy.int64),
}
for given in session.get_inputs():
    if given.name.startswith("past_key_values."):
        feed[given.name] = numpy.zeros((1, given.shape[1], 0, given.shape[3]), dtype=numpy.float32)
actual = session.run(["logits"], feed)[0]


def perplexity(logits):
    logits = logits[:-1].astype(numpy.float64)
    logits -= logits.max(-1, keepdims=True)
    likelihood = logits - numpy.log(numpy.exp(logits).sum(-1, keepdims=True))
    return float(numpy.exp(-likelihood[numpy.arange(count - 1), theirs[1:]].mean()))


print(
    "  top tokens %d of %d, logits within %.1e of %.1f, perplexity %.5f and %.5f, ids %s"
    % (
        (actual.argmax(-1) == expected.argmax(-1)).sum(),
        count,
        abs(actual - expected).max(),
        abs(expected).max(),
        perplexity(expected),
        perplexity(actual),
        "the same" if ours == theirs else "others",
    )
)
