"""Digests that are sent: to each person at the person's own morning, once, where and of what the person chose."""
import contextlib
import json
import sqlite3
import time
import unittest

from server import wait_until
from test_day import Day
from test_messages import OK, Hook, MailServer, free_port
from workspace import about_files

CANARY = "quetzalcanary"


class Sending(Day):
    """Ben is in Berlin (an hour ahead of UTC), Cleo in New York (five behind); each has a note that is due."""
    year = 2026

    def setUp(self):
        super().setUp()
        self.server.stop()
        # Its clock stands before everybody's morning: it sends nothing by itself, each command brings its own time.
        self.server = self.serve(env={"RONDO_NOW": "2026-11-16T06:00:00Z"})
        for name, zone in (("Ada", "Etc/UTC"), ("Ben Ross", "Europe/Berlin"), ("Cleo", "America/New_York")):
            self.change_person(name, zone=zone, email=name.split()[0].lower() + "@rondo.example")
        self.note("pay %s due:2026-11-15" % CANARY, token=self.ben)
        self.note("call them due:2026-11-15", token=self.cleo)

    def change_person(self, name, **fields):
        rows = self.ask(200, "GET", "/api/v1/persons", token=self.ada)["items"]
        self.ask(200, "PATCH", "/api/v1/persons/" + [row["id"] for row in rows if row["name"] == name][0], fields, token=self.ada)

    def mail(self):
        server = MailServer(self.folder)
        self.addCleanup(server.stop)
        self.take_mail(server.port)
        return server

    def take_mail(self, port):
        self.ask(201, "POST", "/api/v1/mail-servers", {"name": "ours", "address": "smtp://127.0.0.1:%d" % port,
                                                       "sender": "rondo@rondo.example"}, token=self.ada)
        self.channel("mail", "mail")

    def channel(self, name, kind, **fields):
        return self.ask(201, "POST", "/api/v1/channels", dict({"name": name, "kind": kind, "personal": True, "on": True,
                                                               "pages": "https://rondo.example"}, **fields), token=self.ada)["id"]

    def chat(self, owner, *answers, **fields):
        hook = Hook(*(answers or (OK,)))
        self.addCleanup(hook.stop)
        self.channel("chat of " + owner, "slack", owner=owner, webhook=hook.url, inside=True, **fields)
        return hook

    def set(self, token=None, status=201, **fields):
        return self.ask(status, "POST", "/api/v1/message-settings", fields, token=token or self.ben)

    def choose(self, kind, frequency, token=None, **fields):
        return self.ask(201, "POST", "/api/v1/digest-choices", dict(fields, kind=kind, frequency=frequency), token=token or self.ben)

    def send(self, day, clock, *words):
        return self.rondo("digest", "send", "--as", "Ada", *words, env={"RONDO_NOW": "%s-%sT%s:00Z" % (self.year, day, clock)}).out.strip()

    def queued(self, day, clock):
        """How many were queued at that time."""
        return int(self.send(day, clock).split()[1])

    @staticmethod
    def came(mail):
        """The mails in the order of their dates."""
        return sorted(mail.mails(), key=lambda message: message["Date"].datetime)

    def deliveries(self, token=None):
        return self.ask(200, "GET", "/api/v1/deliveries", token=token or self.ada)["items"]


