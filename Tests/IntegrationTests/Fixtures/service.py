"""A small web service for tests: answers its version, health on /healthz, and drains on SIGTERM.

PORT is given by ECS. VERSION, or the file version.txt beside this one, is what it answers. SICK=1 makes it never healthy;
SICK_FILE names a file: while that is there, the process that it names is not healthy, or no one is if it says "all". WRONG=1
makes it answer 500 to everything but checks. MODE adds odd behaviour: exit (exits 3 at once), deaf (ignores SIGTERM), chatty
(prints 100 MB). GATE names a file: it does not listen before that is there.
"""
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

mode = os.environ.get("MODE", "")
version = os.environ.get("VERSION", "")
file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "version.txt")
if not version and os.path.exists(file):
    with open(file) as lines:
        version = lines.read().strip()
if mode == "exit":
    print("configuration is missing", file=sys.stderr, flush=True)
    sys.exit(3)
if mode == "chatty":
    def chat():
        line = "x" * 1023 + "\n"
        for _ in range(100):
            sys.stdout.write(line * 1024)
        sys.stdout.flush()
        print("END OF CHATTER", flush=True)
    threading.Thread(target=chat, daemon=True).start()


gate = os.environ.get("GATE")
while gate and not os.path.exists(gate):
    time.sleep(0.02)


def is_sick():
    if os.environ.get("SICK") == "1":
        return True
    try:
        with open(os.environ.get("SICK_FILE", "")) as file:
            return file.read() in ("all", str(os.getpid()))
    except OSError:
        return False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        sick = self.path == "/healthz" and is_sick()
        size = int(self.path.split("size=")[1]) if "size=" in self.path else 0
        if "slow" in self.path:
            time.sleep(0.3)
        body = b"x" * size if size else version.encode()
        wrong = os.environ.get("WRONG") == "1" and self.path != "/healthz"
        self.send_response(503 if sick else 500 if wrong else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Version", version)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Version", version)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


server = Server(("127.0.0.1", int(os.environ["PORT"])), Handler)


def stop(*_):
    if mode != "deaf":
        threading.Thread(target=server.shutdown).start()


signal.signal(signal.SIGTERM, stop)
print(f"listening, version {version}", flush=True)
server.serve_forever()
print("stopped", flush=True)
