"""What MaskBench.java measures, by llguidance: which schemas pass, and the times of compiling and masking.

usage: llguidance-masks.py CASES TOKENIZER

Times are by the clock and as the thread's processor time, and hold the call from Python. llguidance compiles in part
when the first mask is asked for, so the two are one time here.
"""
import gzip
import json
import sys
import time

import llguidance
import llguidance.numpy
from llguidance import LLMatcher

CASES, TOKENIZER = sys.argv[1:3]


class Times:
    def __init__(self, name, unit):
        self.name, self.unit, self.clock, self.processor = name, unit, [], []

    def add(self, begun):
        ended = now()
        self.clock.append(ended[0] - begun[0])
        self.processor.append(ended[1] - begun[1])

    def report(self):
        for measure, nanos in ("by the clock", sorted(self.clock)), ("processor", sorted(self.processor)):
            parts = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999, "worst": 1}
            shown = [f"{name} {nanos[min(len(nanos) - 1, int(len(nanos) * part))] / self.unit:.2f}" for name, part in parts.items()]
            mean = sum(nanos) / len(nanos) / self.unit
            print(f"{self.name}, {measure}: {len(nanos)}, mean {mean:.2f}, {', '.join(shown)}")


def now():
    return time.perf_counter_ns(), time.thread_time_ns()


def accepts(matcher, text, masks):
    """Whether every token of a text is in the mask before it, and the text may end."""
    matcher.reset()
    for token in tokenizer.tokenize_str(text):
        begun = now()
        llguidance.numpy.fill_next_token_bitmask(matcher, mask, 0)
        masks.add(begun)
        if not int(mask[0, token // 32]) >> (token % 32) & 1:
            return False
        matcher.consume_token(token)
        if matcher.is_error():
            return False
    return matcher.is_accepting()


tokenizer = llguidance.LLTokenizer(TOKENIZER)
mask = llguidance.numpy.allocate_token_bitmask(1, tokenizer.vocab_size)
masks, first = Times("mask, us", 1e3), Times("compile with the first mask, ms", 1e6)
count = passed = uncompiled = refused = taken = 0
with (gzip.open if CASES.endswith(".gz") else open)(CASES, "rt") as lines:
    for line in lines:
        case = json.loads(line)
        count += 1
        begun = now()
        matcher = LLMatcher(tokenizer, LLMatcher.grammar_from_json_schema(json.dumps(case["schema"])))
        if matcher.is_error():
            uncompiled += 1
            continue
        llguidance.numpy.fill_next_token_bitmask(matcher, mask, 0)
        first.add(begun)
        texts = [(json.dumps(value, ensure_ascii=False), True) for value in case["valid"]]
        texts += [(json.dumps(value["data"], ensure_ascii=False), False) for value in case["invalid"]]
        right = True
        for text, valid in texts:
            if accepts(matcher, text, masks) != valid:
                right = False
                refused += valid
                taken += not valid
        passed += right
print(f"llguidance {llguidance.__version__ if hasattr(llguidance, '__version__') else ''}: {passed} of {count} schemas pass wholly: "
      f"{passed / count:.1%}; not compiled {uncompiled}; valid refused {refused}; invalid accepted {taken}")
masks.report()
first.report()
