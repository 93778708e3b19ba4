"""The demo: what was planted is found, nothing else is, and the same seed tells the same story."""
import json
import os
import unittest

from workspace import NOW, Workspace

SURFACES = ["code-suggestions", "document-extraction", "search-summaries", "support-answers"]
SEEDS = ("1", "7", "20261")


class Demo(Workspace):
    def demo(self, seed="1", plant=None, *words, **options):
        store = "demo-%s-%s.db" % (seed, plant)
        plants = ("--plant", plant) if plant else ()
        return self.rondo("demo", "--seed", seed, *plants, "--store", store, "--json", *words, **options).json(), store

    def found(self, review):
        """The planted faults that a reader of the review would name."""
        by_name = {surface["surface"]: surface for surface in review["surfaces"]}
        self.assertEqual(sorted(by_name), SURFACES)
        found = set()
        if by_name["support-answers"]["verdict"] == "regressed":
            found.add("regression")
        provider = by_name["search-summaries"]
        if provider["verdict"] == "regressed" and "model" in provider["changed"]:
            found.add("provider")
        if by_name["code-suggestions"]["tail"]["stealth"]:
            found.add("tail")
        for surface in review["surfaces"]:
            self.assertEqual(bool(surface["suspects"]), surface["verdict"] == "regressed" or bool(surface["tail"]["stealth"]), surface["surface"])
        if any(flip["class"] == "flaky" for flip in by_name["document-extraction"]["flips"]):
            found.add("flaky")
        return found

    def check_quiet(self, review, loud=()):
        for surface in review["surfaces"]:
            if surface["surface"] in loud:
                continue
            self.assertEqual(surface["verdict"], "no_evidence", surface["surface"])
            self.assertFalse(surface["tail"]["stealth"], surface["surface"])
            self.assertIn(surface["trend"]["verdict"], ("no_trend", "too_few_weeks"), surface["surface"])

    def test_everything_planted_is_found_with_any_seed(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                review, store = self.demo(seed)
                self.assertEqual(self.found(review), {"regression", "flaky", "provider", "tail"})
                self.rondo("review", "--check", "--store", store, code=1)
                self.rondo("audit", "verify", "--store", store)

    def test_the_first_suspect_is_what_was_planted(self):
        wanted = {"support-answers": ("prompt_version", "we changed it", "shortened"), "code-suggestions": ("config", "we changed it", "200 lines"),
                  "search-summaries": ("model_served", "the provider changed it", "newer snapshot")}
        for seed in SEEDS:
            with self.subTest(seed=seed):
                review, _ = self.demo(seed)
                first = {surface["surface"]: surface["suspects"][0] for surface in review["surfaces"] if surface["suspects"]}
                self.assertEqual({name: (suspect["kind"], suspect["verdict"]) for name, suspect in first.items()},
                                 {name: (kind, verdict) for name, (kind, verdict, _) in wanted.items()})
                for name, suspect in first.items():
                    self.assertIn(wanted[name][2], suspect["title"])

    def test_nothing_is_found_where_nothing_is_planted(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                review, store = self.demo(seed, "none")
                self.assertEqual(self.found(review), set())
                self.check_quiet(review)
                self.rondo("review", "--check", "--store", store, code=0)

    def test_each_fault_alone_is_found_alone(self):
        homes = {"regression": "support-answers", "provider": "search-summaries", "tail": "code-suggestions", "flaky": "document-extraction"}
        for seed in SEEDS:
            for plant, home in homes.items():
                with self.subTest(seed=seed, plant=plant):
                    review, _ = self.demo(seed, plant)
                    self.assertEqual(self.found(review), {plant})
                    self.check_quiet(review, () if plant == "flaky" else (home,))

    def test_the_same_seed_and_now_tell_the_same_story(self):
        first, store = self.demo("3")
        second = self.rondo("demo", "--seed", "3", "--store", "again.db", "--json").out
        self.assertEqual(json.loads(second), first)
        review = self.rondo("review", "--store", store, "--json", env={"RONDO_NOW": "2026-11-17T07:00:00Z"})
        self.assertEqual(review.out.replace("2026-11-17T07:00:00Z", "2026-11-16T07:00:00Z"), second)
        self.assertNotEqual(self.demo("4")[0], first)

    def test_now_moves_the_weeks(self):
        review, _ = self.demo("1", None, "--now", "2024-04-03T09:00:00Z")
        self.assertEqual(review["week"], "2024-W14")
        self.assertEqual(self.demo("2")[0]["week"], "2026-W47")

    def test_a_store_with_runs_is_refused(self):
        self.rondo("demo")
        before = self.rondo("eval-run", "list", "--json").out
        answer = self.rondo("demo", code=1)
        self.assertIn("--store", answer.err)
        self.assertEqual(self.rondo("eval-run", "list", "--json").out, before)

    def test_a_workspace_without_runs_takes_the_demo(self):
        self.initialise()
        self.rondo("demo")

    def test_a_team_works_on_it(self):
        self.demo()
        self.env["RONDO_STORE"] = "demo-1-None.db"
        people = {row["name"]: row["id"] for row in self.rondo("person", "list", "--json").json()["items"]}
        self.assertEqual(len(people), 6)
        roles = {role for row in self.rondo("membership", "list", "--json").json()["items"] for role in row["roles"]}
        self.assertEqual(roles, {"viewer", "member", "council", "executive", "owner"})
        surfaces = {row["name"]: row for row in self.rondo("surface", "list", "--json").json()["items"]}
        self.assertEqual({name: row["floor"] for name, row in surfaces.items()},
                         {"support-answers": .9, "search-summaries": .83, "code-suggestions": .85, "document-extraction": .75})
        for row in surfaces.values():
            self.assertEqual(row["team"], "Assistant")
            self.assertIn(row["owner"], people)
        series = self.rondo("metric", "show", "MET-1", "--json").json()
        self.assertEqual(len(series["weeks"]), 12)
        review, = self.rondo("model-review", "list", "--json").json()["items"]
        self.assertEqual((review["state"], review["decision_owner"]), ("open", "Ada"))

    def test_the_monday_before_was_opened_and_its_flips_are_partly_taken(self):
        for seed in SEEDS:
            _, store = self.demo(seed)
            before, = self.rondo("eval-review", "list", "--store", store, "--json").json()["items"]
            self.assertEqual(before["week"], "2026-W46")
            made = self.rondo("action", "list", "--store", store, "--json").json()["items"]
            actions = [row for row in made if row["case"]]  # the others come out of meetings
            self.assertTrue(all(row["week"] == "2026-W46" and row["due"] < NOW for row in actions))
            taken = [row["owner"] for row in actions if row["owner"]]
            self.assertIn("Ada", taken)
            self.assertTrue(1 < len(taken) < len(actions), taken)
            self.assertEqual({row["state"] for row in actions}, {"open", "done"})
            # as it was then: nothing of the week that came after
            frozen = self.rondo("eval-run", "list", "--as-of", "2026-11-09T12:00:00Z", "--store", store, "--json", "--limit", "200").json()
            self.assertEqual([row["run"] for row in frozen["items"] if "11-16" in row["run"]], [])
            self.assertTrue(frozen["items"])

    def test_opening_its_review_names_what_was_planted(self):
        _, store = self.demo()
        self.rondo("review", "--open", "--store", store)
        actions = self.rondo("action", "list", "--week", "2026-W47", "--store", store, "--json").json()["items"]
        suspects = {row["surface"]: row["suspect"] for row in actions}
        self.assertEqual(sorted(suspects), ["search-summaries", "support-answers"])
        self.assertIn("shortened", suspects["support-answers"])
        self.assertIn("newer snapshot", suspects["search-summaries"])

    def test_a_flip_shows_its_two_outputs_and_what_the_judge_said(self):
        review, store = self.demo()
        for surface in review["surfaces"]:
            for flip in surface["flips"][:3]:
                page = self.rondo("case", flip["case"], "--surface", surface["surface"], "--store", store, "--json").json()
                now, before = page["now"]["trials"][0], page["before"]["trials"][0]
                self.assertTrue(now["output"] and before["output"] and now["output"] != before["output"], flip)
                self.assertTrue(now["reason"] and now["reason"] != before["reason"], flip)

    def states(self, store, *words, now=NOW):
        week = self.rondo("week", "--store", store, "--json", *words, env={"RONDO_NOW": now}).json()
        return [(row["state"], row["artifacts"]["have"], row["artifacts"]["need"]) for row in week["rituals"]]

    def test_the_team_has_lived_by_the_pack_for_three_weeks(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                _, store = self.demo(seed)
                self.assertEqual(self.states(store, "--week", "2026-W43"), [])  # it had no rhythm yet
                self.assertEqual(self.states(store, "--week", "2026-W44"), [("closed", 3, 3), ("closed", 1, 1), ("closed", 1, 1), ("closed", 2, 2), ("skipped", 0, 1)])
                self.assertEqual(self.states(store, "--week", "2026-W45"), [("skipped", 0, 3), ("closed", 1, 1), ("missed", 0, 1), ("closed", 2, 2), ("held_incomplete", 0, 1)])
                self.assertEqual(self.states(store, "--week", "2026-W46"), [("held_incomplete", 2, 3), ("closed", 1, 1), ("held_incomplete", 1, 1), ("closed", 2, 2), ("closed", 1, 1)])
                self.assertEqual(self.states(store), [("scheduled", 0, 3), ("scheduled", 0, 1), ("scheduled", 0, 1), ("scheduled", 0, 2), ("scheduled", 0, 1)])
                self.assertEqual(len(self.rondo("minutes", "list", "--store", store, "--json").json()["items"]), 12)  # of each that was held
                self.rondo("verify", "--store", store)

    def test_the_week_has_what_a_monday_looks_for(self):
        _, store = self.demo()
        self.env["RONDO_STORE"] = store
        monday = self.rondo("week", "--json").json()
        self.assertEqual((monday["rituals"][0]["owner"], monday["rituals"][0]["prep"]), ("Ada", {"done": 1, "of": 2}))
        self.assertEqual({(promise["title"], promise["kept"]) for promise in monday["promises"] if promise["id"].startswith("BET-")},
                         {("Shorten the answers about warranty", False), ("Move the receipts to the new extraction", True),
                          ("Ask five customers about summaries in Spanish", None)})
        inbox = [(item["id"], item["kind"]) for item in self.rondo("inbox", "--json").json()["items"]]
        self.assertIn(("RIT-1", "preparation"), inbox)
        agenda = lambda ritual: {item["title"]: item["carried"] for item in self.rondo("ritual", "agenda", ritual, "--json").json()["agenda"]}
        self.assertEqual(agenda("RIT-1")["Who reads the hardest cases of code-suggestions by hand?"], 1)
        self.assertEqual(agenda("RIT-2")["search-summary 6 to production"], 1)
        self.assertEqual(agenda("RIT-3")["Invoices in two currencies were read with one"], 1)
        self.assertEqual(set(list(agenda("RIT-4"))[:2]), {"Long contexts cost more from next month: which surface pays for it?", "Suggestions end with the statement"})
        self.assertEqual(self.rondo("prompt-change", "show", "PCR-3", "--json").json()["state"], "deferred")
        incident, = self.rondo("incident", "list", "--json").json()["items"]
        self.assertEqual((incident["state"], incident["lead"]), ("stable", "Jonas Weber"))
        self.assertIn("Postmortem", self.rondo("document", "list", "--kind", "postmortem").out)

    def test_its_health_is_as_honest_as_its_weeks(self):
        _, store = self.demo()
        lines = {line["ritual_id"]: line for line in self.rondo("ritual", "health", "--store", store, "--json").json()["rituals"]}
        told = {ritual: (line["held"], line["held_incomplete"], line["skipped"], line["missed"]) for ritual, line in lines.items()}
        self.assertEqual(told, {"RIT-1": (2, 1, 1, 0), "RIT-2": (3, 0, 0, 0), "RIT-3": (2, 1, 0, 1), "RIT-4": (3, 0, 0, 0), "RIT-5": (2, 1, 1, 0)})
        self.assertAlmostEqual(lines["RIT-1"]["health"], 2 / 3 * 5 / 6)
        self.assertEqual(lines["RIT-2"]["health"], 1)
        self.assertAlmostEqual(lines["RIT-3"]["action_closure"], 1 / 2)

    def test_on_a_later_day_what_is_over_has_been_held(self):
        now = "2026-11-20T16:00:00Z"
        for plant, decisions in ((None, 1), ("none", 0)):
            with self.subTest(plant=plant):
                _, store = self.demo("1", plant, "--now", now)
                self.assertEqual(self.states(store, now=now), [("held_incomplete", 1, 3), ("closed", 1, 1), ("held_incomplete", 1, 1), ("closed", 2, 2), ("open", 0, 1)])
                answers = self.rondo("decision", "list", "--store", store, "--json").json()["items"]
                self.assertEqual(len([row for row in answers if "longer prompt" in row["title"]]), decisions)
                flips = [row for row in self.rondo("action", "list", "--week", "2026-W47", "--store", store, "--json", "--limit", "200").json()["items"] if row["case"]]
                self.assertLessEqual(len([row for row in flips if not row["owner"]]), 1)
                self.assertLessEqual(len([row for row in flips if row["state"] == "open"]), 1 + len(flips) // 6)
        _, store = self.demo("2", None, "--now", "2026-11-18T09:10:00Z")
        self.assertEqual([state for state, _, _ in self.states(store, now="2026-11-18T09:10:00Z")],
                         ["held_incomplete", "closed", "scheduled", "scheduled", "scheduled"])  # Wednesday is under way, and nobody's yet

    def test_a_demo_that_cannot_be_made_leaves_nothing(self):
        self.initialise()
        self.rondo("person", "add", "--name", "Mina Okafor")
        self.assertIn("Mina Okafor", self.rondo("demo", code=1).err)
        self.assertEqual(self.rondo("team", "list", "--json").json()["items"], [])
        self.assertEqual(len(self.rondo("person", "list", "--json").json()["items"]), 2)

    def test_bad_words_are_refused_before_anything_is_made(self):
        for words, said in ((("--plant", "weeds"), "weeds"), (("--plant", "none,tail"), "none"), (("--plant", ""), "plant"), (("--seed", "-1"), "seed"),
                            (("--seed", "x"), "seed"), (("--now", "soon"), "soon"), (("--now", "2026-11-16T07:00:00"), "2026-11-16T07:00:00")):
            with self.subTest(words=words):
                answer = self.rondo("demo", *words, code=2)
                self.assertIn(said, answer.err)
        self.assertEqual(os.listdir(self.folder), [])
        self.rondo("demo", "--plant", "tail, flaky")


if __name__ == "__main__":
    unittest.main()
