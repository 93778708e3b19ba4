"""Two versions of a prompt side by side, by words and by lines."""
import unittest

from server import ServedWorkspace

ADDRESS = "/api/v1/prompts/greeting/diff"


class Diff(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "greeting"})
        self.version({"text": "Be kind.\nBe brief.\n", "model": "larch"})
        self.version({"text": "Be very kind.\nBe brief.\n", "model": "birch"})

    def version(self, body, prompt="greeting"):
        self.ask(201, "POST", "/api/v1/prompt-versions", dict(body, prompt=prompt, message="x"))

    def test_by_words_and_by_lines(self):
        answer = self.ask(200, "GET", ADDRESS + "?from=1&to=v2")
        self.assertEqual((answer["from"], answer["to"], answer["by"]), ("greeting 1", "greeting 2", "words"))
        text, model = answer["fields"]
        self.assertEqual([(piece["op"], piece["text"]) for piece in text["pieces"]],
                         [("same", "Be "), ("added", "very "), ("same", "kind.\nBe brief.\n")])
        self.assertEqual([(piece["op"], piece["text"]) for piece in model["pieces"]], [("removed", "larch"), ("added", "birch")])
        lines = self.ask(200, "GET", ADDRESS + "?from=1&to=2&by=lines")["fields"][0]["pieces"]
        self.assertEqual([(piece["op"], piece["text"]) for piece in lines],
                         [("removed", "Be kind.\n"), ("added", "Be very kind.\n"), ("same", "Be brief.\n")])
        self.assertEqual(self.ask(200, "GET", ADDRESS + "?from=2&to=2")["fields"], [])

    def test_messages_stand_beside_each_other(self):
        self.ask(201, "POST", "/api/v1/prompts", {"name": "chat", "kind": "chat"})
        first = [{"role": "system", "content": "Be kind."}]
        self.version({"messages": first}, "chat")
        self.version({"messages": first + [{"role": "user", "content": "{{question}}"}]}, "chat")
        fields = self.ask(200, "GET", "/api/v1/prompts/chat/diff?from=1&to=2")["fields"]
        self.assertEqual([(field["field"], [piece["op"] for piece in field["pieces"]]) for field in fields],
                         [("messages[1] user", ["added"])])

    def test_what_is_refused(self):
        self.refused(400, "usage", "name both versions", "GET", ADDRESS + "?from=1")
        self.refused(422, "invalid", "is not one of words, lines", "GET", ADDRESS + "?from=1&to=2&by=letters")
        self.refused(404, "not_found", "there is no version 7", "GET", ADDRESS + "?from=1&to=7")
        self.refused(422, "invalid", "is no version", "GET", ADDRESS + "?from=1&to=latest")

    def test_the_command_marks_words_and_lines(self):
        words = self.rondo("prompt", "diff", "greeting", "1", "2").out
        self.assertIn("Be {+very +}kind.", words)
        self.assertIn("[-larch-]{+birch+}", words)
        lines = self.rondo("prompt", "diff", "greeting", "1", "2", "--lines").out
        self.assertIn("-Be kind.\n+Be very kind.\n Be brief.\n", lines)
        self.assertEqual(self.rondo("prompt", "diff", "greeting", "2", "2").out, "They say the same.\n")


if __name__ == "__main__":
    unittest.main()
