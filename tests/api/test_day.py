"""The day as two persons: notes are their author's and those whom they mention."""
import glob
import json
import os
import re
import unittest

from server import ServedWorkspace
from workspace import TOP


class Day(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.person("Ben Ross", "member")
        self.person("Cleo", "member")
        self.server = self.serve()
        self.ada, self.ben, self.cleo = (self.token(name, "read,write") for name in ("Ada", "Ben Ross", "Cleo"))

    def note(self, body, token=None, **fields):
        return self.ask(201, "POST", "/api/v1/notes", dict(fields, body=body), token=token or self.ada)


class Notes(Day):
    def test_the_text_says_it_all(self):
        note = self.note("## Prompt fails #Triage\n\n@ben, see `@Cleo #bread` due:friday\n\n```\n@Cleo due:2026-01-01\n```\n@nobody #12")
        self.assertEqual(note["title"], "Prompt fails #Triage")
        self.assertEqual(note["author"], "Ada")
        self.assertEqual(note["mentions"], ["Ben Ross"])
        self.assertEqual(note["tags"], ["triage"])
        self.assertEqual(note["due"], "2026-11-20")
        self.assertEqual((note["dimensions"], note["dimension_reason"]), (["ai"], "AI: 'Prompt'"))
        self.assertEqual(note["state"], "open")

    def test_a_day_means_the_day_it_was_written(self):
        note = self.note("call due:tomorrow")
        self.assertEqual(note["due"], "2026-11-17")
        changed = self.ask(200, "PATCH", "/api/v1/notes/" + note["id"], {"body": "call them due:tomorrow", "due": "2026-12-01"},
                           token=self.ada)
        self.assertEqual(changed["due"], "2026-12-01")
        self.assertIsNone(self.note("due:soon and due:2026-02-30")["due"])

    def test_what_is_counted_is_not_set_and_a_note_needs_words(self):
        for body, words in (({"body": "x", "author": "Ben Ross"}, "author"), ({"body": "x", "tags": ["a"]}, "tags"), ({}, "body"),
                            ({"body": "  \n"}, "needs words")):
            self.refused(422, "invalid", words, "POST", "/api/v1/notes", body, token=self.ada)

    def test_the_dimension_is_written_or_set_or_suggested(self):
        self.assertEqual(self.note("prompt dim:people")["dimensions"], ["people"])
        self.assertEqual(self.note("prompt #data")["dimension_reason"], "written in the note")
        self.assertEqual(self.note("prompt", dimensions=["it"])["dimension_reason"], "set by hand")
        note = self.note("buy milk")
        self.assertEqual((note["dimensions"], note["dimension_reason"]), ([], None))
        changed = self.ask(200, "PATCH", "/api/v1/notes/" + note["id"], {"dimensions": ["business"]}, token=self.ada)
        self.assertEqual((changed["dimensions"], changed["dimension_reason"]), (["business"], "set by hand"))

    def hears(self, token, word):
        """Where somebody hears the word."""
        paths = ["notes", "notes?body=" + word, "search?q=" + word, "notes/by-dimension", "audit", "links", "balance?person=Ada",
                 "notes/NOTE-1", "notes/NOTE-1/history"]
        heard = []
        for path in paths:
            if word in self.server.ask("GET", "/api/v1/" + path, token=token).text:
                heard.append(path)
        return heard

    def test_nobody_hears_of_a_note_but_its_author_and_whom_it_mentions(self):
        begin = self.server.ask("GET", "/api/v1/events?follow=false", token=self.ben).text
        mark = [line[4:] for line in begin.splitlines() if line.startswith("id: ")][0]
        self.note("xylophone tuning")
        self.assertIn("notes", self.hears(self.ada, "xylophone"))
        self.assertEqual(self.hears(self.ben, "xylophone"), [])
        events = self.server.ask("GET", "/api/v1/events?follow=false", token=self.ben, headers={"Last-Event-ID": mark}).text
        self.assertNotIn("note", events)
        self.ask(404, "GET", "/api/v1/notes/NOTE-1", token=self.ben)
        self.ask(404, "POST", "/api/v1/notes/NOTE-1/turn", {"into": "action"}, token=self.ben)
        self.ask(200, "PATCH", "/api/v1/notes/NOTE-1", {"body": "xylophone tuning with @Ben"}, token=self.ada)
        for path in ("notes", "search?q=xylophone", "notes/NOTE-1", "notes/by-dimension"):
            self.assertIn(path, self.hears(self.ben, "xylophone"))
        self.assertEqual(self.hears(self.cleo, "xylophone"), [])

    def test_a_note_becomes_an_action_in_one_step_and_back(self):
        self.note("Fix the prompt due:friday")
        made = self.ask(201, "POST", "/api/v1/notes/NOTE-1/turn", {"into": "action", "owner": "Ben Ross"}, token=self.ada)
        change = self.reply.headers["rondo-change"]
        self.assertEqual((made["record"], made["row"]["title"], made["row"]["owner"]), ("action", "Fix the prompt due:friday", "Ben Ross"))
        self.assertEqual((made["row"]["due"], made["row"]["dimensions"]), ("2026-11-20T23:59:59Z", ["ai"]))
        links = self.ask(200, "GET", "/api/v1/notes/NOTE-1/links", token=self.ada)["items"]
        self.assertEqual([(link["kind"], link["row"]) for link in links], [("made_from", "ACT-1")])
        self.assertEqual(self.ask(200, "GET", "/api/v1/actions/ACT-1/links", token=self.cleo)["items"], [])
        self.assertEqual(self.ask(200, "GET", "/api/v1/notes/NOTE-1", token=self.ada)["state"], "done")
        self.refused(409, "conflict", "reopen it first", "POST", "/api/v1/notes/NOTE-1/turn", {"into": "action"}, token=self.ada)
        self.rondo("undo", change, "--as", "Ada")
        self.assertEqual(self.ask(200, "GET", "/api/v1/notes/NOTE-1", token=self.ada)["state"], "open")
        self.assertEqual(self.ask(200, "GET", "/api/v1/actions", token=self.ada)["items"], [])

    def test_a_note_becomes_nothing_unknown(self):
        self.note("words")
        for body, words in (({"into": "suite"}, "there are action"), ({"into": "unicorn"}, "there are action"), ({}, "'into' is missing"),
                            ({"into": "action", "due": "soon"}, "is not a day"), ({"into": "action", "owner": "Nobody"}, "no person 'Nobody'"),
                            ({"into": "action", "who": "x"}, "is no part of this request")):
            self.refused(422, "invalid", words, "POST", "/api/v1/notes/NOTE-1/turn", body, token=self.ada)
        self.assertEqual(self.ask(200, "GET", "/api/v1/notes/NOTE-1", token=self.ada)["version"], 1)

    def test_a_line_at_the_command_line(self):
        self.assertEqual(self.rondo("note", "Prompt", "fails", "@Cleo", "--as", "Ada").out, "NOTE-1: AI (AI: 'Prompt')\n")
        self.assertEqual(self.rondo("note", "-", "--as", "Ada", stdin="milk\n\nand bread\n").out, "NOTE-2: unsorted\n")
        self.assertEqual(self.rondo("note", "show", "NOTE-2", "--as", "Ada", "--json").json()["body"], "milk\n\nand bread")
        self.assertEqual(self.rondo("note", "turn", "NOTE-1", "--into", "action", "--as", "Cleo").out, "ACT-1 Prompt fails @Cleo, from NOTE-1\n")
        self.assertIn("into action", self.rondo("note", "turn", "NOTE-2", "--as", "Ada", code=2).err)
        self.assertNotEqual(self.run_rondo("note", " ", "--as", "Ada").code, 0)


class Balance(Day):
    def test_shares_over_the_week_and_what_is_neglected(self):
        self.assertIsNone(self.ask(200, "GET", "/api/v1/balance", token=self.ada)["of_week"]["shares"])
        for body in ("prompt", "eval", "schema", "audit", "milk"):
            self.note(body)
        self.note("customer", token=self.ben)
        balance = self.ask(200, "GET", "/api/v1/balance", token=self.ada)
        week = balance["of_week"]
        self.assertEqual((balance["week"], balance["day"], week["technical"], week["operational"]), ("2026-W47", "2026-11-16", 0.75, 0.25))
        self.assertEqual((week["counts"]["ai"], week["shares"]["ai"], week["unsorted"]), (2, 0.5, 1))
        self.assertEqual(week["missing"], ["it", "business", "people"])
        self.assertEqual([one["dimension"] for one in balance["neglected"]], ["it", "business", "people"])
        before = self.ask(200, "GET", "/api/v1/balance?week=2026-W46", token=self.ada)
        self.assertEqual((before["day"], before["of_week"]["shares"]), ("2026-11-15", None))
        self.ask(200, "GET", "/api/v1/balance?person=Ada", token=self.ben)
        self.assertIsNone(self.reply.json()["of_week"]["shares"])
        self.assertEqual(self.server.ask("GET", "/api/v1/balance?week=2026-W60", token=self.ada).status, 422)


class Standups(Day):
    def setUp(self):
        super().setUp()
        for title, due in (("late", "2026-11-15T12:00:00Z"), ("soon", "2026-11-17T12:00:00Z"), ("some day", None)):
            self.ask(201, "POST", "/api/v1/actions", {"title": title, "owner": "Ada", "due": due}, token=self.cleo)
        self.note("a thought of Ada's alone")

    def draft(self, token=None):
        return self.ask(200, "GET", "/api/v1/standups/draft", token=token or self.ada)

    def test_a_draft_tells_what_moved_and_what_is_due(self):
        self.assertEqual(self.draft()["progress"], "")
        self.assertEqual(self.draft()["today"], "- ACT-1 late\n- ACT-2 soon\n- ACT-3 some day")
        self.ask(200, "POST", "/api/v1/actions/ACT-1/finish", token=self.ada)
        draft = self.draft()
        self.assertEqual((draft["person"], draft["day"], draft["progress"]), ("Ada", "2026-11-16", "- ACT-1 late: done (was open)"))
        self.assertEqual(self.draft(self.ben)["progress"], "")
        self.assertIn("- ACT-3 some day: new, open", self.draft(self.cleo)["progress"])

    def test_what_was_promised_stands_beside_what_happened(self):
        self.ask(201, "POST", "/api/v1/standups", {"day": "2026-11-13", "today": "- ACT-1 late\n- ACT-2: soon\n- write to Ben, ACT-99"},
                 token=self.ada)
        self.ask(200, "POST", "/api/v1/actions/ACT-1/finish", token=self.ada)
        self.assertEqual(self.draft()["promises"], [{"text": "ACT-1 late", "id": "ACT-1", "state": "done"},
                                                    {"text": "ACT-2: soon", "id": "ACT-2", "state": "open"},
                                                    {"text": "write to Ben, ACT-99", "id": None, "state": None}])
        self.assertEqual(self.draft(self.ben)["promises"], [])

    def test_a_day_is_written_once_and_shown_for_all(self):
        self.assertEqual(self.rondo("standup", "--write", "--as", "Ada").out, "Wrote STA-1\n")
        self.assertIn("STA-1", self.rondo("standup", "--write", "--as", "Ada", code=self.run_rondo("standup", "--write", "--as", "Ada").code).err)
        self.assertEqual(self.draft()["standup"], "STA-1")
        page = self.ask(200, "GET", "/api/v1/standups/day", token=self.ben)
        self.assertEqual(([row["id"] for row in page["items"]], page["missing"]), (["STA-1"], ["Ben Ross", "Cleo"]))
        self.assertIn("## Ada", page["markdown"])
        self.assertIn("Not yet: Ben Ross, Cleo", page["markdown"])
        self.rondo("team", "add", "--name", "Red", "--as", "Ada")
        self.rondo("membership", "add", "--person", "Cleo", "--team", "Red", "--roles", "member", "--as", "Ada")
        page = self.ask(200, "GET", "/api/v1/standups/day?team=Red&day=2026-11-16", token=self.ben)
        self.assertEqual((page["items"], page["missing"]), ([], ["Cleo"]))
        self.refused(422, "invalid", "is not a day", "GET", "/api/v1/standups/day?day=soon", token=self.ben)

    def test_who_is_away_or_off_that_day_is_not_waited_for(self):
        self.ask(201, "POST", "/api/v1/absences", {"first_day": "2026-11-16"}, token=self.ben)
        page = self.ask(200, "GET", "/api/v1/standups/day?day=2026-11-16", token=self.ada)
        self.assertEqual((page["missing"], page["not_there"]), (["Ada", "Cleo"], ["Ben Ross"]))
        self.assertIn("\nNot yet: Ada, Cleo\n\nNot there: Ben Ross\n", page["markdown"])
        self.ask(200, "PATCH", "/api/v1/absences/ABS-1", {"first_day": "2026-11-17", "last_day": "2026-11-17"}, token=self.ben)
        page = self.ask(200, "GET", "/api/v1/standups/day?day=2026-11-16", token=self.ada)
        self.assertEqual((page["missing"], page["not_there"]), (["Ada", "Ben Ross", "Cleo"], []))
        saturday = self.ask(200, "GET", "/api/v1/standups/day?day=2026-11-21", token=self.ada)
        self.assertEqual((saturday["missing"], len(saturday["not_there"])), ([], 3))

    def test_a_week_review_is_drafted_from_the_week(self):
        self.ask(200, "POST", "/api/v1/actions/ACT-2/finish", token=self.ada)
        draft = self.ask(200, "GET", "/api/v1/week-reviews/draft", token=self.ada)
        self.assertEqual((draft["week"], draft["done"], draft["missed"], draft["week_review"]),
                         ("2026-W47", "- ACT-2 soon", "- ACT-1 late", None))
        before = self.ask(200, "GET", "/api/v1/week-reviews/draft?week=2026-W46", token=self.ada)
        self.assertEqual((before["done"], before["missed"]), ("", "- ACT-1 late"))
        self.assertEqual(self.rondo("week-review", "--write", "--as", "Ada").out, "Wrote WRV-1\n")
        self.ask(200, "PATCH", "/api/v1/week-reviews/WRV-1", {"top_three": "a\n\nb\nc\n"}, token=self.ada)
        for body, words in (({"top_three": "a\nb\nc\nd", "week": "2026-W50"}, "at most three lines"), ({"week": "2026-W60"}, "week"),
                            ({"week": "2026-W47"}, "already")):
            reply = self.server.ask("POST", "/api/v1/week-reviews", body, token=self.ada)
            self.assertIn(reply.status, (409, 422))
            self.assertIn(words, reply.json()["detail"])


class Tags(Day):
    def test_they_are_in_lower_case_in_any_script(self):
        self.assertEqual(self.note("#Triage #STÖRUNG #triage")["tags"], ["triage", "störung"])


class Inbox(Day):
    def setUp(self):
        super().setUp()
        self.note("look at this, @Ben")
        self.note("pay due:2026-11-15", token=self.ben)
        self.note("later due:2026-11-17", token=self.ben)

    def inbox(self, token=None):
        return self.ask(200, "GET", "/api/v1/inbox", token=token or self.ben)

    def ids(self, token=None):
        return [item["id"] for item in self.inbox(token)["items"]]

    def put(self, path, body=None, token=None):
        return self.ask(200, "POST", "/api/v1/inbox/" + path, body, token=token or self.ben)

    def test_it_lists_mentions_and_days_that_came(self):
        self.assertEqual(self.inbox(), {"person": "Ben Ross", "snoozed": 0, "items": [
            {"kind": "note", "id": "NOTE-2", "record": "note", "title": "pay due:2026-11-15", "why": "your note is due",
             "link": "/notes/NOTE-2", "due": "2026-11-15T00:00:00Z", "late": True},
            {"kind": "mention", "id": "NOTE-1", "record": "note", "title": "look at this, @Ben", "why": "Ada mentions you",
             "link": "/notes/NOTE-1", "due": None, "late": False}]})
        self.assertEqual(self.ids(self.ada), [])
        self.ask(200, "POST", "/api/v1/notes/NOTE-1/finish", token=self.ada)
        self.assertEqual(self.ids(), ["NOTE-2"])

    def test_what_is_snoozed_comes_back_by_itself(self):
        left = self.put("NOTE-2/snooze", {"until": "tomorrow"})
        self.assertEqual(([item["id"] for item in left["items"]], left["snoozed"]), (["NOTE-1"], 1))
        early = self.rondo("inbox", "--as", "Ben Ross", "--json", env={"RONDO_NOW": "2026-11-16T23:59:00Z"}).json()
        self.assertEqual([item["id"] for item in early["items"]], ["NOTE-1"])
        late = self.rondo("inbox", "--as", "Ben Ross", "--json", env={"RONDO_NOW": "2026-11-17T00:01:00Z"}).json()
        self.assertEqual(([item["id"] for item in late["items"]], late["snoozed"]), (["NOTE-2", "NOTE-3", "NOTE-1"], 0))

    def test_done_is_for_good_for_that_person_and_can_be_undone(self):
        self.assertEqual(self.put("note-1/done")["snoozed"], 0)
        change = self.reply.headers["rondo-change"]
        self.assertEqual(self.ids(), ["NOTE-2"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/notes/NOTE-1", token=self.ada)["state"], "open")
        self.assertEqual(self.ask(200, "GET", "/api/v1/inbox-marks", token=self.ada)["items"], [])
        self.rondo("undo", change, "--as", "Ben Ross")
        self.assertEqual(self.ids(), ["NOTE-2", "NOTE-1"])

    def test_delegating_gives_it_another_owner(self):
        self.ask(201, "POST", "/api/v1/actions", {"title": "call", "owner": "Ben Ross"}, token=self.ada)
        self.put("ACT-1/delegate", {"to": "Cleo"})
        self.assertEqual(self.ask(200, "GET", "/api/v1/actions/ACT-1", token=self.ada)["owner"], "Cleo")

    def test_refusals(self):
        for status, code, words, path, body in (
                (409, "conflict", "no owner that can be changed", "NOTE-1/delegate", {"to": "Cleo"}),
                (422, "invalid", "'until' is missing", "NOTE-1/snooze", {}), (422, "invalid", "has passed", "NOTE-1/snooze", {"until": "2026-11-01"}),
                (422, "invalid", "is not a time", "NOTE-1/snooze", {"until": "soon"}), (404, "not_found", "nothing in your inbox", "NOTE-9/done", None),
                (422, "invalid", "is no part", "NOTE-1/snooze", {"when": "x"}), (404, "not_found", "nothing in your inbox", "NOTE-3/done", None)):
            self.refused(status, code, words, "POST", "/api/v1/inbox/" + path, body, token=self.ben)
        self.refused(404, "not_found", "nothing in your inbox", "POST", "/api/v1/inbox/NOTE-2/done", None, token=self.ada)
        self.assertEqual(self.inbox()["snoozed"], 0)


class Digest(Day):
    MONDAY, TUESDAY = ({"RONDO_NOW": "2026-11-%02dT07:00:00Z" % day} for day in (16, 17))

    def setUp(self):
        super().setUp()
        self.note("look at this, @Ben")
        self.note("pay due:2026-11-15", token=self.ben)

    def decide(self, title, day, state="accepted"):
        decision = self.ask(201, "POST", "/api/v1/decisions", {"title": title, "decision": "We do.", "owner": "Ada", "options": "one, two"},
                            token=self.ada)["id"]
        self.ask(200, "PATCH", "/api/v1/decisions/" + decision, {"decided": day, "state": state}, token=self.ada)

    def choose(self, kind, frequency):
        return self.ask(201, "POST", "/api/v1/digest-choices", {"kind": kind, "frequency": frequency}, token=self.ben)["id"]

    def digest(self, env, person="Ben Ross"):
        return self.rondo("digest", "show", "--as", person, "--json", env=env).json()

    def told(self, env):
        digest = self.digest(env)
        return ([item["id"] for item in digest["waits"]], digest["until_monday"], digest["unwanted"],
                [row["title"] for row in digest["decided"]])

    def test_it_tells_what_waits_without_what_was_put_aside(self):
        self.assertEqual(self.told(self.TUESDAY), (["NOTE-2", "NOTE-1"], 0, 0, []))
        self.assertEqual(self.digest(self.TUESDAY, "Cleo")["waits"], [])
        self.ask(200, "POST", "/api/v1/inbox/NOTE-2/done", None, token=self.ben)
        self.assertEqual(self.told(self.TUESDAY), (["NOTE-1"], 0, 0, []))
        self.assertEqual([item["id"] for item in self.ask(200, "GET", "/api/v1/digest", token=self.ben)["waits"]], ["NOTE-1"])
        words = self.rondo("digest", "show", "--as", "Ben Ross", env=self.TUESDAY).out
        self.assertEqual(words, "2026-11-17\n\nNOTE-1  look at this, @Ben  (Ada mentions you)\n")

    def test_each_kind_is_told_as_often_as_it_was_chosen(self):
        self.choose("note", "weekly")
        never = self.choose("mention", "never")
        self.assertEqual(self.told(self.MONDAY), (["NOTE-2"], 0, 1, []))
        self.assertEqual(self.told(self.TUESDAY), ([], 1, 1, []))
        words = self.rondo("digest", "show", "--as", "Ben Ross", env=self.TUESDAY).out
        self.assertIn("Nothing waits for you.\n1 told on Monday\n1 of kinds that you are never told of\n", words)
        self.ask(200, "PATCH", "/api/v1/digest-choices/" + never, {"frequency": "daily"}, token=self.ben)
        self.assertEqual(self.told(self.TUESDAY), (["NOTE-1"], 1, 0, []))

    def test_an_insight_is_told_the_day_after_it_was_made_and_on_no_other(self):
        self.ask(201, "POST", "/api/v1/insights", {"title": "They ask in Spanish", "part": "user", "source": "Five talks", "so_what": "Translate."},
                 token=self.ada)
        wednesday = {"RONDO_NOW": "2026-11-18T07:00:00Z"}
        learned = [[row["title"] for row in self.digest(morning)["learned"]] for morning in (self.MONDAY, self.TUESDAY, wednesday)]
        self.assertEqual(learned, [[], ["They ask in Spanish"], []])
        self.assertIn("\nLearned:\nINS-1  They ask in Spanish\n", self.rondo("digest", "show", "--as", "Ben Ross", env=self.TUESDAY).out)
        self.choose("decided", "never")
        self.assertEqual(self.digest(self.TUESDAY)["learned"], [])

    def test_a_decision_stands_in_the_digest_after_its_day_and_in_no_other(self):
        for title, day, state in (("Old", "2026-11-08", "accepted"), ("Sunday", "2026-11-15", "accepted"),
                                  ("Monday", "2026-11-16", "rejected"), ("Proposal", "2026-11-16", "proposed")):
            self.decide(title, day, state)
        told = [self.told({"RONDO_NOW": "2026-11-%02dT07:00:00Z" % day})[3] for day in range(15, 20)]
        self.assertEqual(told, [[], ["Sunday"], ["Monday"], [], []])
        choice = self.choose("decided", "weekly")
        told = [self.told({"RONDO_NOW": "2026-11-%02dT07:00:00Z" % day})[3] for day in (9, 16, 17, 23)]
        self.assertEqual(told, [["Old"], ["Sunday"], [], ["Monday"]])
        self.ask(200, "PATCH", "/api/v1/digest-choices/" + choice, {"frequency": "never"}, token=self.ben)
        self.assertEqual(self.told(self.TUESDAY)[3], [])

    def test_a_day_that_has_not_ended_in_the_workspace_is_told_the_next_time(self):
        ben = [row for row in self.ask(200, "GET", "/api/v1/persons", token=self.ada)["items"] if row["name"] == "Ben Ross"][0]
        self.ask(200, "PATCH", "/api/v1/persons/" + ben["id"], {"zone": "Pacific/Kiritimati"}, token=self.ada)
        self.decide("Monday", "2026-11-16")
        mornings = [{"RONDO_NOW": "2026-11-%02dT18:00:00Z" % day} for day in (16, 17, 18)]  # 08:00 of the next day there
        self.assertEqual([self.digest(morning)["day"] for morning in mornings], ["2026-11-17", "2026-11-18", "2026-11-19"])
        self.assertEqual([self.told(morning)[3] for morning in mornings], [[], ["Monday"], []])

    def test_of_each_kind_that_some_room_brings_one_may_choose(self):
        sources = glob.glob(os.path.join(TOP, "src", "rooms", "**", "*.c"), recursive=True)
        kinds = set()
        for source in sources:
            with open(source, encoding="utf-8") as file:
                kinds.update(re.findall(r'\(struct need\)\{[^}]*?\.kind = "(\w+)"', file.read()))
        self.assertGreater(len(kinds), 10)
        for kind in sorted(kinds):
            self.choose(kind, "weekly")

    def test_approvals_are_always_told_and_choices_are_ones_own(self):
        self.refused(422, "invalid", "that wait for your approval", "POST", "/api/v1/digest-choices",
                     {"kind": "change", "frequency": "never"}, token=self.ben)
        change = self.choose("change", "weekly")
        self.refused(422, "invalid", "that wait for your approval", "PATCH", "/api/v1/digest-choices/" + change,
                     {"frequency": "never"}, token=self.ben)
        self.refused(409, "conflict", "", "POST", "/api/v1/digest-choices", {"kind": "change", "frequency": "daily"}, token=self.ben)
        self.refused(422, "invalid", "kind", "POST", "/api/v1/digest-choices", {"kind": "weather", "frequency": "daily"}, token=self.ben)
        self.refused(422, "invalid", "person", "POST", "/api/v1/digest-choices",
                     {"kind": "note", "frequency": "daily", "person": "Cleo"}, token=self.ben)
        self.assertEqual(self.ask(200, "GET", "/api/v1/digest-choices", token=self.ada)["items"], [])
        self.ask(404, "GET", "/api/v1/digest-choices/" + change, token=self.ada)


if __name__ == "__main__":
    unittest.main()
