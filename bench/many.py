"""A store of many records with history, made by reading an archive that is written here.

The archive of a store with one team is the pattern: the team is written many times, each with its two versions.
"""
import hashlib
import json
import os
import shutil

from ground import IS_SMALL, PROGRAM, path, remove_store, rondo, tell

COUNT = 2000 if IS_SMALL else 100000
WORDS = ("answers", "routing", "summary", "billing", "refunds", "contracts", "search", "triage", "tickets", "drafts",
         "tables", "invoices", "travel", "claims", "orders", "returns", "support", "onboarding", "pricing", "safety")


def name_of(at):
    """Three words and a number; words of every frequency."""
    return "%s %s %s %d" % (WORDS[at % 20], WORDS[at // 7 % 20], WORDS[at * at // 3 % 20], at)


def renamed(row, at):
    return {**row, "id": "TEAM-%d" % (at + 1), "name": name_of(at)}


def versions_of(pattern, at):
    for version in pattern:
        before = version["before"]
        yield {**version, "id": "TEAM-%d" % (at + 1),
               "before": {**renamed(before, at), "name": "draft %d" % at} if before else None}


def put_lines(archive, manifest, name, lines):
    body = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode()
    with open(os.path.join(archive, name), "wb") as out:
        out.write(body)
    entry = next(entry for entry in manifest["files"] if entry["path"] == name)
    entry.update(lines=body.count(b"\n"), sha256=hashlib.sha256(body).hexdigest())


def read_lines(archive, name):
    with open(os.path.join(archive, name), encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def write_archive(count):
    archive, place = path("many.archive"), path("pattern.db")
    shutil.rmtree(archive, ignore_errors=True)
    remove_store(place)
    rondo(place, "init")
    rondo(place, "team", "add", "--name", "draft")
    rondo(place, "team", "set", "TEAM-1", "--name", "pattern")
    rondo(place, "export", archive)
    remove_store(place)
    with open(os.path.join(archive, "manifest.json"), encoding="utf-8") as stream:
        manifest = json.load(stream)
    row, history = read_lines(archive, "records/teams.jsonl")[0], read_lines(archive, "history/teams.jsonl")
    put_lines(archive, manifest, "records/teams.jsonl", [renamed(row, at) for at in range(count)])
    put_lines(archive, manifest, "history/teams.jsonl",
              [line for at in range(count) for line in versions_of(history, at)])
    manifest["records"]["teams"] = {"rows": count, "versions": count * len(history)}
    with open(os.path.join(archive, "manifest.json"), "w", encoding="utf-8") as out:
        json.dump(manifest, out)
    return archive


def place(count=COUNT):
    store = path("many-%d.db" % count)
    if not os.path.exists(store) or os.path.getmtime(store) < os.path.getmtime(PROGRAM):
        remove_store(store)
        remove_store(store + ".new")
        tell("a store of %d records" % count)
        archive = write_archive(count)
        rondo(store + ".new", "import", archive)
        shutil.rmtree(archive)
        os.rename(store + ".new", store)
    return store
