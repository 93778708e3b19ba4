"""The calendar people live in: feeds at secret addresses, busy blocks, the calendar of a stretch of time, and a real
calendar program that reads a feed."""
import os
import re
import shutil
import subprocess
import unittest

from server import ServedWorkspace, query
from workspace import about_files

WEEK = query(**{"from": "2026-11-16"}) + "&to=2026-11-22"


def unfolded(text):
    return text.replace("\r\n ", "")


def events(text):
    """The VEVENTs of a calendar, each a dict of its lines by the name in front of ; and :."""
    found = []
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded(text), re.S):
        event = {}
        for line in block.rstrip("\r\n").split("\r\n"):
            name = re.split("[;:]", line)[0]
            event.setdefault(name, []).append(line)
        found.append(event)
    return found


class Calendars(ServedWorkspace):
    def at(self, instant):
        """What follows happens then."""
        self.env["RONDO_NOW"] = instant

    def begun(self):
        self.initialise()
        self.rondo("ritual", "install", "ai-week")

    def ics(self, *words):
        return self.rondo("calendar", "feed", *words).out

    def of_ritual(self, text, ritual="RIT-1"):
        return [event for event in events(text) if event["UID"][0].startswith("UID:%s-ritual@" % ritual)]

    def refused_command(self, words, *command):
        answer = self.run_rondo(*command)
        self.assertIn(answer.code, (1, 2), answer.out)
        self.assertIn(words, answer.err)

    def with_feed(self, *words):
        """A server, and the address of a feed."""
        self.begun()
        path = self.rondo("calendar-feed", "add", *words).out.strip()
        self.server = self.serve()
        return path


