#!/usr/bin/env python3
"""A Prometheus server of one's own, in a new folder, gone when it is no longer wanted.

It scrapes itself every second. Where it cannot start it says why; nothing that needs it is passed
over.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 20
SETTINGS = """global:
  scrape_interval: 1s
scrape_configs:
  - job_name: self
    static_configs:
      - targets: ["127.0.0.1:%d"]
"""


class CannotStart(Exception):
    pass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """Starts in the constructor. `url` is its address; `stop` ends it and removes its folder."""

    def __init__(self):
        program = shutil.which("prometheus")
        if not program:
            raise CannotStart("Prometheus is not installed: tools/deps.sh test installs it")
        self.folder = tempfile.mkdtemp(prefix="rondo-prometheus-")
        self.process = None
        port = free_port()
        self.url = "http://127.0.0.1:%d" % port
        try:
            self.start(program, port)
        except BaseException:
            self.stop()
            raise

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, program, port):
        with open(self.path("prometheus.yml"), "w", encoding="utf-8") as settings:
            settings.write(SETTINGS % port)
        with open(self.path("log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [program, "--config.file=" + self.path("prometheus.yml"),
                 "--storage.tsdb.path=" + self.path("data"),
                 "--web.listen-address=127.0.0.1:%d" % port, "--log.level=warn"],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        end = time.monotonic() + START_SECONDS_MAX
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise CannotStart("prometheus does not get ready: " + self.log())
            time.sleep(0.1)

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.url + "/-/ready", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def log(self):
        with open(self.path("log"), encoding="utf-8", errors="replace") as log:
            return log.read().strip()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
