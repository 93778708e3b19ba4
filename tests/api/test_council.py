"""Change requests of prompts: no artifact, no review; who approves; what an edit voids; labels and the way back."""
import json
import threading
import unittest

from server import ServedWorkspace

CASES = 40


def run_lines(run, passed, when, surface="support", version=None):
    """One run in the plain format: the first `passed` cases pass."""
    lines = []
    for case in range(CASES):
        line = {"suite": "bot", "surface": surface, "run": run, "case": "c-%02d" % case, "pass": case < passed,
                "started_at": when, "prompt": "support-reply"}
        if version:
            line["prompt_version"] = version
        lines.append(json.dumps(line))
    return "\n".join(lines) + "\n"


class Council(ServedWorkspace):
    """Ada owns the workspace; Ben writes prompts; Cora sits in the council; Eve decides for the company."""

    def setUp(self):
        super().setUp()
        self.initialise()
        for name, role in (("Ben", "member"), ("Cora", "council"), ("Eve", "executive")):
            self.person(name, role)
        self.file("runs.jsonl", run_lines("before", 36, "2026-11-09T07:00:00Z", version="1")
                  + run_lines("after", 38, "2026-11-16T06:00:00Z", version="2")
                  + run_lines("elsewhere", 38, "2026-11-16T06:00:00Z", surface="search"))
        self.rondo("import", "runs.jsonl")
        self.server = self.serve()
        self.ada, self.ben, self.cora, self.eve = (self.token(name, "write") for name in ("Ada", "Ben", "Cora", "Eve"))
        self.ask(201, "POST", "/api/v1/prompts", {"name": "support-reply", "surfaces": ["support"]}, token=self.ben)
        for words in ("Be kind to {{customer}}.", "Be brief and kind to {{customer}}."):
            self.ask(201, "POST", "/api/v1/prompt-versions",
                     {"prompt": "support-reply", "text": words, "message": words}, token=self.ben)

    def policy(self, floor=0.7, surface="support", **parts):
        body = dict({"surface": surface, "floor": {"pass_rate_lower": floor}}, **parts)
        return self.ask(201, "POST", "/api/v1/gate-policies", body, token=self.cora)

    def person(self, name, role):
        self.rondo("person", "add", "--name", name)
        self.rondo("membership", "add", "--person", name, "--roles", role)

    def change(self, version=2, **fields):
        body = dict({"prompt": "support-reply", "to_version": "support-reply %d" % version, "why": "shorter"}, **fields)
        return self.ask(201, "POST", "/api/v1/prompt-changes", body, token=self.ben)["id"]

    def complete(self, **fields):
        change = self.change(expected_impact="shorter answers", rollback_plan="rondo prompt rollback", **fields)
        self.delta(change)
        return change

    def delta(self, change, baseline="before", candidate="after"):
        return self.ask(201, "POST", "/api/v1/eval-deltas",
                        {"prompt_change": change, "baseline": baseline, "candidate": candidate}, token=self.ben)

    def say(self, status, verb, change, token, **body):
        return self.ask(status, "POST", "/api/v1/prompt-changes/%s/%s" % (change, verb), body, token=token)

    def in_review(self, **fields):
        change = self.complete(**fields)
        self.say(200, "submit", change, self.ben)
        return change

    def move(self, status, version, token=None, label="production", **body):
        return self.ask(status, "POST", "/api/v1/prompts/support-reply/move",
                        dict(body, label=label, version=version), token=token or self.ben)