class Contents(Calendars):
    def test_a_ritual_is_one_event_with_its_rule(self):
        self.begun()
        mine = self.of_ritual(self.ics())
        self.assertEqual(len(mine), 1)
        self.assertEqual(mine[0]["RRULE"], ["RRULE:FREQ=WEEKLY;BYDAY=MO"])
        self.assertEqual(mine[0]["DTSTART"], ["DTSTART:20261116T100000Z"])
        self.assertEqual(mine[0]["SEQUENCE"], ["SEQUENCE:0"])

    def test_the_same_rows_give_the_same_bytes_later_that_day(self):
        self.begun()
        first = self.ics()
        self.at("2026-11-16T19:00:00Z")
        self.assertEqual(self.ics(), first)

    def test_a_change_is_told_by_its_number(self):
        self.begun()
        self.at("2026-11-16T08:00:00Z")
        self.rondo("ritual", "set", "RIT-1", "--at", "11:00")
        mine = self.of_ritual(self.ics())[0]
        self.assertEqual((mine["SEQUENCE"], mine["LAST-MODIFIED"]),
                         (["SEQUENCE:1"], ["LAST-MODIFIED:20261116T080000Z"]))

    def test_a_moved_day_stands_instead_of_its_instance(self):
        self.begun()
        self.rondo("ritual", "move", "RIT-1@2026-11-23", "--to", "2026-11-24T15:00")
        master, moved = self.of_ritual(self.ics())
        self.assertNotIn("EXDATE", master)
        self.assertEqual(moved["RECURRENCE-ID"], ["RECURRENCE-ID:20261123T100000Z"])
        self.assertEqual(moved["DTSTART"], ["DTSTART:20261124T150000Z"])
        self.assertGreater(int(moved["SEQUENCE"][0].split(":")[1]), int(master["SEQUENCE"][0].split(":")[1]))

    def test_a_skipped_day_is_cancelled_for_a_month_and_then_left_out(self):
        self.begun()
        self.rondo("ritual", "skip", "RIT-1@2026-11-23", "--reason", "nobody is here")
        _, skipped = self.of_ritual(self.ics())
        self.assertEqual(skipped["STATUS"], ["STATUS:CANCELLED"])
        self.assertEqual(skipped["DESCRIPTION"], ["DESCRIPTION:nobody is here"])
        self.at("2026-12-20T07:00:00Z")
        (master,) = self.of_ritual(self.ics())
        self.assertEqual(master["EXDATE"], ["EXDATE:20261123T100000Z"])

    def test_a_holiday_takes_its_day_out_and_is_a_day_itself(self):
        self.begun()
        self.rondo("holiday", "add", "--name", "Day of rest", "--day", "2026-11-23")
        told = self.ics()
        self.assertEqual(self.of_ritual(told)[0]["EXDATE"], ["EXDATE:20261123T100000Z"])
        self.assertIn("SUMMARY:Day of rest", told)
        self.assertIn("DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124", told)

    def test_a_ritual_that_rests_is_cancelled_and_then_gone(self):
        self.begun()
        self.rondo("ritual", "pause", "RIT-1", "--reason", "we write instead", "--review-date", "2027-01-11")
        self.assertEqual(self.of_ritual(self.ics())[0]["STATUS"], ["STATUS:CANCELLED"])
        self.at("2026-12-20T07:00:00Z")
        self.assertEqual(self.of_ritual(self.ics()), [])

    def test_what_was_held_before_a_ritual_rests_stays_as_it_was(self):
        def mondays():
            told = self.rondo("calendar", "show", "--from", "2026-11-16", "--to", "2026-12-13", "--json").json()["events"]
            return [(event["day"], event["cancelled"]) for event in told if event["title"] == "Monday eval review"]

        self.begun()
        self.rondo("ritual", "skip", "RIT-1@2026-11-23", "--reason", "nobody is here")
        self.at("2026-11-30T10:30:00Z")  # after it began
        self.rondo("ritual", "pause", "RIT-1", "--reason", "we write instead", "--review-date", "2027-01-11")
        as_it_was = [("2026-11-16", False), ("2026-11-23", True), ("2026-11-30", False)]
        self.assertEqual(mondays(), as_it_was + [("2026-12-07", True)])
        self.at("2026-12-09T07:00:00Z")  # what is written of it later moves nothing
        self.rondo("ritual", "set", "RIT-1", "--reason", "we write well")
        self.rondo("ritual", "retire", "RIT-1")
        self.assertEqual(mondays(), as_it_was + [("2026-12-07", True)])
        self.at("2027-01-20T07:00:00Z")
        self.assertEqual(mondays(), [("2026-11-16", False), ("2026-11-30", False)])
        self.rondo("ritual", "resume", "RIT-1")
        self.assertIsNone(self.rondo("ritual", "show", "RIT-1", "--json").json()["rested"])

    def test_what_was_moved_behind_the_pause_was_not_held(self):
        self.begun()
        self.rondo("ritual", "move", "RIT-1@2026-11-16", "--to", "2026-11-20T10:00")
        self.at("2026-11-17T10:30:00Z")
        self.rondo("ritual", "pause", "RIT-1", "--reason", "we write instead", "--review-date", "2027-01-11")
        told = self.rondo("calendar", "show", "--from", "2026-11-16", "--to", "2026-11-22").out
        self.assertIn("2026-11-16  10:00    Monday eval review (cancelled)\n", told)
        self.assertNotIn("2026-11-20  10:00    Monday", told)

    def test_a_team_in_a_zone_has_the_rules_of_that_zone(self):
        self.initialise()
        self.rondo("team", "add", "--name", "North", "--zone", "Europe/Berlin")
        self.rondo("ritual", "install", "ai-week", "--team", "North")
        told = self.ics("--team", "North")
        self.assertIn("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n", told)
        self.assertEqual(self.of_ritual(told)[0]["DTSTART"], ["DTSTART;TZID=Europe/Berlin:20261116T100000"])
        self.assertEqual(len(events(self.ics("--ritual", "RIT-1"))), 1)

    def test_an_action_is_a_day_of_its_owner_until_it_is_done(self):
        self.begun()
        self.rondo("action", "add", "--title", "Mend the index; soon", "--owner", "Ada",
                   "--due", "2026-11-20T17:00:00Z")
        self.rondo("action", "add", "--title", "Nobody's", "--due", "2026-11-20T17:00:00Z")
        told = self.ics()
        self.assertIn("SUMMARY:Mend the index\\; soon\r\n", told)
        self.assertIn("DESCRIPTION:due 17:00\r\n", told)
        self.assertNotIn("Nobody's", told)
        self.rondo("action", "finish", "ACT-1")
        self.assertNotIn("Mend the index", self.ics())

    def test_lines_are_short_and_end_as_the_format_wants(self):
        self.begun()
        self.rondo("action", "add", "--title", "\u00e9" * 200, "--owner", "Ada", "--due", "2026-11-20T17:00:00Z")
        raw = self.ics().encode()
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        self.assertLessEqual(max(len(line) for line in raw.split(b"\r\n")), 75)
        for line in raw.split(b"\r\n"):
            line.decode("utf-8")  # no character is cut in two


