"""The rhythm: packs, occurrences that have to leave something behind, the week and its health, as two people live it."""
import unittest
from concurrent.futures import ThreadPoolExecutor

from server import ServedWorkspace
from workspace import about_files

REVIEW = "Monday eval review"


class Rituals(ServedWorkspace):
    def at(self, instant):
        """What follows happens then."""
        self.env["RONDO_NOW"] = instant

    def installed(self, pack="ai-week", *words):
        self.initialise()
        return self.rondo("ritual", "install", pack, *words, "--json").json()

    def week(self, *words):
        return self.rondo("week", "--json", *words).json()

    def line(self, ritual, *words):
        """The week's one line of that ritual."""
        found = [line for line in self.week(*words)["rituals"] if line["ritual"] == ritual]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def refused_command(self, words, *command):
        answer = self.run_rondo(*command)
        self.assertIn(answer.code, (1, 2), answer.out)
        self.assertIn(words, answer.err)

    def output(self, key, record, **values):
        return self.ask(201, "POST", "/api/v1/occurrences/%s/outputs" % key, {"record": record, "values": values})

    def add_ritual(self, name, rule, *words, starts="2026-11-02", at="09:00"):
        return self.rondo("ritual", "add", "--name", name, "--rule", rule, "--starts", starts, "--at", at, *words,
                          "--json").json()


class Packs(Rituals):
    def test_a_week_is_installed_once(self):
        first = self.installed()
        self.assertEqual([ritual["new"] for ritual in first["rituals"]], [True] * 5)
        again = self.rondo("ritual", "install", "ai-week", "--json").json()
        self.assertEqual([ritual["new"] for ritual in again["rituals"]], [False] * 5)
        self.assertEqual([ritual["id"] for ritual in again["rituals"]], [ritual["id"] for ritual in first["rituals"]])
        self.assertEqual([line["at"][:10] for line in self.week()["rituals"]],
                         ["2026-11-%d" % day for day in range(16, 21)])

    def test_what_people_edited_stays(self):
        self.installed()
        self.rondo("ritual", "set", "RIT-1", "--at", "11:30", "--name", "Truth")
        self.rondo("ritual", "install", "ai-week")
        self.assertEqual(self.line("Truth")["at"], "2026-11-16T11:30:00Z")

    def test_both_weeks_stand_side_by_side(self):
        self.installed()
        self.rondo("ritual", "install", "ipm-week")
        self.assertIn("Iteration planning", [line["ritual"] for line in self.week()["rituals"]])
        self.assertEqual(len(self.rondo("ritual", "list", "--json").json()["items"]), 11)

    def test_an_unknown_pack_names_those_there_are(self):
        self.initialise()
        self.refused_command("'ai-week', 'ipm-week'", "ritual", "install", "no-week")


@about_files  # of days; test_ritual_days.c has both stores
class Days(Rituals):
    def test_no_standup_on_the_day_after_planning(self):
        self.installed("ipm-week")
        days = [line["at"][:10] for line in self.week()["rituals"] if line["ritual"] == "Standup"]
        self.assertEqual(days, ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-20"])

    def test_planning_that_moves_takes_the_free_day_along(self):
        self.installed("ipm-week")
        self.rondo("ritual", "move", "Iteration planning", "--to", "2026-11-16T14:00")
        days = [line["at"][:10] for line in self.week()["rituals"] if line["ritual"] == "Standup"]
        self.assertEqual(days, ["2026-11-16", "2026-11-18", "2026-11-19", "2026-11-20"])

    def test_planning_every_third_wednesday(self):
        self.installed("three-week-sprint")
        planned = [bool([1 for line in self.week("--week", "2026-W%d" % week)["rituals"]
                         if line["ritual"] == "Sprint planning"]) for week in range(47, 54)]
        self.assertEqual(planned, [True, False, False, True, False, False, True])

    def test_a_holiday_has_no_rituals(self):
        self.installed()
        self.rondo("holiday", "add", "--name", "Buss- und Bettag", "--day", "2026-11-18")
        self.assertEqual(len(self.week()["rituals"]), 4)

    def test_local_time_holds_across_a_clock_change(self):
        self.initialise()
        self.add_ritual("Coffee", "FREQ=WEEKLY;BYDAY=MO", "--zone", "Europe/Berlin", starts="2026-10-19")
        self.assertEqual(self.line("Coffee", "--week", "2026-W43")["at"], "2026-10-19T07:00:00Z")
        self.assertEqual(self.line("Coffee", "--week", "2026-W44")["at"], "2026-10-26T08:00:00Z")

    def test_impossible_rules_say_what_is_wrong(self):
        self.initialise()
        for rule, words in (("FREQ=HOURLY", "write DAILY, WEEKLY"), ("BYDAY=MO", "lacks FREQ"),
                            ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes again"),
                            ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL"),
                            ("FREQ=WEEKLY;UNTIL=20200101", "before its first day"),
                            ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0"), ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO")):
            self.refused_command(words, "ritual", "add", "--name", "No", "--rule", rule, "--starts", "2026-11-02", "--at", "09:00")
        self.assertEqual(self.rondo("ritual", "list", "--json").json()["items"], [])
        for rule in ("FREQ=MONTHLY;BYDAY=3TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=3", "FREQ=DAILY;COUNT=3"):
            self.add_ritual(rule, rule)

    def test_a_time_of_day_and_a_source_are_looked_at(self):
        self.initialise()
        daily = ("ritual", "add", "--name", "A", "--rule", "FREQ=DAILY", "--starts", "2026-11-02")
        self.refused_command("'25:00' is not a time of day", *daily, "--at", "25:00")
        self.refused_command("'no.such'", *daily, "--at", "09:00", "--agenda", "no.such")

    def test_a_ritual_that_rests_is_not_held(self):
        self.installed()
        self.refused_command("reason", "ritual", "pause", "RIT-1")
        self.refused_command("reason", "ritual", "pause", "RIT-1", "--reason", "summer")
        self.rondo("ritual", "pause", "RIT-1", "--reason", "summer", "--review-date", "2026-12-01")
        self.assertEqual(len(self.week()["rituals"]), 4)
        self.rondo("ritual", "resume", "RIT-1")
        self.assertEqual(len(self.week()["rituals"]), 5)


