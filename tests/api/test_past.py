"""Rows and lists as they were, several rows changed at once, and what can be taken back."""
import unittest

from server import ServedWorkspace, query
from workspace import about_stores

LATER = "2026-12-24T07:00:00Z"  # 38 days after the clock of the other tests


@about_stores  # rows as of a moment are read out of the audit
class Past(ServedWorkspace):
    def team(self, name, **fields):
        return self.ask(201, "POST", "/api/v1/teams", {"name": name, **fields})

    def names(self, **words):
        return [row["name"] for row in self.ask(200, "GET", "/api/v1/teams" + query(**words))["items"]]

    def test_a_list_is_shown_as_it_was(self):
        self.served()
        red = self.team("Red")
        blue = self.team("Blue")
        self.ask(200, "PATCH", "/api/v1/teams/TEAM-1", {"name": "Crimson"})
        self.ask(204, "DELETE", "/api/v1/teams/TEAM-2")
        self.assertEqual(self.names(), ["Crimson"])
        self.assertEqual(self.names(as_of=red["created"]), ["Red"])
        self.assertEqual(self.names(as_of=blue["created"]), ["Red", "Blue"])
        self.assertEqual(self.names(as_of=blue["created"], sort="name"), ["Blue", "Red"])
        self.assertEqual(self.names(as_of=blue["created"], name="Red"), ["Red"])
        self.assertEqual(self.names(as_of=blue["created"], name="Crimson"), [])
        self.assertEqual(self.names(as_of="2026-11-15"), [])
        self.assertEqual(self.names(as_of="2030-01-01"), ["Crimson"])
        self.assertEqual(self.names(as_of="2030-01-01", archived="yes"), ["Crimson", "Blue"])

    def test_pages_of_the_past_follow_each_other(self):
        self.served()
        last = [self.team("Team %d" % i) for i in range(5)][-1]
        for i in range(5):
            self.ask(200, "PATCH", "/api/v1/teams/TEAM-%d" % (i + 1), {"name": "New %d" % i})
        seen, after = [], None
        while after or not seen:
            page = self.ask(200, "GET", "/api/v1/teams" + query(as_of=last["created"], sort="-name", limit=2,
                                                                **({"after": after} if after else {})))
            seen += [row["name"] for row in page["items"]]
            after = page["next"]
        self.assertEqual(seen, ["Team %d" % i for i in (4, 3, 2, 1, 0)])

    def test_a_row_is_shown_as_it_was(self):
        self.served()
        red = self.team("Red")
        self.ask(200, "PATCH", "/api/v1/teams/TEAM-1", {"name": "Crimson"})
        path = "/api/v1/teams/TEAM-1"
        self.assertEqual(self.ask(200, "GET", path + query(as_of=red["created"])), red)
        self.assertEqual(self.reply.headers["etag"], '"1"')
        self.assertEqual(self.ask(200, "GET", path)["name"], "Crimson")
        self.refused(404, "not_found", "there was no team 'TEAM-1' then", "GET", path + "?as_of=2026-11-15")
        self.refused(422, "invalid", "'as_of'", "GET", path + "?as_of=yesterday")
        self.refused(422, "invalid", "'as_of'", "GET", "/api/v1/teams?as_of=")

    def test_the_command_line_shows_the_past_too(self):
        self.initialise()
        self.rondo("team", "add", "--name", "Red")
        then = self.rondo("team", "show", "Red", "--json").json()["created"]
        self.rondo("team", "set", "TEAM-1", "--name", "Crimson")
        self.assertIn("Red", self.rondo("team", "list", "--as-of", then).out)
        self.assertIn("Red", self.rondo("team", "show", "TEAM-1", "--as-of", then).out)
        self.assertIn("Crimson", self.rondo("team", "list").out)
        self.rondo("team", "list", "--as-of", "yesterday", code=2)