class Mornings(Sending):
    def test_each_is_told_once_at_the_own_morning(self):
        mail = self.mail()
        told = [self.queued("11-16", clock) for clock in ("06:59", "07:00", "12:59", "13:00", "13:01", "22:59")]
        self.assertEqual(told, [0, 1, 0, 1, 0, 0])
        self.assertEqual([message["To"] for message in self.came(mail)], ["ben@rondo.example", "cleo@rondo.example"])
        message = self.came(mail)[0]
        plain = " ".join(message.get_body(("plain",)).get_content().split())
        self.assertEqual(message["Subject"], "Your digest of 2026-11-16")
        self.assertIn("pay %s due:2026-11-15 <https://rondo.example/notes/NOTE-1>: your note is due (late)" % CANARY, plain)
        self.assertNotIn("call them", plain)
        self.assertEqual(self.queued("11-17", "06:59") + self.queued("11-17", "07:00"), 1)
        self.assertEqual(len(mail.mails()), 3)

    def test_a_verdict_that_is_asked_for_leads_to_its_case(self):
        mail = self.mail()
        self.rondo("import", "-", "--as", "Ada", stdin='{"suite":"s","surface":"refunds","run":"w47","started_at":"2026-11-16","case":"r1","pass":true}\n')
        self.ask(201, "POST", "/api/v1/human-verdicts", {"run": "RUN-1", "case": "r1", "person": "Ben Ross"}, token=self.ada)
        self.send("11-16", "07:00")
        plain = " ".join(self.came(mail)[0].get_body(("plain",)).get_content().split())
        self.assertIn("r1 <https://rondo.example/cases/HUM-1>: your verdict is asked for: 'refunds' in run 'w47'", plain)
        self.ask(200, "PATCH", "/api/v1/human-verdicts/HUM-1", {"verdict": "pass"}, token=self.ben)
        self.send("11-17", "07:00")
        self.assertNotIn("HUM-1", self.came(mail)[-1].get_body(("plain",)).get_content())

    def test_nothing_to_tell_is_not_told_and_ends_the_day(self):
        mail = self.mail()
        self.assertEqual(self.send("11-16", "09:00"), "Queued 1 digest, tried 1 delivery")
        self.note("later due:2026-11-15", token=self.ada)
        self.assertEqual(self.send("11-16", "10:00"), "Queued 0 digests, tried 0 deliveries")
        self.assertEqual([message["To"] for message in mail.mails()], ["ben@rondo.example"])

    def test_nothing_leaves_without_a_channel_and_nobody_is_told_without_an_address(self):
        said = self.send("11-16", "09:00")
        self.assertTrue(said.startswith("Queued 0 digests, tried 0 deliveries\nNo personal channel is on"), said)
        self.assertIn("rondo channel add", said)
        nothing = {"has_channel": False, "queued": 0, "tried": 0, "left": 0}
        self.assertEqual(json.loads(self.send("11-16", "09:00", "--json")), nothing)
        self.change_person("Ben Ross", email=None)
        mail = self.mail()
        self.assertEqual(self.send("11-16", "09:00"), "Queued 0 digests, tried 0 deliveries")
        self.assertEqual(json.loads(self.send("11-16", "09:00", "--json")), dict(nothing, has_channel=True))
        self.change_person("Ben Ross", email="b@rondo.example, spy@rondo.example")
        self.assertEqual(self.queued("11-16", "09:00"), 0)
        self.change_person("Ben Ross", email="b@rondo.example")
        self.assertEqual(self.queued("11-16", "09:00"), 1)
        self.assertEqual([message["To"] for message in mail.mails()], ["b@rondo.example"])

    def test_what_one_command_leaves_untried_is_said(self):
        mail = self.mail()
        for i in range(9):
            self.person("Person %d" % i, "member")
            token = self.token("Person %d" % i, "read,write")
            self.change_person("Person %d" % i, email="p%d@rondo.example" % i)
            self.note("pay due:2026-11-15", token=token)
        self.assertEqual(self.send("11-16", "09:00"),
                         "Queued 10 digests, tried 8 deliveries; 2 more are due: 'rondo delivery run' tries them")
        run = self.rondo("delivery", "run", "--as", "Ada", "--json", env={"RONDO_NOW": "2026-11-16T09:00:00Z"})
        self.assertEqual(json.loads(run.out), {"tried": 2, "left": 0})
        self.assertEqual(len(mail.mails()), 10)

    def test_what_was_due_by_then(self):
        self.mail()
        self.assertIn("Queued 0", self.send("11-16", "20:00", "--as-of", "2026-11-16T06:59:00Z"))
        self.assertIn("Queued 1", self.send("11-16", "20:00", "--as-of", "2026-11-16T07:00:00Z"))
        self.assertEqual([one["subject"] for one in self.deliveries()], ["Your digest of 2026-11-16"])
        for words, at in (("has come", "2026-11-16T20:01:00Z"), ("as_of", "soon")):
            refused = self.run_rondo("digest", "send", "--as", "Ada", "--as-of", at, env={"RONDO_NOW": "2026-11-16T20:00:00Z"})
            self.assertNotEqual(refused.code, 0)
            self.assertIn(words, refused.err)

    def test_a_decision_is_told_once_also_when_no_server_ran_for_days(self):
        mail = self.mail()
        for person, token in (("note", self.ben), ("note", self.cleo)):
            self.choose(person, "never", token=token)
        self.choose("decided", "never", token=self.cleo)
        for day in (14, 16, 17, 18):
            made = self.ask(201, "POST", "/api/v1/decisions", {"title": "Of the %d" % day, "decision": "We do.", "owner": "Ada",
                                                               "options": "one, two"}, token=self.ada)["id"]
            self.ask(200, "PATCH", "/api/v1/decisions/" + made, {"decided": "2026-11-%d" % day, "state": "accepted"}, token=self.ada)
        self.ask(201, "POST", "/api/v1/insights", {"title": "They ask in Spanish", "part": "user", "source": "Five talks", "so_what": "Translate."},
                 token=self.ada)
        for day in ("11-17", "11-19", "11-20"):
            self.send(day, "07:30")
        told = [message.get_body(("plain",)).get_content() for message in self.came(mail) if message["To"] == "ben@rondo.example"]
        self.assertEqual([[day for day in (14, 16, 17, 18) if "Of the %d" % day in text] for text in told], [[16], [17, 18]])
        self.assertEqual(["They ask in Spanish" in text for text in told], [True, False])

    def test_weekly_things_come_with_the_first_digest_of_a_week(self):
        self.mail()
        self.choose("note", "weekly")
        told = [self.queued("11-%d" % day, "07:30") for day in (17, 18, 24, 25)]  # from Tuesday; no server ran on Monday
        self.assertEqual(told, [0, 0, 1, 0])

    def test_days_off_are_left_out_by_who_wishes_it_and_told_afterwards(self):
        self.mail()
        self.choose("note", "never", token=self.cleo)
        self.ask(201, "POST", "/api/v1/absences", {"first_day": "2026-11-17", "last_day": "2026-11-18"}, token=self.ben)
        setting = self.set(at="08:00")
        self.assertTrue(setting["days_off"])
        self.assertEqual(self.queued("11-17", "07:30"), 1)
        self.ask(200, "PATCH", "/api/v1/message-settings/" + setting["id"], {"days_off": False}, token=self.ben)
        # away, Thursday, Friday, the weekend, Monday
        told = [self.queued("11-%d" % day, "07:30") for day in (18, 19, 20, 21, 22, 23)]
        self.assertEqual(told, [0, 1, 1, 0, 0, 1])

    def test_a_local_hour_that_is_missing_or_there_twice(self):
        self.mail()
        self.set(at="02:30")
        self.choose("note", "never", token=self.cleo)
        self.year = 2027
        spring = [self.queued("03-28", clock) for clock in ("00:59", "01:29", "01:30", "02:30")]  # 02:30 is left out: 03:30
        autumn = [self.queued("10-31", clock) for clock in ("00:29", "00:30", "01:30", "02:30")]  # 02:30 is there twice
        self.assertEqual((spring, autumn), ([0, 0, 1, 0], [0, 1, 0, 0]))


