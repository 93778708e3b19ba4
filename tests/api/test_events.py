"""Server-sent events from outside: their order, what is heard after a break, by whom, and by many at once.

RONDO_CLIENTS says how many listen at once, 100 when it is not set.
"""
import json
import os
import re
import resource
import selectors
import socket
import threading
import time
import unittest

from server import ServedWorkspace, wait_until
from workspace import about_files, about_stores

CLIENTS = int(os.environ.get("RONDO_CLIENTS", "100"))
SECONDS = 60


class Stream:
    """One connection that listens; what has come so far is taken apart by `read`."""

    def __init__(self, server, words="", token=None, last=None):
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        head = ["GET /api/v1/events%s HTTP/1.1" % words, "Host: localhost"]
        if token:
            head.append("Authorization: Bearer " + token)
        if last:
            head.append("Last-Event-ID: " + last)
        self.socket.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        self.socket.setblocking(False)
        self.bytes = b""     # not yet taken apart
        self.head = None
        self.text = ""       # likewise, without its chunks
        self.raw = ""
        self.last = last
        self.events = []     # (name, data)
        self.has_ended = False

    def close(self):
        self.socket.close()

    @property
    def status(self):
        return int(self.head.split(" ")[1]) if self.head else None

    def read(self):
        try:
            more = self.socket.recv(1 << 20)
        except BlockingIOError:
            return
        except ConnectionError:
            more = b""
        self.has_ended = self.has_ended or not more
        self.bytes += more
        if self.head is None and b"\r\n\r\n" in self.bytes:
            head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
            self.head = head.decode()
        while self.head is not None and self.take_chunk():
            pass

    def take_chunk(self):
        size, line_end, rest = self.bytes.partition(b"\r\n")
        if not line_end or not re.fullmatch(rb"[0-9a-fA-F]+", size) or len(rest) < int(size, 16) + 2:
            return False
        size = int(size, 16)
        self.has_ended = self.has_ended or size == 0
        self.raw += rest[:size].decode()
        self.text += rest[:size].decode()
        self.bytes = rest[size + 2:]
        while "\n\n" in self.text:
            block, self.text = self.text.split("\n\n", 1)
            self.take_block(block)
        return size > 0

    def take_block(self, block):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        self.last = fields.get("id", self.last)
        if "data" in fields:
            self.events.append((fields["event"], json.loads(fields["data"])))


def hear(streams, is_enough, seconds=SECONDS):
    """Reads all of them until it is enough; whether it came to that."""
    end = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream.socket, selectors.EVENT_READ, stream)
        while not is_enough():
            if time.monotonic() > end:
                return False
            for key, _ in selector.select(0.05):
                key.data.read()
                if key.data.has_ended:
                    selector.unregister(key.fileobj)
        return True


class Events(ServedWorkspace):
    def listen(self, words="", server=None, **options):
        """A stream that is open: what happens from now on is heard."""
        stream = Stream(server or self.server, words, **options)
        self.addCleanup(stream.close)
        self.assertTrue(hear([stream], lambda: stream.raw or stream.has_ended), stream.head)
        self.assertEqual(stream.status, 200)
        return stream

    def suite(self, name, **options):
        return self.ask(201, "POST", "/api/v1/suites", {"name": name}, **options)["id"]

    def check_heard(self, stream, want, seconds=SECONDS):
        """These events come, in this order, and no other before the last of them."""
        hear([stream], lambda: len(stream.events) >= len(want), seconds)
        self.assertEqual(stream.events, want)

    def added(self, *ids, record="suite", verb="add"):
        changes = {line["row"]: line["change"] for line in
                   self.ask(200, "GET", "/api/v1/audit?limit=1000")["items"] if line["verb"] == verb}
        return [("change", {"record": record, "id": row, "verb": verb, "change": changes[row]}) for row in ids]