class Requests(Council):
    def test_no_artifact_no_review_and_each_missing_one_is_named(self):
        change = self.change()
        problem = self.refused(422, "invalid", "no artifact, no review", "POST",
                               "/api/v1/prompt-changes/%s/submit" % change, {}, token=self.ben)
        self.assertEqual(problem["missing"], ["eval_delta", "expected_impact", "rollback_plan"])
        self.delta(change)
        self.ask(200, "PATCH", "/api/v1/prompt-changes/" + change, {"expected_impact": "none", "rollback_plan": "  "},
                 token=self.ben)
        problem = self.refused(422, "invalid", "'rollback_plan' is missing", "POST",
                               "/api/v1/prompt-changes/%s/submit" % change, {}, token=self.ben)
        self.assertEqual(problem["missing"], ["rollback_plan"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompt-changes/" + change, token=self.ben)["state"], "draft")

    def test_the_delta_is_worked_out_and_never_typed(self):
        change = self.change()
        row = self.delta(change)
        figures = row["figures"]
        self.assertEqual((figures["paired"], figures["pass_to_fail"], figures["fail_to_pass"]), (CASES, 0, 2))
        self.assertEqual(figures["fixed"], ["c-36", "c-37"])
        self.assertAlmostEqual(figures["diff"], 0.05)
        self.assertEqual((figures["cost_usd"]["candidate"], figures["latency_ms"]["candidate_p95"]), (None, None))
        self.refused(422, "invalid", "figures", "POST", "/api/v1/eval-deltas",
                     {"prompt_change": change, "baseline": "before", "candidate": "after", "figures": {}}, token=self.ben)
        self.refused(422, "invalid", "this run measured version 1", "POST", "/api/v1/eval-deltas",
                     {"prompt_change": change, "baseline": "after", "candidate": "before"}, token=self.ben)

    def test_a_version_never_changes(self):
        version = self.ask(200, "GET", "/api/v1/prompt-versions?number=1", token=self.ben)["items"][0]
        self.refused(422, "invalid", "make a new version", "PATCH", "/api/v1/prompt-versions/" + version["id"],
                     {"text": "else"}, token=self.ben)
        again = self.ask(201, "POST", "/api/v1/prompt-versions",
                         {"prompt": "support-reply", "text": "Be kind to {{customer}}.", "message": "back"}, token=self.ben)
        self.assertEqual((again["number"], again["content_hash"]), (3, version["content_hash"]))


class Approvals(Council):
    def test_nobody_approves_their_own_or_without_the_role(self):
        change = self.in_review()
        for token, words in ((self.ben, "nobody approves a change of their own"), (self.ada, "needs the role 'council'")):
            problem = self.refused(403, "forbidden", words, "POST", "/api/v1/prompt-changes/%s/approve" % change, {},
                                   token=token)
            self.assertIn("Cora or Eve", problem["detail"])
        self.assertEqual(self.say(200, "approve", change, self.cora)["change"]["state"], "approved")

    def test_a_prompt_that_touches_money_by_now_needs_more_than_the_council(self):
        self.policy()
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"touches": ["money"]}, token=self.ben)
        page = self.ask(200, "GET", "/api/v1/prompt-changes/%s/page" % change, token=self.ben)
        self.assertEqual((page["approvals"]["tier"], page["approvals"]["given"], page["approvals"]["who_can"]), ("executive", 0, "Eve"))
        self.refused(409, "conflict", "by now it takes 'executive'", "POST", "/api/v1/prompts/support-reply/move",
                     {"label": "production", "version": 2}, token=self.ben)
        self.say(200, "approve", self.reopened(change), self.eve)
        self.move(201, 2)

    def test_a_tier_does_not_fall_behind_the_back_of_the_council(self):
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"touches": ["money"]}, token=self.ben)
        change = self.in_review()
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"touches": []}, token=self.ben)
        self.refused(403, "forbidden", "'executive'", "POST", "/api/v1/prompt-changes/%s/approve" % change, {}, token=self.cora)

    def test_an_edit_voids_an_approval(self):
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        self.ask(200, "PATCH", "/api/v1/prompt-changes/" + change, {"why": "something else"}, token=self.ben)
        page = self.ask(200, "GET", "/api/v1/prompt-changes/%s/page" % change, token=self.ben)
        self.assertEqual((page["approvals"]["given"], page["reviews"][0]["holds"]), (0, False))
        self.refused(409, "conflict", "edited after it was approved", "POST", "/api/v1/prompts/support-reply/move",
                     {"label": "production", "version": 2}, token=self.ben)
        self.refused(409, "conflict", "0 of 1 approvals", "PATCH", "/api/v1/prompt-changes/" + self.reopened(change),
                     {"state": "approved"}, token=self.ben)

    def reopened(self, change):
        self.say(200, "reopen", change, self.ben)
        return change

    def test_cross_cutting_changes_are_for_executives(self):
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"touches": ["money"]}, token=self.ben)
        change = self.in_review()
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompt-changes/" + change, token=self.ben)["tier"], "executive")
        self.refused(403, "forbidden", "needs the role 'executive'", "POST", "/api/v1/prompt-changes/%s/approve" % change,
                     {}, token=self.cora)
        self.assertEqual(self.say(200, "approve", change, self.eve)["change"]["state"], "approved")

    def test_the_rules_are_rows_and_the_strictest_decides(self):
        self.assertTrue(self.ask(200, "GET", "/api/v1/risk-rules/in-force", token=self.ben)["built_in"])
        rule = {"name": "two of us", "label": "production", "tier": "council", "approvals": 2}
        self.refused(403, "forbidden", "needs the role 'council'", "POST", "/api/v1/risk-rules", rule, token=self.ben)
        self.ask(201, "POST", "/api/v1/risk-rules", rule, token=self.cora)
        change = self.in_review()
        self.assertEqual(self.say(200, "approve", change, self.cora)["change"]["state"], "in_review")
        self.assertEqual(self.say(200, "approve", change, self.cora)["approvals"]["given"], 1)
        self.assertEqual(self.say(200, "approve", change, self.eve)["change"]["state"], "approved")

    def test_the_author_raises_a_tier_and_does_not_lower_it(self):
        change = self.in_review(raised_tier="executive")
        self.refused(403, "forbidden", "does not lower the tier", "PATCH", "/api/v1/prompt-changes/" + change,
                     {"raised_tier": None}, token=self.ben)
        self.refused(403, "forbidden", "needs the role 'executive'", "POST", "/api/v1/prompt-changes/%s/approve" % change,
                     {}, token=self.cora)

    def test_an_urgent_change_is_approved_by_one_executive(self):
        self.ask(201, "POST", "/api/v1/risk-rules", {"name": "two", "label": "production", "tier": "council", "approvals": 2},
                 token=self.eve)
        change = self.in_review(urgent=True)
        self.assertEqual(self.say(200, "approve", change, self.eve)["change"]["state"], "approved")
        self.refused(422, "invalid", "no artifact, no review", "POST",
                     "/api/v1/prompt-changes/%s/submit" % self.change(urgent=True), {}, token=self.ben)

    def test_whoever_asks_is_told_who_of_those_asked_is_away(self):
        for name in ("Ben", "Cora", "Eve"):
            self.rondo("absence", "add", "--as", name, "--first-day", "2026-11-16", "--last-day", "2026-11-20")

        def told():
            return self.reply.headers.get("rondo-warning")

        change = self.complete()
        self.assertIsNone(told(), "a draft asks nobody")
        self.say(200, "submit", change, self.ben)
        self.assertEqual(told(), "Cora is away until 2026-11-20")
        self.ask(200, "PATCH", "/api/v1/prompt-changes/" + change, {"why": "shorter still"}, token=self.ben)
        self.assertIsNone(told(), "nobody else is asked")
        self.say(200, "escalate", change, self.cora, note="money")
        self.assertEqual(told(), "Eve is away until 2026-11-20")
        self.say(200, "approve", change, self.eve)
        self.assertIsNone(told())

    def test_every_other_word_needs_a_reason_and_is_kept(self):
        change = self.in_review()
        for verb in ("defer", "request-changes", "reject", "escalate"):
            self.refused(422, "invalid", "say why", "POST", "/api/v1/prompt-changes/%s/%s" % (change, verb), {}, token=self.cora)
        self.refused(409, "conflict", "say who decides and why", "PATCH", "/api/v1/prompt-changes/" + change,
                     {"state": "rejected"}, token=self.ben)
        self.assertEqual(self.say(200, "escalate", change, self.cora, note="money")["change"]["tier"], "executive")
        page = self.say(200, "request-changes", change, self.eve, note="say more")
        self.assertEqual([review["row"]["verdict"] for review in page["reviews"]], ["escalate", "request_changes"])
        self.assertEqual(page["change"]["reason"], "say more")


