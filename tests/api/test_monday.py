"""Opening Monday's review: what is frozen, which flips become actions, who is late; and comparing anyway."""
import json
import pathlib
import unittest

from server import ServedWorkspace
from workspace import Workspace

MONDAY = "2026-11-16T07:00:00Z"
AFTERNOON = "2026-11-16T13:00:00Z"
DAYS = {"w43": "2026-10-19", "w44": "2026-10-26", "w45": "2026-11-02", "w46": "2026-11-09", "w47": "2026-11-16"}


def run_lines(run, fails=(), surface="refunds", count=40, **more):
    return "".join(json.dumps({"suite": "bot", "surface": surface, "run": run, "started_at": DAYS[run] + "T06:00:00Z", "case": "c%02d" % i,
                               "pass": i not in fails, **more}) + "\n" for i in range(count))


def history(**more):
    """Case 9 was flaky, the rest passed; in the last week cases 1 to 8 and 9 fail."""
    return (run_lines("w43", [9], **more) + run_lines("w44", [], **more) + run_lines("w45", [9], **more) + run_lines("w46", [], **more) +
            run_lines("w47", range(1, 10), **more))


class Bot(Workspace):
    """An empty workspace, and how one asks it on a Monday."""

    def setUp(self):
        super().setUp()
        self.initialise()

    def bring(self, lines):
        self.rondo("import", self.file("runs.jsonl", lines))

    def open(self, *words, now=MONDAY):
        return self.rondo("review", "--open", *words, "--json", env={"RONDO_NOW": now}).json()

    def flips(self, now=MONDAY, *words):
        surfaces = self.rondo("review", "--json", *words, env={"RONDO_NOW": now}).json()["surfaces"]
        return {flip["case"]: flip for flip in surfaces[0]["flips"]}

    def actions(self):
        return self.rondo("action", "list", "--json").json()["items"]