class Blocks(Calendars):
    def two(self):
        self.initialise()
        self.rondo("person", "add", "--name", "Ben", "--email", "ben@example.com")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        self.rondo("busy-block", "add", "--starts", "2026-11-16", "--at", "17:30", "--rule", "FREQ=DAILY",
                   "--what", "School run canary", "--as", "Ada")

    def test_only_its_person_reads_what_a_block_is(self):
        self.two()
        self.assertIn("School run canary", self.rondo("calendar", "feed", "--as", "Ada").out)
        for words in (("calendar", "show", "--json"), ("busy-block", "list", "--json"), ("audit", "list", "--json"),
                      ("busy-block", "show", "BSY-1", "--json"), ("search", "canary", "--json")):
            answer = self.run_rondo(*words, "--as", "Ben")
            self.assertNotIn("canary", (answer.out + answer.err).replace('"canary"', ""), words)
        self.assertIn("Ada: Busy", self.rondo("calendar", "show", "--as", "Ben").out)

    def test_nobody_changes_somebody_elses_time(self):
        self.two()
        self.refused_command("somebody else's time", "busy-block", "set", "BSY-1", "--at", "18:00", "--as", "Ben")
        self.refused_command("somebody else's time", "busy-block", "drop", "BSY-1", "--as", "Ben")
        self.rondo("busy-block", "set", "BSY-1", "--at", "18:00", "--as", "Ada")

    def test_a_block_needs_a_time_and_a_rule_that_can_be(self):
        self.initialise()
        self.refused_command("is not a time of day", "busy-block", "add", "--starts", "2026-11-16", "--at", "noon")
        self.refused_command("rule", "busy-block", "add", "--starts", "2026-11-16", "--at", "12:00",
                             "--rule", "FREQ=HOURLY")


class Preparation(Calendars):
    def begun(self):
        self.initialise()
        self.rondo("ritual", "add", "--name", "Review", "--rule", "FREQ=WEEKLY;BYDAY=MO", "--starts", "2026-11-16", "--at",
                   "10:00", "--owner", "Ada")
        self.rondo("ritual-preparation", "add", "--ritual", "Review", "--task", "Read the flips")

    def blocks(self):
        return [event for event in events(self.ics()) if event["UID"][0].startswith("UID:RIT-1-preparation@")]

    def test_what_is_to_be_prepared_has_time_before_its_ritual(self):
        self.begun()
        (block,) = self.blocks()
        self.assertEqual((block["DTSTART"], block["DTEND"]), (["DTSTART:20261116T093000Z"], ["DTEND:20261116T100000Z"]))
        self.assertEqual((block["RRULE"], block["DESCRIPTION"]), (["RRULE:FREQ=WEEKLY;BYDAY=MO"], ["DESCRIPTION:Read the flips"]))
        self.rondo("ritual-preparation", "drop", "RPR-1")
        self.assertEqual(self.blocks(), [])

    def test_it_goes_along_when_the_ritual_is_moved(self):
        self.begun()
        self.rondo("ritual", "move", "RIT-1@2026-11-23", "--to", "2026-11-24T15:00")
        _, moved = self.blocks()
        self.assertEqual((moved["DTSTART"], moved["RECURRENCE-ID"]),
                         (["DTSTART:20261124T143000Z"], ["RECURRENCE-ID:20261123T093000Z"]))

    def test_it_never_lies_on_time_that_is_kept(self):
        self.begun()
        self.rondo("busy-block", "add", "--starts", "2026-11-16", "--at", "09:15", "--minutes", "30", "--rule", "FREQ=DAILY")
        self.assertEqual(self.blocks()[0]["DTSTART"], ["DTSTART:20261116T083000Z"])
        self.rondo("busy-block", "add", "--starts", "2026-11-16", "--at", "05:00", "--minutes", "300", "--rule", "FREQ=DAILY")
        self.assertEqual(self.blocks(), [])

    def test_others_have_no_time_taken_for_it(self):
        self.begun()
        self.rondo("person", "add", "--name", "Ben", "--email", "ben@example.com")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        told = self.rondo("calendar", "feed", "--as", "Ben").out
        self.assertIn("SUMMARY:Review", told)
        self.assertNotIn("SUMMARY:Prepare", told)


