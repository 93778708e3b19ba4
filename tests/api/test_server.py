"""The doors of the server, tried as a stranger's script would: by what is promised, over real sockets."""
import gzip
import http.client
import json
import re
import socket
import threading
import time
import unittest
from urllib.parse import quote

from server import Server, ServedWorkspace, ask_on, query, wait_until
from workspace import about_files

RESULT = {"surface": "chat", "suite": "basic", "run": "monday", "started_at": "2026-11-16T05:00:00Z", "model": "m1"}


def results(workspace, run="monday", passed=8, count=10, **more):
    rows = [{"case": "c%d" % i, "pass": i < passed} for i in range(count)]
    return workspace.lines(*rows, **dict(RESULT, run=run, **more))


@about_files  # of the server, whatever it keeps its rows in
class Listening(ServedWorkspace):
    def test_the_first_line_says_where_it_listens(self):
        server = self.served()
        self.assertRegex(server.line, r"^listening on http://127\.0\.0\.1:[1-9][0-9]*$")

    def test_two_servers_on_port_0_get_two_ports_and_share_the_store(self):
        first, second = self.served(), self.serve()
        self.assertNotEqual(first.port, second.port)
        made = first.ask("POST", "/api/v1/teams", {"name": "Red"}).json()
        self.assertEqual(second.ask("GET", "/api/v1/teams/" + made["id"]).json()["name"], "Red")

    def test_a_port_that_is_taken_is_named(self):
        server = self.served()
        again = Server(self.env, self.folder, listen="127.0.0.1:%d" % server.port)
        self.assertEqual(again.wait(), 4, again.err)
        self.assertIn(str(server.port), again.err)

    def test_addresses_that_make_no_sense_are_refused(self):
        self.initialise()
        for listen in ("8080", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:x", ":80"):
            with self.subTest(listen=listen):
                answer = self.run_rondo("serve", "--listen", listen)
                self.assertIn(answer.code, (2, 4))
                self.assertIn(listen.split(":")[0] or listen, answer.err)
                self.assertEqual(answer.out, "")

    def test_sigterm_finishes_the_request_that_runs(self):
        server = self.served()
        body = results(self, passed=8, count=10).encode()
        lines = socket.create_connection(("127.0.0.1", server.port))
        self.addCleanup(lines.close)
        head = ("POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body)).encode()
        lines.sendall(head + body[:-5])
        self.assertTrue(wait_until(lambda: "rondo_http_requests_in_flight 2"
                                   in server.ask("GET", "/metrics").text))
        server.tell_to_stop()
        time.sleep(0.3)
        self.assertIsNone(server.process.poll(), "the server did not wait for its request")
        lines.sendall(body[-5:])
        answer = http.client.HTTPResponse(lines)
        answer.begin()
        self.assertEqual(answer.status, 202)
        job = json.loads(answer.read())["job"]
        self.assertEqual(server.wait(), 0)
        self.server = self.serve()
        self.assertEqual(self.finished(job)["state"], "done")
        self.assertEqual(len(self.rondo("eval-run", "list", "--json").json()["items"]), 1)

    def test_a_stopped_server_answers_nobody(self):
        server = self.served()
        self.assertEqual(server.stop(), 0)
        with self.assertRaises(OSError):
            server.ask("GET", "/api/v1/health")

    def test_a_store_that_is_not_there_is_no_server(self):
        server = Server(self.env, self.folder)
        self.assertEqual(server.line, "")
        self.assertEqual(server.wait(), 4, server.err)
        self.assertIn("rondo init", server.err)

    def test_a_fixed_clock_is_said_and_accepted_on_loopback_only(self):
        self.initialise()
        server = self.serve()
        server.stop()
        self.assertIn("RONDO_NOW", server.err)
        answer = self.run_rondo("serve", "--listen", "0.0.0.0:0")
        self.assertEqual(answer.code, 2)
        self.assertIn("RONDO_NOW", answer.err)


class Pages(ServedWorkspace):
    def test_health_answers(self):
        self.served()
        self.assertEqual(self.ask(200, "GET", "/api/v1/health")["status"], "ok")

    def test_what_is_not_there_is_a_problem_with_a_sentence(self):
        self.served()
        for path in ("/api/v1/nothing", "/assets/nothing", "/api/v1/surfaces/SUR-99", "/api/v1/surfaces/x", "/api/v2/surfaces"):
            with self.subTest(path=path):
                self.refused(404, "not_found", path.rsplit("/", 1)[1], "GET", path)

    def test_a_method_that_is_not_there_names_those_that_are(self):
        self.served()
        self.refused(405, "method_not_allowed", "GET", "DELETE", "/api/v1/surfaces")
        self.assertEqual(self.reply.headers["allow"], "GET, HEAD, POST, PATCH")

    def test_head_is_get_without_a_body(self):
        self.served()
        self.ask(200, "HEAD", "/api/v1/catalog")
        self.assertEqual(self.reply.body, b"")
        self.assertGreater(int(self.reply.headers["content-length"]), 1000)

    def test_the_catalogue_names_every_record_and_its_address_answers(self):
        self.served()
        records = self.ask(200, "GET", "/api/v1/catalog")["records"]
        self.assertIn("surface", [record["name"] for record in records])
        for record in records:
            with self.subTest(record=record["name"]):
                page = self.ask(200, "GET", record["address"])
                self.assertEqual(sorted(page), ["items", "next"])

    def test_a_strange_host_is_refused(self):
        self.served()
        self.refused(403, "forbidden", "evil.example", "GET", "/api/v1/health", headers={"Host": "evil.example"})

    def test_another_sites_page_changes_nothing(self):
        self.served()
        origin = {"Origin": "https://evil.example"}
        self.refused(403, "forbidden", "evil.example", "POST", "/api/v1/teams", {"name": "Red"}, headers=origin)
        self.assertEqual(self.ask(200, "GET", "/api/v1/teams")["items"], [])


@about_files  # of the server, whatever it keeps its rows in
class Metrics(ServedWorkspace):
    SAMPLE = re.compile(r'^([a-z_]+)((?:\{[a-z_]+="(?:[^"\\]|\\.)*"(?:,[a-z_]+="(?:[^"\\]|\\.)*")*\})?) (\S+)$')

    def read(self):
        """The text format, strictly: HELP and TYPE once before the samples of each family."""
        reply = self.server.ask("GET", "/metrics")
        self.assertEqual(reply.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        self.assertTrue(reply.text.endswith("\n"))
        kinds, samples, family, helped = {}, {}, None, None
        for line in reply.text.splitlines():
            if line.startswith("# HELP "):
                helped = line.split(" ", 3)[2]
                self.assertNotIn(helped, kinds)
            elif line.startswith("# TYPE "):
                _, _, family, kind = line.split(" ")
                self.assertEqual(family, helped)
                self.assertIn(kind, ("counter", "gauge", "histogram"))
                kinds[family] = kind
            else:
                name, labels, value = self.SAMPLE.match(line).groups()
                plain = re.sub("_(bucket|sum|count)$", "", name) if kinds[family] == "histogram" else name
                self.assertEqual(plain, family)
                self.assertNotIn((name, labels), samples)
                samples[name, labels] = float(value)
        return kinds, samples

    def test_names_and_types_are_those_of_prometheus(self):
        self.served()
        self.ask(200, "GET", "/api/v1/health")
        kinds, samples = self.read()
        self.assertEqual(kinds, {"rondo_build_info": "gauge", "rondo_http_requests_in_flight": "gauge",
                                 "rondo_http_response_bytes_total": "counter", "rondo_http_requests_total": "counter",
                                 "rondo_http_request_duration_seconds": "histogram"})
        # A request is in flight until its last byte is sent, which its client may hear of first.
        self.assertTrue(wait_until(lambda: self.read()[1]["rondo_http_requests_in_flight", ""] == 1))

    def test_requests_are_counted_by_route_and_status_never_by_path(self):
        self.served()
        for path in ("/api/v1/surfaces/SUR-1", "/api/v1/surfaces/SUR-2", "/api/strange\"{}", "/api/stranger"):
            self.server.ask("GET", path.replace('"', "%22"))
        _, samples = self.read()
        labels = '{route="/api/v1/surfaces/{id}",method="GET",status="404"}'
        self.assertEqual(samples["rondo_http_requests_total", labels], 2)
        self.assertEqual(samples["rondo_http_requests_total", '{route="none",method="any",status="404"}'], 2)
        self.assertNotIn("strange", self.server.ask("GET", "/metrics").text)

    def test_histograms_grow_to_their_count(self):
        self.served()
        for _ in range(5):
            self.ask(200, "GET", "/api/v1/health")
        _, samples = self.read()
        rows = [(labels, value) for (name, labels), value in samples.items()
                if name.endswith("_bucket") and "/api/v1/health" in labels]
        values = [value for _, value in rows]
        self.assertEqual(values, sorted(values))
        self.assertIn('le="+Inf"', rows[-1][0])
        self.assertEqual(values[-1], 5)


@about_files  # of the server, whatever it keeps its rows in
class OpenApi(ServedWorkspace):
    def page(self):
        return self.ask(200, "GET", "/api/v1/openapi.json")

    def walk(self, node, at=""):
        yield at, node
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in items:
            yield from self.walk(value, "%s/%s" % (at, key))

    def test_it_has_the_parts_that_3_1_asks_for(self):
        self.served()
        page = self.page()
        self.assertRegex(page["openapi"], r"^3\.1\.\d+$")
        self.assertEqual(sorted(page["info"]), ["title", "version"])
        seen = set()
        for path, operations in page["paths"].items():
            self.assertTrue(path.startswith("/"), path)
            for method, operation in operations.items():
                self.assertIn(method, ("get", "post", "put", "patch", "delete", "head"))
                self.assertNotIn(operation["operationId"], seen)
                seen.add(operation["operationId"])
                self.check_operation(path, operation)

    def check_operation(self, path, operation):
        self.assertTrue(operation["summary"])
        self.assertTrue(operation["responses"])
        for status, response in operation["responses"].items():
            self.assertRegex(status, r"^([1-5]\d\d|default)$")
            self.assertTrue(response["description"])
        names = [(parameter["in"], parameter["name"]) for parameter in operation["parameters"]]
        self.assertEqual(len(names), len(set(names)), path)
        for parameter in operation["parameters"]:
            self.assertIn(parameter["in"], ("path", "query", "header"))
            self.assertIn("schema", parameter)
        wanted = re.findall(r"\{(\w+)\}", path)
        self.assertEqual([name for place, name in names if place == "path"], wanted)

    def test_every_reference_resolves_and_types_are_json_schema(self):
        self.served()
        page = self.page()
        kinds = {"object", "array", "string", "integer", "number", "boolean", "null"}
        for at, node in self.walk(page):
            if isinstance(node, dict) and "$ref" in node:
                target = page
                for part in node["$ref"].split("/")[1:]:
                    self.assertIn(part, target, at)
                    target = target[part]
            if isinstance(node, dict) and at.startswith("/components/schemas") and isinstance(node.get("type"), (str, list)):
                types = node["type"] if isinstance(node["type"], list) else [node["type"]]
                self.assertTrue(set(types) <= kinds, at)
                if "required" in node and "properties" in node:
                    self.assertTrue(set(node["required"]) <= set(node["properties"]), at)

    def test_every_route_answers_its_method(self):
        self.rondo("demo")
        self.server = self.serve()
        records = self.ask(200, "GET", "/api/v1/catalog")["records"]
        ids = {record["address"]: self.ask(200, "GET", record["address"] + "?limit=1")["items"] for record in records}
        verbs = {record["address"]: record["transitions"][0]["verb"] for record in records if record.get("transitions")}
        for path, operations in self.page()["paths"].items():
            for method in operations:
                address = path
                items = ids.get("/".join(path.split("/")[:4]))
                if ("{id}" in path and not items) or (method, path) == ("delete", "/api/v1/persons/{id}"):
                    continue  # no row to ask for, or nobody would be left to ask
                if items:
                    address = path.replace("{id}", items[0]["id"])
                address = address.replace("{change}", "999999")
                address = address.replace("{verb}", verbs.get("/".join(path.split("/")[:4]), "{verb}"))
                body = {} if method != "get" else None
                ends = "?follow=false" if "text/event-stream" in json.dumps(operations[method]) else ""
                reply = self.server.ask(method.upper(), address + ends, body)
                with self.subTest(method=method, path=path):
                    self.assertNotEqual(reply.status, 405, reply.text)
                    self.assertLess(reply.status, 500, reply.text)
                    if "{change}" not in path:
                        if path not in ("/assets/{file}", "/calendar/{file}"):  # no file is named so
                            self.assertNotEqual(reply.status, 404, reply.text)
                if method == "delete" and reply.status == 204:
                    self.ask(200, "POST", address + "/undo")

    def test_what_is_answered_has_the_declared_fields(self):
        self.rondo("demo")
        self.server = self.serve()
        schemas = self.page()["components"]["schemas"]
        for record in self.ask(200, "GET", "/api/v1/catalog")["records"]:
            for row in self.ask(200, "GET", record["address"] + "?limit=3")["items"]:
                self.assertEqual(set(row), set(schemas[record["name"]]["properties"]), record["name"])


class Records(ServedWorkspace):
    def test_a_team_is_made_shown_changed_dropped_and_brought_back(self):
        self.served()
        made = self.ask(201, "POST", "/api/v1/teams", {"name": "Red", "zone": "Europe/Berlin"})
        self.assertEqual(self.reply.headers["location"], "/api/v1/teams/" + made["id"])
        self.assertEqual(self.reply.headers["etag"], '"1"')
        path = "/api/v1/teams/" + made["id"]
        self.assertEqual(self.ask(200, "GET", path), made)
        changed = self.ask(200, "PATCH", path, {"name": "Crimson"}, headers={"If-Match": '"1"'})
        self.assertEqual((changed["name"], changed["zone"], changed["version"]), ("Crimson", "Europe/Berlin", 2))
        self.assertEqual(self.reply.headers["etag"], '"2"')
        self.ask(204, "DELETE", path)
        self.assertEqual(self.ask(200, "GET", "/api/v1/teams")["items"], [])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/teams?archived=yes")["items"]), 1)
        self.assertIsNone(self.ask(200, "POST", path + "/undo")["archived"])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/teams")["items"]), 1)

    def test_surface_and_person_are_made_with_refs_by_name_and_by_id(self):
        self.served()
        self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})
        self.ask(201, "POST", "/api/v1/suites", {"name": "basic"})
        surface = self.ask(201, "POST", "/api/v1/surfaces", {"name": "chat", "suite": "basic", "team": "TEAM-1", "floor": 0.5})
        self.assertEqual((surface["suite"], surface["team"], surface["floor"]), ("basic", "Red", 0.5))
        self.refused(422, "invalid", "Blue", "PATCH", "/api/v1/surfaces/" + surface["id"], {"team": "Blue"})
        person = self.ask(201, "POST", "/api/v1/persons", {"name": "Ben", "email": "ben@example.org"})
        self.assertFalse(person["is_robot"])

    def test_a_stale_change_is_refused_with_both_values(self):
        self.served()
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(200, "PATCH", path, {"name": "Crimson"})
        problem = self.refused(412, "stale", "", "PATCH", path, {"name": "Scarlet"}, headers={"If-Match": '"1"'})
        self.assertEqual(problem["version"], 2)
        self.assertEqual(problem["conflicts"], [{"field": "name", "yours": "Scarlet", "theirs": "Crimson"}])
        self.assertEqual(self.reply.headers["etag"], '"2"')
        self.refused(412, "stale", "", "DELETE", path, headers={"If-Match": '"1"'})
        self.assertEqual(self.ask(200, "GET", path)["name"], "Crimson")
        self.refused(400, "usage", "If-Match", "PATCH", path, {"name": "X"}, headers={"If-Match": "2"})
        self.ask(200, "PATCH", path, {"name": "Scarlet"}, headers={"If-Match": '"2"'})

    def test_a_row_that_is_known_is_not_sent_again(self):
        self.served()
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(304, "GET", path, headers={"If-None-Match": '"1"'})
        self.assertEqual(self.reply.body, b"")
        self.ask(200, "GET", path, headers={"If-None-Match": '"2"'})

    def test_the_same_key_makes_one_row(self):
        self.served()
        key = {"Idempotency-Key": "one"}
        first = self.ask(201, "POST", "/api/v1/teams", {"name": "Red"}, headers=key)
        headers = self.reply.headers
        again = self.ask(201, "POST", "/api/v1/teams", {"name": "Red"}, headers=key)
        self.assertEqual(first, again)
        self.assertEqual(self.reply.headers["idempotent-replay"], "true")
        for name in ("etag", "location"):
            self.assertEqual(self.reply.headers[name], headers[name])
        self.refused(422, "invalid", "one", "POST", "/api/v1/teams", {"name": "Blue"}, headers=key)
        self.refused(422, "invalid", "one", "POST", "/api/v1/persons", {"name": "Red"}, headers=key)
        self.refused(400, "usage", "Idempotency-Key", "POST", "/api/v1/teams", {"name": "Blue"},
                     headers={"Idempotency-Key": "x" * 201})
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/teams")["items"]), 1)

    def test_a_refused_request_does_not_use_up_its_key(self):
        self.served()
        key = {"Idempotency-Key": "two"}
        self.refused(422, "invalid", "name", "POST", "/api/v1/teams", {}, headers=key)
        self.ask(201, "POST", "/api/v1/teams", {"name": "Red"}, headers=key)

    def test_a_key_holds_over_a_restart_and_for_deletes(self):
        server = self.served()
        key = {"Idempotency-Key": "three"}
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(204, "DELETE", path, headers=key)
        server.stop()
        self.server = self.serve()
        self.ask(204, "DELETE", path, headers=key)
        self.assertEqual(self.reply.headers["idempotent-replay"], "true")

    def test_undo_of_a_change_takes_back_all_of_it(self):
        self.served()
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(200, "PATCH", path, {"name": "Crimson", "zone": "UTC"})
        change = self.ask(200, "GET", path + "/history")["items"][0]["change"]
        undone = self.ask(200, "POST", "/api/v1/undo/%d" % change)
        self.assertEqual(undone["undone"], change)
        row = self.ask(200, "GET", path)
        self.assertEqual((row["name"], row["zone"], row["version"]), ("Red", None, 3))
        self.refused(409, "conflict", str(change), "POST", "/api/v1/undo/%d" % change)
        self.refused(404, "not_found", "999", "POST", "/api/v1/undo/999")

    def test_undo_is_refused_by_name_when_the_field_changed_later(self):
        self.served()
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(200, "PATCH", path, {"name": "Crimson"})
        self.ask(200, "PATCH", path, {"name": "Scarlet"})
        change = self.ask(200, "GET", path + "/history")["items"][1]["change"]
        problem = self.refused(409, "conflict", "name", "POST", "/api/v1/undo/%d" % change)
        self.assertIn("Ada", problem["detail"])

    def test_history_says_who_what_and_both_values(self):
        self.served()
        path = "/api/v1/teams/" + self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})["id"]
        self.ask(200, "PATCH", path, {"name": "Crimson"})
        newest, oldest = self.ask(200, "GET", path + "/history")["items"]
        self.assertEqual((newest["version"], newest["who"], newest["door"]), (2, "Ada", "api"))
        self.assertEqual(newest["fields"], [{"field": "name", "before": "Red", "after": "Crimson"}])
        self.assertEqual(oldest["fields"][0], {"field": "name", "before": None, "after": "Red"})
        page = self.ask(200, "GET", path + "/history?limit=1")
        rest = self.ask(200, "GET", path + "/history?limit=1&before=" + page["next"])
        self.assertEqual([item["version"] for item in rest["items"]], [1])

    def test_a_link_is_seen_from_both_sides(self):
        self.served()
        for name in ("Red", "Blue"):
            self.ask(201, "POST", "/api/v1/teams", {"name": name})
        link = self.ask(201, "POST", "/api/v1/links", {"kind": "supersedes", "from": "TEAM-2", "to": "TEAM-1", "note": "merged"})
        for here, there, direction in (("TEAM-2", "TEAM-1", "out"), ("TEAM-1", "TEAM-2", "in")):
            seen = self.ask(200, "GET", "/api/v1/teams/%s/links" % here)["items"]
            self.assertEqual([(item["row"], item["direction"], item["note"]) for item in seen], [(there, direction, "merged")])
        self.refused(409, "conflict", "", "POST", "/api/v1/links", {"kind": "supersedes", "from": "team-2", "to": "team-1"})
        self.refused(422, "invalid", "TEAM-9", "POST", "/api/v1/links", {"kind": "fixes", "from": "TEAM-9", "to": "TEAM-1"})
        self.ask(204, "DELETE", "/api/v1/links/" + link["id"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/teams/TEAM-1/links")["items"], [])

    def test_the_audit_tells_what_was_done_and_verifies(self):
        self.served()
        self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})
        self.ask(200, "PATCH", "/api/v1/teams/TEAM-1", {"name": "Crimson"})
        lines = self.ask(200, "GET", "/api/v1/audit?record=team")["items"]
        self.assertEqual([(line["verb"], line["door"], line["actor"], line["row"]) for line in lines],
                         [("set", "api", "PER-1", "TEAM-1"), ("add", "api", "PER-1", "TEAM-1")])
        first = self.ask(200, "GET", "/api/v1/audit?limit=1")
        second = self.ask(200, "GET", "/api/v1/audit?limit=1&before=" + first["next"])
        self.assertLess(second["items"][0]["id"], first["items"][0]["id"])
        self.assertTrue(self.ask(200, "GET", "/api/v1/audit/verify")["is_intact"])
        self.refused(422, "invalid", "nothing", "GET", "/api/v1/audit?record=nothing")

    def test_lists_are_filtered_sorted_and_paged(self):
        self.served()
        for i in range(7):
            self.ask(201, "POST", "/api/v1/teams", {"name": "Team %d" % i, "zone": "UTC" if i % 2 else "Europe/Berlin"})
        found = self.ask(200, "GET", "/api/v1/teams" + query(zone="UTC", sort="-name"))["items"]
        self.assertEqual([row["name"] for row in found], ["Team 5", "Team 3", "Team 1"])
        seen, after = [], ""
        while after is not None:
            page = self.ask(200, "GET", "/api/v1/teams?sort=-name&limit=2" + ("&after=" + quote(after) if after else ""))
            self.assertLessEqual(len(page["items"]), 2)
            seen += [row["name"] for row in page["items"]]
            after = page["next"]
        self.assertEqual(seen, ["Team %d" % i for i in reversed(range(7))])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/teams" + query(zone__not="UTC"))["items"]), 4)
        self.refused(400, "usage", "nam", "GET", "/api/v1/teams?nam=x")
        self.assertIn("'name'", self.reply.json()["detail"])
        for bad in ("limit=0", "limit=x", "limit=1001", "sort=nothing", "after=%21"):
            with self.subTest(query=bad):
                reply = self.server.ask("GET", "/api/v1/teams?" + bad)
                self.assertIn(reply.status, (400, 422), reply.text)

    def test_bodies_that_are_wrong_are_refused_by_what_is_wrong(self):
        self.served()
        json_type = {"Content-Type": "application/json"}
        self.refused(422, "invalid", "", "POST", "/api/v1/teams", '{"name":', headers=json_type)
        self.refused(422, "invalid", "object", "POST", "/api/v1/teams", "[1]", headers=json_type)
        self.refused(422, "invalid", "", "POST", "/api/v1/teams", b'{"name":"\xff"}', headers=json_type)
        self.refused(415, "unsupported_media_type", "text/plain", "POST", "/api/v1/teams", '{"name":"Red"}',
                     headers={"Content-Type": "text/plain"})
        self.refused(422, "invalid", "colour", "POST", "/api/v1/teams", {"name": "Red", "colour": "red"})
        problem = self.refused(422, "invalid", "Mars", "POST", "/api/v1/teams", {"name": "Red", "zone": "Mars/One"})
        self.assertEqual(problem["field"], "zone")
        self.refused(413, "too_large", "1048576", "POST", "/api/v1/teams", {"name": "x" * (1 << 20)})
        self.assertEqual(self.ask(200, "GET", "/api/v1/teams")["items"], [])

    def test_only_the_program_makes_runs(self):
        self.served()
        self.refused(405, "method_not_allowed", "import", "POST", "/api/v1/eval-runs", {"run": "x"})