class Quiet(Sending):
    def test_what_falls_in_quiet_hours_waits_until_they_end(self):
        self.mail()
        self.choose("note", "never", token=self.cleo)
        self.set(at="06:00", quiet_from="21:00", quiet_until="07:15")
        self.assertEqual([self.queued("11-16", clock) for clock in ("05:00", "06:14", "06:15")], [0, 0, 1])
        self.assertEqual(self.queued("11-17", "20:30"), 0)  # found late, at half past nine in the evening
        self.assertEqual([self.queued("11-18", clock) for clock in ("06:14", "06:15", "06:16")], [0, 1, 0])

    def test_a_try_that_would_fall_in_quiet_hours_waits_too(self):
        port = free_port()
        self.take_mail(port)
        self.choose("note", "never", token=self.cleo)
        self.set(at="08:00", quiet_from="08:01", quiet_until="09:00")
        self.send("11-16", "07:00")
        self.assertEqual([(one["state"], one["tries"]) for one in self.deliveries()], [("queued", 1)])
        self.send("11-16", "07:10")
        one = self.deliveries()[0]
        self.assertEqual((one["state"], one["tries"], one["next_try"]), ("queued", 1, "2026-11-16T08:00:00Z"))
        self.send("11-16", "08:00")
        self.assertEqual(self.deliveries()[0]["tries"], 2)