class Page(Calendars):
    def test_days_are_told_in_order_with_what_was_moved(self):
        self.begun()
        self.rondo("ritual", "move", "RIT-1@2026-11-16", "--to", "2026-11-17T08:00")
        self.server = self.serve()
        page = self.ask(200, "GET", "/api/v1/calendar" + WEEK)
        self.assertEqual([(event["day"], event["at"], event["title"]) for event in page["events"]][:2],
                         [("2026-11-17", "08:00", "Monday eval review"),
                          ("2026-11-17", "10:00", "Tuesday prompt council")])
        self.assertEqual(len(page["events"]), 5)
        self.assertEqual(page["events"][1]["link"], "/occurrences/RIT-2@2026-11-17/run")
        self.assertEqual((page["from"], page["to"], page["zone"]), ("2026-11-16", "2026-11-22", "UTC"))

    def test_what_is_asked_wrongly_is_refused(self):
        self.begun()
        self.server = self.serve()
        for words, sentence in (("?from=monday", "is not a day"), ("?from=2026-11-16&to=2026-11-15", "before the first"),
                                ("?from=2026-01-01&to=2027-12-31", "more than 400 days"),
                                ("?team=A&person=B", "name one of them")):
            self.assertIn(sentence, self.ask(422, "GET", "/api/v1/calendar" + words)["detail"])
        self.ask(404, "GET", "/api/v1/calendar?person=Nobody")

    def test_the_same_days_as_a_file(self):
        self.begun()
        self.server = self.serve()
        reply = self.server.ask("GET", "/api/v1/calendar/ics" + WEEK)
        self.assertEqual(reply.headers["content-type"], "text/calendar; charset=utf-8")
        self.assertIn("URL:http://", reply.text)