class Imports(ServedWorkspace):
    def job(self, path, body, status=202, **options):
        answer = self.ask(status, "POST", path, body, **options)
        self.assertEqual(list(answer), ["job"])
        job = self.finished(answer["job"], **options)
        self.assertTrue({"id", "state", "progress", "sentence", "result"} <= set(job))
        self.assertEqual(job["id"], answer["job"])
        self.assertEqual(job["progress"], 100)
        return job

    def check_report(self, report):
        self.assertEqual(list(report), ["files", "runs", "suites", "surfaces", "quarantined", "notes", "dry_run"])
        self.assertEqual(list(report["runs"]), ["new", "unchanged", "replaced", "refused"])
        for file in report["files"]:
            self.assertTrue({"file", "format", "lines", "results"} <= set(file))

    def test_json_lines_and_gzip_and_csv_come_in_as_bodies(self):
        self.served()
        csv = "case,pass,surface,suite,run,started_at\nc1,true,chat,basic,wednesday,2026-11-18T05:00:00Z\n"
        bodies = (("monday", results(self)), ("tuesday", gzip.compress(results(self, "tuesday").encode())), ("wednesday", csv))
        for run, body in bodies:
            with self.subTest(run=run):
                job = self.job("/api/v1/imports", body)
                self.assertEqual(job["state"], "done", job)
                self.check_report(job["result"])
                self.assertEqual(job["result"]["runs"]["new"], [run])
        runs = self.ask(200, "GET", "/api/v1/eval-runs")["items"]
        self.assertEqual(sorted(run["run"] for run in runs), ["monday", "tuesday", "wednesday"])
        again = self.job("/api/v1/imports", results(self))
        self.assertEqual(again["result"]["runs"]["unchanged"], ["monday"])

    def test_the_parameters_are_those_of_the_command_line(self):
        self.served()
        body = self.lines({"id": "c1", "score": 0.4}, {"id": "c2", "score": 0.6})
        words = query(format="plain", surface="chat", suite="basic", run="r1", started_at="2026-11-16 08:00:00",
                      zone="Europe/Berlin", threshold="score=0.5", map=json.dumps({"case": "id"}))
        job = self.job("/api/v1/imports" + words, body)
        self.assertEqual(job["state"], "done", job)
        run = self.ask(200, "GET", "/api/v1/eval-runs")["items"][0]
        self.assertEqual((run["run"], run["surface"], run["suite"], run["passed"], run["failed"]), ("r1", "chat", "basic", 1, 1))
        self.assertEqual(run["started_at"], "2026-11-16T07:00:00Z")
        csv = "case;pass;surface;suite;run;started_at\nä;true;chat;basic;r2;2026-11-16T05:00:00Z\n".encode("latin-1")
        job = self.job("/api/v1/imports" + query(encoding="iso-8859-1", delimiter=";"), csv)
        self.assertEqual(job["state"], "done", job)
        self.assertIn("\u00e4", self.ask(200, "GET", "/api/v1/eval-cases" + query(sort="-created"))["items"][0].values())

    def test_a_parameter_that_is_wrong_is_named_and_nothing_is_stored(self):
        self.served()
        for word, value in (("zone", "Mars/One"), ("threshold", "x"), ("delimiter", "ab"), ("map", "[]"),
                            ("dry_run", "maybe")):
            with self.subTest(parameter=word):
                reply = self.server.ask("POST", "/api/v1/imports" + query(**{word: value}), results(self))
                self.assertIn(reply.status, (400, 422), reply.text)
                self.assertIn(word, reply.text)
        self.refused(400, "usage", "dryrun", "POST", "/api/v1/imports?dryrun=1", results(self))
        self.assertEqual(self.ask(200, "GET", "/api/v1/eval-runs")["items"], [])

    def test_a_dry_run_reports_the_same_and_stores_nothing(self):
        self.served()
        body = results(self) + "broken\n"
        dry = self.job("/api/v1/imports?dry_run=true", body)["result"]
        self.assertTrue(dry["dry_run"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/eval-runs")["items"], [])
        self.assertEqual(self.ask(200, "GET", "/api/v1/quarantine")["items"], [])
        real = self.job("/api/v1/imports", body)["result"]
        self.assertEqual(dict(dry, dry_run=False), real)

    def test_other_content_is_refused_until_replace_is_said(self):
        self.served()
        self.job("/api/v1/imports", results(self))
        refused = self.job("/api/v1/imports", results(self, passed=3))["result"]
        self.assertEqual([item["run"] for item in refused["runs"]["refused"]], ["monday"])
        replaced = self.job("/api/v1/imports?replace=true", results(self, passed=3))["result"]
        self.assertEqual(replaced["runs"]["replaced"], ["monday"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/eval-runs")["items"][0]["passed"], 3)

    def test_a_file_that_is_refused_is_a_failed_job_with_its_sentence(self):
        self.served()
        job = self.job("/api/v1/imports", b"\x00\x01\x02 this is no file of results")
        self.assertEqual(job["state"], "failed")
        self.assertIn("format", job["sentence"])
        self.check_report(job["result"])
        self.refused(422, "invalid", "body", "POST", "/api/v1/imports")
        job = self.job("/api/v1/imports?format=nothing", results(self))
        self.assertEqual(job["state"], "failed")
        self.assertIn("nothing", job["sentence"])

    def test_the_report_is_that_of_the_command_line(self):
        self.served()
        body = results(self) + "broken\n"
        by_api = self.job("/api/v1/imports", body)["result"]
        path = self.file("upload", body)
        by_hand = self.rondo("import", path, "--json", "--store", self.folder + "/other.db", code=1).json()
        for report in (by_api, by_hand):
            for item in report["files"] + report["quarantined"]:
                item["file"] = "same"
        self.assertEqual(by_api, by_hand)

    def test_quarantined_lines_are_listed_and_read_again(self):
        self.served()
        bad = json.dumps(dict(RESULT, case="c99")) + "\n"
        job = self.job("/api/v1/imports", results(self) + bad)
        self.assertEqual(len(job["result"]["quarantined"]), 1)
        line = self.ask(200, "GET", "/api/v1/quarantine")["items"][0]
        self.assertEqual((line["line"], line["text"]), (11, bad.strip()))
        self.assertTrue(line["reason"])
        again = self.job("/api/v1/quarantine/replay", None)["result"]
        self.assertEqual(len(again["quarantined"]), 1)
        line = self.ask(200, "GET", "/api/v1/quarantine")["items"][0]
        repaired = json.dumps(dict(RESULT, case="c99", **{"pass": True}))
        self.assertEqual(self.job("/api/v1/quarantine/%d/replay" % line["id"], repaired)["state"], "done")
        self.assertEqual(self.ask(200, "GET", "/api/v1/quarantine")["items"], [])
        self.assertEqual(self.ask(200, "GET", "/api/v1/eval-runs")["items"][0]["passed"], 9)
        self.refused(404, "not_found", "77", "POST", "/api/v1/quarantine/77/replay", repaired)
        self.refused(404, "not_found", "x", "POST", "/api/v1/quarantine/x/replay", repaired)

    def test_pages_of_the_quarantine_follow_each_other(self):
        self.served()
        self.job("/api/v1/imports", results(self) + "".join("broken %d\n" % i for i in range(5)))
        seen, after = [], ""
        while after is not None:
            page = self.ask(200, "GET", "/api/v1/quarantine?limit=2" + ("&after=" + after if after else ""))
            seen += [item["text"] for item in page["items"]]
            after = page["next"]
        self.assertEqual(seen, ["broken %d" % i for i in reversed(range(5))])

    def test_an_import_is_undone_as_one_change(self):
        self.served()
        self.job("/api/v1/imports", results(self))
        change = self.ask(200, "GET", "/api/v1/audit?record=eval_run")["items"][0]["change"]
        self.ask(200, "POST", "/api/v1/undo/%d" % change)
        self.assertEqual(self.ask(200, "GET", "/api/v1/eval-runs")["items"], [])

    def test_a_job_that_is_not_there_is_not_found(self):
        self.served()
        for job in ("1", "x", "-1", "99999999999999999999"):
            self.refused(404, "not_found", job, "GET", "/api/v1/jobs/" + job)


@about_files  # of the doors; the C tests of their rooms have both stores
class Reviews(ServedWorkspace):
    def test_review_and_compare_are_those_of_the_command_line(self):
        self.rondo("demo")
        self.server = self.serve()
        runs = [run["run"] for run in self.ask(200, "GET", "/api/v1/eval-runs?surface=support-answers")["items"]]
        pages = [("/api/v1/review", ("review",)),
                 ("/api/v1/review" + query(week="2026-W45", week_run="best", nulls="exclude", weeks="5"),
                  ("review", "--week", "2026-W45", "--week-run", "best", "--nulls", "exclude", "--weeks", "5")),
                 ("/api/v1/review" + query(surface="support-answers"), ("review", "--surface", "support-answers")),
                 ("/api/v1/compare" + query(a=runs[0], b=runs[-1]), ("compare", runs[0], runs[-1])),
                 ("/api/v1/compare" + query(a=runs[0], b=runs[-1], nulls="exclude"),
                  ("compare", runs[0], runs[-1], "--nulls", "exclude"))]
        for path, words in pages:
            with self.subTest(path=path):
                by_api, by_hand = self.ask(200, "GET", path), self.rondo(*words, "--json").json()
                for page in (by_api, by_hand):
                    page.pop("generated_at", None)
                self.assertEqual(by_api, by_hand)

    def test_wrong_questions_are_refused_by_name(self):
        self.rondo("demo")
        self.server = self.serve()
        for path, words in (("/api/v1/review?week=2026-47", "2026-47"), ("/api/v1/review?week_run=worst", "worst"),
                            ("/api/v1/review?nulls=x", "x"), ("/api/v1/review?weeks=0", "weeks"),
                            ("/api/v1/review?weeks=521", "weeks"), ("/api/v1/review?surface=nothing", "nothing"),
                            ("/api/v1/compare?a=x", "b="), ("/api/v1/compare?a=nothing&b=RUN-1", "nothing")):
            with self.subTest(path=path):
                reply = self.server.ask("GET", path)
                self.assertIn(reply.status, (400, 404, 422), reply.text)
                self.assertIn(words, reply.json()["detail"])

    def test_an_empty_workspace_says_that_there_is_nothing(self):
        self.served()
        by_api, by_hand = self.server.ask("GET", "/api/v1/review"), self.run_rondo("review", "--json")
        self.assertEqual(by_api.status == 200, by_hand.code == 0)
        self.assertEqual(by_api.status, 404)
        empty = self.ask(200, "GET", "/api/v1/review?or_empty=true&brief=true")
        self.assertEqual((empty["week"], empty["summary"], empty["surfaces"]), (None, None, []))


@about_files  # of the doors; the C tests of their rooms have both stores
class SignIn(ServedWorkspace):
    def people(self):
        self.initialise()
        self.person("Ben", "member")
        self.person("Vera", "viewer")
        self.person("ci", "robot", robot=True)
        self.server = self.serve()

    def test_the_one_person_needs_no_token_on_loopback(self):
        self.served()
        self.ask(201, "POST", "/api/v1/teams", {"name": "Red"})

    def test_a_robot_beside_the_one_person_changes_nothing(self):
        self.served()
        self.ask(201, "POST", "/api/v1/persons", {"name": "ci", "is_robot": True})
        self.ask(200, "GET", "/api/v1/teams")

    def test_a_second_person_with_a_token_makes_everybody_say_who_they_are(self):
        self.served()
        self.ask(201, "POST", "/api/v1/persons", {"name": "Ben"})
        self.ask(200, "GET", "/api/v1/teams")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "viewer")
        self.token("Ben", "read")
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams")
        self.assertEqual(self.reply.headers["www-authenticate"], "Bearer")
        self.refused(401, "unknown_user", "token", "POST", "/api/v1/teams", {"name": "Red"})
        self.refused(401, "unknown_user", "", "GET", "/metrics")
        self.ask(200, "GET", "/api/v1/health")
        self.ask(200, "GET", "/")

    def test_a_token_acts_as_its_person(self):
        self.people()
        token = self.token("Ben", "write")
        self.ask(201, "POST", "/api/v1/suites", {"name": "basic"}, token=token)
        history = self.ask(200, "GET", self.reply.headers["location"] + "/history", token=token)["items"]
        self.assertEqual(history[0]["who"], "Ben")

    def test_scopes_are_kept_apart(self):
        self.people()
        read, importing, write = (self.token("Ben", scope) for scope in ("read", "import", "write"))
        self.ask(200, "GET", "/api/v1/teams", token=read)
        self.refused(403, "forbidden", "write", "POST", "/api/v1/suites", {"name": "x"}, token=read)
        self.refused(403, "forbidden", "import", "POST", "/api/v1/imports", results(self), token=read)
        self.refused(403, "forbidden", "read", "GET", "/api/v1/teams", token=importing)
        self.refused(403, "forbidden", "write", "POST", "/api/v1/suites", {"name": "x"}, token=importing)
        self.refused(403, "forbidden", "write", "POST", "/api/v1/tokens", {"name": "x", "scopes": ["write"]}, token=importing)
        job = self.ask(202, "POST", "/api/v1/imports", results(self), token=importing)["job"]
        self.assertEqual(self.finished(job, token=importing)["state"], "done")
        self.ask(200, "GET", "/api/v1/teams", token=write)
        self.ask(201, "POST", "/api/v1/suites", {"name": "x"}, token=write)

    def test_a_read_token_imports_nothing_also_not_into_the_quarantine(self):
        self.people()
        read, write = self.token("Ben", "read"), self.token("Ben", "write")
        self.refused(403, "forbidden", "import", "POST", "/api/v1/imports?format=plain", "broken\n", token=read)
        self.refused(403, "forbidden", "import", "POST", "/api/v1/imports?dry_run=true", results(self), token=read)
        self.assertEqual(self.ask(200, "GET", "/api/v1/quarantine", token=write)["items"], [])
        self.imported(results(self) + "broken\n", token=write)
        self.refused(403, "forbidden", "import", "POST", "/api/v1/quarantine/replay", token=read)

    def test_wrong_expired_and_dropped_tokens_are_refused_alike(self):
        self.people()
        expired = self.token("Ben", "read", "--expires", "2026-11-16T06:00:00Z")
        later = self.token("Ben", "read", "--expires", "2026-11-16T08:00:00Z")
        self.ask(200, "GET", "/api/v1/teams", token=later)
        dropped = self.token("Ben", "read")
        self.ask(200, "GET", "/api/v1/teams", token=dropped)
        mine = self.rondo("token", "list", "--as", "Ben", "--json").json()["items"]
        self.rondo("token", "drop", "--as", "Ben", mine[-1]["id"])
        sentences = {self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams", token=token)["detail"]
                     for token in (expired, dropped, "rondo_" + "0" * 48, "x", later[:-1])}
        self.assertEqual(len(sentences), 1)
        for header in ("Basic QWRhOng=", "Bearer", "Bearer ", "bearer"):
            reply = self.server.ask("GET", "/api/v1/teams", headers={"Authorization": header})
            self.assertEqual(reply.status, 401, header)

    def test_a_wrong_token_is_refused_also_where_none_is_needed(self):
        self.served()
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams", token="rondo_wrong")

    def test_a_header_that_is_no_bearer_is_not_taken_for_the_one_person(self):
        self.served()
        for header in ("Basic QWRhOng=", "Bearer", "bearer", ""):
            reply = self.server.ask("GET", "/api/v1/teams", headers={"Authorization": header})
            self.assertEqual(reply.status, 401, header)
        token = self.token("Ada", "import")
        reply = self.server.ask("GET", "/api/v1/teams", headers={"Authorization": "bearer " + token})
        self.assertEqual(reply.status, 403, reply.text)

    def test_a_token_that_may_only_import_reads_through_no_method(self):
        self.people()
        ben, importing = self.token("Ben", "write"), self.token("Ben", "import")
        suite = "/api/v1/suites/" + self.ask(201, "POST", "/api/v1/suites", {"name": "basic"}, token=ben)["id"]
        self.refused(403, "forbidden", "'write'", "PATCH", suite, {}, token=importing)
        once = {"Idempotency-Key": "k"}
        self.ask(201, "POST", "/api/v1/suites", {"name": "once"}, token=ben, headers=once)
        self.refused(403, "forbidden", "'write'", "POST", "/api/v1/suites", {"name": "once"}, token=importing, headers=once)
        self.imported(results(self) + "broken\n", token=ben)
        self.refused(403, "forbidden", "'write'", "POST", "/api/v1/quarantine/replay?dry_run=true", token=importing)

    def test_a_token_makes_none_that_may_more(self):
        self.people()
        write = self.token("Ben", "write")
        self.refused(422, "invalid", "scopes", "POST", "/api/v1/tokens", {"name": "x", "scopes": ["import"]}, token=write)
        self.ask(201, "POST", "/api/v1/tokens", {"name": "x", "scopes": ["read"]}, token=write)

    def test_a_robot_acts_by_its_tokens_only_and_stays_a_robot(self):
        self.people()
        answer = self.rondo("suite", "add", "--as", "ci", "--name", "x", code=1)
        self.assertIn("'ci' is a robot", answer.err)
        self.rondo("suite", "add", "--as", "Ben", "--name", "x")
        self.rondo("person", "set", "Ben", "--as", "Ada", "--is-robot", "yes", code=2)

    def test_a_dropped_person_signs_in_no_more(self):
        self.people()
        token = self.token("Ben", "read")
        self.rondo("person", "drop", "--as", "Ada", "Ben")
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams", token=token)

    def test_an_owner_makes_tokens_for_robots_and_for_nobody_else(self):
        self.people()
        robot = self.rondo("token", "add", "--as", "Ada", "--name", "ci", "--scopes", "import,read", "--person", "ci").out.strip()
        answer = self.run_rondo("token", "add", "--as", "Ada", "--name", "x", "--scopes", "read", "--person", "Ben")
        self.assertNotEqual(answer.code, 0)
        self.assertIn("Ben", answer.err)
        answer = self.run_rondo("token", "add", "--as", "Ben", "--name", "x", "--scopes", "read", "--person", "ci")
        self.assertNotEqual(answer.code, 0)
        self.assertEqual(self.imported(results(self), token=robot)["state"], "done")
        self.refused(403, "forbidden", "", "POST", "/api/v1/suites", {"name": "x"}, token=robot)
        audit = self.ask(200, "GET", "/api/v1/audit?record=eval_run", token=robot)["items"][0]
        self.assertEqual((audit["actor"], audit["door"]), ("PER-4", "import"))

    def test_the_secret_is_shown_once_and_never_again(self):
        self.people()
        made = self.ask(201, "POST", "/api/v1/tokens", {"name": "laptop", "scopes": ["read"]}, token=self.token("Ben", "write"))
        self.assertEqual(sorted(made), ["id", "name", "token"])
        self.ask(200, "GET", "/api/v1/tokens/" + made["id"], token=made["token"])
        self.assertNotIn(made["token"], self.reply.text)
        self.assertNotIn("hash", self.reply.json())

    def test_a_viewer_reads_and_the_refusal_names_the_role(self):
        self.people()
        token = self.token("Vera", "read,write,import")
        self.ask(200, "GET", "/api/v1/teams", token=token)
        self.refused(403, "forbidden", "'member'", "POST", "/api/v1/suites", {"name": "x"}, token=token)
        self.refused(403, "forbidden", "'owner'", "POST", "/api/v1/teams", {"name": "x"}, token=token)
        self.refused(403, "forbidden", "'member'", "POST", "/api/v1/imports", results(self), token=token)
        self.refused(403, "forbidden", "'member'", "POST", "/api/v1/imports?format=plain", "broken\n", token=token)
        ben = self.token("Ben", "write")
        self.ask(201, "POST", "/api/v1/suites", {"name": "basic"}, token=ben)
        path = self.reply.headers["location"]
        self.refused(403, "forbidden", "'member'", "PATCH", path, {"name": "y"}, token=token)
        self.refused(403, "forbidden", "'member'", "DELETE", path, token=token)
        self.refused(403, "forbidden", "'member'", "POST", path + "/undo", token=token)
        change = self.ask(200, "GET", path + "/history", token=token)["items"][0]["change"]
        self.refused(403, "forbidden", "'member'", "POST", "/api/v1/undo/%d" % change, token=token)

    def test_a_member_is_no_owner(self):
        self.people()
        token = self.token("Ben", "write")
        self.refused(403, "forbidden", "'owner'", "POST", "/api/v1/memberships",
                     {"person": "Ben", "roles": ["owner"]}, token=token)

    def test_somebody_elses_job_is_not_there(self):
        self.people()
        ben, ada = self.token("Ben", "write"), self.token("Ada", "write")
        job = self.ask(202, "POST", "/api/v1/imports", results(self), token=ben)["job"]
        self.ask(200, "GET", "/api/v1/jobs/" + job, token=ben)
        self.refused(404, "not_found", job, "GET", "/api/v1/jobs/" + job, token=ada)
        self.assertEqual(self.ask(200, "GET", "/api/v1/jobs", token=ada)["items"], [])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/jobs", token=ben)["items"]), 1)

    def test_one_persons_key_is_nothing_to_another(self):
        self.people()
        ben, ada = self.token("Ben", "write"), self.token("Ada", "write")
        key = {"Idempotency-Key": "mine"}
        self.ask(201, "POST", "/api/v1/suites", {"name": "one"}, token=ben, headers=key)
        self.ask(201, "POST", "/api/v1/suites", {"name": "two"}, token=ada, headers=key)

    def test_serve_as_a_person_acts_as_that_person_on_loopback(self):
        self.people()
        self.server = self.serve("--as", "Ben")
        self.ask(201, "POST", "/api/v1/suites", {"name": "basic"})
        self.assertEqual(self.ask(200, "GET", self.reply.headers["location"] + "/history")["items"][0]["who"], "Ben")
        token = self.token("Vera", "write")
        self.refused(403, "forbidden", "'member'", "POST", "/api/v1/suites", {"name": "x"}, token=token)

    def test_serve_as_nobody_known_does_not_start(self):
        self.people()
        answer = self.run_rondo("serve", "--listen", "127.0.0.1:0", "--as", "Zoe")
        self.assertNotEqual(answer.code, 0)
        self.assertIn("Zoe", answer.err)

    def test_every_other_address_needs_a_token_even_of_one_person(self):
        self.initialise()
        token = self.token("Ada", "write")
        del self.env["RONDO_NOW"]
        self.server = self.serve(listen="0.0.0.0:0")
        self.assertRegex(self.server.line, r"^listening on http://0\.0\.0\.0:\d+$")
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams")
        self.ask(200, "GET", "/api/v1/health")
        self.ask(200, "GET", "/api/v1/teams", token=token)
        self.server.stop()
        self.server = self.serve("--as", "Ada", listen="0.0.0.0:0")
        self.refused(401, "unknown_user", "token", "GET", "/api/v1/teams")


class Load(ServedWorkspace):
    """Not timed: that nothing breaks when many ask at once."""
    THREADS, REQUESTS, ROWS = 8, 200, 4

    def work(self, number):
        connection = self.server.connection()
        for i in range(self.REQUESTS):
            path = "/api/v1/suites/%s" % self.ids[(number + i) % self.ROWS]
            method, address, body = (
                ("GET", path, None), ("PATCH", path, {"name": "suite %d of %d, %d" % (i, number, i % self.ROWS)}),
                ("GET", "/api/v1/suites?sort=-changed&limit=2", None), ("GET", path + "/history?limit=3", None),
                ("GET", "/api/v1/audit?limit=3", None), ("POST", "/api/v1/suites", {"name": "new %d %d" % (number, i)}),
                ("GET", "/api/v1/review", None), ("GET", "/metrics", None))[(i + number) % 8]
            reply = ask_on(connection, method, address, body)
            self.seen[number].append((method, reply.status))
            if method == "PATCH" and reply.status == 200:
                self.versions.append((path, reply.json()["version"]))
        connection.close()

    def test_eight_at_once_are_all_answered_and_versions_never_repeat(self):
        self.initialise()
        self.rondo("import", "-", stdin=results(self))
        self.server = self.serve()
        self.ids = [self.ask(201, "POST", "/api/v1/suites", {"name": "suite %d" % i})["id"] for i in range(self.ROWS)]
        self.seen, self.versions = [[] for _ in range(self.THREADS)], []
        threads = [threading.Thread(target=self.work, args=(number,)) for number in range(self.THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers = [answer for seen in self.seen for answer in seen]
        self.assertEqual(len(answers), self.THREADS * self.REQUESTS)
        self.assertEqual([answer for answer in answers if answer[1] >= 400], [])
        self.assertEqual(len(self.versions), len(set(self.versions)))
        for suite in self.ids:
            path = "/api/v1/suites/" + suite
            last = max([version for at, version in self.versions if at == path], default=1)
            self.assertEqual(self.ask(200, "GET", path)["version"], last)
            history = self.ask(200, "GET", path + "/history?limit=200")["items"]
            self.assertEqual([item["version"] for item in history], list(range(last, 0, -1))[:200])
        self.assertTrue(self.ask(200, "GET", "/api/v1/audit/verify")["is_intact"])
        self.server.stop()
        self.rondo("audit", "verify")


if __name__ == "__main__":
    unittest.main()