class Settings(Sending):
    def test_what_is_no_setting_is_refused(self):
        foreign = self.chat("Cleo")
        team = self.channel("team", "slack", personal=False, audience="design", webhook=foreign.url, inside=True)
        for body, words in (({"at": "25:00"}, "is not a time of day"), ({"at": "8"}, "is not a time of day"),
                            ({"quiet_from": "20:00"}, "give both"), ({"quiet_until": "07:00"}, "give both"),
                            ({"quiet_from": "20:00", "quiet_until": "20:00"}, "another time than they begin"),
                            ({"quiet_from": "24:00", "quiet_until": "07:00"}, "is not a time of day"),
                            ({"channel": "pigeon"}, "pigeon"), ({"channel": "chat of Cleo"}, "no channel of yours"),
                            ({"channel": team}, "no channel of yours"), ({"person": "Cleo"}, "person")):
            with self.subTest(body=body):
                self.refused(422, "invalid", words, "POST", "/api/v1/message-settings", body, token=self.ben)
        self.set(token=self.cleo, at="07:30", quiet_from="20:00", quiet_until="07:00", channel="chat of Cleo")
        self.refused(409, "conflict", "", "POST", "/api/v1/message-settings", {"at": "09:00"}, token=self.cleo)
        self.assertEqual(self.ask(200, "GET", "/api/v1/message-settings", token=self.ada)["items"], [])
        self.refused(422, "invalid", "no channel of yours", "POST", "/api/v1/digest-choices",
                     {"kind": "note", "frequency": "daily", "channel": "chat of Cleo"}, token=self.ben)
        for kind in ("change", "update"):
            self.refused(422, "invalid", "that wait for your approval", "POST", "/api/v1/digest-choices",
                         {"kind": kind, "frequency": "never"}, token=self.ben)

    def test_a_personal_channel_is_one_persons(self):
        fine = {"name": "x", "kind": "slack", "personal": True, "on": True, "owner": "Ben Ross", "webhook": "https://chat.example/hook"}
        for body, words in (({"owner": None}, "name its owner"), ({"audience": "design"}, "no audience"),
                            ({"kind": "mail", "webhook": None, "recipients": "a@b.example"}, "has no recipients"),
                            ({"kind": "mail"}, "no webhook")):
            self.refused(422, "invalid", words, "POST", "/api/v1/channels", dict(fine, **body), token=self.ada)
        made = self.ask(201, "POST", "/api/v1/channels", fine, token=self.ada)["id"]
        self.refused(422, "invalid", "personal", "PATCH", "/api/v1/channels/" + made, {"personal": False}, token=self.ada)

    def test_each_kind_goes_where_it_was_chosen(self):
        mail, chat = self.mail(), self.chat("Ben Ross")
        self.note("look, @Ben")
        self.choose("note", "daily", channel="chat of Ben Ross")
        self.choose("note", "never", token=self.cleo)
        self.assertEqual(self.queued("11-16", "08:00"), 2)
        plain = mail.mails()[0].get_body(("plain",)).get_content()
        self.assertIn("look, @Ben", plain)
        self.assertNotIn(CANARY, plain)
        self.assertIn(CANARY, json.dumps(chat.heard))
        self.assertNotIn("look", json.dumps(chat.heard))

    def test_a_chat_that_became_anothers_gets_nothing_of_mine(self):
        chat = self.chat("Ben Ross", (500, "down", {}), OK)
        self.set(channel="chat of Ben Ross")
        self.send("11-16", "08:00")
        channel = self.ask(200, "GET", "/api/v1/channels", token=self.ada)["items"][0]["id"]
        self.ask(200, "PATCH", "/api/v1/channels/" + channel, {"owner": "Cleo"}, token=self.ada)
        self.rondo("delivery", "run", "--as", "Ada", env={"RONDO_NOW": "2026-11-16T08:30:00Z"})
        self.assertEqual(len(chat.heard), 1)
        self.assertEqual(self.deliveries()[0]["state"], "failed")


