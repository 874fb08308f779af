"""Judges texts by the real matchers of grammars: llama.cpp, llguidance, xgrammar.

Reads JSON Lines from standard input, each with dialect, grammar, and texts, and writes for each one line with verdicts
(true where the whole text is taken), or with error where the engine refuses the grammar. No model and no server is
needed: characters and bytes are the only tokens.

Usage: judge.py [SECONDS]   how long one grammar may take, 60 where nothing is said
"""

import ctypes
import importlib.util
import json
import os
import select
import signal
import sys
import time
import types


class Llama:
    """llama.cpp's own functions, by the names that its C++ compiler gave them, out of the library of xllamacpp."""

    class Vector(ctypes.Structure):
        _fields_ = [("begin", ctypes.c_size_t), ("end", ctypes.c_size_t), ("room", ctypes.c_size_t)]

    def __init__(self):
        spec = importlib.util.find_spec("xllamacpp")
        folder = spec.submodule_search_locations[0]
        name = next(name for name in os.listdir(folder) if name.endswith(".so"))
        library = ctypes.PyDLL(os.path.join(folder, name))
        pointer, size = ctypes.c_void_p, ctypes.c_size_t
        self.init = library._Z23llama_grammar_init_implPK11llama_vocabPKcS3_bPS3_mPKim
        self.init.restype = pointer
        self.init.argtypes = [pointer, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_bool, pointer, size, pointer, size]
        self.free = library._Z23llama_grammar_free_implP13llama_grammar
        self.clone = library._Z24llama_grammar_clone_implRK13llama_grammar
        self.clone.restype = pointer
        self.accept = library._Z20llama_grammar_acceptP13llama_grammarj
        self.stacks = library._Z24llama_grammar_get_stacksP13llama_grammar
        self.stacks.restype = pointer
        for function in (self.free, self.clone, self.stacks):
            function.argtypes = [pointer]
        self.free.restype = self.accept.restype = None
        self.accept.argtypes = [pointer, ctypes.c_uint32]

    def compile(self, grammar):
        compiled = self.init(None, grammar.encode(), b"root", False, None, 0, None, 0)
        if not compiled:
            raise ValueError("llama.cpp does not parse it")
        return compiled

    def takes(self, compiled, text):
        matcher = self.clone(compiled)
        try:
            for character in text:
                self.accept(matcher, ord(character))
                if not self.lengths(matcher):
                    return False
            return 0 in self.lengths(matcher)
        finally:
            self.free(matcher)

    def lengths(self, matcher):
        """How much is left on each of the stacks; where nothing is, the text may end."""
        stacks = self.Vector.from_address(self.stacks(matcher))
        width = ctypes.sizeof(self.Vector)
        found = (self.Vector.from_address(at) for at in range(stacks.begin, stacks.end, width))
        return [stack.end - stack.begin for stack in found]


class Guidance:
    def __init__(self):
        import llguidance

        self.library = llguidance
        self.tokens = llguidance.LLTokenizer("byte")

    def compile(self, grammar):
        lark = self.library.LLMatcher.grammar_from_lark(grammar)
        matcher = self.library.LLMatcher(self.tokens, lark, log_level=0)
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        matcher.compute_bitmask()  # some grammars fail at the first mask only
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        return matcher

    def takes(self, compiled, text):
        """Token by token with a mask before each, as servers do: what one step may cost is counted anew with each mask."""
        matcher = compiled.deep_copy()
        for token in self.tokens.tokenize_str(text):
            allowed = matcher.compute_bitmask()[token // 8] >> token % 8 & 1
            self.check(matcher)
            if not allowed:
                return False
            matcher.consume_token(token)
            self.check(matcher)
        return matcher.is_accepting()

    def check(self, matcher):
        if matcher.is_error():
            raise ValueError(matcher.get_error())


class XGrammar:
    def __init__(self):
        self.library = self.load()
        tokens = [bytes([byte]) for byte in range(256)] + [b"</s>"]
        kind = self.library.VocabType.RAW
        info = self.library.TokenizerInfo(tokens, vocab_type=kind, vocab_size=257, stop_token_ids=[256])
        self.compiler = self.library.GrammarCompiler(info, max_threads=1, cache_enabled=False)

    @staticmethod
    def load():
        """The package without PyTorch and transformers, of which matching needs nothing."""
        import tvm_ffi  # looks for PyTorch itself

        for name in ("torch", "transformers"):
            if importlib.util.find_spec(name) is None:
                module = types.ModuleType(name)
                module.__getattr__ = lambda kind: type(kind, (), {"__new__": lambda *values, **options: None})
                sys.modules[name] = module
        import xgrammar

        return xgrammar

    def compile(self, grammar):
        return self.compiler.compile_grammar(grammar)

    def takes(self, compiled, text):
        matcher = self.library.GrammarMatcher(compiled)
        return bool(matcher.accept_string(text) and matcher.is_completed())


ENGINES = {"GBNF": Llama, "LARK": Guidance, "EBNF": XGrammar}


def judged(engine, case):
    start = time.perf_counter()
    try:
        compiled = engine.compile(case["grammar"])
        took = (time.perf_counter() - start) * 1000
        return {"ms": took, "verdicts": [engine.takes(compiled, text) for text in case["texts"]]}
    except Exception as e:
        return {"error": str(e)[:500] or type(e).__name__}


def bounded(engine, case, seconds):
    """Judges in a process of its own, so that one that ends or hangs is a verdict too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            json.dump(judged(engine, case), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        ready, _, _ = select.select([answer], [], [], seconds)
        text = answer.read() if ready else ""
    if not ready:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(text) if text else {"error": "the engine ended" if ready else f"not done in {seconds} s"}


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    engines = {}
    for line in sys.stdin:
        case = json.loads(line)
        kind = case["dialect"]
        if kind not in engines:
            engines[kind] = ENGINES[kind]()
        print(json.dumps(bounded(engines[kind], case, seconds)), flush=True)


if __name__ == "__main__":
    main()
