"""Friday's update: drafted from evidence, checked by one list of sentences, sent once, never changed."""
import json
import unittest

from server import ServedWorkspace

MONDAY = "2026-11-16T06:00:00Z"
WEEK = "2026-W47"
BETS = ("Shorten the answer", "Index the manuals again", "Ask five customers")


def results(broken):
    """Two weeks of forty cases; in the second so many fail."""
    lines = []
    for run, day, bad in (("w46", "2026-11-09", 0), ("w47", "2026-11-16", broken)):
        for number in range(40):
            lines.append({"suite": "bot", "surface": "refunds", "run": run, "started_at": day + "T06:00:00Z",
                          "case": "c%02d" % number, "pass": number >= bad})
    return "".join(json.dumps(line) + "\n" for line in lines)


class Friday(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.served()
        self.imported(results(broken=12), "?format=plain")

    def draft(self, **body):
        return self.ask(201, "POST", "/api/v1/updates/draft", dict({"week": WEEK}, **body))

    def patch(self, update, status=200, **fields):
        return self.ask(status, "PATCH", "/api/v1/updates/" + update, fields)

    def page(self, update, audience="engineering"):
        return self.ask(200, "GET", "/api/v1/updates/%s/page?audience=%s" % (update, audience))

    def bet(self, update, title, **fields):
        return self.ask(201, "POST", "/api/v1/bets", dict({"update": update, "title": title, "owner": "Ada",
                                                           "outcome": "it is better"}, **fields))["id"]

    def complete(self, team=None, **fields):
        """An update that lacks nothing; gives its id."""
        update = self.draft(**({"team": team} if team else {}))["update"]["id"]
        self.patch(update, **dict({"production": "- The cache is larger: no measured effect.", "user": "They ask for less.",
                                   "cost_latency_none": "no run says what it costs", "world": "Nothing much."}, **fields))
        for title in BETS:
            self.bet(update, title)
        return update

    def send(self, update, status=200):
        return self.ask(status, "POST", "/api/v1/updates/%s/send" % update, {})


class Drafting(Friday):
    def test_the_house_begins_it_from_evidence(self):
        page = self.ask(200, "GET", "/api/v1/updates/week?week=" + WEEK)
        self.assertFalse(page["is_stored"])
        self.assertIn("refunds](/monday?week=2026-W47) fell to [70.0 %](/eval-runs/", page["markdown"])
        self.assertIn("[down 30 points]", page["markdown"])
        self.assertIn("cases broke, [Monday's review is not opened yet](/monday?week=2026-W47)", page["markdown"])
        self.rondo("review", "--week", WEEK, "--open")
        opened = self.ask(200, "GET", "/api/v1/updates/week?week=" + WEEK)["markdown"]
        self.assertIn("cases broke, [12 of its actions are open](/actions?state=open)", opened)
        first = page["candidates"]["eval"][0]
        self.assertIn("{{figure evals.pass_rate ", first["line"])
        self.assertRegex(first["html"], 'fell to <a href="/eval-runs/[^"]+">70.0 %</a>')
        self.assertEqual(self.rondo("update", "check", "--week", WEEK, "--json", code=1).json(), {"errors": [
            "changed: nothing listed", "learned: missing user", "learned: missing cost_latency", "next: 3 to 5 bets",
            "world: nothing said"]})
        self.assertEqual(self.ask(200, "GET", "/api/v1/updates")["items"], [])
        update = self.draft()
        self.assertTrue(update["is_stored"])
        again = self.ask(200, "POST", "/api/v1/updates/draft", {"week": WEEK})
        self.assertEqual(again["update"]["id"], update["update"]["id"])
        self.refused(409, "conflict", "is there already", "POST", "/api/v1/updates", {"week": WEEK})

    def test_a_headline_that_is_better_lower_is_told_by_its_name(self):
        surface = self.ask(200, "GET", "/api/v1/surfaces")["items"][0]["id"]
        self.ask(200, "PATCH", "/api/v1/surfaces/" + surface, {"direction": "lower", "metric": "hallucination rate"})
        self.ask(201, "POST", "/api/v1/change-events", {"title": "New index", "kind": "retrieval", "effective_at": MONDAY, "surfaces": [surface]})
        page = self.ask(200, "GET", "/api/v1/updates/week?week=" + WEEK)
        self.assertIn("refunds](/monday?week=2026-W47): hallucination rate rose to [30.0 %](/eval-runs/", page["markdown"])
        self.assertIn("[up 30 points]", page["markdown"])
        lines = [one["line"] for part in page["candidates"].values() for one in part]
        self.assertTrue(any(": refunds is at hallucination rate {{figure evals.headline surface=\"refunds\"}} since" in line for line in lines), lines)
        self.assertFalse(any("evals.pass_rate" in line for line in lines), lines)
        told = [self.ask(200, "GET", "/api/v1/figures/told?written=evals.%s%%20surface=refunds&week=%s" % (name, WEEK))
                for name in ("headline", "pass_rate", "headline_change", "pass_rate_change")]
        self.assertEqual([round(one["value"], 12) for one in told], [0.3, 0.7, 0.3, -0.3])
        self.assertEqual((told[0]["low"], told[0]["high"]), (1 - told[1]["high"], 1 - told[1]["low"]))

    def test_a_figure_has_its_working(self):
        told = self.ask(200, "GET", "/api/v1/figures/told?written=evals.pass_rate%20surface=refunds&week=" + WEEK)
        self.assertEqual((told["value"], told["n"], told["unit"], told["words"]), (0.7, 40, "share", "70.0 %"))
        self.assertEqual((told["record"], told["marks"]), ("eval_run", []))
        self.assertEqual(told["working"], "rondo review --week 2026-W47 --surface 'refunds'")
        stale = self.rondo("update", "figures", "evals.pass_rate surface=refunds", "--week", "2026-W49", "--json").json()
        self.assertEqual([mark["kind"] for mark in stale["marks"]], ["stale"])
        before = self.rondo("update", "figures", "evals.pass_rate surface=refunds as_of=2026-11-15", "--week", WEEK, "--json").json()
        self.assertEqual(before["value"], 1)
        none = self.rondo("update", "figures", "evals.cost_usd surface=refunds", "--week", WEEK, "--json").json()
        self.assertIsNone(none["value"])
        self.assertEqual(none["words"], "no data")
        names = [one["name"] for one in self.ask(200, "GET", "/api/v1/figures")]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("actions.open", names)

    def test_figures_that_mean_nothing_are_refused_by_sentence(self):
        for written, words in (("evals.pass_rat surface=refunds", "did you mean 'evals.pass_rate'"),
                               ("evals.pass_rate", "needs to know which surface"),
                               ("evals.pass_rate surface=nowhere", "nowhere"),
                               ("evals.pass_rate suface=refunds", "has no parameter 'suface'"),
                               ("evals.pass_rate surface=", "has no value"),
                               ("evals.pass_rate surface='refunds", "does not end"),
                               ("evals.pass_rate refunds", "is no parameter")):
            with self.subTest(written=written):
                self.assertIn(words, self.rondo("update", "figures", written, code=2).err)


class Checking(Friday):
    def errors(self, update):
        page = self.page(update)
        self.assertEqual(self.rondo("update", "check", "--week", WEEK, "--json", code=1 if page["errors"] else 0).json(),
                         {"errors": page["errors"]})
        return page["errors"]

    def test_each_rule_has_its_sentence(self):
        update = self.complete()
        self.assertEqual(self.errors(update), [])
        for fields, sentence in (
                ({"production": "- The cache is larger."}, "changed: 'The cache is larger.' has neither a figure nor a link"),
                ({"production": "- {{figure evals.pass_rate surface=gone}} of them"}, "changed: "),
                ({"production": "- {{figure evals.cost_usd surface=refunds}} each"}, "'evals.cost_usd surface=refunds' has no data"),
                ({"production": "- See [it](/eval-runs/RUN-99)"}, "leads to 'RUN-99', which is gone"),
                ({"eval": "- [one](/monday)\n- [two](/monday)"}, "learned (eval): one insight, not 2"),
                ({"eval": "It is fine."}, "learned (eval): 'It is fine.' has neither"),
                ({"world": "One. Two e.g. this. Three."}, "world: two sentences max"),
                ({"user": "", "user_none": ""}, "learned: missing user"),
                ({"production": "::: marketing\nx\n:::"}, "is for nobody"),
                ({"production": "[a](/monday)\n::: design\nx: no measured effect"}, "does not end")):
            with self.subTest(fields=fields):
                before = {name: self.ask(200, "GET", "/api/v1/updates/" + update)[name] for name in fields}
                self.patch(update, **fields)
                found = self.errors(update)
                self.assertTrue(any(sentence in error for error in found), found)
                self.assertIn(found[0], self.send(update, 409)["detail"])
                self.patch(update, **before)
        self.assertEqual(self.errors(update), [])

    def test_words_beside_the_parts_hold_to_the_same(self):
        update = self.complete()
        self.bet(update, "Four", outcome="{{figure evals.cost_usd surface=refunds}} and [more](/eval-runs/RUN-99)")
        found = " ".join(self.errors(update))
        self.assertIn("next: 'evals.cost_usd surface=refunds' has no data", found)
        self.assertIn("next: a line leads to 'RUN-99', which is gone", found)

    def test_bets_are_three_to_five_with_owner_and_outcome(self):
        update = self.complete()
        extra = [self.bet(update, "Four", outcome=None), self.bet(update, "Five", owner=None)]
        self.assertEqual(self.errors(update), ["bet without owner: Five", "bet without outcome: Four"])
        for bet in extra:
            self.ask(204, "DELETE", "/api/v1/bets/" + bet)
        first = self.ask(200, "GET", "/api/v1/bets")["items"][0]["id"]
        self.ask(204, "DELETE", "/api/v1/bets/" + first)
        self.assertEqual(self.errors(update), ["next: 3 to 5 bets"])

    def test_evidence_that_goes_is_told_of(self):
        note = self.ask(201, "POST", "/api/v1/notes", {"body": "mine alone"})["id"]
        decision = self.ask(201, "POST", "/api/v1/decisions", {"title": "Cache more"})["id"]
        update = self.complete(production="- We cache more: [why](/decisions/%s)" % decision)
        self.assertEqual(self.errors(update), [])
        self.ask(204, "DELETE", "/api/v1/decisions/" + decision)
        self.assertIn("leads to '%s', which is gone" % decision, self.errors(update)[0])
        self.patch(update, production="- We cache more: [why](/notes/%s)" % note)
        self.assertIn("'%s' is private" % note, self.errors(update)[0])

    def test_a_reviewer_agrees_to_these_words_and_no_others(self):
        self.rondo("person", "add", "--name", "Ben")
        update = self.complete(reviewer="Ben")
        self.assertEqual(self.errors(update), ["Ben has not agreed to these words: 'rondo update review'"])
        self.assertIn("only Ben", self.ask(403, "POST", "/api/v1/updates/%s/review" % update, {})["detail"])
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        self.rondo("update", "review", "--week", WEEK, "--as", "Ben")
        self.assertEqual(self.errors(update), [])
        self.patch(update, user="They ask for more.")
        self.assertIn("Ben has not agreed", self.errors(update)[0])


class Sending(Friday):
    def test_what_is_sent_never_changes(self):
        update = self.complete()
        page = self.send(update)
        self.assertEqual(page["update"]["state"], "sent")
        edition = page["editions"][0]["id"]
        before = self.ask(200, "GET", "/api/v1/update-editions/" + edition)
        self.assertEqual((before["number"], before["audience"], before["person"]), (1, "engineering", "Ada"))
        self.assertEqual([figure["words"] for figure in before["figures"] if figure["figure"] == "evals.pass_rate"], ["70.0 %"])
        self.imported(results(broken=20), "?format=plain")
        self.assertEqual(self.ask(200, "GET", "/api/v1/update-editions/" + edition), before)
        self.assertIn("70.0 %", self.page(update)["markdown"])
        self.patch(update, 409, user="Something else.")
        self.ask(409, "DELETE", "/api/v1/updates/" + update)
        self.ask(409, "DELETE", "/api/v1/update-editions/" + edition)
        bet = self.ask(200, "GET", "/api/v1/bets")["items"][0]["id"]
        self.ask(409, "PATCH", "/api/v1/bets/" + bet, {"title": "Something easier"})
        self.assertIn("was sent already", self.send(update, 409)["detail"])
        for word, row in (("update", update), ("update-edition", edition), ("bet", bet)):
            self.assertIn("was sent", self.rondo(word, "undo", row, code=1).err)
        self.assertEqual(self.rondo("update", "draft", "--week", WEEK, "--md").out, before["markdown"])

    def test_a_correction_is_one_more_edition_and_the_first_stays(self):
        update = self.complete()
        first = self.send(update)["editions"][0]
        path = "/api/v1/updates/%s/correct" % update
        self.assertIn("say what", self.ask(422, "POST", path, {"user": "They ask for more."})["detail"])
        self.assertIn("no words differ", self.ask(422, "POST", path, {"note": "a slip"})["detail"])
        self.ask(409, "POST", path, {"note": "a slip", "world": "One. Two. Three."})
        page = self.ask(200, "POST", path, {"note": "They ask for more, not less.", "user": "They ask for more."})
        self.assertEqual([one["number"] for one in page["editions"]], [2, 1])
        self.assertIn("> **Corrected:** They ask for more, not less.", page["markdown"])
        self.assertEqual(page["editions"][1], first)
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/update-editions")["items"]), 6)

    def test_what_is_sent_comes_out_of_the_friday_that_is_open(self):
        for team in ("Red", "Blue"):
            self.rondo("team", "add", "--name", team)
        self.rondo("ritual", "install", "ai-week", "--team", "Red")
        outputs = lambda ritual: [row["id"] for row in self.ask(200, "GET", "/api/v1/occurrences/%s/run" % ritual)["outputs"]]
        for ritual in ("RIT-3@2026-11-18", "RIT-5@2026-11-20"):
            self.ask(200, "POST", "/api/v1/occurrences/%s/open" % ritual, {})
        self.send(self.complete(team="Blue"))
        self.assertEqual(outputs("RIT-5@2026-11-20"), [])
        update = self.complete()
        self.assertEqual(outputs("RIT-5@2026-11-20"), [])
        self.send(update)
        self.assertEqual((outputs("RIT-5@2026-11-20"), outputs("RIT-3@2026-11-18")), ([update], []))
        self.ask(200, "POST", "/api/v1/updates/%s/correct" % update, {"note": "A word was missing", "world": "Nothing much yet."})
        self.assertEqual(outputs("RIT-5@2026-11-20"), [update])
        self.ask(200, "POST", "/api/v1/occurrences/RIT-5@2026-11-20/close", {})

    def test_the_name_of_a_team_is_no_markup(self):
        self.ask(201, "POST", "/api/v1/teams", {"name": "</title><script>alert(1)</script>"})
        team = self.ask(200, "GET", "/api/v1/teams")["items"][-1]["id"]
        update = self.ask(201, "POST", "/api/v1/updates", {"week": WEEK, "team": team, "production": "- A: no measured effect.",
                          "user": "They wait.", "cost_latency_none": "none", "eval_none": "none", "world": "None."})["id"]
        for title in BETS:
            self.bet(update, title)
        edition = self.send(update)["editions"][0]["id"]
        self.ask(200, "GET", "/api/v1/update-editions/%s/html" % edition)
        self.assertNotIn("<script", self.reply.text)

    def test_words_for_some_reach_nobody_else(self):
        words = {"production": "- Cache: no measured effect.\n::: engineering\n- canaryone: no measured effect.\n:::\n"
                               "::: executives\n- canarytwo: no measured effect.\n:::\n::: private\n- canarythree\n:::",
                 "user": "They wait.\n::: design\n  canaryfour\n:::"}
        update = self.complete(**words)
        self.send(update)
        reads = {"engineering": {"canaryone"}, "design": {"canaryfour"}, "executives": {"canarytwo"}}
        for edition in self.ask(200, "GET", "/api/v1/update-editions")["items"]:
            heard = json.dumps(self.ask(200, "GET", "/api/v1/update-editions/" + edition["id"]))
            for form in ("html", "text"):
                self.ask(200, "GET", "/api/v1/update-editions/%s/%s" % (edition["id"], form))
                heard += self.reply.text
            for canary in ("canaryone", "canarytwo", "canarythree", "canaryfour"):
                self.assertEqual(canary in heard, canary in reads[edition["audience"]], (canary, edition["audience"]))

    def test_the_next_friday_scores_the_bets(self):
        update = self.complete()
        self.send(update)
        later = {"RONDO_NOW": "2026-11-26T10:00:00Z"}
        check = self.rondo("update", "check", "--json", env=later, code=1).json()["errors"]
        for title in BETS:
            self.assertIn("bet of last week not scored: " + title, check)
            self.assertIn("- undecided: " + title, self.rondo("week", env=later).out)
        bets = [bet["id"] for bet in self.ask(200, "GET", "/api/v1/bets")["items"]]
        self.assertEqual(self.rondo("bet", "set", bets[0], "--state", "hit", code=2).code, 2)
        for bet, state in zip(bets, ("hit", "missed", "dropped")):
            self.rondo("bet", "set", bet, "--state", state, "--evidence", "[seen](/monday)", env=later)
        self.assertFalse(any("not scored" in error for error in self.rondo("update", "check", "--json", env=later, code=1).json()["errors"]))
        self.assertIn("- **hit:** [Shorten the answer]", self.rondo("update", "draft", "--md", env=later).out)
        week = self.ask(200, "GET", "/api/v1/bets/weeks")["weeks"][-1]
        self.assertEqual((week["hit"], week["missed"], week["dropped"], week["open"]), (1, 1, 1, 0))
        self.assertAlmostEqual(week["hit_rate"], 1 / 3)
        promises = [(one["title"], one["kept"], one["owner"]) for one in self.rondo("week", "--json", env=later).json()["promises"]]
        self.assertEqual(promises, [(BETS[0], True, "Ada"), (BETS[1], False, "Ada"), (BETS[2], False, "Ada")])
        told = self.rondo("update", "figures", "updates.bets_hit", "--json", env=later).json()
        self.assertEqual((told["words"], told["n"]), ("1 of 3", 3))

    def test_beside_the_week_before(self):
        self.send(self.complete())
        later = {"RONDO_NOW": "2026-11-26T10:00:00Z"}
        self.rondo("update", "draft", env=later)
        update = self.ask(200, "GET", "/api/v1/updates?week=2026-W48")["items"][0]["id"]
        diff = self.ask(200, "GET", "/api/v1/updates/%s/diff" % update)
        self.assertEqual({"from": diff["from"], "to": diff["to"]}, {"from": "UPD-1", "to": update})
        self.assertIn("removed", [piece["op"] for piece in diff["pieces"]])


class Exceptions(Friday):
    def test_they_are_listed_whether_one_likes_it_or_not(self):
        action = self.ask(201, "POST", "/api/v1/actions", {"title": "Call the vendor", "due": "2026-11-13T12:00:00Z",
                                                           "owner": "Ada"})["id"]
        update = self.complete()
        page = self.page(update)
        self.assertEqual([one["about"] for one in page["exceptions"]], [action])
        self.assertIn("[Call the vendor](/actions/%s) is overdue by 2 days, owned by Ada." % action, page["markdown"])
        self.ask(200, "POST", "/api/v1/updates/%s/explain" % update, {"about": action, "explanation": "They are on holiday."})
        self.rondo("update", "explain", action, "They are away.", "--week", WEEK)
        for audience in ("engineering", "design", "executives"):
            self.assertIn("*They are away.*", self.page(update, audience)["markdown"])
        self.send(update)
        self.ask(200, "PATCH", "/api/v1/actions/" + action, {"state": "done"})
        self.assertIn("Call the vendor", self.page(update)["markdown"])

    def test_a_live_waiver_a_skipped_ritual_and_an_override(self):
        self.rondo("person", "add", "--name", "Ben")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member,executive")
        self.ask(201, "POST", "/api/v1/prompts", {"name": "greeting", "owner": "Ada"})
        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "greeting", "text": "Be kind.", "message": "first"})
        change = self.ask(201, "POST", "/api/v1/prompt-changes", {"prompt": "greeting", "to_version": "greeting 1"})["id"]
        waiver = self.ask(201, "POST", "/api/v1/waivers", {"gate": change, "reason": "The demo", "approver": "Ben",
                                                           "expiry": "2026-12-01T00:00:00Z",
                                                           "compensating_control": "We watch it"})["id"]
        self.rondo("waiver", "set", waiver, "--state", "approved", "--as", "Ben")
        self.rondo("ritual", "install", "ai-week")
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/skip", {"reason": "All are away"})
        lines = [one["line"] for one in self.ask(200, "GET", "/api/v1/updates/week?week=" + WEEK)["exceptions"]]
        self.assertTrue(any(change + " is let past its gate until 2026-12-01" in line for line in lines), lines)
        self.assertTrue(any("was skipped: All are away (Ada)" in line for line in lines), lines)


if __name__ == "__main__":
    unittest.main()