class Commands(Rituals):
    """What the page of an occurrence does, at the command line."""

    def page(self, key="RIT-1"):
        return self.rondo("ritual", "agenda", key, "--json").json()

    def test_a_preparation_is_ticked_off_by_its_words_or_its_id(self):
        self.installed()
        self.rondo("team", "add", "--name", "Blue")
        self.rondo("ritual", "clone", "RIT-1", "--to-team", "Blue")
        self.rondo("ritual", "prepare", "RIT-6", "Import the eval runs of the week")
        done = lambda key: [one["done"] for one in self.page(key)["preparation"]]
        self.assertEqual((done("RIT-6"), done("RIT-1")), ([True, False], [False, False]))
        self.assertIn("Prepared for Monday eval review", self.rondo("ritual", "prepare", "RIT-1", "RPR-2").out)
        self.assertEqual(done("RIT-1"), [False, True])
        self.rondo("ritual", "prepare", "RIT-1", "RPR-2", "--undo")
        self.assertEqual(done("RIT-1"), [False, False])
        self.refused_command("no preparation 'Sweep the floor'", "ritual", "prepare", "RIT-1", "Sweep the floor")

    def test_who_is_there_and_what_is_said(self):
        self.installed()
        self.rondo("person", "add", "--name", "Bert")
        self.rondo("membership", "add", "--person", "Bert", "--roles", "member")
        self.refused_command("has not begun", "ritual", "say", "RIT-1", "too early")
        self.rondo("ritual", "open", "RIT-1", "--as", "Ada")
        self.assertIn("There at Monday eval review", self.rondo("ritual", "attend", "RIT-1", "Bert", "--as", "Ada").out)
        self.assertEqual(self.page()["attendees"], ["Ada", "Bert"])
        self.rondo("ritual", "attend", "RIT-1", "--undo", "--as", "Ada")
        self.assertEqual(self.page()["attendees"], ["Bert"])
        self.refused_command("no person 'Nobody'", "ritual", "attend", "RIT-1", "Nobody", "--as", "Ada")
        self.rondo("ritual", "say", "OCC-1", "the judge", "changed", "--as", "Ada")
        self.assertEqual([(one["text"], one["author"]) for one in self.page()["notes"]], [("the judge changed", "Ada")])
        self.refused_command("a note says something", "ritual", "say", "OCC-1", " ", "--as", "Ada")


class Resting(Rituals):
    def ritual(self):
        row = self.rondo("ritual", "show", "RIT-1", "--json").json()
        return row["state"], row["reason"], row["review_date"], row["rested_by"]

    def rest(self, verb, **body):
        return self.ask(200, "POST", "/api/v1/rituals/RIT-1/" + verb, body)

    def test_reason_and_name_are_written_by_the_one_request_that_pauses_it(self):
        self.installed()
        self.server = self.serve()
        for verb, state in (("pause", "paused"), ("retire", "retired")):
            self.refused(422, "invalid", "rests with a reason", "POST", "/api/v1/rituals/RIT-1/" + verb, {"review_date": "2026-12-01"})
            self.rest(verb, reason="nobody misses it", review_date="2026-12-01")
            change = self.reply.headers["rondo-change"]
            self.assertEqual(self.ritual(), (state, "nobody misses it", "2026-12-01", "Ada"))
            self.rondo("undo", change)
            self.assertEqual(self.ritual(), ("active", None, None, None))

    def test_who_is_held_again_needs_a_new_reason_to_rest(self):
        self.installed()
        self.server = self.serve()
        self.rest("pause", reason="summer", review_date="2026-12-01")
        self.rest("resume")
        self.assertEqual(self.ritual(), ("active", None, None, None))
        self.refused(422, "invalid", "rests with a reason", "POST", "/api/v1/rituals/RIT-1/pause", {})

    def test_who_paused_it_is_nothing_that_people_write(self):
        self.installed()
        self.server = self.serve()
        self.refused(422, "invalid", "rested_by", "POST", "/api/v1/rituals/RIT-1/pause",
                     {"reason": "summer", "review_date": "2026-12-01", "rested_by": "Ada"})

    def test_its_health_says_why_it_rests(self):
        self.installed()
        self.rondo("ritual", "pause", "RIT-1", "--reason", "summer", "--review-date", "2026-12-01")
        lines = self.rondo("ritual", "health", "--json").json()["rituals"]
        self.assertEqual([line["advice"] for line in lines if line["ritual"] == REVIEW],
                         ["paused by Ada: summer; look again on 2026-12-01"])


