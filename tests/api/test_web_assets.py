"""The web pages as a browser fetches them, whether they were built or the stand-in answers for them."""
import gzip
import re
import unittest

from server import ServedWorkspace
from workspace import about_files


@about_files  # of the program, whatever it keeps its rows in
class WebAssets(ServedWorkspace):
    def page(self, path="/", **options):
        self.ask(200, "GET", path, **options)
        return self.reply

    def test_the_front_is_a_page(self):
        self.served()
        page = self.page()
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")
        self.assertTrue(page.text.lower().startswith("<!doctype html>"), page.text[:80])
        self.assertEqual(page.headers["x-content-type-options"], "nosniff")
        self.assertEqual(page.headers["referrer-policy"], "same-origin")
        self.assertEqual(page.headers["cache-control"], "no-cache")
        self.assertIn("script-src 'self';", page.headers["content-security-policy"])
        self.assertIn("require-trusted-types-for 'script'", page.headers["content-security-policy"])

    def test_places_inside_the_pages_get_the_page_and_the_api_does_not(self):
        self.served()
        front = self.page().body
        self.assertEqual(self.page("/evals/SUR-1?week=2026-W47").body, front)
        for path in ("/api/v1/nothing", "/api", "/assets/nothing.js"):
            self.refused(404, "not_found", path, "GET", path)
        self.refused(404, "not_found", "/evals", "POST", "/evals", {})

    def test_pages_are_for_everybody_and_the_rows_are_not(self):
        self.initialise()
        self.person("Bert", "member")
        self.token("Bert", "read")
        self.server = self.serve()
        self.page("/")
        self.refused(401, "unknown_user", "several persons", "GET", "/api/v1/surfaces")

    def test_a_page_that_is_known_is_not_sent_again(self):
        self.served()
        etag = self.page().headers["etag"]
        self.ask(304, "GET", "/", headers={"If-None-Match": etag})
        self.assertEqual((self.reply.body, self.reply.headers["etag"]), (b"", etag))
        self.ask(200, "GET", "/", headers={"If-None-Match": '"another"'})

    def test_head_says_how_long_the_page_is(self):
        self.served()
        length = len(self.page().body)
        self.ask(200, "HEAD", "/")
        self.assertEqual((self.reply.body, int(self.reply.headers["content-length"])), (b"", length))

    def test_what_the_page_names_is_there_and_kept_for_good(self):
        self.served()
        for path in re.findall(r'(?:src|href)="(/[^"]+)"', self.page().text):
            with self.subTest(path=path):
                whole = self.page(path).body
                if path.startswith("/assets/"):
                    self.assertIn("immutable", self.reply.headers["cache-control"])
                packed = self.page(path, headers={"Accept-Encoding": "gzip"})
                if "content-encoding" in packed.headers:
                    self.assertLess(len(packed.body), len(whole))
                    self.assertEqual(gzip.decompress(packed.body), whole)


if __name__ == "__main__":
    unittest.main()
