"""Who is there: working hours that each says of oneself, absences and who reads why, public holidays and who follows
them, and what a week, a calendar and a ritual make of it."""
import unittest

from server import ServedWorkspace


class Presence(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        for name in ("Bert", "Cleo"):
            self.rondo("person", "add", "--as", "Ada", "--name", name, "--zone", "Europe/Berlin")
            self.rondo("membership", "add", "--as", "Ada", "--person", name, "--roles", "member")
        self.rondo("team", "add", "--as", "Ada", "--name", "Red")
        self.env["RONDO_AS"] = "Ada"

    def begin(self):
        self.server = self.serve()
        self.bert = self.token("Bert", "write")
        self.cleo = self.token("Cleo", "write")

    def token(self, person, scopes):
        return self.rondo("token", "add", "--as", person, "--name", "t", "--scopes", scopes, "--json").json()["token"]

    def away(self, person="Bert", first="2026-11-16", last="2026-11-18", *words, **options):
        return self.rondo("absence", "add", "--as", person, "--first-day", first, "--last-day", last, *words, **options)


class Hours(Presence):
    def test_each_says_ones_own_hours_and_zone_and_no_more(self):
        self.begin()
        told = {"working_from": "09:00", "working_until": "17:30", "working_days": "fr,mo", "zone": "Europe/Warsaw"}
        row = self.ask(200, "PATCH", "/api/v1/persons/PER-2", told, token=self.bert)
        self.assertEqual({name: row[name] for name in told}, dict(told, working_days="MO,FR"))
        self.refused(403, "forbidden", "'name' of a person is changed by an owner", "PATCH", "/api/v1/persons/PER-2",
                     {"name": "Bertie"}, token=self.bert)
        self.refused(403, "forbidden", "needs the role 'owner'", "PATCH", "/api/v1/persons/PER-3", told, token=self.bert)
        self.refused(403, "forbidden", "needs the role 'owner'", "DELETE", "/api/v1/persons/PER-2", token=self.bert)
        self.refused(403, "forbidden", "needs the role 'owner'", "POST", "/api/v1/persons", {"name": "Dora"}, token=self.bert)
        self.refused(403, "forbidden", "scope 'write'", "PATCH", "/api/v1/persons/PER-2",
                     {"working_days": "SU"}, token=self.token("Bert", "read"))
        self.rondo("person", "set", "Bert", "--working-days", "MO", "--as", "Bert")
        self.rondo("person", "undo", "Bert", "--as", "Bert")
        self.assertEqual(self.rondo("person", "show", "Bert", "--json").json()["working_days"], "MO,FR")
        self.rondo("person", "set", "Bert", "--email", "bert@example.org", "--working-days", "TU")  # an owner may all of it

    def test_hours_that_are_none_are_refused_with_what_to_do(self):
        self.begin()
        for body, field, words in (({"working_from": "09:00"}, "working_until", "give both, or neither"),
                                   ({"working_from": "9", "working_until": "17:00"}, "working_from", "write it like 09:30"),
                                   ({"working_days": "monday"}, "working_days", "use MO, TU, WE")):
            answer = self.refused(422, "invalid", words, "PATCH", "/api/v1/persons/PER-2", body, token=self.bert)
            self.assertEqual(answer["field"], field)
        self.assertIsNone(self.ask(200, "GET", "/api/v1/persons/PER-2", token=self.bert)["working_from"])

    def test_presence_says_what_is_known(self):
        self.begin()

        def presence(at, person="PER-2"):
            return self.ask(200, "GET", "/api/v1/persons/%s/presence?at=%s" % (person, at), token=self.cleo)

        self.assertEqual(presence("2026-11-16T09:00:00Z"),
                         {"id": "PER-2", "at": "2026-11-16T09:00:00Z", "zone": "Europe/Berlin", "day": "2026-11-16",
                          "presence": "unknown", "away_until": None})
        self.rondo("person", "set", "Bert", "--working-from", "09:00", "--working-until", "17:00", "--as", "Bert")
        self.assertEqual(presence("2026-11-16T08:00:00Z")["presence"], "working")
        self.assertEqual(presence("2026-11-16T16:00:00Z")["presence"], "off_hours")
        self.away("Bert", "2026-11-17", "2026-11-18")
        told = presence("2026-11-16T23:30:00Z")
        self.assertEqual((told["day"], told["presence"], told["away_until"]), ("2026-11-17", "absent", "2026-11-18"))
        self.refused(422, "invalid", "not an instant", "GET", "/api/v1/persons/PER-2/presence?at=2026-11-16T09:00",
                     token=self.cleo)
        self.refused(404, "not_found", "person", "GET", "/api/v1/persons/PER-9/presence", token=self.cleo)


class Absences(Presence):
    def test_colleagues_read_until_when_and_not_why(self):
        self.away("Bert", "2026-11-16", "2026-11-18", "--kind", "illness", "--note", "in hospital")
        self.begin()
        own = self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.bert)
        self.assertEqual((own["kind"], own["note"]), ("illness", "in hospital"))
        self.assertEqual(self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.token("Ada", "read"))["kind"], "illness")
        for path in ("/api/v1/absences/ABS-1", "/api/v1/absences", "/api/v1/absences/ABS-1/history",
                     "/api/v1/absences?as_of=2027-01-01", "/api/v1/search?q=hospital", "/api/v1/search?q=illness",
                     "/api/v1/calendar?from=2026-11-16&to=2026-11-22", "/api/v1/week"):
            self.ask(200, "GET", path, token=self.cleo)
            self.assertNotIn("hospital", self.reply.text.replace("q=hospital", ""), path)
            self.assertNotIn('"illness"', self.reply.text, path)
        seen = self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.cleo)
        self.assertEqual((seen["person"], seen["last_day"], seen["kind"]), ("Bert", "2026-11-18", None))
        self.refused(400, "usage", "'kind' is no filter", "GET", "/api/v1/absences?kind=illness", token=self.cleo)

    def test_who_reads_why_is_the_person_whoever_wrote_it_and_owners_of_the_team(self):
        self.rondo("absence", "add", "--person", "Bert", "--first-day", "2026-11-16", "--kind", "leave")  # by Ada, an owner
        self.begin()
        self.assertEqual(self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.bert)["kind"], "leave")
        self.rondo("membership", "add", "--person", "Cleo", "--team", "Red", "--roles", "owner")
        self.assertIsNone(self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.cleo)["kind"])
        self.rondo("membership", "add", "--person", "Bert", "--team", "Red", "--roles", "member")
        self.assertEqual(self.ask(200, "GET", "/api/v1/absences/ABS-1", token=self.cleo)["kind"], "leave")
        changed = self.ask(200, "PATCH", "/api/v1/absences/ABS-1", {"note": "until March"}, token=self.cleo)
        self.assertEqual(changed["note"], "until March")

    def test_others_write_no_absence(self):
        self.away("Bert")
        self.begin()
        body = {"person": "Bert", "first_day": "2026-11-23"}
        self.refused(403, "forbidden", "somebody else's absence", "POST", "/api/v1/absences", body, token=self.cleo)
        self.refused(403, "forbidden", "somebody else's absence", "PATCH", "/api/v1/absences/ABS-1",
                     {"last_day": "2026-11-20"}, token=self.cleo)
        self.refused(403, "forbidden", "somebody else's absence", "DELETE", "/api/v1/absences/ABS-1", token=self.cleo)
        self.refused(422, "invalid", "fixed at creation", "PATCH", "/api/v1/absences/ABS-1", {"person": "Cleo"},
                     token=self.bert)
        self.assertEqual(len(self.rondo("absence", "list", "--json").json()["items"]), 1)
        self.ask(204, "DELETE", "/api/v1/absences/ABS-1", token=self.bert)

    def test_days_are_told_once(self):
        self.away("Bert", "2026-11-16", "2026-11-18")
        refused = self.away("Bert", "2026-11-18", "2026-11-20", code=2)
        self.assertIn("some of these days are in ABS-1 already, away 2026-11-16 to 2026-11-18", refused.err)
        self.away("Bert", "2026-11-19", "2026-11-20")
        self.away("Cleo", "2026-11-18", "2026-11-20")
        self.assertIn("is needed to add an absence", self.rondo("absence", "add", "--as", "Bert", code=2).err)
        moved = self.rondo("absence", "set", "ABS-2", "--first-day", "2026-11-18", "--as", "Bert", code=2)
        self.assertIn("ABS-1", moved.err)

    def test_a_person_who_is_away_is_shown_so_while_it_lasts(self):
        self.away("Bert", "2026-11-13", "2026-11-16")
        self.away("Bert", "2026-11-17", "2026-11-18")
        self.assertIn("PER-2 Bert (away until 2026-11-18)\n", self.rondo("person", "show", "Bert").out)
        self.assertIn("PER-3 Cleo\n", self.rondo("person", "show", "Cleo").out)
        self.assertNotIn("away", self.rondo("person", "show", "Bert", "--as-of", "2026-11-16T07:00:00.5Z").out)
        self.env["RONDO_NOW"] = "2026-11-18T23:30:00Z"  # the 19th where Bert is
        self.assertNotIn("away", self.rondo("person", "show", "Bert").out)

    def test_absences_go_with_their_person(self):
        self.away("Bert")
        self.rondo("person", "drop", "Bert")
        self.assertEqual(self.rondo("absence", "list", "--json").json()["items"], [])
        refused = self.rondo("absence", "add", "--person", "PER-2", "--first-day", "2026-11-16", code=2)
        self.assertIn("was dropped", refused.err)


