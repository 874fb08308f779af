"""Compares the verdicts of other engines on exported grammars with our own; see export.sh.

Usage: export_verdicts.py WRITTEN [SECONDS]
"""

import collections
import json
import pathlib
import subprocess
import sys

JUDGE = pathlib.Path(__file__).parent.parent / "test" / "judges" / "judge.py"
ENGINES = {"GBNF": "llama.cpp", "LARK": "llguidance", "EBNF": "xgrammar"}


class TwiceError(ValueError):
    pass


def once(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise TwiceError
    return dict(pairs)


def has_name_twice(text):
    try:
        json.loads(text[text.index("{") : text.rindex("}") + 1], object_pairs_hook=once)
    except TwiceError:
        return True
    except ValueError:
        pass
    return False


class Tally:
    def __init__(self, dialect):
        self.dialect = dialect
        self.counts = collections.Counter()
        self.reasons = collections.Counter()
        self.lengths = []
        self.millis = []

    def take(self, case, judge):
        own = case[self.dialect]
        if "refused" in own:
            self.counts["refused by name"] += 1
            self.reasons[own["refused"].partition(": it ")[2][:90]] += 1
            return
        self.lengths.append(len(own["grammar"]))
        texts = [text["text"] for text in case["texts"]]
        answer = judge({"dialect": self.dialect, "grammar": own["grammar"], "texts": texts})
        if "error" in answer:
            self.counts["refused by the engine"] += 1
            self.reasons[answer["error"].splitlines()[0][:160]] += 1
            print(f"{self.dialect} {case['id']}: {answer['error'][:300]}", file=sys.stderr)
            return
        self.millis.append(answer["ms"])
        self.compare(case, own, answer["verdicts"])

    def compare(self, case, own, verdicts):
        same = True
        loosened = own["loosenings"]
        for text, verdict in zip(case["texts"], verdicts):
            self.counts["texts"] += 1
            if verdict == text["accepted"] or (verdict and own["twice"] and has_name_twice(text["text"])):
                continue
            kind = "let through as loosened" if verdict and loosened else "accepted" if verdict else "refused"
            self.counts[f"texts wrongly {kind}"] += 1
            same = same and kind == "let through as loosened"
            print(f"{self.dialect} {case['id']} {kind} {text['kind']}: {text['text']!r:.400}", file=sys.stderr)
        self.counts["the same, loosened by name" if same and loosened else "the same" if same else "not the same"] += 1
        for found in {found.partition(": ")[2] for found in loosened}:
            self.reasons["loosened: " + found] += 1

    def report(self, total):
        print(f"{ENGINES[self.dialect]} ({self.dialect}), {total} schemas:")
        for kind, count in sorted(self.counts.items()):
            share = "" if "texts" in kind else f"  {100 * count / total:.1f} %"
            print(f"  {kind}: {count:,}{share}")
        for reason, count in self.reasons.most_common(12):
            print(f"    {count} x {reason}")
        for name, values, unit in (("grammar", self.lengths, "characters"), ("compiled in", self.millis, "ms")):
            if values:
                values.sort()
                middle, high = values[len(values) // 2], values[len(values) * 99 // 100]
                print(f"  {name}: median {middle:,.1f}, 99 % {high:,.1f}, most {values[-1]:,.1f} {unit}")


def main():
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    command = [sys.executable, str(JUDGE), seconds]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def judge(case):
        process.stdin.write(json.dumps(case) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    total = unusable = 0
    tallies = []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if "unusable" in case:
                unusable += 1
                continue
            total += 1
            tallies = tallies or [Tally(dialect) for dialect in ENGINES if dialect in case]
            for tally in tallies:
                tally.take(case, judge)
    process.stdin.close()
    process.wait()
    print(f"{unusable} schemas are refused by our own compiler, and left out")
    for tally in tallies:
        tally.report(total)


if __name__ == "__main__":
    main()
