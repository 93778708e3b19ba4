"""A rhythm at scale: rituals held by several teams and surfaces, what an original offers its clones, the portfolio."""
import csv
import io
import unittest

from server import ServedWorkspace

REVIEW = "Monday eval review"
RIGHT_AFTER = "2026-11-20T18:00:00Z"


class Clones(ServedWorkspace):
    """Ada leads Red, Ben leads Blue; Red has the week of Monday, 16 November."""

    def setUp(self):
        super().setUp()
        self.initialise()
        self.person("Ben", "member")
        self.person("Cleo", "member")
        for team, lead in (("Red", "Ada"), ("Blue", "Ben")):
            self.rondo("team", "add", "--name", team, "--lead", lead, "--as", "Ada")
            self.rondo("membership", "add", "--person", lead, "--team", team, "--roles", "member", "--as", "Ada")
        self.rondo("membership", "add", "--person", "Cleo", "--team", "Blue", "--roles", "member", "--as", "Ada")
        self.rondo("ritual", "install", "ai-week", "--team", "Red", "--as", "Ada")
        self.server = self.serve()
        self.ada, self.ben = (self.token(name, "read,write") for name in ("Ada", "Ben"))

    def clone(self, status=200, **body):
        return self.ask(status, "POST", "/api/v1/rituals/clone", body, token=self.ada)

    def ritual(self, key):
        return self.ask(200, "GET", "/api/v1/rituals/" + key, token=self.ada)

    def change(self, key, **fields):
        return self.ask(200, "PATCH", "/api/v1/rituals/" + key, fields, token=self.ada)

    def offers(self, key):
        return self.ask(200, "GET", "/api/v1/rituals/%s/offers" % key, token=self.ada)["items"]

    def open_parts(self, key):
        return [one["part"] for one in self.offers(key) if one["open"]]

    def decide(self, verb, key, *parts, status=200):
        return self.ask(status, "POST", "/api/v1/rituals/%s/offers/%s" % (key, verb), {"parts": parts} if parts else {}, token=self.ada)

    def owned(self, record, ritual, *fields):
        rows = self.ask(200, "GET", "/api/v1/%s?limit=200&ritual=%s" % (record, ritual), token=self.ada)["items"]
        return [tuple(row[field] for field in fields) for row in rows]


