"""What is told beside the written update: the brief, the board's, talking points, insight cards, reports."""
import json
import unittest

from server import ServedWorkspace

CASES = 20


def run_lines(run, passed, when, surface="support"):
    return "\n".join(json.dumps({"suite": "bot", "surface": surface, "run": run, "case": "c-%02d" % case,
                                 "pass": case < passed, "started_at": when, "cost_usd": 0.002, "latency_ms": 300})
                     for case in range(CASES)) + "\n"


class Told(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.file("runs.jsonl", run_lines("before", 18, "2026-11-09T07:00:00Z")
                  + run_lines("now", 10, "2026-11-16T06:00:00Z"))
        self.rondo("import", "runs.jsonl")

    def update(self, **fields):
        self.rondo("update", "draft")
        update = self.rondo("update", "list", "--json").json()["items"][0]["id"]
        for name, words in fields.items():
            self.rondo("update", "set", update, "--" + name.replace("_", "-"), words)
        return update

    # --- the brief

    def test_the_brief_is_half_a_page_from_the_same_figures(self):
        answer = self.rondo("brief", "--md")
        for words in ("# Brief, 2026-W47", "## Three figures", "support: [50.0 %](/eval-runs/RUN-2)", "## Risks", "## Asks"):
            self.assertIn(words, answer.out)
        self.assertEqual(answer.err, "")
        figures = answer.out.split("## Three figures")[1].split("## Risks")[0]
        self.assertEqual(figures.count("\n- "), 3)
        self.assertEqual(figures.count("]("), 3)

    def test_a_brief_that_is_too_long_is_warned_of_with_its_count(self):
        self.update(production="- [long](/surfaces/SUR-1) " + "word " * 180)
        answer = self.rondo("brief", "--md")
        self.assertRegex(answer.err, r"it has 2\d\d words: half a page is 200")
        brief = self.rondo("brief", "--json").json()
        self.assertEqual(brief["warnings"], [answer.err.strip()])
        self.assertGreater(brief["words"], brief["words_max"])

    def test_a_brief_has_nothing_that_is_for_others(self):
        self.update(production="::: engineering\nCANARY\n:::\nFor all.")
        self.assertNotIn("CANARY", self.rondo("brief", "--md").out)
        self.assertIn("**For all.**", self.rondo("brief", "--md").out)

    def test_a_brief_without_data_says_so(self):
        brief = self.rondo("brief", "--md", "--as-of", "2026-10-01").out
        self.assertIn("**No data**", brief)
        self.assertIn("- *no data*", brief)
        self.assertIn("risks are told of now only", brief)

    # --- the board

    def board(self):
        self.rondo("board-brief", "add", "--title", "Board", "--wins", "We pass {{figure evals.pass_rate surface=support}}.")
        self.rondo("board-risk", "add", "--brief", "Board", "--risk", "Costs double")
        self.rondo("board-risk", "add", "--brief", "Board", "--risk", "A model retires", "--mitigation", "We test two others.")

    def test_each_risk_has_a_mitigation_and_an_owner_or_it_is_not_sent(self):
        self.board()
        refused = self.rondo("board-brief", "send", "Board", code=1)
        for words in ("the risk 'Costs double' has no mitigation", "the risk 'Costs double' has no owner",
                      "the risk 'A model retires' has no owner"):
            self.assertIn(words, refused.err)
        self.assertNotIn("'A model retires' has no mitigation", refused.err)
        self.rondo("board-risk", "set", "BRI-1", "--mitigation", "A budget.", "--owner", "Ada")
        self.rondo("board-risk", "set", "BRI-2", "--owner", "Ada")
        self.rondo("board-brief", "send", "Board")
        sent = self.rondo("board-brief", "show", "BB-1", "--json").json()
        self.assertIn("We pass [50.0 %](/eval-runs/RUN-2).", sent["markdown"])
        self.assertIn("**Costs double** A budget. (Ada)", sent["markdown"])
        self.assertEqual(sent["figures"][0]["value"], 0.5)
        self.assertEqual((sent["state"], sent["sent_at"], len(sent["content_hash"])), ("sent", "2026-11-16T07:00:00Z", 64))

    def test_what_was_sent_to_the_board_does_not_change(self):
        self.board()
        for risk in ("BRI-1", "BRI-2"):
            self.rondo("board-risk", "set", risk, "--mitigation", "A budget.", "--owner", "Ada")
        self.rondo("board-brief", "send", "Board")
        self.assertIn("was sent", self.rondo("board-brief", "set", "BB-1", "--wins", "More", code=1).err)
        self.assertIn("was sent", self.rondo("board-risk", "set", "BRI-1", "--risk", "Less", code=1).err)
        self.assertIn("was sent", self.rondo("board-risk", "add", "--brief", "Board", "--risk", "New", code=1).err)
        self.assertIn("was sent", self.rondo("board-risk", "drop", "BRI-1", code=1).err)
        self.assertIn("was sent", self.rondo("board-brief", "drop", "BB-1", code=1).err)
        self.assertIn("cannot be undone", self.rondo("board-brief", "undo", "BB-1", code=1).err)
        self.file("more.jsonl", run_lines("later", 20, "2026-11-16T06:50:00Z"))
        self.rondo("import", "more.jsonl")
        self.assertIn("50.0 %", self.rondo("board-brief", "show", "BB-1", "--json").json()["markdown"])

    def test_a_board_brief_with_a_broken_figure_is_not_sent(self):
        self.rondo("board-brief", "add", "--title", "Board", "--wins", "{{figure evals.pass_rate surface=nowhere}}")
        self.assertIn("nowhere", self.rondo("board-brief", "send", "Board", code=1).err)
        self.rondo("board-brief", "set", "Board", "--wins", "")
        self.assertIn("it tells no wins", self.rondo("board-brief", "send", "Board", code=1).err)

    def test_a_board_brief_is_read_with_what_keeps_it_from_being_sent(self):
        self.board()
        draft = self.rondo("board-brief", "read", "Board", "--md")
        self.assertIn("We pass [50.0 %](/eval-runs/RUN-2).", draft.out)
        self.assertIn("the risk 'Costs double' has no owner\n", draft.err)
        reading = self.rondo("board-brief", "read", "Board", "--json").json()
        self.assertEqual(len(reading["missing"]), 3)
        self.assertEqual([risk["risk"] for risk in reading["risks"]], ["Costs double", "A model retires"])
        for risk in ("BRI-1", "BRI-2"):
            self.rondo("board-risk", "set", risk, "--mitigation", "A budget.", "--owner", "Ada")
        self.rondo("board-brief", "send", "Board")
        self.file("more.jsonl", run_lines("later", 20, "2026-11-16T06:50:00Z"))
        self.rondo("import", "more.jsonl")
        sent = self.rondo("board-brief", "read", "Board", "--json").json()
        self.assertEqual((sent["missing"], sent["markdown"], sent["figures"][0]["words"]),
                         ([], sent["brief"]["markdown"], "50.0 %"))
        self.assertEqual(self.rondo("board-brief", "read", "Board").err, "")
        self.rondo("board-brief", "read", "BB-9", code=2)

    # --- talking points

    def test_talking_points_are_what_is_open_decided_blocked_and_promised(self):
        update = self.update()
        self.rondo("bet", "add", "--title", "Ship it", "--update", update, "--owner", "Ada", "--outcome", "used")
        self.rondo("action", "add", "--title", "Call them", "--due", "2026-11-10", "--owner", "Ada")
        points = self.rondo("talking-points", "--md").out
        parts = {part.split("\n")[0]: part for part in points.split("\n## ")[1:]}
        self.assertEqual(list(parts), ["Open items", "Decisions", "Blockers", "Promises"])
        self.assertIn("[support](/surfaces/SUR-1)", parts["Open items"])
        self.assertIn("None.", parts["Decisions"])
        self.assertIn("[Call them](/actions/ACT-1)", parts["Blockers"])
        self.assertIn("[Ship it](/bets/BET-1): used (Ada)", parts["Promises"])

    def test_talking_points_of_a_team_are_its_own(self):
        self.rondo("team", "add", "--name", "Search")
        self.rondo("team", "add", "--name", "Support")
        self.rondo("surface", "set", "support", "--team", "Support")
        self.assertIn("SUR-1", self.rondo("talking-points", "--md", "--team", "Support").out)
        other = self.rondo("talking-points", "--md", "--team", "Search").out
        self.assertIn("# Talking points, Search", other)
        self.assertNotIn("SUR-1", other)
        self.rondo("talking-points", "--team", "Nobody", code=2)

    # --- insight cards

    def test_an_insight_keeps_its_figure_as_it_was(self):
        self.rondo("insight", "add", "--title", "Half of it fails", "--figure", "evals.pass_rate surface=support",
                   "--so-what", "We go back.", "--tags", "support")
        self.file("more.jsonl", run_lines("later", 20, "2026-11-16T06:50:00Z"))
        self.rondo("import", "more.jsonl")
        card = self.rondo("insight", "show", "INS-1", "--json").json()
        self.assertEqual((card["words"], card["frozen"]["value"], card["frozen"]["id"]), ("50.0 %", 0.5, "RUN-2"))

    def test_an_insight_is_offered_to_the_weeks_update(self):
        for part in ("eval", "user"):
            self.rondo("insight", "add", "--title", "They read " + part, "--source", "interview", "--part", part,
                       "--so-what", "Shorter answers.")
        self.env["RONDO_NOW"] = "2026-11-20T09:00:00Z"
        candidates = self.rondo("update", "draft", "--json").json()["candidates"]
        for part, insight in (("eval", "INS-1"), ("user", "INS-2")):
            line = candidates[part][0]
            self.assertEqual((line["source"].split("_")[0], line["id"]), ("updates.insights", insight))
            self.assertIn("[They read %s](/insights/%s): Shorter answers." % (part, insight), line["line"])
        self.env["RONDO_NOW"] = "2026-12-04T09:00:00Z"
        later = self.rondo("update", "draft", "--json").json()["candidates"]
        self.assertNotIn("INS-2", json.dumps(later))

    def test_an_insight_without_figure_and_source_is_refused(self):
        self.assertIn("say where it is from", self.rondo("insight", "add", "--title", "x", "--so-what", "y", code=2).err)
        self.rondo("surface", "add", "--name", "search", "--suite", "bot")
        refused = self.rondo("insight", "add", "--title", "x", "--so-what", "y", "--figure",
                             "evals.pass_rate surface=search", code=2)
        self.assertIn("has no data", refused.err)

    # --- reports

    def report(self):
        self.rondo("report", "add", "--title", "Savings")
        self.rondo("report-card", "add", "--report", "Savings", "--title", "Answers that pass", "--figure",
                   "evals.pass_rate surface=support")

    def test_a_report_tells_each_figure_with_query_date_and_owner(self):
        self.report()
        now = self.rondo("report", "read", "Savings", "--md").out
        self.assertIn("As of 2026-11-16T07:00:00Z, by Ada", now)
        self.assertIn("- **Answers that pass:** [50.0 %](/eval-runs/RUN-2) (`evals.pass_rate surface=support`)", now)
        then = self.rondo("report", "read", "Savings", "--md", "--as-of", "2026-11-10").out
        self.assertIn("[90.0 %](/eval-runs/RUN-1)", then)
        self.assertIn("still to come", self.rondo("report", "read", "Savings", "--as-of", "2027-01-01", code=2).err)

    def test_each_card_has_its_figure_or_why_there_is_none(self):
        self.report()
        self.rondo("surface", "add", "--name", "search", "--suite", "bot")
        self.rondo("report-card", "add", "--report", "Savings", "--title", "Not measured", "--figure",
                   "evals.pass_rate surface=search")
        known, unknown = self.rondo("report", "read", "Savings", "--json").json()["cards"]
        self.assertEqual((known["id"], known["figure"]["words"], known["mistake"]), ("RCA-1", "50.0 %", None))
        self.assertIsNone(unknown["figure"]["value"])
        self.assertIn("has no data", unknown["mistake"])
        self.rondo("surface", "drop", "search")
        gone = self.rondo("report", "read", "Savings", "--json").json()["cards"][1]
        self.assertIsNone(gone["figure"])
        self.assertIn("search", gone["mistake"])

    def test_a_card_whose_figure_cannot_be_told_is_refused(self):
        self.report()
        refused = self.rondo("report-card", "add", "--report", "Savings", "--title", "x", "--figure", "evals.nothing", code=2)
        self.assertIn("there is no figure", refused.err)
        self.assertIn("needs to know which surface",
                      self.rondo("report-card", "set", "RCA-1", "--figure", "evals.pass_rate", code=2).err)

    def test_a_snapshot_stays_as_it_was(self):
        self.report()
        self.server = self.serve()
        token = self.token("Ada", "write")
        kept = self.ask(201, "POST", "/api/v1/reports/REP-1/snapshot", {}, token=token)
        self.assertEqual(kept["title"], "Savings, 2026-11-16T07:00:00Z")
        self.rondo("report-card", "set", "RCA-1", "--title", "Other words")
        again = self.ask(200, "GET", "/api/v1/report-snapshots/RSN-1", token=token)
        self.assertEqual(again["figures"][0]["value"], 0.5)
        self.assertIn("Answers that pass", again["markdown"])
        self.assertIn("Other words", self.ask(200, "GET", "/api/v1/reports/REP-1/read", token=token)["markdown"])
        status = self.served().ask("PATCH", "/api/v1/report-snapshots/RSN-1", {"title": "x"}, token=token).status
        self.assertIn(status, (409, 422))
        self.assertIn("is kept", self.rondo("report-snapshot", "drop", "RSN-1", code=1).err)
        past = self.ask(201, "POST", "/api/v1/reports/REP-1/snapshot", {"as_of": "2026-11-10"}, token=token)
        self.assertEqual(past["figures"][0]["value"], 0.9)

    def test_the_routes_tell_the_same_as_the_commands(self):
        self.server = self.serve()
        token = self.token("Ada", "write")
        brief = self.ask(200, "GET", "/api/v1/brief", token=token)
        self.assertEqual((brief["week"], brief["text"]), ("2026-W47", self.rondo("brief").out))
        self.assertNotIn("](", brief["text"])
        self.assertIn("## Promises", self.ask(200, "GET", "/api/v1/talking-points", token=token)["markdown"])
        self.refused(404, "not_found", "Nobody", "GET", "/api/v1/talking-points?team=Nobody", token=token)


if __name__ == "__main__":
    unittest.main()