@about_stores  # changes as a whole
class SeveralRows(ServedWorkspace):
    def teams(self, count):
        for i in range(count):
            self.ask(201, "POST", "/api/v1/teams", {"name": "Team %d" % i})
        return ["TEAM-%d" % (i + 1) for i in range(count)]

    def zones(self):
        return [row["zone"] for row in self.ask(200, "GET", "/api/v1/teams")["items"]]

    def test_they_change_as_one_and_go_back_as_one(self):
        self.served()
        ids = self.teams(3)
        done = self.ask(200, "PATCH", "/api/v1/teams", {"ids": ids[:2], "set": {"zone": "Europe/Berlin"}})
        self.assertEqual([(row["id"], row["zone"], row["version"]) for row in done["items"]],
                         [("TEAM-1", "Europe/Berlin", 2), ("TEAM-2", "Europe/Berlin", 2)])
        self.assertEqual(self.reply.headers["rondo-change"], str(done["change"]))
        self.assertEqual(self.zones(), ["Europe/Berlin", "Europe/Berlin", None])
        undone = self.ask(200, "POST", "/api/v1/undo/%d" % done["change"])
        self.assertEqual(self.zones(), [None] * 3)
        self.ask(200, "POST", "/api/v1/undo/%d" % undone["change"])
        self.assertEqual(self.zones(), ["Europe/Berlin", "Europe/Berlin", None])
        same = self.ask(200, "PATCH", "/api/v1/teams", {"ids": ids[:2], "set": {"zone": "Europe/Berlin"}})
        self.assertIsNone(same["change"])
        self.assertNotIn("rondo-change", self.reply.headers)

    def test_they_are_dropped_as_one_and_come_back_as_one(self):
        self.served()
        ids = self.teams(3)
        done = self.ask(200, "PATCH", "/api/v1/teams", {"ids": ids[:2], "drop": True})
        self.assertEqual([(row["id"], row["archived"] is None) for row in done["items"]],
                         [("TEAM-1", False), ("TEAM-2", False)])
        self.assertEqual(self.reply.headers["rondo-change"], str(done["change"]))
        self.assertEqual(len(self.zones()), 1)
        self.ask(200, "POST", "/api/v1/undo/%d" % done["change"])
        self.assertEqual(len(self.zones()), 3)
        for body, status, code, words in (
                ({"ids": ids[:1] + ["TEAM-9"], "drop": True}, 404, "not_found", "TEAM-9"),
                ({"ids": ids, "drop": False}, 422, "invalid", "'drop' is true"),
                ({"ids": ids, "drop": "yes"}, 422, "invalid", "'drop' is true"),
                ({"ids": ids, "drop": True, "set": {"zone": None}}, 422, "invalid", "'drop' is true")):
            with self.subTest(body=body):
                self.refused(status, code, words, "PATCH", "/api/v1/teams", body)
        self.refused(403, "forbidden", "", "PATCH", "/api/v1/teams", {"ids": ids, "drop": True},
                     token=self.token("Ada", "read"))
        self.assertEqual(len(self.zones()), 3)

    def test_one_that_is_refused_refuses_all(self):
        self.served()
        ids = self.teams(2)
        everything = {"zone": "Europe/Berlin"}
        for body, status, code, words in (
                ({"ids": ids + ["TEAM-9"], "set": everything}, 404, "not_found", "TEAM-9"),
                ({"ids": ids + ["PER-1"], "set": everything}, 404, "not_found", "PER-1"),
                ({"ids": ids, "set": {"zone": "Mars/Base"}}, 422, "invalid", "TEAM-1: "),
                ({"ids": ids, "set": {"name": "Same"}}, 409, "conflict", "TEAM-2: "),
                ({"ids": ids + ["TEAM-1"], "set": everything}, 422, "invalid", "'TEAM-1' is in 'ids' twice"),
                ({"ids": [], "set": everything}, 422, "invalid", "1 to 1000"),
                ({"ids": ["TEAM-1"] * 1001, "set": everything}, 422, "invalid", "1 to 1000"),
                ({"ids": [7], "set": everything}, 422, "invalid", "as texts"),
                ({"ids": ids}, 422, "invalid", "'set'"),
                ({"ids": ids, "set": {}}, 422, "invalid", "'set'"),
                ({"ids": ids, "set": everything, "unset": 1}, 422, "invalid", "'unset'")):
            with self.subTest(body=body if len(str(body)) < 200 else words):
                self.refused(status, code, words, "PATCH", "/api/v1/teams", body)
        self.assertEqual(self.zones(), [None, None])
        self.assertEqual([row["name"] for row in self.ask(200, "GET", "/api/v1/teams")["items"]], ["Team 0", "Team 1"])

    def test_every_change_is_named_by_its_reply(self):
        self.served()
        self.teams(1)
        numbers = [int(self.reply.headers["rondo-change"])]
        for method, path, body in (("PATCH", "/TEAM-1", {"zone": "Europe/Berlin"}), ("DELETE", "/TEAM-1", None),
                                   ("POST", "/TEAM-1/undo", None)):
            self.ask(204 if method == "DELETE" else 200, method, "/api/v1/teams" + path, body)
            numbers.append(int(self.reply.headers["rondo-change"]))
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_the_command_line_changes_several(self):
        self.initialise()
        for name in ("Red", "Blue", "Green"):
            self.rondo("team", "add", "--name", name)
        done = self.rondo("team", "set", "Red", "TEAM-2", "--zone", "Europe/Berlin", "--json").json()
        self.assertEqual([row["zone"] for row in done["items"]], ["Europe/Berlin"] * 2)
        answer = self.rondo("team", "drop", "Red", "Green")
        self.assertIn("dropped TEAM-1 Red", answer.out)
        change = answer.err.split("'rondo undo ")[1].split("'")[0]
        self.assertEqual([row["name"] for row in self.rondo("team", "list", "--json").json()["items"]], ["Blue"])
        self.rondo("undo", change)
        self.assertEqual(len(self.rondo("team", "list", "--json").json()["items"]), 3)
        self.assertIn("rondo: there is no team 'TEAM-9'", self.rondo("team", "drop", "Red", "TEAM-9", code=2).err)
        self.assertIn("named twice", self.rondo("team", "drop", "Red", "TEAM-1", code=2).err)
        self.assertEqual(len(self.rondo("team", "list", "--json").json()["items"]), 3)


