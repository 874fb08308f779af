#!/usr/bin/env bash
# The chat template of LFM2.5-8B-A1B, as llama.cpp ships it in PyPI's llama-cpp-python 0.3.36 (models/templates), with
# jinja2 3.1.6
#
# Expected: a call in a conversation's past is written as the model writes its own, a list of Python calls, so that what a
# program reads it with (Python's own parser, for one) gives back the arguments.
# Seen (2026-11-30): a string argument gets quotes around it, and nothing in it is escaped. An apostrophe or a line end
# makes a list that is no Python; a backslash reads back as another text, in silence.
#
#     argument      written                   reads back
#     plain         [f(a='plain')]            the same
#     it's          [f(a='it's')]             no Python
#     two\nlines    [f(a='two\nlines')]       no Python
#     C:\\new       [f(a='C:\\new')]          another text
#
#     (escapes as Python shows them: the second line end is a real one, the backslash a single one)
#
# For us: the format pythonic-lfm2.5 escapes, and docs/configuration.md says where that differs from the template; whoever
# trains on conversations that this template renders teaches a model calls that cannot be read.
# Needs Python 3.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
python3 -m venv py && py/bin/pip install -q --disable-pip-version-check jinja2==3.1.6
py/bin/pip download -q --disable-pip-version-check --no-deps --no-binary :all: llama-cpp-python==0.3.36 > /dev/null
tar -xzf llama_cpp_python-0.3.36.tar.gz --strip-components=1 --wildcards '*/models/templates/LFM2.5-8B-A1B.jinja'

cat > calls.py <<'PYTHON'
import ast, glob, re
import jinja2

source = open(glob.glob("**/LFM2.5-8B-A1B.jinja", recursive=True)[0], encoding="utf-8").read()
source = re.sub(r"\{%-?\s*(?:end)?generation\s*-?%\}", "", source)  # marks what the model wrote, for trainers
template = jinja2.Environment(trim_blocks=True, lstrip_blocks=True).from_string(source)
for text in ("plain", "it's", "two\nlines", "C:\\new"):
    call = {"type": "function", "function": {"name": "f", "arguments": {"a": text}}}
    written = template.render(messages=[
        {"role": "user", "content": "u"}, {"role": "assistant", "content": "", "tool_calls": [call]}], bos_token="")
    calls = written.split("<|tool_call_start|>")[1].split("<|tool_call_end|>")[0]
    try:
        read = ast.literal_eval(ast.parse(calls, mode="eval").body.elts[0].keywords[0].value)
        back = "the same" if read == text else "another text"
    except SyntaxError:
        back = "no Python"
    print(f"{ascii(text)[1:-1]:14}{ascii(calls)[1:-1]:26}{back}")
PYTHON
py/bin/python calls.py | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
plain         [f(a='plain')]            the same
it's          [f(a='it's')]             no Python
two\nlines    [f(a='two\nlines')]       no Python
C:\\new       [f(a='C:\\new')]          another text
SEEN