class Closing(Rituals):
    def opened(self):
        self.installed()
        self.server = self.serve()
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/open", {})
        return "OCC-1"

    def complete(self, key):
        self.output(key, "incident", title="Wrong refunds")
        self.output(key, "experiment", title="Shorter prompt")
        self.ask(200, "PATCH", "/api/v1/occurrences/" + key, {"paragraph": "Quality holds."})

    def test_a_monday_cannot_close_without_what_it_owes(self):
        key = self.opened()
        problem = self.refused(422, "invalid", "incident (1 to 2)", "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.assertEqual(problem["missing"], ["incident", "experiment", "paragraph"])
        self.complete(key)
        page = self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.assertEqual((page["state"], page["settled_by"], page["minutes"]), ("closed", "Ada", "MIN-1"))
        self.assertEqual(self.line(REVIEW)["artifacts"], {"have": 3, "need": 3})

    def test_its_minutes_stay_as_they_were(self):
        key = self.opened()
        self.complete(key)
        self.ask(200, "POST", "/api/v1/occurrences/%s/notes" % key, {"text": "Bert looks at the judge"})
        self.rondo("person", "add", "--name", "Bert")
        self.ask(200, "POST", "/api/v1/occurrences/%s/attend" % key, {"person": "Bert"})
        self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        body = self.ask(200, "GET", "/api/v1/minutes/MIN-1")["body"]
        for words in ("# Monday eval review, 2026-11-16", "- There: Ada, Bert\n", "Quality holds.", "INC-1 Wrong refunds", "Bert looks at the judge"):
            self.assertIn(words, body)
        self.ask(200, "GET", "/api/v1/minutes/MIN-1/markdown")
        self.assertEqual((self.reply.text, self.reply.headers["content-type"]), (body, "text/markdown; charset=utf-8"))
        self.assertEqual(self.rondo("ritual", "minutes", "OCC-1").out, body)
        self.refused_command("has no minutes", "ritual", "minutes", "OCC-7")
        self.refused(409, "conflict", "minutes stay", "PATCH", "/api/v1/minutes/MIN-1", {"title": "Other"})
        self.ask(204, "DELETE", "/api/v1/minutes/MIN-1")
        self.ask(200, "POST", "/api/v1/minutes/MIN-1/undo")
        self.assertEqual(self.ask(200, "GET", "/api/v1/minutes/MIN-1")["body"], body)
        self.refused(422, "invalid", "the paragraph stays", "PATCH", "/api/v1/occurrences/" + key, {"paragraph": "Other."})

    def test_what_was_made_elsewhere_comes_out_of_it_by_its_id(self):
        key = self.opened()
        self.rondo("incident", "add", "--title", "Wrong refunds")
        self.refused_command("has not begun", "ritual", "made", "RIT-2", "INC-1")
        self.assertIn("Came out of Monday eval review", self.rondo("ritual", "made", REVIEW, "INC-1").out)
        self.refused_command("INC-1 came out of OCC-1 already", "ritual", "made", key, "INC-1")
        self.refused_command("there is no incident 'INC-9'", "ritual", "made", key, "INC-9")
        self.refused_command("'refunds' is no row", "ritual", "made", key, "refunds")
        self.rondo("action", "add", "--title", "Look at it")
        self.refused_command("owner and a due time", "ritual", "made", key, "ACT-1")
        self.assertEqual(self.line(REVIEW)["artifacts"], {"have": 1, "need": 3})

    def test_minutes_tell_when_an_action_is_due_where_the_ritual_is(self):
        key = self.opened()
        self.ask(200, "PATCH", "/api/v1/rituals/RIT-1", {"zone": "Asia/Tokyo"})
        self.complete(key)
        self.output(key, "action", title="Ask the vendor", owner="Ada", due="2026-11-18T20:30:00Z")
        self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.assertIn("- ACT-1 Ask the vendor (action; owner: Ada; due: Thu 19 Nov 05:30)", self.rondo("ritual", "minutes", key).out)

    def test_the_written_update_is_what_friday_owes(self):
        self.opened()
        self.env["RONDO_NOW"] = "2026-11-20T10:00:00Z"
        self.rondo("ritual", "open", "RIT-5")
        self.rondo("document", "add", "--kind", "update", "--title", "Something else", "--body", "Words")
        self.rondo("ritual", "made", "RIT-5", "DOC-1")
        self.refused_command("it lacks: weekly update", "ritual", "close", "RIT-5")
        self.rondo("update", "add", "--week", "2026-W47")
        self.rondo("ritual", "made", "RIT-5", "UPD-1")
        self.rondo("ritual", "close", "RIT-5")
        self.assertIn("UPD-1 Update of 2026-W47 (weekly update", self.rondo("ritual", "minutes", "OCC-2").out)

    def test_where_the_next_one_has_not_begun_its_key_opens_it(self):
        key = self.opened()
        self.complete(key)
        self.rondo("ritual", "close", REVIEW)
        self.refused_command("'rondo ritual open RIT-1@2026-11-23'", "ritual", "close", REVIEW)
        self.assertIn("OCC-2", self.rondo("ritual", "open", "RIT-1@2026-11-23").out)

    def test_closing_twice_names_who_was_first(self):
        key = self.opened()
        self.complete(key)
        self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.refused(409, "conflict", "was closed by Ada already", "POST", "/api/v1/occurrences/%s/close" % key, {})

    def at_once(self, *requests):
        """The statuses of requests (path, body) that are sent at the same time."""
        with ThreadPoolExecutor(len(requests)) as pool:
            return [reply.status for reply in pool.map(lambda one: self.server.ask("POST", *one), requests)]

    def test_of_two_who_close_at_once_one_closes(self):
        key = self.opened()
        self.complete(key)
        close = ("/api/v1/occurrences/%s/close" % key, {})
        self.assertEqual(sorted(self.at_once(close, close, close)), [200, 409, 409])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/minutes")["items"]), 1)

    def test_what_several_do_at_once_is_all_there(self):
        key = self.opened()
        for name in ("Bert", "Cleo", "Dora"):
            self.rondo("person", "add", "--name", name, "--as", "Ada")
        notes = [("/api/v1/occurrences/%s/notes" % key, {"text": "Note %d" % number}) for number in range(4)]
        there = [("/api/v1/occurrences/%s/attend" % key, {"person": name}) for name in ("Bert", "Cleo", "Dora")]
        self.assertEqual(set(self.at_once(*notes, *there)), {200})
        page = self.ask(200, "GET", "/api/v1/occurrences/%s/run" % key)
        self.assertEqual(sorted(note["text"] for note in page["notes"]), ["Note %d" % number for number in range(4)])
        self.assertEqual(sorted(page["attendees"]), ["Ada", "Bert", "Cleo", "Dora"])

    def test_incomplete_needs_a_reason_and_shows_it(self):
        key = self.opened()
        self.refused(422, "invalid", "why it is closed incomplete", "POST", "/api/v1/occurrences/%s/close" % key,
                     {"incomplete": True})
        page = self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {"incomplete": True, "reason": "fire alarm"})
        self.assertEqual((page["state"], page["reason"]), ("held_incomplete", "fire alarm"))

    def test_none_with_a_reason_is_complete(self):
        key = self.opened()
        for kind in ("incident", "experiment"):
            self.ask(201, "POST", "/api/v1/artifact-reasons", {"occurrence": key, "kind": kind, "reason": "a quiet week"})
        self.ask(200, "PATCH", "/api/v1/occurrences/" + key, {"paragraph": "Quality holds."})
        self.assertEqual(self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})["state"], "closed")

    def test_more_than_two_incidents_are_refused(self):
        key = self.opened()
        for title in ("One", "Two"):
            self.output(key, "incident", title=title)
        self.refused(409, "conflict", "at most 2", "POST", "/api/v1/occurrences/%s/outputs" % key,
                     {"record": "incident", "values": {"title": "Three"}})
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/incidents")["items"]), 2)

    def test_an_action_has_an_owner_and_a_due_time(self):
        key = self.opened()
        problem = self.refused(422, "invalid", "owner and a due time", "POST", "/api/v1/occurrences/%s/outputs" % key,
                               {"record": "action", "values": {"title": "Look at it"}})
        self.assertEqual(problem["missing"], ["owner", "due"])
        page = self.output(key, "action", title="Look at it", owner="Ada", due="2026-11-18T11:00:00Z")
        self.assertEqual([(one["record"], one["owner"]) for one in page["outputs"]], [("action", "Ada")])

    def test_a_second_paragraph_is_refused(self):
        key = self.opened()
        self.refused(422, "invalid", "blank line", "PATCH", "/api/v1/occurrences/" + key, {"paragraph": "One.\n\nTwo."})

    def test_an_artifact_that_is_dropped_later_no_longer_counts(self):
        key = self.opened()
        self.complete(key)
        self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.rondo("incident", "drop", "INC-1")
        page = self.ask(200, "GET", "/api/v1/occurrences/%s/run" % key)
        self.assertEqual([one["dropped"] for one in page["outputs"] if one["record"] == "incident"], [True])
        self.assertEqual(self.line(REVIEW)["artifacts"], {"have": 2, "need": 3})

    def test_undoing_the_closing_takes_the_minutes_back(self):
        key = self.opened()
        self.complete(key)
        self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.rondo("occurrence", "undo", key)
        self.assertEqual(self.ask(200, "GET", "/api/v1/minutes")["items"], [])
        self.assertEqual(self.ask(200, "GET", "/api/v1/occurrences/%s/run" % key)["state"], "open")

    def test_the_closing_names_the_change_that_undo_takes_back(self):
        key = self.opened()
        path = "/api/v1/occurrences/%s/" % key
        self.ask(200, "POST", path + "close", {"incomplete": True, "reason": "the room is needed"})
        self.ask(200, "POST", "/api/v1/undo/%s" % self.reply.headers["rondo-change"])
        self.assertEqual(self.ask(200, "GET", path + "run")["state"], "open")

    def test_a_state_is_changed_by_its_verb_alone(self):
        key = self.opened()
        self.refused(422, "invalid", "state", "PATCH", "/api/v1/occurrences/" + key, {"state": "closed"})
        self.refused(422, "invalid", "nothing", "POST", "/api/v1/occurrences/%s/open" % key, {"now": True})
        self.refused(409, "conflict", "open already", "POST", "/api/v1/occurrences/%s/open" % key, {})


