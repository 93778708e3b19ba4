"""Passwords, sessions and invitations, as a browser and somebody's script meet them."""
import json
import os
import unittest

from server import ServedWorkspace
from workspace import about_stores, NOW

PASSWORD = "correct horse battery"


class SignIn(ServedWorkspace):
    def invite(self, name, *words):
        """The secret of a new invitation, made by the command line."""
        return self.rondo("person", "invite", name, *words, "--as", "Ada", "--json").json()["token"]

    def accept(self, status, token, password=PASSWORD, **more):
        return self.ask(status, "POST", "/api/v1/invitations/accept", dict({"token": token, "password": password}, **more))

    def cookie(self):
        """What a browser sends after the last answer."""
        return self.reply.headers["set-cookie"].split(";")[0]

    def sign_in(self, status=200, password=PASSWORD, **who):
        return self.ask(status, "POST", "/api/v1/sign-in", dict({"password": password}, **(who or {"name": "Bert"})))

    def as_page(self, cookie=None, **headers):
        """The headers of a page of the server itself."""
        return {"Cookie": cookie or self.session, "Origin": "http://127.0.0.1:%d" % self.server.port, **headers}

    def with_bert(self, roles="member"):
        """A server of several persons, of whom Bert is signed in."""
        self.initialise()
        token = self.invite("Bert", "--email", "bert@example.org", "--roles", roles)
        self.server = self.serve()
        self.accept(200, token)
        self.session = self.cookie()

    def later(self, instant):
        """The same workspace at another time."""
        self.server = self.serve(env={"RONDO_NOW": instant})


class Passwords(SignIn):
    def test_a_name_or_an_address_and_the_password_open_a_session(self):
        self.with_bert()
        for who in ({"name": "Bert"}, {"email": "BERT@example.org"}, {"name": "bert"}):
            me = self.sign_in(**who)
            self.assertEqual((me["person"]["name"], me["door"]), ("Bert", "session"))
            self.assertRegex(self.reply.headers["set-cookie"],
                             r"^rondo_session=[0-9a-f]{48}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000$")
            again = self.ask(200, "GET", "/api/v1/me", headers={"Cookie": "theme=dark; " + self.cookie()})
            self.assertEqual((again["person"]["name"], again["role_words"], again["door"]),
                             ("Bert", ["member"], "session"))

    def test_behind_https_the_cookie_stays_there(self):
        self.with_bert()
        self.ask(200, "POST", "/api/v1/sign-in", {"name": "Bert", "password": PASSWORD},
                 headers={"X-Forwarded-Proto": "https"})
        self.assertTrue(self.reply.headers["set-cookie"].endswith("; Secure"))

    def test_whatever_is_wrong_reads_alike(self):
        self.with_bert()
        self.person("ci", "", robot=True)
        answers = set()
        for name, password in (("Bert", "wrong"), ("Bert", PASSWORD + "."), ("Nobody", PASSWORD), ("Ada", PASSWORD),
                               ("ci", PASSWORD), ("Nobody", "nobody at all"), ("Ada", "nobody at all")):
            self.refused(401, "unknown_user", "the name or the password is wrong", "POST", "/api/v1/sign-in",
                         {"name": name, "password": password})
            self.assertNotIn("set-cookie", self.reply.headers)
            answers.add(self.reply.text)
        self.assertEqual(len(answers), 1)

    def test_a_sign_in_without_its_parts_is_refused_by_name(self):
        self.with_bert()
        self.assertEqual(self.refused(422, "invalid", "missing", "POST", "/api/v1/sign-in", {"name": "Bert"})["field"],
                         "password")
        self.refused(422, "invalid", "missing", "POST", "/api/v1/sign-in", {"password": PASSWORD})
        self.refused(422, "invalid", "'pin'", "POST", "/api/v1/sign-in", {"name": "Bert", "password": PASSWORD, "pin": 1})

    def test_many_wrong_tries_of_one_name_end_in_a_pause_and_others_go_on(self):
        self.with_bert()
        for _ in range(10):
            self.sign_in(401, password="wrong")
        self.refused(429, "too_many_requests", "wait 15 minutes", "POST", "/api/v1/sign-in",
                     {"name": "Bert", "password": PASSWORD})
        self.assertEqual(self.reply.headers["retry-after"], "900")
        for _ in range(10):
            self.sign_in(401, name="Nobody")
        self.sign_in(429, name="NOBODY")
        self.sign_in(200, email="bert@example.org")
        self.later("2026-11-16T07:15:01Z")
        self.sign_in(200)

    def test_the_right_password_forgets_the_wrong_ones(self):
        self.with_bert()
        for _ in range(2):
            for _ in range(9):
                self.sign_in(401, password="wrong")
            self.sign_in(200)

    def test_no_page_of_another_site_signs_anybody_in(self):
        self.with_bert()
        self.refused(403, "forbidden", "evil.example", "POST", "/api/v1/sign-in",
                     {"name": "Bert", "password": PASSWORD}, headers={"Origin": "http://evil.example"})


