"""Calendars of other programs: files read in by command and by the API, what they meet, and what others read of them."""
import unittest

from server import ServedWorkspace
from workspace import about_stores

WEEK = ("--from", "2026-11-23", "--to", "2026-11-29")
ASK = "/api/v1/calendar/conflicts?from=2026-11-23&to=2026-11-29"


def calendar(*events):
    """A file of events, each a list of lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Work"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", "UID:%d@example" % number, *event, "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


def timed(start, end, summary, *more):
    return ["DTSTART:202611%sZ" % start, "DTEND:202611%sZ" % end, "SUMMARY:" + summary, *more]


DENTIST = timed("23T101500", "23T110000", "Dentist", "LOCATION:Main street")


class OutsideCalendars(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.rondo("ritual", "install", "ai-week")

    def take(self, *events, words=(), **options):
        return self.rondo("calendar", "import", self.file("w.ics", calendar(*events)), "--json", *words, **options)

    def conflicts(self, *words):
        return self.rondo("calendar", "conflicts", "--json", *WEEK, *words).json()["conflicts"]


@about_stores  # events have SQL of their own
class Files(OutsideCalendars):
    def test_the_file_names_the_calendar_and_is_read_again(self):
        first = self.take(DENTIST).json()
        self.assertEqual(first, {"id": "OCA-1", "name": "Work", "is_private": True, "events": 1, "warnings": []})
        self.assertEqual(self.take(DENTIST, timed("24T120000", "24T130000", "Lunch")).json()["events"], 2)
        self.assertEqual(self.take(DENTIST, words=("--name", "Other")).json()["id"], "OCA-2")
        rows = self.rondo("outside-calendar", "list", "--json").json()["items"]
        self.assertEqual([(row["name"], row["person"], row["events"]) for row in rows], [("Work", "Ada", 2), ("Other", "Ada", 1)])

    def test_a_file_without_a_name_needs_one(self):
        file = self.file("n.ics", calendar(DENTIST).replace("X-WR-CALNAME:Work\r\n", ""))
        self.assertIn("give --name NAME", self.rondo("calendar", "import", file, code=2).err)
        self.rondo("calendar", "import", file, "--name", "Work")

    def test_what_is_no_calendar_leaves_what_was_there(self):
        self.take(DENTIST)
        self.rondo("calendar", "import", self.file("x.ics", "<html>Sign in</html>"), "--name", "Work", code=2)
        self.assertEqual(len(self.conflicts()), 1)

    def test_what_is_broken_is_told_with_its_line_and_the_rest_is_in(self):
        answer = self.take(DENTIST, ["DTSTART:tomorrow", "SUMMARY:Broken"]).json()
        self.assertEqual(answer["events"], 1)
        self.assertEqual(len(answer["warnings"]), 1)
        self.assertRegex(answer["warnings"][0], r"^line \d+: ")


class Conflicts(OutsideCalendars):
    def test_a_ritual_meets_what_it_shares_a_minute_with(self):
        self.take(DENTIST, timed("24T090000", "24T100000", "Ends before"), timed("26T103000", "26T110000", "Begins after"),
                  timed("27T100000", "27T101500", "Takes no time", "TRANSP:TRANSPARENT"))
        met = self.conflicts()
        self.assertEqual([(one["title"], one["with"]["title"]) for one in met], [("Monday eval review", "Dentist")])
        self.assertEqual(met[0]["with"], {
            "title": "Dentist", "place": "Main street", "calendar": "Work", "from": "2026-11-23T10:15:00Z",
            "until": "2026-11-23T11:00:00Z", "all_day": False, "private": False})
        self.assertIn("Monday eval review meets 'Dentist' (Work, 10:15 to 11:00)", self.rondo("calendar", "conflicts", *WEEK).out)

    def test_a_skipped_ritual_meets_nothing(self):
        self.take(DENTIST)
        self.rondo("ritual", "skip", self.conflicts()[0]["link"].split("/")[2], "--reason", "the dentist")
        self.assertEqual(self.conflicts(), [])
        self.assertIn("No ritual meets anything", self.rondo("calendar", "conflicts", *WEEK).out)

    def test_whole_days_and_rules_are_met_too(self):
        self.take(["DTSTART;VALUE=DATE:20261125", "SUMMARY:Away"],
                  ["DTSTART:20261030T100000Z", "DURATION:PT10M", "RRULE:FREQ=WEEKLY;BYDAY=FR", "SUMMARY:Call"])
        self.assertEqual([(one["title"].split()[0], one["with"]["title"], one["with"]["all_day"]) for one in self.conflicts()],
                         [("Wednesday", "Away", True), ("Friday", "Call", False)])

    def test_further_dates_are_met_and_those_left_out_are_not(self):
        self.take(["DTSTART:20261001T100000Z", "DURATION:PT30M", "RDATE:20261123T100000Z,20261124T100000Z,20261125T100000Z",
                   "EXDATE:20261124T100000Z", "SUMMARY:Call"],
                  ["DTSTART:20261127T100000Z", "DURATION:PT30M", "RDATE:20261201T100000Z", "EXDATE:20261127T100000Z", "SUMMARY:Not that day"])
        self.assertEqual([(one["title"].split()[0], one["with"]["title"]) for one in self.conflicts()], [("Monday", "Call"), ("Wednesday", "Call")])

    def test_what_meets_in_the_coming_week_waits_for_its_person(self):
        self.take(DENTIST, timed("23T103000", "23T104000", "Call"), timed("16T103000", "16T104000", "Today"),
                  timed("25T101500", "25T110000", "Too far away"))
        self.env["RONDO_NOW"] = "2026-11-16T11:00:00Z"
        waits = [one for one in self.rondo("inbox", "--json").json()["items"] if one["kind"] == "conflict"]
        self.assertEqual([(one["id"], one["title"], one["why"], one["due"]) for one in waits], [
            ("RIT-1", "Monday eval review", "it meets 'Dentist' (Work) on 2026-11-23 10:00: move it, or skip it with a reason",
             "2026-11-23T10:00:00Z")])
        self.rondo("inbox", "done", "RIT-1")
        self.assertNotIn("Dentist", self.rondo("inbox").out)

    def test_days_that_are_none_are_refused(self):
        self.assertIn("is not a day", self.rondo("calendar", "conflicts", "--from", "Monday", code=2).err)
        self.rondo("calendar", "conflicts", "--from", "2026-11-23", "--to", "2026-11-22", code=2)
        self.rondo("calendar", "conflicts", "--person", "Nobody", code=2)


class Week(OutsideCalendars):
    def setUp(self):
        super().setUp()
        self.rondo("person", "add", "--name", "Bea", "--as", "Ada")
        self.rondo("membership", "add", "--person", "Bea", "--roles", "member", "--as", "Ada")

    def week(self, person, *words):
        return self.rondo("week", "--week", "2026-W48", "--as", person, *words)

    def test_what_its_rituals_meet_stands_in_the_week(self):
        self.take(DENTIST, timed("26T103000", "26T110000", "Begins after"), words=("--as", "Ada"))
        for words in ((), ("--md",)):
            out = self.week("Ada", *words).out
            self.assertIn("Rituals that meet something else", out)
            self.assertIn("- 2026-11-23 10:00  Monday eval review meets 'Dentist' (Work, 10:15 to 11:00)", out)
            self.assertNotIn("Begins after", out)
        met = self.week("Ada", "--json").json()["conflicts"]
        self.assertEqual(met, self.rondo("calendar", "conflicts", "--json", *WEEK, "--as", "Ada").json()["conflicts"])
        self.assertEqual([(one["id"], one["link"], one["with"]["title"]) for one in met], [("RIT-1", "/occurrences/RIT-1@2026-11-23/run", "Dentist")])

    def test_a_week_that_meets_nothing_says_nothing(self):
        self.take(timed("26T103000", "26T110000", "Begins after"), words=("--as", "Ada"))
        self.assertNotIn("meet something else", self.week("Ada").out)
        self.assertEqual(self.week("Ada", "--json").json()["conflicts"], [])

    def test_others_read_that_the_time_of_an_owner_is_taken_and_no_word_of_it(self):
        self.take(DENTIST, words=("--as", "Ada"))
        for words in ((), ("--md",), ("--json",)):
            out = self.week("Bea", *words).out
            self.assertIn("Ada: busy", out)
            self.assertNotIn("Dentist", out)
            self.assertNotIn("Main street", out)

    def test_who_owns_none_is_told_of_his_own_and_nobody_else_is(self):
        self.take(DENTIST, words=("--as", "Bea"))
        self.assertIn("meets 'Dentist'", self.week("Bea").out)
        self.assertNotIn("meet something else", self.week("Ada").out)

    def test_a_title_is_no_command_of_a_terminal(self):
        self.take(timed("23T101500", "23T110000", "Dent\x1b[31mist"), words=("--as", "Ada"))
        self.assertIn("Dent\\x1b[31mist", self.week("Ada").out)


class Served(OutsideCalendars):
    def setUp(self):
        super().setUp()
        self.rondo("person", "add", "--name", "Bea", "--as", "Ada")
        self.rondo("membership", "add", "--person", "Bea", "--roles", "member", "--as", "Ada")
        self.server = self.serve()
        self.ada, self.bea = (self.token(name, "read,write") for name in ("Ada", "Bea"))

    def test_a_file_comes_in_by_its_own_address(self):
        made = self.ask(201, "POST", "/api/v1/outside-calendars", {"name": "Work"}, token=self.ada)
        path = "/api/v1/outside-calendars/%s/file" % made["id"]
        taken = self.ask(200, "POST", path, calendar(DENTIST), token=self.ada, headers={"Content-Type": "text/calendar"})
        self.assertEqual(taken["events"], 1)
        self.assertEqual(len(self.ask(200, "GET", ASK, token=self.ada)["conflicts"]), 1)
        self.refused(403, "forbidden", "somebody else's calendar", "POST", path, calendar(), token=self.bea)
        self.refused(422, "invalid", "", "POST", path, "no calendar", token=self.ada)
        self.assertEqual(len(self.ask(200, "GET", ASK, token=self.ada)["conflicts"]), 1)
        self.ask(204, "DELETE", "/api/v1/outside-calendars/" + made["id"], token=self.ada)
        self.assertEqual(self.ask(200, "GET", ASK, token=self.ada)["conflicts"], [])
        self.refused(409, "conflict", "was dropped", "POST", path, calendar(), token=self.ada)

    def test_others_read_that_the_time_is_taken_and_no_word_of_it(self):
        self.take(DENTIST, words=("--as", "Ada"))
        for path in (ASK + "&person=Ada", "/api/v1/calendar?from=2026-11-23&to=2026-11-29&person=Ada"):
            self.ask(200, "GET", path, token=self.bea)
            self.assertIn("Ada: busy", self.reply.text)
            self.assertNotIn("Dentist", self.reply.text)
            self.assertNotIn("Main street", self.reply.text)
            self.ask(200, "GET", path, token=self.ada)
            self.assertIn("Dentist", self.reply.text)
        self.take(DENTIST, words=("--as", "Ada", "--name", "Open", "--shown"))
        self.ask(200, "GET", ASK + "&person=Ada", token=self.bea)
        self.assertIn("Dentist", self.reply.text)

    def test_a_feed_does_not_give_back_what_came_from_calendars(self):
        self.take(DENTIST, words=("--as", "Ada"))
        self.ask(200, "GET", "/api/v1/calendar/ics?from=2026-11-23&to=2026-11-29", token=self.ada)
        self.assertIn("Monday eval review", self.reply.text)
        self.assertNotIn("Dentist", self.reply.text)


if __name__ == "__main__":
    unittest.main()
