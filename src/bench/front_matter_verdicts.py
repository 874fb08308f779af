"""What a night of docops.front-matter did to documents, judged without the program: by what people had written.

  front_matter_verdicts.py move DOCUMENTS OUT TRUTH
      copies the documents whose YAML front matter states a title in one line beside other keys, and moves the title into the page:
      it becomes the heading of level 1, where there is none, and its line is left out; TRUTH gets a line of JSON for each: path
      and title
  front_matter_verdicts.py judge NAME KIND BEFORE AFTER JOURNAL [TRUTH]
      prints a line of JSON for each task: how it ended, whether a title could be filled in, and what came of it; with TRUTH
      whether the title is the one that people had
  front_matter_verdicts.py tables < LINES
      prints the tables: by corpus, by kind of site, by script of the title

A title can be filled in where front matter in YAML has keys and none that is called title, and the page has a heading of
level 1 outside of code, comments and HTML, with no template in it. Needs Python 3.11 and nothing else.
"""
import collections
import json
import math
import os
import re
import sys
import unicodedata

FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.S | re.M)
TITLE = re.compile(r"^title:[ \t]+(\S.*?)[ \t]*\r?\n", re.M)
SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "THAI")


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read()


def documents(folder):
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            if name.endswith((".md", ".markdown")):
                yield os.path.relpath(os.path.join(root, name), folder)


def scalar(text):
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        return inner.replace("''", "'") if text[0] == "'" else re.sub(r"\\(.)", r"\1", inner)
    return re.sub(r"\s+#.*$", "", text)


def stated(text):
    """The title of the front matter, the front matter without it, and the page; None where one line does not tell it."""
    front = FRONT.match(text)
    title = front and TITLE.search(front.group(1))
    if not title or title.group(1)[0] in "|>&*!{[" or len(front.group(1).splitlines()) < 2:
        return None
    following = front.group(1)[title.end():]
    if following.startswith((" ", "\t")) or len(re.findall(r"(?im)^[\"']?title[\"']?\s*:", front.group(1))) > 1:
        return None
    start = front.start(1) + title.start()
    above, below = text[:start] + text[front.start(1) + title.end() : front.end()], text[front.end():]
    return scalar(title.group(1)), above, below