class OwnPassword(SignIn):
    NEW = "another one, please"

    def change(self, old=PASSWORD, **more):
        return dict({"old_password": old, "password": self.NEW}, **more)

    def test_the_old_one_makes_the_new_one_and_other_sessions_end(self):
        self.with_bert()
        self.sign_in()
        elsewhere = self.cookie()
        self.ask(204, "POST", "/api/v1/me/password", self.change(), headers=self.as_page())
        self.ask(200, "GET", "/api/v1/me", headers={"Cookie": self.session})
        self.refused(401, "unknown_user", "has ended", "GET", "/api/v1/me", headers={"Cookie": elsewhere})
        rows = self.ask(200, "GET", "/api/v1/sessions", headers={"Cookie": self.session})["items"]
        self.assertEqual(len(rows), 1)
        self.sign_in(401)
        self.sign_in(200, password=self.NEW)

    def test_a_wrong_old_one_is_refused_at_its_field_and_after_ten_there_is_a_pause(self):
        self.with_bert()
        for _ in range(10):
            problem = self.refused(422, "invalid", "not your password", "POST", "/api/v1/me/password",
                                   self.change("wrong"), headers=self.as_page())
            self.assertEqual(problem["field"], "old_password")
        self.refused(429, "too_many_requests", "wait 15 minutes", "POST", "/api/v1/me/password", self.change(),
                     headers=self.as_page())
        self.assertEqual(self.reply.headers["retry-after"], "900")
        self.sign_in(200)
        self.later("2026-11-16T07:15:01Z")
        self.ask(204, "POST", "/api/v1/me/password", self.change(), headers=self.as_page())

    def test_a_change_that_is_not_whole_is_refused_by_name(self):
        self.with_bert()
        for body, field in (({"password": self.NEW}, "old_password"), ({"old_password": PASSWORD}, "password"),
                            (self.change(password="ninebytes"), "password")):
            problem = self.refused(422, "invalid", "", "POST", "/api/v1/me/password", body, headers=self.as_page())
            self.assertEqual(problem["field"], field)
        self.refused(422, "invalid", "'pin'", "POST", "/api/v1/me/password", self.change(pin=1), headers=self.as_page())
        self.sign_in(200)

    def test_nobody_and_a_token_that_reads_and_another_site_change_none(self):
        self.with_bert()
        self.refused(401, "unknown_user", "say who you are", "POST", "/api/v1/me/password", self.change())
        self.refused(403, "forbidden", "'write'", "POST", "/api/v1/me/password", self.change(),
                     token=self.token("Bert", "read"))
        self.refused(403, "forbidden", "evil.example", "POST", "/api/v1/me/password", self.change(),
                     headers=self.as_page(Origin="http://evil.example"))
        self.sign_in(200)

    def test_no_password_is_in_the_audit(self):
        self.with_bert()
        self.ask(204, "POST", "/api/v1/me/password", self.change(), headers=self.as_page())
        said = json.dumps(self.ask(200, "GET", "/api/v1/audit", headers={"Cookie": self.session}))
        for secret in (PASSWORD, self.NEW, "argon2"):
            self.assertNotIn(secret, said)


