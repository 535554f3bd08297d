"""The service in a process of its own, and what it writes."""

import contextlib
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import orjson

from pipelines.settings import Home


class Service:
    """A running `sepas-dq serve`: its address and everything it has written to stdout and stderr."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process, self.lines = process, []
        self.ready = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self.ready.wait(60), self.said()
        self.address = next(line.split()[0].rstrip("/") for line in self.lines if line.startswith("http://"))
        self.port = int(self.address.rsplit(":", 1)[1])

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.decode("utf-8", "replace"))
            if "answers" in self.lines[-1] or "sepas-dq:" in self.lines[-1]:
                self.ready.set()

    def said(self) -> str:
        return "".join(self.lines)

    def ask(self, path: str, body: bytes | None = None, method: str | None = None, **headers: str) -> tuple[int, dict, bytes]:
        """(status, headers, body)."""
        request = urllib.request.Request(self.address + path, body, {key.replace("_", "-"): value for key, value in headers.items()}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def lives(self) -> bool:
        status, _, body = self.ask("/v1/health")
        return status == 200 and orjson.loads(body)["ok"] and self.process.poll() is None


@contextlib.contextmanager
def running(home: Home, temp: Path, *options: str) -> Iterator[Service]:
    """The service in a process of its own, with a temporary folder of its own."""
    temp.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"SEPAS_DQ_HOME": str(home.root), "TMPDIR": str(temp), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "serve", "--port", "0", *options],
        env=environment, cwd=temp, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Service(process)
    finally:
        process.terminate()
        process.wait(15)