class Labels(Council):
    def test_a_test_label_moves_at_once_and_production_by_a_change(self):
        self.assertEqual(self.move(201, 1, label="test")["kind"], "deploy")
        self.refused(409, "conflict", "moves by an approved change request", "POST", "/api/v1/prompts/support-reply/move",
                     {"label": "production/eu", "version": 2}, token=self.ben)
        self.refused(422, "invalid", "is no label", "POST", "/api/v1/prompts/support-reply/move",
                     {"label": "Production!", "version": 2}, token=self.ben)
        self.refused(404, "not_found", "there is no version 9", "POST", "/api/v1/prompts/support-reply/move",
                     {"label": "test", "version": 9}, token=self.ben)

    def test_rolling_back_needs_a_reason_and_a_version_that_was_there(self):
        self.move(201, 1, label="test")
        self.move(201, 2, label="test")
        address = "/api/v1/prompts/support-reply/rollback"
        self.refused(422, "invalid", "say why", "POST", address, {"label": "test"}, token=self.ben)
        back = self.ask(201, "POST", address, {"label": "test", "reason": "rude"}, token=self.ben)
        self.assertEqual((back["kind"], back["to_version"], back["minutes_taken"]), ("rollback", "support-reply 1", 0))
        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "support-reply", "text": "x", "message": "x"},
                 token=self.ben)
        self.refused(422, "invalid", "never carried support-reply 3", "POST", address,
                     {"label": "test", "reason": "rude", "version": 3}, token=self.ben)

    def test_of_two_moves_at_once_one_wins_and_the_other_is_told_who_did(self):
        self.move(201, 1, label="test")
        answers = []

        def move(token):
            answers.append(self.server.ask("POST", "/api/v1/prompts/support-reply/move",
                                           {"label": "test", "version": 2, "from_version": 1}, token=token))
        threads = [threading.Thread(target=move, args=(token,)) for token in (self.ben, self.ada)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [201, 409])
        winner = [answer for answer in answers if answer.status == 201][0].json()["person"]
        self.assertIn("%s moved 'test'" % winner, [answer for answer in answers if answer.status == 409][0].json()["detail"])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/deployments", token=self.ben)["items"]), 2)


