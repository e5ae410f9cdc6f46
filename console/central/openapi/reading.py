"""Operations that read the log and the picture."""

from collections.abc import Sequence

from console import __version__
from console.central.openapi import samples
from console.central.openapi.operation import DAY, NUMBER, Content, Operation, Parameter, one, query
from console.central.routes.reading import EVENT_STREAM, Health
from console.central.sse import bookmark_frame, event_frame
from console.central.volumes import Day, Days, Origin
from console.domain.event import Event
from console.wire.frames import SCHEMA, Snapshot

_HEALTH = Health(
    status="ok",
    schema=SCHEMA,
    version=__version__,
    epoch=samples.EPOCH,
    rev=41,
    city="460100",
    time=samples.NOW,
)
_SNAPSHOT = Snapshot(
    schema=SCHEMA,
    epoch=samples.EPOCH,
    rev=41,
    city="460100",
    clock=samples.CLOCK,
    day=samples.DAY_NOW,
    page=0,
    pages=1,
    digest="9b5a0c12d4e7f688",
    cases=[samples.CASE_NOW],
    assignments=[samples.ORDER_NOW],
    workers=[samples.DUTY_NOW],
    fixes=[samples.FIX_NOW],
)
_STREAM = event_frame(samples.EVENT) + bookmark_frame(
    samples.EPOCH, 41, samples.CLOCK, 0x9B5A0C12D4E7F688
)
_DAYS = Days(
    days=[
        Day(
            day=samples.DAY_NOW.day,
            origin=Origin.LIVE,
            calls=samples.DAY_NOW.calls,
            answered=samples.DAY_NOW.answered,
            cases=samples.DAY_NOW.cases,
        )
    ]
)
_TAG = f'"{samples.EPOCH}:41"'

READING: Sequence[Operation] = (
    Operation(
        method="get",
        path="/v1/health",
        says="Whether the centre is there, its schema, epoch and rev",
        answers={200: one(Health, _HEALTH)},
        guarded=False,
    ),
    Operation(
        method="get",
        path="/v1/snapshot",
        says="The picture at one rev, in pages; ETag is epoch:rev, Baton-Pages their number",
        answers={
            200: one(Snapshot, _SNAPSHOT, ETag="epoch:rev", Baton_Pages="how many pages"),
            304: Content(says="Not modified: the ETag is the current one"),
        },
        problems={404: ("not-found",), 410: ("snapshot-gone",)},
        parameters=(
            query("page", "page from 0", NUMBER, example=0),
            query("rev", "rev of the page 0 that was read", NUMBER, example=41),
            Parameter(
                "If-None-Match", "header", False, "an ETag that is known", {"type": "string"}, _TAG
            ),
        ),
    ),
    Operation(
        method="get",
        path="/v1/events",
        says="The log after a rev as server-sent events (event, bookmark, fixes, resync), then live",
        answers={200: Content(None, {"example": _STREAM.decode()}, media=EVENT_STREAM)},
        problems={410: ("compacted", "epoch", "ahead", "schema")},
        parameters=(
            query("after", "the last rev that is known", NUMBER, example=40),
            query("epoch", "the epoch that is known", example=samples.EPOCH),
            query("schema", "the schema that is spoken", NUMBER, example=SCHEMA),
            Parameter(
                "Last-Event-ID",
                "header",
                False,
                "epoch:rev, instead of after and epoch",
                {"type": "string"},
                f"{samples.EPOCH}:40",
            ),
        ),
    ),
    Operation(
        method="get",
        path="/v1/log",
        says="Events from a rev to a rev, inclusive, at most 5000",
        answers={200: one(list[Event], [samples.EVENT])},
        parameters=(
            query("from", "first rev", NUMBER, needed=True, example=41),
            query("to", "last rev", NUMBER, needed=True, example=41),
        ),
    ),
    Operation(
        method="get",
        path="/v1/history/{owner}",
        says="The events of a case or an incident and of its assignments, oldest first",
        answers={200: one(list[Event], [samples.EVENT])},
        problems={404: ("unknown-case",)},
        parameters=(
            Parameter(
                "owner",
                "path",
                True,
                "id of a case or an incident",
                {"type": "string"},
                samples.CASE,
            ),
        ),
    ),
    Operation(
        method="get",
        path="/v1/volumes",
        says="Hourly volumes of local days, inclusive",
        answers={200: one(Days, _DAYS)},
        parameters=(
            query("from", "first day", DAY, needed=True, example="2026-06-03"),
            query("to", "last day", DAY, needed=True, example="2026-06-03"),
        ),
    ),
)
"""Everybody who came in may read: nothing here holds personal data."""