@about_stores  # sessions have SQL of their own
class Sessions(SignIn):
    def test_a_session_writes_from_our_own_pages_only(self):
        self.with_bert()
        suite = {"name": "s1"}
        self.ask(201, "POST", "/api/v1/suites", suite, headers=self.as_page())
        suite = {"name": "s2"}
        self.ask(201, "POST", "/api/v1/suites", suite,
                 headers={"Cookie": self.session, "Sec-Fetch-Site": "same-origin"})
        for headers in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
                        {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}):
            self.refused(403, "forbidden", "", "POST", "/api/v1/suites", {"name": "s3"},
                         headers=dict({"Cookie": self.session}, **headers))
        names = [row["name"] for row in self.ask(200, "GET", "/api/v1/suites", headers={"Cookie": self.session})["items"]]
        self.assertEqual(names, ["s1", "s2"])

    def test_what_a_session_did_is_in_the_audit_as_the_web(self):
        self.with_bert()
        self.ask(201, "POST", "/api/v1/suites", {"name": "s1"}, headers=self.as_page())
        lines = self.ask(200, "GET", "/api/v1/audit?record=suite", headers={"Cookie": self.session})["items"]
        self.assertEqual([line["door"] for line in lines], ["web"])

    def test_signing_out_ends_the_session_and_its_cookie(self):
        self.with_bert()
        self.ask(204, "POST", "/api/v1/sign-out", headers=self.as_page())
        self.assertRegex(self.reply.headers["set-cookie"], "^rondo_session=; .*Max-Age=0")
        self.refused(401, "unknown_user", "has ended", "GET", "/api/v1/me", headers={"Cookie": self.session})
        self.ask(204, "POST", "/api/v1/sign-out", headers=self.as_page())
        self.ask(204, "POST", "/api/v1/sign-out")

    def test_a_wrong_cookie_is_nobodys_even_where_one_person_is_everybody(self):
        self.served()
        self.ask(200, "GET", "/api/v1/me")
        for secret in ("0" * 48, "x"):
            self.refused(401, "unknown_user", "has ended", "GET", "/api/v1/me",
                         headers={"Cookie": "rondo_session=" + secret})
        self.assertEqual(self.ask(200, "GET", "/api/v1/me", headers={"Cookie": "other=1"})["door"], "loopback")

    def test_thirty_idle_days_end_a_session_and_use_prolongs_it(self):
        self.with_bert()
        self.later("2026-12-15T07:00:00Z")
        self.ask(200, "GET", "/api/v1/me", headers={"Cookie": self.session})
        self.later("2027-01-14T06:59:59Z")
        self.ask(200, "GET", "/api/v1/me", headers={"Cookie": self.session})
        self.later("2027-02-13T06:59:59Z")
        self.refused(401, "unknown_user", "has ended", "GET", "/api/v1/me", headers={"Cookie": self.session})

    def test_sessions_are_listed_for_their_person_and_revoked(self):
        self.with_bert()
        first = self.session
        self.ask(200, "POST", "/api/v1/sign-in", {"name": "Bert", "password": PASSWORD},
                 headers={"User-Agent": "Firefox"})
        second = self.cookie()
        rows = self.ask(200, "GET", "/api/v1/sessions", headers={"Cookie": first})["items"]
        self.assertEqual([(row["name"], row["person"]) for row in rows], [("unknown", "Bert"), ("Firefox", "Bert")])
        self.assertEqual(self.ask(200, "GET", "/api/v1/sessions", token=self.token("Ada", "read"))["items"], [])
        self.ask(204, "DELETE", "/api/v1/sessions/" + rows[1]["id"], headers=self.as_page(first))
        self.ask(401, "GET", "/api/v1/me", headers={"Cookie": second})
        self.ask(200, "GET", "/api/v1/me", headers={"Cookie": first})

    def test_a_dropped_person_is_signed_out(self):
        self.with_bert()
        self.rondo("person", "drop", "Bert", "--as", "Ada")
        self.refused(401, "unknown_user", "has ended", "GET", "/api/v1/me", headers={"Cookie": self.session})