class Gate(Council):
    """The same gate as the command's, before a label moves."""

    def approved(self, **fields):
        change = self.in_review(**fields)
        self.say(200, "approve", change, self.cora)
        return change

    def refused_move(self, words):
        return self.refused(409, "conflict", words, "POST", "/api/v1/prompts/support-reply/move",
                            {"label": "production", "version": 2}, token=self.ben)["detail"]

    def test_without_a_floor_there_is_no_gate_and_nothing_moves(self):
        change = self.approved()
        self.assertIn("gate not defined", self.refused_move("the gate blocks %s" % change))
        self.policy()
        moved = self.move(201, 2)
        self.assertEqual((moved["prompt_change"], moved["waiver"], moved["figures"][0]["verdict"]), (change, None, "pass"))
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompt-changes/" + change, token=self.ben)["state"], "deployed")
        events = self.ask(200, "GET", "/api/v1/change-events", token=self.ben)["items"]
        self.assertEqual([(event["kind"], event["to"]) for event in events], [("prompt_version", "support-reply 2")])

    def test_a_floor_that_is_not_reached_blocks_and_only_a_waiver_opens(self):
        self.policy(floor=0.9)
        change = self.approved()
        self.assertIn("is below the floor of 90", self.refused_move("only a waiver lets it through"))
        page = self.ask(200, "GET", "/api/v1/prompt-changes/%s/page" % change, token=self.ben)["gate"]
        self.assertEqual((page["verdict"], page["is_open"]), ("blocked", False))
        waiver = self.ask(201, "POST", "/api/v1/waivers",
                          {"gate": change, "reason": "few cases", "approver": "Eve", "expiry": "2026-12-01T00:00:00Z",
                           "compensating_control": "Ben reads every answer"}, token=self.ben)["id"]
        self.refused_move("the gate blocks")
        self.ask(200, "POST", "/api/v1/waivers/%s/approve" % waiver, {}, token=self.eve)
        expired = self.run_rondo("prompt", "move", "support-reply", "production", "2", "--as", "Ben",
                                 env={"RONDO_NOW": "2026-12-01T00:00:01Z"})
        self.assertIn("the gate blocks", expired.err)
        moved = self.move(201, 2)
        self.assertEqual((moved["waiver"], moved["figures"][0]["verdict"]), (waiver, "blocked"))

    def test_a_waiver_is_no_approval(self):
        self.policy()
        change = self.in_review()
        waiver = self.ask(201, "POST", "/api/v1/waivers",
                          {"gate": change, "reason": "few cases", "approver": "Eve", "expiry": "2026-12-01T00:00:00Z",
                           "compensating_control": "Ben reads every answer"}, token=self.ben)["id"]
        self.ask(200, "POST", "/api/v1/waivers/%s/approve" % waiver, {}, token=self.eve)
        self.refused_move("moves by an approved change request")

    def test_going_back_needs_neither_and_takes_the_change_with_it(self):
        self.policy()
        self.move(201, 1, label="test")
        first = self.approved()
        self.move(201, 2)
        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "support-reply", "text": "x", "message": "x"}, token=self.ben)
        third = self.change(version=3, expected_impact="x", rollback_plan="x")
        self.file("third.jsonl", run_lines("third", 38, "2026-11-16T06:30:00Z", version="3"))
        self.rondo("import", "third.jsonl", "--as", "Ben")
        self.delta(third, "after", "third")
        self.say(200, "submit", third, self.ben)
        self.say(200, "approve", third, self.cora)
        self.move(201, 3)
        self.refused(403, "forbidden", "needs the role 'council'", "POST", "/api/v1/prompt-changes/%s/roll-back" % third,
                     {"note": "rude"}, token=self.ben)
        page = self.say(200, "roll-back", third, self.cora, note="rude")
        self.assertEqual((page["change"]["state"], page["served"]), ("rolled_back", "support-reply 2"))
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompt-changes/" + first, token=self.ben)["state"], "deployed")
        self.refused(409, "conflict", "carried no other version", "POST", "/api/v1/prompts/support-reply/rollback",
                     {"reason": "again"}, token=self.ben)
        self.assertIn("is intact", self.rondo("audit", "verify", "--as", "Ada").out)