class Flips(Rituals):
    def reviewed(self):
        """Two weeks of forty cases, of which eight break."""
        self.initialise()
        rows = [{"run": run, "started_at": at, "case": "case-%02d" % case, "pass": run == "before" or case >= 8}
                for run, at in (("before", "2026-11-09T06:00:00Z"), ("now", "2026-11-16T06:00:00Z")) for case in range(40)]
        self.rondo("import", self.file("results.jsonl", self.lines(*rows, suite="support", surface="chat")))
        self.rondo("ritual", "install", "ai-week")
        self.server = self.serve()
        return self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/open", {})

    def test_opening_monday_opens_the_review_and_drafts_the_paragraph(self):
        page = self.reviewed()
        self.assertIn("evals.flips", {item["source"] for item in page["agenda"]})
        self.assertTrue(page["agenda_is_frozen"])
        self.assertIn("chat", page["draft"])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/eval-reviews")["items"]), 1)

    def test_an_ownerless_flip_keeps_monday_open(self):
        key = self.reviewed()["occurrence"]
        for kind in ("incident", "experiment"):
            self.ask(201, "POST", "/api/v1/artifact-reasons", {"occurrence": key, "kind": kind, "reason": "quiet"})
        self.ask(200, "PATCH", "/api/v1/occurrences/" + key, {"paragraph": "Eight cases broke."})
        self.refused(409, "conflict", "case-0", "POST", "/api/v1/occurrences/%s/close" % key, {})
        for action in self.ask(200, "GET", "/api/v1/actions")["items"]:
            self.ask(200, "PATCH", "/api/v1/actions/" + action["id"], {"owner": "Ada"})
        self.assertEqual(self.ask(200, "POST", "/api/v1/occurrences/%s/close" % key, {})["state"], "closed")


    def test_what_it_lacks_and_what_the_review_wants_is_said_at_once(self):
        key = self.reviewed()["occurrence"]
        problem = self.refused(422, "invalid", "besides, 8 flips of 2026-W47 have no owner", "POST", "/api/v1/occurrences/%s/close" % key, {})
        self.assertEqual(problem["missing"], ["incident", "experiment", "paragraph"])

    def test_a_flip_that_is_overdue_as_well_is_one_thing_to_talk_about(self):
        self.reviewed()
        self.at("2026-11-17T09:00:00Z")
        self.server = self.serve()
        self.add_ritual("Sync", "FREQ=DAILY", "--agenda", "evals.flips", "--agenda", "actions.overdue", starts="2026-11-17")
        page = self.ask(200, "GET", "/api/v1/occurrences/RIT-6@2026-11-17/run")
        told = [item["about"] for item in page["agenda"]]
        self.assertEqual(len(told), len(set(told)))
        self.assertGreaterEqual(set(told), {action["id"] for action in self.ask(200, "GET", "/api/v1/actions")["items"]})


class Bodies(Rituals):
    def test_what_a_verb_takes_is_what_its_schema_says(self):
        self.installed()
        self.server = self.serve()
        page = self.ask(200, "GET", "/api/v1/openapi.json")
        verbs = {path: operations["post"] for path, operations in page["paths"].items()
                 if path.startswith("/api/v1/occurrences/{id}/") and "post" in operations and "{verb}" not in path
                 and not path.endswith(("/undo", "/items"))}
        self.assertEqual(len(verbs), 9, verbs)
        for path, operation in verbs.items():
            schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
            takes = ", ".join(page["components"]["schemas"][schema]["properties"]) or "nothing"
            problem = self.refused(422, "invalid", "'nonsense' is not known here: this takes ", "POST",
                                   path.replace("{id}", "RIT-1@2026-11-16"), {"nonsense": 1})
            self.assertEqual(problem["detail"].split("this takes ")[1], takes, path)

    def test_an_item_takes_what_its_schema_says(self):
        self.installed()
        self.server = self.serve()
        path = "/api/v1/occurrences/RIT-1@2026-11-16/items"
        page = self.ask(200, "POST", path, {"title": "News", "why": "it is new", "owner": "Ada", "about": "RIT-1"})
        self.assertEqual([(item["why"], item["owner"], item["about"]) for item in page["agenda"]], [("it is new", "Ada", "RIT-1")])
        self.refused(422, "invalid", "title", "POST", path, {"why": "it is new"})
        self.refused(422, "invalid", "nonsense", "POST", path, {"title": "News", "nonsense": 1})


class Agenda(Rituals):
    def test_what_people_added_is_carried_over_with_its_count(self):
        self.initialise()
        self.add_ritual("Sync", "FREQ=WEEKLY;BYDAY=MO", starts="2026-11-16")
        self.server = self.serve()
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/items", {"title": "Who is on call"})
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/open", {})
        self.ask(200, "POST", "/api/v1/occurrences/OCC-1/close", {})
        self.at("2026-11-23T09:00:00Z")
        self.rondo("ritual", "open", "Sync")
        page = self.ask(200, "GET", "/api/v1/occurrences/OCC-2/run")
        self.assertEqual([(item["title"], item["carried"]) for item in page["agenda"]], [("Who is on call", 1)])
        before = self.ask(200, "GET", "/api/v1/occurrences/OCC-1/run")
        self.assertEqual([item["state"] for item in before["agenda"]], ["carried"])

    def test_the_agenda_reads_as_markdown_before_and_after_it_began(self):
        self.installed()
        self.rondo("incident", "add", "--title", "Slow answers")
        self.rondo("ritual", "set", REVIEW, "--agenda", "incidents.open")
        before = self.rondo("ritual", "agenda", REVIEW).out
        for words in ("# Monday eval review\n\nMon 16 Nov 10:00, UTC: scheduled; led by Ada\n", "- [ ] Slow answers (INC-1)",
                      "- [ ] incident (1 to 2), or a reason for none\n", "- [ ] paragraph\n"):
            self.assertIn(words, before)
        self.assertIn("Opened Monday eval review of 2026-11-16: OCC-1.", self.rondo("ritual", "open", REVIEW).out)
        self.rondo("incident", "add", "--title", "Too late for it")
        self.rondo("occurrence", "set", "OCC-1", "--paragraph", "Quality holds.")
        self.assertEqual(self.rondo("ritual", "agenda", "OCC-1").out,
                         before.replace("scheduled", "open").replace("- [ ] paragraph", "- [x] paragraph"))
        self.assertEqual(self.rondo("ritual", "agenda", "OCC-1", "--json").json()["occurrence"], "OCC-1")
        self.refused_command("there is no ritual 'Nothing'", "ritual", "agenda", "Nothing")

    def test_a_ritual_by_its_name_is_the_next_of_this_week_else_the_last(self):
        self.initialise()
        self.add_ritual("Standup", "FREQ=WEEKLY;BYDAY=MO,TU,FR", starts="2026-11-16")
        meant = lambda: self.rondo("ritual", "agenda", "Standup", "--json").json()["day"]
        for now, day in (("2026-11-16T20:00:00Z", "2026-11-16"), ("2026-11-18T07:00:00Z", "2026-11-20"),
                         ("2026-11-21T07:00:00Z", "2026-11-20")):
            self.at(now)
            self.assertEqual(meant(), day, now)
        self.rondo("ritual", "skip", "Standup", "--reason", "ill")
        self.assertEqual(meant(), "2026-11-17")

    def test_an_empty_agenda_says_so(self):
        self.initialise()
        self.add_ritual("Coffee", "FREQ=DAILY", starts="2026-11-16")
        self.assertEqual(self.rondo("ritual", "agenda", "Coffee").out,
                         "# Coffee\n\nMon 16 Nov 09:00, UTC: scheduled; led by nobody\n\nNothing is on its agenda.\n")

    def test_a_ritual_made_as_data_compiles_its_agenda(self):
        self.initialise()
        self.rondo("incident", "add", "--title", "Slow answers")
        self.add_ritual("War room", "FREQ=DAILY", "--agenda", "incidents.open", starts="2026-11-16")
        self.server = self.serve()
        page = self.ask(200, "GET", "/api/v1/occurrences/RIT-1@2026-11-16/run")
        self.assertEqual([(item["title"], item["about"], item["id"]) for item in page["agenda"]], [("Slow answers", "INC-1", None)])
        self.assertFalse(page["agenda_is_frozen"])

    def test_only_when_there_is_something_for_it(self):
        self.initialise()
        self.add_ritual("War room", "FREQ=DAILY", "--condition", "incidents.open", starts="2026-11-16", at="06:00")
        today = [line for line in self.week()["rituals"] if line["at"] == "2026-11-16T06:00:00Z"]
        self.assertEqual([(line["state"], line["reason"]) for line in today],
                         [("cancelled", "there was nothing for it: Open incidents")])
        self.rondo("incident", "add", "--title", "Slow answers")
        today = [line for line in self.week()["rituals"] if line["at"] == "2026-11-16T06:00:00Z"]
        self.assertNotEqual(today[0]["state"], "cancelled")

    def test_preparation_is_ticked_off(self):
        self.installed()
        self.server = self.serve()
        tasks = self.ask(200, "GET", "/api/v1/occurrences/RIT-1@2026-11-16/run")["preparation"]
        self.refused(422, "invalid", "say what is prepared", "POST", "/api/v1/occurrences/RIT-1@2026-11-16/prepare", {})
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/prepare", {"preparation": tasks[0]["id"]})
        self.assertEqual(self.line(REVIEW)["prep"], {"done": 1, "of": 2})