@about_stores  # the order of commits
class Listening(Events):
    def setUp(self):
        super().setUp()
        self.served()

    def test_changes_are_heard_in_their_order_whoever_makes_them(self):
        stream = self.listen()
        self.assertIn("text/event-stream", stream.head)
        ids = [self.suite("one"), self.suite("two")]
        self.rondo("suite", "add", "--name", "three")
        self.check_heard(stream, self.added(*ids, "SUITE-3"))
        self.ask(204, "DELETE", "/api/v1/suites/" + ids[0])
        hear([stream], lambda: len(stream.events) == 4)
        name, data = stream.events[3]
        self.assertEqual((name, data["id"]), ("change", ids[0]))
        self.assertNotIn("one", stream.raw)

    def test_another_servers_changes_are_heard(self):
        other = self.serve()
        here, there = self.listen(), self.listen(server=other)
        ids = [self.suite("here")]
        self.assertEqual(other.ask("POST", "/api/v1/suites", {"name": "there"}).status, 201)
        want = self.added(*ids, "SUITE-2")
        self.check_heard(here, want)
        self.check_heard(there, want)

    def test_who_comes_back_hears_what_he_missed_once(self):
        stream = self.listen()
        seen = [self.suite("heard")]
        self.check_heard(stream, self.added(*seen))
        stream.close()
        missed = [self.suite("missed %d" % number) for number in range(1200)]
        again = self.listen(last=stream.last)
        self.check_heard(again, self.added_all(missed))
        for cut in (0, 1, 599, 1199):
            part = self.listen("?follow=false", last=stream.last)
            self.assertTrue(hear([part], lambda: part.has_ended))
            rest = Stream(self.server, "?follow=false", last=re.findall(r"^id: (\w+)$", part.raw, re.MULTILINE)[1 + cut])
            self.addCleanup(rest.close)
            self.assertTrue(hear([rest], lambda: rest.has_ended))
            self.assertEqual([event[1]["id"] for event in rest.events], missed[cut + 1:])

    def added_all(self, ids):
        first = self.added(ids[-1])[0][1]["change"] - len(ids) + 1
        return [("change", {"record": "suite", "id": row, "verb": "add", "change": first + at}) for at, row in enumerate(ids)]

    def test_the_place_to_go_on_from_is_known_before_the_first_event_and_over_a_restart(self):
        stream = self.listen()
        self.server.stop()
        self.assertTrue(hear([stream], lambda: stream.has_ended))
        self.rondo("suite", "add", "--name", "meanwhile")
        self.server = self.serve()
        self.check_heard(self.listen(last=stream.last), self.added("SUITE-1"))

    def test_ids_are_opaque_and_never_the_same(self):
        marks = {self.listen().last for _ in range(3)}
        self.assertEqual(len(marks), 3)
        for wrong in ("1", "x" * 64, "0" * 64):
            self.refused(422, "invalid", "Last-Event-ID", "GET", "/api/v1/events", headers={"Last-Event-ID": wrong})

    @about_files
    def test_the_id_of_a_future_that_was_restored_away_resets(self):
        self.server.stop()
        with open(self.store, "rb") as file:
            before = file.read()
        self.server = self.serve()
        stream = self.listen()
        self.suite("lost")
        self.assertTrue(hear([stream], lambda: stream.events))
        self.server.stop()
        with open(self.store, "wb") as file:
            file.write(before)
        for tail in ("-wal", "-shm"):
            if os.path.exists(self.store + tail):
                os.unlink(self.store + tail)
        self.server = self.serve()
        again = self.listen(last=stream.last)
        self.suite("new")
        hear([again], lambda: len(again.events) == 2)
        self.assertEqual([name for name, _ in again.events], ["reset", "change"])

    def test_filters(self):
        suite = self.suite("one")
        of_record, of_other = self.listen("?record=suite"), self.listen("?record=team")
        of_row, ending = self.listen("?row=" + suite), self.listen()
        self.suite("two")
        self.ask(200, "PATCH", "/api/v1/suites/" + suite, {"name": "uno"})
        team = self.ask(201, "POST", "/api/v1/teams", {"name": "team"})["id"]
        self.assertTrue(hear([of_record, of_row, of_other, ending], lambda: ending.events and ending.events[-1][1]["id"] == team))
        self.assertTrue(hear([of_record, of_row, of_other], lambda: of_other.events and of_row.events and len(of_record.events) == 2))
        self.assertEqual([data["id"] for _, data in of_record.events], ["SUITE-2", suite])
        self.assertEqual([data["id"] for _, data in of_row.events], [suite])
        self.assertEqual([data["id"] for _, data in of_other.events], [team])
        self.refused(422, "invalid", "'nothing'", "GET", "/api/v1/events?record=nothing")
        self.refused(422, "invalid", "'x'", "GET", "/api/v1/events?row=x")
        self.refused(422, "invalid", "TEAM", "GET", "/api/v1/events?record=suite&row=TEAM-1")
        self.refused(404, "not_found", "'9'", "GET", "/api/v1/events?job=9")

    def test_a_job_is_heard_to_its_end_after_what_it_stored(self):
        stream = self.listen()
        body = self.lines(*({"case": "c%d" % number, "pass": True} for number in range(50)), suite="s", run="r", started_at="2026-11-09")
        job = self.imported(body)["id"]
        self.assertTrue(hear([stream], lambda: stream.events and stream.events[-1][1].get("state") == "done"))
        records = [data["record"] for name, data in stream.events if name == "change"]
        self.assertEqual(sorted(filter(None, records)), ["eval_run", "suite", "surface"])
        jobs = [data for name, data in stream.events if name == "job"]
        self.assertEqual({data["id"] for data in jobs}, {job})
        self.assertEqual(jobs[-1]["progress"], 100)
        alone = self.listen("?follow=false&job=" + job, last=self.first_mark(stream))
        self.assertTrue(hear([alone], lambda: alone.has_ended))
        self.assertEqual([(name, data["state"]) for name, data in alone.events], [("job", "done")])

    def first_mark(self, stream):
        return re.search(r"^id: (\w+)$", stream.raw, re.MULTILINE).group(1)


