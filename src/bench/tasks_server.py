"""Asks llama.cpp's server for the tasks that Tasks.java does, with its prompt cache and the calls' schema.

Usage: tasks_server.py SERVER MODEL TEXTS TASKS CLIENTS...
"""
import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time

STEPS = 4


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=1800)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


def ask(path, method, url, body=None):
    connection = Connection(path)
    connection.request(method, url, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    return reply.status, text


def task(path, texts, number, generated):
    prompt = texts["prefix"] + texts["inputs"][number]
    for _ in range(STEPS):
        status, text = ask(path, "POST", "/completion", {
            "prompt": prompt, "n_predict": 96, "temperature": 0, "cache_prompt": True, "json_schema": texts["schema"]})
        if status != 200:
            raise SystemExit(f"the server answered {status}: {text[:200]}")
        reply = json.loads(text)
        json.loads(reply["content"])
        generated.append(reply["tokens_predicted"])
        prompt += reply["content"] + "<|im_end|>\n" + texts["result"]


def run(path, texts, tasks, clients):
    task(path, texts, 255, [])
    numbers, generated, lock = iter(range(tasks)), [], threading.Lock()

    def client():
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            task(path, texts, number, generated)

    start = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - start
    if len(generated) != tasks * STEPS:
        raise SystemExit("a client failed")
    print(f"llama.cpp, {clients} clients       {tasks * 3600 / seconds:7.0f} tasks/h"
          f"  {sum(generated) / len(generated):5.1f} tokens a step  {seconds:.1f} s", flush=True)


def main():
    server, model, texts, tasks, *clients = sys.argv[1:]
    with open(texts, encoding="utf-8") as file:
        texts = json.load(file)
    for count in map(int, clients):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/s.sock"
            process = subprocess.Popen(
                [server, "-m", model, "--host", path, "-t", "2", "-np", str(count), "-c", str(2048 * count), "--offline"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                for _ in range(300):
                    try:
                        if ask(path, "GET", "/health")[0] == 200:
                            break
                    except OSError:
                        pass
                    time.sleep(0.2)
                run(path, texts, int(tasks), count)
            finally:
                process.terminate()
                process.wait(60)


main()