class Waiting(Rituals):
    def test_a_preparation_that_is_done_waits_again_the_next_week(self):
        self.installed()
        prepared = lambda: [(item["id"], item["kind"]) for item in self.rondo("inbox", "--json").json()["items"]
                            if item["kind"] == "preparation"]
        self.assertIn(("RIT-1", "preparation"), prepared())
        self.rondo("inbox", "done", "RIT-1")
        self.assertNotIn(("RIT-1", "preparation"), prepared())
        self.at("2026-11-23T07:00:00Z")
        self.assertIn(("RIT-1", "preparation"), prepared())


    def test_one_that_was_opened_late_has_its_whole_time(self):
        self.initialise()
        self.add_ritual("Sync", "FREQ=DAILY", "--minutes", "30", "--owner", "Ada", starts="2026-11-16")
        late = lambda: [item["why"] for item in self.rondo("inbox", "--json").json()["items"] if item["record"] == "occurrence"]
        self.at("2026-11-16T11:00:00Z")
        self.rondo("ritual", "open", "Sync")
        self.at("2026-11-16T11:30:00Z")
        self.assertEqual(late(), [])
        self.at("2026-11-16T11:30:01Z")
        self.assertEqual(late(), ["it is open past its end: close it"])

    def prepared_by(self, *zone):
        """The rituals to prepare for, of a person in that zone, as one waits on each day of the week."""
        self.initialise()
        if zone:
            self.rondo("person", "set", "Ada", "--zone", *zone)
        for number, day in enumerate(("MO", "TU", "WE", "TH", "FR"), 1):
            self.add_ritual(day, "FREQ=WEEKLY;BYDAY=" + day, "--owner", "Ada", "--zone", "UTC")
            self.rondo("ritual-preparation", "add", "--ritual", "RIT-%d" % number, "--task", "Read")
        return [item["title"] for item in self.rondo("inbox", "--json").json()["items"] if item["kind"] == "preparation"]

    def test_the_next_two_working_days_are_those_of_the_person(self):
        self.at("2026-11-16T10:00:00Z")  # Tuesday, 00:00 in Kiritimati
        self.assertEqual(self.prepared_by("Pacific/Kiritimati"), ["TU", "WE", "TH"])

    def test_a_second_before_midnight_there_it_is_a_day_less(self):
        self.at("2026-11-16T09:59:59Z")
        self.assertEqual(self.prepared_by("Pacific/Kiritimati"), ["TU", "WE"])

    def test_where_it_is_friday_evening_monday_and_tuesday_are_next(self):
        self.at("2026-11-21T06:00:00Z")  # Friday, 20:00 in Honolulu; Wednesday's is held on Tuesday, 23:00 there
        self.assertEqual(self.prepared_by("Pacific/Honolulu"), ["MO", "TU", "WE"])

    def test_what_rests_is_looked_at_on_the_day_that_the_person_has(self):
        self.installed()
        self.rondo("ritual", "pause", "RIT-1", "--reason", "summer", "--review-date", "2026-11-17")
        rests = lambda: [item["due"] for item in self.rondo("inbox", "--json").json()["items"] if "rests" in item["why"]]
        self.at("2026-11-16T10:00:00Z")
        self.assertEqual(rests(), [])
        self.rondo("person", "set", "Ada", "--zone", "Pacific/Kiritimati")
        self.assertEqual(rests(), ["2026-11-16T10:00:00Z"])