class Feeds(Calendars):
    def test_a_feed_is_known_again_until_something_changes(self):
        path = self.with_feed()
        first = self.server.ask("GET", path)
        self.assertEqual((first.status, first.headers["content-type"]), (200, "text/calendar; charset=utf-8"))
        self.assertEqual(first.headers["last-modified"], "Mon, 16 Nov 2026 07:00:00 GMT")
        for headers in ({"If-None-Match": first.headers["etag"]},
                        {"If-Modified-Since": first.headers["last-modified"]}):
            again = self.server.ask("GET", path, headers=headers)
            self.assertEqual((again.status, again.body), (304, b""))
        self.rondo("ritual", "set", "RIT-1", "--at", "11:00")
        changed = self.server.ask("GET", path, headers={"If-None-Match": first.headers["etag"]})
        self.assertEqual(changed.status, 200)
        self.assertNotEqual(changed.headers["etag"], first.headers["etag"])

    def test_a_revoked_address_reads_like_one_that_never_was(self):
        path = self.with_feed()
        self.assertEqual(self.server.ask("GET", path).status, 200)
        self.rondo("calendar-feed", "drop", "CFD-1")
        revoked, unknown = self.server.ask("GET", path), self.server.ask("GET", "/calendar/%s.ics" % ("0" * 48))
        self.assertEqual((revoked.status, revoked.body), (404, unknown.body))
        self.assertEqual(unknown.status, 404)
        self.assertNotIn("BEGIN:VCALENDAR", revoked.text)
        self.assertEqual(self.server.ask("GET", path[:-4]).status, 404)

    def test_the_address_is_kept_nowhere(self):
        path = self.with_feed()
        secret = path[len("/calendar/"):-len(".ics")]
        self.assertEqual(len(secret), 48)
        self.server.ask("GET", path)
        for words in (("calendar-feed", "list"), ("calendar-feed", "show", "CFD-1"), ("audit", "list")):
            self.assertNotIn(secret, self.rondo(*words, "--json").out)
        if self.store.endswith(".db"):
            for name in os.listdir(self.folder):
                with open(os.path.join(self.folder, name), "rb") as file:
                    self.assertNotIn(secret.encode(), file.read(), name)
        self.server.stop()
        self.assertNotIn(secret, self.server.err)

    @about_files  # of archives; test_archive.py has both stores
    def test_an_archive_holds_feeds_without_their_addresses(self):
        self.begun()
        self.rondo("calendar-feed", "add", "--name", "Mine")
        self.rondo("export", "all")
        names = [name for _, _, files in os.walk(os.path.join(self.folder, "all")) for name in files]
        self.assertIn("calendar_feeds.jsonl", names)
        self.assertEqual([name for name in names if "calendar_feed_key" in name], [])

    def test_a_feed_says_when_it_was_asked_for(self):
        path = self.with_feed("--name", "Mine")
        before = self.ask(200, "GET", "/api/v1/me/calendar-feeds")["feeds"]
        self.assertEqual([(feed["name"], feed["scope"], feed["asked_at"]) for feed in before], [("Mine", "person", None)])
        self.server.ask("GET", path)
        after = self.ask(200, "GET", "/api/v1/me/calendar-feeds")["feeds"]
        self.assertEqual(after[0]["asked_at"], "2026-11-16T07:00:00Z")

    def test_a_feed_is_made_over_the_api_and_shown_once(self):
        self.begun()
        self.server = self.serve()
        made = self.ask(201, "POST", "/api/v1/me/calendar-feeds", {"ritual": "RIT-2"})
        self.assertEqual(made["ritual"], "Tuesday prompt council")
        self.assertEqual(len(events(self.server.ask("GET", made["path"]).text)), 1)
        self.ask(422, "POST", "/api/v1/me/calendar-feeds", {"ritual": "RIT-2", "secret": "1"})
        self.ask(404, "POST", "/api/v1/me/calendar-feeds", {"team": "Nobody"})

    def test_a_feed_reads_as_its_person_and_others_do_not_see_it(self):
        self.begun()
        self.rondo("person", "add", "--name", "Ben", "--email", "ben@example.com")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        path = self.rondo("calendar-feed", "add", "--as", "Ben").out.strip()
        self.rondo("busy-block", "add", "--starts", "2026-11-16", "--at", "17:30", "--what", "canary", "--as", "Ada")
        self.server = self.serve("--as", "Ada")
        self.assertNotIn("canary", self.server.ask("GET", path).text)
        self.assertEqual(self.ask(200, "GET", "/api/v1/me/calendar-feeds")["feeds"], [])
        self.ask(404, "GET", "/api/v1/calendar-feeds/CFD-1")