class Watch(Council):
    def test_what_is_served_below_its_floor_is_proposed_to_be_rolled_back(self):
        self.policy(floor=0.8)
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        deployment = self.move(201, 2)["id"]
        watch = lambda: self.ask(200, "GET", "/api/v1/deployments/%s/watch" % deployment, token=self.ben)["surfaces"][0]
        self.assertEqual(watch()["state"], "no_run")
        self.file("later.jsonl", run_lines("later", 38, "2026-11-16T08:00:00Z", version="2"))
        self.rondo("import", "later.jsonl", "--as", "Ben")
        self.assertEqual((watch()["state"], watch()["floor"]), ("holds", 0.8))
        self.file("fallen.jsonl", run_lines("fallen", 30, "2026-11-17T08:00:00Z", version="2"))
        self.rondo("import", "fallen.jsonl", "--as", "Ben")
        self.assertEqual(watch()["state"], "below_floor")
        needs = self.ask(200, "GET", "/api/v1/inbox", token=self.ben)["items"]
        self.assertIn("roll it back, or say why not", [need for need in needs if need["kind"] == "rollback"][0]["why"])
        late = self.rondo("inbox", "--json", "--as", "Ben", env={"RONDO_NOW": "2026-11-24T08:00:00Z"}).json()["items"]
        self.assertNotIn("rollback", [need["kind"] for need in late])


