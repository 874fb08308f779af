#!/usr/bin/env bash
# npm's @huggingface/jinja 0.5.11 beside jinja2 3.1.6 as PyPI's transformers 5.24.0 sets it up, on the template of Qwen3-Coder, as
# llama.cpp ships it in PyPI's llama-cpp-python 0.3.36 (models/templates)
#
# Expected: one template and one conversation make one prompt, whichever of Hugging Face's two libraries renders it.
# Seen (2026-11-30): a number with a fraction of zero loses it in JavaScript, in a tool's schema and in a call; a null in a call
# is an error there, and None in Python.
#
#     transformers 5.24.0        minimum 1.0; level 2.0; name None
#     @huggingface/jinja 0.5.11  minimum 1; level 2; Cannot apply filter "string" to type: NullValue
#
# llama.cpp's own reader of templates (server, release b11549) drops the fraction too, and writes None.
#
# For us: prompts are written by this program's own formats, never by a server's template; the ids of what it sends are the same
# everywhere. Who trains with Python on rendered conversations and serves with another renderer has other tokens there.
# Needs Python 3 and Node.js.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
python3 -m venv py && py/bin/pip install -q --disable-pip-version-check transformers==5.24.0 jinja2==3.1.6
npm install --silent --no-audit --no-fund @huggingface/jinja@0.5.11 > /dev/null
py/bin/pip download -q --disable-pip-version-check --no-deps --no-binary :all: llama-cpp-python==0.3.36 > /dev/null
tar -xzf llama_cpp_python-0.3.36.tar.gz --strip-components=1 --wildcards '*/models/templates/Qwen3-Coder.jinja'
cp "$(find . -name Qwen3-Coder.jinja | head -1)" template
cat > conversations.json <<'JSON'
[{"level": 2.0}, {"level": 2.0, "name": null}]
JSON
cat > conversation.json <<'JSON'
{"tools": [{"type": "function", "function": {"name": "set_level", "description": "Sets it.", "parameters": {"type": "object",
  "properties": {"level": {"type": "number", "minimum": 1.0}, "name": {"type": ["string", "null"]}}}}}],
 "messages": [{"role": "user", "content": "Set it."}, {"role": "assistant", "content": "", "tool_calls": [
  {"type": "function", "function": {"name": "set_level", "arguments": {}}}]}]}
JSON
cat > render.py <<'PYTHON'
import json
from transformers.utils.chat_template_utils import _compile_jinja_template

template = _compile_jinja_template(open("template").read())
for arguments in json.load(open("conversations.json")):
    conversation = json.load(open("conversation.json"))
    conversation["messages"][1]["tool_calls"][0]["function"]["arguments"] = arguments
    print(json.dumps(template.render(**conversation)))
PYTHON
cat > render.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { Template } from '@huggingface/jinja';

const template = new Template(readFileSync('template', 'utf8'));
for (const given of JSON.parse(readFileSync('conversations.json', 'utf8'))) {
    const conversation = JSON.parse(readFileSync('conversation.json', 'utf8'));
    conversation.messages[1].tool_calls[0].function.arguments = given;
    try {
        console.log(JSON.stringify(template.render(conversation)));
    } catch (e) {
        console.log(JSON.stringify(e.message.split('\n')[0]));
    }
}
JAVASCRIPT
cat > shown.py <<'PYTHON'
import json, re, sys

without, with_null = (json.loads(line) for line in sys.stdin)
minimum = re.search(r"minimum\W+([\d.]+)", without)[1]
level, name = (re.search(rf"<parameter={key}>\n(.*)\n", text) for key, text in (("level", without), ("name", with_null)))
print(f"minimum {minimum}; level {level[1]}; {'name ' + name[1] if name else with_null}")
PYTHON
{
    printf '%-27s' 'transformers 5.24.0'
    py/bin/python render.py 2> /dev/null | py/bin/python shown.py
    printf '%-27s' '@huggingface/jinja 0.5.11'
    node render.mjs | py/bin/python shown.py
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
transformers 5.24.0        minimum 1.0; level 2.0; name None
@huggingface/jinja 0.5.11  minimum 1; level 2; Cannot apply filter "string" to type: NullValue
SEEN