class Packs(Calendars):
    def summaries(self, text):
        return sorted(event["SUMMARY"][0][len("SUMMARY:"):].split()[0] for event in events(text))

    def begun(self):
        super().begun()
        self.rondo("ritual", "add", "--name", "Chess", "--rule", "FREQ=WEEKLY;BYDAY=WE", "--at", "18:00", "--minutes", "60",
                   "--starts", "2026-11-16")
        self.rondo("action", "add", "--title", "Due", "--owner", "Ada", "--due", "2026-11-18")

    def test_a_feed_of_a_pack_is_of_all_that_came_from_it_and_of_nothing_else(self):
        path = self.with_feed("--pack", "ai-week")
        feed = self.server.ask("GET", path)
        self.assertEqual(self.summaries(feed.text), ["Friday", "Monday", "Thursday", "Tuesday", "Wednesday"])
        self.assertIn("X-WR-CALNAME:Rondo: ai-week", feed.text)
        self.assertEqual(self.summaries(self.ics("--pack", "ai-week")), self.summaries(feed.text))
        listed, = self.ask(200, "GET", "/api/v1/me/calendar-feeds")["feeds"]
        self.assertEqual((listed["scope"], listed["pack"], listed["ritual"]), ("pack", "ai-week", None))

    def test_it_goes_along_with_what_people_change(self):
        path = self.with_feed("--pack", "ai-week")
        etag = self.server.ask("GET", path).headers["etag"]
        self.rondo("ritual", "set", "RIT-1", "--name", "Review")
        self.rondo("ritual", "drop", "RIT-2")
        feed = self.server.ask("GET", path, headers={"If-None-Match": etag})
        self.assertEqual(self.summaries(feed.text), ["Friday", "Review", "Thursday", "Wednesday"])

    def test_with_a_team_it_is_of_what_that_team_has_of_it(self):
        self.begun()
        self.rondo("team", "add", "--name", "Search", "--zone", "Europe/Berlin")
        self.rondo("ritual", "install", "ai-week", "--team", "Search")
        self.rondo("calendar-feed", "add", "--pack", "ai-week", "--team", "Search")
        told = events(self.ics("CFD-1"))
        self.assertEqual(len(told), 5)
        self.assertTrue(all(event["DTSTART"][0].startswith("DTSTART;TZID=Europe/Berlin:") for event in told))
        self.assertEqual(len(events(self.ics("--pack", "ai-week"))), 10)

    def test_the_calendar_narrows_to_a_pack_too(self):
        self.begun()
        self.server = self.serve()
        titles = [one["title"].split()[0] for one in self.ask(200, "GET", "/api/v1/calendar" + WEEK + "&pack=ai-week")["events"]]
        self.assertEqual(titles, ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])
        shown = self.rondo("calendar", "show", "--from", "2026-11-16", "--to", "2026-11-22", "--pack", "ai-week").out
        self.assertEqual(len(shown.splitlines()), 5)

    def test_a_pack_that_is_none_or_is_not_here_is_refused(self):
        self.begun()
        self.refused_command("there is no pack 'week'", "calendar-feed", "add", "--pack", "week")
        self.refused_command("'rondo ritual install ipm-week'", "calendar-feed", "add", "--pack", "ipm-week")
        self.refused_command("of a ritual alone", "calendar-feed", "add", "--pack", "ai-week", "--ritual", "RIT-1")
        self.refused_command("there is no pack 'week'", "calendar", "feed", "--pack", "week")
        self.server = self.serve()
        self.refused(422, "invalid", "name one of them", "GET", "/api/v1/calendar?pack=ai-week&person=Ada")
        self.refused(422, "invalid", "there is no pack", "POST", "/api/v1/me/calendar-feeds", {"pack": "week"})
        self.ask(201, "POST", "/api/v1/me/calendar-feeds", {"pack": "ai-week"})


class Client(Calendars):
    """khal, a calendar program of Debian, reads what we write."""

    def khal(self, *words):
        config = self.file("khal.conf", "[calendars]\n[[rondo]]\npath = %s\n[locale]\nlocal_timezone = Europe/Berlin\n"
                           "default_timezone = Europe/Berlin\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\n"
                           "longdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                           "longdatetimeformat = %%Y-%%m-%%d %%H:%%M\n[sqlite]\npath = %s\n" %
                           (os.path.join(self.folder, "events"), os.path.join(self.folder, "khal.db")))
        os.makedirs(os.path.join(self.folder, "events"), exist_ok=True)
        done = subprocess.run([shutil.which("khal") or "khal", "-c", config, *words], env={**self.env, "HOME": self.folder,
                              "LC_ALL": "C.UTF-8"}, cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_khal_shows_what_rondo_says(self):
        self.initialise()
        self.rondo("team", "add", "--name", "North", "--zone", "Europe/Berlin")
        self.rondo("ritual", "install", "ai-week", "--team", "North")
        self.rondo("ritual", "move", "RIT-2@2026-11-24", "--to", "2026-11-25T15:00")
        self.rondo("holiday", "add", "--name", "Day of rest", "--day", "2026-11-27")
        self.khal("import", "--batch", "-a", "rondo", self.file("feed.ics", self.ics("--team", "North")))
        shown = self.khal("list", "--format", "{start-date} {start-time} {title}", "--day-format", "", "2026-11-23", "7d")
        told = self.rondo("calendar", "show", "--team", "North", "--from", "2026-11-23", "--to", "2026-11-29",
                          "--json").json()
        self.assertIn("2026-11-25 15:00 Tuesday prompt council", shown)
        self.assertIn("2026-11-23 10:00 Monday eval review", shown)
        self.assertNotIn("Friday roadmap", shown)
        self.assertEqual(sorted(line.split(" ", 2)[-1].strip() for line in shown.splitlines() if line.strip()),
                         sorted(event["title"] for event in told["events"]))
        # The clock changes on 2027-03-28; the local time stays.
        self.assertIn("2027-03-29 10:00 Monday eval review",
                      self.khal("list", "--format", "{start-date} {start-time} {title}", "--day-format", "", "2027-03-29", "1d"))


if __name__ == "__main__":
    unittest.main()