class Cloning(Clones):
    def test_a_team_gets_the_rituals_of_another_once(self):
        made = self.clone(from_team="Red", to_team="Blue")["rituals"]
        self.assertEqual([one["new"] for one in made], [True] * 5)
        self.assertEqual([one["clone_of"] for one in made], ["RIT-%d" % number for number in range(1, 6)])
        again = self.clone(from_team="Red", to_team="Blue")["rituals"]
        self.assertEqual([(one["id"], one["new"]) for one in again], [(one["id"], False) for one in made])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/rituals?limit=50", token=self.ada)["items"]), 10)

    def test_a_clone_has_what_its_original_has(self):
        self.change("RIT-1", at="10:30", hour_rate=80)
        key = self.clone(rituals=[REVIEW], to_team="Blue")["rituals"][0]["id"]
        ours, theirs = self.ritual(key), self.ritual("RIT-1")
        for field in ("name", "purpose", "rule", "starts", "at", "minutes", "agenda", "dimensions", "hour_rate", "template"):
            self.assertEqual(ours[field], theirs[field], field)
        self.assertEqual((ours["team"], ours["clone_of"], ours["state"]), ("Blue", REVIEW, "active"))
        for record, fields in (("ritual-steps", ("name", "minutes", "place")), ("ritual-artifacts", ("kind", "least", "most", "or_reason")),
                               ("ritual-preparations", ("task",)), ("ritual-roles", ("name",))):
            self.assertEqual(self.owned(record, key, *fields), self.owned(record, "RIT-1", *fields))
            self.assertTrue(self.owned(record, key, *fields), record)

    def test_people_come_along_only_as_members_of_the_team(self):
        self.change("RIT-1", attendees=["Ada", "Cleo"])
        self.ask(200, "PATCH", "/api/v1/ritual-roles/RRO-1", {"person": "Ada"}, token=self.ada)
        self.ask(200, "PATCH", "/api/v1/ritual-roles/RRO-2", {"person": "Cleo"}, token=self.ada)
        key = self.clone(rituals=["RIT-1"], to_team="Blue")["rituals"][0]["id"]
        self.assertEqual((self.ritual(key)["owner"], self.ritual(key)["attendees"]), ("Ben", ["Cleo"]))
        self.assertEqual(self.owned("ritual-roles", key, "name", "person"), [("facilitator", None), ("scribe", "Cleo")])

    def test_the_day_after_another_is_that_of_the_clones_own_team(self):
        self.rondo("ritual", "install", "ipm-week", "--team", "Red", "--as", "Ada")
        standup = [one for one in self.ask(200, "GET", "/api/v1/rituals?limit=50&name=Standup", token=self.ada)["items"]][0]
        alone = self.clone(rituals=[standup["id"]], to_team="Blue")["rituals"][0]["id"]
        self.assertEqual(self.ritual(alone)["not_after"], [])
        self.rondo("ritual", "drop", alone, "--as", "Ada")
        made = {one["name"]: one["id"] for one in self.clone(from_team="Red", to_team="Blue")["rituals"]}
        self.assertEqual(self.ritual(made["Standup"])["not_after"], ["Iteration planning"])
        self.rondo("ritual", "move", made["Iteration planning"] + "@2026-11-18", "--to", "2026-11-19T14:00", "--as", "Ada")
        days = [line["at"][:10] for line in self.rondo("week", "--team", "Blue", "--json", "--as", "Ada").json()["rituals"]
                if line["ritual_id"] == made["Standup"]]
        self.assertEqual(days, ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"])

    def test_a_surface_has_its_own_and_its_name_says_which(self):
        self.ask(201, "POST", "/api/v1/suites", {"name": "trial"}, token=self.ada)
        for name in ("support", "search"):
            self.ask(201, "POST", "/api/v1/surfaces", {"name": name, "suite": "trial", "team": "Red"}, token=self.ada)
        key = self.clone(rituals=["RIT-1"], surface="support")["rituals"][0]["id"]
        self.assertEqual((self.ritual(key)["name"], self.ritual(key)["team"], self.ritual(key)["surface"]),
                         ("Monday eval review (support)", "Red", "support"))
        other = self.clone(rituals=["RIT-1"], surface="search", name_suffix="of search")["rituals"][0]
        self.assertEqual((other["name"], other["new"]), ("Monday eval review of search", True))
        # With the team come the rituals that are for all of it, not those for one surface.
        self.assertEqual(len(self.clone(from_team="Red", to_team="Blue")["rituals"]), 5)

    def test_it_is_one_change(self):
        self.rondo("ritual", "add", "--name", REVIEW, "--rule", "FREQ=WEEKLY;BYDAY=MO", "--starts", "2026-11-16", "--at", "09:00",
                   "--team", "Blue", "--as", "Ada")
        self.refused(409, "conflict", REVIEW, "POST", "/api/v1/rituals/clone", {"rituals": ["RIT-2", "RIT-1"], "to_team": "Blue"},
                     token=self.ada)
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/rituals?limit=50", token=self.ada)["items"]), 6)
        self.clone(rituals=["RIT-2", "RIT-1"], to_team="Blue", name_suffix="(Blue)")
        self.rondo("undo", self.reply.headers["rondo-change"], "--as", "Ada")
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/rituals?limit=50", token=self.ada)["items"]), 6)

    def test_refusals(self):
        for body, words in (({"rituals": ["RIT-1"]}, "say for whom"), ({"to_team": "Blue"}, "name the rituals"),
                            ({"rituals": ["RIT-1"], "from_team": "Red", "to_team": "Blue"}, "name the rituals"),
                            ({"rituals": ["RIT-1"], "to_team": "Red"}, "is that team's already"),
                            ({"from_team": "Blue", "to_team": "Red"}, "no ritual that is held"),
                            ({"rituals": "RIT-1", "to_team": "Blue"}, "list of texts"), ({"rituals": [1], "to_team": "Blue"}, "list of texts"),
                            ({"rituals": ["RIT-1"], "to_team": 2}, "is a text"), ({"rituals": ["RIT-1"], "team": "Blue"}, "the body of this request")):
            self.refused(422, "invalid", words, "POST", "/api/v1/rituals/clone", body, token=self.ada)
        self.refused(404, "not_found", "Green", "POST", "/api/v1/rituals/clone", {"rituals": ["RIT-1"], "to_team": "Green"}, token=self.ada)
        self.ask(200, "POST", "/api/v1/rituals/RIT-1/pause", {"reason": "summer", "review_date": "2027-01-01"}, token=self.ada)
        self.refused(422, "invalid", "is paused", "POST", "/api/v1/rituals/clone", {"rituals": ["RIT-1"], "to_team": "Blue"}, token=self.ada)
        for field in ("clone_of", "clone_base"):
            self.assertEqual(self.server.ask("PATCH", "/api/v1/rituals/RIT-2", {field: None}, token=self.ada).status, 422)

    def test_from_the_command_line(self):
        self.assertEqual(self.rondo("ritual", "clone", REVIEW, "--to-team", "Blue", "--as", "Ada").out, "RIT-6 Monday eval review\n")
        self.assertIn("is there already", self.rondo("ritual", "clone", "RIT-1", "--to-team", "Blue", "--as", "Ada").out)
        self.change("RIT-1", at="11:00", minutes=50)
        self.assertIn("11:00", self.rondo("ritual", "offers", "RIT-6", "--as", "Ada").out)
        self.assertNotIn("11:00", self.rondo("ritual", "take", "RIT-6", "at", "--as", "Ada").out)
        self.assertIn("yes", self.rondo("ritual", "decline", "RIT-6", "--as", "Ada").out)
        self.assertIn("nothing is offered", self.run_rondo("ritual", "take", "RIT-6", "--as", "Ada").err)
        self.assertEqual((self.ritual("RIT-6")["at"], self.ritual("RIT-6")["minutes"]), ("11:00", 45))


class Installing(Clones):
    def test_a_pack_that_was_installed_by_the_page_is_taken_back_by_undo(self):
        made = self.ask(200, "POST", "/api/v1/rituals/install", {"pack": "ipm-week", "team": "Blue"}, token=self.ada)
        self.assertEqual(len(made["rituals"]), 6)
        self.rondo("undo", self.reply.headers["rondo-change"], "--as", "Ada")
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/rituals?limit=50", token=self.ada)["items"]), 5)


class Offers(Clones):
    def setUp(self):
        super().setUp()
        self.key = self.clone(rituals=["RIT-1"], to_team="Blue")["rituals"][0]["id"]

    def test_a_change_is_offered_and_changes_nothing_by_itself(self):
        self.assertEqual(self.offers(self.key), [])
        self.change("RIT-1", at="11:00")
        self.assertEqual(self.offers(self.key), [{"part": "at", "label": "Time of day", "was": "10:00", "now": "11:00", "here": "10:00",
                                                  "open": True}])
        self.assertEqual(self.ritual(self.key)["at"], "10:00")
        self.assertEqual(self.decide("take", self.key, "at")["items"], [])
        self.assertEqual(self.ritual(self.key)["at"], "11:00")

    def test_what_was_declined_is_declined_until_the_next_change(self):
        self.change("RIT-1", at="11:00", minutes=50)
        self.decide("decline", self.key, "at")
        self.assertEqual(self.open_parts(self.key), ["minutes"])
        self.assertEqual([(one["part"], one["open"]) for one in self.offers(self.key)], [("at", False), ("minutes", True)])
        self.change("RIT-1", minutes=55)
        self.assertEqual(self.open_parts(self.key), ["minutes"])
        self.change("RIT-1", at="11:15")
        self.assertEqual(self.open_parts(self.key), ["at", "minutes"])
        self.assertEqual(self.ritual(self.key)["at"], "10:00")

    def test_what_the_clone_changed_itself_is_no_offer(self):
        self.change(self.key, at="14:00")
        self.assertEqual(self.open_parts(self.key), [])
        self.change("RIT-1", at="14:00")
        self.assertEqual(self.offers(self.key), [])

    def test_lists_are_offered_as_a_whole(self):
        self.rondo("ritual-step", "set", "RST-1", "--minutes", "20", "--as", "Ada")
        self.rondo("ritual-step", "drop", "RST-2", "--as", "Ada")
        self.rondo("ritual-step", "add", "--ritual", "RIT-1", "--name", "Thanks", "--minutes", "5", "--place", "9", "--as", "Ada")
        self.rondo("ritual-artifact", "add", "--ritual", "RIT-1", "--kind", "decision", "--as", "Ada")
        self.rondo("ritual-role", "add", "--ritual", "RIT-1", "--name", "timekeeper", "--person", "Ada", "--as", "Ada")
        self.assertEqual(self.open_parts(self.key), ["steps", "artifacts", "roles"])
        offer = self.offers(self.key)[0]
        self.assertEqual(offer["now"].split("; ")[0], "Trends: Minutes 20, Place 1")
        self.assertEqual(offer["here"].split("; ")[0], "Trends: Minutes 10, Place 1")
        self.decide("take", self.key)
        change = self.reply.headers["rondo-change"]
        self.assertEqual(self.offers(self.key), [])
        steps = ("ritual-steps", "name", "minutes", "place")
        self.assertEqual(self.owned(steps[0], self.key, *steps[1:]), self.owned(steps[0], "RIT-1", *steps[1:]))
        self.assertIn(("timekeeper", None), self.owned("ritual-roles", self.key, "name", "person"))
        self.rondo("undo", change, "--as", "Ada")
        self.assertEqual(self.open_parts(self.key), ["steps", "artifacts", "roles"])

    def test_its_owner_is_told_until_it_is_decided(self):
        def told(token):
            items = self.ask(200, "GET", "/api/v1/inbox", token=token)["items"]
            return [item["why"] for item in items if "original" in item["why"]]
        self.assertEqual(told(self.ben), [])
        self.change("RIT-1", at="11:00", rule="FREQ=WEEKLY;BYDAY=MO,TH")
        self.assertEqual(told(self.ben), ["its original changed: Rule, Time of day; take or decline that in the portfolio"])
        self.assertEqual(told(self.ada), [])
        every = self.ask(200, "GET", "/api/v1/ritual-offers", token=self.ada)["rituals"]
        self.assertEqual([(one["ritual_id"], one["clone_of_id"], len(one["items"])) for one in every], [(self.key, "RIT-1", 2)])
        self.decide("take", self.key, "at")
        self.decide("decline", self.key)
        self.assertEqual(told(self.ben), [])
        self.assertEqual(self.ask(200, "GET", "/api/v1/ritual-offers", token=self.ada)["rituals"], [])

    def test_what_is_not_offered_is_not_taken(self):
        self.refused(409, "conflict", "nothing is offered", "POST", "/api/v1/rituals/%s/offers/take" % self.key, {}, token=self.ada)
        self.refused(409, "conflict", "nothing is offered", "POST", "/api/v1/rituals/RIT-2/offers/take", {}, token=self.ada)
        self.change("RIT-1", at="11:00")
        for body, words in (({"parts": ["rule"]}, "'at' is"), ({"parts": ["nothing"]}, "'nothing' is not offered"), ({"parts": "at"}, "list of texts"),
                            ({"part": "at"}, "the body of this request")):
            self.refused(422, "invalid", words, "POST", "/api/v1/rituals/%s/offers/decline" % self.key, body, token=self.ada)
        self.assertEqual(self.open_parts(self.key), ["at"])

    def test_without_its_original_a_clone_stands_alone(self):
        self.change("RIT-1", at="11:00")
        self.rondo("ritual", "drop", "RIT-1", "--as", "Ada")
        self.assertEqual(self.offers(self.key), [])
        self.assertEqual(self.ritual(self.key)["at"], "10:00")


class Portfolio(Clones):
    """At the end of the week: Red held one, one incomplete, skipped one and cancelled one; nobody heard of Blue's."""

    def setUp(self):
        super().setUp()
        self.clone(from_team="Red", to_team="Blue")
        self.env["RONDO_NOW"] = RIGHT_AFTER
        self.rondo("ritual", "skip", "RIT-3@2026-11-18", "--reason", "away", "--as", "Ada")
        self.rondo("ritual", "cancel", "RIT-4@2026-11-19", "--reason", "away", "--as", "Ada")
        for day in ("RIT-2@2026-11-17", "RIT-5@2026-11-20"):
            self.rondo("ritual", "open", day, "--as", "Ada")
        self.rondo("artifact-reason", "add", "--occurrence", "OCC-3", "--kind", "decision", "--reason", "nothing to decide", "--as", "Ada")
        self.rondo("ritual", "close", "OCC-3", "--as", "Ada")
        self.rondo("ritual", "close", "OCC-4", "--incomplete", "--reason", "late", "--as", "Ada")

    def portfolio(self, *words):
        return self.rondo("portfolio", "--json", "--as", "Ada", *words).json()

    @staticmethod
    def numbers(cell):
        return cell and tuple(cell[name] for name in ("expected", "held", "incomplete", "skipped", "missed", "cancelled"))

    def test_teams_by_week(self):
        grid = self.portfolio("--weeks", "2")
        self.assertEqual(([one["name"] for one in grid["columns"]], [one["name"] for one in grid["rows"]]), (["2026-W46", "2026-W47"], ["Blue", "Red"]))
        blue, red = grid["rows"]
        self.assertEqual([self.numbers(cell) for cell in red["cells"]], [None, (4, 1, 1, 1, 1, 1)])
        self.assertEqual([self.numbers(cell) for cell in blue["cells"]], [None, (5, 0, 0, 0, 5, 0)])
        self.assertEqual(self.numbers(grid["total"]), (9, 1, 1, 1, 6, 1))
        self.assertEqual(self.numbers(grid["columns"][1]["total"]), (9, 1, 1, 1, 6, 1))
        self.assertIsNone(grid["columns"][0]["total"])

    def test_what_is_skipped_beforehand_counts_and_what_comes_does_not(self):
        self.env["RONDO_NOW"] = "2026-11-23T08:00:00Z"
        self.rondo("ritual", "skip", "RIT-5@2026-11-27", "--reason", "holidays", "--as", "Ada")
        red = self.portfolio("--weeks", "1")["rows"][1]
        self.assertEqual([self.numbers(cell) for cell in red["cells"]], [(1, 0, 0, 1, 0, 0)])

    def test_a_clone_counts_in_the_column_of_its_original(self):
        grid = self.portfolio("--columns", "ritual")
        names = [one["name"] for one in grid["columns"]]
        self.assertEqual(len(names), 5)
        at = names.index("Tuesday prompt council")
        self.assertEqual([self.numbers(row["cells"][at]) for row in grid["rows"]], [(1, 0, 0, 0, 1, 0), (1, 1, 0, 0, 0, 0)])
        self.assertEqual(self.numbers(grid["columns"][at]["total"]), (2, 1, 0, 0, 1, 0))

    def test_surfaces_in_rows(self):
        self.assertEqual([one["name"] for one in self.portfolio("--rows", "surface")["rows"]], ["All surfaces"])

    def test_nobody_is_named(self):
        for words in ((), ("--columns", "ritual"), ("--csv",)):
            told = self.rondo("portfolio", "--as", "Ada", *words).out
            for name in ("Ada", "Ben", "Cleo"):
                self.assertNotIn(name, told)

    def test_csv_adds_up_and_runs_no_formula(self):
        self.rondo("team", "set", "Blue", "--name", "=1+1, \"Blue\"", "--as", "Ada")
        told = self.rondo("portfolio", "--csv", "--as", "Ada").out
        lines = list(csv.DictReader(io.StringIO(told)))
        self.assertEqual([line["team"] for line in lines], ["'=1+1, \"Blue\"", "Red"])
        self.assertEqual(sum(int(line["expected"]) for line in lines), 9)
        self.assertEqual({line["week"] for line in lines}, {"2026-W47"})

    def test_over_http(self):
        served = self.serve(env={"RONDO_NOW": RIGHT_AFTER})
        reply = served.ask("GET", "/api/v1/portfolio/csv?columns=ritual", token=self.ada)
        self.assertEqual((reply.status, reply.headers["content-type"]), (200, "text/csv; charset=utf-8"))
        self.assertTrue(reply.text.startswith("team,ritual,expected,held,incomplete,skipped,missed,cancelled\r\n"))
        self.assertEqual(served.ask("GET", "/api/v1/portfolio?weeks=2", token=self.ada).json(), self.portfolio("--weeks", "2"))
        for words in ("weeks=0", "weeks=105", "rows=person", "columns=owner"):
            reply = served.ask("GET", "/api/v1/portfolio?" + words, token=self.ada)
            self.assertEqual((reply.status, reply.json()["code"]), (422, "invalid"), words)


if __name__ == "__main__":
    unittest.main()
