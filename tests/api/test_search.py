"""Search at its two doors: `rondo search` and GET /api/v1/search. What is weighed how is tested at the store."""
import sqlite3
import unittest
from urllib.parse import quote

from server import ServedWorkspace, query
from workspace import about_files, about_stores, Workspace

KEYS = ["by", "changed", "excerpt", "field", "id", "record", "title"]
ADDRESS = "/api/v1/search"


@about_stores  # the index of words is the store's own
class Command(Workspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.ids = {name: self.rondo("suite", "add", "--name", name, "--json").json()["id"]
                    for name in ("agent answers", "agent routing", "Lange Stra\u00dfe", "\u6a21\u578b\u8bc4\u6d4b")}

    def found(self, *words):
        return [row["title"] for row in self.rondo("search", *words, "--json").json()["items"]]

    def refused(self, *words, said):
        answer = self.rondo("search", *words, code=2)
        self.assertEqual(answer.out, "")
        self.assertIn(said, answer.err)
        self.assertEqual(answer.err.count("\n"), 1)

    def test_words_are_found_in_any_script_and_case(self):
        self.assertEqual(self.found("AGENT", "answers"), ["agent answers"])
        self.assertEqual(self.found("agent rout"), ["agent routing"])
        self.assertEqual(self.found("age"), ["agent routing", "agent answers"])
        self.assertEqual(self.found("STRASSE"), ["Lange Stra\u00dfe"])
        self.assertEqual(self.found("\u8bc4\u6d4b"), ["\u6a21\u578b\u8bc4\u6d4b"])
        self.assertEqual(self.found("rout agent"), [])

    def test_json_says_what_where_and_when(self):
        page = self.rondo("search", "routing", "--json").json()
        self.assertEqual(sorted(page), ["items", "next"])
        self.assertIsNone(page["next"])
        row = page["items"][0]
        self.assertEqual(sorted(row), KEYS)
        self.assertEqual([row[key] for key in KEYS],
                         ["Ada", "2026-11-16T07:00:00.000002Z", "agent routing", "name", self.ids["agent routing"],
                          "suite", "agent routing"])

    def test_a_person_reads_a_table_or_one_sentence(self):
        table = self.rondo("search", "routing").out
        self.assertIn(self.ids["agent routing"], table)
        self.assertIn("2026-11-16", table)
        self.assertIn("nothing was found", self.rondo("search", "nowhere").out)

    def test_an_id_stands_in_front(self):
        one = self.ids["agent answers"]
        self.assertEqual(self.found(one), ["agent answers"])
        self.assertEqual(self.found(one.lower()), ["agent answers"])
        self.assertEqual(self.found("SUITE-4711"), [])

    def test_qualifiers_narrow(self):
        self.rondo("suite", "add", "--name", "agent later", env={"RONDO_NOW": "2026-11-18T12:00:00Z"})
        for words, wanted in (
                (["agent", "since:2026-11-18"], ["agent later"]),
                (["agent", "since:2026-11-19"], []),
                (["agent", "until:2026-11-17"], ["agent routing", "agent answers"]),
                (["agent", "until:2026-11-15"], []),
                (["agent", "since:2026-11-16", "until:2026-11-16"], ["agent routing", "agent answers"]),
                (["agent later", "by:Ada"], ["agent later"]),
                (["agent later", "BY:\"Ada\""], ["agent later"]),
                (["agent later", "tag:nothing"], []),
                (["agent:later"], ["agent later"])):  # no qualifier: two words
            self.assertEqual(self.found(*words), wanted, words)

    def test_a_name_of_two_words_needs_no_quotes_of_its_own(self):
        self.rondo("person", "add", "--name", "Ben Bot")
        self.rondo("suite", "add", "--as", "Ada", "--name", "agent third")
        self.assertEqual([row["title"] for row in self.rondo("search", "agent", "by:Ben Bot", "--as", "Ada", "--json")
                          .json()["items"]], [])
        answer = self.rondo("search", "agent", "by:Ben Nobody", "--as", "Ada", code=2)
        self.assertIn("there is no person 'Ben Nobody'", answer.err)

    def test_what_makes_no_sense_is_refused_in_a_sentence(self):
        for words, said in (
                ([""], "there is nothing to search for"), (["  ", "..."], "there is nothing to search for"),
                (["by:Nobody"], "there is no person 'Nobody'"), (["by:"], "'by:' needs a value"),
                (["by:Ada", "by:Ada"], "'by:' is given twice"),
                (["since:yesterday"], "needs a day such as"), (["until:2026-02-30"], "not '2026-02-30'"),
                (["since:2026-11-01", "since:2026-11-02"], "'since:' is given twice"),
                (["tag:\"open"], "quotes after 'tag:' are not closed"), (["tag:\"\""], "'tag:' needs a value"),
                (["tag:a"] * 9, "more than 8 tags"), (["w%d" % i for i in range(33)], "more than 32 words"),
                (["agent", "--kind", "unknown"], "there is no record called 'unknown'"),
                (["agent", "--limit", "0"], "from 1 to 100"), (["agent", "--limit", "101"], "from 1 to 100")):
            self.refused(*words, said=said)
        self.assertEqual(self.rondo("search", code=2).out, "")

    def test_the_neighbours_of_what_is_refused_are_taken(self):
        for words in (["tag:a"] * 8, ["w%d" % i for i in range(32)], ["agent", "--limit", "1"],
                      ["agent", "--limit", "100"], ["since:2026-02-28"], ["agent", "--kind", "eval-run"]):
            self.rondo("search", *words)
        self.assertEqual(len(self.found("agent", "--limit", "1")), 1)
        self.assertEqual(self.found("agent", "--kind", "suite"), ["agent routing", "agent answers"])
        self.assertEqual(self.found("agent", "--kind", "surface"), [])

    def test_what_is_dropped_is_not_found_until_it_is_back(self):
        one = self.ids["agent routing"]
        self.rondo("suite", "drop", one)
        self.assertEqual(self.found("routing"), [])
        self.assertEqual(self.found(one), [])
        self.rondo("suite", "undo", one)
        self.assertEqual(self.found("routing"), ["agent routing"])

    @about_files
    def test_a_store_from_before_there_were_words_gets_them(self):
        with sqlite3.connect(self.store) as store:
            store.execute("DELETE FROM word")
            store.execute("DELETE FROM setting WHERE name = 'words'")
        store.close()
        self.assertEqual(self.found("routing"), ["agent routing"])

    def test_a_word_on_a_terminal_does_nothing_to_it(self):
        self.rondo("suite", "add", "--name", "evil \u202eword")
        out = self.rondo("search", "evil").out
        self.assertIn("evil", out)
        self.assertNotIn("\u202e", out)


@about_stores  # the index of words is the store's own
class Route(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.served()
        self.ask(201, "POST", "/api/v1/suites", {"name": "agent answers"})
        self.ask(201, "POST", "/api/v1/suites", {"name": "agent routing"})

    def found(self, **words):
        return [row["title"] for row in self.ask(200, "GET", ADDRESS + query(**words))["items"]]

    def test_it_answers_like_the_command(self):
        page = self.ask(200, "GET", ADDRESS + query(q="agent rout"))
        self.assertEqual(page["items"][0]["title"], "agent routing")
        self.assertEqual(sorted(page["items"][0]), KEYS)
        self.assertEqual(self.found(q="agent", kind="suite", limit="1"), ["agent routing"])
        self.assertEqual(self.found(q="by:\"Ada\" answers"), ["agent answers"])

    def test_what_makes_no_sense_is_refused(self):
        for words, said in ((dict(), "nothing to search for"), (dict(q=""), "nothing to search for"),
                            (dict(q="agent", kind="unknown"), "no record called 'unknown'"),
                            (dict(q="agent", limit="0"), "limit"), (dict(q="agent", limit="101"), "limit"),
                            (dict(q="agent", limit="x"), "limit"), (dict(q="since:soon"), "needs a day")):
            self.refused(422, "invalid", said, "GET", ADDRESS + (query(**words) if words else ""))
        self.ask(400, "GET", ADDRESS + "?q=%ff")
        self.ask(200, "GET", ADDRESS + query(q="agent", limit="100"))
        for after in ("0", "-1", "x", "1000001"):
            self.assertIn("after", str(self.ask(422, "GET", ADDRESS + query(q="agent", after=after))))
        self.assertEqual(self.ask(200, "GET", ADDRESS + query(q="agent", after="1000000"))["items"], [])

    def test_all_hits_come_page_by_page_each_once(self):
        for number in range(120):
            self.ask(201, "POST", "/api/v1/suites", {"name": "agent number %d" % number})
        whole, pages, after = [], 0, None
        while pages == 0 or after:
            words = dict(q="agent", limit="50", **({"after": after} if after else {}))
            page = self.ask(200, "GET", ADDRESS + query(**words))
            whole += [row["id"] for row in page["items"]]
            pages, after = pages + 1, page["next"]
        self.assertEqual((len(whole), len(set(whole)), pages), (122, 122, 3))
        self.assertEqual(whole[:100], [row["id"] for row in self.ask(200, "GET", ADDRESS + query(q="agent", limit="100"))["items"]])
        self.assertIsNone(self.ask(200, "GET", ADDRESS + query(q="agent", limit="100", after="22"))["next"])
        self.assertEqual(self.ask(200, "GET", ADDRESS + query(q="agent", limit="100", after="21"))["next"], "121")

    def test_a_change_is_found_at_once(self):
        page = self.ask(200, "GET", ADDRESS + query(q="routing"))
        one = "/api/v1/suites/" + page["items"][0]["id"]
        self.ask(200, "PATCH", one, {"name": "agent planning"})
        self.assertEqual(self.found(q="routing"), [])
        self.assertEqual(self.found(q="planning"), ["agent planning"])
        self.ask(204, "DELETE", one)
        self.assertEqual(self.found(q="planning"), [])


@about_stores  # what is found goes by what may be read
class Privacy(ServedWorkspace):
    """A link is read by who reads both its ends; a token is its maker's alone."""

    def test_nothing_of_anothers_rows_is_found_or_counted(self):
        self.initialise()
        self.person("Ben", "member")
        self.server = self.serve()
        ada, ben = self.token("Ada", "read,write"), self.token("Ben", "read,write")
        self.ask(201, "POST", "/api/v1/suites", {"name": "usual"}, token=ada)
        suite = self.reply.json()["id"]
        made = self.ask(201, "POST", "/api/v1/tokens", {"name": "xylophone", "scopes": ["read"]}, token=ada)
        self.ask(201, "POST", "/api/v1/links", {"kind": "about", "from": suite, "to": made["id"], "note": "xylolink"},
                 token=ada)
        for words in ("xylolink", "xylo", "usual", made["id"]):
            heard = self.ask(200, "GET", ADDRESS + "?q=" + quote(words), token=ada)["items"]
            self.assertTrue(heard, words)
            heard = self.ask(200, "GET", ADDRESS + "?q=" + quote(words), token=ben)["items"]
            self.assertEqual([row["title"] for row in heard], ["usual"] if words == "usual" else [], words)
        for words in ("usual", "by:Ada"): # what is hidden is no page more
            whole = self.ask(200, "GET", ADDRESS + query(q=words), token=ben)
            page = self.ask(200, "GET", ADDRESS + query(q=words, limit=str(len(whole["items"]))), token=ben)
            self.assertEqual((len(page["items"]), page["next"]), (len(whole["items"]), None), words)
        heard = self.ask(200, "GET", ADDRESS + query(q="by:Ada"), token=ben)["items"]
        self.assertNotIn(made["id"], [row["id"] for row in heard])

    def test_nobody_finds_nothing_without_a_token_once_there_are_more(self):
        self.initialise()
        self.person("Ben", "member")
        self.server, token = self.serve(), self.token("Ben", "read")
        self.ask(401, "GET", ADDRESS + query(q="Ada"))
        self.ask(200, "GET", ADDRESS + query(q="Ada"), token=token)


if __name__ == "__main__":
    unittest.main()
