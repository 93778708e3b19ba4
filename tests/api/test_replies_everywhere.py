"""Every answer of JSON is told in openapi.json, and the addresses of the demo answer what is told: `ask` holds each against it."""
import unittest

from held_replies import faults_of, golden, operation_of
from server import ServedWorkspace

ROWS = 4  # of a record, asked for one by one
UNTOLD = {"/api/v1/openapi.json"}  # its schema is the OpenAPI specification
WITH_WORDS = {"/api/v1/figures/told": "?written=actions.open", "/api/v1/search": "?q=answers"}
ELSEWHERE = {"/api/v1/compare", "/api/v1/eval-cases/{id}/page", "/api/v1/prompts/{id}/diff", "/api/v1/jobs/{id}"}  # by tests of their own
OF_A_ROW = {"/api/v1/occurrences/{id}/run", "/api/v1/rituals/{id}/offers", "/api/v1/prompts/{id}/versions", "/api/v1/prompts/{id}/used",
            "/api/v1/prompts/{id}/history", "/api/v1/prompts/{id}/serve", "/api/v1/deployments/{id}/watch", "/api/v1/prompt-changes/{id}/page",
            "/api/v1/updates/{id}/page", "/api/v1/updates/{id}/diff", "/api/v1/metric-series/{id}/points", "/api/v1/metric-series/{id}/trend",
            "/api/v1/persons/{id}/presence", "/api/v1/actions/{id}/history", "/api/v1/decisions/{id}/links"}


def json_reads():
    """The addresses that answer JSON without being told anything."""
    return sorted("/".join(path) for (method, _), some in golden()[1].items() for path, operation in some
                  if method == "GET" and path[1] == "api" and "application/json" in operation["responses"]["200"]["content"])


class Told(unittest.TestCase):
    def test_every_answer_has_a_schema_and_every_schema_that_is_named_is_there(self):
        schemas, routes = golden()
        untold, unknown = set(), set()
        for path, operation in (one for some in routes.values() for one in some):
            for response in operation["responses"].values():
                for content in (content for kind, content in response.get("content", {}).items() if kind.endswith("json")):
                    name = content["schema"].get("$ref", "").rpartition("/")[2]
                    if name not in schemas:
                        (unknown if name else untold).add("/".join(path))
        self.assertEqual((untold, unknown), (UNTOLD, set()))

    def test_what_is_not_as_it_is_told_is_a_fault(self):
        self.assertEqual(faults_of("GET", "/api/v1/health", 200, {"status": "ok", "version": "1"}), [])
        self.assertEqual(faults_of("GET", "/api/v1/health?q=1", 200, {"status": "ok"}), ["reply has no 'version'"])
        self.assertEqual(faults_of("GET", "/api/v1/figures", 200, {}), ["reply is {}, not array"])
        self.assertIn("reply has no 'detail'", faults_of("GET", "/api/v1/health", 503, {}))
        self.assertEqual(faults_of("GET", "/api/v1/nothing", 404, {}), [])

    def test_a_word_in_an_address_comes_before_an_id(self):
        self.assertEqual([operation_of("GET", "/api/v1/updates/" + last)["operationId"] for last in ("week", "UPD-1")], ["get_updates_week", "get_updates_id"])


class Everywhere(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.rondo("demo")
        self.server = self.serve()

    def test_what_is_read(self):
        for path in (path for path in json_reads() if "{" not in path and path not in ELSEWHERE):
            self.ask(200, "GET", path + WITH_WORDS.get(path, ""))

    def test_what_is_read_of_a_row(self):
        asked = set()
        for path in (path for path in json_reads() if "{id}" in path and path not in ELSEWHERE):
            for row in self.ask(200, "GET", "%s?limit=%d" % (path.partition("/{id}")[0], ROWS))["items"]:
                self.ask(200, "GET", path.replace("{id}", row["id"]))
                asked.add(path)
        self.assertEqual(OF_A_ROW - asked, set())


if __name__ == "__main__":
    unittest.main()