@about_stores  # what is told goes by what may be read
class Privacy(Events):
    """What somebody may not read he hears nothing of, neither the event nor that there was one."""

    def setUp(self):
        super().setUp()
        self.initialise()
        self.person("Ben", "owner,member")
        self.server = self.serve()
        self.ada, self.ben = self.token("Ada", "write,import"), self.token("Ben", "write,import")

    def test_what_is_ones_own_is_heard_by_nobody_else(self):
        ada, ben = self.listen(token=self.ada), self.listen(token=self.ben)
        of_row = self.listen("?row=TOK-1", token=self.ben)
        made = self.ask(201, "POST", "/api/v1/tokens", {"name": "canary", "scopes": ["read"]}, token=self.ada)["id"]
        self.ask(200, "PATCH", "/api/v1/tokens/" + made, {"name": "canary two"}, token=self.ada)
        self.ask(204, "DELETE", "/api/v1/tokens/" + made, token=self.ada)
        self.imported("canary", token=self.ada)
        suite = self.suite("public", token=self.ada)
        self.assertTrue(hear([ada, ben, of_row], lambda: all(suite in s.raw for s in (ada, ben)) and "failed" in ada.raw))
        heard = [(data["verb"], data["id"]) for name, data in ada.events if name == "change"]
        self.assertEqual(heard, [("add", made), ("share", made), ("set", made), ("drop", made), ("add", suite)])
        self.assertEqual([data["state"] for name, data in ada.events if name == "job"][-1], "failed")
        self.assertEqual([(name, data["id"]) for name, data in ben.events], [("change", suite)])
        self.assertNotIn("canary", ben.raw)
        self.assertNotIn(made, ben.raw)
        self.assertEqual(of_row.events, [])
        self.ask(404, "GET", "/api/v1/events?job=1", token=self.ben)

    def test_whose_token_goes_hears_no_more(self):
        secret = self.token("Ben", "read")
        made = self.ask(200, "GET", "/api/v1/tokens", token=self.ben)["items"][-1]["id"]
        stream = self.listen(token=secret)
        self.ask(204, "DELETE", "/api/v1/tokens/" + made, token=self.ben)
        self.suite("after", token=self.ada)
        self.assertTrue(hear([stream], lambda: stream.has_ended))
        self.assertEqual(stream.events, [])
        again = Stream(self.server, token=secret, last=stream.last)
        self.addCleanup(again.close)
        self.assertTrue(hear([again], lambda: again.head))
        self.assertEqual(again.status, 401)

    def test_only_who_may_read_may_listen(self):
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/events", token="rondo_wrong")
        self.refused(403, "forbidden", "read", "GET", "/api/v1/events", token=self.token("Ada", "import"))


class Crowd(Events):
    def setUp(self):
        super().setUp()
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 4096, most))

    def test_many_listen_and_none_loses_an_event(self):
        self.served()
        streams = [Stream(self.server) for _ in range(CLIENTS)]
        for stream in streams:
            self.addCleanup(stream.close)
        self.assertTrue(hear(streams, lambda: all(stream.raw for stream in streams)))
        ids = []

        def write():
            for number in range(200):
                ids.append(self.server.ask("POST", "/api/v1/suites", {"name": str(number)}).json()["id"])

        writer = threading.Thread(target=write)
        writer.start()
        begin = time.monotonic()
        done = hear(streams, lambda: not writer.is_alive() and all(len(stream.events) >= 200 for stream in streams), 120)
        writer.join()
        if "RONDO_CLIENTS" in os.environ:
            print("%d clients heard 200 events each in %.1f s" % (CLIENTS, time.monotonic() - begin))
        self.assertTrue(done, sorted(len(stream.events) for stream in streams))
        for stream in streams:
            self.assertEqual([data["id"] for _, data in stream.events], ids)

    def test_the_thousand_and_first_is_told_so(self):
        self.served()
        streams = [Stream(self.server) for _ in range(1000)]
        for stream in streams:
            self.addCleanup(stream.close)
        self.assertTrue(hear(streams, lambda: all(stream.raw for stream in streams)))
        self.refused(503, "busy", "1000 clients", "GET", "/api/v1/events")
        self.ask(200, "GET", "/api/v1/suites")
        streams.pop().close()
        self.suite("wakes")
        self.assertTrue(wait_until(lambda: self.server.ask("GET", "/api/v1/events?follow=false").status == 200, 30))


if __name__ == "__main__":
    unittest.main()
