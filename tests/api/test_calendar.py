"""`rondo calendar read` and `expand`: what a script gets, without a store, and what is refused."""
import os
import unittest

from workspace import Workspace

FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a@x
DTSTART;TZID="W. Europe Standard Time":20261120T100000
DURATION:PT1H30M
RRULE:FREQ=WEEKLY;BYDAY=FR;
EXDATE;TZID=Europe/Berlin:20261127T100000
SUMMARY:Review\\, long
 er
END:VEVENT
BEGIN:VEVENT
UID:a@x
RECURRENCE-ID;TZID=Europe/Berlin:20261211T100000
DTSTART;TZID=Europe/Berlin:20261212T110000
STATUS:CANCELLED
SUMMARY:Moved
END:VEVENT
BEGIN:VEVENT
UID:b@x
DTSTART;VALUE=DATE:20261224
END:VEVENT
BEGIN:VEVENT
UID:c@x
END:VEVENT
END:VCALENDAR
"""


class Calendar(Workspace):
    def expand(self, *words, code=0):
        return self.rondo("calendar", "expand", *words, "--json", code=code)

    def test_a_file_is_read_without_a_store(self):
        read = self.rondo("calendar", "read", self.file("a.ics", FILE), "--json").json()
        self.assertEqual(read, {"events": [
            {"uid": "a@x", "summary": "Review, longer", "start": "2026-11-20T09:00:00Z", "end": "2026-11-20T10:30:00Z",
             "zone": "Europe/Berlin", "all_day": False, "rrule": "FREQ=WEEKLY;BYDAY=FR", "exdates": ["2026-11-27T09:00:00Z"],
             "overrides": [{"recurrence_id": "2026-12-11T09:00:00Z", "start": "2026-12-12T10:00:00Z", "end": "2026-12-12T10:00:00Z",
                            "summary": "Moved", "status": "CANCELLED"}], "status": None},
            {"uid": "b@x", "summary": None, "start": "2026-12-24", "end": "2026-12-25", "zone": None, "all_day": True, "rrule": None,
             "exdates": [], "overrides": [], "status": None}],
            "warnings": ["line 22: the event has no DTSTART: it is left out"]})
        words = self.rondo("calendar", "read", "a.ics")
        self.assertIn("2026-11-20T09:00:00Z  Review, longer, every Friday", words.out)
        self.assertEqual(words.err, "line 22: the event has no DTSTART: it is left out\n")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "rondo.db")))

    def test_what_is_no_calendar_is_refused(self):
        self.assertIn("this is no calendar", self.rondo("calendar", "read", self.file("a.txt", "hello"), "--json", code=2).err)
        self.assertIn("nowhere.ics", self.rondo("calendar", "read", "nowhere.ics", code=2).err)

    def test_a_rule_is_expanded_over_a_change_of_the_clock(self):
        told = self.expand("--rule", "FREQ=WEEKLY;BYDAY=MO", "--start", "2026-10-19T10:00", "--zone", "Europe/Berlin", "--from", "2026-10-01",
                           "--to", "2026-11-09", "--exdate", "2026-11-02T10:00", "--exdate", "2026-11-09").json()
        self.assertEqual(told, {"starts": ["2026-10-19T08:00:00Z", "2026-10-26T09:00:00Z"]})
        days = self.expand("--rule", "FREQ=MONTHLY;BYDAY=3TH", "--start", "2026-10-15", "--zone", "Asia/Tokyo", "--from", "2026-11-01",
                           "--to", "2026-12-17", "--exdate", "2026-11-19").json()
        self.assertEqual(days, {"starts": ["2026-12-17"]})

    def test_further_dates_are_beside_the_rule_unless_they_are_left_out(self):
        told = self.expand("--rule", "FREQ=WEEKLY;COUNT=2", "--start", "2026-10-19T10:00", "--zone", "Europe/Berlin", "--from", "2026-10-01",
                           "--to", "2026-11-09", "--rdate", "2026-11-03T11:00", "--rdate", "2026-10-26", "--rdate", "2026-10-22",
                           "--rdate", "20261105T100000Z/PT1H", "--rdate", "2026-11-06", "--exdate", "2026-11-06", "--rdate", "2026-11-12").json()
        self.assertEqual(told, {"starts": ["2026-10-19T08:00:00Z", "2026-10-22T08:00:00Z", "2026-10-26T09:00:00Z", "2026-11-03T10:00:00Z",
                                           "2026-11-05T10:00:00Z"]})
        days = self.expand("--rule", "FREQ=DAILY;COUNT=1", "--start", "2026-10-15", "--from", "2026-10-01", "--to", "2026-12-17",
                           "--rdate", "2026-11-19").json()
        self.assertEqual(days, {"starts": ["2026-10-15", "2026-11-19"]})

    def test_a_further_date_of_a_file_is_an_override_of_itself(self):
        file = FILE.replace("SUMMARY:Review", "RDATE;TZID=Europe/Berlin;VALUE=PERIOD:20261201T100000/PT1H\nSUMMARY:Review")
        read = self.rondo("calendar", "read", self.file("a.ics", file), "--json").json()["events"][0]
        self.assertEqual(set(read), {"uid", "summary", "start", "end", "zone", "all_day", "rrule", "exdates", "overrides", "status"})
        self.assertEqual(read["overrides"][0], {"recurrence_id": "2026-12-01T09:00:00Z", "start": "2026-12-01T09:00:00Z",
                                                "end": "2026-12-01T10:00:00Z", "summary": None, "status": None})
        self.assertEqual(len(read["overrides"]), 2)

    def test_bad_questions_are_refused_by_name(self):
        fine = {"--rule": "FREQ=DAILY", "--start": "2026-10-19", "--from": "2026-10-01", "--to": "2026-11-01"}
        for change, words in (({"--rule": "FREQ=SECONDLY"}, "FREQ=SECONDLY"), ({"--start": "Monday"}, "'Monday' is no time"),
                              ({"--zone": "Mars/Base"}, "Mars/Base"), ({"--to": "2026-09-01"}, "other way round"),
                              ({"--rule": "FREQ=DAILY;COUNT=2;UNTIL=20261101"}, "COUNT and UNTIL"), ({"--exdate": "x"}, "'x' is no time"),
                              ({"--rdate": "x"}, "'x' is no time"), ({"--rdate": "2026-10-20/soon"}, "'soon' is no time"),
                              ({"--from": None}, "needs --from")):
            with self.subTest(change=change):
                asked = {name: value for name, value in {**fine, **change}.items() if value is not None}
                self.assertIn(words, self.expand(*[word for pair in asked.items() for word in pair], code=2).err)


if __name__ == "__main__":
    unittest.main()