class TakenBack(ServedWorkspace):
    def results(self, verdicts):
        return "".join('{"suite":"basic","surface":"chat","run":"r1","case":"c%d","pass":%s,'
                       '"started_at":"2026-11-16T06:00:00Z"}\n' % (i, "true" if verdict == "P" else "false")
                       for i, verdict in enumerate(verdicts))

    def test_a_whole_import_goes_and_comes_again(self):
        self.initialise()
        empty = self.rondo("review", "--json", code=2).err
        self.rondo("import", "-", stdin=self.results("PPFP"))
        review = self.rondo("review", "--json").out
        change = self.rondo("audit", "list", "--json", "--limit", "1").json()["items"][0]["change"]
        undone = self.rondo("undo", str(change), "--json").json()
        self.assertEqual(self.rondo("review", "--json", code=2).err, empty)
        for record in ("eval-run", "eval-case", "surface", "suite"):
            self.assertEqual(self.rondo(record, "list", "--json").json()["items"], [], record)
        self.rondo("undo", str(undone["change"]))
        self.assertEqual(self.rondo("review", "--json").out, review)

    def test_what_was_dropped_long_ago_is_still_there(self):
        self.initialise()
        self.rondo("team", "add", "--name", "Red")
        self.rondo("team", "drop", "Red")
        later = {"RONDO_NOW": LATER}
        self.rondo("team", "add", "--name", "Blue", env=later)
        rows = self.rondo("team", "list", "--archived", "--json", env=later).json()["items"]
        self.assertEqual([row["name"] for row in rows], ["Red", "Blue"])
        self.assertEqual([row["name"] for row in self.rondo("team", "list", "--json", env=later).json()["items"]], ["Blue"])
        self.rondo("team", "undo", "TEAM-1", env=later)
        self.assertEqual(len(self.rondo("team", "list", "--json", env=later).json()["items"]), 2)


class Audit(ServedWorkspace):
    def test_it_is_filtered_by_who_how_what_and_when(self):
        self.served()
        self.rondo("team", "add", "--name", "Red")
        self.ask(201, "POST", "/api/v1/teams", {"name": "Blue"})
        middle = self.ask(200, "PATCH", "/api/v1/teams/TEAM-1", {"name": "Crimson"})["changed"]
        self.ask(204, "DELETE", "/api/v1/teams/TEAM-2")

        def verbs(**words):
            lines = self.ask(200, "GET", "/api/v1/audit" + query(record="team", **words))["items"]
            return [line["verb"] for line in lines]

        self.assertEqual(verbs(), ["drop", "set", "add", "add"])
        self.assertEqual(verbs(door="cli"), ["add"])
        self.assertEqual(verbs(door="api"), ["drop", "set", "add"])
        self.assertEqual(verbs(verb="set"), ["set"])
        self.assertEqual(verbs(verb="shout"), [])
        self.assertEqual(verbs(actor="Ada"), ["drop", "set", "add", "add"])
        self.assertEqual(verbs(since=middle), ["drop", "set"])
        self.assertEqual(verbs(until=middle), ["add", "add"])
        self.refused(422, "invalid", "'door' takes one of cli, api", "GET", "/api/v1/audit?door=window")
        self.refused(422, "invalid", "Zoe", "GET", "/api/v1/audit?actor=Zoe")
        self.refused(422, "invalid", "'since'", "GET", "/api/v1/audit?since=once")

    def test_all_of_it_can_be_taken_along(self):
        self.initialise()
        for i in range(60):
            self.rondo("team", "add", "--name", "Team %d" % i)
        page = self.rondo("audit", "list", "--json", "--record", "team").json()
        self.assertEqual(len(page["items"]), 50)
        whole = self.rondo("audit", "list", "--json", "--record", "team", "--all").json()
        self.assertEqual((len(whole["items"]), whole["next"]), (60, None))
        self.assertEqual(whole["items"][:50], page["items"])
        self.assertEqual(self.rondo("audit", "list", "--door", "window", code=2).out, "")


if __name__ == "__main__":
    unittest.main()
