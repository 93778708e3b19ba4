"""Decks: figures that fill themselves, as of now or of the past; what has no data; mistakes with their slide."""
import json
import os
import re
import unittest

from server import ServedWorkspace

CASES = 20


def run_lines(run, passed, when, surface="support"):
    return "\n".join(json.dumps({"suite": "bot", "surface": surface, "run": run, "case": "c-%02d" % case,
                                 "pass": case < passed, "started_at": when, "cost_usd": 0.002, "latency_ms": 300})
                     for case in range(CASES)) + "\n"


class Decks(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.file("runs.jsonl", run_lines("before", 18, "2026-11-09T07:00:00Z")
                  + run_lines("now", 10, "2026-11-16T06:00:00Z"))
        self.rondo("import", "runs.jsonl")

    def template(self, body, name="ours", **fields):
        words = [word for key, value in fields.items() for word in ("--" + key.replace("_", "-"), value)]
        return self.rondo("deck-template", "add", "--name", name, "--body", body, *words)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def test_the_weekly_deck_is_one_command(self):
        answer = self.rondo("deck", "--out", "week.md")
        deck = self.read("week.md")
        self.assertTrue(deck.startswith("---\nmarp: true\n"), deck[:60])
        for words in ("# 2026-W47", "## Evals by surface", "[50.0 %](/eval-runs/RUN-2 \"evals.pass_rate surface=SUR-1, "
                      "as of 2026-11-16T07:00:00Z\")", "## Exceptions"):
            self.assertIn(words, deck)
        self.assertIn("figures", answer.err)
        self.assertEqual(self.rondo("deck").out, deck)

    def test_a_figure_is_as_of_the_instant_and_carries_its_query(self):
        self.template("# A\n\n{{figure evals.pass_rate surface=support}}\n")
        now = self.rondo("deck", "--template", "ours").out
        then = self.rondo("deck", "--template", "ours", "--as-of", "2026-11-10").out
        self.assertIn("[50.0 %](/eval-runs/RUN-2", now)
        self.assertIn("[90.0 %](/eval-runs/RUN-1 \"evals.pass_rate surface=support, as of 2026-11-10T00:00:00Z\")", then)
        self.assertIn("- evals.pass_rate surface=support is 90.0 %, as of 2026-11-10T00:00:00Z; see rondo review", then)
        self.assertIn("restated", then)
        refused = self.rondo("deck", "--as-of", "2026-12-01", code=2)
        self.assertIn("still to come", refused.err)

    def test_without_data_it_says_so_and_is_never_zero(self):
        self.rondo("surface", "add", "--name", "search", "--suite", "bot")
        self.template("{{figure evals.pass_rate surface=search}} {{figure evals.broken surface=search}}\n")
        deck = self.rondo("deck", "--template", "ours", "--json").json()
        self.assertEqual(deck["unknown"], 2)
        self.assertEqual([figure["value"] for figure in deck["figures"]], [None, None])
        html = deck["slides"][0]["html"]
        self.assertEqual(html.count(">no data</a>"), 2)
        self.assertIn("has no complete run", html)
        self.assertIn("has no complete run", deck["slides"][0]["notes"])
        self.assertNotRegex(re.sub(r'title="[^"]*"', "", html), r"\b0\b")

    def test_a_loop_is_over_the_surfaces(self):
        self.file("more.jsonl", run_lines("other", 20, "2026-11-16T06:30:00Z", surface="se|arch *"))
        self.rondo("import", "more.jsonl")
        self.template("| Surface | Rate |\n|---|---|\n{{each surface}}\n| {{surface}} | {{figure evals.pass_rate}} |\n"
                      "{{end}}\n\n`{{each surface}}`\n")
        html = self.rondo("deck", "--template", "ours", "--json").json()["slides"][0]["html"]
        self.assertEqual(html.count("<tr>"), 3)
        self.assertIn("<td>se|arch *</td>", html)
        self.assertIn("100.0 %", html)
        self.assertIn("<code>{{each surface}}</code>", html)

    def test_every_mistake_is_told_with_its_slide(self):
        for body, sentence in (
                ("# A\n\n---\n\n{{figure evals.pass_rat surface=support}}",
                 "slide 2: there is no figure 'evals.pass_rat surface=support'; did you mean 'evals.pass_rate'?"),
                ("## A\n\n## B\n\n{{figure evals.pass_rate}}", "slide 2: 'evals.pass_rate' needs to know which surface"),
                ("{{figure evals.pass_rate surface=nowhere}}", "slide 1: "),
                ("{{figure evals.pass_rate surface=support x=1}}", "slide 1: 'evals.pass_rate' has no parameter 'x'"),
                ("{{chnged}}", "slide 1: there is no '{{chnged}}'; did you mean '{{changed}}'?"),
                ("{{each surface}}\nx", "slide 1: '{{each surface}}' has no '{{end}}'"),
                ("a\n\n---\nb {{end}}", "slide 2: '{{end}}' ends no loop"),
                ("{{each surfac3}}x{{end}}", "slide 1: there is no record 'surfac3'"),
                ("{{each surface}}{{each surface}}{{end}}{{end}}", "slide 1: a loop stands within another one"),
                ("# A\n\n```\n---\n```\n\n---\n\n{{figure evals", "slide 2: '{{figure evals' has no '}}'")):
            with self.subTest(body):
                self.template(body, name="t")
                refused = self.rondo("deck", "--template", "t", "--out", "no.md", code=2)
                self.assertIn(sentence, refused.err)
                self.assertFalse(os.path.exists(os.path.join(self.folder, "no.md")))
                self.rondo("deck-template", "drop", "t")

    def test_all_mistakes_come_at_once(self):
        self.template("{{a}}\n\n---\n{{b}}\n")
        self.assertRegex(self.rondo("deck", "--template", "ours", code=2).err, "slide 1: .*; slide 2: ")

    def test_the_html_needs_no_other_file(self):
        self.template("# A\n\n![x](https://elsewhere.example/x.png)\n\n<script>alert(1)</script>\n\n```\n---\n```\n\n---\n\n"
                      "{{figure evals.pass_rate surface=support}}\n", theme="gaia", size="narrow", footer="it's ours")
        self.rondo("deck", "--template", "ours", "--address", "https://rondo.example/", "--out", "deck.html")
        html = self.read("deck.html")
        self.assertEqual(html.count("<section class=\"slide"), 2)
        self.assertEqual(html.count("<script"), 1)
        self.assertNotRegex(html, r"(src|href)=\"(https?:)?//elsewhere\.example/x\.png\"[^>]*/>")
        self.assertNotIn("<img", html)
        self.assertNotIn("<link", html)
        self.assertIn('href="https://rondo.example/eval-runs/RUN-2" title="evals.pass_rate surface=support, as of', html)
        self.assertIn("it&#39;s ours", html)
        self.assertIn("size:960px 720px", html)
        refused = self.rondo("deck", "--out", "deck.pdf", code=2)
        self.assertIn("neither in .md nor in .html", refused.err)
        self.assertIn("no address", self.rondo("deck", "--address", "javascript:x", code=2).err)

    def test_what_is_for_others_is_not_on_it(self):
        self.rondo("update", "draft")
        update = self.rondo("update", "list", "--json").json()["items"][0]["id"]
        self.rondo("update", "set", update, "--production", "For all.\n::: engineering\nCANARY-E\n:::\n::: private\nCANARY-P\n:::")
        executives = self.rondo("deck").out + self.rondo("deck", "--json").out
        self.assertIn("For all.", executives)
        self.assertNotIn("CANARY", executives)
        engineers = self.rondo("deck", "--audience", "engineering").out
        self.assertIn("CANARY-E", engineers)
        self.assertNotIn("CANARY-P", engineers)

    def test_figures_within_the_updates_words_carry_their_query_too(self):
        self.rondo("update", "draft")
        update = self.rondo("update", "list", "--json").json()["items"][0]["id"]
        self.rondo("update", "set", update, "--production",
                   "- {{figure evals.broken surface=support}} broke, {{figure evals.nothing}}, {{changed}} `{{figure x}}`")
        deck = self.rondo("deck").out
        self.assertIn('- [8](/eval-runs/RUN-2 "evals.broken surface=support, as of 2026-11-16T07:00:00Z") broke', deck)
        self.assertIn("**[no figure: evals.nothing]**, {{changed}} `{{figure x}}`", deck)
        self.assertIn("- evals.broken surface=support is 8, as of", deck)

    def test_words_of_the_update_are_those_of_then(self):
        self.rondo("update", "draft")
        update = self.rondo("update", "list", "--json").json()["items"][0]["id"]
        self.rondo("update", "set", update, "--production", "First words.")
        self.env["RONDO_NOW"] = "2026-11-17T07:00:00Z"
        self.rondo("update", "set", update, "--production", "Later words.")
        self.assertIn("Later words.", self.rondo("deck").out)
        then = self.rondo("deck", "--as-of", "2026-11-16T08:00:00Z").out
        self.assertIn("First words.", then)
        self.assertNotIn("Later words.", then)

    def test_the_routes_give_json_and_files(self):
        self.server = self.serve()
        token = self.token("Ada", "write")
        templates = self.ask(200, "GET", "/api/v1/decks/templates", token=token)
        self.assertEqual([template["name"] for template in templates["templates"]], ["weekly", "surfaces"])
        deck = self.ask(200, "POST", "/api/v1/decks", {"template": "surfaces"}, token=token)
        self.assertEqual([slide["number"] for slide in deck["slides"]], [1, 2])
        self.refused(422, "invalid", "no format", "POST", "/api/v1/decks", {"format": "pdf"}, token=token)
        self.refused(422, "invalid", "no deck template", "POST", "/api/v1/decks", {"template": "x"}, token=token)
        self.ask(201, "POST", "/api/v1/deck-templates", {"name": "weekly", "body": "# Ours"}, token=token)
        deck = self.ask(200, "POST", "/api/v1/decks", {}, token=token)
        self.assertEqual(len(deck["slides"]), 1)
        templates = self.ask(200, "GET", "/api/v1/decks/templates", token=token)["templates"]
        self.assertEqual([(template["name"], template["built_in"]) for template in templates],
                         [("surfaces", True), ("weekly", False)])


class DeckOfTheDemo(ServedWorkspace):
    def test_mondays_fault_is_on_it_with_its_figures(self):
        self.rondo("demo", "--now", "2026-11-16T09:00:00Z")
        self.env["RONDO_NOW"] = "2026-11-16T09:00:00Z"
        deck = self.rondo("deck", "--json").json()
        self.assertEqual(deck["unknown"], 0)
        evals = next(slide for slide in deck["slides"] if "Evals by surface" in slide["html"])
        self.assertRegex(evals["html"], r"<td>support-answers</td>\s*<td><a href=\"/eval-runs/RUN-\d+\"[^>]*>88\.6 %</a></td>")
        self.assertIn(">regressed</a>", evals["html"])
        brief = self.rondo("brief", "--md").out
        self.assertIn("88.6 %", brief)
        self.assertIn("/prompt-changes/", brief.split("## Asks")[1])


if __name__ == "__main__":
    unittest.main()
