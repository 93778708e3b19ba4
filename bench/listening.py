"""Clients that listen to GET /api/v1/events while suites are made: each must hear every event, in order.

Floor: the same suites while a single client listens. There is no peer.
"""
import resource
import threading
import time

from ground import IS_SMALL, NotMeasured, Report, path, remove_store, rondo, served

TITLE = "Events"
CLIENTS, CHANGES = (50, 20) if IS_SMALL else (800, 200)
GOAL = "%d clients without a lost event" % CLIENTS
MOST_S = 120


def open_streams(server, count):
    from test_events import Stream, hear  # pylint: disable=import-outside-toplevel
    streams = [Stream(server) for _ in range(count)]
    if not hear(streams, lambda: all(stream.raw or stream.has_ended for stream in streams)):
        raise NotMeasured("not all of %d clients were let in" % count)
    refused = [stream for stream in streams if stream.status != 200]
    if refused:
        raise NotMeasured("%d of %d clients were refused with %s" % (len(refused), count, refused[0].status))
    return streams


def write(server, name, ids):
    connection = server.connection()
    from server import ask_on  # pylint: disable=import-outside-toplevel
    for at in range(CHANGES):
        ids.append(ask_on(connection, "POST", "/api/v1/suites", {"name": "%s %d" % (name, at)}).json()["id"])


def listened(server, count):
    """Seconds until all have heard all, and how many events were lost or out of place."""
    from test_events import hear  # pylint: disable=import-outside-toplevel
    streams, ids = open_streams(server, count), []
    writer = threading.Thread(target=write, args=(server, "for %d" % count, ids))
    begin = time.monotonic()
    writer.start()
    hear(streams, lambda: not writer.is_alive() and all(len(stream.events) >= CHANGES for stream in streams), MOST_S)
    seconds = time.monotonic() - begin
    writer.join()
    lost = sum(sum(one != other for one, other in zip([data["id"] for _, data in stream.events] + [None] * CHANGES, ids))
               for stream in streams)
    for stream in streams:
        stream.close()
    return seconds, lost


def measure():
    report = Report()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 4096, most))
    place = path("events.db")
    remove_store(place)
    rondo(place, "init")
    with served(place) as server:
        alone, _ = listened(server, 1)
        seconds, lost = listened(server, CLIENTS)
    report.notes.append("%d changes, %d events sent." % (CHANGES, CHANGES * CLIENTS))
    ours = report.line("Rondo, %d clients" % CLIENTS, "s", [seconds])
    report.line("Floor: one client", "s", [alone], ours)
    report.goal(GOAL, "%d lost of %d in %.1f s" % (lost, CHANGES * CLIENTS, seconds), lost == 0)
    return report