class Dropped(Council):
    def test_what_is_served_is_not_dropped(self):
        self.policy()
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        self.move(201, 2)
        self.move(201, 1, label="test")
        for address in ("prompt-labels/LBL-1", "prompt-versions/PV-2", "prompt-versions/PV-1", "prompts/PRM-1"):
            self.refused(409, "conflict", "left without a prompt", "DELETE", "/api/v1/" + address, token=self.ben)
        self.ask(204, "DELETE", "/api/v1/prompt-labels/LBL-2", token=self.ben)
        self.ask(204, "DELETE", "/api/v1/prompt-versions/PV-1", token=self.ben)


class Waivers(Council):
    def waiver(self, change, **fields):
        return dict({"gate": change, "reason": "the flip is a typo", "approver": "Eve", "expiry": "2026-12-01T00:00:00Z",
                     "compensating_control": "Ben reads every answer"}, **fields)

    def test_every_part_is_needed_and_nobody_approves_their_own(self):
        change = self.in_review()
        for part in ("gate", "reason", "approver", "expiry", "compensating_control"):
            problem = self.refused(422, "invalid", part, "POST", "/api/v1/waivers", self.waiver(change, **{part: None}),
                                   token=self.ben)
            self.assertIn(part, problem["missing"])
        self.refused(422, "invalid", "does not approve it", "POST", "/api/v1/waivers", self.waiver(change, approver="Ben"),
                     token=self.ben)
        self.refused(404, "not_found", "PCR-99", "POST", "/api/v1/waivers", self.waiver("PCR-99"), token=self.ben)
        waiver = self.ask(201, "POST", "/api/v1/waivers", self.waiver(change), token=self.ben)
        self.assertEqual((waiver["requester"], waiver["live"]), ("Ben", False))
        for token in (self.ben, self.cora):
            self.ask(403, "POST", "/api/v1/waivers/%s/approve" % waiver["id"], {}, token=token)
        self.assertTrue(self.ask(200, "POST", "/api/v1/waivers/%s/approve" % waiver["id"], {}, token=self.eve)["live"])

    def test_it_ends_by_itself_and_its_renewals_are_counted(self):
        change = self.in_review()
        first = self.ask(201, "POST", "/api/v1/waivers", self.waiver(change), token=self.ben)["id"]
        self.ask(200, "POST", "/api/v1/waivers/%s/approve" % first, {}, token=self.eve)
        later = self.rondo("waiver", "show", first, "--json", "--as", "Ben", env={"RONDO_NOW": "2026-12-02T00:00:00Z"})
        self.assertEqual((later.json()["state"], later.json()["live"]), ("approved", False))
        second = self.ask(201, "POST", "/api/v1/waivers", self.waiver(change, renews=first), token=self.ben)
        self.assertEqual((first, second["renewals"]), (second["renews"], 1))
        self.refused(422, "invalid", "does not change", "PATCH", "/api/v1/waivers/" + first,
                     {"expiry": "2027-12-01T00:00:00Z"}, token=self.ben)


