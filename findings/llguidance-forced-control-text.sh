#!/usr/bin/env bash
# PyPI's llguidance 1.7.6 and 1.9.1 (as of vLLM 0.32.0, whose backend "guidance" it is) on a grammar in whose text stands what
# reads like a control token
#
# Expected: a token that the mask allows is taken when it is given back, and a literal of a grammar is text: it is written
# with tokens of text, as a control token is written <x> and not "<x>" there.
# Seen (2026-11-30): where one text alone can follow, the mask is of one token, the first of that text as the tokenizer cuts
# it. The tokenizer takes the control token for its text, the mask allows it, and the matcher refuses it ("token doesn't satisfy
# the grammar"). Where two texts can follow, or with no_forcing, the tokens of text come. Of a tokenizer with the tokens
# a b < x > and the control token <x>:
#
#     1.7.6  "a<x>b"              a [<x>] refused
#     1.7.6  "a<x>b" | "a>"       a < x > b
#     1.7.6  "a<x>b", no_forcing  a < x > b
#     1.9.1  "a<x>b"              a [<x>] refused
#     1.9.1  "a<x>b" | "a>"       a < x > b
#     1.9.1  "a<x>b", no_forcing  a < x > b
#
# vLLM 0.32.0 ends such a request with 500 "Internal server error" ("Unexpected: grammar rejected tokens" in its log).
#
# For us: grammars for llguidance begin with %llguidance {"no_forcing": true}. The canary's word holds a control token's text,
# so no vLLM could be used before; a constant of an agent's schema may hold one too.
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
python3 -m venv py
cat > tokenizer.json <<'JSON'
{"version": "1.0", "truncation": null, "padding": null, "normalizer": null,
 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
 "post_processor": null, "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
 "added_tokens": [
  {"id": 5, "content": "<x>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
  {"id": 6, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
  "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
  "vocab": {"a": 0, "b": 1, "<": 2, "x": 3, ">": 4}, "merges": []}}
JSON
cat > walk.py <<'PYTHON'
import llguidance
import llguidance.numpy as masks
import sys

names = {0: "a", 1: "b", 2: "<", 3: "x", 4: ">", 5: "[<x>]", 6: "[<end>]"}
tokenizer = llguidance.LLTokenizer(open("tokenizer.json").read(), eos_token=6)
for shown, grammar in (
    ('"a<x>b"', 'start: "a<x>b"'),
    ('"a<x>b" | "a>"', 'start: "a<x>b" | "a>"'),
    ('"a<x>b", no_forcing', '%llguidance {"no_forcing": true}\nstart: "a<x>b"'),
):
    matcher = llguidance.LLMatcher(tokenizer, grammar, log_level=0)
    written = []
    while not matcher.is_stopped():
        mask = masks.allocate_token_bitmask(1, len(names))
        masks.fill_next_token_bitmask(matcher, mask)
        allowed = [i for i in names if mask[0][0] >> i & 1]
        token = next((i for i in allowed if names[i] != ">"), allowed[0])
        written.append(names[token])
        if not matcher.consume_token(token):
            written.append("refused")
            break
    print(f"{sys.argv[1]}  {shown:<21}{' '.join(written)}")
PYTHON
for version in 1.7.6 1.9.1; do
    py/bin/pip install -q --disable-pip-version-check "llguidance==$version" numpy==2.3.5
    py/bin/python walk.py "$version" 2> /dev/null
done | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
1.7.6  "a<x>b"              a [<x>] refused
1.7.6  "a<x>b" | "a>"       a < x > b
1.7.6  "a<x>b", no_forcing  a < x > b
1.9.1  "a<x>b"              a [<x>] refused
1.9.1  "a<x>b" | "a>"       a < x > b
1.9.1  "a<x>b", no_forcing  a < x > b
SEEN
