"""What applications are given: the same reply again until something changed, news within a second, and the examples."""
import http.client
import json
import os
import shutil
import subprocess
import threading
import time
import unittest

from server import ServedWorkspace, ask_on, wait_until
from workspace import TOP

SERVE = "/api/v1/prompts/greeting/serve?label=canary"
EVENTS = "/api/v1/prompts/greeting/events?label=canary"
EXAMPLES = os.path.join(TOP, "docs", "examples")
TYPESCRIPT = os.path.join(TOP, "web", "node_modules", "typescript")


class Serving(ServedWorkspace):
    """Ada owns the prompt greeting, whose first version of two is served as canary."""

    def setUp(self):
        super().setUp()
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "greeting", "owner": "Ada"})
        for words in ("Be kind.", "Be brief."):
            self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "greeting", "text": words, "message": words})
        self.move(1)

    def move(self, version):
        self.ask(201, "POST", "/api/v1/prompts/greeting/move", {"label": "canary", "version": version})

    def move_by_command(self, version):
        self.rondo("prompt", "move", "greeting", "canary", str(version))

    def version(self, **options):
        return self.ask(200, "GET", SERVE, **options)["version"]


class Kept(Serving):
    def test_no_request_after_a_move_is_answered_with_the_old_version(self):
        connection = self.server.connection()
        self.addCleanup(connection.close)
        for at in range(20):
            self.version()
            self.move(2 - at % 2)
            self.assertEqual(ask_on(connection, "GET", SERVE).json()["version"], 2 - at % 2)

    def test_readers_and_a_mover_at_once_never_see_the_past(self):
        """The mover writes down what it was told is done; whoever asks after that must not be told less."""
        done, wrong, is_over = [0], [], threading.Event()

        def read():
            connection = self.server.connection()
            while not is_over.is_set():
                before = done[0]
                message = ask_on(connection, "GET", SERVE).json()["text"]
                if int(message) < before:
                    wrong.append((before, message))
            connection.close()

        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "greeting", "text": "0", "message": "0"})
        self.move(3)
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for at in range(1, 15):
            self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "greeting", "text": str(at), "message": "m"})
            self.move(3 + at)
            done[0] = at
        is_over.set()
        for reader in readers:
            reader.join()
        self.assertEqual(wrong, [])

    def test_what_another_process_wrote_is_served_within_a_second(self):
        self.assertEqual(self.version(), 1)
        self.move_by_command(2)
        self.assertTrue(wait_until(lambda: self.version() == 2, 1))

    def test_the_same_content_is_not_sent_twice(self):
        self.version()
        etag = self.reply.headers["etag"]
        for known in (etag, "W/" + etag, '"other", ' + etag, "*"):
            self.ask(304, "GET", SERVE, headers={"If-None-Match": known})
            self.assertEqual((self.reply.body, self.reply.headers["etag"]), (b"", etag))
        self.assertEqual(self.version(headers={"If-None-Match": '"other"'}), 1)
        self.move(2)
        self.assertEqual(self.version(headers={"If-None-Match": etag}), 2)

    def test_what_is_kept_for_one_is_not_given_to_another(self):
        token = self.token("Ada", "read")
        self.assertEqual(self.version(token=token), 1)
        self.refused(401, "unknown_user", "not valid", "GET", SERVE, token=token[:-1] + ("a" if token[-1] != "a" else "b"))
        self.refused(401, "unknown_user", "not valid", "GET", SERVE, headers={"Authorization": ""})
        self.refused(404, "not_found", "it has 'canary'", "GET", SERVE.replace("canary", "production"), token=token)
        self.refused(403, "forbidden", "scope 'read'", "GET", SERVE, token=self.token("Ada", "import"))

    def test_a_token_that_was_taken_back_is_refused_at_once(self):
        token = self.token("Ada", "read")
        self.assertEqual(self.version(token=token), 1)
        row = self.ask(200, "GET", "/api/v1/tokens")["items"][-1]["id"]
        self.ask(204, "DELETE", "/api/v1/tokens/" + row)
        self.refused(401, "unknown_user", "not valid", "GET", SERVE, token=token)

    def test_reading_writes_nothing(self):
        before = self.ask(200, "GET", "/api/v1/audit")
        for _ in range(50):
            self.version()
        self.assertEqual(self.ask(200, "GET", "/api/v1/audit"), before)