class WhereItIsSeen(Presence):
    def test_the_week_says_who_is_away(self):
        self.away("Bert", "2026-11-20", "2026-11-30")
        self.away("Cleo", "2026-11-17", "2026-11-17")
        week = self.rondo("week", "--json").json()
        self.assertEqual(week["away"],
                         [{"id": "PER-3", "person": "Cleo", "first_day": "2026-11-17", "last_day": "2026-11-17"},
                          {"id": "PER-2", "person": "Bert", "first_day": "2026-11-20", "last_day": "2026-11-30"}])
        self.assertIn("\nAway\n- Cleo: 2026-11-17\n- Bert: 2026-11-20 to 2026-11-30\n", self.rondo("week").out)
        self.assertIn("\n## Away\n\n- Cleo", self.rondo("week", "--md").out)
        self.assertEqual(self.rondo("week", "--week", "2026-W46", "--json").json()["away"], [])
        self.assertNotIn("Away", self.rondo("week", "--week", "2026-W46").out)

    def test_who_is_away_is_asked_for_by_day_and_team(self):
        self.away("Bert", "2026-11-16", "2026-11-20")
        self.away("Cleo", "2026-11-17", "2026-11-17")
        self.rondo("membership", "add", "--person", "Cleo", "--team", "Red", "--roles", "member")
        self.begin()

        def away(words=""):
            return [one["person"] for one in self.ask(200, "GET", "/api/v1/away" + words, token=self.cleo)["items"]]

        self.assertEqual(away(), ["Bert"])
        self.assertEqual(away("?to=2026-11-17"), ["Bert", "Cleo"])
        self.assertEqual(away("?from=2026-11-17&team=Red"), ["Cleo"])
        self.assertEqual(away("?from=2026-11-21&to=2026-12-31"), [])
        self.refused(422, "invalid", "before the first", "GET", "/api/v1/away?to=2026-11-15", token=self.cleo)
        self.refused(422, "invalid", "more than 400 days", "GET", "/api/v1/away?to=2028-11-15", token=self.cleo)
        self.refused(422, "invalid", "write it like", "GET", "/api/v1/away?from=monday", token=self.cleo)
        self.refused(404, "not_found", "team", "GET", "/api/v1/away?team=Blue", token=self.cleo)
        self.assertEqual(self.rondo("away", "--to", "2026-11-17").out,
                         "- Bert: 2026-11-16 to 2026-11-20\n- Cleo: 2026-11-17\n")
        self.assertEqual(self.rondo("away", "--from", "2026-11-21").out, "Nobody is away.\n")

    def test_calendars_have_days_away_without_why(self):
        self.away("Bert", "2026-11-20", "2026-11-23", "--kind", "illness")
        self.begin()
        page = self.ask(200, "GET", "/api/v1/calendar?from=2026-11-16&to=2026-11-22", token=self.cleo)
        (event,) = [one for one in page["events"] if one["kind"] == "absence"]
        self.assertEqual((event["title"], event["link"]), ("Bert is away", "/absences/ABS-1"))
        other = self.ask(200, "GET", "/api/v1/calendar?from=2026-11-16&to=2026-11-22&person=Cleo", token=self.cleo)
        self.assertEqual([one for one in other["events"] if one["kind"] == "absence"], [])


