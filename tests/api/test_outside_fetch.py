"""Outside calendars with an address: asked by command, by the API and by a server; kept while the other side fails."""
import gzip
import http.server
import os
import threading
import unittest

from server import ServedWorkspace, wait_until
from test_outside_calendars import DENTIST, calendar, timed

ETAG = {"ETag": '"one"', "Last-Modified": "Sun, 15 Nov 2026 10:00:00 GMT"}
LUNCH = timed("23T103000", "23T104500", "Lunch")


def answer(body="", status=200, **headers):
    return status, body.encode() if isinstance(body, str) else body, {name.replace("_", "-"): value for name, value in headers.items()}


class Calendars:
    """A server that gives the answers it was told to, one after the other, the last for ever."""

    def __init__(self, *answers):
        ours = self
        self.answers, self.heard = list(answers), []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                ours.heard.append({name.lower(): value for name, value in self.headers.items()})
                given = ours.answers.pop(0) if len(ours.answers) > 1 else ours.answers[0]
                status, body, headers = given() if callable(given) else given
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d/SECRET/basic.ics?key=SECRET" % self.server.server_port

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Outside(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.rondo("ritual", "install", "ai-week")

    def calendars(self, *answers):
        server = Calendars(*answers)
        self.addCleanup(server.stop)
        return server

    def add(self, url, *words, **options):
        return self.rondo("outside-calendar", "add", "--name", "Work", "--address", url, "--inside", "yes", *words, **options)

    def fetch(self, *words, at=None, **options):
        return self.rondo("calendar", "fetch", *words, env={"RONDO_NOW": "2026-11-16T%s:00Z" % at} if at else None, **options)

    def row(self):
        return self.rondo("outside-calendar", "list", "--json").json()["items"][0]

    def titles(self):
        met = self.rondo("calendar", "conflicts", "--json", "--from", "2026-11-23", "--to", "2026-11-29").json()["conflicts"]
        return [one["with"]["title"] for one in met]


class Asking(Outside):
    def test_what_it_holds_is_what_the_address_gives(self):
        there = self.calendars(answer(calendar(DENTIST)), answer(calendar(LUNCH)))
        self.add(there.url)
        self.assertEqual(self.fetch("Work").out, "OCA-1: 1 event in\n")
        self.assertEqual(self.titles(), ["Dentist"])
        self.assertEqual(there.heard[0]["accept"], "text/calendar")
        self.fetch("Work")
        self.assertEqual(self.titles(), ["Lunch"])

    def test_a_server_that_knows_what_was_read_sends_nothing(self):
        there = self.calendars(answer(calendar(DENTIST), **{"ETag": '"one"', "Last-Modified": ETAG["Last-Modified"]}), answer(status=304))
        self.add(there.url)
        self.fetch("Work")
        self.assertNotIn("if-none-match", there.heard[0])
        self.assertEqual(self.fetch("Work").out, "OCA-1: 1 event, as before\n")
        self.assertEqual((there.heard[1]["if-none-match"], there.heard[1]["if-modified-since"]), ('"one"', ETAG["Last-Modified"]))
        self.assertEqual(self.titles(), ["Dentist"])

    def test_who_asks_while_a_server_asks_is_not_told_that_it_was_changed_meanwhile(self):
        def meanwhile():
            self.fetch("Work")
            return answer(calendar(LUNCH))

        there = self.calendars(meanwhile, answer(calendar(DENTIST)), answer(calendar(LUNCH)))
        self.add(there.url)
        self.assertEqual(self.fetch("Work").out, "OCA-1: 1 event in\n")
        self.assertEqual((self.titles(), len(there.heard)), (["Lunch"], 3))

    def test_who_has_nothing_is_not_told_that_it_is_the_same(self):
        self.add(self.calendars(answer(status=304)).url)
        self.assertIn("answers 304", self.fetch("Work", code=4).err)

    def test_a_new_stamp_on_everything_is_no_change(self):
        first, second = (calendar(DENTIST + ["DTSTAMP:2026111%dT100000Z" % day]) for day in (5, 6))
        self.add(self.calendars(answer(first), answer(second), answer(calendar(DENTIST[:-1]))).url)
        self.fetch("Work")
        version = self.row()["version"]
        self.assertIn("as before", self.fetch("Work").out)
        self.assertEqual(self.row()["version"], version)
        self.assertIn("1 event in", self.fetch("Work").out)  # the place is gone

    def test_another_address_is_asked_as_if_for_the_first_time(self):
        there = self.calendars(answer(calendar(DENTIST), **ETAG))
        self.add(there.url)
        self.fetch("Work")
        self.rondo("outside-calendar", "set", "Work", "--address", there.url + "&more")
        self.fetch("Work")
        self.assertNotIn("if-none-match", there.heard[1])

    def test_what_a_file_took_the_place_of_comes_again(self):
        there = self.calendars(answer(calendar(DENTIST), **ETAG))
        self.add(there.url)
        self.fetch("Work")
        self.rondo("calendar", "import", self.file("w.ics", calendar(LUNCH)), "--name", "Work", env={"RONDO_NOW": "2026-11-16T07:01:00Z"})
        self.assertIn("1 event in", self.fetch("Work").out)
        self.assertNotIn("if-none-match", there.heard[1])
        self.assertEqual(self.titles(), ["Dentist"])

    def test_what_comes_compressed_is_read(self):
        self.add(self.calendars(answer(gzip.compress(calendar(DENTIST).encode()), Content_Encoding="gzip")).url)
        self.assertIn("1 event in", self.fetch("Work").out)

    def test_one_without_an_address_is_not_asked(self):
        self.rondo("outside-calendar", "add", "--name", "Work")
        self.assertIn("has no address", self.fetch("Work", code=1).err)
        self.assertEqual(self.fetch().out, "Asked for 0 calendars\n")


class Failing(Outside):
    def check_kept(self, words, failing):
        there = self.calendars(answer(calendar(DENTIST)), failing)
        self.add(there.url)
        self.fetch("Work")
        err = self.fetch("Work", code=4, at="09:00").err
        self.assertIn("'Work' stays as it was: ", err)
        self.assertIn(words, err)
        self.assertNotIn("SECRET", err)
        row = self.row()
        self.assertIn(words, row["failure"])
        self.assertEqual((row["failed_at"], row["read_at"], row["events"]), ("2026-11-16T09:00:00Z", "2026-11-16T07:00:00Z", 1))
        self.assertEqual(self.titles(), ["Dentist"])
        return there

    def test_a_server_in_trouble(self):
        there = self.check_kept("answers 503: it is in trouble", answer("sorry", 503))
        self.fetch("Work", code=4, at="10:00")
        self.assertEqual(self.row()["failed_at"], "2026-11-16T09:00:00Z")
        there.answers = [answer(calendar(DENTIST))]
        self.fetch("Work", at="11:00")
        self.assertEqual([self.row()[name] for name in ("failure", "failed_at", "read_at")], [None, None, "2026-11-16T07:00:00Z"])

    def test_a_calendar_without_an_address_fails_no_more(self):
        self.add(self.calendars(answer("", 500)).url)
        self.fetch("Work", code=4)
        self.rondo("outside-calendar", "set", "Work", "--address", "")
        self.assertEqual([self.row()[name] for name in ("failure", "failed_at")], [None, None])

    def test_an_address_that_is_gone(self):
        self.check_kept("answers 404: nothing is there", answer("", 404))

    def test_a_page_to_sign_in(self):
        self.check_kept("this is no calendar", answer("<html>Sign in</html>", Content_Type="text/calendar"))

    def test_half_a_calendar(self):
        self.check_kept("it is cut off", answer(calendar(LUNCH)[:-20]))

    def test_a_line_that_breaks(self):
        self.check_kept("nobody answers", answer(calendar(LUNCH), Content_Length="100000"))

    def test_an_address_that_leads_on(self):
        target = self.calendars(answer(calendar(LUNCH)))
        self.check_kept("leads on to another address", answer("", 302, Location=target.url))
        self.assertEqual(target.heard, [])

    def test_what_has_no_end(self):
        self.check_kept("larger than the 16 MB", answer(gzip.compress(b"BEGIN:VCALENDAR\n" + b" " * (17 << 20)), Content_Encoding="gzip"))

    def test_a_calendar_without_events_is_no_failure(self):
        self.add(self.calendars(answer(calendar(DENTIST)), answer(calendar())).url)
        self.fetch("Work")
        self.assertEqual(self.fetch("Work").out, "OCA-1: 0 events in\n")

    def test_what_fails_for_a_day_waits_for_its_person(self):
        self.add(self.calendars(answer("", 500)).url)
        self.fetch("Work", code=4)
        for now, waiting in (("2026-11-17T06:59:00Z", []), ("2026-11-17T07:00:00Z", ["Work"])):
            items = self.rondo("inbox", "--json", env={"RONDO_NOW": now}).json()["items"]
            self.assertEqual([one["title"] for one in items if one["kind"] == "calendar"], waiting)


class Addresses(Outside):
    def refuse(self, url, words, *more, code=2, **options):
        self.assertIn(words, self.rondo("outside-calendar", "add", "--name", "Work", "--address", url, *more, code=code, **options).err)

    def test_only_an_address_of_the_internet_is_taken(self):
        for url in ("http://calendar.example/a.ics", "ftp://calendar.example/a.ics", "https://", "https://ada:word@calendar.example/a.ics",
                    "https://calendar.example/a b.ics", "file:///etc/passwd"):
            self.refuse(url, "begins with https:// or webcal://")
        self.rondo("outside-calendar", "add", "--name", "Work", "--address", "webcal://calendar.example/a.ics")

    def test_the_own_network_is_refused_when_the_socket_opens(self):
        there = self.calendars(answer(calendar(DENTIST)))
        for host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"):
            url = "https://%s:%d/a.ics" % (host, there.server.server_port)
            self.rondo("outside-calendar", "add", "--name", host, "--address", url)
            self.assertIn("lies in the own network", self.fetch(host, code=4).err)
        self.assertEqual(there.heard, [])

    def test_that_it_is_meant_only_an_owner_says(self):
        self.rondo("person", "add", "--name", "Bea")
        self.rondo("membership", "add", "--person", "Bea", "--roles", "member", "--as", "Ada")
        there = self.calendars(answer(calendar(DENTIST)))
        self.refuse(there.url, "only an owner of the workspace says", "--inside", "yes", "--as", "Bea", code=1)
        self.rondo("outside-calendar", "add", "--name", "Later", "--inside", "yes", "--as", "Bea")
        self.rondo("outside-calendar", "set", "Later", "--address", there.url, "--as", "Bea", code=1)
        self.add(there.url, "--as", "Ada")
        self.assertEqual(self.fetch("Work", "--as", "Ada").out, "OCA-2: 1 event in\n")

    def test_it_is_never_shown_again(self):
        self.add(self.calendars(answer(calendar(DENTIST))).url)
        self.fetch("Work")
        for words in (("outside-calendar", "show", "Work"), ("outside-calendar", "show", "Work", "--json"), ("history", "OCA-1"),
                      ("outside-calendar", "list", "--json"), ("audit", "list", "--json"), ("calendar", "show"), ("search", "SECRET")):
            answered = self.run_rondo(*words)
            self.assertNotIn("/SECRET", answered.out + answered.err, words)
        self.rondo("export", "all")
        for folder, _, names in os.walk(os.path.join(self.folder, "all")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"SECRET", file.read(), name)
        self.rondo("outside-calendar", "list", "--address", "x", code=2)


class Served(Outside):
    def setUp(self):
        super().setUp()
        self.person("Bea", "member")
        self.server = self.serve()
        self.ada, self.bea = (self.token(name, "read,write") for name in ("Ada", "Bea"))

    def listed(self, token=None):
        return self.ask(200, "GET", "/api/v1/me/outside-calendars", token=token or self.ada)["calendars"]

    def make(self, url, name="Work"):
        return self.ask(201, "POST", "/api/v1/outside-calendars", {"name": name, "address": url, "inside": True}, token=self.ada)

    def test_a_server_asks_by_itself_and_says_when(self):
        there = self.calendars(answer(calendar(DENTIST)))
        made = self.make(there.url)
        self.assertNotIn("address", made)
        wait_until(lambda: self.listed()[0]["next_at"] == "2026-11-16T08:00:00Z", 40)  # written last
        self.assertEqual(self.listed()[0], {
            "id": "OCA-1", "name": "Work", "team": None, "is_private": True, "events": 1, "warnings": 0,
            "read_at": "2026-11-16T07:00:00Z", "host": "127.0.0.1:%d" % there.server.server_port, "asked_at": "2026-11-16T07:00:00Z",
            "next_at": "2026-11-16T08:00:00Z", "failure": None, "failed_at": None, "version": self.listed()[0]["version"]})
        self.assertNotIn("SECRET", self.reply.text)
        self.assertEqual(len(there.heard), 1)

    def test_all_that_are_due_are_asked_and_none_of_them_twice(self):
        servers = [self.calendars(answer(calendar(DENTIST))) for _ in range(5)]
        for number, there in enumerate(servers):
            self.make(there.url, "Work %d" % number)
        wait_until(lambda: all(one["next_at"] == "2026-11-16T08:00:00Z" for one in self.listed()), 60)
        self.assertEqual(self.fetch("--as", "Ada").out, "Asked for 0 calendars\n")
        self.assertEqual([len(there.heard) for there in servers], [1] * 5)

    def test_a_failure_is_told_and_each_wait_is_twice_the_one_before(self):
        there = self.calendars(answer("", 500))
        made = self.make(there.url)
        path = "/api/v1/outside-calendars/%s/fetch" % made["id"]
        wait_until(lambda: self.listed()[0]["failure"], 40)
        waits = [self.ask(200, "POST", path, token=self.ada)["next_at"][11:16] for _ in range(3)]
        self.assertEqual(waits, ["07:30", "08:00", "09:00"])
        there.answers = [answer("", 429, Retry_After="36000")]
        asked = self.ask(200, "POST", path, token=self.ada)
        self.assertEqual((asked["next_at"], asked["failed_at"]), ("2026-11-16T17:00:00Z", "2026-11-16T07:00:00Z"))
        self.assertIn("asked too often", asked["failure"])

    def test_others_neither_ask_nor_list(self):
        there = self.calendars(answer(calendar(DENTIST)))
        made = self.make(there.url)
        path = "/api/v1/outside-calendars/%s/fetch" % made["id"]
        self.refused(403, "forbidden", "somebody else's calendar", "POST", path, token=self.bea)
        self.assertEqual(self.listed(self.bea), [])
        self.ask(200, "POST", path, token=self.ada)
        self.ask(204, "DELETE", "/api/v1/outside-calendars/" + made["id"], token=self.ada)
        self.refused(409, "conflict", "was dropped", "POST", path, token=self.ada)
        self.assertEqual(self.listed(), [])


if __name__ == "__main__":
    unittest.main()