class Events(Serving):
    def listen(self, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", EVENTS, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        self.assertEqual((reply.status, reply.getheader("content-type")), (200, "text/event-stream"))
        return reply

    def next(self, stream):
        """The id and the data of the next event."""
        fields = {}
        while "data" not in fields:
            name, _, value = stream.readline().decode().rstrip("\n").partition(": ")
            fields[name] = value
        self.assertEqual(fields["event"], "label")
        return fields["id"], json.loads(fields["data"])

    def test_a_move_is_heard_of_within_a_second_whoever_made_it(self):
        stream = self.listen()
        self.assertEqual(self.next(stream)[1]["version"], 1)
        for move, version in ((self.move, 2), (self.move_by_command, 1)):
            move(version)
            begin = time.monotonic()
            data = self.next(stream)[1]
            self.assertLess(time.monotonic() - begin, 1)
            served = self.ask(200, "GET", SERVE)
            self.assertEqual(data, {name: served[name] for name in ("name", "label", "version", "content_hash")})
            self.assertEqual(data["version"], version)

    def test_who_comes_back_hears_what_he_does_not_know(self):
        known, _ = self.next(self.listen())
        self.assertEqual('"%s"' % known, (self.version(), self.reply.headers["etag"])[1])
        stream = self.listen(Last_Event_ID=known)
        self.move(2)
        self.assertEqual(self.next(stream)[1]["version"], 2)
        self.assertEqual(self.next(self.listen(Last_Event_ID=known))[1]["version"], 2)

    def test_what_is_not_there_is_refused(self):
        self.refused(404, "not_found", "it has 'canary'", "GET", EVENTS.replace("canary", "production"))
        self.refused(404, "not_found", "farewell", "GET", EVENTS.replace("greeting", "farewell"))
        self.refused(401, "unknown_user", "not valid", "GET", EVENTS, token="rondo_wrong")
        self.refused(400, "usage", "'lable'", "GET", EVENTS.replace("label", "lable"))


class Examples(Serving):
    """Each example is run as its head says, and hears of a move; then the server goes, and it stays."""

    def hears_and_stays(self, *words):
        env = dict(self.env, RONDO_TOKEN=self.token("Ada", "read"))
        address = "http://127.0.0.1:%d" % self.server.port
        process = subprocess.Popen([*words, address, "greeting", "canary"], env=env, cwd=self.folder, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.assertEqual(json.loads(process.stdout.readline())["text"], "Be kind.")
        self.move(2)
        self.assertEqual(json.loads(process.stdout.readline())["text"], "Be brief.")
        self.server.stop()
        self.assertIn("the last good prompt stays", process.stderr.readline())
        self.assertIsNone(process.poll())

    def test_the_one_in_python(self):
        self.hears_and_stays("python3", os.path.join(EXAMPLES, "prompt_client.py"))

    def test_the_one_in_c(self):
        subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", os.path.join(EXAMPLES, "prompt_client.c"), "-lcurl",
                        "-o", os.path.join(self.folder, "prompt_client")], check=True)
        self.hears_and_stays("./prompt_client")

    @unittest.skipUnless(shutil.which("node") and os.path.isdir(TYPESCRIPT), "needs node and web/node_modules")
    def test_the_one_in_typescript(self):
        """Its types are taken away by the compiler of the web app: not every Node does so by itself."""
        with open(os.path.join(EXAMPLES, "prompt_client.ts"), encoding="utf-8") as source:
            script = self.file("strip.cjs", "const ts = require(%s)\nprocess.stdout.write(ts.transpileModule("
                               "require('fs').readFileSync(0, 'utf8'), {compilerOptions: {target: 'ES2022', "
                               "module: 'ES2022'}}).outputText)" % json.dumps(TYPESCRIPT))
            plain = subprocess.run(["node", script], stdin=source, capture_output=True, text=True, check=True).stdout
        self.hears_and_stays("node", self.file("prompt_client.mjs", plain))


if __name__ == "__main__":
    unittest.main()