class Given(Presence):
    """Something to do for somebody who is away."""

    def test_an_action_is_given_and_whoever_gives_it_is_told(self):
        self.away("Bert", "2026-11-18", "2026-11-20")
        self.begin()
        body = {"title": "Ask legal", "owner": "Bert", "due": "2026-11-18T12:00:00Z"}
        self.assertEqual(self.ask(201, "POST", "/api/v1/actions", body, token=self.cleo)["owner"], "Bert")
        told = "Bert is away until 2026-11-20, and this is due on 2026-11-18"
        self.assertEqual(self.reply.headers["rondo-warning"], told)
        for change in ({"title": "Ask them"}, {"due": "2026-11-17T12:00:00Z"}, {"owner": "Cleo", "due": "2026-11-18T12:00:00Z"}):
            self.ask(200, "PATCH", "/api/v1/actions/ACT-1", change, token=self.cleo)
            self.assertNotIn("rondo-warning", self.reply.headers, change)
        self.ask(200, "PATCH", "/api/v1/actions", {"ids": ["ACT-1"], "set": {"owner": "Bert"}}, token=self.cleo)
        self.assertEqual(self.reply.headers["rondo-warning"], told)
        self.ask(200, "POST", "/api/v1/actions/ACT-1/finish", token=self.cleo)
        self.assertNotIn("rondo-warning", self.reply.headers)
        self.ask(200, "GET", "/api/v1/actions/ACT-1", token=self.cleo)
        self.assertNotIn("rondo-warning", self.reply.headers)

    def test_without_a_day_it_is_today_that_counts(self):
        self.away("Bert", "2026-11-13", "2026-11-16")
        done = self.rondo("action", "add", "--title", "Ask legal", "--owner", "Bert")
        self.assertEqual((done.out, done.err), ("ACT-1 Ask legal\n", "rondo: warning: Bert is away until 2026-11-16\n"))
        self.assertEqual(self.rondo("action", "add", "--title", "Ask legal", "--owner", "Cleo").err, "")
        late = self.rondo("action", "add", "--title", "Ask them", "--owner", "Bert", "--due", "2026-11-02T12:00:00Z")
        self.assertEqual(late.err, "rondo: warning: Bert is away until 2026-11-16\n")
        refused = self.rondo("action", "add", "--owner", "Bert", code=2)
        self.assertNotIn("warning", refused.err)

    def test_a_role_in_a_ritual_is_something_to_do_and_an_absence_is_not(self):
        self.away("Bert", "2026-11-13", "2026-11-16")
        self.rondo("ritual", "install", "ai-week")
        told = self.rondo("ritual-role", "add", "--ritual", "RIT-1", "--name", "timekeeper", "--person", "Bert").err
        self.assertEqual(told, "rondo: warning: Bert is away until 2026-11-16\n")
        self.assertEqual(self.away("Bert", "2026-11-23", "2026-11-24").err, "")

    def test_an_owner_of_a_decision_that_holds_or_may_come_to_is_asked_for_and_of_another_is_not(self):
        self.away("Bert", "2026-11-13", "2026-11-16")
        told = "Bert is away until 2026-11-16"
        self.begin()
        body = {"title": "Keep the cache", "owner": "Bert", "options": "none"}
        self.ask(201, "POST", "/api/v1/decisions", body, token=self.cleo)
        self.assertEqual(self.reply.headers["rondo-warning"], told)
        for change in ({"context": "It is slow."}, {"owner": "Cleo"}):
            self.ask(200, "PATCH", "/api/v1/decisions/DEC-1", change, token=self.cleo)
            self.assertNotIn("rondo-warning", self.reply.headers, change)
        self.ask(200, "POST", "/api/v1/decisions/DEC-1/accept", {"owner": "Bert"}, token=self.cleo)
        self.assertEqual(self.reply.headers["rondo-warning"], told)
        self.ask(200, "POST", "/api/v1/decisions/DEC-1/deprecate", token=self.cleo)
        self.assertNotIn("rondo-warning", self.reply.headers)
        for owner in ("Cleo", "Bert"):
            self.ask(200, "PATCH", "/api/v1/decisions/DEC-1", {"owner": owner}, token=self.cleo)
            self.assertNotIn("rondo-warning", self.reply.headers, owner)

    def test_a_name_in_other_letters_travels_in_a_header(self):
        self.rondo("person", "set", "Bert", "--name", "Björn 100%")
        self.away("Björn 100%", "2026-11-13", "2026-11-16")
        self.server = self.serve()
        self.ask(201, "POST", "/api/v1/actions", {"title": "Ask legal", "owner": "PER-2"}, token=self.token("Ada", "write"))
        self.assertEqual(self.reply.headers["rondo-warning"], "Bj%C3%B6rn 100%25 is away until 2026-11-16")


