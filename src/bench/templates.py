#!/usr/bin/env python3
"""Renders our conversations with the chat templates of real models, and compares them byte by byte.

Usage: templates.py LLAMA_CPP TRL < conversations.jsonl; the folders with the templates of each
"""
import collections
import json
import pathlib
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

# Format -> its models' templates, and whether they read calls or leave them to the text of an answer.
TEMPLATES = {
    "qwen": [("L", "Qwen-Qwen2.5-7B-Instruct", "calls"), ("T", "qwen2_5", "calls"), ("T", "qwen3_instruct_2507", "calls")],
    "hermes-granite": [("L", "ibm-granite-granite-4.0", "calls"), ("L", "ibm-granite-granite-4.1", "calls")],
    "hermes-smollm3": [("L", "HuggingFaceTB-SmolLM3-3B", "text")],
    "qwen-xml": [("T", "qwen3_6", "calls"), ("T", "qwen3_8", "calls")],
    "qwen-xml-3.5": [("L", "Qwen3.5-4B", "calls"), ("T", "qwen3_5_nothink", "calls"), ("T", "qwen3_5_think", "calls")],
    "qwen-xml-coder": [("L", "Qwen3-Coder", "calls")],
    "pythonic": [("T", "lfm2_v2", "calls"), ("T", "lfm2", "text"), ("L", "LFM2-8B-A1B", "text")],
    # The template of LFM2.5-8B-A1B reads calls, too, but writes their strings without escapes, which nobody could read back.
    "pythonic-lfm2.5": [("L", "LFM2.5-Instruct", "text"), ("L", "LFM2.5-8B-A1B", "text")],
}


class Generation(jinja2.ext.Extension):
    """The tag with which some templates mark what a model wrote; it writes what is inside."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_inside"), [], [], body).set_lineno(line)

    def _inside(self, caller):
        return caller()


def environment():
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, "jinja2.ext.loopcontrols"]
    )
    made.filters["tojson"] = lambda value, indent=None: json.dumps(value, ensure_ascii=False, indent=indent)

    def refuse(message):
        raise jinja2.TemplateError(message)

    made.globals["raise_exception"] = refuse
    return made


def in_text(messages, tools, row):
    """The same with each answer's calls as its text."""
    return [
        {"role": m["role"], "content": m["written"]} if "tool_calls" in m else {k: m[k] for k in ("role", "content")}
        for m in messages
    ]


def as_read(messages):
    """As the programs hand messages over: without what is ours, and a tool's result as text."""
    return [{k: v for k, v in m.items() if k != "written"} for m in messages]


def render(template, row, mode):
    messages = row["messages"]
    tools = row["tools"]
    if row["format"] == "hermes-smollm3":  # its template as llama.cpp has it shows no tools, so they are said
        messages = [dict(messages[0], content=row["text"].split("## Custom Instructions\n\n")[1].split("\n\n<|im_end|>")[0])] + messages[1:]
    return template.render(
        messages=in_text(messages, tools, row) if mode == "text" else as_read(messages),
        tools=tools,
        add_generation_prompt=True,
        enable_thinking=False,
        bos_token="<|startoftext|>",
        eos_token="",
    )


def main(llama, trl):
    rows = collections.defaultdict(list)
    for line in sys.stdin:
        row = json.loads(line)
        rows[row["format"]].append(row)
    bad = 0
    for name, templates in TEMPLATES.items():
        for source, file, mode in templates:
            text = ({"L": llama, "T": trl}[source] / f"{file}.jinja").read_text(encoding="utf-8")
            template = environment().from_string(text)
            other = []
            for row in rows[name]:
                rendered = render(template, row, mode)
                if rendered != row["text"]:
                    at = next((i for i, (a, b) in enumerate(zip(row["text"], rendered)) if a != b), -1)
                    other.append(f"    {row['shape']}: {row['text'][max(0, at - 20):at + 50]!r} for {rendered[max(0, at - 20):at + 50]!r}")
            print(f"{name}: {file} ({mode}): {len(rows[name]) - len(other)} of {len(rows[name])} conversations are the same")
            print("\n".join(other), end="\n" if other else "")
            bad += bool(other)
    return bad


if __name__ == "__main__":
    sys.exit(1 if main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])) else 0)
