"""A prompt of Rondo in an application: fetched once, heard of when its label moves, kept when the server is away.

    RONDO_TOKEN=rondo_... python3 prompt_client.py http://127.0.0.1:8080 greeting production

It prints one line of JSON for each version that it is given. Only the standard library is used.
"""
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

SECONDS = 1     # until the next try
SILENCE = 40    # the server says something every 15 seconds: after this the line is dead


class PromptClient:
    """`prompt` is the last good one, and None until there was one. `on_change` is called with each new one."""

    def __init__(self, server, name, label="production", token=None, on_change=None):
        self.address = "%s/api/v1/prompts/%s" % (server.rstrip("/"), urllib.parse.quote(name, safe=""))
        self.query = "?" + urllib.parse.urlencode({"label": label})
        self.token, self.on_change = token, on_change
        self.prompt, self.etag = None, None

    def open(self, what, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items() if value}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        return urllib.request.urlopen(urllib.request.Request(self.address + what + self.query, headers=headers),
                                      timeout=SILENCE)

    def fetch(self):
        """True when there is a new one; OSError when the server cannot say."""
        try:
            with self.open("/serve", If_None_Match=self.etag) as answer:
                prompt, etag = json.load(answer), answer.headers["ETag"]
        except urllib.error.HTTPError as reply:
            if reply.code == 304:
                return False
            raise
        self.prompt, self.etag = prompt, etag
        if self.on_change:
            self.on_change(prompt)
        return True

    def listen(self):
        """Fetches whenever the label has moved; comes back when the line ends. The last good one stays meanwhile."""
        while True:
            try:
                self.fetch()    # what moved while nobody listened
                with self.open("/events") as stream:
                    for line in stream:
                        if line.startswith(b"data:"):
                            self.fetch()
            except (OSError, ValueError) as reason:
                print("the last good prompt stays: %s" % reason, file=sys.stderr, flush=True)
            time.sleep(SECONDS)

    def start(self):
        threading.Thread(target=self.listen, daemon=True).start()


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: prompt_client.py SERVER NAME [LABEL]")
    PromptClient(*sys.argv[1:], token=os.environ.get("RONDO_TOKEN"),
                 on_change=lambda prompt: print(json.dumps(prompt), flush=True)).listen()


if __name__ == "__main__":
    main()