class Session(Council):
    def test_closing_with_an_undecided_change_is_refused_until_it_is_deferred(self):
        self.rondo("ritual", "add", "--name", "Council", "--rule", "FREQ=DAILY", "--at", "07:00", "--minutes", "30",
                   "--agenda", "prompts.council", "--owner", "Cora", "--starts", "2026-11-16", "--as", "Ada")
        change = self.in_review()
        items = self.ask(200, "GET", "/api/v1/council", token=self.cora)["items"]
        self.assertEqual([item["change"]["id"] for item in items], [change])
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/open", {}, token=self.ada)
        self.refused(409, "conflict", "has not decided on %s" % change, "POST",
                     "/api/v1/occurrences/RIT-1@2026-11-16/close", {}, token=self.ada)
        page = self.say(200, "defer", change, self.cora, note="the vendor answers on Friday")
        self.assertEqual(page["change"]["deferred_to"], "2026-11-23")
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/close", {}, token=self.ada)
        self.assertEqual(self.ask(200, "GET", "/api/v1/council", token=self.cora)["items"], [])

    def council(self, *words):
        self.rondo("ritual", "add", "--name", "Council", "--rule", "FREQ=DAILY", "--at", "07:00", "--minutes", "30",
                   "--agenda", "prompts.council", "--owner", "Cora", "--starts", "2026-11-16", *words, "--as", "Ada")
        self.rondo("ritual-artifact", "add", "--ritual", "RIT-1", "--kind", "decision", "--least", "1", "--as", "Ada")
        return self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/open", {}, token=self.ada)

    def test_what_the_council_decides_is_what_came_out_and_stands_in_the_minutes(self):
        self.council()
        close = "/api/v1/occurrences/RIT-1@2026-11-16/close"
        change = self.in_review()
        self.say(200, "defer", change, self.cora, note="the vendor answers on Friday")
        self.refused(422, "invalid", "it lacks: decision", "POST", close, {}, token=self.ada)
        self.say(200, "approve", change, self.cora, note="both runs read")
        self.ask(200, "POST", close, {}, token=self.ada)
        minutes = self.rondo("ritual", "minutes", "OCC-1", "--as", "Ada").out
        self.assertIn("the vendor answers on Friday (prompt_review; prompt_change: %s; verdict: defer; person: Cora)" % change, minutes)
        self.assertIn("both runs read (decision; prompt_change: %s; verdict: approve; person: Cora)" % change, minutes)

    def test_what_is_said_outside_a_session_or_in_another_teams_is_not_in_its_minutes(self):
        before = self.in_review()
        self.say(200, "reject", before, self.cora, note="too early")
        self.rondo("team", "add", "--name", "Others", "--as", "Ada")
        occurrence = self.council("--team", "Others")
        self.assertEqual(occurrence["outputs"], [])
        self.say(200, "reject", self.in_review(), self.cora, note="too late")
        self.assertEqual(self.ask(200, "GET", "/api/v1/occurrences/RIT-1@2026-11-16/run", token=self.ada)["outputs"], [])

    def test_what_is_looked_at_besides_stands_beside_the_queue(self):
        self.policy()
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        self.move(201, 2)
        self.ask(200, "POST", "/api/v1/prompts/support-reply/report", {"content_hash": "0" * 64, "application": "shop"},
                 token=self.ben)
        around = self.ask(200, "GET", "/api/v1/council", token=self.cora)["around"]
        self.assertEqual([(one["source"], one["record"], one["id"]) for one in around],
                         [("prompts.outside", "outside-changes", "OUT-1"), ("prompts.drills", "prompts", "PRM-1")])

    def test_the_council_and_the_author_find_it_in_their_inbox(self):
        change = self.in_review()
        kinds = lambda token: [(need["kind"], need["id"]) for need in
                               self.ask(200, "GET", "/api/v1/inbox", token=token)["items"]]
        self.assertIn(("change", change), kinds(self.cora))
        self.assertNotIn(("change", change), kinds(self.ben))
        self.say(200, "request-changes", change, self.cora, note="say more")
        self.assertIn(("change", change), kinds(self.ben))


if __name__ == "__main__":
    unittest.main()
