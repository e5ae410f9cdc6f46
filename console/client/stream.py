"""The stream thread: snapshot, then events strictly in order, gaps filled, for ever."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

import requests
import sseclient
import urllib3

from console.client.api import Api, Problem, Unreachable
from console.client.backoff import full_jitter
from console.domain.event import Event
from console.wire.codec import BadInput, decode
from console.wire.frames import BOOKMARK, EVENT, FIXES, RESYNC, SCHEMA, Bookmark, FixBatch
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    Message,
    SnapshotArrived,
)

log = logging.getLogger(__name__)

CHUNK = 65536
GAP_LIMIT = 5000
"""A gap wider than this is cheaper as a snapshot."""


class _Relist(Exception):
    """The picture must be taken anew; the argument says why."""


class Stream:
    """Follows the log. `sink` is called on the stream's own thread, one message at a time."""

    def __init__(self, api: Api, sink: Callable[[Message], None]) -> None:
        """Nothing runs before `start`."""
        self._api = api
        self._sink = sink
        self._stop = threading.Event()
        self._relist = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baton-stream", daemon=True)
        self._response: requests.Response | None = None
        self._epoch = ""
        self._rev = -1
        self._was_live = False
        self.duplicates = 0

    def start(self) -> None:
        """Start following."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, also in the middle of a silent stream, and wait for the thread."""
        self._stop.set()
        self._shut()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def relist(self) -> None:
        """Take a new snapshot: the store found that it differs from the centre."""
        self._relist.set()
        self._shut()

    def _shut(self) -> None:
        """End a blocked read from another thread; `close` would wait for the reader instead."""
        response = self._response
        if response is not None:
            try:
                response.raw.shutdown()
            except (OSError, ValueError, RuntimeError, AttributeError):
                log.debug("the stream was closed already")

    def _run(self) -> None:
        attempt = 0
        why = "start"
        while not self._stop.is_set():
            try:
                if why:
                    self._list(why)
                    why = ""
                self._follow()
            except _Relist as reason:
                why = str(reason)
                if self._was_live and why != "digest":
                    attempt = 0
                    continue
            except Unreachable as error:
                self._tell(LinkState.BROKEN, "unreachable", str(error))
            except Problem as problem:
                why = self._judge(problem) or why
            except Exception:  # the last line of defence: this thread must never end by itself
                log.exception("the stream stumbled; a new snapshot is taken")
                why = "error"
                self._was_live = False
            self._stop.wait(full_jitter(attempt))
            attempt = 0 if self._was_live and why != "digest" else attempt + 1

    def _judge(self, problem: Problem) -> str:
        """What a refusal means: a new snapshot (its reason), or only waiting ("")."""
        if problem.status == 410 and problem.fields.get("reason", problem.code) != "schema":
            return str(problem.fields.get("reason", problem.code))
        self._tell(LinkState.REFUSED, problem.code, problem.zh or problem.detail)
        return ""

    def _tell(self, state: LinkState, code: str = "", detail: str = "") -> None:
        if not self._stop.is_set():
            self._sink(LinkChanged(state, code, detail))

    def _list(self, why: str) -> None:
        self._tell(LinkState.CONNECTING)
        pages = self._api.snapshot()
        self._epoch, self._rev = pages[0].epoch, pages[0].rev
        self._sink(SnapshotArrived(pages, why))

    def _follow(self) -> None:
        """Read one connection until it ends, which `_chunks` tells as `Unreachable`."""
        self._was_live = False
        params = {"after": str(self._rev), "epoch": self._epoch, "schema": str(SCHEMA)}
        headers = {"Accept": "text/event-stream"}
        response = self._api.request(
            "GET", "/v1/events", params=params, headers=headers, stream=True
        )
        self._response = response
        try:
            # Asked before the response was there to be shut down.
            if self._stop.is_set():
                return
            if self._relist.is_set():
                raise Unreachable("a new snapshot is wanted")
            self._tell(LinkState.STREAMING)
            for message in sseclient.SSEClient(_chunks(response)).events():
                if self._stop.is_set():
                    return
                self._take(message.event, message.data)
        except UnicodeDecodeError as error:
            raise _Relist("unreadable") from error
        except Unreachable:
            if self._relist.is_set():
                self._relist.clear()
                raise _Relist("digest") from None
            raise
        finally:
            self._response = None
            response.close()

    def _take(self, kind: str, data: str) -> None:
        try:
            if kind == EVENT:
                self._take_event(decode(data, Event))
            elif kind == BOOKMARK:
                self._take_bookmark(decode(data, Bookmark))
            elif kind == FIXES:
                self._sink(FixesArrived(decode(data, FixBatch).fixes))
            elif kind == RESYNC:
                raise _Relist("resync")
        except BadInput as error:
            log.error("a %s frame does not fit: %s", kind, error)
            raise _Relist("unreadable") from error

    def _take_event(self, event: Event) -> None:
        if event.epoch != self._epoch:
            raise _Relist("epoch")
        if event.rev <= self._rev:
            self.duplicates += 1
            return
        if event.rev > self._rev + 1:
            self._fill(event.rev - 1)
        self._deliver([event])

    def _take_bookmark(self, bookmark: Bookmark) -> None:
        if bookmark.epoch != self._epoch:
            raise _Relist("epoch")
        self._was_live = True
        if bookmark.rev > self._rev:
            self._fill(bookmark.rev)
        self._sink(BookmarkArrived(bookmark, time.monotonic()))

    def _fill(self, last: int) -> None:
        """Fetch what the stream skipped."""
        if last - self._rev > GAP_LIMIT:
            raise _Relist("gap")
        missing = self._api.log(self._rev + 1, last)
        wanted = [(self._epoch, rev) for rev in range(self._rev + 1, last + 1)]
        if [(event.epoch, event.rev) for event in missing] != wanted:
            raise _Relist("gap")
        self._deliver(missing)

    def _deliver(self, events: list[Event]) -> None:
        self._rev = events[-1].rev
        self._sink(EventsArrived(events))


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives. `iter_lines` would hold events back on a close-delimited stream."""
    try:
        while chunk := response.raw.read1(CHUNK):
            yield chunk
        # Raising here keeps the parser from handing out a frame that was cut in half.
        raise Unreachable("the stream ended")
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unreachable(str(error)) from error
