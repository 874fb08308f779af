#!/usr/bin/env bash
# PyPI's transformers 4.57.6, which optimum-onnx 0.1.0 asks for (transformers<4.58), on a folder that transformers 5.24.0 saved
#
# Expected: what an older version does not know it refuses, or a folder is read as it was saved.
# Seen (2026-11-30): the base of the rotary angles stands in rope_parameters alone since 5; 4.57.6 does not look there and takes
# 10000, without a word. The tokenizer is refused, as its class has a new name.
#
#     5.24.0  base of the angles: 1000000.0
#     5.24.0  tokenizer: TokenizersBackend, [64, 65, 66]
#     4.57.6  base of the angles: 10000.0
#     4.57.6  tokenizer: Tokenizer class TokenizersBackend does not exist or is not currently imported.
#
# An export by optimum-onnx 0.1.0 of such a folder ends with 0, has no tokenizer, and computes with other angles than the
# model was trained with.
#
# For us: model import reads the base from both places and refuses what differs; docs/engines.md tells what to write into
# config.json before such an export, and where the tokenizer is taken from.
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
export HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error
for version in 5.24.0 4.57.6; do
    python3 -m venv "$version" && "$version/bin/pip" install -q --disable-pip-version-check "transformers==$version"
done
cat > save.py <<'PYTHON'
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, PreTrainedTokenizerFast

LlamaConfig(
    hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, vocab_size=256,
    rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, architectures=["LlamaForCausalLM"],
).save_pretrained("model")
tokenizer = Tokenizer(models.BPE(vocab={chr(c): c - 33 for c in range(33, 127)}, merges=[]))
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
PreTrainedTokenizerFast(tokenizer_object=tokenizer).save_pretrained("model")
PYTHON
cat > read.py <<'PYTHON'
import sys
from transformers import AutoConfig, AutoTokenizer

config = AutoConfig.from_pretrained("model")
parameters = getattr(config, "rope_parameters", None) or {}
print(f"{sys.argv[1]}  base of the angles: {getattr(config, 'rope_theta', None) or parameters.get('rope_theta')}")
try:
    tokenizer = AutoTokenizer.from_pretrained("model")
    print(f"{sys.argv[1]}  tokenizer: {type(tokenizer).__name__}, {tokenizer('abc').input_ids}")
except ValueError as e:
    print(f"{sys.argv[1]}  tokenizer: {str(e).splitlines()[0]}")
PYTHON
5.24.0/bin/python save.py
for version in 5.24.0 4.57.6; do "$version/bin/python" read.py "$version" 2> /dev/null; done | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
5.24.0  base of the angles: 1000000.0
5.24.0  tokenizer: TokenizersBackend, [64, 65, 66]
4.57.6  base of the angles: 10000.0
4.57.6  tokenizer: Tokenizer class TokenizersBackend does not exist or is not currently imported.
SEEN