class Monday(Bot):
    def test_each_candidate_becomes_one_action_and_flaky_flips_none(self):
        self.bring(history())
        opened = self.open()
        self.assertEqual((opened["eval_review"], opened["week"], opened["new"]), ("REV-1", "2026-W47", True))
        self.assertEqual(opened["actions"], ["ACT-%d" % (i + 1) for i in range(8)])
        rows = self.actions()
        self.assertEqual(sorted(row["case"] for row in rows), ["c%02d" % i for i in range(1, 9)])
        self.assertEqual({(row["class"], row["week"], row["surface"], row["state"], row["owner"], row["first_step"]) for row in rows},
                         {("candidate", "2026-W47", "refunds", "open", None, "run it again 3 times")})
        flips = self.flips()
        self.assertEqual((flips["c09"]["class"], flips["c09"]["action"]), ("flaky", None))
        self.assertEqual((flips["c01"]["action"], flips["c01"]["owner"], flips["c01"]["late"]), ("ACT-1", None, False))

    def test_they_are_due_at_noon_where_the_team_is(self):
        self.rondo("team", "add", "--name", "Support", "--zone", "America/New_York")
        self.bring(history())
        self.rondo("surface", "set", "refunds", "--team", "Support")
        self.open()
        self.assertEqual({row["due"] for row in self.actions()}, {"2026-11-16T17:00:00Z"})

    def test_opened_in_the_morning_there_is_time_until_noon(self):
        self.bring(history())
        self.assertIn("8 actions to assign before noon: ", self.rondo("review", "--open", env={"RONDO_NOW": MONDAY}).out)

    def test_opened_in_the_afternoon_noon_has_passed(self):
        self.bring(history())
        self.assertIn("8 actions to assign at once, for noon has passed: ", self.rondo("review", "--open", env={"RONDO_NOW": AFTERNOON}).out)

    def test_opening_twice_adds_none(self):
        self.bring(history())
        first = self.open()
        again = self.open()
        self.assertEqual((again["eval_review"], again["new"], again["actions"]), (first["eval_review"], False, []))
        self.assertIn("is open already: REV-1", self.rondo("review", "--open").out)
        self.assertEqual(len(self.actions()), 8)

    def test_reading_writes_nothing(self):
        self.bring(history())
        before = self.rondo("audit", "list", "--json").out
        self.rondo("review")
        self.assertEqual(self.rondo("audit", "list", "--json").out, before)
        self.assertEqual(self.actions(), [])

    def test_nobodys_at_noon_is_late_when_it_is_read(self):
        self.bring(history())
        self.open()
        self.rondo("action", "set", "ACT-1", "ACT-2", "--owner", "Ada")
        self.rondo("action", "finish", "ACT-3")
        flips = self.flips(AFTERNOON)
        self.assertEqual([flips["c0%d" % i]["late"] for i in (1, 2, 3, 4)], [False, False, False, True])
        self.assertEqual(flips["c01"]["owner"], "Ada")
        out = self.rondo("review", env={"RONDO_NOW": AFTERNOON}).out
        self.assertIn("nobody, late", out)
        self.assertNotIn("late", self.rondo("review").out)

    def late(self, now, *words):
        answer = self.rondo("action", "list", "--json", *words, env={"RONDO_NOW": now}).json()
        return [row["late"] for row in answer["items"]][:3]

    def test_late_is_shown_with_the_action_by_the_clock_of_whoever_reads(self):
        self.bring(history())
        self.open()
        self.rondo("action", "set", "ACT-1", "--owner", "Ada")
        self.rondo("action", "finish", "ACT-2")
        self.assertEqual(self.late(MONDAY), [False, False, False])
        self.assertEqual(self.late(AFTERNOON), [True, False, True])  # whoever's it is
        table = self.rondo("action", "list", env={"RONDO_NOW": AFTERNOON}).out
        self.assertRegex(table, r"Due +Late +Surface")
        self.assertRegex(table, r"ACT-3 .* yes ")
        self.assertRegex(table, r"ACT-2 .* no ")
        self.assertRegex(self.rondo("action", "show", "ACT-3", env={"RONDO_NOW": AFTERNOON}).out, r"Late +yes")

    def test_late_is_no_input_no_filter_no_order_and_stored_nowhere(self):
        self.bring(history())
        self.open()
        before = self.rondo("action", "show", "ACT-3", "--json").json()
        for words in (["list", "--sort", "late"], ["list", "--late", "yes"], ["set", "ACT-3", "--late", "yes"]):
            self.assertIn("late", self.rondo("action", *words, code=2).err)
        self.assertEqual(self.rondo("action", "show", "ACT-3", "--json").json(), before)
        self.rondo("export", self.folder + "/archive")
        archive = pathlib.Path(self.folder, "archive")
        written = "".join(file.read_text() for file in archive.rglob("*action*") if file.is_file())
        self.assertIn('"first_step":"run it again 3 times"', written)
        self.assertNotIn('"late"', written)

    def test_what_was_opened_stays_as_it_was(self):
        self.bring(history())
        self.open()
        frozen = self.rondo("eval-review", "show", "REV-1", "--json").json()
        self.rondo("import", "--replace", self.file("again.jsonl", run_lines("w47", [1])))
        self.assertEqual(self.rondo("eval-review", "show", "REV-1", "--json").json()["frozen"], frozen["frozen"])
        self.assertEqual(len(frozen["frozen"]["surfaces"][0]["flips"]), 9)
        self.assertEqual((frozen["week"], frozen["day"]), ("2026-W47", "2026-11-16"))

    def test_actions_of_all_flips_of_a_surface_are_one_change(self):
        self.bring(history())
        make = ("review", "--surface", "refunds", "--make-actions")
        self.assertIn("is not opened yet", self.rondo(*make, code=1).err)
        self.open()
        self.rondo("action", "drop", "ACT-1", "ACT-2")
        for words, said in ((("--make-actions",), "name it with --surface"), (make[1:] + ("--open",), "leave out --open"),
                            (make[1:] + ("--weeks", "4"), "leave out --weeks"), (make[1:] + ("--compare-anyway", "x"), "do one after the other")):
            self.assertIn(said, self.rondo("review", *words, code=2).err)
        self.assertEqual(len(self.actions()), 6)
        made = self.rondo(*make, "--json", env={"RONDO_NOW": MONDAY}).json()
        self.assertEqual((made["eval_review"], made["week"], made["new"], len(made["actions"])), ("REV-1", "2026-W47", False, 3))
        rows = {row["case"]: row for row in self.actions() if row["id"] in made["actions"]}
        self.assertEqual({key: (row["class"], row["first_step"]) for key, row in rows.items()},
                         {"c01": ("candidate", "run it again 3 times"), "c02": ("candidate", "run it again 3 times"),
                          "c09": ("flaky", "find out why it flickers")})
        self.assertEqual({(row["due"], row["week"], row["surface"], row["owner"]) for row in rows.values()},
                         {("2026-11-16T12:00:00Z", "2026-W47", "refunds", None)})
        self.assertIn("there is nothing to make", self.rondo(*make, code=1).err)
        self.rondo("action", "give-up", made["actions"][0])  # it has one all the same
        self.assertIn("there is nothing to make", self.rondo(*make, code=1).err)
        self.rondo("action", "reopen", made["actions"][0])
        changes = self.rondo("audit", "list", "--json").json()["items"]
        self.rondo("undo", str(changes[2]["change"]))
        self.assertEqual(len(self.actions()), 6)

    def test_one_undo_takes_an_opening_back(self):
        self.bring(history())
        self.open()
        change = self.rondo("audit", "list", "--json").json()["items"][0]["change"]
        self.rondo("undo", str(change))
        self.assertEqual(self.actions(), [])
        self.assertTrue(self.open()["new"])

    def test_only_the_default_review_is_opened(self):
        self.bring(history())
        for words in (("--surface", "refunds"), ("--week-run", "best"), ("--weeks", "4")):
            self.assertIn("leave out " + words[0], self.rondo("review", "--open", *words, code=2).err)
        self.assertIn("there is no complete run in 2026-W40", self.rondo("review", "--open", "--week", "2026-W40", code=2).err)
        self.assertEqual(self.rondo("eval-review", "list", "--json").json()["items"], [])


