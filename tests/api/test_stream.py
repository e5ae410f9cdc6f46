"""The stream: strictly in order, resumed anywhere, its bookmarks true."""

import pytest

from console.domain.event import Event
from console.store.picture import Picture
from console.wire.codec import decode, encode, from_builtins
from console.wire.frames import SCHEMA, Snapshot
from tests.api.commands import dispatch, done, new_case, problem
from tests.builders import TZ
from tests.central_process import Central, Listener


def test_backlog_then_bookmark_then_live(centre: Central) -> None:
    _, last = new_case(centre)
    listener = Listener(centre, after=0, epoch=centre.epoch, schema=SCHEMA)
    mark = listener.wait(lambda f: f.kind == "bookmark")
    assert mark.data["rev"] == last
    assert mark.id == f"{centre.epoch}:{last}"
    revs = [event["rev"] for event in listener.of("event")]
    assert revs == list(range(1, last + 1))
    _, later = new_case(centre)
    listener.wait(lambda f: f.kind == "event" and f.data["rev"] == later)
    listener.close()


def test_last_event_id_resumes(centre: Central) -> None:
    new_case(centre)
    _, last = new_case(centre)
    headers = centre.headers() | {"Last-Event-ID": f"{centre.epoch}:{last - 1}"}
    response = centre.session.get(
        f"{centre.url}/v1/events?after=0", headers=headers, stream=True, timeout=10
    )
    first = next(line for line in response.iter_lines() if line.startswith(b"id: "))
    assert first == f"id: {centre.epoch}:{last}".encode()
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["transfer-encoding"] == "chunked"
    response.close()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("after=0&epoch=other", "epoch"),
        ("after=99999999", "ahead"),
        (f"after=0&schema={SCHEMA + 1}", "schema"),
    ],
)
def test_a_stream_that_cannot_go_on_says_why(centre: Central, query: str, reason: str) -> None:
    document = problem(centre.request("GET", f"/v1/events?{query}"), 410, reason)
    assert document["reason"] == reason


@pytest.mark.parametrize("query", ["", "after=x", "after=-1", "after=1e3"])
def test_a_stream_needs_a_rev(centre: Central, query: str) -> None:
    problem(centre.request("GET", f"/v1/events?{query}"), 400, "malformed")


def test_snapshot_and_stream_agree_with_the_bookmarks_digest(centre: Central) -> None:
    page = decode(centre.request("GET", "/v1/snapshot").content, Snapshot)
    picture = Picture.from_snapshot([page], TZ)
    case, _ = new_case(centre)
    done(centre, dispatch(case))
    _, last = new_case(centre)
    listener = Listener(centre, after=page.rev, epoch=page.epoch)
    mark = listener.wait(lambda f: f.kind == "bookmark" and f.data["rev"] >= last)
    picture.apply(
        from_builtins(event, Event)
        for event in listener.of("event")
        if event["rev"] <= mark.data["rev"]
    )
    listener.close()
    assert f"{picture.digest:016x}" == mark.data["digest"]


def test_events_of_the_stream_are_those_of_the_log(centre: Central) -> None:
    _, last = new_case(centre)
    listener = Listener(centre, after=0)
    listener.wait(lambda f: f.kind == "bookmark" and f.data["rev"] >= last)
    streamed = [event for event in listener.of("event") if event["rev"] <= last]
    listener.close()
    assert streamed == centre.request("GET", f"/v1/log?from=1&to={last}").json()
    assert encode(streamed)
