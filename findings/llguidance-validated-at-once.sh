#!/usr/bin/env bash
# PyPI's llguidance 1.9.1: LLMatcher.validate_tokens beside the same tokens taken one by one
#
# Expected: validate_tokens(tokens) says how many of them the grammar takes, so as many as a loop of compute_bitmask and
# consume_token takes.
# Seen (2026-11-30): what building the lexer's states may cost is bounded for each step, and starts anew only with a
# mask; all tokens of one validate_tokens are one step. With many names that an object leaves out (here 60 words "any but
# those 30") a long text that every step takes is told to be wrong in its midst, and is_error() says that nothing failed:
#
#     60 words, 30 names each: 32400 tokens, by steps 32400, at once 26381, error False
#     40 words, 20 names each: 14400 tokens, by steps 14400, at once 14400, error False
#
# For us: a test that judged whole texts by this call held one of 2,769 grammars for wrong, which the engine holds; the
# judge takes token by token now, with a mask before each, as servers do (src/test/judges/judge.py).
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check llguidance==1.9.1
cat > beside.py <<'PYTHON'
import random
import sys

from llguidance import LLMatcher, LLTokenizer

words, names = int(sys.argv[1]), int(sys.argv[2])
letters = random.Random(1)
rules, text = ["start: " + " ".join(f"r{word}" for word in range(words))], ""
for word in range(words):
    own = ["".join(letters.choice("abcdefghij") for _ in range(16)) for _ in range(names)]
    rules.append(f"r{word}: " + " ".join(f'"\\"{name}\\"" (O{word})?' for name in own))
    rules.append(f'O{word}: /"[a-z]*"/ & ~/"(?:{"|".join(own)})"/')
    text += "".join(f'"{name}"' for name in own)
tokenizer = LLTokenizer("byte")
tokens = tokenizer.tokenize_str(text)


def matcher():
    made = LLMatcher(tokenizer, LLMatcher.grammar_from_lark("\n".join(rules)), log_level=0)
    made.compute_bitmask()
    return made


steps, taken = matcher(), 0
for token in tokens:
    steps.compute_bitmask()
    if not steps.consume_token(token):
        break
    taken += 1
once = matcher()
valid = once.validate_tokens(tokens)
print(
    f"{words} words, {names} names each: {len(tokens)} tokens, by steps {taken}, at once {valid}, error {once.is_error()}"
)
PYTHON
{ venv/bin/python beside.py 60 30; venv/bin/python beside.py 40 20; } | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
60 words, 30 names each: 32400 tokens, by steps 32400, at once 26381, error False
40 words, 20 names each: 14400 tokens, by steps 14400, at once 14400, error False
SEEN
