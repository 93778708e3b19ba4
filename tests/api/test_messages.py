"""What leaves the house: mail to a real SMTP server, webhooks that refuse, put off and answer late; nothing is said twice."""
import email
import email.policy
import glob
import http.server
import json
import os
import socket
import subprocess
import threading
import time
import unittest

from test_updates import Friday, WEEK

DEBIAN_PYTHON = "/usr/bin/python3"  # where Debian puts aiosmtpd
START_SECONDS = 20


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class MailServer:
    """aiosmtpd, whose mails lie in a folder."""

    def __init__(self, folder):
        self.port, self.box = free_port(), os.path.join(folder, "mails")
        self.process = subprocess.Popen([DEBIAN_PYTHON, "-m", "aiosmtpd", "-n", "-l", "127.0.0.1:%d" % self.port,
                                         "-c", "aiosmtpd.handlers.Mailbox", self.box], stderr=subprocess.PIPE)
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                raise AssertionError("aiosmtpd does not start: %s" % self.process.stderr.read().decode())
            time.sleep(0.05)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                return line.recv(3) == b"220"
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.communicate()

    def mails(self):
        found = []
        for name in sorted(glob.glob(os.path.join(self.box, "new", "*"))):
            with open(name, "rb") as file:
                found.append(email.message_from_binary_file(file, policy=email.policy.default))
        return found


class Hook:
    """A webhook that gives the answers it was told to, one after the other, the last for ever."""

    def __init__(self, *answers):
        hook = self
        self.answers, self.heard = list(answers), []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.heard.append(json.loads(body))
                status, words, headers = (hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0])
                if status is None:  # the line breaks after the message was taken
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d/hook/SECRET" % self.server.server_port

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


OK = (200, "ok", {})