class NotHeld(Rituals):
    def test_a_skip_is_a_decision_and_needs_a_reason(self):
        self.installed()
        self.refused_command("say why", "ritual", "skip", REVIEW)
        self.rondo("ritual", "skip", REVIEW, "--reason", "offsite")
        self.assertEqual((self.line(REVIEW)["state"], self.line(REVIEW)["reason"]), ("skipped", "offsite"))
        self.rondo("ritual", "set", "RIT-1", "--name", "Eval | review")
        self.rondo("ritual", "skip", "RIT-2@2026-11-17", "--reason", "half a | day")
        markdown = self.rondo("week", "--md").out
        self.assertIn("| Eval \\| review | skipped: offsite |", markdown)
        self.assertIn(" | skipped: half a \\| day |", markdown)
        self.rondo("ritual", "set", "RIT-1", "--name", REVIEW)
        self.refused_command("was skipped by Ada already", "ritual", "open", "RIT-1@2026-11-16")

    def test_a_silent_one_is_missed_and_asked_for(self):
        self.installed()
        self.at("2026-11-17T07:00:00Z")
        week = self.week()
        self.assertEqual(week["rituals"][0]["state"], "missed")
        self.assertIn(REVIEW, [late["title"] for late in week["late"]])
        self.assertIn(("ritual", REVIEW, True), [(need["kind"], need["title"], need["late"]) for need in week["needs_me"]])

    def hears(self, person):
        """What the person's inbox says of rituals that were not held."""
        items = self.rondo("inbox", "--json", "--as", person).json()["items"]
        return [item["why"] for item in items if item["record"] == "ritual" and item["late"]]

    def team_of_three(self):
        """Ada owns the workspace, Bert the ritual, Cleo leads the team; the ritual was missed twice."""
        self.initialise()
        for name in ("Bert", "Cleo"):
            self.rondo("person", "add", "--name", name, "--as", "Ada")
            self.rondo("membership", "add", "--person", name, "--roles", "member", "--as", "Ada")
        self.rondo("team", "add", "--name", "Support", "--lead", "Cleo", "--as", "Ada")
        self.rondo("ritual", "add", "--name", "Sync", "--rule", "FREQ=DAILY", "--starts", "2026-11-16", "--at", "09:00",
                   "--team", "Support", "--owner", "Bert", "--as", "Ada")
        self.at("2026-11-17T12:00:00Z")
        self.rondo("ritual", "skip", "RIT-1@2026-11-16", "--reason", "travel", "--as", "Bert")

    def test_two_silent_misses_go_to_the_lead_of_the_team(self):
        self.team_of_three()
        self.assertEqual([self.hears(name) for name in ("Ada", "Cleo")], [[], []])
        self.assertIn("say why", self.hears("Bert")[0])
        self.at("2026-11-18T12:00:00Z")
        twice = ["not held 2 times in a row without a word; its owner is Bert"]
        self.assertEqual([self.hears(name) for name in ("Ada", "Bert", "Cleo")], [[], twice, twice])

    def test_without_a_lead_who_is_there_they_go_to_the_owners(self):
        self.team_of_three()
        self.at("2026-11-18T12:00:00Z")
        self.rondo("person", "drop", "Cleo", "--as", "Ada")
        self.assertEqual(len(self.hears("Ada")), 1)
        self.refused_command("'Cleo' was dropped", "team", "add", "--name", "Red", "--lead", "PER-3", "--as", "Ada")
        self.refused_command("there is no person 'Cleo'", "team", "add", "--name", "Red", "--lead", "Cleo", "--as", "Ada")

    def test_a_lead_who_owns_the_ritual_hears_of_it_as_its_owner_and_the_owners_hear_too(self):
        self.team_of_three()
        self.at("2026-11-18T12:00:00Z")
        self.rondo("team", "set", "Support", "--lead", "Bert", "--as", "Ada")
        self.assertEqual([len(self.hears(name)) for name in ("Ada", "Bert", "Cleo")], [1, 1, 0])

    def test_moving_keeps_its_limits(self):
        self.installed()
        self.rondo("ritual", "move", REVIEW, "--to", "2026-11-17T15:00")
        self.assertEqual(self.line(REVIEW)["at"], "2026-11-17T15:00:00Z")
        self.refused_command("at most 60 days", "ritual", "move", "OCC-1", "--to", "2027-06-01T10:00")
        self.refused_command("is not a time", "ritual", "move", "OCC-1", "--to", "tomorrow")

    def test_three_empty_of_four_is_a_zombie(self):
        self.initialise()
        self.add_ritual("Standup", "FREQ=DAILY", starts="2026-11-16")
        self.rondo("person", "add", "--name", "Bert")
        for day in range(16, 20):
            self.at("2026-11-%dT09:01:00Z" % day)
            self.rondo("ritual", "open", "Standup", "--as", "Ada")
            if day == 16:
                self.rondo("occurrence", "set", "OCC-1", "--paragraph", "We agreed.", "--as", "Ada")
            self.rondo("ritual", "close", "Standup", "--as", "Ada")
            health = self.rondo("ritual", "health", "--as", "Ada", "--json").json()["rituals"][0]
            self.assertEqual(health["verdict"], "zombie" if day == 19 else "too_few")
        self.assertEqual((health["held"], health["expected"], health["empty"], health["adherence"]), (4, 4, 3, 1.0))
        self.assertIsNone(health["action_closure"])
        self.assertIn("pause", health["advice"])


class TwoPeople(Rituals):
    def setUp(self):
        super().setUp()
        self.initialise()
        for name, roles in (("Bert", "member"), ("Cleo", "viewer")):
            self.rondo("person", "add", "--name", name, "--as", "Ada")
            self.rondo("membership", "add", "--person", name, "--roles", roles, "--as", "Ada")
        self.rondo("ritual", "install", "ai-week", "--as", "Ada")
        self.rondo("ritual", "open", REVIEW, "--as", "Bert")

    def test_both_are_there_and_both_write(self):
        self.server = self.serve("--as", "Ada")
        self.ask(200, "POST", "/api/v1/occurrences/OCC-1/attend", {})
        self.ask(200, "POST", "/api/v1/occurrences/OCC-1/notes", {"text": "From Ada"})
        page = self.ask(200, "GET", "/api/v1/occurrences/OCC-1/run")
        self.assertEqual((page["facilitator"], page["attendees"]), ("Bert", ["Bert", "Ada"]))
        self.assertEqual([(note["author"], note["text"]) for note in page["notes"]], [("Ada", "From Ada")])

    def attend(self, **body):
        page = self.ask(200, "POST", "/api/v1/occurrences/OCC-1/attend", body)
        return page["attendees"], page["version"]

    def test_who_runs_it_marks_others_as_there_and_twice_changes_nothing(self):
        self.server = self.serve("--as", "Bert")
        first = self.attend(person="Cleo")
        self.assertEqual(first[0], ["Bert", "Cleo"])
        self.assertEqual(self.attend(person="PER-3"), first)
        self.assertEqual(self.attend(), first)
        self.assertEqual(self.attend(person="Bert"), first)
        gone = self.attend(person="Cleo", there=False)
        self.assertEqual(gone[0], ["Bert"])
        self.assertEqual(self.attend(person="Cleo", there=False), gone)

    def test_nobody_comes_whom_the_workspace_does_not_have(self):
        attend = "/api/v1/occurrences/OCC-1/attend"
        self.rondo("person", "drop", "Cleo", "--as", "Ada")
        self.server = self.serve("--as", "Bert")
        self.refused(404, "not_found", "there is no person 'Eve'", "POST", attend, {"person": "Eve"})
        self.refused(404, "not_found", "there is no person 'Cleo'", "POST", attend, {"person": "Cleo"})
        self.refused(422, "invalid", "a person of the workspace", "POST", attend, {"person": "PER-3"})
        self.refused(422, "invalid", "'person' is a text", "POST", attend, {"person": 3})
        self.refused(422, "invalid", "is not known here", "POST", attend, {"who": "Ada"})
        self.assertEqual(self.ask(200, "GET", "/api/v1/occurrences/OCC-1/run")["attendees"], ["Bert"])

    def test_two_who_adjust_a_step_at_once_are_told_what_it_is_now(self):
        self.server = self.serve("--as", "Ada")
        step = self.ask(200, "GET", "/api/v1/occurrences/OCC-1/run")["steps"][0]
        path, seen = "/api/v1/occurrence-steps/" + step["id"], {"If-Match": '"%d"' % step["version"]}
        self.ask(200, "PATCH", path, {"minutes": 20, "started": "2026-11-16T10:01:00Z"}, headers=seen)
        problem = self.refused(412, "stale", "", "PATCH", path, {"minutes": 5}, headers=seen)
        self.assertEqual((problem["version"], problem["conflicts"]), (2, [{"field": "minutes", "yours": 5, "theirs": 20}]))
        problem = self.refused(412, "stale", "", "PATCH", path, {"started": "2026-11-16T10:02:00Z"}, headers=seen)
        self.assertEqual(problem["conflicts"], [{"field": "started", "yours": "2026-11-16T10:02:00Z", "theirs": "2026-11-16T10:01:00Z"}])
        now = self.ask(200, "GET", "/api/v1/occurrences/OCC-1/run")["steps"][0]
        self.assertEqual((now["minutes"], now["started"], now["version"]), (20, "2026-11-16T10:01:00Z", 2))
        self.ask(200, "PATCH", path, {"minutes": 5}, headers={"If-Match": '"2"'})

    def test_before_the_opening_a_step_has_no_version(self):
        self.server = self.serve("--as", "Ada")
        steps = self.ask(200, "GET", "/api/v1/occurrences/RIT-2@2026-11-17/run")["steps"]
        self.assertEqual([(step["id"], step["version"]) for step in steps], [(None, None)] * 3)

    def test_who_may_only_read_closes_nothing(self):
        self.refused_command("role", "ritual", "close", REVIEW, "--incomplete", "--reason", "x", "--as", "Cleo")
        self.rondo("ritual", "close", REVIEW, "--incomplete", "--reason", "x", "--as", "Bert")
        self.refused_command("closed as incomplete by Bert already", "ritual", "close", "OCC-1", "--as", "Ada")


