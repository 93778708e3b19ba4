"""Prompts for applications: what a label carries, an ETag while it is the same, variables that are filled in."""
import unittest

from server import ServedWorkspace

CHAT = [{"role": "system", "content": "Be kind to {{customer}}."}, {"role": "user", "content": "{{question}}"}]


class Serve(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "support-reply"})
        for number, words in ((1, "Be kind to {{customer}}."), (2, "Be brief with {{ customer }}.")):
            self.ask(201, "POST", "/api/v1/prompt-versions",
                     {"prompt": "support-reply", "text": words, "message": "v%d" % number, "model": "larch",
                      "parameters": {"temperature": 0}})
        self.move(1)

    def move(self, version, name="support-reply"):
        self.ask(201, "POST", "/api/v1/prompts/%s/move" % name, {"label": "test", "version": version})

    def test_what_a_label_carries_and_304_while_it_is_the_same(self):
        address = "/api/v1/prompts/support-reply/serve?label=test"
        served = self.ask(200, "GET", address)
        self.assertEqual({key: served[key] for key in ("name", "label", "version", "kind", "text", "model", "parameters", "tools",
                                                       "variables")},
                         {"name": "support-reply", "label": "test", "version": 1, "kind": "text",
                          "text": "Be kind to {{customer}}.", "model": "larch", "parameters": {"temperature": 0}, "tools": None,
                          "variables": ["customer"]})
        etag = self.reply.headers["etag"]
        self.assertIsNone(self.ask(304, "GET", address, headers={"If-None-Match": 'W/"x", ' + etag}))
        self.move(2)
        self.assertEqual(self.ask(200, "GET", address, headers={"If-None-Match": etag})["version"], 2)
        self.assertNotEqual(self.reply.headers["etag"], etag)

    def test_unknown_prompts_and_labels_are_named(self):
        self.refused(404, "not_found", "there is no prompt 'other'", "GET", "/api/v1/prompts/other/serve")
        self.refused(404, "not_found", "support-reply has no label 'production'; it has 'test'", "GET",
                     "/api/v1/prompts/support-reply/serve")

    def test_variables_are_filled_in_and_checked_by_name(self):
        address = "/api/v1/prompts/support-reply/serve"
        served = self.ask(200, "POST", address, {"label": "test", "variables": {"customer": "Zoë\n{x}"}})
        self.assertEqual(served["text"], "Be kind to Zoë\n{x}.")
        for variables, words in (({}, "'customer' has no value"), ({"customer": "a", "b": "c"}, "no variable 'b'"),
                                 ({"customer": "{{secret}}"}, "could bring in other variables"),
                                 ({"customer": "\u001b[2J"}, "control character 0x1b"), ({"customer": 3}, "is not a text"),
                                 ([], "is an object")):
            self.refused(422, "invalid", words, "POST", address, {"label": "test", "variables": variables})
        self.refused(422, "invalid", "this takes", "POST", address, {"lable": "test"})

    def test_a_chat_is_filled_in_message_by_message(self):
        self.ask(201, "POST", "/api/v1/prompts", {"name": "chat", "kind": "chat"})
        self.refused(422, "invalid", "has 'messages' only", "POST", "/api/v1/prompt-versions",
                     {"prompt": "chat", "messages": CHAT, "text": "x", "message": "x"})
        self.refused(422, "invalid", "'boss' of message 1 is no role", "POST", "/api/v1/prompt-versions",
                     {"prompt": "chat", "messages": [{"role": "boss", "content": "x"}], "message": "x"})
        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "chat", "messages": CHAT, "message": "first"})
        self.move(1, "chat")
        served = self.ask(200, "POST", "/api/v1/prompts/chat/serve",
                          {"label": "test", "variables": {"customer": "Zoë", "question": "Why?"}})
        self.assertEqual([message["content"] for message in served["messages"]], ["Be kind to Zoë.", "Why?"])
        self.assertEqual(served["variables"], ["customer", "question"])

    def test_the_command_prints_the_same(self):
        printed = self.rondo("prompt", "serve", "support-reply", "--label", "test", "--variable", "customer=Zoë").json()
        self.assertEqual(printed["text"], "Be kind to Zoë.")
        self.assertIn("is not NAME=VALUE",
                      self.rondo("prompt", "serve", "support-reply", "--label", "test", "--variable", "x", code=2).err)


if __name__ == "__main__":
    unittest.main()