def heading(text):
    """The first heading of level 1 as a reader would see it, None where there is none or a program fills it in."""
    front = FRONT.match(text)
    body = re.sub(r"<!--.*?-->", "", text[front.end():] if front else text, flags=re.S)
    fence, above = "", ""
    for line in body.splitlines():
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            fence = "" if mark and mark.group(1).startswith(fence) and line.strip() == mark.group(1) else fence
            continue
        if mark:
            fence, above = mark.group(1), ""
            continue
        found = re.match(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", line)
        if found or (above.strip() and re.match(r" {0,3}=+[ \t]*$", line)):
            title = found.group(1) if found else above.strip()
            return None if re.search(r"\{\{|\{%|<[A-Z%]", title) else title
        above = line
    return None


def can_be_done(text):
    front = FRONT.match(text)
    keys = re.findall(r"^([^\s#:][^:]*):", front.group(1), re.M) if front else []
    return bool(keys) and not any(key.strip("\"' ").lower() == "title" for key in keys) and heading(text) is not None


def plain(text):
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def script(title):
    letters = collections.Counter()
    for c in title:
        if c.isalpha() and not c.isascii():
            name = unicodedata.name(c, "")
            letters[next((s.capitalize() for s in SCRIPTS if name.startswith(s)), "Latin with marks" if "LATIN" in name else "other")] += 1
    if letters.keys() & {"Hiragana", "Katakana"}:
        return "Japanese"
    return {"Cjk": "Chinese", "Hangul": "Korean"}.get(next(iter(letters.most_common(1)), ("ASCII",))[0],
                                                     next(iter(letters.most_common(1)), ("ASCII",))[0])


def move(folder, out, truth):
    with open(truth, "w", encoding="utf-8") as known:
        for path in documents(folder):
            parts = stated(read(os.path.join(folder, path)))
            if parts:
                target = os.path.join(out, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
                    moved = "" if heading(parts[2]) else f"# {parts[0]}\n\n"
                    file.write(parts[1] + moved + parts[2].lstrip("\r\n"))
                known.write(json.dumps({"path": path, "title": parts[0]}, ensure_ascii=False) + "\n")


def judge(name, kind, before, after, journal, truth=None):
    known = {row["path"]: row["title"] for row in map(json.loads, open(truth, encoding="utf-8"))} if truth else {}
    paths, ended = {}, []
    with open(journal, encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            if event["type"] == "night.pantheon.task.started.v1":
                paths[event["subject"]] = event["data"]["night.input"]["path"]
            elif event["type"] == "night.pantheon.task.finished.v1":
                ended.append((event["subject"], event["data"]))
    for subject, data in ended:
        path = paths[subject]
        old, new = read(os.path.join(before, path)), read(os.path.join(after, path))
        title = stated(new)
        row = {"corpus": name, "kind": kind, "path": path, "moved": bool(truth), "can": can_be_done(old),
               "ending": data["night.finish_reason"], "message": data.get("night.message", ""), "changed": old != new,
               "script": script(known.get(path) or heading(old) or "")}
        if old != new and title:
            row["title"] = title[0]
        if truth:
            row["people"] = known[path]
            row["heading"] = heading(old)
            if old != new and title:
                row["same"] = title[0] == known[path]
                row["alike"] = plain(title[0]) == plain(known[path])
        print(json.dumps(row, ensure_ascii=False))


def wilson(k, n):
    if n == 0:
        return ""
    z, p = 1.959963985, k / n
    mid, half = (p + z * z / 2 / n) / (1 + z * z / n), z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return f"{100 * (mid - half):.1f}–{100 * (mid + half):.1f} %"


def as_they_are(some):
    """Nearly all have their title: what is to be seen is that nothing happens to them."""
    endings = collections.Counter(row["ending"] for row in some)
    return {"Tasks": len(some), "Can be filled in": sum(row["can"] for row in some),
            "Commits": sum(row["changed"] for row in some),
            "Accepted without one": endings["accepted"] - sum(row["changed"] for row in some),
            "Other endings": ", ".join(f"{name} {count}" for name, count in sorted(endings.items()) if name != "accepted")}


def title_moved(some):
    can = [row for row in some if row["can"]]
    done = [row for row in can if row["ending"] == "accepted" and row["changed"]]
    told = [row for row in some if "same" in row]
    same, alike = sum(row["same"] for row in told), sum(row["alike"] for row in told)
    return {"Tasks": len(some), "Can be filled in": len(can), "Of those accepted": f"{100 * len(done) / max(1, len(can)):.1f} %",
            "Wilson 95 %": wilson(len(done), len(can)),
            "Declined though it can be": sum(row["ending"] == "declined" for row in can),
            "Other endings": ", ".join(f"{name} {count}" for name, count in sorted(
                collections.Counter(row["ending"] for row in can if row["ending"] not in ("accepted", "declined")).items())),
            "Title that people had": f"{same} of {len(told)}", "But for signs and capitals": alike - same,
            "Another": len(told) - alike}


def tables(rows):
    measure = title_moved if any(row["moved"] for row in rows) else as_they_are
    for column, titled in (("corpus", "Corpus"), ("kind", "Kind"), ("script", "Script of the title")):
        groups = collections.defaultdict(list)
        for row in rows:
            groups[row[column]].append(row)
            groups["all"].append(row)
        cells = {name: measure(some) for name, some in groups.items()}
        print("| " + " | ".join([titled, *cells["all"]]) + " |\n" + "|---" * (len(cells["all"]) + 1) + "|")
        for name in sorted(groups, key=lambda key: (key == "all", key)):
            print("| " + " | ".join([name, *map(str, cells[name].values())]) + " |")
        print()


if __name__ == "__main__":
    if sys.argv[1] == "move":
        move(*sys.argv[2:])
    elif sys.argv[1] == "judge":
        judge(*sys.argv[2:])
    else:
        tables([json.loads(line) for line in sys.stdin])
