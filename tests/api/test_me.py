"""Who asks: what a page learns about its reader before it shows anything."""
import unittest

from server import ServedWorkspace
from workspace import about_files, NOW


class Me(ServedWorkspace):
    def test_the_one_person_of_a_loopback_server_is_told_who_it_is(self):
        self.rondo("init", "--zone", "Europe/Berlin")
        self.server = self.serve()
        me = self.ask(200, "GET", "/api/v1/me")
        self.assertEqual((me["person"]["id"], me["person"]["name"]), ("PER-1", "Ada"))
        self.assertIn("email", me["person"])
        self.assertEqual(me["memberships"], [{"team": None, "roles": ["member", "owner"]}])
        self.assertEqual(me["role_words"], ["member", "owner"])
        self.assertEqual(me["door"], "loopback")
        self.assertEqual((me["server"]["name"], me["server"]["now"], me["server"]["zone"]),
                         ("Rondo", NOW, "Europe/Berlin"))

    def test_a_token_says_whose_it_is_and_what_it_may(self):
        self.initialise()
        self.person("Bert", "viewer")
        self.rondo("team", "add", "--as", "Ada", "--name", "Red")
        self.rondo("membership", "add", "--as", "Ada", "--person", "Bert", "--team", "Red", "--roles", "council")
        self.server = self.serve()
        me = self.ask(200, "GET", "/api/v1/me", token=self.token("Bert", "read"))
        self.assertEqual((me["person"]["name"], me["door"], me["scopes"]), ("Bert", "token", ["read"]))
        self.assertEqual([(m["team"] and m["team"]["name"], m["roles"]) for m in me["memberships"]],
                         [(None, ["viewer"]), ("Red", ["council"])])
        self.assertEqual(me["role_words"], ["viewer", "council"])

    def test_nobody_is_told_nothing(self):
        self.initialise()
        self.person("Bert", "member")
        self.token("Bert", "read")
        self.server = self.serve()
        self.refused(401, "unknown_user", "several persons", "GET", "/api/v1/me")
        self.refused(401, "unknown_user", "not valid", "GET", "/api/v1/me", token="rondo_wrong")

    def test_of_several_the_owner_is_meant_until_somebody_can_sign_in(self):
        self.initialise()
        self.person("Cleo", "executive")
        token = self.rondo("person", "invite", "Bert", "--json").json()["token"]
        self.server = self.serve()
        me = self.ask(200, "GET", "/api/v1/me")
        self.assertEqual((me["person"]["name"], me["role_words"], me["door"]), ("Ada", ["member", "owner"], "loopback"))
        self.ask(200, "POST", "/api/v1/invitations/accept", {"token": token, "password": "correct horse battery"})
        self.refused(401, "unknown_user", "several persons", "GET", "/api/v1/me")
        self.rondo("person", "list", code=2)
        self.assertEqual(self.ask(200, "GET", "/api/v1/me", token=self.token("Ada", "read"))["person"]["name"], "Ada")

    def test_another_address_never_guesses(self):
        self.initialise()
        self.person("Bert", "member")
        self.server = self.serve(listen="0.0.0.0:0", env={"RONDO_NOW": ""})
        self.refused(401, "unknown_user", "sign in", "GET", "/api/v1/me")


@about_files  # of the program, whatever the store is
class Catalogue(ServedWorkspace):
    def record(self, name, **options):
        return {r["name"]: r for r in self.ask(200, "GET", "/api/v1/catalog", **options)["records"]}[name]

    def test_the_catalogue_says_what_its_reader_may_do(self):
        self.initialise()
        self.person("Bert", "viewer")
        self.server = self.serve("--as", "Ada")
        everything = {"create": True, "patch": True, "delete": True}
        self.assertEqual(self.record("team")["can"], everything)
        self.assertEqual(self.record("eval_run")["can"], {"create": False, "patch": True, "delete": True})
        self.assertEqual(self.record("prompt_label")["can"], {"create": False, "patch": False, "delete": True})
        nothing = {"create": False, "patch": False, "delete": False}
        for token in (self.token("Bert", "write"), self.token("Ada", "read")):
            self.assertEqual(self.record("team", token=token)["can"], nothing)
            self.assertEqual(self.record("suite", token=token)["can"], nothing)
        self.assertEqual(self.record("token", token=self.token("Bert", "write"))["can"]["delete"], True)

    def test_what_the_catalogue_says_is_what_the_server_does(self):
        self.initialise()
        self.person("Bert", "viewer")
        self.server = self.serve("--as", "Ada")
        bert = self.token("Bert", "write")
        for token in (None, bert):
            can = self.record("team", token=token)["can"]["create"]
            self.ask(201 if can else 403, "POST", "/api/v1/teams", {"name": "T%s" % can}, token=token)

    def test_verbs_say_whether_the_reader_may_use_them(self):
        self.initialise()
        self.person("Bert", "viewer")
        self.server = self.serve("--as", "Ada")
        verbs = self.record("action")["transitions"]
        self.assertTrue(verbs and all(step["can"] for step in verbs), verbs)
        verbs = self.record("action", token=self.token("Bert", "write"))["transitions"]
        self.assertFalse(any(step["can"] for step in verbs), verbs)

    def test_choices_and_records_have_words_for_people(self):
        self.served()
        suite = self.record("suite")
        nulls = [field for field in suite["fields"] if field["name"] == "nulls"][0]
        self.assertEqual(nulls["choice_labels"], {"fail": "Fail", "exclude": "Exclude"})
        self.assertEqual(self.record("eval_run")["plural_label"], "eval runs")


if __name__ == "__main__":
    unittest.main()
