"""Reads mined files as a loader does, and compares them value by value with what was written.

Usage: compare.py FOLDER LOADER, a LOADER being pyarrow, datasets, or template.
"""

import json
import pathlib
import sys
import tempfile

# What docs/training-data.md claims: which forms a loader leaves as they are.
FORMS = {
    "pyarrow": ["sft_gen", "sft_sharegpt"],
    "datasets 4.0.0": ["sft_gen", "sft_sharegpt"],
    "datasets": ["sft_gen", "sft_sharegpt", "sft_tools"],
}


def written(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def by_pyarrow(file):
    import pyarrow.json

    return pyarrow.json.read_json(file, pyarrow.json.ReadOptions(block_size=1 << 28)).to_pylist()


def by_datasets(file):
    import datasets

    with tempfile.TemporaryDirectory() as cache:
        rows = datasets.load_dataset("json", data_files=str(file), split="train", cache_dir=cache)
        return [dict(row) for row in rows]


def difference(now, then, place="row"):
    """The first place where two values differ, in type or in value; None where they are the same."""
    if type(now) is not type(then):
        return f"{place}: {now!r} for {then!r}"
    if isinstance(then, dict):
        if list(now) != list(then):
            return f"{place}: keys {list(now)} for {list(then)}"
        pairs = ((key, now[key], then[key]) for key in then)
    elif isinstance(then, list):
        if len(now) != len(then):
            return f"{place}: {len(now)} for {len(then)}"
        pairs = ((i, now[i], then[i]) for i in range(len(then)))
    else:
        return None if now == then else f"{place}: {now!r} for {then!r}"
    return next((found for key, a, b in pairs if (found := difference(a, b, f"{place}.{key}"))), None)


def compare(folder, name, read):
    bad = 0
    for form in FORMS[name]:
        for file in sorted(folder.glob(f"*/{form}.jsonl")):
            rows = written(file)
            found = difference(read(file), rows)
            print(f"{name}: {file.parent.name}/{file.name}: {found or f'{len(rows)} rows are as they were written'}")
            bad += found is not None
    return bad


def render(folder):
    """Renders each conversation with the template beside the files; what was sent is in the last of its turns."""
    import jinja2.sandbox

    bad = 0
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment()
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    template = environment.from_string((folder / "chat_template.jinja").read_text(encoding="utf-8"))
    for file in sorted(folder.glob("*/sft_tools.jsonl")):
        sent = {row["provenance"]: row["prompt"] + row["completion"] for row in written(file.parent / "sft_gen.jsonl")}
        rows = written(file)
        for row in rows:
            text = template.render(messages=row["messages"], tools=json.loads(row["tools"]))
            bad += text != sent[row["provenance"]] + "\n"
        print(f"template: {file.parent.name}/{file.name}: {len(rows)} rows, {bad} of them not as they were sent")
    return bad


def main(folder, loader):
    if loader == "template":
        return render(folder)
    if loader == "pyarrow":
        return compare(folder, loader, by_pyarrow)
    import datasets

    old = tuple(map(int, datasets.__version__.split(".")[:2])) < (4, 8)
    return compare(folder, "datasets 4.0.0" if old else "datasets", by_datasets)


if __name__ == "__main__":
    sys.exit(1 if main(pathlib.Path(sys.argv[1]), sys.argv[2]) else 0)
