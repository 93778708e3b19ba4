"""A server's review, kept while nothing that it is made of changes: after any change it says what a process of its own says."""
import unittest

from server import ServedWorkspace
from workspace import about_stores
from test_changes import run_lines


@about_stores  # what has changed is read out of the audit
class ReviewKept(ServedWorkspace):
    def reviewed(self):
        """What the command line says; the server must say the same."""
        made, served = self.rondo("review", "--json").json(), self.ask(200, "GET", "/api/v1/review")
        for review in made, served:
            review.pop("generated_at")
        self.assertTrue(served == made, "the server gives a review of before")
        return made

    def broken(self):
        return self.reviewed()["surfaces"][0]["paired"]["pass_to_fail"]

    def costs(self):
        lines = self.ask(200, "GET", "/api/v1/updates/week?week=2026-W47")["candidates"]["cost_latency"]
        return [line["html"] for line in lines]

    def imported(self, *runs, words=()):
        for at, lines in enumerate(runs):
            self.file("runs-%d.jsonl" % at, lines)
            self.rondo("import", "runs-%d.jsonl" % at, *words)

    def test_every_change_that_it_is_made_of_is_in_it(self):
        self.served()
        bad = "null".join(run_lines("bad", "2026-11-16T06:00:00Z", range(9), judge="b").rsplit("true", 1))
        self.imported(run_lines("good", "2026-11-09T07:00:00Z", judge="a"), bad,
                      run_lines("y", "2026-11-16T06:00:00Z").replace('"x"', '"y"').replace('"suite": "s"', '"suite": "t"'))
        event = {"title": "New index", "kind": "retrieval", "effective_at": "2026-11-12T00:00:00Z", "surfaces": ["x"], "slice": "new"}
        cause = {"surface": "x", "note": "seen", "week": "2026-W45", "kind": "retrieval"}
        changes = (
            ("POST", "/comparison-overrides", {"surface": "x", "week": "2026-W47", "reason": "both agree"}),
            ("POST", "/change-events", event),
            ("PATCH", "/change-events/CHG-1", {"title": "Newer index"}),
            ("POST", "/confirmed-causes", cause),
            ("PATCH", "/surfaces/SUR-1", {"floor": 0.9}),
            ("PATCH", "/suites/SUITE-1", {"nulls": "exclude"}),
            ("DELETE", "/change-events/CHG-1", None),
            ("POST", "/teams", {"name": "Red", "zone": "Pacific/Kiritimati"}),
            ("PATCH", "/surfaces/SUR-1", {"team": "Red"}),
            ("PATCH", "/teams/TEAM-1", {"zone": "Pacific/Pago_Pago"}),
        )
        before = self.reviewed()
        for method, path, body in changes:
            with self.subTest(path=path, body=body):
                headers = {}
                if method != "POST":
                    headers["If-Match"] = self.server.ask("GET", "/api/v1" + path).headers["etag"]
                self.ask({"POST": 201, "PATCH": 200, "DELETE": 204}[method], method, "/api/v1" + path, body, headers=headers)
                after = self.reviewed()
                if path != "/teams" and body != {"team": "Red"}:
                    self.assertFalse(after == before, "nothing has changed")
                before = after

    def test_runs_that_come_and_go_are_in_it(self):
        self.served()
        self.imported(run_lines("good", "2026-11-09T07:00:00Z", cost_usd=0.1, latency_ms=100),
                      run_lines("bad", "2026-11-16T06:00:00Z", range(9), cost_usd=0.2, latency_ms=200))
        self.assertEqual(self.broken(), 9)
        first = self.costs()
        self.assertIn("up 100.0 %", first[0])
        self.ask(201, "POST", "/api/v1/actions", {"title": "Look", "owner": "Ada", "due": "2026-12-01"})
        self.assertEqual(self.broken(), 9)
        self.assertEqual(self.costs(), first)
        self.imported(run_lines("bad", "2026-11-16T06:00:00Z", range(4), cost_usd=0.3, latency_ms=200), words=("--replace",))
        self.assertEqual(self.broken(), 4)
        self.assertIn("up 200.0 %", self.costs()[0])
        self.rondo("eval-run", "undo", "RUN-2")
        self.assertEqual(self.broken(), 9)
        self.assertEqual(self.costs(), first)
        self.imported(run_lines("better", "2026-11-17T06:00:00Z", range(1)))
        self.assertEqual(self.broken(), 1)


if __name__ == "__main__":
    unittest.main()
