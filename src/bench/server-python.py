# A bare client of llama.cpp's server, with Python alone, for src/bench/server-python.sh.
#   server-python.py record LISTEN SERVER FILE   passes requests on, and writes each completion's body as a line
#   server-python.py run SERVER FILE ORDER       sends them again, four tasks at once, each task's turns one after the other;
#                                                prints the seconds that it took, and the prompts' tokens and those cached
# ORDER is one of
#   night   as the night had them, with its slots
#   queue   as the queue has them, and whatever slot the server takes
import http.client
import json
import re
import socket
import socketserver
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 4


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=600)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(600)
        self.sock.connect(self.path)


def is_turn(body):
    """Whether a task asks it, and not the start, which tries the grammars."""
    return body["n_predict"] > 1 and not body.get("grammar", "").startswith('root ::= "canary')


def record(listen, server, file):
    lock = threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            body = self.rfile.read(int(length.group(1)) if length else 0)
            if head.startswith(b"POST /completion ") and is_turn(json.loads(body)):
                with lock, open(file, "ab") as out:
                    out.write(body.replace(b"\n", b" ") + b"\n")
            with socket.socket(socket.AF_UNIX) as to:
                to.connect(server)
                to.sendall(head + body)
                while piece := to.recv(1 << 16):
                    self.wfile.write(piece)

    class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads = True

    Server(listen, Handler).serve_forever()


def tasks(file):
    """The turns of each task: a prompt that goes on from another one is of the same task."""
    found = []
    for line in open(file):
        body = json.loads(line)
        prompt = body["prompt"]
        for task in reversed(found):
            before = task[-1]["prompt"]
            if len(before) < len(prompt) and prompt[: len(before)] == before:
                task.append(body)
                break
        else:
            found.append([body])
    return found


def as_queued(server, found):
    """The tasks by their numbers, which the server reads out of their prompts; any slot may take them."""
    numbered = {number(server, task[0]["prompt"]): task for task in found}
    if sorted(numbered) != list(range(len(found))):
        sys.exit(f"{len(found)} tasks were told apart by their prompts, which have the numbers {sorted(numbered)}")
    return [[body | {"id_slot": -1} for body in numbered[place]] for place in sorted(numbered)]


def number(server, prompt):
    connection = Connection(server)
    connection.request("POST", "/detokenize", json.dumps({"tokens": prompt}), {"Content-Type": "application/json"})
    text = json.load(connection.getresponse())["content"]
    connection.close()
    return int(re.search(r"docs/(\d+)\.md", text).group(1))


def turns(server, task):
    read = cached = 0
    for body in task:
        connection = Connection(server)
        connection.request("POST", "/completion", json.dumps(body), {"Content-Type": "application/json", "Connection": "close"})
        reply = connection.getresponse()
        if reply.status != 200:
            raise SystemExit(f"{reply.status} {reply.read()}")
        for line in reply:
            if line.startswith(b"data: "):
                last = json.loads(line[6:])
        connection.close()
        read += last["tokens_evaluated"]
        cached += last["timings"]["cache_n"]
    return read, cached


def run(server, file, order):
    all_tasks = tasks(file) if order == "night" else as_queued(server, tasks(file))
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = list(threads.map(lambda task: turns(server, task), all_tasks))
    took = time.monotonic() - begun
    read = sum(one[0] for one in done)
    cached = sum(one[1] for one in done)
    print(json.dumps({"seconds": took, "tasks": len(done), "turns": sum(map(len, all_tasks)), "prompt": read, "cached": cached}))


if sys.argv[1] == "record":
    record(*sys.argv[2:])
else:
    run(*sys.argv[2:])
