"""The stream thread: snapshot, then events strictly in order, gaps filled, for ever."""

import logging
import threading
from collections.abc import Callable

import requests
import sseclient

from console.client.api import Api
from console.client.backoff import full_jitter
from console.client.refusals import Problem, Unreachable, Untrusted
from console.client.transport import chunks
from console.client.vigil import Vigil
from console.domain.event import EntityKind, Event
from console.wire.codec import BadInput, decode
from console.wire.elapsed import elapsed_s
from console.wire.frames import BOOKMARK, EVENT, FIXES, RESYNC, SCHEMA, Bookmark, FixBatch
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    Message,
    NotUnderstood,
    SnapshotArrived,
)

log = logging.getLogger(__name__)

CHUNK = 65536
GAP_LIMIT = 5000
"""A gap wider than this is cheaper as a snapshot."""

_KINDS = frozenset(EntityKind)


class _Relist(Exception):
    """The picture must be taken anew; the argument says why."""


class Stream:
    """Follows the log. `sink` is called on the stream's own thread, one message at a time.

    What this machine did (slept, had its clock set) comes on a second thread.
    """

    def __init__(self, api: Api, sink: Callable[[Message], None], city: str | None = None) -> None:
        """Nothing runs before `start`; the centre of another `city` (its code) is refused."""
        self._api = api
        self._sink = sink
        self._city = city
        self._stop = threading.Event()
        self._relist = threading.Event()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baton-stream", daemon=True)
        self._vigil = Vigil(self._shut, self._sink)
        self._response: requests.Response | None = None
        self._epoch = ""
        self._rev = -1
        self._was_live = False
        self._strange: set[str] = set()
        self.duplicates = 0
        self.unknown = 0

    def start(self) -> None:
        """Start following."""
        self._vigil.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop, also in the middle of a silent stream, and wait for the thread."""
        self._stop.set()
        self._hurry.set()
        self._shut()
        self._vigil.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def hurry(self) -> None:
        """Wait no longer for the next try: somebody has logged in."""
        self._hurry.set()

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
            self._hurry.clear()
            try:
                if why:
                    self._list(why)
                    why = ""
                self._follow()
            except _Relist as reason:
                why = str(reason)
            except Unreachable as error:
                refused = isinstance(error, Untrusted)
                state = LinkState.REFUSED if refused else LinkState.BROKEN
                self._tell(state, error.code, str(error))
            except Problem as problem:
                why = self._judge(problem) or why
            except Exception:  # the last line of defence: this thread must never end by itself
                log.exception("the stream stumbled; a new snapshot is taken")
                why = "error"
                self._was_live = False
            if self._was_live and why != "digest":
                attempt = 0
            if not self._stop.is_set():
                # Also where a snapshot is wanted: a hundred consoles are told so at the same instant.
                self._hurry.wait(full_jitter(attempt))
            attempt += 1

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
        if self._city not in (None, pages[0].city):
            raise Problem(409, "wrong-city", f"this is the centre of {pages[0].city}", "", {})
        if self._epoch not in ("", pages[0].epoch):
            why = "epoch"  # however it came out: the log was restored, or it is another one
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
        self._vigil.sign()
        try:
            # Asked before the response was there to be shut down.
            if self._stop.is_set():
                return
            if self._relist.is_set():
                raise Unreachable("a new snapshot is wanted")
            self._tell(LinkState.STREAMING)
            for message in sseclient.SSEClient(chunks(response, CHUNK)).events():
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
            self._vigil.rest()
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
            self._wonder(kind)
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
        self._vigil.sign()
        self._sink(BookmarkArrived(bookmark, elapsed_s()))

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
        self._vigil.sign()
        for event in events:
            if event.kind not in _KINDS:
                self.unknown += 1
                self._wonder(event.kind)
        self._sink(EventsArrived(events))

    def _wonder(self, kind: str) -> None:
        """Say once that this console is too old to understand it; what is kept is kept in the log."""
        if kind not in self._strange:
            self._strange.add(kind)
            log.error("the centre speaks of %s: this console is too old", kind)
            self._sink(NotUnderstood(kind))