class Roles(Rituals):
    """Ada owns the ritual, Bert is its facilitator, Cleo its scribe."""

    def setUp(self):
        super().setUp()
        self.initialise()
        for name in ("Bert", "Cleo"):
            self.ada("person", "add", "--name", name)
            self.ada("membership", "add", "--person", name, "--roles", "member")
        self.ada("ritual", "add", "--name", "Sync", "--rule", "FREQ=WEEKLY;BYDAY=MO", "--starts", "2026-11-16",
                 "--at", "09:00", "--owner", "Ada")
        self.ada("ritual-preparation", "add", "--ritual", "Sync", "--task", "Read")
        self.ada("ritual-role", "add", "--ritual", "Sync", "--name", "Facilitator", "--person", "Bert")
        self.ada("ritual-role", "add", "--ritual", "Sync", "--name", "scribe", "--person", "Cleo")

    def ada(self, *words):
        return self.rondo(*words, "--as", "Ada")

    def waits(self):
        """What the inboxes say of the ritual and its roles."""
        return {name: [item["why"] for item in self.rondo("inbox", "--json", "--as", name).json()["items"]]
                for name in ("Ada", "Bert", "Cleo")}

    def page(self):
        self.server = self.serve("--as", "Ada")
        return self.ask(200, "GET", "/api/v1/occurrences/RIT-1@2026-11-16/run")

    def test_what_comes_is_prepared_by_who_leads_it(self):
        self.assertEqual(self.waits(), {"Ada": [], "Bert": ["you lead it: 1 preparation is to be done before it"], "Cleo": []})
        self.page()
        self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/prepare", {"preparation": "RPR-1"})
        self.assertEqual(self.waits(), {"Ada": [], "Bert": ["you lead it"], "Cleo": []})

    def held(self, day):
        self.env["RONDO_NOW"] = day + "T09:00:00Z"
        self.ada("ritual", "open", "RIT-1@" + day)
        self.ada("ritual", "close", "Sync")
        return [(role["name"], role["person"]) for role in self.ada("ritual-role", "list", "--json").json()["items"]]

    def test_a_role_that_takes_turns_goes_to_the_next_each_time_it_was_held(self):
        self.ada("ritual", "set", "Sync", "--attendees", "Ada,Bert,Cleo")
        self.ada("ritual-role", "set", "RRO-1", "--rotates", "yes")
        self.assertEqual(self.held("2026-11-16"), [("Facilitator", "Cleo"), ("scribe", "Cleo")])
        self.assertIn("Bert", self.ada("ritual", "minutes", "OCC-1").out)
        self.env["RONDO_NOW"] = "2026-11-23T09:00:00Z"
        self.ada("ritual", "skip", "RIT-1@2026-11-23", "--reason", "nobody was there")
        self.assertEqual(self.held("2026-11-30"), [("Facilitator", "Ada"), ("scribe", "Cleo")])
        self.ada("person", "drop", "Bert")
        self.assertEqual(self.held("2026-12-07"), [("Facilitator", "Cleo"), ("scribe", "Cleo")])
        self.ada("ritual", "set", "Sync", "--attendees", "Cleo")
        self.assertEqual(self.held("2026-12-14"), [("Facilitator", "Cleo"), ("scribe", "Cleo")])

    def test_who_leads_it_and_is_away_is_told_and_so_is_its_owner(self):
        self.rondo("absence", "add", "--first-day", "2026-11-14", "--last-day", "2026-11-16", "--as", "Bert")
        away = "Bert leads it and is away until 2026-11-16: name somebody else, or move it"
        self.assertEqual(self.waits(), {"Ada": [away], "Bert": ["you lead it and are away: name who does, or move it"], "Cleo": []})
        (line,) = self.ada("week", "--json").json()["rituals"]
        self.assertEqual((line["leader"], line["leader_is_away"]), ("Bert", True))
        self.assertIn("Ada, led by Bert (away)", self.ada("week").out)
        self.ada("ritual", "move", "RIT-1@2026-11-16", "--to", "2026-11-17T09:00")
        self.assertEqual(self.waits(), {"Ada": [], "Bert": ["you lead it: 1 preparation is to be done before it"], "Cleo": []})
        self.assertFalse(self.ada("week", "--json").json()["rituals"][0]["leader_is_away"])

    def test_where_the_owner_leads_and_is_away_those_above_are_told(self):
        self.ada("ritual-role", "set", "RRO-1", "--person", "")
        self.ada("ritual", "set", "Sync", "--owner", "Cleo")
        self.rondo("absence", "add", "--first-day", "2026-11-16", "--as", "Cleo")
        away = "Cleo leads it and is away until 2026-11-16: name somebody else, or move it"
        self.assertEqual(self.waits(), {"Ada": [away], "Bert": [], "Cleo": ["you lead it and are away: name who does, or move it"]})

    def test_the_owner_leads_where_nobody_is_named(self):
        self.ada("ritual-role", "set", "RRO-1", "--person", "")
        self.assertEqual(self.waits(), {"Ada": ["1 preparation is to be done before it"], "Bert": [], "Cleo": []})
        self.assertEqual(self.page()["leader"], "Ada")

    def test_who_is_named_for_the_day_leads_that_day(self):
        self.page()
        key = self.ask(200, "POST", "/api/v1/occurrences/RIT-1@2026-11-16/items", {"title": "News"})["occurrence"]
        self.ask(200, "PATCH", "/api/v1/occurrences/" + key, {"facilitator": "Cleo"})
        self.assertEqual([len(self.waits()[name]) for name in ("Ada", "Bert", "Cleo")], [0, 0, 1])

    def test_the_week_and_the_page_say_who_does_what(self):
        week = self.ada("week", "--json").json()["rituals"][0]
        self.assertEqual((week["owner"], week["leader"]), ("Ada", "Bert"))
        self.assertIn("Ada, led by Bert", self.ada("week").out)
        page = self.page()
        self.assertEqual(page["leader"], "Bert")
        self.assertEqual([(role["name"], role["person"], role["left"], role["advice"]) for role in page["roles"]],
                         [("Facilitator", "Bert", False, None), ("scribe", "Cleo", False, None)])

    def test_who_has_the_role_leads_whoever_opens_and_is_asked_to_close(self):
        self.at("2026-11-16T09:00:00Z")
        self.ada("ritual", "open", "Sync")
        self.at("2026-11-16T12:00:00Z")
        self.assertEqual(self.waits(), {"Ada": [], "Bert": ["it is open past its end: close it"], "Cleo": []})
        self.ada("ritual", "close", "Sync")
        minutes = self.ada("ritual", "minutes", "OCC-1").out
        for words in ("- Facilitator: Bert\n", "- There: Ada\n", "- As scribe: Cleo\n"):
            self.assertIn(words, minutes)
        self.assertNotIn("As Facilitator", minutes)

    def test_a_role_whose_person_left_is_told_to_the_owner_who_leads_meanwhile(self):
        self.ada("person", "drop", "Bert")
        self.ada("person", "drop", "Cleo")
        left = ["its %s was %s, who left: give RRO-%d to somebody" % one
                for one in (("Facilitator", "Bert", 1), ("scribe", "Cleo", 2))]
        waits = [item["why"] for item in self.ada("inbox", "--json").json()["items"]]
        self.assertEqual(sorted(waits), ["1 preparation is to be done before it"] + left)
        page = self.page()
        self.assertEqual((page["leader"], [(role["left"], role["advice"]) for role in page["roles"]]),
                         ("Ada", [(True, left[0]), (True, left[1])]))
        self.refused_command("'Bert' was dropped", "ritual-role", "set", "RRO-2", "--person", "PER-2", "--as", "Ada")
        self.ada("ritual-role", "set", "RRO-1", "--person", "Ada")
        self.ada("ritual-role", "drop", "RRO-2")
        self.assertEqual(len(self.ada("inbox", "--json").json()["items"]), 1)

    def test_a_ritual_whose_owner_left_is_told_to_those_above(self):
        self.ada("ritual", "set", "Sync", "--owner", "Bert")
        self.ada("person", "drop", "Bert")
        whys = ["it belongs to Bert, who left: give it to somebody",
                "its Facilitator was Bert, who left: give RRO-1 to somebody"]
        waits = lambda name: [item["why"] for item in self.rondo("inbox", "--json", "--as", name).json()["items"]]
        self.assertEqual((sorted(waits("Ada")), waits("Cleo")), (sorted(whys), []))
        self.ada("team", "add", "--name", "Support", "--lead", "Cleo")
        self.ada("ritual", "set", "Sync", "--team", "Support")
        self.assertEqual((waits("Ada"), sorted(waits("Cleo"))), ([], sorted(whys)))
        self.ada("ritual", "set", "Sync", "--owner", "Ada")
        self.assertEqual((len(waits("Ada")), waits("Cleo")), (2, []))
        self.ada("ritual", "pause", "Sync", "--reason", "summer", "--review-date", "2026-12-01")
        self.assertEqual((waits("Ada"), waits("Cleo")), ([], []))

    def test_who_led_one_that_is_over_stays_who_led_it(self):
        self.at("2026-11-16T09:00:00Z")
        self.ada("ritual", "open", "Sync")
        self.ada("ritual", "close", "Sync")
        self.ada("person", "drop", "Bert")
        self.assertEqual(self.ada("week", "--json").json()["rituals"][0]["leader"], "Bert")