class Outside(Friday):
    """No server of ours runs the job here: each try is a command at a time that the test says."""

    def setUp(self):
        super().setUp()
        self.server.stop()
        self.serve_again()

    def serve_again(self):
        """A server whose clock stands still does not try by itself what is due later."""
        self.server = self.serve()

    def mail(self):
        server = MailServer(self.folder)
        self.addCleanup(server.stop)
        return server

    def hook(self, *answers):
        hook = Hook(*answers)
        self.addCleanup(hook.stop)
        return hook

    def channel(self, kind="slack", **fields):
        body = dict({"name": kind, "kind": kind, "audience": "executives", "owner": "Ada", "on": True,
                     "pages": "https://rondo.example"}, **fields)
        return self.ask(201, "POST", "/api/v1/channels", body)["id"]

    def sent(self):
        update = self.complete()
        self.send(update)
        return update

    def run_at(self, minute):
        self.rondo("delivery", "run", env={"RONDO_NOW": "2026-11-16T%02d:%02d:30Z" % (7 + minute // 60, minute % 60)})

    def deliveries(self):
        return self.rondo("delivery", "list", "--json").json()["items"]

    def states(self):
        return [one["state"] for one in self.deliveries()]


class Mail(Outside):
    def test_a_real_server_receives_it_once(self):
        mail = self.mail()
        self.ask(201, "POST", "/api/v1/mail-servers", {"name": "ours", "address": "smtp://127.0.0.1:%d" % mail.port,
                                                       "sender": "Rondo Grün <rondo@rondo.example>"})
        self.channel("mail", recipients="Bea <bea@rondo.example>, carl@rondo.example")
        update = self.complete(production="- Größer und schneller: no measured effect.\n" + "x" * 200 + ": no measured effect.")
        self.send(update)
        self.run_at(1)
        self.run_at(2)
        self.assertEqual(self.states(), ["sent"])
        self.assertEqual(len(mail.mails()), 1)
        message = mail.mails()[0]
        self.assertEqual(message["Subject"], "Update of 2026-W47 for executives")
        self.assertEqual(message["From"], "Rondo Grün <rondo@rondo.example>")
        self.assertEqual(message["To"], "Bea <bea@rondo.example>, carl@rondo.example")
        self.assertRegex(message["Message-ID"], r"^<[0-9a-f]{32}@rondo>$")
        plain = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        self.assertIn("Größer und schneller", plain)
        self.assertIn("70.0 % <https://rondo.example/eval-runs/RUN-", plain)
        self.assertTrue(all(len(line) <= 72 or " " not in line.strip() or "<http" in line for line in plain.splitlines()), plain)
        self.assertIn('<a href="https://rondo.example/eval-runs/', html)
        self.assertNotIn("<script", html)

    def test_a_server_that_is_down_is_tried_later_and_told_of(self):
        port = free_port()
        self.ask(201, "POST", "/api/v1/mail-servers", {"name": "ours", "address": "smtp://127.0.0.1:%d" % port,
                                                       "sender": "rondo@rondo.example"})
        self.channel("mail", recipients="bea@rondo.example")
        self.sent()
        minute = 1
        for tries in range(8):
            self.run_at(minute)
            minute += 2 ** tries + 1
        one = self.deliveries()[0]
        self.assertEqual((one["state"], one["tries"]), ("failed", 8))
        self.assertIn("does not answer", one["error"])
        needs = self.ask(200, "GET", "/api/v1/inbox")["items"]
        self.assertTrue(any(need["id"] == one["id"] and "did not arrive" in need["why"] for need in needs), needs)
        self.rondo("delivery", "retry", one["id"])
        self.assertEqual(self.states(), ["queued"])
        self.assertIn("only what failed", self.rondo("delivery", "retry", one["id"], code=1).err)

    def test_what_is_no_address_is_refused(self):
        for body, words in (({"address": "http://mail"}, "is no mail server"), ({"address": "smtp://u:p@mail"}, "fields of their own"),
                            ({"sender": "rondo"}, "is no sender"), ({"sender": "a@b\r\nBcc: c@d"}, "one line without control characters")):
            fine = {"name": "ours", "address": "smtp://mail:25", "sender": "rondo@rondo.example"}
            self.assertIn(words, self.ask(422, "POST", "/api/v1/mail-servers", dict(fine, **body))["detail"])
        for body, words in (({"recipients": "bea"}, "is no mail address"), ({"recipients": None}, "name an address"),
                            ({"webhook": "https://x.example/"}, "has recipients, no webhook"), ({"pages": "rondo.example"}, "no address of pages")):
            fine = {"name": "m", "kind": "mail", "recipients": "bea@rondo.example", "on": True}
            self.assertIn(words, self.ask(422, "POST", "/api/v1/channels", dict(fine, **body))["detail"])


class Chat(Outside):
    def test_it_is_put_off_as_asked_and_said_once(self):
        hook = self.hook((429, "slow down", {"Retry-After": "600"}), (500, "trouble", {}), OK)
        self.channel(webhook=hook.url, inside=True)
        self.sent()
        self.run_at(1)
        self.run_at(9)
        self.assertEqual(len(hook.heard), 1)
        self.assertIn("it answers 429: slow down", self.deliveries()[0]["error"])
        self.run_at(12)
        self.assertEqual(len(hook.heard), 2)
        self.run_at(13)
        self.assertEqual(len(hook.heard), 2)
        self.run_at(15)
        self.run_at(40)
        self.assertEqual((len(hook.heard), self.states()), (3, ["sent"]))
        self.assertIn("is not possible", self.rondo("delivery", "set", self.deliveries()[0]["id"], "--state", "queued", code=1).err)
        said = hook.heard[-1]
        self.assertEqual(said["text"], "Update of 2026-W47 for executives")
        self.assertEqual(said["blocks"][0]["type"], "header")
        words = "\n".join(block["text"]["text"] for block in said["blocks"][1:])
        self.assertIn("*What we learned*", words)
        self.assertRegex(words, r"fell to <https://rondo.example/eval-runs/RUN-\d+\|70.0 %>")

    def test_what_people_write_forms_no_mention(self):
        hook = self.hook(OK)
        self.channel(webhook=hook.url, inside=True)
        self.send(self.complete(production="- <!channel> & <@U1> [x](https://a.example/|>): no measured effect."))
        self.run_at(1)
        words = json.dumps(hook.heard)
        self.assertNotIn("<!channel>", words)
        self.assertNotIn("<@U1>", words)
        self.assertIn("&lt;!channel&gt; &amp; &lt;@U1&gt; <https://a.example/%7C%3E|x>", words)

    def test_how_it_went_is_not_said_by_hand(self):
        self.channel(webhook="https://hooks.example/x")
        self.sent()
        delivery = self.deliveries()[0]["id"]
        self.assertIn("not said by hand", self.rondo("delivery", "set", delivery, "--state", "sending", code=1).err)
        self.rondo("delivery", "set", delivery, "--state", "cancelled")

    def test_teams_get_a_card(self):
        hook = self.hook((202, "", {}))
        self.channel("teams", webhook=hook.url, inside=True)
        self.sent()
        self.run_at(1)
        self.assertEqual(self.states(), ["sent"])
        card = hook.heard[0]["attachments"][0]
        self.assertEqual(card["contentType"], "application/vnd.microsoft.card.adaptive")
        self.assertEqual(card["content"]["body"][0]["text"], "Update of 2026-W47 for executives")
        self.assertTrue(card["content"]["actions"][0]["url"].startswith("https://rondo.example/update-editions/UED-"))

    def test_a_final_refusal_ends_it_and_a_redirect_is_not_followed(self):
        inside = self.hook(OK)
        for answer, words in (((404, "no_service", {}), "it answers 404: no_service"),
                              ((302, "", {"Location": inside.url}), "a redirect, which is not followed"),
                              ((200, "something else", {}), "it answers 200: something else")):
            hook = self.hook(answer)
            name = "hook %d" % hook.server.server_port
            self.channel(webhook=hook.url, inside=True, name=name)
        self.sent()
        self.run_at(1)
        self.run_at(30)
        self.assertEqual(self.states(), ["failed"] * 3)
        errors = " ".join(one["error"] for one in self.deliveries())
        for words in ("it answers 404: no_service", "a redirect, which is not followed", "it answers 200: something else"):
            self.assertIn(words, errors)
        self.assertEqual(inside.heard, [])

    def test_an_inside_address_is_refused_unless_it_is_meant(self):
        hook = self.hook(OK)
        self.assertIn("begins with https://", self.ask(422, "POST", "/api/v1/channels", {
            "name": "x", "kind": "slack", "webhook": hook.url, "on": True})["detail"])
        for host in ("127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]"):
            self.channel(webhook="https://%s:%d/x" % (host, hook.server.server_port), name=host)
        self.sent()
        self.run_at(1)
        self.assertEqual(self.states(), ["failed"] * 5)
        for one in self.deliveries():
            self.assertIn("lies in the own network", one["error"])
        self.assertEqual(hook.heard, [])

    def test_nobody_knows_is_not_tried_again_by_itself(self):
        hook = self.hook((None, "", {}), OK)
        self.channel(webhook=hook.url, inside=True)
        self.sent()
        self.run_at(1)
        self.run_at(60)
        self.assertEqual((len(hook.heard), self.states()), (1, ["unsure"]))
        self.rondo("delivery", "retry", self.deliveries()[0]["id"])
        self.run_at(61)
        self.assertEqual((len(hook.heard), self.states()), (2, ["sent"]))

    def test_the_secret_is_never_shown(self):
        hook = self.hook((500, "trouble", {}))
        channel = self.channel(webhook=hook.url, inside=True)
        self.sent()
        self.run_at(1)
        heard = json.dumps([self.ask(200, "GET", path) for path in ("/api/v1/channels", "/api/v1/channels/" + channel, "/api/v1/deliveries",
                                                                    "/api/v1/audit?row=" + channel)])
        heard += self.rondo("channel", "list").out + self.rondo("delivery", "list").out
        self.assertNotIn("SECRET", heard)

    def test_a_channel_that_is_off_gets_nothing_and_others_no_more_than_theirs(self):
        off, design = self.hook(OK), self.hook(OK)
        self.channel(webhook=off.url, inside=True, on=False, name="off")
        self.channel(webhook=design.url, inside=True, audience="design", name="design")
        self.send(self.complete(production="::: executives\n- canaryexec: no measured effect.\n:::\n- Cache: no measured effect."))
        self.run_at(1)
        self.assertEqual((off.heard, len(design.heard)), ([], 1))
        self.assertNotIn("canaryexec", json.dumps(design.heard))


class Served(Outside):
    def test_a_server_sends_by_itself(self):
        hook = self.hook(OK)
        self.channel(webhook=hook.url, inside=True)
        self.sent()
        end = time.monotonic() + 40
        while not hook.heard and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(len(hook.heard), 1)


del Friday


if __name__ == "__main__":
    unittest.main()
