"""A running server as the tests have it: a process of its own, on the database at hand."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

PROGRAM = """
import sys
import django
django.setup()
from guerdon.faces import server
def ready(url):
    print(url, flush=True)
    assert len(sys.argv) < 4, "the greeting fails"
server.serve(port=int(sys.argv[1]), processes=int(sys.argv[2]), ready=ready)
print("ended", flush=True)
"""


class Site:
    """A running server."""

    def __init__(self, *, port=0, processes=1, rude=False):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(port), str(processes), *(["rude"] if rude else [])],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "GUERDON_LOG": "json", "GUERDON_DEMO": "1"},
        )
        self.errors = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = self.process.stdout.readline().strip()

    def _listen(self):
        self.errors.extend(self.process.stderr)

    def connect(self):
        return http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)

    def stop(self, number=signal.SIGTERM):
        """End it; answers the exit code and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(30)
        return code, time.monotonic() - began

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