class Anyway(Bot):
    def setUp(self):
        super().setUp()
        self.bring(run_lines("w46", judge="rubric-3") + run_lines("w47", range(1, 10), judge="rubric-4"))

    def verdict(self):
        return self.rondo("review", "--json").json()["surfaces"][0]["verdict"]

    def test_another_ruler_makes_no_actions_until_somebody_says_why(self):
        self.assertEqual(self.verdict(), "not_comparable")
        self.assertEqual(len(self.flips()), 9)
        self.assertEqual(self.open()["actions"], [])
        self.rondo("undo", str(self.rondo("audit", "list", "--json").json()["items"][0]["change"]))
        self.rondo("review", "--compare-anyway", "both rubrics agree on these cases")
        self.assertEqual(self.verdict(), "regressed")
        self.assertEqual(len(self.open()["actions"]), 9)
        override = self.rondo("comparison-override", "list", "--json").json()["items"][0]
        self.assertEqual((override["reason"], override["surface"], override["week"]),
                         ("both rubrics agree on these cases", "refunds", "2026-W47"))

    def test_what_an_opening_held_back_gets_its_actions_once_it_is_compared_anyway(self):
        self.assertEqual(self.open()["actions"], [])
        self.assertEqual(self.open()["actions"], [])
        self.assertIn("is not comparable", self.rondo("review", "--surface", "refunds", "--make-actions", code=1).err)
        self.rondo("review", "--compare-anyway", "both rubrics agree on these cases")
        self.assertIn("Of what is compared anyway since, 9 actions were added to assign", self.rondo("review", "--open").out)
        self.assertEqual(len(self.rondo("action", "list", "--json").json()["items"]), 9)
        again = self.open()
        self.assertEqual((again["new"], again["actions"]), (False, []))
        self.rondo("action", "drop", "ACT-1")
        self.assertEqual(self.open()["actions"], [])

    def test_a_review_that_was_opened_compared_anyway_stays_as_it_is(self):
        self.rondo("review", "--compare-anyway", "both rubrics agree on these cases")
        self.assertEqual(len(self.open()["actions"]), 9)
        self.rondo("action", "drop", "ACT-1")
        self.assertEqual(self.open()["actions"], [])

    def surface(self, *words):
        return self.rondo("review", "--json", *words).json()["surfaces"][0]

    def test_the_review_says_that_it_was_compared_anyway_and_why(self):
        self.assertIsNone(self.surface()["compared_anyway"])
        self.rondo("review", "--compare-anyway", "both rubrics agree on these cases")
        self.assertEqual(self.surface()["compared_anyway"], {"id": "OVR-1", "reason": "both rubrics agree on these cases"})
        self.assertEqual([one["part"] for one in self.surface()["not_comparable"]], ["judge"])
        self.assertIn(" Compared although the ruler changed: refunds (judge was 'rubric-3', is 'rubric-4').",
                      self.rondo("review", "--json").json()["summary"])
        for words in ((), ("--md",)):
            self.assertIn("both rubrics agree on these cases", self.rondo("review", *words).out)
        self.rondo("undo", str(self.rondo("audit", "list", "--json").json()["items"][0]["change"]))
        self.assertEqual((self.surface()["compared_anyway"], self.verdict()), (None, "not_comparable"))

    def test_a_reason_for_what_was_comparable_all_along_is_not_told(self):
        self.bring(run_lines("w45", judge="rubric-3"))
        self.rondo("comparison-override", "add", "--surface", "refunds", "--week", "2026-W46", "--reason", "to be sure")
        surface = self.surface("--week", "2026-W46")
        self.assertEqual((surface["compared_anyway"], surface["not_comparable"]), (None, []))
        self.assertNotIn("to be sure", self.rondo("review", "--week", "2026-W46").out)

    def test_without_a_reason_or_a_need_it_is_refused(self):
        self.assertIn("say why", self.rondo("review", "--compare-anyway", " ", code=2).err)
        self.assertEqual(self.verdict(), "not_comparable")
        self.rondo("review", "--compare-anyway", "because")
        self.assertIn("is comparable", self.rondo("review", "--compare-anyway", "because", code=2).err)
        self.assertIn("not an ISO week", self.rondo("comparison-override", "add", "--surface", "refunds", "--week", "w47", "--reason", "x", code=2).err)