class Invitations(SignIn):
    def test_an_owner_invites_by_the_api_and_the_link_works_once(self):
        self.initialise()
        self.server = self.serve("--as", "Ada")
        made = self.ask(201, "POST", "/api/v1/invitations", {"name": "Cleo", "email": "cleo@example.org",
                                                            "roles": ["viewer", "council"], "days": 2})
        self.assertEqual((made["name"], made["expires"]), ("Cleo", "2026-11-18T07:00:00Z"))
        self.assertEqual(made["path"], "/invitation#" + made["token"])
        me = self.accept(200, made["token"], name="Cleopatra")
        self.assertEqual((me["person"]["name"], me["person"]["email"], me["role_words"], me["door"]),
                         ("Cleopatra", "cleo@example.org", ["viewer", "council"], "session"))
        self.refused(401, "unknown_user", "not valid", "POST", "/api/v1/invitations/accept",
                     {"token": made["token"], "password": PASSWORD})
        self.assertEqual(self.ask(200, "GET", "/api/v1/invitations/" + made["id"])["used"], NOW)
        self.sign_in(200, name="Cleopatra")

    def test_only_an_owner_invites(self):
        for roles in ("viewer", "member", "executive"):
            with self.subTest(roles=roles):
                self.setUp()
                self.with_bert(roles)
                for wish in ({"name": "Cleo"}, {"person": "Bert"}, {"person": "Ada"}):
                    self.refused(403, "forbidden", "'owner'", "POST", "/api/v1/invitations", wish,
                                 headers=self.as_page())
        self.assertEqual([row["name"] for row in self.rondo("person", "list", "--as", "Ada", "--json").json()["items"]],
                         ["Ada", "Bert"])

    def test_an_invitation_that_expired_or_was_dropped_is_refused(self):
        self.initialise()
        old, dropped = self.invite("Bert", "--days", "1"), self.invite("Cleo")
        self.rondo("invitation", "drop", "INV-2", "--as", "Ada")
        self.later("2026-11-17T07:00:00Z")
        for token in (old, dropped, "0" * 48):
            self.refused(401, "unknown_user", "not valid", "POST", "/api/v1/invitations/accept",
                         {"token": token, "password": PASSWORD})

    def test_undo_brings_no_used_invitation_back(self):
        self.initialise()
        token = self.invite("Bert")
        self.server = self.serve("--as", "Ada")
        self.accept(200, token)
        self.ask(200, "POST", "/api/v1/invitations/INV-1/undo")
        self.assertIsNone(self.reply.json()["used"])
        self.accept(401, token)

    def test_a_password_that_is_too_short_leaves_the_invitation_for_another(self):
        self.initialise()
        token = self.invite("Bert")
        self.server = self.serve()
        problem = self.refused(422, "invalid", "10", "POST", "/api/v1/invitations/accept",
                               {"token": token, "password": "ninebytes"})
        self.assertEqual(problem["field"], "password")
        self.refused(409, "conflict", "Ada", "POST", "/api/v1/invitations/accept",
                     {"token": token, "password": PASSWORD, "name": "Ada"})
        self.accept(200, token, password="ten bytes!")

    def test_who_is_invited_again_gets_a_new_password_and_is_signed_out_elsewhere(self):
        self.with_bert()
        self.accept(200, self.invite("Bert"), password="another one, please")
        fresh = self.cookie()
        self.ask(200, "GET", "/api/v1/me", headers={"Cookie": fresh})
        self.ask(401, "GET", "/api/v1/me", headers={"Cookie": self.session})
        self.sign_in(401)
        self.sign_in(200, password="another one, please")
        self.assertEqual(len(self.rondo("person", "list", "--as", "Ada", "--json").json()["items"]), 2)

    def test_wishes_that_make_no_sense_are_refused(self):
        self.initialise()
        self.person("ci", "", robot=True)
        self.server = self.serve("--as", "Ada")
        for wish, words in (({}, "'name' is missing"), ({"name": "B", "days": 91}, "1 to 90"), ({"name": "B", "days": 0}, "1 to 90"),
                            ({"name": "B", "roles": ["king"]}, "'king' is not a role"), ({"person": "ci"}, "is a robot"),
                            ({"name": "B", "colour": "red"}, "'colour'"), ({"name": 7}, "'name' is a text")):
            self.refused(422, "invalid", words, "POST", "/api/v1/invitations", wish)
        self.refused(404, "not_found", "Nobody", "POST", "/api/v1/invitations", {"person": "Nobody"})
        self.assertEqual(self.ask(200, "GET", "/api/v1/invitations")["items"], [])

    def test_no_secret_leaves_in_rows_audit_history_or_export(self):
        self.with_bert()
        token = self.invite("Cleo")
        secrets = [self.session.split("=")[1], token, PASSWORD, "argon2"]
        said = [json.dumps(self.ask(200, "GET", "/api/v1/" + path, headers={"Cookie": self.session}))
                for path in ("sessions", "invitations", "audit", "persons/PER-2/history", "invitations/INV-1/history")]
        self.rondo("export", "out", "--as", "Ada")
        for folder, _, names in os.walk(self.folder + "/out"):
            for name in names:
                self.assertNotRegex(name, "password|session_key|invitation_key|sign_in_try")
                with open(folder + "/" + name, "rb") as stream:
                    said.append(stream.read().decode("utf-8", "replace"))
        for secret in secrets:
            for words in said:
                self.assertNotIn(secret, words)


if __name__ == "__main__":
    unittest.main()