class Trouble(Sending):
    def test_a_server_that_is_down_loses_nothing_and_says_nothing_twice(self):
        port = free_port()
        self.take_mail(port)
        self.choose("note", "never", token=self.cleo)
        self.send("11-16", "08:00")
        one = self.deliveries()[0]
        self.assertEqual((one["state"], one["tries"], one["error"]), ("queued", 1, "it did not arrive; its person can read why"))
        mine = self.deliveries(self.ben)[0]
        self.assertIn("does not answer", mine["personal_error"])
        mail = MailServer.__new__(MailServer)
        self.restart_mail(mail, port)
        self.send("11-16", "08:05")
        self.send("11-16", "08:10")
        self.assertEqual(len(mail.mails()), 1)

    def restart_mail(self, mail, port):
        """A mail server at that port."""
        import test_messages
        test_messages.free_port, kept = (lambda: port), test_messages.free_port
        try:
            mail.__init__(self.folder)
        finally:
            test_messages.free_port = kept
        self.addCleanup(mail.stop)

    def test_what_failed_waits_for_its_person_alone(self):
        self.chat("Ben Ross", (400, "no_text: %s" % CANARY, {}))
        self.send("11-16", "08:00")
        waits = self.ask(200, "GET", "/api/v1/inbox", token=self.ben)["items"]
        self.assertTrue(any(CANARY in item["why"] for item in waits if item["kind"] == "delivery"), waits)
        for token in (self.ada, self.cleo):
            self.assertNotIn(CANARY, self.server.ask("GET", "/api/v1/inbox", token=token).text)
            self.assertNotIn(CANARY, self.server.ask("GET", "/api/v1/deliveries", token=token).text)

    @about_files
    def test_one_that_cannot_be_made_keeps_nobody_else_from_theirs(self):
        self.mail()
        self.set(at="09:00")
        with contextlib.closing(sqlite3.connect(self.store)) as store, store:
            store.execute("UPDATE message_settings SET at = 'early'")
        sent = self.run_rondo("digest", "send", "--as", "Ada", env={"RONDO_NOW": "2026-11-16T14:00:00Z"})
        self.assertEqual(sent.code, 2)
        self.assertIn("'early' is not a time of day", sent.err)
        self.assertEqual([one["person"] for one in self.deliveries()], ["Cleo"])

    def test_two_servers_send_one(self):
        self.choose("note", "never", token=self.cleo)
        # Its clock stands before every morning: were it there when the channel comes, it could take the period.
        self.server.stop()
        mail = MailServer(self.folder)
        self.addCleanup(mail.stop)
        self.rondo("mail-server", "add", "--name", "ours", "--address", "smtp://127.0.0.1:%d" % mail.port,
                   "--sender", "rondo@rondo.example", "--as", "Ada")
        self.rondo("channel", "add", "--name", "mail", "--kind", "mail", "--personal", "yes", "--on", "yes", "--as", "Ada")
        now = {"RONDO_NOW": "2026-11-16T08:00:00Z"}
        servers = [self.serve(env=now), self.serve(env=now)]
        wait_until(lambda: mail.mails(), seconds=40)
        for server in servers:
            server.stop()
        with self.serve(env=now):
            time.sleep(2)
        self.assertEqual(len(mail.mails()), 1)


class Private(Sending):
    def paths(self):
        delivery = self.deliveries(self.ben)[0]["id"]
        page = self.ask(200, "GET", "/api/v1/openapi.json", token=self.ben)
        gets = [path for path, operations in page["paths"].items() if "get" in operations and "{" not in path and path != "/api/v1/events"]
        return gets + ["/api/v1/deliveries/" + delivery, "/api/v1/deliveries/%s/history" % delivery, "/api/v1/deliveries/%s/links" % delivery,
                       "/api/v1/deliveries?archived=yes", "/api/v1/deliveries?as_of=2026-11-16T23:00:00Z", "/api/v1/deliveries.csv",
                       "/api/v1/search?q=" + CANARY, "/api/v1/search?q=digest", "/api/v1/audit?record=delivery", "/api/v1/events?follow=false",
                       "/api/v1/calendar?person=Ben%20Ross", "/api/v1/balance?person=Ben%20Ross"]

    def test_its_text_is_its_persons_alone(self):
        self.mail()
        self.send("11-16", "08:00")
        heard = {path: {name: self.server.ask("GET", path, token=token).text
                        for name, token in (("Ada", self.ada), ("Ben", self.ben), ("Cleo", self.cleo))} for path in self.paths()}
        self.assertIn(CANARY, heard["/api/v1/deliveries"]["Ben"])
        for path, texts in heard.items():
            for name in ("Ada", "Cleo"):
                said = texts[name].replace("q=" + CANARY, "").replace('"q":"%s"' % CANARY, "")
                self.assertNotIn(CANARY, said, "%s hears it at %s" % (name, path))
        # Who runs the workspace sees that it was sent; others see nothing of it.
        mine = [one for one in self.deliveries() if one["person"] == "Ben Ross"][0]
        self.assertEqual((mine["state"], mine["subject"], mine["personal_text"]), ("sent", "Your digest of 2026-11-16", None))
        self.assertNotIn("Ben Ross", json.dumps(self.deliveries(self.cleo)))
        self.ask(404, "GET", "/api/v1/deliveries/" + mine["id"], token=self.cleo)
        self.ask(404, "POST", "/api/v1/deliveries/%s/retry" % mine["id"], token=self.cleo)

    def test_no_question_finds_it_out(self):
        self.mail()
        self.send("11-16", "08:00")
        for token in (self.ada, self.cleo):
            for field in ("personal_text", "personal_error"):
                self.refused(400, "usage", "is no filter", "GET", "/api/v1/deliveries?%s=%s" % (field, CANARY), token=token)
                self.refused(422, "invalid", "cannot be sorted", "GET", "/api/v1/deliveries?sort=" + field, token=token)
        exported = self.rondo("delivery", "list", "--as", "Ada", "--json").out
        self.assertIn("Your digest of", exported)
        self.assertNotIn(CANARY, exported)


del Day


if __name__ == "__main__":
    unittest.main()
