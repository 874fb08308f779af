#!/usr/bin/env python3
"""Renders conversations with chat templates, as transformers does, and compares them with what was sent, byte by byte.

Usage: templates.py FOLDER < conversations.jsonl; the template of a format is FOLDER/FORMAT.jinja
"""
import json
import pathlib
import sys

import jinja2.sandbox


def environment():
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"])
    made.filters["tojson"] = lambda value, indent=None: json.dumps(value, ensure_ascii=False, indent=indent)
    return made


def difference(sent, rendered):
    at = next((i for i, (a, b) in enumerate(zip(sent, rendered)) if a != b), min(len(sent), len(rendered)))
    return f"at {at}: {sent[max(0, at - 30):at + 60]!r} for {rendered[max(0, at - 30):at + 60]!r}"


def main(folder):
    templates, bad, all_of = {}, 0, 0
    for line in sys.stdin:
        row = json.loads(line)
        name = row["format"]
        if name not in templates:
            templates[name] = environment().from_string((folder / f"{name}.jinja").read_text(encoding="utf-8"))
        rendered = templates[name].render(messages=row["messages"], tools=row["tools"], add_generation_prompt=True)
        all_of += 1
        if rendered != row["text"]:
            bad += 1
            print(f"{name}: {row['shape']}: {difference(row['text'], rendered)}")
    print(f"{all_of - bad} of {all_of} conversations of {len(templates)} formats are as they were sent")
    return bad


if __name__ == "__main__":
    sys.exit(1 if main(pathlib.Path(sys.argv[1])) else 0)