class Served(ServedWorkspace):
    def test_the_api_opens_once(self):
        self.served()
        self.rondo("import", self.file("runs.jsonl", history()))
        opened = self.ask(201, "POST", "/api/v1/eval-reviews", {"week": "2026-W47"})
        self.assertEqual((opened["new"], len(opened["actions"])), (True, 8))
        self.assertEqual(self.ask(200, "POST", "/api/v1/eval-reviews")["new"], False)
        self.refused(422, "invalid", "'w' is not an ISO week", "POST", "/api/v1/eval-reviews", {"week": "w"})
        self.refused(422, "invalid", "the body of an opening is", "POST", "/api/v1/eval-reviews", {"weeks": 3})
        self.ask(200, "PATCH", "/api/v1/actions", {"ids": opened["actions"][:2], "set": {"owner": "Ada"}})
        path = "/api/v1/eval-reviews/REV-1/actions"
        self.refused(422, "invalid", "say of which surface", "POST", path)
        self.refused(422, "invalid", "surfaces", "POST", path, {"surfaces": "refunds"})
        self.refused(404, "not_found", "", "POST", path, {"surface": "nothing"})
        self.refused(404, "not_found", "", "POST", path.replace("1/a", "2/a"), {"surface": "refunds"})
        self.assertEqual(self.ask(201, "POST", path, {"surface": "refunds"}), {"eval_review": "REV-1", "week": "2026-W47", "new": False, "actions": ["ACT-9"]})
        self.refused(409, "conflict", "there is nothing to make", "POST", path, {"surface": "refunds"})

    def owners(self):
        """Who owns the flip of each of the first two cases, and how many flips there are, as the server says."""
        flips = self.ask(200, "GET", "/api/v1/review")["surfaces"][0]["flips"]
        return {flip["case"]: flip["owner"] for flip in flips if flip["case"] in ("c01", "c02")}, len(flips)

    def test_a_review_that_was_made_already_tells_what_was_changed_since(self):
        self.served()
        self.rondo("import", self.file("runs.jsonl", history()))
        self.ask(201, "POST", "/api/v1/eval-reviews", {"week": "2026-W47"})
        for _ in range(2):
            self.assertEqual(self.owners(), ({"c01": None, "c02": None}, 9))
        self.ask(200, "PATCH", "/api/v1/actions/ACT-1", {"owner": "Ada"})
        self.assertEqual(self.owners(), ({"c01": "Ada", "c02": None}, 9))
        self.rondo("action", "set", "ACT-2", "--owner", "Ada")  # another process
        self.assertEqual(self.owners(), ({"c01": "Ada", "c02": "Ada"}, 9))
        self.rondo("import", self.file("again.jsonl", run_lines("w47", range(1, 4)).replace('"w47"', '"w47b"').replace("T06:", "T07:")))
        self.assertEqual(self.owners()[1], 3)

    def test_of_many_flips_the_surest_are_told_first(self):
        self.served()
        self.rondo("import", self.file("runs.jsonl", history()))
        whole = self.ask(200, "GET", "/api/v1/review")["surfaces"][0]
        self.assertEqual((len(whole["flips"]), "flips_left_out" in whole), (9, False))
        place = ["confirmed", "candidate", None, "flaky"].index
        surest = sorted(whole["flips"], key=lambda flip: (place(flip["class"]), flip["p_worse"]))
        for most in (1, 4, 8):
            part = self.ask(200, "GET", "/api/v1/review?flips=%d" % most)["surfaces"][0]
            self.assertEqual(part["flips"], [flip for flip in whole["flips"] if flip in surest[:most]])
            self.assertEqual(part["flips_left_out"], 9 - most)
            self.assertEqual(part["fixed"], whole["fixed"])
        for most in (9, 500):
            self.assertEqual(self.ask(200, "GET", "/api/v1/review?flips=%d" % most)["surfaces"][0], whole)
        for most in ("0", "-1", "few", "1000001"):
            self.refused(422, "invalid", "'flips' is '%s': give a whole number from 1" % most, "GET", "/api/v1/review?flips=" + most)

    def test_a_brief_review_says_the_same_without_its_cases(self):
        self.served()
        self.rondo("import", self.file("runs.jsonl", history()))
        whole, brief = (self.ask(200, "GET", "/api/v1/review" + words) for words in ("", "?brief=true"))
        left_out = {"flips", "fixed", "slid", "missing", "new", "renamed", "errors", "slices", "suspects", "suspect_priors", "rerun_plan"}
        for surface in whole["surfaces"]:
            del surface["tail"]["cases"]
        brief["generated_at"] = whole["generated_at"]
        self.assertEqual(brief, {**whole, "surfaces": [{key: surface[key] for key in surface if key not in left_out} for surface in whole["surfaces"]]})
        self.refused(422, "invalid", "brief", "GET", "/api/v1/review?brief=perhaps")


if __name__ == "__main__":
    unittest.main()