def holidays(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Bavaria"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", "UID:%d@example" % number, *event, "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


XMAS = ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY:Christmas"]
YEARLY = ["DTSTART;VALUE=DATE:20251003", "SUMMARY:German Unity Day", "RRULE:FREQ=YEARLY"]


class Holidays(Presence):
    def take(self, *events, words=(), **options):
        return self.rondo("holiday", "import", self.file("h.ics", holidays(*events)), "--json", *words, **options)

    def days(self):
        return [(row["day"], row["name"]) for row in self.rondo("holiday", "list", "--json", "--sort", "day").json()["items"]]

    def test_a_file_makes_a_calendar_of_whole_days(self):
        answer = self.take(XMAS, ["DTSTART:20261224T120000Z", "SUMMARY:Half a day"],
                           ["DTSTART;VALUE=DATE:20261206", "SUMMARY:St Nicholas", "DESCRIPTION:Observance\\nTo hide"]).json()
        self.assertEqual((answer["id"], answer["name"], answer["new"], answer["known"]), ("HCA-1", "Bavaria", 2, 0))
        self.assertEqual(self.days(), [("2026-12-25", "Christmas"), ("2026-12-26", "Christmas")])
        self.assertEqual(len(answer["warnings"]), 2)
        self.assertIn("'Half a day' has a time of day", answer["warnings"][0])
        again = self.take(XMAS, YEARLY).json()
        self.assertEqual((again["id"], again["new"], again["known"]), ("HCA-1", 7, 2))
        self.assertEqual(self.days()[0], ("2025-10-03", "German Unity Day"))
        self.assertEqual(self.days()[-1][0], "2031-10-03")

    def test_a_file_without_holidays_makes_nothing(self):
        refused = self.take(["DTSTART:20261224T120000Z", "SUMMARY:Half a day"], code=2)
        self.assertIn("there is no holiday in the file", refused.err)
        self.assertEqual(self.rondo("holiday-calendar", "list", "--json").json()["items"], [])
        nameless = self.file("n.ics", holidays(XMAS).replace("X-WR-CALNAME:Bavaria\r\n", ""))
        self.assertIn("give --calendar NAME", self.rondo("holiday", "import", nameless, code=2).err)
        self.assertEqual(self.rondo("holiday", "import", nameless, "--calendar", "Saxony", "--json").json()["name"], "Saxony")
        self.rondo("holiday", "import", nameless, "--calendar", "Saxony", "--as", "Bert")
        self.rondo("membership", "drop", "MEM-2")
        refused = self.rondo("holiday", "import", nameless, "--calendar", "Poland", "--as", "Bert", code=1)
        self.assertIn("role 'member'", refused.err)

    def test_a_file_by_the_api_goes_into_a_calendar_that_is_there(self):
        self.rondo("holiday-calendar", "add", "--name", "Bavaria")
        self.begin()
        answer = self.ask(200, "POST", "/api/v1/holiday-calendars/Bavaria/file", holidays(XMAS), token=self.bert)
        self.assertEqual((answer["id"], answer["new"]), ("HCA-1", 2))
        self.refused(404, "not_found", "holiday calendar", "POST", "/api/v1/holiday-calendars/Peru/file", holidays(XMAS),
                     token=self.bert)
        self.refused(422, "invalid", "", "POST", "/api/v1/holiday-calendars/Bavaria/file", "<html>", token=self.bert)

    def test_a_holiday_is_of_a_team_or_of_a_calendar(self):
        self.rondo("holiday-calendar", "add", "--name", "Bavaria")
        words = ("holiday", "add", "--name", "Rest", "--day", "2026-11-18")
        self.assertIn("of a team or of a calendar", self.rondo(*words, "--team", "Red", "--calendar", "Bavaria", code=2).err)
        self.rondo(*words, "--calendar", "Bavaria")
        self.assertIn("there is already a holiday", self.rondo(*words, "--calendar", "Bavaria", code=1).err)
        self.rondo(*words, "--team", "Red")
        self.rondo("holiday-calendar", "drop", "Bavaria")
        self.assertEqual([row["id"] for row in self.rondo("holiday", "list", "--json").json()["items"]], ["HOL-2"])

    def test_rituals_of_a_team_keep_the_holidays_that_it_follows(self):
        self.rondo("ritual", "install", "ai-week", "--team", "Red")
        self.rondo("holiday-calendar", "add", "--name", "Bavaria")
        self.rondo("holiday", "add", "--name", "Rest", "--day", "2026-11-18", "--calendar", "Bavaria")

        def wednesdays():
            return [one["ritual"] for one in self.rondo("week", "--json").json()["rituals"] if one["at"].startswith("2026-11-18")]

        held = wednesdays()
        self.assertEqual(len(held), 1)
        self.rondo("team", "set", "Red", "--holiday-calendar", "Bavaria")
        self.assertEqual(wednesdays(), [])

    def test_each_has_the_holidays_of_the_calendar_that_is_followed(self):
        self.rondo("holiday-calendar", "add", "--name", "Bavaria")
        self.rondo("holiday", "add", "--name", "Rest", "--day", "2026-11-18", "--calendar", "Bavaria")
        self.rondo("person", "set", "Bert", "--holiday-calendar", "Bavaria", "--as", "Bert")
        self.begin()
        asked = "/api/v1/persons/%s/presence?at=2026-11-18T09:00:00Z"
        self.assertEqual(self.ask(200, "GET", asked % "PER-2", token=self.cleo)["presence"], "holiday")
        self.assertEqual(self.ask(200, "GET", asked % "PER-3", token=self.cleo)["presence"], "unknown")
        calendar = "/api/v1/calendar?from=2026-11-16&to=2026-11-22&person="
        for person, count in (("Bert", 1), ("Cleo", 0)):
            events = self.ask(200, "GET", calendar + person, token=self.cleo)["events"]
            self.assertEqual(len([one for one in events if one["kind"] == "holiday"]), count, person)


if __name__ == "__main__":
    unittest.main()
