"""The canary at the doors: what is Ada's alone is heard by nobody else, in no answer of any kind.

What others may see is found mechanically: every GET of openapi.json, with every id and every query parameter.
Where a question itself holds the word, its answer must be that of a twin word which exists nowhere.
"""
import json
import re
import unittest
from urllib.parse import quote

from server import ServedWorkspace, ask_on
from workspace import about_files, about_stores

WORD, TWIN = "xylocanary", "xylonothing"[:10]
OTHERS = ("Ben", "Olga", "ci", None)
BUSY = ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261116T120000Z\nRRULE:FREQ=DAILY\nSUMMARY:%s\nLOCATION:%s\n"
        "END:VEVENT\nEND:VCALENDAR\n" % (WORD, WORD))


@about_stores  # privacy is kept below the doors, in each store
class Canary(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.person("Ben", "member,council,executive")
        self.person("Olga", "owner,member")
        self.person("ci", "robot", robot=True)
        self.server = self.serve()
        self.open_connection()
        self.tokens = {"Ben": self.token("Ben", "read,write,import"), "Olga": self.token("Olga", "read,write,import"),
                       "ci": self.rondo("token", "add", "--as", "Olga", "--name", "robot", "--scopes", "read,import",
                                        "--person", "ci").out.strip(), None: None}
        self.ada = self.token("Ada", "write,import")
        self.hide()

    def open_connection(self):
        self.line = self.server.connection()
        self.addCleanup(self.line.close)

    def hide(self):
        """Ada's rows: one token changed, one dropped, one dropped and brought back; a link to one; a failed job."""
        begin = self.server.ask("GET", "/api/v1/events?follow=false", token=self.ada).text
        self.beginning = re.search(r"^id: (\w+)$", begin, re.MULTILINE).group(1)
        self.make("POST", "/api/v1/suites", {"name": "public"})
        self.suite = self.made["id"]
        self.ids = []
        for name in ("kept", "dropped", "undone"):
            self.make("POST", "/api/v1/tokens", {"name": "%s %s" % (WORD, name), "scopes": ["read"]})
            self.ids.append(self.made["id"])
        self.make("PATCH", "/api/v1/tokens/" + self.ids[0], {"name": WORD + " changed"})
        self.make("DELETE", "/api/v1/tokens/" + self.ids[1])
        self.make("DELETE", "/api/v1/tokens/" + self.ids[2])
        self.make("POST", "/api/v1/tokens/%s/undo" % self.ids[2])
        self.make("POST", "/api/v1/links", {"kind": "about", "from": self.suite, "to": self.ids[0], "note": WORD})
        self.link = self.made["id"]
        self.make("POST", "/api/v1/outside-calendars", {"name": "Work"})
        self.make("POST", "/api/v1/outside-calendars/%s/file" % self.made["id"], BUSY)
        self.make("POST", "/api/v1/imports?format=" + WORD, "nothing")
        self.job = self.made["job"]
        self.assertEqual(self.finished(self.job, token=self.ada)["state"], "failed")
        audit = self.ask(200, "GET", "/api/v1/audit?record=token", token=self.ada)["items"]
        self.changes = sorted({line["change"] for line in audit if line["row"] in self.ids})
        self.assertEqual(len(self.changes), 7)
        self.secrets = [WORD, self.link] + self.ids

    def make(self, method, path, body=None):
        reply = self.server.ask(method, path, body, token=self.ada)
        self.assertLess(reply.status, 300, reply.text)
        self.made = reply.json() if reply.body else None

    def hear(self, who, method, path, body=None, headers=None):
        """Everything that somebody hears: status, headers and body, as one text."""
        if path.startswith("/api/v1/events"):  # it would go on for ever
            path += ("&" if "?" in path else "?") + "follow=false" * ("follow=" not in path)
            headers = dict(headers or {}, **{"Last-Event-ID": self.beginning})
        reply = ask_on(self.line, method, path, body, self.tokens[who], headers)
        if reply.headers.get("connection") == "close":
            self.open_connection()
        self.assertLess(reply.status, 500, "%s %s\n%s" % (method, path, reply.text))
        reply.headers.pop("date", None)
        return "%d %s\n%s" % (reply.status, json.dumps(reply.headers, sort_keys=True), reply.text)

    def check_silent(self, who, heard, what):
        for secret in self.secrets:
            self.assertIsNone(re.search(r"%s(?!\d)" % re.escape(secret), heard, re.IGNORECASE),
                              "%s hears '%s' at %s:\n%s" % (who, secret, what, heard))

    def check_twins(self, who, ask, secret, twin):
        """Asking for the secret is answered like asking for what is not there."""
        plain = [re.sub(r"(?i)%s|%s|content-length\W+\d+|\bid: \w{64}\b" % (re.escape(secret), re.escape(twin)), "#", heard)
                 for heard in (ask(secret), ask(twin))]
        self.assertEqual(plain[0], plain[1], "%s, %s" % (who, secret))

    def operations(self):
        page = self.ask(200, "GET", "/api/v1/openapi.json", token=self.ada)
        return [(path, operations["get"]) for path, operations in page["paths"].items() if "get" in operations]

    def public_ids(self):
        """Ids of every record that Ada sees, but her own hidden ones; and numbers."""
        seen = []
        for record in self.ask(200, "GET", "/api/v1/catalog", token=self.ada)["records"]:
            rows = self.ask(200, "GET", record["address"] + "?archived=yes", token=self.ada)["items"]
            seen += [row["id"] for row in rows if row["id"] not in self.secrets]
        return seen

    def test_the_canary_can_be_heard_by_ada(self):
        for path in ("/api/v1/tokens", "/api/v1/tokens/%s/history" % self.ids[0], "/api/v1/tokens/" + self.ids[0],
                     "/api/v1/suites/%s/links" % self.suite, "/api/v1/links", "/api/v1/jobs", "/api/v1/jobs/" + self.job,
                     "/api/v1/audit", "/api/v1/calendar"):
            self.ask(200, "GET", path, token=self.ada)
            self.assertIn(WORD, self.reply.text, path)

    def test_no_get_of_any_route_tells_it(self):
        ids, asked = self.public_ids(), 0
        for who in OTHERS:
            for path in ("/metrics", "/api/v1/calendar?person=Ada", "/api/v1/calendar/ics?person=Ada", "/api/v1/calendar/conflicts?person=Ada"):
                self.check_silent(who, self.hear(who, "GET", path), path)
            for path, operation in self.operations():
                for address in ([path.replace("{id}", one) for one in ids] if "{id}" in path else [path]):
                    names = {parameter["name"] for parameter in operation["parameters"]}
                    for query in [""] + ["?limit=%d" % n for n in (1, 3) if "limit" in names] + \
                            ["?archived=yes" for _ in "x" if "archived" in names]:
                        self.check_silent(who, self.hear(who, "GET", address + query), address + query)
                        asked += 1
        self.assertGreater(asked, 1000)

    def test_asking_for_its_id_is_asking_for_nothing(self):
        twins = {one: "TOK-%d" % (90 + i) for i, one in enumerate(self.ids)}
        for who in OTHERS:
            for path, _ in self.operations():
                if not path.startswith("/api/v1/tokens/{id}") and not path.startswith("/api/v1/links/{id}"):
                    continue
                pairs = list(twins.items()) if "tokens" in path else [(self.link, "LNK-99")]
                for one, twin in pairs + [(one.lower(), twin.lower()) for one, twin in pairs] + \
                        [(one[4:], twin[4:]) for one, twin in pairs]:
                    self.check_twins(who, lambda word, path=path: self.hear(who, "GET", path.replace("{id}", word)), one, twin)
            for one, twin in twins.items():
                for words in ("audit?row=%s", "audit?record=token&row=%s", "links?from=%s", "links?to=%s"):
                    self.check_twins(who, lambda word, words=words: self.hear(who, "GET", "/api/v1/" + words % word), one, twin)

    def test_no_filter_finds_it(self):
        """Each reader asks for another secret at each parameter: over all of them everybody has asked for all."""
        secrets = ((WORD, TWIN), (WORD + " changed", TWIN + " changed"), (self.ids[0], "TOK-99"))
        parameters = [(path, parameter["name"]) for path, operation in self.operations() for parameter in operation["parameters"]
                      if parameter["in"] == "query" and "{" not in path]
        for turn, who in enumerate(("Ben", "Olga", "ci")):
            for place, (path, name) in enumerate(parameters):
                secret, twin = secrets[(place + turn) % len(secrets)]
                self.check_twins(who, lambda word, path=path, name=name:
                                 self.hear(who, "GET", "%s?%s=%s" % (path, name, quote(word))), secret, twin)

    def test_sorting_and_pages_skip_it(self):
        for who in ("Ben", "Olga"):
            for sort in ("name", "-name", "created", "-changed", "id", "expires"):
                heard, after = [], ""
                for _ in range(9):
                    reply = self.server.ask("GET", "/api/v1/tokens?archived=yes&limit=1&sort=%s%s" % (sort, after), token=self.tokens[who])
                    self.check_silent(who, reply.text, sort)
                    page = reply.json()
                    heard += page["items"]
                    if page["next"] is None:
                        break
                    after = "&after=" + quote(page["next"])
                self.assertEqual(len(heard), {"Ben": 1, "Olga": 2}[who], sort)  # Olga made the robot's
                self.assertIsNone(page["next"])

    def test_writing_to_it_is_writing_to_nothing(self):
        writes = (("PATCH", "", {"name": "x"}, {}), ("PATCH", "", {"name": "x"}, {"If-Match": '"1"'}),
                  ("PATCH", "", {"name": 5}, {}), ("DELETE", "", None, {}), ("DELETE", "", None, {"If-Match": '"7"'}),
                  ("POST", "/undo", None, {}))
        for who in OTHERS:
            for method, rest, body, headers in writes:
                for one in self.ids:
                    self.check_twins(who, lambda word: self.hear(who, method, "/api/v1/tokens/%s%s" % (word, rest), body, headers),
                                     one, "TOK-99")
            self.check_twins(who, lambda word: self.hear(who, "DELETE", "/api/v1/links/" + word), self.link, "LNK-99")
            for kind in ("about", "fixes"):
                link = {"kind": kind, "from": self.suite}
                self.check_twins(who, lambda word: self.hear(who, "POST", "/api/v1/links", dict(link, to=word)), self.ids[0], "TOK-99")
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/tokens", token=self.ada)["items"]), 3)

    def test_undoing_its_changes_is_undoing_nothing(self):
        for who in OTHERS:
            for change in self.changes:
                self.check_twins(who, lambda word: self.hear(who, "POST", "/api/v1/undo/" + word), str(change), "99")
                self.check_twins(who, lambda word: self.hear(who, "GET", "/api/v1/audit?change=" + word), str(change), "99")

    def test_her_job_is_nothing_to_others(self):
        for who in OTHERS:
            self.check_twins(who, lambda word: self.hear(who, "GET", "/api/v1/jobs/" + word), self.job, "9")

    def test_her_key_is_nothing_to_others(self):
        key = {"Idempotency-Key": WORD}
        reply = self.server.ask("POST", "/api/v1/links", {"kind": "fixes", "from": self.suite, "to": self.ids[0]},
                                token=self.ada, headers=key)
        self.assertEqual(reply.status, 201)
        heard = self.hear("Ben", "POST", "/api/v1/suites", {"name": "another"}, headers=key)
        self.assertTrue(heard.startswith("201"), heard)
        self.check_silent("Ben", heard, "the same key")

    @about_files  # of the command line, which reads as the doors do
    def test_no_command_tells_it(self):
        records = [record["name"].replace("_", "-") for record in self.ask(200, "GET", "/api/v1/catalog", token=self.ada)["records"]]
        lists = [(record, "list", "--archived") for record in records] + \
                [("audit", "list", "--limit", "1000"), ("audit", "verify"), ("quarantine", "list"), ("completion", "bash"), ("help",)]
        for who in OTHERS:
            as_who = ("--as", who) if who else ()
            for words in lists:
                for form in ((), ("--json",)):
                    answer = self.run_rondo(*words, *form, *as_who)
                    self.assertIn(answer.code, (0, 1) if who else (0, 1, 2), answer.err)
                    self.check_silent(who, answer.out + answer.err, " ".join(words))

    @about_files  # of the command line, which reads as the doors do
    def test_commands_on_its_id_are_commands_on_nothing(self):
        def run(*words):
            answer = self.run_rondo(*words)
            return "%d %s %s" % (answer.code, answer.out, answer.err)
        for who in ("Ben", "Olga"):
            for words in (("token", "show", "%s"), ("token", "set", "%s", "--name", "x"), ("token", "drop", "%s"),
                          ("token", "undo", "%s"), ("token", "show", "%s", "--json")):
                self.check_twins(who, lambda word, words=words: run(*[part.replace("%s", word) for part in words], "--as", who),
                                 self.ids[0], "TOK-99")
            self.check_twins(who, lambda word: run("token", "show", word, "--as", who), WORD + " changed", TWIN + " changed")
            self.check_twins(who, lambda word: run("undo", word, "--as", who), str(self.changes[0]), "99")
            for words in ("%s", "%s by:Ada", "public %s", "%s changed"):
                self.check_twins(who, lambda word, words=words: run("search", words.replace("%s", word), "--as", who), WORD, TWIN)
            self.check_twins(who, lambda word: run("search", word, "--json", "--as", who), self.ids[0], "TOK-99")

    def test_no_search_finds_it(self):
        self.ask(200, "GET", "/api/v1/search?q=" + WORD, token=self.ada)
        self.assertIn(self.link, self.reply.text)  # Ada does: the note of a link is searched
        for who in OTHERS:
            for words in ("%s", "%s by:Ada", "public %s", "%s changed", "%s since:2020-01-01"):
                self.check_twins(who, lambda word, words=words: self.hear(who, "GET", "/api/v1/search?q=" + quote(words.replace("%s", word))),
                                 WORD, TWIN)
            for one in self.ids:
                self.check_twins(who, lambda word: self.hear(who, "GET", "/api/v1/search?q=" + word), one, "TOK-99")
            for words in ("by:Ada", "since:2020-01-01", "t", "x", WORD[:-3]):
                for kind in ("", "&kind=token", "&kind=link"):
                    path = "/api/v1/search?limit=100&q=" + quote(words) + kind
                    self.check_silent(who, self.hear(who, "GET", path), path)


if __name__ == "__main__":
    unittest.main()