class Week(Rituals):
    def test_it_reads_as_text_and_as_markdown(self):
        self.installed()
        self.assertIn(REVIEW, self.rondo("week").out)
        self.assertIn("| " + REVIEW + " |", self.rondo("week", "--md").out)
        self.assertEqual(set(self.week()), {"week", "team", "zone", "rituals", "needs_me", "late", "promises", "away", "conflicts"})
        line = self.line(REVIEW)
        self.assertEqual((line["occurrence"], line["state"], line["owner"]), ("RIT-1@2026-11-16", "scheduled", "Ada"))

    def test_it_names_ten_that_wait_and_where_the_others_are(self):
        self.initialise()
        for number in range(12):
            self.rondo("action", "add", "--title", "Thing %d" % number, "--owner", "Ada")
        for words in (("week",), ("week", "--md")):
            out = self.rondo(*words).out
            self.assertEqual((out.count("you own it"), out.count("- 2 more: 'rondo inbox'")), (10, 1))
        self.assertEqual(len(self.week()["needs_me"]), 12)
        self.rondo("action", "set", "ACT-1", "ACT-2", "--owner", "")
        self.assertNotIn("more: ", self.rondo("week").out)

    def promised(self):
        return {one["title"]: (one["state"], one["kept"]) for one in self.week()["promises"]}

    def test_what_was_due_in_the_week_before_was_kept_or_not(self):
        self.initialise()
        for title, day in (("Before", "08T23:59"), ("First", "09T00:00"), ("Done", "12T10:00"), ("Given up", "13T10:00"),
                           ("Last", "15T23:59"), ("After", "16T00:00")):
            self.rondo("action", "add", "--title", title, "--due", "2026-11-%s:00Z" % day)
        self.rondo("action", "set", "ACT-3", "--state", "done")
        self.rondo("action", "set", "ACT-4", "--state", "dropped")
        self.at("2026-11-16T06:00:00Z")
        self.assertEqual(self.promised(), {"First": ("open", False), "Done": ("done", True), "Given up": ("dropped", False),
                                           "Last": ("open", False)})
        for words in (("week",), ("week", "--md")):
            out = self.rondo(*words).out
            self.assertIn("Promised for the week before", out)
            self.assertIn("- kept: Done (ACT-3, done): nobody", out)
        self.at("2026-11-09T06:00:00Z")
        self.assertNotIn("Promised", self.rondo("week", "--week", "2026-W45").out)
        self.assertEqual({one["kept"] for one in self.week("--week", "2026-W47")["promises"]}, {None, True, False})

    def test_an_empty_week_says_how_to_begin(self):
        self.initialise()
        for words in (("week",), ("week", "--md")):
            self.assertIn("There is no ritual: 'rondo ritual install ai-week'", self.rondo(*words).out)
        self.assertNotIn("|", self.rondo("week", "--md").out)
        self.refused_command("is not an ISO week", "week", "--week", "2026-W99")
        self.rondo("ritual", "install", "ai-week", "--starts", "2026-11-16")
        for words in (("week", "--week", "2020-W53"), ("week", "--week", "2020-W53", "--md")):
            self.assertIn("No ritual falls in this week", self.rondo(*words).out)
        self.assertIn("| When (UTC) |", self.rondo("week", "--week", "2026-W47", "--md").out)


if __name__ == "__main__":
    unittest.main()
