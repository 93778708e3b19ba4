"""Markdown by the API: what comes back, and what is refused."""
import unittest

from server import ServedWorkspace
from workspace import about_files


@about_files  # of the program, whatever it keeps its rows in
class Markdown(ServedWorkspace):
    def test_markdown_becomes_safe_html(self):
        self.served()
        html = self.ask(200, "POST", "/api/v1/markdown", {"text": "**Ship** <b>it</b> [x](javascript:a)"})["html"]
        self.assertTrue(html.startswith("<p><strong>Ship</strong> "), html)
        self.assertNotIn("<b>", html)
        self.assertNotIn("javascript:", html)

    def test_a_text_of_256_kib_is_rendered_and_a_longer_one_refused(self):
        self.served()
        most = "\u00e9" * (128 * 1024)
        self.assertIn(most, self.ask(200, "POST", "/api/v1/markdown", {"text": most})["html"])
        self.refused(413, "too_large", "262144", "POST", "/api/v1/markdown", {"text": most + "a"})

    def test_only_a_text_is_rendered(self):
        self.served()
        for body in ({}, {"text": None}, {"text": 7}):
            self.assertEqual(self.refused(422, "invalid", "'text' is missing", "POST", "/api/v1/markdown", body)["field"],
                             "text")


if __name__ == "__main__":
    unittest.main()
