"""Pages made of what happened, stale ones, the learning log, and what one person alone knows."""
import unittest

from server import ServedWorkspace


class Knowledge(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.served()
        self.incident = self.ask(201, "POST", "/api/v1/incidents", {
            "title": "Answers in Spanish broke", "impact": "A tenth of users", "cause": "The glossary was cut"})["id"]

    def made(self, status, of):
        return self.ask(status, "POST", "/api/v1/knowledge-pages/from", {"id": of})

    def test_a_page_is_made_of_an_incident_once_and_both_lead_to_each_other(self):
        page = self.made(201, self.incident)
        self.assertEqual((page["title"], page["owner"], page["source"], page["review_by"], page["stale"]),
                         ("Answers in Spanish broke", "Ada", self.incident, "2027-02-14", False))
        self.assertEqual(page["body"], "## Impact\n\nA tenth of users\n\n## Cause\n\nThe glossary was cut\n\n## What we do the next time\n\n")
        self.assertEqual(self.made(200, self.incident)["id"], page["id"])
        for end, other, direction in ((self.incident, page["id"], "to"), (page["id"], self.incident, "from")):
            links = self.ask(200, "GET", "/api/v1/links?%s=%s" % (direction, end))["items"]
            self.assertEqual([(link["kind"], link["from"], link["to"]) for link in links], [("made_from", page["id"], self.incident)], other)
        self.assertIn("There is %s" % page["id"], self.rondo("knowledge-page", "from", self.incident).out)

    def test_what_is_not_everybodys_and_what_is_not_there_make_no_page(self):
        note = self.ask(201, "POST", "/api/v1/notes", {"body": "mine alone"})["id"]
        self.assertIn("is not everybody's", self.made(409, note)["detail"])
        self.assertIn("is no id", self.made(422, "nothing")["detail"])
        self.made(404, "INC-99")
        self.ask(422, "POST", "/api/v1/knowledge-pages/from", {})
        self.ask(204, "DELETE", "/api/v1/incidents/" + self.incident)
        self.assertIn("was dropped", self.made(409, self.incident)["detail"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/knowledge-pages")["items"], [])

    def test_the_catalogue_says_of_which_records_pages_are_made(self):
        makes = {one["name"]: [(made["label"], made["record"], made["can"]) for made in one["makes"]]
                 for one in self.ask(200, "GET", "/api/v1/catalog")["records"]}
        for source in ("incident", "decision", "experiment", "minutes", "document", "lesson"):
            self.assertEqual(makes[source], [("Make a page", "knowledge_page", True)], source)
        for other in ("surface", "note", "knowledge_page", "update", "update_edition"):
            self.assertEqual(makes[other], [], other)

    def test_a_page_is_made_of_what_all_may_read_and_of_no_page(self):
        team = self.ask(201, "POST", "/api/v1/teams", {"name": "Blue"})["id"]
        page = self.made(201, team)["id"]
        self.assertIn("is a page already", self.made(409, page)["detail"])

    def test_an_experiments_page_has_what_it_was_to_show(self):
        trial = self.ask(201, "POST", "/api/v1/experiments", {"title": "Shorter answers", "hypothesis": "They ask less"})["id"]
        self.assertEqual(self.made(201, trial)["body"], "## Hypothesis\n\nThey ask less\n\n## What we do the next time\n\n")

    def test_what_an_update_says_to_some_alone_is_on_no_page(self):
        update = self.ask(201, "POST", "/api/v1/updates/draft", {})["update"]["id"]
        self.ask(200, "PATCH", "/api/v1/updates/" + update, {"production": "For all.\n::: private\nCANARY\n:::"})
        self.assertIn("has lines that some alone read", self.made(409, update)["detail"])
        self.ask(200, "PATCH", "/api/v1/updates/" + update, {"production": "For all, a ::: within a line."})
        self.assertIn("For all", self.made(201, update)["body"])

    def test_a_stale_page_asks_its_owner_until_it_is_looked_at(self):
        page = self.made(201, self.incident)["id"]
        self.ask(200, "PATCH", "/api/v1/knowledge-pages/" + page, {"review_by": "2026-11-15"})
        self.assertTrue(self.ask(200, "GET", "/api/v1/knowledge-pages/" + page)["stale"])
        waits = [need for need in self.ask(200, "GET", "/api/v1/inbox")["items"] if need["id"] == page]
        self.assertEqual(len(waits), 1)
        self.assertIn("to be looked at again by 2026-11-15", waits[0]["why"])
        self.assertFalse(self.ask(200, "POST", "/api/v1/knowledge-pages/%s/reviewed" % page, {})["stale"])
        self.assertEqual([need for need in self.ask(200, "GET", "/api/v1/inbox")["items"] if need["id"] == page], [])
        self.assertEqual(self.rondo("knowledge-page", "reviewed", page).out, "It holds until 2027-02-14\n")

    def test_a_lesson_needs_a_topic_and_a_source_and_reaches_the_update(self):
        self.ask(422, "POST", "/api/v1/lessons", {"title": "They ask twice", "topic": "weather", "source": "Support"})
        self.ask(422, "POST", "/api/v1/lessons", {"title": "They ask twice", "topic": "users"})
        lesson = self.ask(201, "POST", "/api/v1/lessons", {"title": "They ask twice", "topic": "users", "source": "Support"})
        self.assertEqual(lesson["author"], "Ada")
        lines = self.ask(200, "GET", "/api/v1/updates/week")["candidates"]["user"]
        self.assertEqual([line["line"] for line in lines], ["[They ask twice](/lessons/%s)" % lesson["id"]])

    def test_what_one_person_alone_knows(self):
        self.assertIn("no page and no lesson yet", self.rondo("knowledge", "silos").out)
        self.ask(201, "POST", "/api/v1/teams", {"name": "Blue"})
        self.ask(201, "POST", "/api/v1/teams", {"name": "Green"})
        self.rondo("person", "add", "--name", "Ben")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        self.ask(201, "POST", "/api/v1/knowledge-pages", {"title": "Glossary", "topics": ["spanish", "tools"], "team": "Blue"})
        self.rondo("lesson", "add", "--title", "Caches lie", "--topic", "problems", "--source", "me", "--topics", "tools", "--as", "Ben")
        orphan = self.ask(201, "POST", "/api/v1/knowledge-pages", {"title": "Old"})["id"]
        self.ask(200, "PATCH", "/api/v1/knowledge-pages/" + orphan, {"owner": None})
        self.assertEqual(self.ask(200, "GET", "/api/v1/knowledge/silos"), {
            "topics": [{"topic": "spanish", "people": ["Ada"], "alone": True, "suggestion": "ask Ada to show somebody else"},
                       {"topic": "tools", "people": ["Ada", "Ben"], "alone": False, "suggestion": None}],
            "pages_without_owner": [{"id": orphan, "title": "Old"}], "silent_teams": ["Green"]})
        self.assertIn("spanish: Ada alone; ask Ada to show somebody else", self.rondo("knowledge", "silos").out)


if __name__ == "__main__":
    unittest.main()
