"""The server as a stranger's script meets it: started on a free port, asked over sockets, told to stop by SIGTERM."""
import http.client
import json
import os
import select
import signal
import subprocess
import time
import urllib.parse

from held_replies import faults_of
from workspace import PROGRAM, Workspace

START_SECONDS = 20
STOP_SECONDS = 30


class Reply:
    """One answer: status, headers (names in lower case) and the bytes of the body."""

    def __init__(self, answer):
        self.status = answer.status
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.body = answer.read()

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


class Server:
    """One `rondo serve`. Use as a context; leaving it stops the server and keeps its exit code."""

    def __init__(self, env, folder, *words, listen="127.0.0.1:0"):
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", listen, *words], cwd=folder, env=env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.code = None
        self.err = ""
        self.line = self.first_line()
        self.port = int(self.line.rsplit(":", 1)[1]) if self.line.startswith("listening on ") else None

    def first_line(self):
        """What the server prints when it is ready; empty when it ended instead."""
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        return self.process.stdout.readline().decode().rstrip("\n") if ready else ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def tell_to_stop(self):
        self.process.send_signal(signal.SIGTERM)

    def wait(self):
        if self.code is None:
            try:
                _, err = self.process.communicate(timeout=STOP_SECONDS)
                self.err = err.decode("utf-8", "replace")
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.communicate()
            self.code = self.process.returncode
        return self.code

    def stop(self):
        if self.process.poll() is None:
            self.tell_to_stop()
        return self.wait()

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, body=None, token=None, headers=None):
        """A dict or list goes as JSON; bytes and text go as they are. On a connection of its own."""
        connection = self.connection()
        try:
            return ask_on(connection, method, path, body, token, headers)
        finally:
            connection.close()


def ask_on(connection, method, path, body=None, token=None, headers=None):
    headers = dict(headers or {})
    if isinstance(body, (dict, list)):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    if isinstance(body, str):
        body = body.encode()
    if token:
        headers["Authorization"] = "Bearer " + token
    connection.request(method, path, body=body, headers=headers)
    return Reply(connection.getresponse())


def query(**words):
    """ "?a=b&c=d", escaped; names with a dot are written with two underscores."""
    return "?" + urllib.parse.urlencode({name.replace("__", "."): value for name, value in words.items()})


class ServedWorkspace(Workspace):
    """A workspace that can be served; every server that a test starts must end with 0 after it."""

    def serve(self, *words, env=None, listen="127.0.0.1:0"):
        server = Server(dict(self.env, **(env or {})), self.folder, *words, listen=listen)
        self.addCleanup(server.stop)
        self.assertIsNotNone(server.port, "no listening line: %r" % server.line)
        self.addCleanup(lambda: self.assertEqual(server.stop(), 0, server.err))
        return server

    def served(self):
        """A workspace of one person, Ada, and its server."""
        self.initialise()
        self.server = self.serve()
        return self.server

    def ask(self, status, method, path, body=None, **options):
        """Asks, checks the status and that the answer is what openapi.json tells; gives its JSON, or None when it is empty."""
        reply = self.server.ask(method, path, body, **options)
        self.reply = reply
        self.assertEqual(reply.status, status, "%s %s\n%s" % (method, path, reply.text[:2000]))
        if not reply.body or "json" not in reply.headers.get("content-type", ""):
            return None
        answer = reply.json()
        self.assertEqual(faults_of(method, path, status, answer), [], "%s %s" % (method, path))
        return answer

    def finished(self, job, seconds=60, **options):
        """Follows a job until it has ended; gives what is shown of it."""
        path = "/api/v1/jobs/" + job
        ended = ("done", "failed", "cancelled")
        self.assertTrue(wait_until(lambda: self.ask(200, "GET", path, **options)["state"] in ended, seconds),
                        "job %s does not end: %s" % (job, self.reply.text))
        return self.reply.json()

    def imported(self, body, words="", **options):
        """Sends a file and waits until it is in; gives the job."""
        return self.finished(self.ask(202, "POST", "/api/v1/imports" + words, body, **options)["job"], **options)

    def refused(self, status, code, words, method, path, body=None, **options):
        """The answer is problem JSON with that code, whose sentence holds the words."""
        problem = self.ask(status, method, path, body, **options)
        self.assertEqual(self.reply.headers["content-type"], "application/problem+json")
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["code"], code)
        self.assertIn(words, problem["detail"])
        for key in ("type", "title"):
            self.assertIn(key, problem)
        return problem

    def token(self, person, scopes, *words):
        """The secret of a new token, made by the command line."""
        return self.rondo("token", "add", "--as", person, "--name", "test", "--scopes", scopes, *words).out.strip()

    def person(self, name, roles, robot=False):
        self.rondo("person", "add", "--as", "Ada", "--name", name, *(["--is-robot", "yes"] if robot else []))
        if roles:
            self.rondo("membership", "add", "--as", "Ada", "--person", name, "--roles", roles)


def wait_until(is_true, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.02)
    return False
